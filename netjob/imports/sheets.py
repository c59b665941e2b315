"""Tables as records: CSV as people and programs write it, and Excel workbooks.

A record has the number that a spreadsheet shows for it (from 1, whatever stands above the header counted) and
its cells as they were typed: trimmed, NFC, without NUL. Blank records are left out, their numbers are not.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _

from netjob.cells import as_typed
from netjob.imports.remarks import NotReadable, Source
from netjob.imports.texts import decoded, has_halves, loses_halves, tidy, without_halves
from netjob.imports.workbooks import LAST_ROW, Workbook

MOST_RECORDS: Final = 50_000
"""LinkedIn lets nobody have more than 30,000 connections."""
MOST_COLUMNS: Final = 500
SHORT: Final = 40
SEPARATORS: Final = ",;\t"
_SEPARATOR_LINE: Final = re.compile(r"\"?sep=([,;\t|:])\"?(?=\n|\Z)", re.IGNORECASE)
_SNIFFED: Final = 20


@dataclass(frozen=True, slots=True)
class Record:
    number: int
    cells: tuple[str, ...]
    problem: str = ""
    """A sentence where the record could not be taken apart; `cells` is then what its line holds."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What was lost of a cell before anybody read it; without a column it is the row that lost a trifle."""

    number: int
    column: int | None
    """From 0."""
    value: str
    message: str


@dataclass(slots=True)
class Sheet:
    """One table: a CSV file, or one sheet of a workbook, whose `title` it has."""

    file: str
    title: str = ""
    archive: str = ""
    is_grid: bool = False
    """A workbook's: its rows have no width of their own, cells at their ends may be missing."""
    is_hidden: bool = False
    records: list[Record] = field(default_factory=list, repr=False)
    flaws: list[Flaw] = field(default_factory=list)


def read_sheets(source: Source) -> list[Sheet]:
    """The tables of a source that hold anything, at least one. Raises `NotReadable` for all the others."""
    sheets = list(_workbook(source) if source.kind == "xlsx" else [_csv(source)])
    filled = [sheet for sheet in sheets if sheet.records]
    if not filled:
        raise NotReadable(_("%(file)s holds no rows.") % {"file": source.name})
    return filled


def read_text(name: str, text: str) -> Sheet:
    """A pasted table."""
    return _csv(Source(name, text.encode("utf-8", "surrogatepass")))


# CSV


def _csv(source: Source) -> Sheet:
    text = decoded(source.name, source.content)
    sheet = Sheet(source.name, archive=source.archive)
    _fill(sheet, _numbered(source.name, text), guarded=True)
    return sheet


def _numbered(name: str, text: str) -> Iterator[Record]:
    """The records of a text, blank ones too."""
    named = _SEPARATOR_LINE.match(text)
    separator = named[1] if named else _separator(text)
    for number, (cells, problem) in enumerate(_records(text, separator), start=1):
        if number > LAST_ROW:
            raise _too_long(name)
        yield Record(number, () if named and number == 1 else tuple(cells), problem)


def _separator(text: str) -> str:
    """The one by which most of the first records have the same width, and the widest of those."""
    votes = []
    for separator in SEPARATORS:
        records = islice(_records(text, separator), _SNIFFED)
        widths = Counter(len(cells) for cells, _problem in records if len(cells) > 1)
        votes.append(max(((count, width) for width, count in widths.items()), default=(0, 0)))
    return SEPARATORS[votes.index(max(votes))]


def _records(text: str, separator: str) -> Iterator[tuple[list[str], str]]:
    """Cells and problem of each record. A quote that nothing closes costs its own line, not those below it."""
    cell = _Cell(separator)
    at = 0
    while at < len(text):
        end = _line_end(text, at)
        if text.find('"', at, end) < 0:
            yield text[at:end].split(separator, MOST_COLUMNS + 1), ""
            at = end + 1
            continue
        cells, stopped = cell.record(text, at)
        if cells is None:
            end = _line_end(text, stopped)
            yield text[at:end].split(separator, MOST_COLUMNS + 1), _("A quotation mark is not closed.")
            stopped = end
        else:
            yield cells, ""
        at = stopped + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


class _Cell:
    """What one cell of a CSV can be. Possessive, so that no text costs more than a few looks at it."""

    def __init__(self, separator: str) -> None:
        between = re.escape(separator)
        self.separator = separator
        self.opening = re.compile(r' *"')
        self.quoted = re.compile(rf' *"((?:[^"]++|"")*+)" *+(?={between}|\n|\Z)')
        self.plain = re.compile(rf"[^{between}\n]*+")

    def record(self, text: str, at: int) -> tuple[list[str] | None, int]:
        """The cells and where their record ends; or None and where a quote opens that nothing closes."""
        cells: list[str] = []
        while True:
            if self.opening.match(text, at):
                if (match := self.quoted.match(text, at)) is None:
                    return None, at
                cell = match[1].replace('""', '"')
            else:
                match = self.plain.match(text, at)
                assert match is not None
                cell = match[0]
            if len(cells) <= MOST_COLUMNS:
                cells.append(cell)
            at = match.end()
            if not text.startswith(self.separator, at):
                return cells, at
            at += 1


# Workbooks


def _workbook(source: Source) -> Iterator[Sheet]:
    book = Workbook(source.name, source.content)
    for title in book.titles:
        sheet = Sheet(source.name, title, source.archive, is_grid=True, is_hidden=title in book.hidden)
        rows = book.rows(title, MOST_COLUMNS + 1)
        _fill(sheet, (Record(number, tuple(cells)) for number, cells in rows))
        for number, column, formula, error in book.without_value:
            message = (
                _("A formula that comes to an error.")
                if error
                else _("A formula whose value the file does not hold: open it in Excel and save it.")
            )
            sheet.flaws.append(Flaw(number, column - 1, error or formula, message))
        yield sheet


# Both


def _fill(sheet: Sheet, records: Iterator[Record], *, guarded: bool = False) -> None:
    """Put the records that are not blank on the sheet, their cells tidied."""
    once = lru_cache(maxsize=10_000)(_cell)  # companies, titles and days repeat: one text for all of a kind
    for record in records:
        cells = [(once if len(cell) < SHORT else _cell)(cell) for cell in record.cells[: MOST_COLUMNS + 1]]
        if guarded:
            cells = [tidy(as_typed(cell)) if cell.startswith("'") else cell for cell in cells]
        if not any(cells):
            continue
        for place, cell in enumerate(cells):
            if has_halves(cell):
                cells[place] = without_halves(cell)
                if not loses_halves(cell):
                    continue
                message = _("Half a character was left out of “%(text)s”.") % {"text": cells[place][:50]}
                sheet.flaws.append(Flaw(record.number, None, cells[place], message))
        if any(cells):
            sheet.records.append(Record(record.number, tuple(cells), record.problem))
        if len(sheet.records) > MOST_RECORDS:
            raise _too_long(sheet.file)


def _cell(text: str) -> str:
    return tidy(text.replace("\0", ""))


def _too_long(name: str) -> NotReadable:
    return NotReadable(
        _("%(file)s has more than %(most)s rows, the most that are read at once: divide it.")
        % {"file": name, "most": f"{MOST_RECORDS:,}"}
    )
