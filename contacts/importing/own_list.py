"""A newcomer's own list of people: any columns, mapped in the page. What was sent to them, outreach reads."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.models import Company
from contacts import spreadsheets
from contacts.importing.people import PeopleReader
from contacts.models import Person
from contacts.person_rows import PersonRow
from contacts.profiles import canonical_email, read_profile_link
from netjob.imports.readers import Opened, Reading, TableReader, Work
from netjob.imports.remarks import Parsed, Remark
from netjob.imports.rows import begin
from netjob.imports.sheets import Sheet
from netjob.imports.tables import Header, Table, without_header
from netjob.models import User

KIND = "people"
PUT_ON_LIST = "their_companies_listed"


MOST_WORDS = 200
"""Different words of a status that are kept, to be asked about."""


class WhereTheyWorkForm(forms.Form):
    their_companies_listed = forms.BooleanField(
        label=gettext_lazy("Put the companies where they work on my list"),
        required=False,
        help_text=gettext_lazy("Without it they become suggestions."),
    )


class OwnListReader(PeopleReader, TableReader):
    kind = KIND
    label = gettext_lazy("Your own list of people")
    explains = gettext_lazy(
        "a column with the name of each (headed Name, or First Name and Last Name) beside company, role or e-mail"
    )
    order = 220
    vocabulary = spreadsheets.VOCABULARY
    fields = (
        ("name", gettext_lazy("Name")),
        ("first_name", gettext_lazy("First name")),
        ("last_name", gettext_lazy("Last name")),
        ("company", gettext_lazy("Company")),
        ("role", gettext_lazy("Role")),
        ("profile", gettext_lazy("LinkedIn profile")),
        ("email", gettext_lazy("E-mail")),
        ("sent_on", gettext_lazy("Date sent")),
        ("connected_on", gettext_lazy("Connected on")),
        ("status", gettext_lazy("Status")),
        ("place", gettext_lazy("Place")),
        ("notes", gettext_lazy("Notes")),
    )
    found_how = Person.FoundHow.SEARCH
    is_picked_up = True

    def recognises(self, opened: Opened) -> int:
        if opened.kind == "vcard":
            return 0
        return max((_columns(sheet) for sheet in opened.sheets), default=0)

    def read(self, opened: Opened, columns: Any = None) -> Reading:
        reading = super().read(opened, columns)
        if spreadsheets.NAMES.isdisjoint(reading.columns):
            reading.wants = _("Say which column holds the names of the people.")
        said = (row.data.get("status", "") for row in reading.rows)
        reading.words = list(dict.fromkeys(word for word in said if word))[:MOST_WORDS]
        return reading

    def parse(self, table: Table) -> Parsed[PersonRow]:
        return spreadsheets.parse(table) if spreadsheets.is_mapped(table) else _waiting(table)

    def guessed_header(self, sheet: Sheet) -> Header:
        """Unless the likely one tells of somebody: then there is none."""
        header = super().guessed_header(sheet)
        if any(read_profile_link(cell) or canonical_email(cell) for cell in header.headings):
            return without_header(sheet, {})
        return header

    def company_facts(self, work: Work) -> Mapping[str, Any]:
        listed = work.facts.get(self.kind, {}).get(PUT_ON_LIST)
        return {"found_how": Company.FoundHow.OTHER, "listed_on": work.today if listed else None}

    def facts_form(self, data: Mapping[str, Any] | None, *, owner: User) -> forms.Form:
        return WhereTheyWorkForm(data)


def _waiting(table: Table) -> Parsed[PersonRow]:
    """Nothing of it is read, and none of it is lost, until its columns are mapped."""
    parsed: Parsed[PersonRow] = begin(table)
    parsed.notes.clear()
    waits = _("It waits until you say which column holds what.")
    parsed.skips += (Remark(table.file, row.number, "", "", waits) for row in table.rows)
    return parsed


def _columns(sheet: Sheet) -> int:
    """How many columns are understood, of a sheet that is about people."""
    if not spreadsheets.recognises(sheet):
        return 0
    return max(len(spreadsheets.VOCABULARY.columns(record.cells)) for record in sheet.records[:20])
