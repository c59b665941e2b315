"""A sheet whose header is understood: its columns by the names of fields, whatever their order and language.

A `Vocabulary` says by which headings a field goes; `read_table` finds the header among the first records,
or takes the columns as the user has mapped them.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from netjob.folding import folded
from netjob.imports.remarks import NotReadable, Remark
from netjob.imports.sheets import MOST_COLUMNS, Record, Sheet

SEARCHED: Final = 20
"""Records among which the header is looked for."""
LONGEST_CELL: Final = 100_000
SUGGESTED: Final = 3
"""Sets of columns that a message names, where any of more would do."""

_SIGNS: Final = re.compile(r"[\s_\-./:*()\[\]#?!\"'“”]+")


def heading_key(heading: str) -> str:
    """By what headings are told: case, accents, spaces and signs do not count."""
    return _SIGNS.sub("", folded(heading[:200]))


@dataclass(frozen=True)
class Field:
    """A column that a reader understands. `heading` is what messages call it, and one of its `headings`."""

    name: str
    heading: str
    headings: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(heading_key(heading) for heading in (self.heading, *self.headings))


@dataclass(frozen=True)
class Vocabulary:
    """The fields of one kind of table; `needed`: sets of fields, all of one of which a header must have."""

    fields: tuple[Field, ...]
    needed: tuple[frozenset[str], ...]

    @cached_property
    def _by_key(self) -> dict[str, str]:
        return {key: known.name for known in reversed(self.fields) for key in known.keys}

    @cached_property
    def keys(self) -> frozenset[str]:
        """All headings that are understood, as they are told."""
        return frozenset(self._by_key)

    @cached_property
    def headings(self) -> dict[str, str]:
        return {known.name: known.heading for known in self.fields}

    def columns(self, headings: Iterable[str]) -> dict[str, int]:
        """The column of each field; where a heading stands twice, the first counts."""
        found: dict[str, int] = {}
        for column, heading in enumerate(headings):
            name = self._by_key.get(heading_key(heading)) if heading else None
            if name and column < MOST_COLUMNS:
                found.setdefault(name, column)
        return found

    def is_enough(self, fields: Iterable[str]) -> bool:
        there = frozenset(fields)
        return any(needed <= there for needed in self.needed)


@dataclass(frozen=True, slots=True)
class Header:
    number: int
    """Its row, 0 for a table without a header."""
    headings: tuple[str, ...]
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One record by the names of its fields; a field without a column is empty."""

    number: int
    cells: tuple[str, ...]
    columns: Mapping[str, int]

    def __getitem__(self, name: str) -> str:
        column = self.columns.get(name)
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    @property
    def filled(self) -> dict[str, str]:
        """The fields that say anything."""
        return {name: cell for name in self.columns if (cell := self[name])}


@dataclass(slots=True)
class Table:
    """The rows under a header, and why the other records are not among them."""

    file: str
    title: str
    archive: str
    header: Header
    rows: list[Row] = field(default_factory=list, repr=False)
    skips: list[Remark] = field(default_factory=list)
    rejects: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    def remark(self, row: Row, name: str, message: str) -> Remark:
        """A remark about a cell, by the heading that the file gives its column."""
        column = self.header.columns.get(name, len(self.header.headings))
        heading = self.header.headings[column : column + 1] or (name,)
        return Remark(self.file, row.number, heading[0], row[name], message)


def find_header(sheet: Sheet, vocabulary: Vocabulary) -> Header | None:
    """The first of the first records that has the columns needed; of several, the one with the most."""
    best: Header | None = None
    for record in sheet.records[:SEARCHED]:
        columns = vocabulary.columns(record.cells)
        if vocabulary.is_enough(columns) and (best is None or len(columns) > len(best.columns)):
            best = Header(record.number, record.cells, columns)
    return best


def likely_header(sheet: Sheet) -> Header:
    """The first of the first records as wide as any: where nothing is known, the best guess to map by hand."""
    records = sheet.records[:SEARCHED]
    widest = max(sum(map(bool, record.cells)) for record in records)
    record = next(record for record in records if sum(map(bool, record.cells)) == widest)
    return Header(record.number, record.cells, {})


def without_header(sheet: Sheet, columns: Mapping[str, int]) -> Header:
    """For a table that begins with its first row."""
    return Header(0, (), columns)


def read_table(sheet: Sheet, vocabulary: Vocabulary, header: Header | None = None) -> Table:
    """The table of a sheet, under the header that was found or given. Raises `NotReadable` without one."""
    header = header or find_header(sheet, vocabulary)
    if header is None:
        raise NotReadable(_no_header(sheet, vocabulary))
    table = Table(sheet.file, sheet.title, sheet.archive, header)
    table.warnings += _flaws(sheet, header)
    _tell_what_is_ignored(table)
    width = 0 if sheet.is_grid else len(header.headings)
    again = _headers_again(sheet, header, vocabulary)
    under_another = _under_another_header(sheet, header, vocabulary)
    above = _above_repeated_headers(sheet, header, again)
    for record in sheet.records:
        if record.number in above:
            table.skips.append(_about(table, record, _("What stands above the header, repeated.")))
        elif record.number in again:
            table.skips.append(_about(table, record, _("The header, repeated.")))
        elif record.number in under_another:
            message = _(
                "It stands above the header, under one with fewer columns: bring that table by itself."
            )
            table.rejects.append(_about(table, record, message))
        elif record.number > header.number:
            _take(table, record, width)
    return table


def _under_another_header(sheet: Sheet, header: Header, vocabulary: Vocabulary) -> set[int]:
    """The records of a narrower table above this one, such as an older export's: they must not be lost unsaid."""
    above = [record for record in sheet.records if record.number < header.number]
    heads = (n for n, each in enumerate(above) if vocabulary.is_enough(vocabulary.columns(each.cells)))
    first = next(heads, len(above))
    return {record.number for record in above[first + 1 :]}


def _flaws(sheet: Sheet, header: Header) -> list[Remark]:
    """What was lost of cells on their way, of those in columns that are read; of halves of a character in any."""
    called: dict[int | None, str] = {None: ""}
    for name, column in header.columns.items():
        called[column] = (header.headings[column : column + 1] or (name,))[0]
    return [
        Remark(sheet.file, flaw.number, called[flaw.column], flaw.value, flaw.message)
        for flaw in sheet.flaws
        if flaw.number > header.number and flaw.column in called
    ]


def _headers_again(sheet: Sheet, header: Header, vocabulary: Vocabulary) -> set[int]:
    """The records below the header that are one, too: itself, or another export's, in other case, order or language."""
    if not header.headings:
        return set()
    own = frozenset(heading_key(heading) for heading in header.headings if heading)
    known = own | vocabulary.keys
    found = set()
    for record in sheet.records:
        if record.number <= header.number or heading_key(next(filter(None, record.cells))) not in known:
            continue
        filled = {heading_key(cell) for cell in record.cells if cell}
        if record.cells[: len(header.headings)] == header.headings or (
            len(filled) > 1
            and filled <= known
            and (filled <= own or vocabulary.is_enough(vocabulary.columns(record.cells)))
        ):
            found.add(record.number)
    return found


def _above_repeated_headers(sheet: Sheet, header: Header, again: Collection[int]) -> set[int]:
    """The records between one table and the next, where several were pasted together: LinkedIn's notes.

    They begin with "Notes:", and each has one cell; without such a beginning they may be rows that broke.
    """
    found: set[int] = set()
    lines: list[Record] = []
    for record in sheet.records:
        if record.number <= header.number or len(header.headings) < 2:
            continue
        if record.number in again:
            found.update(line.number for line in lines)
            lines = []
        elif any(record.cells[1:]):
            lines = []
        elif lines or record.cells[0].endswith(":"):
            lines.append(record)
    return found


def _take(table: Table, record: Record, width: int) -> None:
    """Put a record among the rows, or say why it is not there. Width 0: any is right."""
    said = table.header.headings
    if record.problem:
        table.rejects.append(_about(table, record, record.problem))
    elif width and (len(record.cells) < width or any(record.cells[width:])):
        message = ngettext(
            "%(count)d column instead of %(width)d.",
            "%(count)d columns instead of %(width)d.",
            len(record.cells),
        ) % {"count": len(record.cells), "width": width}
        table.rejects.append(_about(table, record, message))
    elif (long := _too_long(record)) is not None:
        heading = said[long] if long < len(said) else ""
        message = _("%(column)s is longer than %(most)s characters.") % {
            "column": heading or _("A cell"),
            "most": f"{LONGEST_CELL:,}",
        }
        table.rejects.append(Remark(table.file, record.number, heading, record.cells[long], message))
    else:
        table.rows.append(Row(record.number, record.cells, table.header.columns))


def _too_long(record: Record) -> int | None:
    return next((place for place, cell in enumerate(record.cells) if len(cell) > LONGEST_CELL), None)


def _about(table: Table, record: Record, message: str) -> Remark:
    return Remark(table.file, record.number, "", " | ".join(filter(None, record.cells)), message)


def _tell_what_is_ignored(table: Table) -> None:
    taken = set(table.header.columns.values())
    headings = table.header.headings
    ignored = [
        heading for column, heading in enumerate(headings[:MOST_COLUMNS]) if heading and column not in taken
    ]
    if ignored:
        message = _("Columns that are not read: %(names)s.") % {
            "names": ", ".join(heading[:50] for heading in ignored[:20])
        }
        table.notes.append(Remark(table.file, None, "", "", message))
    if len(headings) > MOST_COLUMNS:
        message = _("Only the first %(most)d columns are read.") % {"most": MOST_COLUMNS}
        table.notes.append(Remark(table.file, None, "", "", message))


def _no_header(sheet: Sheet, vocabulary: Vocabulary) -> str:
    found = [heading[:50] for heading in likely_header(sheet).headings if heading]
    needed = [
        " + ".join(known.heading for known in vocabulary.fields if known.name in names)
        for names in vocabulary.needed[:SUGGESTED]
    ]
    return _("%(file)s has no header that is known. Columns needed: %(needed)s. Found: %(found)s.") % {
        "file": f"{sheet.file} ({sheet.title})" if sheet.title else sheet.file,
        "needed": _(", or ").join(needed),
        "found": ", ".join(found[:10]) or "–",
    }
