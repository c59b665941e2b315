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
    """The rows whose stored figures are not what happened: their key, what is stored, and what is right."""
    return _differing(rows.model, _columns(rows).iterator(chunk_size=AT_ONCE))


def put_right(rows: Any, **also: Any) -> int:
    """Write what is right, and `also` this, where something else is stored; returns the number of rows changed.

    Only within a transaction: they are held until it ends.
    """
    model, pks = rows.model, rows.lock()
    few = len(pks) <= FEW
    found = rows_of(_of_these, pks, model) if few else _columns(rows).iterator(chunk_size=AT_ONCE)
    # Few figures are those of many rows: one statement for all that have the same.
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for pk, _stored, right in _differing(model, found):
        alike[right].append(pk)
    for right, same in alike.items():
        figures = dict(zip(model.FIGURES, right, strict=True))
        model._default_manager.filter(pk__in=same).update(**figures, **also)
    return sum(map(len, alike.values()))


def _differing(model: Any, rows: Iterable[Any]) -> Iterator[tuple[int, tuple[Any, ...], tuple[Any, ...]]]:
    """They are compared here: the database would reckon each twice, to compare it and to tell it."""
    count = len(model.FIGURES)
    for pk, *values in rows:
        stored, right = tuple(values[:count]), tuple(values[count:])
        if stored != right:
            yield pk, stored, right


def _of_these(pks: Sequence[int], model: Any) -> Any:
    return _columns(model._default_manager.filter(pk__in=pks))


def _columns(rows: Any) -> Any:
    names = rows.model.FIGURES
    return rows.reckoned().order_by("pk").values_list("pk", *names, *(f"true_{name}" for name in names))
