"""Entries that are likely one person: what identity (`PersonKey`) leaves open. Nothing is merged here.

Fifty thousand people have a thousand million pairs, so only those are compared that share something rare: the whole
name, or a word of it at one company or one e-mail domain.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from contacts import matching
from contacts.models import Distinction, Person, PersonKey
from netjob.folding import folded
from netjob.models import User

MOST = 50
"""Pairs that are shown at once."""
CROWD = 40
"""People who share a word at one place: beyond it they are compared with their neighbours by name only."""
NEIGHBOURS = 4
FREE_MAIL = frozenset(
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com",
        "gmx.de", "gmx.net", "web.de", "proton.me", "protonmail.com", "aol.com", "mail.ru", "qq.com", "163.com",
        "example.org", "example.com",
    }
)  # fmt: skip

type Two = tuple[int, int]


@dataclass(frozen=True)
class Pair:
    """Two entries, the elder first, and why they are likely the same."""

    one: Person
    other: Person
    why: str

    @property
    def both(self) -> list[Person]:
        return [self.one, self.other]


def likely_pairs(owner: User, *, most: int = MOST) -> list[Pair]:
    """The likeliest first. Some of the queries read every person's name: no page but this one does."""
    names, places = dict[int, str](), dict[int, list[object]]()
    rows = Person.objects.owned_by(owner).order_by("pk").values_list("pk", "name", "company_id")
    for pk, name, company in rows:
        names[pk], places[pk] = name, [company] if company else []
    profiles = defaultdict[int, set[tuple[str, str]]](set)
    for pk, kind, value in PersonKey.objects.owned_by(owner).values_list("person_id", "kind", "value"):
        if kind in PersonKey.PROFILES:
            profiles[pk].add((kind, value))
        elif (domain := value.rpartition("@")[2]) not in FREE_MAIL:
            places[pk].append(domain)
    apart = set(Distinction.objects.owned_by(owner).values_list("one_id", "other_id"))
    scored: dict[Two, float] = {}
    for pair in _candidates(names, places):
        if (
            pair not in scored
            and pair not in apart
            and not matching.in_conflict(*(profiles[pk] for pk in pair))
        ):
            scored[pair] = _score(pair, names, places)
    best = sorted(scored, key=lambda pair: (-scored[pair], pair))[:most]
    return list(_shown(best, places))


def _candidates(names: dict[int, str], places: dict[int, list[object]]) -> Iterator[Two]:
    whole, near = defaultdict[object, list[int]](list), defaultdict[object, list[int]](list)
    for pk, name in names.items():
        words = matching.words(name)
        if len(words) > 1:
            whole[tuple(sorted(words))].append(pk)
        for place in places[pk]:
            for word in {word for word in words if len(word) > 2}:
                near[place, word].append(pk)
    for pks in whole.values():
        yield from _pairs_of(pks, names)
    for pks in near.values():
        for one, other in _pairs_of(pks, names) if len(pks) > 1 else ():
            if matching.may_be_same(names[one], names[other]):
                yield one, other


def _pairs_of(pks: list[int], names: dict[int, str]) -> Iterator[Two]:
    if len(pks) <= CROWD:
        yield from combinations(pks, 2)
        return
    by_name = sorted(pks, key=lambda pk: names[pk])
    for place, one in enumerate(by_name):
        for other in islice(by_name, place + 1, place + 1 + NEIGHBOURS):
            yield min(one, other), max(one, other)


def _score(pair: Two, names: dict[int, str], places: dict[int, list[object]]) -> float:
    one, other = pair
    alike = fuzz.token_sort_ratio(folded(names[one]), folded(names[other]))
    return alike + 30 * bool(set(places[one]) & set(places[other]))


def _shown(pairs: Iterable[Two], places: dict[int, list[object]]) -> Iterator[Pair]:
    pairs = list(pairs)
    wanted = {pk for pair in pairs for pk in pair}
    people = (
        Person.objects.filter(pk__in=wanted).with_since().select_related("company").prefetch_related("keys")
    )
    by_pk = {person.pk: person for person in people}
    for one, other in pairs:
        shared = set(places[one]) & set(places[other])
        why = _("alike in name")
        if any(isinstance(place, int) for place in shared):
            why = _("alike in name, at the same company")
        elif shared:
            why = _("alike in name, with the same e-mail domain")
        yield Pair(by_pk[one], by_pk[other], why)
