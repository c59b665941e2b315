"""A list as a file: a heading and a getter for each column, rows in, bytes out, as a stream.

Nothing in a cell is ever a formula. In CSV whatever a spreadsheet would calculate gets a leading apostrophe
(an import takes it off again); in XLSX a text is typed as one. The CSV begins with a byte order mark, without
which Excel reads UTF-8 as something else.
"""

import csv
import datetime as dt
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import IO, Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from netjob.cells import harmless

KINDS = ("csv", "xlsx")
LONGEST_CELL = 32_767
"""Characters that a spreadsheet holds in one cell."""
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold, and with it no workbook (openpyxl knows half of it); "_x0041_" would be read as "A"."""
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
SIZE = 500
"""Lines of CSV that go out at once."""

type Cell = str | int | bool | dt.date | None


@dataclass(frozen=True)
class Column:
    heading: str | Promise
    value: Callable[[Any], Cell]


def answer(kind: str, name: str, columns: Iterable[Column], rows: Iterable[Any]) -> HttpResponseBase:
    """The file as a download. `name` is without its ending."""
    columns = list(columns)
    if kind == "xlsx":
        return FileResponse(
            workbook(columns, rows),
            as_attachment=True,
            filename=f"{name}.xlsx",
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    return StreamingHttpResponse(
        csv_of(columns, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def csv_of(columns: list[Column], rows: Iterable[Any]) -> Iterator[bytes]:
    writer: Any = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield "\ufeff".encode() + writer.writerow([str(column.heading) for column in columns])
    for some in batched(rows, SIZE):
        yield b"".join(
            writer.writerow([harmless(text_of(column.value(row))) for column in columns]) for row in some
        )


def workbook(columns: list[Column], rows: Iterable[Any]) -> IO[bytes]:
    """The rows go through a file on disk, so that memory does not grow with them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("netjob")
    sheet.freeze_panes = "A2"
    sheet.append([_typed(sheet, str(column.heading)) for column in columns])
    for row in rows:
        sheet.append([_typed(sheet, column.value(row)) for column in columns])
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
    book.save(file)
    file.seek(0)
    return file


def text_of(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _typed(sheet: Any, value: Cell) -> Any:
    """Numbers as numbers, everything else typed as text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return text_cell(sheet, text_of(value))


def text_cell(sheet: Any, text: str) -> WriteOnlyCell:
    """A cell typed as text; what is longer than a cell would make the file unreadable."""
    text = ESCAPE.sub("_x005F_", NOT_IN_XML.sub("", text))[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


class _Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> bytes:
        return line.encode("utf-8", "replace")
