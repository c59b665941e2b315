"""The cells of an Excel workbook, row by row. Read from its XML, for openpyxl refuses a workbook whose styles
are wrong, as other programs write them; from openpyxl comes what it knows about dates.

Only the parts that hold cells are unpacked, counted while they are; XML that defines anything (a DTD) is
refused. Formulas give the value that was last calculated.
"""

import datetime as dt
import io
import math
import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final
from xml.etree import ElementTree as ET
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.utils.escape import unescape

from netjob.imports.archives import MEGABYTE, MOST_MEMBERS, MOST_UNPACKED
from netjob.imports.remarks import NotReadable

CHUNK: Final = 1 << 16
LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
MOST_ELEMENTS: Final = 3_000_000
"""Of XML in all parts that are read: 150,000 rows of LinkedIn's seven columns."""
MOST_WITHIN: Final = 500_000
"""Elements within one row, one list of styles, or what stands below the rows."""
MOST_SILENT: Final = 1_000_000
"""Bytes in which no element ends: elements within elements, or a text that no cell can hold."""

_WORKBOOK: Final = "xl/workbook.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_STYLES: Final = "xl/styles.xml"
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_RELATION: Final = re.compile(r"\{.*relationships\}id")

type Cells = list[str]


class Workbook:
    """Raises `NotReadable` where it is none, too large, or defines anything in its XML."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.hidden: set[str] = set()
        self._left = MOST_UNPACKED
        self._elements_left = MOST_ELEMENTS
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self._parts = {part.filename.lower(): part for part in self._archive.infolist()}
            if len(self._parts) > MOST_MEMBERS:
                raise self._too_large()
            for part in self._parts:
                if part.endswith((".xml", ".rels")):
                    self._refuse_definitions(part)
            self._sheets, self._epoch = self._contents()
            self._strings = self._shared_strings()
            self._dates = self._date_styles()
        except NotReadable:
            raise
        except Exception as error:  # zipfile and expat have a dozen ways to say that a file is damaged
            raise self._damaged() from error

    @property
    def titles(self) -> list[str]:
        return list(self._sheets)

    def rows(self, title: str, most_columns: int) -> Iterator[tuple[int, Cells]]:
        """Number and cells of each row that is in the file, up to so many columns.

        Afterwards `without_value` has the cells whose formula gave none: (row, column, formula, error).
        """
        self.without_value: list[tuple[int, int, str, str]] = []
        try:
            yield from self._rows(self._sheets[title], min(most_columns, LAST_COLUMN))
        except NotReadable:
            raise
        except Exception as error:  # as above: zipfile, zlib and expat, in the middle of a part
            raise self._damaged() from error

    def _rows(self, part: str, most_columns: int) -> Iterator[tuple[int, Cells]]:
        number = 0
        for row in self._elements(part, "row"):
            said = row.get("r", "")
            number = max(int(said) if said.isdecimal() and len(said) < 8 else 0, number + 1)
            if number > LAST_ROW:
                raise self._damaged()
            cells: Cells = []
            column = 0
            for cell in row:
                place = _PLACE.match(cell.get("r", ""))
                column = _column(place[1]) if place else column + 1
                if len(cells) < column <= most_columns:
                    cells += [""] * (column - len(cells))
                    cells[column - 1] = self._text(cell)
                    if not cells[column - 1] and (none := _no_value(cell)):
                        self.without_value.append((number, column, *none))
            yield number, cells

    def _text(self, cell: Any) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _written(cell)
        value = next((child.text or "" for child in cell if _local(child.tag) == "v"), "")
        match kind:
            case "s":
                return self._strings[int(value)] if value else ""
            case "b":
                return "TRUE" if value == "1" else "FALSE"
            case "e":
                return ""
            case "n":
                return self._number(value, cell.get("s", ""))
            case _:
                return _unescaped(value)

    def _number(self, value: str, style: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if not math.isfinite(number):
            return ""
        if style in self._dates:
            return _date(number, self._epoch) or value
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value

    # What the parts say

    def _contents(self) -> tuple[dict[str, str], Any]:
        """The parts of the sheets by their titles, and the day from which dates are counted."""
        relations = {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in self._elements("xl/_rels/workbook.xml.rels", "Relationship")
        }
        sheets: dict[str, str] = {}
        epoch = CALENDAR_WINDOWS_1900
        for element in self._elements(_WORKBOOK, "sheet", "workbookPr"):
            if _local(element.tag) == "workbookPr":
                if element.get("date1904", "") in ("1", "true"):
                    epoch = CALENDAR_MAC_1904
                continue
            number = next((value for key, value in element.items() if _RELATION.fullmatch(key)), "")
            part = posixpath.normpath(posixpath.join("/xl", relations.get(number, ""))).lstrip("/").lower()
            if part in self._parts:
                sheets[element.get("name", "")] = part
                if element.get("state", "visible") != "visible":
                    self.hidden.add(element.get("name", ""))
        if not sheets:
            raise self._damaged()
        return sheets, epoch

    def _shared_strings(self) -> list[str]:
        if _STRINGS.lower() not in self._parts:
            return []
        return [_written(element) for element in self._elements(_STRINGS, "si")]

    def _date_styles(self) -> frozenset[str]:
        """The numbers of the styles that show a number as a date."""
        if _STYLES not in self._parts:
            return frozenset()
        formats: dict[str, str] = {str(number): text for number, text in BUILTIN_FORMATS.items()}
        shown: list[str] = []
        for element in self._elements(_STYLES, "numFmt", "cellXfs"):
            if _local(element.tag) == "numFmt":
                formats[element.get("numFmtId", "")] = element.get("formatCode", "")
            else:
                shown = [style.get("numFmtId", "") for style in element]
        return frozenset(
            str(place)
            for place, number in enumerate(shown)
            if number in formats and is_date_format(formats[number][:255])
        )

    # How they are read

    def _elements(self, part: str, *names: str) -> Iterator[Any]:
        """The elements of these names, each forgotten once the next is asked for."""
        parser: Any = ET.XMLPullParser(events=("end",))
        within = silent = 0
        for fed in self._feed(parser, part):
            silent += fed
            for _event, element in parser.read_events():
                silent = 0
                within += 1
                if _local(element.tag) in names:
                    yield element
                    element.clear()
                    self._elements_left -= within
                    within = 0
            if within > MOST_WITHIN or silent > MOST_SILENT:
                raise self._damaged()
            if self._elements_left < 0:
                raise self._too_many()

    def _feed(self, parser: Any, part: str) -> Iterator[int]:
        """How much the parser was given, each time it was; last nothing, when it is told that this was all."""
        for chunk in self._chunks(part):
            parser.feed(chunk)
            yield len(chunk)
        parser.close()
        yield 0

    def _chunks(self, part: str) -> Iterator[bytes]:
        with self._archive.open(self._parts[part.lower()]) as file:
            while chunk := file.read(CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise self._too_large()
                yield chunk

    def _refuse_definitions(self, part: str) -> None:
        if _defines_anything(self._chunks(part)):
            raise NotReadable(
                _("%(file)s has a DTD in it, which is not read: save it anew as .xlsx.") % {"file": self.name}
            )

    def _too_large(self) -> NotReadable:
        return NotReadable(
            _("%(file)s unpacks to more than %(most)d MB, the most that is read at once.")
            % {"file": self.name, "most": MOST_UNPACKED // MEGABYTE}
        )

    def _too_many(self) -> NotReadable:
        return NotReadable(
            _("%(file)s has more cells than are read at once: divide it.") % {"file": self.name}
        )

    def _damaged(self) -> NotReadable:
        return NotReadable(
            _("%(file)s is damaged, or no Excel workbook: open it and save it as .xlsx or as CSV UTF-8.")
            % {"file": self.name}
        )


def _defines_anything(chunks: Iterator[bytes]) -> bool:
    """Whether there is a document type before the first element, in whatever encoding."""
    parser: Any = expat.ParserCreate()
    found = []

    def define(*_args: Any) -> None:
        found.append(True)
        raise _Enough

    def begin(*_args: Any) -> None:
        raise _Enough

    parser.StartDoctypeDeclHandler, parser.StartElementHandler = define, begin
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)  # expat may have waited for more
    except (_Enough, expat.ExpatError):
        pass
    return bool(found)


class _Enough(Exception):
    """Ends expat's work at once."""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    """A name without its namespace, of which there are two generations."""
    return tag.rpartition("}")[2]


def _written(element: Any) -> str:
    """A text with or without formats in it, without the phonetic reading that may stand beside it."""
    return _unescaped("".join(_pieces(element)))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        name = _local(child.tag)
        if name == "t":
            yield child.text or ""
        elif name in ("r", "is"):
            yield from _pieces(child)


def _unescaped(text: str) -> str:
    """Control characters are written as _x000A_."""
    return unescape(text) if "_x" in text else text


def _no_value(cell: Any) -> tuple[str, str] | None:
    """Formula and error of a cell that shows an error, or that was never calculated; "" as a result is a value."""
    kind = cell.get("t", "n")
    said = {_local(child.tag): child.text or "" for child in cell}
    if kind == "e":
        return f"={said.get('f', '')}", said.get("v", "") or "#N/A"
    if "f" in said and not said.get("v") and kind != "str":
        return f"={said['f']}", ""
    return None


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _date(number: float, epoch: Any) -> str:
    try:
        value = from_excel(number, epoch)
    except (ValueError, OverflowError):
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    return str(value)
