"""Connections.csv: whom I know. Imported again it is a difference: who is new, who moved, who is gone."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from contacts.importing.changes import Earlier, Said
from contacts.importing.people import PeopleReader, whom
from contacts.importing.recognising import Directory, person_pk, person_value
from contacts.importing.rows import person_of
from contacts.importing.writing import jobs_changed
from contacts.linkedin_export import connections
from contacts.models import Person
from netjob.imports.models import ImportBatch, ImportRow
from netjob.imports.readers import Opened, Row, TableReader, Work
from netjob.imports.remarks import Parsed
from netjob.imports.tables import Table
from netjob.words import some_of

CONNECTIONS = "linkedin_connections"
SUGGESTED = (
    "companies:way_people",
    ngettext_lazy("See the %(count)d suggested company", "See the %(count)d suggested companies", "count"),
)
"""Where the companies are that were made because somebody works there."""
NAMED = 10
"""People whom the message of an import names."""


class FileOfExport(TableReader):
    """One of the export's files, by its parser's module."""

    is_part = True
    module: ClassVar[Any]

    def recognises(self, opened: Opened) -> int:
        if opened.kind == "vcard" or not any(self.module.recognises(sheet) for sheet in opened.sheets):
            return 0
        return super().recognises(opened)

    def parse(self, table: Table) -> Parsed[Any]:
        return cast(Parsed[Any], self.module.parse(table))


class ConnectionReader(PeopleReader, FileOfExport):
    kind = CONNECTIONS
    connects = True
    label = gettext_lazy("LinkedIn: Connections.csv")
    explains = gettext_lazy(
        "the columns First Name, Last Name, URL, Email Address, Company, Position, Connected On"
    )
    compares = gettext_lazy("who is new, who changed jobs and who is gone")
    order = 200
    besides = ngettext_lazy(
        "%(count)d company where they work becomes a suggestion.",
        "%(count)d companies where they work become suggestions.",
        "count",
    )
    leads_besides = SUGGESTED
    module: ClassVar[Any] = connections
    vocabulary = connections.VOCABULARY

    def earlier(self, directory: Directory, work: Work) -> Earlier:
        """The export before this one, as far as it is still kept: in the rows of its import."""
        if "earlier_connections" not in work.shared:
            work.shared["earlier_connections"] = _earlier(directory, work)
        earlier: Earlier = work.shared["earlier_connections"]
        return earlier

    def foresee(self, work: Work) -> None:
        """Who is gone; the others are rows."""
        rows = work.rows.get(self.kind, [])
        earlier = self.earlier(Directory.of(work), work) if rows else Earlier()
        if gone := _gone(rows, earlier):
            work.foreseen["gone"] = {
                "count": len(gone),
                "people": [person_pk(value) for value in gone[:NAMED]],
            }

    def foretold(self, batch: ImportBatch) -> list[str]:
        if not (gone := batch.foreseen.get("gone")):
            return []
        people = Person.objects.owned_by(batch.owner_id).in_bulk(gone["people"])
        return [_of_gone([people[pk].name for pk in gone["people"] if pk in people], gone["count"])]

    def follow(self, work: Work) -> None:
        """What is other than the export before this one said."""
        rows = work.rows.get(self.kind, [])
        earlier = self.earlier(Directory.of(work), work) if rows else Earlier()
        if earlier.on is None:
            return
        new = [row.title for row in rows if row.made and person_value(row.made) not in earlier.rows]
        gone = [earlier.rows[value].name for value in _gone(rows, earlier)]
        work.tally.more |= {"new_connections": len(new), "gone": len(gone), "moved": len(jobs_changed(work))}
        work.said += filter(None, [_of_new(new), *_of_jobs(jobs_changed(work)), _of_gone(gone, len(gone))])


def _earlier(directory: Directory, work: Work) -> Earlier:
    batch = next(ImportBatch.objects.owned_by(work.owner).applied_with(CONNECTIONS), None)
    if batch is None:
        return Earlier()
    kept = ImportRow.objects.filter(owner=work.owner, batch=batch, reader=CONNECTIONS)
    kept = kept.filter(outcome__in=[ImportRow.Outcome.CREATED, ImportRow.Outcome.MERGED])
    rows: dict[str, Said] = {}
    for number, data in kept.order_by("position").told("number", json_names=["data"]):
        if "name" not in data:
            continue  # somebody who was erased since
        value = directory.standing.get(tuple(data.get("profile", ())))
        if value is None and (same := directory.find(person_of("", number, data)).same):
            value = same.value
        if value:
            said = Said(data["name"], data.get("company", ""), data.get("role", ""))
            first = rows.get(value)
            rows[value] = first._replace(besides=(*first.besides, said[1:3])) if first else said
    return Earlier(batch.applied_on(work.owner.zone), rows)


def _of_new(names: Sequence[str]) -> str:
    if not names:
        return ""
    return ngettext("%(count)d new connection: %(names)s.", "%(count)d new connections: %(names)s.", len(names)) % {
        "count": len(names), "names": some_of(names, most=NAMED)
    }  # fmt: skip


def _of_jobs(told: Sequence[str]) -> list[str]:
    if not told:
        return []
    count = ngettext("%(count)d changed jobs:", "%(count)d changed jobs:", len(told)) % {"count": len(told)}
    return [f"{count} {some_of(told, most=NAMED)}."]


def _gone(rows: Sequence[Row], earlier: Earlier) -> list[str]:
    """Whom the export before this one knew, by their values, and this one does not; what I leave out is not gone."""
    here = {person_value(pk) for row in rows if (pk := row.made or whom(row))} if earlier.rows else ()
    return [value for value in earlier.rows if value not in here]


def _of_gone(names: Sequence[str], count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)d of the export before this one is not in it any more, and stays here: %(names)s.",
        "%(count)d of the export before this one are not in it any more, and stay here: %(names)s.",
        count,
    ) % {"count": count, "names": some_of(names, most=NAMED, count=count)}
