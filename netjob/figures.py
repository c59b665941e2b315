"""Figures that are stored because lists sort and filter by them: held against what happened, and put right.

A model names them in `FIGURES`; the `reckoned()` of its queryset adds each as it should be, as `true_<name>`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from netjob.compiled import rows_of

AT_ONCE = 2_000
"""Rows that are read at a time."""
FEW = 20
"""As many as one act changes: their statement is kept, for to make it takes longer than to answer it."""


def wrong(rows: Any) -> Iterator[tuple[int, tuple[Any, ...], tuple[Any, ...]]]:
    """The rows whose stored figures are not what happened: their key, what is stored, and what is right.

    They are compared here: the database would reckon each twice, to compare it and to tell it.
    """
    count = len(rows.model.FIGURES)
    for pk, *values in _reckoned(rows):
        stored, right = tuple(values[:count]), tuple(values[count:])
        if stored != right:
            yield pk, stored, right


def put_right(rows: Any, **also: Any) -> int:
    """Write what is right, and `also` this, where something else is stored; returns the number of rows changed."""
    # Few figures are those of many rows: one statement for all that have the same.
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for pk, _stored, right in wrong(rows):
        alike[right].append(pk)
    for right, pks in alike.items():
        figures = dict(zip(rows.model.FIGURES, right, strict=True))
        rows.model._default_manager.filter(pk__in=pks).update(**figures, **also)
    return sum(map(len, alike.values()))


def _reckoned(rows: Any) -> Iterable[Any]:
    some = list(rows.order_by("pk").values_list("pk", flat=True)[: FEW + 1])
    if len(some) <= FEW:
        return rows_of(_of_these, some, rows.model)
    return _columns(rows).iterator(chunk_size=AT_ONCE)


def _of_these(pks: Sequence[int], model: Any) -> Any:
    return _columns(model._default_manager.filter(pk__in=pks))


def _columns(rows: Any) -> Any:
    names = rows.model.FIGURES
    return rows.reckoned().order_by("pk").values_list("pk", *names, *(f"true_{name}" for name in names))
