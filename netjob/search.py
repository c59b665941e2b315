"""The search over everything. An app registers its nouns as sources in `AppConfig.ready()`.

A row is found by its column `haystack` (`netjob.folding`), which it derives from its texts; how the database
finds it is the matter of `netjob.search_index`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.apps import apps

from netjob.excerpts import Piece, excerpt, marked
from netjob.folding import (
    Clause,
    begins,
    begins_in_title,
    begins_title,
    contains,
    fold_whole,
    words_of,
)
from netjob.search_index import Look, candidates

LONGEST: Final = 100
"""Characters of a search that are looked at."""
MOST_WORDS: Final = 8


@dataclass
class Hit:
    """One row that was found: what it is called, where it leads, and what it says."""

    pk: int
    title: str
    url: str
    where: str = ""
    """Role, company, how far it got: what tells it from others of that name."""
    text: str = ""
    """The text in which the words may stand: a note, a message."""
    day: dt.date | None = None
    weight: tuple[float, ...] = ()
    """Of two that match alike the heavier comes first, then the newer."""
    name: list[Piece] = field(default_factory=list)
    """The title, with what was looked for marked."""
    about: list[Piece] = field(default_factory=list)
    """`where`, with what was looked for marked."""
    excerpt: list[Piece] = field(default_factory=list)


type Describe = Callable[[Any, Sequence[int], dt.date], Iterable[Hit]]
"""Owner, ids of rows, today: what is shown of these rows, in any order."""


@dataclass(frozen=True)
class Source:
    """A noun that can be found."""

    number: int
    """Stands in the index: it stays, and is nobody else's. At most 15."""
    kind: str
    """By what a page groups it: "people"."""
    heading: Any
    model: str
    describe: Describe
    is_text: bool = False
    """Something written, without a name of its own."""

    @property
    def table(self) -> str:
        return apps.get_model(self.model)._meta.db_table

    def rows(self) -> Any:
        return apps.get_model(self.model)._default_manager.all()


@dataclass
class Group:
    """What was found of one kind, the best first."""

    kind: str
    heading: Any
    hits: list[Hit]
    has_more: bool = False


@dataclass
class Found:
    """What a search brought, by kind."""

    text: str
    words: list[str]
    groups: list[Group] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(group.hits) for group in self.groups)

    @property
    def has_more(self) -> bool:
        return any(group.has_more for group in self.groups)


SOURCES: list[Source] = []


def register(*sources: Source) -> None:
    SOURCES.extend(sources)
    SOURCES.sort(key=lambda source: source.number)


def find(owner: Any, text: str, *, today: dt.date, limit: int = 5, kinds: Iterable[str] = ()) -> Found:
    """The owner's rows in which every word of `text` stands, by kind, at most `limit` of each.

    Names that begin with the words come first, then those of which a word does, then the rest.
    """
    text = _tidy(text)
    found = Found(text, words_of(text, most=MOST_WORDS))
    if not found.words:
        return found
    only = set(kinds)
    sources = [source for source in SOURCES if not only or source.kind in only]
    tiers: dict[int, dict[int, int]] = {}
    for number, tier, pk in candidates(owner.pk, list(_looks(sources, found.words))):
        rows = tiers.setdefault(number, {})
        rows[pk] = min(tier, rows.get(pk, tier))
    groups: dict[str, Group] = {}
    ranks: dict[int, tuple[Any, ...]] = {}
    for source in sources:
        if matching := tiers.get(source.number):
            group = groups.setdefault(source.kind, Group(source.kind, source.heading, []))
            # As many as may be shown; of names a few more, for the weight decides among those that match alike.
            most = limit + 1 if source.is_text else 2 * limit + 2
            best = sorted(matching, key=lambda pk: (matching[pk], -pk))[:most]
            for hit in source.describe(owner, best, today):
                ranks[id(hit)] = _rank(hit, matching[hit.pk], found.words, is_text=source.is_text)
                group.hits.append(hit)
    for group in groups.values():
        group.hits.sort(key=lambda hit: ranks[id(hit)])
        group.has_more = len(group.hits) > limit
        del group.hits[limit:]
        for hit in group.hits:
            _mark(hit, found.words)
    found.groups = [group for group in groups.values() if group.hits]
    return found


def _tidy(text: str) -> str:
    """One line of at most LONGEST characters that a database can take."""
    bare = text[: 4 * LONGEST].replace("\x00", " ").encode(errors="ignore").decode()
    return " ".join(bare.split())[:LONGEST]


def _looks(sources: Iterable[Source], words: list[str]) -> Iterable[Look]:
    first, *others = words
    anywhere = tuple(map(contains, words))
    named: list[tuple[Clause, ...]] = [
        (begins_title(first), *map(begins, others)),
        tuple(map(begins_in_title, words)),
        anywhere,
    ]
    for source in sources:
        for tier, clauses in enumerate([anywhere] if source.is_text else named):
            yield Look(source.number, source.table, tier, clauses, newest=source.is_text)


def _rank(hit: Hit, tier: int, words: list[str], *, is_text: bool) -> tuple[Any, ...]:
    """The smallest comes first."""
    weight = tuple(-part for part in hit.weight)
    if is_text:
        return (tier, *weight, -(hit.day.toordinal() if hit.day else 0), -hit.pk)
    title = fold_whole(hit.title)
    missing = sum(word not in title for word in words)
    return (tier, missing, *weight, len(title), -hit.pk)


def _mark(hit: Hit, words: list[str]) -> None:
    hit.name, hit.about = marked(hit.title, words), marked(hit.where, words)
    shown = fold_whole(f"{hit.title} {hit.where}")
    if hit.text and any(word not in shown for word in words):
        hit.excerpt = excerpt(hit.text, words)
