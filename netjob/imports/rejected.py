"""Rows that could not be read, as a file: mended, it can be imported again."""

from collections.abc import Callable, Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from netjob.cells import harmless
from netjob.exports import Column
from netjob.imports.models import ImportBatch, ImportRow
from netjob.imports.staging import files_of

type Line = tuple[Sequence[str], str]


def count(batch: ImportBatch) -> int:
    return int(batch.counts.get(ImportRow.Meaning.REJECTED, 0))


def files(batch: ImportBatch) -> list[str]:
    """The files in which a row could not be read."""
    return list(_rows(batch).order_by("file").values_list("file", flat=True).distinct())


def table(batch: ImportBatch, file: str) -> tuple[list[Column], Iterator[Line]]:
    """The columns as the file heads them and why as the last; the rows as they were typed."""
    read = next((each for each in files_of(batch) if each.file == file), None)
    headings = list(read.headings) if read else []
    columns = list(read.columns) if read else []
    lines = [
        (_cells(row, columns), row.reason) for row in _rows(batch).filter(file=file).order_by("position")
    ]
    width = max([len(headings), *(len(cells) for cells, _why in lines)], default=0)
    headings += [""] * (width - len(headings))
    if not any(headings):
        headings = [_("Column %(number)d") % {"number": number + 1} for number in range(width)]
    found = [Column(harmless(heading), _getter(number)) for number, heading in enumerate(headings)]
    return [*found, Column(_("Why it was not imported"), lambda line: line[1])], iter(lines)


def _getter(number: int) -> Callable[[Line], str]:
    return lambda line: line[0][number] if number < len(line[0]) else ""


def _cells(row: ImportRow, columns: Sequence[str]) -> list[str]:
    """What was typed; of a row that was read and refused later, what was read of it."""
    if "cells" in row.data:
        return [str(cell) for cell in row.data["cells"]]
    if not columns:
        return [row.title]
    return [str(row.data.get(name, "")) if name else "" for name in columns]


def _rows(batch: ImportBatch) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(owner=batch.owner_id, batch=batch, meaning=ImportRow.Meaning.REJECTED)
