"""What was decided about rows of people, written: new people, what others lacked, who moved."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import batched
from typing import Any, Final

from django.utils.translation import gettext as _

from companies.models import Company
from contacts.importing.changes import THERE, Earlier, Standing, facts_of, labelled, standing
from contacts.importing.recognising import Directory, person_pk, person_value
from contacts.models import Key, Person, PersonKey, Position
from contacts.person_rows import PersonRow
from netjob import bulk_insert
from netjob.imports.readers import NEW, Meaning, Row, Work
from netjob.models import Activity
from netjob.ownership import OwnedModel

RECRUITS: Final = re.compile(
    r"recruit|headhunt|sourcer|talent acquisition|talent partner|personalberat", re.I
)
"""A role that makes somebody a recruiter."""

AT_ONCE: Final = 5_000
"""New rows that are in memory at a time: of thirty thousand people only their keys are needed afterwards."""

type Told = Sequence[tuple[Row, PersonRow]]


@dataclass
class New:
    """A person who is made: their first row, and what later ones add."""

    row: PersonRow
    values: dict[str, Any]
    employer: str
    pk: int | None = None


@dataclass
class Change:
    """What changes of somebody who is there."""

    values: dict[str, Any] = field(default_factory=dict)
    employer: str = ""
    """Where they work, where that changes."""
    moves: bool = False
    keys: bool = False

    @property
    def gained(self) -> list[str]:
        return [*self.values, *(["company"] if self.employer else []), *(["keys"] if self.keys else [])]


@dataclass
class Writing:
    """One reader's rows on their way into the database, as a part of the act that `work` records."""

    work: Work
    directory: Directory
    earlier: Earlier
    connects: bool = False
    """Whether standing in the file is being connected."""
    new: dict[str, New] = field(default_factory=dict)
    there: dict[int, Standing] = field(default_factory=dict)
    changes: dict[int, Change] = field(default_factory=dict)
    keys: dict[Key, str] = field(default_factory=dict)
    """Addresses that nobody has yet, and whose they become."""

    def write(
        self, told: Told, *, found_how: str, is_picked_up: bool, company_facts: Mapping[str, Any]
    ) -> None:
        about = [(row, person, self._whom(row)) for row, person in told]
        self.there = self.work.shared.pop(THERE, {})
        if missing := {pk for *_rest, whom in about if (pk := person_pk(whom))} - self.there.keys():
            self.there |= standing(self.directory, missing)
        for row, person, whom in about:
            self._take(row, person, whom)
        self._make_companies(company_facts)
        self._make_people(found_how, is_picked_up)
        self._change_people()
        self._make_keys()
        for row, _person, whom in about:
            self._say(row, whom)

    def _whom(self, row: Row) -> str:
        """Whose row it is: a person who is there, or the row that makes one; "" where that was left out."""
        if row.choice == NEW:
            return row.value
        if (pk := person_pk(row.choice)) is not None:
            return person_value(pk)
        first = self.work.row(row.choice)
        if first is None or first is row:
            return ""
        if first.made is not None:
            return person_value(first.made)
        return "" if first.outcome else self._whom(first)

    def _take(self, row: Row, person: PersonRow, whom: str) -> None:
        pk = person_pk(whom)
        if row.choice == NEW:
            self.new[whom] = New(person, self._facts(person), person.company)
        elif whom in self.new:
            new = self.new[whom]
            new.values = self._facts(person) | new.values
            new.employer = new.employer or person.company
        elif pk in self.there and pk is not None:
            # That it brings nothing was found out when it was decided: of thousands, most are like that.
            if row.meaning != Meaning.KNOWN or not row.choice.startswith("person-"):
                self._change(row, person, self.there[pk])
        else:
            return
        for key in person.keys:
            if not self.directory.standing.get(key) and self.keys.setdefault(key, whom) == whom and pk:
                self.changes.setdefault(pk, Change()).keys = True

    def _facts(self, person: PersonRow) -> dict[str, Any]:
        return facts_of(person, connects=self.connects)

    def _change(self, row: Row, person: PersonRow, there: Standing) -> None:
        change = self.changes.get(there.pk) or Change()
        for name, value in self._facts(person).items():
            if name in there.lacks:
                change.values.setdefault(name, value)
        if person.company and not change.employer:
            if there.company is None:
                change.employer = person.company
            elif row.choice.startswith("moves-"):
                change.moves = True
                if self.directory.employers.of(person.company) != there.company:
                    change.employer = person.company
                if person.role and person.role != there.role:
                    change.values["role"] = person.role
        if change.gained:
            self.changes[there.pk] = change

    # Rows

    def _make_companies(self, facts: Mapping[str, Any]) -> None:
        named = [new.employer for new in self.new.values()]
        named += [change.employer for change in self.changes.values()]
        made = self.directory.employers.make(filter(None, named), self.work.kept, **facts)
        self.work.tally.companies += len(made)

    def _companies(self, names: Iterable[str]) -> dict[str, Company]:
        """The companies of these names, which are all there by now."""
        pks = {name: pk for name in set(names) if isinstance(pk := self.directory.employers.of(name), int)}
        found = Company.objects.defer("notes").in_bulk(set(pks.values()))
        return {name: found[pk] for name, pk in pks.items()}

    def _make_people(self, found_how: str, is_picked_up: bool) -> None:
        companies = self._companies(new.employer for new in self.new.values())
        common = {"found_how": found_how, "picked_up": is_picked_up, "in_play": is_picked_up}
        for some in batched(self.new.values(), AT_ONCE):
            people = bulk_insert.alike(
                Person,
                (
                    {"name": new.row.name, "company": companies.get(new.employer), **_figures(new)}
                    for new in some
                ),
                owner=self.work.owner,
                **common,
            )
            self.work.kept.add_many(people, settle=False)
            for new, person in zip(some, people, strict=True):
                new.pk = person.pk
        Company.objects.filter(pk__in={company.pk for company in companies.values()}).recount()
        self.work.tally.people = (self.work.tally.people or 0) + len(self.new)
        new_people(self.work).update(new.pk for new in self.new.values() if new.pk)

    def _change_people(self) -> None:
        changed = {pk: change for pk, change in self.changes.items() if change.values or change.employer}
        if not changed:
            return
        companies = self._companies(change.employer for change in changed.values())
        people = Person.objects.these(self.work.owner, changed).select_related("company")
        rows = list(people.select_for_update(of=("self",)))
        self.work.kept.watch(rows)
        traces: list[OwnedModel] = []
        for person in rows:
            change = changed[person.pk]
            traces += self._change_one(person, change, companies.get(change.employer))
        self.work.kept.save(rows)
        for model in (Activity, Position):
            self.work.kept.add_many([row for row in traces if isinstance(row, model)])

    def _change_one(self, person: Person, change: Change, company: Company | None) -> list[OwnedModel]:
        """Change somebody in memory; what their history says of it, and the job that they had."""
        role, before = person.role, person.company
        for name, value in change.values.items():
            setattr(person, name, value)
        if company:
            person.company = company
        if not change.moves or before is None:
            return []
        lines, told = self._lines_of(person, before)
        jobs_changed(self.work).append(told)
        job = Position.left(person, before, title=role, on=self.earlier.on or self.work.today)
        if person.pk not in self._moved_before:
            seen_on = person.created_at.astimezone(self.work.owner.zone).date()
            job.first_seen_on = min(seen_on, job.last_seen_on or seen_on)
        return [*lines, job]

    def _lines_of(self, person: Person, before: Company) -> tuple[list[Activity], str]:
        """What is written down of another job, and what the import says of it."""
        names = {"name": person.name, "company": person.company, "role": person.role}
        if person.company == before:
            line = person.line("moved", _("Now: %(role)s") % names, on=self.work.today)
            return [line], _("%(name)s is now: %(role)s") % names
        lines = person.lines_of_move(before, on=self.work.today)
        if person.company and person.company.state in (Company.State.TARGET, Company.State.PAUSED):
            lines[0].title = (_("%(name)s now works at your target %(company)s") % names)[:300]
            return lines, lines[0].title
        return lines, _("%(name)s now works at %(company)s") % names

    @cached_property
    def _moved_before(self) -> set[int]:
        """Of whom earlier jobs are known already: when the last one began, nobody saw."""
        rows = Position.objects.owned_by(self.work.owner).filter(person__in=self.changes)
        return set(rows.values_list("person", flat=True))

    def _make_keys(self) -> None:
        whose = {key: self._standing_value(whom) for key, whom in self.keys.items()}
        for some in batched(whose.items(), AT_ONCE):
            rows = bulk_insert.alike(
                PersonKey,
                (
                    {"kind": kind, "value": value, "person_id": person_pk(whom)}
                    for (kind, value), whom in some
                ),
                owner=self.work.owner,
            )
            self.work.kept.add_many(rows, settle=False)
        self.directory.standing.update(whose)

    def _standing_value(self, whom: str) -> str:
        pk = self.new[whom].pk if whom in self.new else None
        return person_value(pk) if pk else whom

    # What came of it

    def _say(self, row: Row, whom: str) -> None:
        if row.choice == NEW:
            row.was_created(self.new[whom].pk)
        elif whom in self.new:
            row.was_merged(self.new[whom].pk)
        elif (pk := person_pk(whom)) in self.there and pk is not None:
            change = self.changes.pop(pk, None)
            self.work.tally.updates += change is not None
            row.was_merged(pk, _gained(change))
        else:
            row.was_skipped(_("What it was to become was left out."))


def new_people(work: Work) -> set[int]:
    """Whom this import made: an undo takes them away as they were made, so that nothing saves them again."""
    found: set[int] = work.shared.setdefault("new_people", set())
    return found


def jobs_changed(work: Work) -> list[str]:
    """Sentences about those who work elsewhere by now."""
    found: list[str] = work.shared.setdefault("jobs_changed", [])
    return found


def _figures(new: New) -> dict[str, Any]:
    """What a new person is, and how they stand: nothing was asked or said yet."""
    is_connected = "connected_on" in new.values or "degree" in new.values
    stage = Person.Stage.CONNECTED if is_connected else Person.Stage.FOUND
    return {**new.values, "kind": _kind(new.values.get("role", "")), "stage": stage}


def _kind(role: str) -> str:
    return Person.Kind.RECRUITER if RECRUITS.search(role) else Person.Kind.OTHER


def _gained(change: Change | None) -> str:
    if change is None:
        return ""
    return _("Now with: %(what)s.") % {"what": labelled(change.gained)}
