"""People pasted, at a company or by themselves: sorted into new, known, likely and unreadable, then saved at once.

Whoever pastes twenty profiles must learn at once whom they asked already, and must not make anybody twice.
Keys decide (`PersonKey`); a name only raises a question. Everything works on sets: the number of queries
does not grow with the lines.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.models import Company
from companies.names import exact_key, loose_key
from contacts import matching
from contacts.models import Erasure, Key, Person, PersonKey, Position, Tie
from contacts.models.person import ERASED
from contacts.profiles import PersonLine, read_people_lines
from netjob.folding import folded
from netjob.models import Activity, User

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
    """The name is a guess from the link or the address, or there is none, or it is hardly one."""
    is_hardly_a_name: bool = False
    """What stands for the name reads like a sentence, and no profile says whose it is."""
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
    company: Company | None = None
    """Where they work, by this line or by the page on which it was pasted."""
    new_company: str = ""
    """The same, where it is no company of the owner's yet: it becomes a suggestion."""
    guesses_company: bool = False
    """That it is a company is read from the line alone: it may belong to the role."""
    is_erased: bool = False
    """Of somebody who was erased for good; unless that is overruled, the line has that problem."""

    def overrule_erasure(self) -> None:
        self.problem = ""

    def drop_company(self) -> None:
        """What stood last in the line is no company, but more of the role."""
        self.role, self.new_company = ", ".join(filter(None, [self.role, self.new_company])), ""

    @property
    def suggests(self) -> str:
        """The company that would be suggested with them; whoever has one keeps that."""
        return "" if self.known and self.known.company else self.new_company

    @property
    def questions(self) -> list[str]:
        """What somebody has to say before this line can be saved."""
        if self.problem:
            return ["erased" if self.is_erased else "unreadable"]
        asked = {"company": self.guesses_company and bool(self.suggests)}
        if self.known:
            asked |= {"elsewhere": self.is_elsewhere}
        else:
            asked |= {"name": self.lacks_name, "likely": bool(self.likely or self.twin)}
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
    """The lines pasted at a company, or at none, sorted; `save()` does what they say."""

    def __init__(
        self,
        company: Company | None,
        lines: Iterable[PersonLine],
        *,
        completed: dict[int, tuple[str, str]] | None = None,
        owner: User | None = None,
        new_company: str = "",
        asks_about_companies: bool = True,
    ) -> None:
        """`completed`: by line, the name and role that somebody wrote where the name was only a guess.

        Without a company's page say whose lines they are (`owner`): then each may be "Name, role, company", and
        `new_company` is where the others work, if it is not on the list yet. What stands last and is none of the
        list is asked about, unless the page says that a company stands there.
        """
        self.company = company
        self.owner_id: int = company.owner_id if company else owner.pk if owner else 0
        self.repeats = 0
        self.entries: list[Pasted] = []
        read = [_read(line, (completed or {}).get(line.line)) for line in lines]
        if owner:
            self._read_companies(read, asks=asks_about_companies)
        for entry in read:
            entry.company = entry.company or (None if entry.new_company else company)
            entry.new_company = "" if entry.company else entry.new_company or new_company
            self._take(entry)
        self._look_up()

    @property
    def unsettled(self) -> list[Pasted]:
        return [entry for entry in self.entries if entry.questions]

    @property
    def settled(self) -> list[Pasted]:
        return [entry for entry in self.entries if not entry.questions]

    def _read_companies(self, entries: list[Pasted], *, asks: bool) -> None:
        """ "Ana Silva, Data Engineer, Acme": what stands last is where they work, on the list or not."""
        said = {entry.line: _company_said(entry.role) for entry in entries}
        known = Company.objects.filter(owner=self.owner_id).known_as(
            [name for _role, name in said.values() if name] + [entry.role for entry in entries if entry.role]
        )
        for entry in entries:
            role, name = said[entry.line]
            if found := known.get(exact_key(name)) if name else None:
                entry.role, entry.company = role, found
            elif name:
                entry.role, entry.new_company, entry.guesses_company = role, name, asks
            elif entry.role and (found := known.get(exact_key(entry.role))):
                entry.role, entry.company = "", found

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
        mine = {"owner": self.owner_id}
        wanted = {key for entry in self.entries for key in entry.keys}
        erased = Erasure.among(self.owner_id, wanted)
        rows = PersonKey.objects.filter(**mine, value__in={value for _kind, value in wanted})
        found = {(row.kind, row.value): row.person_id for row in rows}
        known = {found[key] for key in wanted if key in found}
        people = {
            person.pk: person
            for person in Person.objects.filter(self._near() | Q(pk__in=known), **mine)
            .with_since()
            .select_related("company")
            .prefetch_related("keys")
        }
        at: dict[int | None, dict[str, list[Person]]] = defaultdict(dict)
        for person in people.values():
            for place in {person.company_id, None}:
                at[place].setdefault(person.name, []).append(person)
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
                place = entry.company.pk if entry.company else None
                entry.is_elsewhere = bool(place) and entry.known.company_id not in (None, place)
                if (first := carried.setdefault(entry.known.pk, entry)) is not entry:
                    first.join(entry)
                    self.entries.remove(entry)
                    self.repeats += 1
            elif erased & entry.keys.keys():
                entry.problem, entry.is_erased = str(ERASED), True
            elif entry.name:
                here = at[entry.company.pk if entry.company else None]
                entry.likely = [p for name in matching.likely(entry.name, here) for p in here[name]][:3]

    def _near(self) -> Q:
        """Who may be meant by a name: the people at its company, or those everywhere who are called so."""
        near = Q(company__in={entry.company.pk for entry in self.entries if entry.company})
        for entry in self.entries:
            if entry.name and not entry.company:
                near |= Q(search_text__startswith=folded(entry.name))
        return near

    def save(self, *, on: dt.date, kind: str, found_how: str, notes: str = "") -> "Outcome":
        """Add who is new (`notes` are theirs), complete who is known, move who moves: all of it or nothing."""
        self._suggest_companies(on=on)
        done = Outcome(self.company, self.repeats)
        standing: dict[int, Person] = {}
        lines: list[Activity] = []
        keys: list[tuple[Person, Key]] = []
        jobs: list[Position] = []
        for entry in self.entries:
            if entry.left_out or entry.problem:
                continue
            if (person := entry.known) is None:
                facts = {"name": entry.name, "role": entry.role, "kind": kind, "found_how": found_how}
                person = Person(owner_id=self.owner_id, company=entry.company, notes=notes, **facts)
                done.added.append(person)
                lines.append(person.line_of_finding(on=on))
            else:
                before, role = person.company, person.role
                if self._complete(person, entry):
                    standing[person.pk] = person
                lines += person.lines_of_move(before, on=on)
                jobs += person.jobs_left(before, on=on, role=role)
                done.keep(person, before, is_linked=bool(entry.likely and entry.keys))
            keys += [(person, key) for key in entry.keys if key not in _keys_of(person)]
        left = {before.pk for _person, before in done.moved if before}
        self._write(done.added, list(standing.values()), keys, [*lines, *jobs], left)
        Tie.note(self.owner_id, done.added)
        Erasure.forget(self.owner_id, [key for _person, key in keys])
        return done

    def _suggest_companies(self, *, on: dt.date) -> None:
        going = [entry for entry in self.entries if not entry.left_out and not entry.problem]
        names = [entry.suggests for entry in going if entry.suggests]
        made = Company.suggest(self.owner_id, names)
        for entry in going:
            entry.company = entry.company or made.get(exact_key(entry.new_company))

    def _complete(self, person: Person, entry: Pasted) -> bool:
        """Pick a known person up, with what was still missing; says whether that changed anything."""
        before = (person.role, person.company_id, person.picked_up)
        person.role = person.role or entry.role
        if entry.company and (person.company is None or entry.moves):
            person.company = entry.company
        person.picked_up = True
        return before != (person.role, person.company_id, person.picked_up)

    @transaction.atomic(savepoint=False)
    def _write(
        self,
        new: list[Person],
        standing: list[Person],
        keys: list[tuple[Person, Key]],
        traces: list[Activity | Position],
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
        for model in (Activity, Position):
            model.objects.bulk_create([row for row in traces if type(row) is model])
        Person.objects.filter(pk__in=[row.pk for row in [*new, *standing]]).advance(left=left)


@dataclass
class Outcome:
    """What became of a paste, for the sentence that says it."""

    company: Company | None
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

    @property
    def people(self) -> list[Person]:
        """Everybody whom it was about."""
        return [*self.added, *self.known, *self.linked, *(person for person, _before in self.moved)]

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
            here = self.company is None or person.company == self.company
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
    is_hardly_a_name = line.reads_like_a_sentence and not line.problem
    lacks_name = line.name_guessed or nameless or is_hardly_a_name
    name, role = completed if completed and lacks_name else (line.name, line.role)
    return Pasted(
        line=line.line,
        raw=line.raw,
        name=name,
        role=role,
        keys=keys,
        url=line.profile.url if line.profile else "",
        lacks_name=lacks_name,
        is_hardly_a_name=is_hardly_a_name and not keys,
        problem="" if nameless else line.problem or "",
    )


def _company_said(role: str) -> tuple[str, str]:
    """The role and the company of "Data Engineer, Acme"; no company where there is no second part."""
    before, comma, last = role.rpartition(", ")
    if not comma or not exact_key(last) or loose_key(f"{before}, {last}") == loose_key(before):
        return role, ""  # "Analyst, Inc."
    return before, last


def _is_fine_with_a_name(line: PersonLine) -> bool:
    return read_people_lines(f"Somebody, {line.raw}")[0].problem is None


def _keys_of(person: Person) -> set[Key]:
    return {(key.kind, key.value) for key in person.keys.all()} if person.pk else set()


def _conflict(one: Iterable[Key], other: Iterable[Key]) -> bool:
    """Whether their profiles say that they are two people."""
    return matching.in_conflict(
        *({key for key in keys if key[0] in PersonKey.PROFILES} for keys in (one, other))
    )
