"""Queries that are the same on every visit but for a few numbers: made and turned into SQL once.

Django takes a millisecond and more for that each time, which is most of what a query of few rows costs. What is kept
is the statement; the numbers (whose rows, of which company) are put in each time.
"""

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

_STAND_INS = -(10**15)
"""No row has such a number, nor those below it."""
_LARGEST = 2**63 - 1


def rows_of(query: Callable[..., Any], numbers: Sequence[int], *facts: Any) -> list[Any]:
    """The rows of `query(numbers, *facts)`, as they would come from it: of a model, or by `values_list()`.

    `query` is a function of a module. It is called the first time only, with other numbers in the place of these, as
    many: it may compare with them, and look at nothing else but the facts, which are none of a person's words.
    """
    asked = _compiled(query, connection.vendor, len(numbers), facts)
    if not asked.sql or any(number > _LARGEST for number in numbers):
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


class _Place(int):
    """Which of the numbers stands here."""


class _Answer:
    """What Django's iterables look for in a queryset: its query, which gives a compiler that has its statement."""

    def __init__(self, asked: _Compiled, numbers: Sequence[int]) -> None:
        self._queryset, self.query = asked.queryset, self
        params = [numbers[value] if isinstance(value, _Place) else value for value in asked.params]
        self._compiler = copy.copy(asked.compiler)
        self._compiler.connection = connection
        self._compiler.as_sql = lambda *args, **kwargs: (asked.sql, params)

    def get_compiler(self, using: str | None = None) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queryset, name)


@lru_cache(maxsize=500)
def _compiled(query: Callable[..., Any], vendor: str, count: int, facts: tuple[Any, ...]) -> _Compiled:
    stand_ins = [_STAND_INS - place for place in range(count)]
    queryset: QuerySet[Any] = query(stand_ins, *facts)
    compiler: Any = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        sql, params = "", ()
    compiler.connection = None  # of the thread that came first
    places = (_Place(stand_ins.index(value)) if value in stand_ins else value for value in params)
    return _Compiled(queryset, compiler, sql, tuple(places))
