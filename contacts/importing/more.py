"""The other files that name people or companies: vCards, LinkedIn's notes, the companies that one follows."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from contacts import vcards
from contacts.importing.connections import SUGGESTED, FileOfExport
from contacts.importing.people import PeopleReader, some_words
from contacts.importing.recognising import Directory
from contacts.linkedin_export import company_follows, notes
from contacts.linkedin_export.company_follows import CompanyFollow
from contacts.models import Person
from contacts.person_rows import PersonRow
from netjob.imports.readers import NEW, Opened, Reading, Row, Work, reading_of
from netjob.models import Activity, User

SURE: Final = 1000
"""More columns than any table of ours has: cards are nothing else."""


class CardReader(PeopleReader):
    kind = "vcards"
    label = gettext_lazy("vCards")
    explains = gettext_lazy("cards from an address book, with a name each")
    order = 210
    leads_besides = SUGGESTED

    def recognises(self, opened: Opened) -> int:
        return SURE if vcards.recognises(opened.source) else 0

    def read(self, opened: Opened, columns: Sequence[str] | None = None) -> Reading:
        return reading_of(vcards.parse(opened.source), partial(self.row_of, None), cells_of=lambda number: ())


class NoteReader(PeopleReader, FileOfExport):
    """What I wrote down about people on LinkedIn goes to their history, once."""

    kind = "linkedin_notes"
    label = gettext_lazy("LinkedIn: Notes.csv")
    explains = gettext_lazy("the columns Connection First Name, Connection Last Name, Note")
    order = 230
    module: ClassVar[Any] = notes
    vocabulary = notes.VOCABULARY

    def row_of(self, _table: Any, note: Any) -> Row:
        row = super().row_of(_table, PersonRow(note.file, note.number, note.name, profile=note.profile))
        row.data["text"] = note.text
        if note.written_on:
            row.data["written_on"] = note.written_on.isoformat()
        return row

    def tells_more(self, data: Mapping[str, Any], *, owner: User) -> list[str]:
        return [some_words(data.get("text", ""))]

    def apply(self, rows: Sequence[Row], work: Work) -> None:
        super().apply(rows, work)
        people = Person.objects.select_related("company").in_bulk({row.made for row in rows if row.made})
        known = Activity.objects.owned_by(work.owner).filter(
            verb=Activity.Mine.NOTED, person_uid__in=[person.uid for person in people.values()]
        )
        written = set(known.values_list("person_uid", "text"))
        lines = []
        for row in rows:
            person = people.get(row.made or 0)
            if person and (person.uid, row.data["text"]) not in written:
                written.add((person.uid, row.data["text"]))
                on = row.data.get("written_on", work.today)
                title = str(Activity.TITLES[Activity.Mine.NOTED])
                lines.append(person.line(Activity.Mine.NOTED, title, row.data["text"], on=on))
        work.kept.add_many(lines)


class CompanyFollowReader(FileOfExport):
    kind = "linkedin_company_follows"
    label = gettext_lazy("LinkedIn: Company Follows.csv")
    explains = gettext_lazy("the columns Organization, Followed On")
    order = 205
    leads_besides = SUGGESTED
    leads_to = "companies:company_list"
    module: ClassVar[Any] = company_follows
    vocabulary = company_follows.VOCABULARY
    makes = ngettext_lazy("%(count)d suggested company", "%(count)d suggested companies", "count")

    def row_of(self, _table: Any, follow: CompanyFollow) -> Row:
        return Row(follow.file, follow.number, follow.company, {"company": follow.company})

    def decide(self, rows: Sequence[Row], work: Work) -> None:
        employers = Directory.of(work).employers
        seen: dict[str, Row] = {}
        for row in rows:
            employer = employers.of(row.title)
            if isinstance(employer, int):
                row.is_known(f"company-{employer}", _("%(name)s is known already.") % {"name": row.title})
            elif first := seen.get(str(employer)):
                row.is_known(first.value, _("%(name)s is known already.") % {"name": first.title})
            else:
                row.is_new()
                seen[str(employer)] = row

    def apply(self, rows: Sequence[Row], work: Work) -> None:
        employers = Directory.of(work).employers
        wanted = [row for row in rows if row.choice == NEW]
        made = employers.make([row.title for row in wanted], work.kept)
        work.tally.companies += len(made)
        for row in rows:
            employer = employers.of(row.title)
            pk = employer if isinstance(employer, int) else None
            if row.choice == NEW:
                row.was_created(pk)
            elif pk is None:
                row.was_skipped(_("What it was to become was left out."))
            else:
                row.was_merged(pk)
