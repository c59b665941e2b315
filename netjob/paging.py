"""Pages of a list by key, not by offset: the next page costs what the first one costs, however deep."""

import base64
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

SIZE = 50


@dataclass
class Page:
    rows: list[Any]
    first_number: int
    """The place of the first row in the whole list, from 1."""
    next: str
    """What `?after=` must say for the next page; empty on the last."""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of(rows: QuerySet[Any], order: tuple[str, ...], *, after: str = "", size: int = SIZE) -> Page:
    """The rows that follow the key `after` in `order` (column names, "-" for descending, the last one unique).

    A key that cannot be read, or that belongs to another order, gives the first page.
    """
    rows = rows.order_by(*order)
    number, values = _read(rows, order, after)
    if values:
        rows = rows.filter(_beyond(order, values))
    return page_with(list(rows[: size + 1]), order, number=number, size=size)


def page_with(found: list[Any], order: tuple[str, ...], *, number: int = 1, size: int = SIZE) -> Page:
    """The page of these rows in `order`, the first at place `number`: one more than fits tells that there are more."""
    more = len(found) > size
    found = found[:size]
    token = _write(order, found[-1], number + size) if more else ""
    return Page(found, number, token)


def _columns(order: tuple[str, ...]) -> list[str]:
    return [name.removeprefix("-") for name in order]


def _beyond(order: tuple[str, ...], values: list[Any]) -> Q:
    """(a, b, c) after (x, y, z) as: a beyond x, or a = x and b beyond y, …"""
    condition, same = Q(), Q()
    for name, column, value in zip(order, _columns(order), values, strict=True):
        beyond = f"{column}__lt" if name.startswith("-") else f"{column}__gt"
        condition |= same & Q(**{beyond: value})
        same &= Q(**{column: value})
    # Said twice so that the database can begin its index at the right place.
    first, column = order[0], _columns(order)[0]
    return Q(**{f"{column}__lte" if first.startswith("-") else f"{column}__gte": values[0]}) & condition


def _write(order: tuple[str, ...], row: Any, number: int) -> str:
    values = [getattr(row, column) for column in _columns(order)]
    plain = [value if isinstance(value, int | str | None) else value.isoformat() for value in values]
    return base64.urlsafe_b64encode(json.dumps([number, *plain]).encode()).decode()


def _read(rows: QuerySet[Any], order: tuple[str, ...], after: str) -> tuple[int, list[Any]]:
    try:
        number, *plain = json.loads(base64.urlsafe_b64decode(after.encode()))
        fields = [
            rows.model._meta.pk if name == "pk" else rows.model._meta.get_field(name)
            for name in _columns(order)
        ]
        # A generated column reads as what it holds.
        fields = [getattr(field, "output_field", field) for field in fields]
        if not isinstance(number, int) or number < 1 or len(plain) != len(fields):
            return 1, []
        if any(value is None or (isinstance(value, str) and not _is_storable(value)) for value in plain):
            return 1, []
        return number, [field.to_python(value) for field, value in zip(fields, plain, strict=True)]
    except (ValueError, TypeError, ValidationError, OverflowError, RecursionError):
        return 1, []


def _is_storable(text: str) -> bool:
    """No NUL and no half of a character, which no database can be asked for."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
