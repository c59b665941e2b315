"""CSV and XLSX, in and out: bytes to a table of texts, and cells that no spreadsheet program will calculate."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, Final

import openpyxl
import tablib
from django.utils.translation import gettext as _
from import_export.formats import base_formats

from netjob.cells import as_typed, harmless
from netjob.exports import text_cell

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a file."""
LARGEST_UNPACKED: Final = 10 * LARGEST
MOST_ROWS: Final = 10_000
MOST_COLUMNS: Final = 100


class UnreadableTableError(Exception):
    """A file that is no table of ours; `str()` of it is a sentence for the user."""


class CSV(base_formats.CSV):
    def is_binary(self) -> bool:
        return True  # which encoding it has is found out here

    def get_read_mode(self) -> str:
        return "rb"

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        try:
            text = in_stream.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = in_stream.decode("cp1252", errors="replace")
        heading = text.partition("\n")[0]
        delimiter = max(",;\t", key=heading.count)
        reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
        try:
            return _table([as_typed(cell) for cell in row] for row in reader)
        except csv.Error:
            raise UnreadableTableError(_("This is no CSV file that can be read.")) from None

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        written = io.StringIO(newline="")
        writer = csv.writer(written)
        for row in (dataset.headers, *dataset):
            writer.writerow([harmless(cell) for cell in row])
        return written.getvalue().encode("utf-8-sig")


class XLSX(base_formats.XLSX):
    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        try:
            with zipfile.ZipFile(io.BytesIO(in_stream)) as packed:
                if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                    raise UnreadableTableError(_("That file is too large once it is unpacked."))
            book = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            return _table([_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
        except UnreadableTableError:
            raise
        except Exception:  # the library raises whatever its parsers do
            raise UnreadableTableError(_("This is no XLSX file that can be read.")) from None

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in (dataset.headers, *dataset):
            sheet.append([text_cell(sheet, cell) for cell in row])
        written = io.BytesIO()
        book.save(written)
        return written.getvalue()


FORMATS = [CSV, XLSX]


def _text(value: Any) -> str:
    """A cell of a spreadsheet as somebody would type it."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def _table(lines: Iterable[list[str]]) -> tablib.Dataset:
    """Rows of the same length under their headings. Empty rows stay, so that numbers are the spreadsheet's."""
    rows: Iterator[list[str]] = iter(lines)
    headers = [cell.strip() for cell in next(rows, [])]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise UnreadableTableError(_("The first row has to name the columns."))
    if len(headers) > MOST_COLUMNS:
        raise UnreadableTableError(_("A table has 100 columns at most."))
    table = tablib.Dataset(headers=headers)
    for row in rows:
        if len(table) >= MOST_ROWS:
            raise UnreadableTableError(_("These are more than 10,000 rows. Split the file."))
        table.append([*row[: len(headers)], *[""] * (len(headers) - len(row))])
    if not len(table):
        raise UnreadableTableError(_("There are no rows below the headings."))
    return table
