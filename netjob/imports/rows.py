"""The cells of a row as what they mean. A cell that cannot be read stays empty, and is told; the row is kept."""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Final

from django.utils.translation import gettext as _

from netjob.imports import dates
from netjob.imports.remarks import Parsed, Remark
from netjob.imports.tables import Row, Table
from netjob.imports.texts import one_line

LONGEST_LINE: Final = 255
LONGEST_NOTE: Final = 20_000


class Rejected(Exception):
    """The row as a whole cannot be kept: which field is to blame, and why."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


class Skipped(Exception):
    """The row means nothing to us; `str()` of it says why."""


class RowReader:
    """Reads the cells of one row after the other; what it says about them goes to `warnings` of `parsed`.

    `orders` says for each field with dates what comes first in 03/04/2024, as its column settles it.
    """

    def __init__(self, table: Table, parsed: Parsed, days: Collection[str] = ()) -> None:
        self.table = table
        self.parsed = parsed
        self.row = Row(0, (), {})
        self.orders = {name: dates.order_of(row[name] for row in table.rows) for name in days}

    def __getitem__(self, name: str) -> str:
        return self.row[name]

    def warn(self, name: str, message: str) -> None:
        self.parsed.warnings.append(self.table.remark(self.row, name, message))

    def line(self, name: str, longest: int = LONGEST_LINE) -> str:
        """A text on one line; one that is too long stays out."""
        text = one_line(self.row[name])
        if len(text) <= longest:
            return text
        self.warn(name, too_long(text, longest))
        return ""

    def note(self, name: str) -> str:
        """A text with its line ends; one that is too long is cut."""
        text = self.row[name]
        if len(text) <= LONGEST_NOTE:
            return text
        self.warn(name, _("Cut after %(most)s characters.") % {"most": f"{LONGEST_NOTE:,}"})
        return text[:LONGEST_NOTE]

    def day(self, name: str) -> dt.date | None:
        return self._date(name, dates.read_date)

    def moment(self, name: str) -> dt.datetime | None:
        """Date and time as they are written, without a zone."""
        return self._date(name, dates.read_moment)

    def month(self, name: str) -> dt.date | None:
        """The first day of a month or a year; None for one that is not over, such as "Present"."""
        return self._date(name, lambda text, _order: dates.read_month(text))

    def _date[T: dt.date](self, name: str, read: Callable[[str, dates.Order | None], T | None]) -> T | None:
        if not (text := self.row[name]):
            return None
        try:
            return read(text, self.orders.get(name))
        except dates.NoDate as problem:
            self.warn(name, str(problem))
            return None


def begin[T](table: Table) -> Parsed[T]:
    """What the table itself says about its records; the rows are still to be read."""
    return Parsed(
        file=table.file,
        skips=list(table.skips),
        rejects=list(table.rejects),
        warnings=list(table.warnings),
        notes=list(table.notes),
    )


def read_rows[R: RowReader, T](reader: R, parsed: Parsed[T], read: Callable[[R], T]) -> Parsed[T]:
    """Read each row of the reader's table into `parsed`: kept, skipped or rejected, never lost."""
    table = reader.table
    for row in table.rows:
        reader.row = row
        told = len(parsed.warnings)
        try:
            parsed.rows.append(read(reader))
            continue
        except Skipped as reason:
            parsed.skips.append(Remark(table.file, row.number, "", _shown(row), str(reason)))
        except Rejected as reason:
            parsed.rejects.append(table.remark(row, reason.name, str(reason)))
        del parsed.warnings[told:]
    for remarks in (parsed.skips, parsed.rejects, parsed.warnings):
        remarks.sort(key=lambda remark: remark.row or 0)
    return parsed


def too_long(text: str, longest: int) -> str:
    return _("%(count)s characters; at most %(most)s fit.") % {
        "count": f"{len(text):,}",
        "most": f"{longest:,}",
    }


def _shown(row: Row) -> str:
    return " | ".join(filter(None, row.cells))
