"""Readers whose rows are people: what each row means. `writing` does what was decided."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, NamedTuple

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from companies.models import Company
from contacts.importing.changes import (
    THERE,
    Earlier,
    Job,
    Standing,
    gained,
    labelled,
    moves_value,
    other_job,
    standing,
)
from contacts.importing.forgetting import erased_reason, erased_title
from contacts.importing.recognising import Directory, person_pk, person_value
from contacts.importing.rows import data_of, person_of
from contacts.importing.writing import Writing
from contacts.models import Person
from contacts.person_rows import PersonRow
from netjob.imports.readers import LEAVE, NEW, Meaning, Reader, Row, Work
from netjob.models import User

SHOWN: Final = 80
"""Characters of a text that a row of the preview shows."""


class Words(NamedTuple):
    """What is said of thousands of rows, translated once."""

    known: str
    same: str


class PeopleReader(Reader):
    """A reader whose rows are people: their data is what `data_of` makes of a `PersonRow`."""

    makes = ngettext_lazy("%(count)d person", "%(count)d people", "count")
    leads_to = "contacts:person_list"
    found_how: ClassVar[str] = Person.FoundHow.KNOWN
    is_picked_up: ClassVar[bool] = False
    """Whether somebody new is in play at once, or only once something is planned with them."""
    connects: ClassVar[bool] = False
    """Whether standing in the file is being connected."""
    besides = ngettext_lazy(
        "%(count)d company where they work comes with them.",
        "%(count)d companies where they work come with them.",
        "count",
    )

    def row_of(self, _table: Any, person: PersonRow) -> Row:
        return Row(person.file, person.number, person.name, data_of(person))

    def tells(self, data: Mapping[str, Any], *, owner: User) -> str:
        return " · ".join(filter(None, [_work_of(data), *self.tells_more(data, owner=owner)]))

    def tells_more(self, data: Mapping[str, Any], *, owner: User) -> list[str]:
        """What the file says of them besides where they work."""
        return [
            _("connected %(day)s") % {"day": day_of(data["connected_on"])} if "connected_on" in data else "",
            *data.get("emails", ())[:1],
        ]

    def decide(self, rows: Sequence[Row], work: Work) -> None:
        directory = Directory.of(work)
        earlier = self.earlier(directory, work)
        told = told_in(rows, work)
        chosen = {row.position: row.choice for row in rows if row.is_chosen}
        words = Words(_("%(name)s is known already."), _("It is %(name)s"))
        for row, person in told:
            recognise(row, person, directory, words)
        pks = [whom(row) for row, _person in told]
        known = {pk for pk in pks if pk}
        there = work.shared[THERE] = standing(directory, known) if known else {}
        for (row, person), pk in zip(told, pks, strict=True):
            if row.meaning == Meaning.KNOWN and pk in there and pk is not None:
                self._compare(row, person, there[pk], earlier, directory, work)
                if row.position in chosen and chosen[row.position] in row.allowed():
                    row.choice, row.is_chosen = chosen[row.position], True
            elif row.meaning in (Meaning.NEW, Meaning.SIMILAR):
                row.besides = directory.employers.still_to_make(person.company)

    def _compare(
        self, row: Row, person: PersonRow, there: Standing, earlier: Earlier, directory: Directory, work: Work
    ) -> None:
        """Say what a row brings to somebody who is there, unless an earlier row brings it."""
        job = other_job(person, there, earlier.rows.get(person_value(there.pk)), directory)
        if job:
            _offer(row, there, job)
        found = gained(person, there, directory, connects=self.connects)
        if not found and not (job and job.is_move):
            return
        brought = brought_by(work).setdefault(there.pk, {})
        new = [name for name in found if name not in brought]
        if row.choice != LEAVE:
            brought |= dict.fromkeys(new, row)
        adds = _("Adds: %(what)s.") % {"what": labelled(new)} if new else ""
        if new or (job and job.is_move):
            row.is_updated(" ".join(filter(None, [job.match if job else "", adds])))
        if "company" in new or (job and job.is_move):
            row.besides = directory.employers.still_to_make(person.company)

    def apply(self, rows: Sequence[Row], work: Work) -> None:
        directory = Directory.of(work)
        writing = Writing(work, directory, self.earlier(directory, work), self.connects)
        writing.write(
            told_in(rows, work),
            found_how=self.found_how,
            is_picked_up=self.is_picked_up,
            company_facts=self.company_facts(work),
        )

    def company_facts(self, work: Work) -> Mapping[str, Any]:
        """What is known of a company that is made because somebody works there."""
        return {"found_how": Company.FoundHow.PEOPLE_I_KNOW}

    def earlier(self, directory: Directory, work: Work) -> Earlier:
        """What the file of this kind before this one said."""
        return Earlier()


def day_of(day: str) -> str:
    """A day, or a moment, of a row's data as pages write it."""
    return date_format(dt.datetime.fromisoformat(day), "j F Y")


def some_words(text: str) -> str:
    """The beginning of a text, on one line."""
    return f"“{Truncator(' '.join(text.split())).chars(SHOWN)}”" if text.strip() else ""


def _work_of(data: Mapping[str, Any]) -> str:
    names = {"role": data.get("role", ""), "company": data.get("company", "")}
    return _("%(role)s at %(company)s") % names if all(names.values()) else "".join(names.values())


def told_in(rows: Sequence[Row], work: Work) -> list[tuple[Row, PersonRow]]:
    """Rows with the person of whom each tells, which is read once a batch."""
    read: dict[int, PersonRow] = work.shared.setdefault("people_read", {})
    for row in rows:
        if row.position not in read:
            read[row.position] = person_of(row.file, row.number, row.data)
    return [(row, read[row.position]) for row in rows]


def recognise(row: Row, person: PersonRow, directory: Directory, words: Words) -> None:
    """Say whether a row is somebody known, may be, or is new; later rows are held against it, too."""
    if directory.is_erased(person.keys):
        say_nothing_of(row)
        return
    found = directory.find(person)
    if not found.same and directory.is_erased_by_name(person):
        say_nothing_of(row)
        return
    if found.same:
        row.is_known(found.same.value, words.known % {"name": found.same.name})
        row.choices[0][1] = words.same % {"name": found.same.name}
    elif found.likely:
        matches = [(match.value, words.same % {"name": match.name}) for match in found.likely]
        said = _("Somebody of that name is known already.")
        if found.share_address:
            said = _("Somebody else has that e-mail address, with a profile of their own.")
        row.is_similar(matches, said)
    else:
        row.is_new()
    value = entity(row, found.same.value if found.same else row.value)
    directory.enter(person, value, is_new=value == row.value)


def entity(row: Row, left_out: str) -> str:
    """Whom a row is about, as it is decided now; `left_out`: whom it would be about."""
    if row.choice == NEW:
        return row.value
    if row.choice == LEAVE:
        return left_out
    pk = person_pk(row.choice)
    return person_value(pk) if pk is not None else row.choice


def say_nothing_of(row: Row) -> None:
    """Of somebody who was erased no row keeps anything."""
    row.say_nothing_of(erased_title(), erased_reason())


def brought_by(work: Work) -> dict[int, dict[str, Row]]:
    """By person what rows bring to them, and the row that brings it."""
    found: dict[int, dict[str, Row]] = work.shared.setdefault("brought", {})
    return found


def whom(row: Row) -> int | None:
    """Who is there of whom a row tells, whatever is to be done with it."""
    is_known = row.meaning in (Meaning.KNOWN, Meaning.UPDATED) and row.choices
    return person_pk(row.choices[0][0] if is_known else row.choice)


def _offer(row: Row, there: Standing, job: Job) -> None:
    """The choice between where they are and where the file says."""
    stays, moves = (person_value(there.pk), job.staying), (moves_value(there.pk), job.moving)
    first, second = (moves, stays) if job.is_move else (stays, moves)
    row.is_known(first[0], job.match, [second])
    row.choices[0][1] = first[1]
