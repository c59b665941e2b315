"""Queries that are the same on every visit but for a few numbers: made and turned into SQL once.

Django takes a millisecond and more for that each time, which is most of what a query of few rows costs. What is kept
is the statement; the numbers (whose rows, of which company) are put in each time.
"""

import copy
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

type Number = int | uuid.UUID
"""What tells rows apart and says nothing: a key, or the identity that travels."""

_STAND_INS = 10**15
"""No row has such a number, nor one above it."""
_LARGEST = 2**63 - 1


def rows_of(query: Callable[..., Any], numbers: Sequence[Number], *facts: Any) -> list[Any]:
    """The rows of `query(numbers, *facts)`, as they would come from it: of a model, or by `values_list()`.

    `query` is a function of a module. It is called the first time only, with other numbers in the place of these, as
    many: it may compare with them, and look at nothing else but the facts, which are none of a person's words.
    """
    asked = _compiled(query, connection.vendor, tuple(map(type, numbers)), facts)
    if not asked.sql or any(isinstance(number, int) and number > _LARGEST for number in numbers):
        return []
    return list(asked.queryset._iterable_class(_Answer(asked, numbers)))


@dataclass(frozen=True)
class _Compiled:
    queryset: Any
    compiler: Any
    """As it is after it made the statement: it knows how the rows are to be read."""
    sql: str
    """Empty where no row can be asked for: one of none."""
    params: tuple[Any, ...]


class _Place(NamedTuple):
    """Which of the numbers stands here; an identity in the letters of a database that has no such type."""

    place: int
    in_letters: bool

    def of(self, numbers: Sequence[Any]) -> Any:
        number = numbers[self.place]
        return number.hex if self.in_letters else number


class _Answer:
    """What Django's iterables look for in a queryset: its query, which gives a compiler that has its statement."""

    def __init__(self, asked: _Compiled, numbers: Sequence[Number]) -> None:
        self._queryset, self.query = asked.queryset, self
        params = [value.of(numbers) if isinstance(value, _Place) else value for value in asked.params]
        self._compiler = copy.copy(asked.compiler)
        self._compiler.connection = connection
        self._compiler.as_sql = lambda *args, **kwargs: (asked.sql, params)

    def get_compiler(self, using: str | None = None) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queryset, name)


@lru_cache(maxsize=500)
def _compiled(
    query: Callable[..., Any], vendor: str, kinds: tuple[type[Number], ...], facts: tuple[Any, ...]
) -> _Compiled:
    stand_ins: list[Any] = [
        uuid.UUID(int=_STAND_INS + place) if kind is uuid.UUID else _STAND_INS + place
        for place, kind in enumerate(kinds)
    ]
    places: dict[Any, _Place] = {}
    for place, stand_in in enumerate(stand_ins):
        places[stand_in] = _Place(place, in_letters=False)
        if isinstance(stand_in, uuid.UUID):
            places[stand_in.hex] = _Place(place, in_letters=True)
    queryset: QuerySet[Any] = query(stand_ins, *facts)
    compiler: Any = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        sql, params = "", ()
    compiler.connection = None  # of the thread that came first
    plain = int | str | uuid.UUID
    placed = (places.get(value, value) if isinstance(value, plain) else value for value in params)
    return _Compiled(queryset, compiler, sql, tuple(placed))
