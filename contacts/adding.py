"""People pasted at a company: sorted into new, known, likely and unreadable first, then saved in one go.

Whoever pastes twenty profiles must learn at once whom they asked already, and must not make anybody twice.
Keys decide (`PersonKey`); a name only raises a question. Everything works on sets: the number of queries
does not grow with the lines.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.models import Company
from contacts import matching
from contacts.models import Key, Person, PersonKey
from contacts.profiles import PersonLine, read_people_lines
from netjob.folding import folded
from netjob.models import Activity

NAMED = 4
"""People that the sentence afterwards names one by one."""


@dataclass(eq=False)
class Pasted:
    """One pasted line: whom it names, what is known of them, and what is to become of it."""

    line: int
    raw: str
    name: str
    role: str
    keys: dict[Key, None]
    """In the order of the line; a dict, to keep the order without repeats."""
    url: str = ""
    lacks_name: bool = False
    """The name is a guess from the link or the address, or there is none."""
    problem: str = ""
    known: Person | None = None
    likely: list[Person] = field(default_factory=list)
    twin: "Pasted | None" = None
    """Somebody of the same name further up who may be another."""
    is_elsewhere: bool = False
    """Known, but at another company."""
    moves: bool = False
    """Known elsewhere, and works here now."""
    left_out: bool = False

    @property
    def questions(self) -> list[str]:
        """What somebody has to say before this line can be saved."""
        if self.problem:
            return ["unreadable"]
        if self.known:
            return ["elsewhere"] if self.is_elsewhere else []
        asked = {"name": self.lacks_name, "likely": bool(self.likely or self.twin)}
        return [question for question, is_open in asked.items() if is_open]

    @property
    def is_surely(self) -> Person | None:
        """The one of the same name here whose profile is not another one: the answer to propose."""
        same = [person for person in self.likely if folded(person.name) == folded(self.name)]
        if len(same) != 1 or _conflict(self.keys, _keys_of(same[0])):
            return None
        return same[0]

    def join(self, other: "Pasted") -> None:
        """Take over what another line says of the same person."""
        self.keys |= other.keys
        self.role = self.role or other.role
        self.url = self.url or other.url
        if self.lacks_name and not other.lacks_name:
            self.name, self.lacks_name = other.name, False


class Paste:
    """The lines pasted at a company, sorted; `save()` does what they say."""

    def __init__(
        self,
        company: Company,
        lines: Iterable[PersonLine],
        *,
        completed: dict[int, tuple[str, str]] | None = None,
    ) -> None:
        """`completed`: by line, the name and role that somebody wrote where the name was only a guess."""
        self.company = company
        self.repeats = 0
        self.entries: list[Pasted] = []
        for line in lines:
            self._take(_read(line, (completed or {}).get(line.line)))
        self._look_up()

    @property
    def unsettled(self) -> list[Pasted]:
        return [entry for entry in self.entries if entry.questions]

    @property
    def settled(self) -> list[Pasted]:
        return [entry for entry in self.entries if not entry.questions]

    def _take(self, entry: Pasted) -> None:
        """Keep a line, or give what it says to the lines above that are about the same person."""
        above = [] if entry.problem else [other for other in self.entries if not other.problem]
        same = [other for other in above if other.keys.keys() & entry.keys.keys()]
        if not same and entry.name:
            namesake = next((other for other in above if folded(other.name) == folded(entry.name)), None)
            if namesake and not _conflict(entry.keys, namesake.keys):
                roles = {folded(role) for role in (entry.role, namesake.role) if role}
                same = [namesake] if len(roles) < 2 else []
                entry.twin = None if same else namesake
        for other in [*same[1:], entry] if same else []:
            same[0].join(other)
            self.repeats += 1
        self.entries = [other for other in self.entries if other not in same[1:]]
        if not same:
            self.entries.append(entry)

    def _look_up(self) -> None:
        mine = {"owner": self.company.owner_id}
        wanted = {key for entry in self.entries for key in entry.keys}
        rows = PersonKey.objects.filter(**mine, value__in={value for _kind, value in wanted})
        found = {(row.kind, row.value): row.person_id for row in rows}
        known = {found[key] for key in wanted if key in found}
        people = {
            person.pk: person
            for person in Person.objects.filter(Q(company=self.company) | Q(pk__in=known), **mine)
            .with_since()
            .select_related("company")
            .prefetch_related("keys")
        }
        here: dict[str, list[Person]] = {}
        for person in people.values():
            if person.company_id == self.company.pk:
                here.setdefault(person.name, []).append(person)
        carried: dict[int, Pasted] = {}
        for entry in list(self.entries):
            if entry.problem:
                continue
            carriers = list(dict.fromkeys(people[found[key]] for key in entry.keys if key in found))
            if len(carriers) > 1:
                names = {"one": carriers[0].name, "other": carriers[1].name}
                entry.problem = _("The link is %(one)s’s, the e-mail address %(other)s’s: keep one.") % names
            elif carriers:
                entry.known = carriers[0]
                entry.is_elsewhere = entry.known.company_id not in (None, self.company.pk)
                if (first := carried.setdefault(entry.known.pk, entry)) is not entry:
                    first.join(entry)
                    self.entries.remove(entry)
                    self.repeats += 1
            elif entry.name:
                entry.likely = [p for name in matching.likely(entry.name, here) for p in here[name]][:3]

    def save(self, *, on: dt.date, kind: str, found_how: str) -> "Outcome":
        """Add who is new, complete who is known, move who moves: all of it or nothing."""
        done = Outcome(self.company, self.repeats)
        standing: dict[int, Person] = {}
        lines: list[Activity] = []
        keys: list[tuple[Person, Key]] = []
        for entry in self.entries:
            if entry.left_out or entry.problem:
                continue
            if (person := entry.known) is None:
                facts = {"name": entry.name, "role": entry.role, "kind": kind, "found_how": found_how}
                person = Person(owner_id=self.company.owner_id, company=self.company, **facts)
                done.added.append(person)
                lines.append(person.line_of_finding(on=on))
            else:
                before = person.company
                if self._complete(person, entry):
                    standing[person.pk] = person
                lines += person.lines_of_move(before, on=on)
                done.keep(person, before, is_linked=bool(entry.likely and entry.keys))
            keys += [(person, key) for key in entry.keys if key not in _keys_of(person)]
        left = {before.pk for _person, before in done.moved if before}
        self._write(done.added, list(standing.values()), keys, lines, left)
        return done

    def _complete(self, person: Person, entry: Pasted) -> bool:
        """Pick a known person up, with what was still missing; says whether that changed anything."""
        before = (person.role, person.company_id, person.picked_up)
        person.role = person.role or entry.role
        if person.company is None or entry.moves:
            person.company = self.company
        person.picked_up = True
        return before != (person.role, person.company_id, person.picked_up)

    @transaction.atomic(savepoint=False)
    def _write(
        self,
        new: list[Person],
        standing: list[Person],
        keys: list[tuple[Person, Key]],
        lines: list[Activity],
        left: set[int],
    ) -> None:
        for person in standing:
            person.version, person.updated_at = person.version + 1, timezone.now()
        Person.objects.bulk_create(new)
        Person.objects.bulk_update(standing, ["role", "company", "picked_up", "version", "updated_at"])
        PersonKey.objects.bulk_create(
            PersonKey(owner_id=person.owner_id, person=person, kind=kind, value=value)
            for person, (kind, value) in keys
        )
        Activity.objects.bulk_create(lines)
        Person.objects.filter(pk__in=[row.pk for row in [*new, *standing]]).advance(left=left)


@dataclass
class Outcome:
    """What became of a paste, for the sentence that says it."""

    company: Company
    repeats: int
    added: list[Person] = field(default_factory=list)
    known: list[Person] = field(default_factory=list)
    linked: list[Person] = field(default_factory=list)
    moved: list[tuple[Person, Company | None]] = field(default_factory=list)

    def keep(self, person: Person, before: Company | None, *, is_linked: bool) -> None:
        if person.company != before:
            self.moved.append((person, before))
        else:
            (self.linked if is_linked else self.known).append(person)

    def sentence(self, today: dt.date) -> str:
        """ "3 people added. Priya Raman is known already: asked on 3 November." """
        said = [self._of_added(), *self._of_known(today)]
        if self.repeats:
            said.append(
                ngettext("One line was a repeat.", "%(count)d lines were repeats.", self.repeats)
                % {"count": self.repeats}
            )
        return " ".join(said)

    def _of_added(self) -> str:
        count = len(self.added)
        if not count:
            return _("Nobody new.")
        if count == 1:
            return _("%(name)s is added.") % {"name": self.added[0].name}
        return ngettext("%(count)d person added.", "%(count)d people added.", count) % {"count": count}

    def _of_known(self, today: dt.date) -> Iterator[str]:
        for person in self.linked[:NAMED]:
            yield _("%(name)s has the link now.") % {"name": person.name}
        for person, before in self.moved[:NAMED]:
            names = {"name": person.name, "before": before}
            yield (
                _("%(name)s moved here from %(before)s.") if before else _("%(name)s works here now.")
            ) % names
        for person in self.known[:NAMED]:
            names = {"name": person.name, "where": person.company, "standing": person.standing(today)}
            here = person.company == self.company
            said = _("%(name)s is known already: %(standing)s.")
            yield (said if here else _("%(name)s is known already, at %(where)s: %(standing)s.")) % names
        if more := len(self.known[NAMED:]):
            yield ngettext("%(count)d more is known already.", "%(count)d more are known already.", more) % {
                "count": more
            }


def _read(line: PersonLine, completed: tuple[str, str] | None) -> Pasted:
    keys: dict[Key, None] = {}
    if line.profile:
        keys[line.profile.kind, line.profile.key] = None
    if line.email:
        keys[PersonKey.Kind.EMAIL, line.email] = None
    nameless = not line.name and line.profile is not None and _is_fine_with_a_name(line)
    lacks_name = line.name_guessed or nameless
    name, role = completed if completed and lacks_name else (line.name, line.role)
    return Pasted(
        line=line.line,
        raw=line.raw,
        name=name,
        role=role,
        keys=keys,
        url=line.profile.url if line.profile else "",
        lacks_name=lacks_name,
        problem="" if nameless else line.problem or "",
    )


def _is_fine_with_a_name(line: PersonLine) -> bool:
    return read_people_lines(f"Somebody, {line.raw}")[0].problem is None


def _keys_of(person: Person) -> set[Key]:
    return {(key.kind, key.value) for key in person.keys.all()} if person.pk else set()


def _conflict(one: Iterable[Key], other: Iterable[Key]) -> bool:
    """Two profiles of one kind that differ: as far as keys tell, two people."""
    profiles = [{key for key in keys if key[0] in PersonKey.PROFILES} for keys in (one, other)]
    kinds = {kind for kind, _value in profiles[0]} & {kind for kind, _value in profiles[1]}
    return bool(kinds) and not profiles[0] & profiles[1]
