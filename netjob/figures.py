"""Figures that are stored because lists sort and filter by them: held against what happened, and put right."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

AT_ONCE = 2_000
"""Rows that are read at a time."""


def wrong(rows: Any, names: Sequence[str]) -> Iterator[tuple[int, tuple[Any, ...], tuple[Any, ...]]]:
    """The rows whose stored figures are not what happened: their key, what is stored, and what is right.

    `rows` come with each figure as it should be, as `true_<name>`. They are compared here: the database would
    reckon each twice, to compare it and to tell it.
    """
    columns = [*names, *(f"true_{name}" for name in names)]
    found = rows.order_by("pk").values_list("pk", *columns)
    for pk, *values in found.iterator(chunk_size=AT_ONCE):
        stored, right = tuple(values[: len(names)]), tuple(values[len(names) :])
        if stored != right:
            yield pk, stored, right


def put_right(rows: Any, names: Sequence[str], **also: Any) -> int:
    """Write what is right, and `also` this, where something else is stored; returns the number of rows changed."""
    # Few figures are those of many rows: one statement for all that have the same.
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for pk, _stored, right in wrong(rows, names):
        alike[right].append(pk)
    for right, pks in alike.items():
        rows.model._default_manager.filter(pk__in=pks).update(**dict(zip(names, right, strict=True)), **also)
    return sum(map(len, alike.values()))
