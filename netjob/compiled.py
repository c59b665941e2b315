"""Queries that are the same on every visit but for a few numbers: made and turned into SQL once.

Django takes a millisecond and more for that each time, which for a union of six short lists is most of what it costs.
What is kept is the text of the statement; the numbers (whose rows, of which company) are put in each time.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

_STAND_INS = -(10**15)
"""No row has such a number, nor those below it."""


def rows_of(query: Callable[..., Any], numbers: Sequence[int], *facts: Any) -> list[tuple[Any, ...]]:
    """The rows of `query(numbers, *facts)`, which returns values: whole numbers and texts, for no field reads them.

    `query` is called the first time only, with other numbers in the place of these: it may compare with them, and
    look at nothing but the facts, which are none of a person's words.
    """
    sql, params = _compiled(query, connection.vendor, len(numbers), facts)
    if not sql:  # "one of none"
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [numbers[param.place] if isinstance(param, _Place) else param for param in params]
        )
        return cursor.fetchall()


class _Place(int):
    """A number that stands for another."""

    @property
    def place(self) -> int:
        return _STAND_INS - self


@lru_cache(maxsize=500)
def _compiled(
    query: Callable[..., Any], vendor: str, count: int, facts: tuple[Any, ...]
) -> tuple[str, tuple[Any, ...]]:
    stand_ins = [_STAND_INS - place for place in range(count)]
    try:
        sql, params = query(stand_ins, *facts).query.sql_with_params()
    except EmptyResultSet:
        return "", ()
    return sql, tuple(_Place(param) if param in stand_ins else param for param in params)
