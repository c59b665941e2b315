"""Who a row is: the same profile, else the same e-mail address, else (without either) the same name and company.

Two profiles of two names that share an address are two people with one mailbox, and only proposed.

A row with a profile finds the person whom an older export made without one by the name and the day of connecting;
a row of that older export, imported again, finds the person who has a profile since. What else looks alike is
proposed, and never decided.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef

from companies.names import exact_key
from contacts import matching
from contacts.importing.employers import Employer, Employers
from contacts.models import Erasure, Key, Person, PersonKey, Position
from contacts.models.erasure import named_at, named_since
from contacts.person_rows import PersonRow
from netjob.imports.readers import Work
from netjob.models import User

MOST_NAMESAKES = 3
"""That are proposed for a row."""


def person_value(pk: int) -> str:
    return f"person-{pk}"


def person_pk(value: str) -> int | None:
    """The key of the person whom a value names, if it names one that is there."""
    kind, _dash, pk = value.partition("-")
    return int(pk) if kind in ("person", "moves") and pk.isdecimal() else None


@dataclass(slots=True, eq=False)
class Somebody:
    """A person as far as recognising needs: one who is there, or one whom a row is to make."""

    value: str
    name: str
    employers: set[Employer]
    connected_on: dt.date | None
    has_profile: bool
    has_email: bool


@dataclass(slots=True)
class Namesakes:
    """Those of one name, in their order, and by what tells them apart: a file may hold thousands of them."""

    everybody: dict[str, Somebody] = field(default_factory=dict)
    """By their values."""
    at: dict[Employer, list[Somebody]] = field(default_factory=dict)
    since: dict[dt.date | None, list[Somebody]] = field(default_factory=dict)

    def add(self, somebody: Somebody) -> None:
        self.everybody[somebody.value] = somebody
        for employer in somebody.employers:
            self.at.setdefault(employer, []).append(somebody)
        self.since.setdefault(somebody.connected_on, []).append(somebody)

    def near(self, employer: Employer, day: dt.date | None) -> Iterator[Somebody]:
        """Whom somebody there, or connected on that day, may be; some may come twice."""
        if employer is None:
            yield from self.everybody.values()
            return
        yield from self.at.get(employer, ())
        yield from self.at.get(None, ())
        yield from self.since.get(day, ()) if day else ()


NOBODY: Final = Namesakes()


class Match(NamedTuple):
    value: str
    """Of the person, or of the earlier row."""
    name: str


@dataclass(slots=True)
class Found:
    same: Match | None = None
    likely: list[Match] = field(default_factory=list)
    share_address: bool = False
    """Those have the same e-mail address, but another profile and name: a mailbox of several, most likely."""


class Directory:
    """Everybody whom the owner knows, and whom the rows so far will make. Reads each table once."""

    @classmethod
    def of(cls, work: Work) -> "Directory":
        """The one of a batch: its readers, one after the other, add to it."""
        if "people" not in work.shared:
            work.shared["people"] = cls(work.owner)
        directory: Directory = work.shared["people"]
        return directory

    def __init__(self, owner: User) -> None:
        self.owner = owner
        self.employers = Employers(owner)
        self.standing: dict[Key, str] = {}
        """The keys that are there, with whose they are."""
        rows = PersonKey.objects.owned_by(owner).values_list("kind", "value", "person")
        for kind, value, pk in rows.iterator(chunk_size=5000):
            self.standing[kind, value] = person_value(pk)
        self._coming: dict[Key, str] = {}
        self._coming_profiles: set[tuple[str, str]] = set()
        """Persons, each with a kind of profile that the rows so far tell of them."""
        self._names: dict[str, str] = {}
        self._with_profile: dict[str, Namesakes] | None = None
        self._without: dict[str, Namesakes] | None = None
        self._entered: list[Somebody] = []
        self._erased = frozenset(Erasure.objects.owned_by(owner).values_list("digest", flat=True))

    def is_erased(self, keys: Iterable[Key]) -> bool:
        return bool(self._erased) and any(
            Erasure.digest_of(self.owner.pk, key) in self._erased for key in keys
        )

    def is_erased_by_name(self, person: PersonRow) -> bool:
        """Whether it is somebody who was erased, and had no profile or address by which to be told."""
        if not self._erased:
            return False
        if person.profile:
            day = person.connected_on
            return day is not None and self.is_erased([named_since(person.name, day)])
        return not person.emails and self.is_erased([named_at(person.name, exact_key(person.company))])

    def find(self, person: PersonRow) -> Found:
        at_that_address: dict[str, None] = {}
        for key in person.keys:
            value = self.owner_of(key)
            if value and self._is_another(value, person):
                at_that_address[value] = None
            elif value:
                return Found(Match(value, self._names.get(value, person.name)))
        if at_that_address:
            likely = [Match(value, self._name_of(value)) for value in at_that_address]
            return Found(likely=likely[:MOST_NAMESAKES], share_address=True)
        if same := self._same(person):
            return Found(Match(same.value, same.name))
        alike: dict[str, Match] = {}
        for other in self._namesakes(person):
            if self._may_be(person, other):
                alike[other.value] = Match(other.value, other.name)
                if len(alike) == MOST_NAMESAKES:
                    break
        return Found(likely=[*alike.values()])

    def enter(self, person: PersonRow, value: str, *, is_new: bool) -> None:
        """From now on what this row says tells `value`; a new one may be recognised by later rows."""
        for key in person.keys:
            if key not in self.standing:
                self._coming.setdefault(key, value)
        if person.profile:
            self._coming_profiles.add((value, person.profile.kind))
        if is_new:
            self._names[value] = person.name
            self._enter(
                Somebody(
                    value=value,
                    name=person.name,
                    employers={self.employers.of(person.company)},
                    connected_on=person.connected_on,
                    has_profile=person.profile is not None,
                    has_email=bool(person.emails),
                )
            )
        elif person.profile:
            without = self._without_profile().get(exact_key(person.name), NOBODY)
            if other := without.everybody.get(value):
                other.has_profile = True

    def owner_of(self, key: Key) -> str:
        """Whose key it is, or will be."""
        return self.standing.get(key) or self._coming.get(key, "")

    def _is_another(self, value: str, person: PersonRow) -> bool:
        """Whether whoever has this address has another profile, and another name, too.

        Of that name it is the same person, whose profile has a new address.
        """
        if person.profile is None or self.owner_of((person.profile.kind, person.profile.key)) == value:
            return False
        profile = value, person.profile.kind
        has_one = profile in self._coming_profiles or profile in self._standing_profiles
        return has_one and not matching.may_be_same(person.name, self._name_of(value))

    @cached_property
    def _standing_profiles(self) -> frozenset[tuple[str, str]]:
        """Persons who are there, each with a kind of key of theirs."""
        return frozenset((value, kind) for (kind, _key), value in self.standing.items())

    def _name_of(self, value: str) -> str:
        return self._names.get(value) or self._known_names[value]

    @cached_property
    def _known_names(self) -> dict[str, str]:
        rows = Person.objects.owned_by(self.owner).values_list("pk", "name")
        return {person_value(pk): name for pk, name in rows}

    # Namesakes

    def _namesakes(self, person: PersonRow) -> Iterator[Somebody]:
        """Who may be the same by their name, those without a profile first."""
        key, here = exact_key(person.name), self.employers.of(person.company)
        without = self._without_profile()
        yield from without.get(key, NOBODY).near(here, person.connected_on)
        if not person.profile:
            yield from self._linked().get(key, NOBODY).near(here, person.connected_on)

    def _same(self, person: PersonRow) -> Somebody | None:
        """Who is the same by their name; nobody where that may be several."""
        key, day = exact_key(person.name), person.connected_on
        without = self._without_profile().get(key, NOBODY)
        if person.profile:
            same = [other for other in without.since.get(day, ()) if day and not other.has_profile]
            return same[0] if len(same) == 1 else None
        if not person.emails:
            for other in without.at.get(self.employers.of(person.company), ()):
                if not (other.has_profile or other.has_email):
                    return other
        if day is None:
            return None
        linked = self._linked().get(key, NOBODY)
        since = (*without.since.get(day, ()), *linked.since.get(day, ()))
        same = [other for other in since if self._has_profile_since(person, other)]
        return same[0] if len(same) == 1 else None

    def _has_profile_since(self, person: PersonRow, other: Somebody) -> bool:
        """Whether a row of that day without a profile is of somebody who is there, and got theirs from a later export.

        Of two rows of one file each is somebody.
        """
        if not other.has_profile or person_pk(other.value) is None:
            return False
        return not (person.emails and other.has_email)

    def _may_be(self, person: PersonRow, other: Somebody) -> bool:
        if person.profile and other.has_profile:
            return False
        here = self.employers.of(person.company)
        if here is None or None in other.employers or here in other.employers:
            return True
        return person.connected_on is not None and person.connected_on == other.connected_on

    def _enter(self, somebody: Somebody) -> None:
        self._entered.append(somebody)
        names = self._with_profile if somebody.has_profile else self._without
        if names is not None:
            names.setdefault(exact_key(somebody.name), Namesakes()).add(somebody)

    def _without_profile(self) -> dict[str, Namesakes]:
        """By name, those who have (or had, as far as the rows so far tell) no profile."""
        if self._without is None:
            self._without = self._by_name(self._read(with_profile=False))
        return self._without

    def _linked(self) -> dict[str, Namesakes]:
        if self._with_profile is None:
            self._with_profile = self._by_name(self._read(with_profile=True))
        return self._with_profile

    def _by_name(self, people: Iterable[Somebody]) -> dict[str, Namesakes]:
        found: dict[str, Namesakes] = {}
        for somebody in people:
            found.setdefault(exact_key(somebody.name), Namesakes()).add(somebody)
        return found

    def _read(self, *, with_profile: bool) -> Iterator[Somebody]:
        keys = PersonKey.objects.owned_by(self.owner).filter(person=OuterRef("pk"))
        profile, email = Exists(keys.filter(kind__in=PersonKey.PROFILES)), Exists(keys.filter(kind="email"))
        people = Person.objects.owned_by(self.owner).filter(profile if with_profile else ~profile)
        rows = people.values_list("pk", "name", "company", "connected_on", email).order_by("pk")
        jobs: Mapping[int, set[Employer]] = {} if with_profile else self.earlier_jobs
        for pk, name, company, connected_on, has_email in rows.iterator(chunk_size=5000):
            yield Somebody(
                value=person_value(pk),
                name=name,
                employers={company, *jobs.get(pk, ())},
                connected_on=connected_on,
                has_profile=with_profile,
                has_email=has_email,
            )
        yield from (each for each in self._entered if each.has_profile is with_profile)

    @cached_property
    def earlier_jobs(self) -> dict[int, set[Employer]]:
        """Where people were seen before: a file that is imported again still says so."""
        found: dict[int, set[Employer]] = defaultdict(set)
        rows = Position.objects.owned_by(self.owner).values_list("person", "company", "employer")
        for person, company, employer in rows:
            found[person].add(company or self.employers.of(employer))
        return found
