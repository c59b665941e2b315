"""Notes.csv: what the owner of the export wrote down about people on LinkedIn."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from contacts.person_rows import PersonReader
from contacts.profiles import ProfileLink
from netjob.imports.remarks import Parsed
from netjob.imports.rows import Skipped, begin, read_rows
from netjob.imports.sheets import Sheet
from netjob.imports.tables import Field, Table, Vocabulary, find_header

VOCABULARY: Final = Vocabulary(
    (
        Field("first_name", "Connection First Name"),
        Field("last_name", "Connection Last Name"),
        Field("url", "Connection Profile URL"),
        Field("note", "Note"),
        Field("created_on", "Created On"),
        Field("edited_on", "Edited On"),
    ),
    needed=(frozenset({"first_name", "last_name", "note"}), frozenset({"url", "note"})),
)


@dataclass(frozen=True, slots=True)
class PersonNote:
    file: str
    number: int
    name: str
    profile: ProfileLink | None
    text: str
    written_on: dt.date | None


def recognises(sheet: Sheet) -> bool:
    return find_header(sheet, VOCABULARY) is not None


def parse(table: Table) -> Parsed[PersonNote]:
    parsed: Parsed[PersonNote] = begin(table)
    return read_rows(PersonReader(table, parsed, days=["created_on", "edited_on"]), parsed, _note)


def _note(cells: PersonReader) -> PersonNote:
    if not cells["note"]:
        raise Skipped(_("The note is empty."))
    name = cells.person_name("first_name", "last_name")
    profile, _link = cells.page("url")
    return PersonNote(
        file=cells.table.file,
        number=cells.row.number,
        name=name,
        profile=profile,
        text=cells.note("note"),
        written_on=cells.day("edited_on") or cells.day("created_on"),
    )
