"""What a reader hands on: sources in, typed rows and remarks out. Pure, as every reader is."""

from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from netjob.ownership import Refused

SHOWN: Final = 100
"""Characters of a value that a remark repeats."""


class NotReadable(Refused):
    """A whole file is refused; `str()` of it names what was expected. Nothing has been changed.

    `sentences`: what it says, one by one. `rows`: how many lines below something like a header it has, as far as
    that was looked at.
    """

    def __init__(self, *sentences: str, rows: int = 0) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Source:
    """One file, by its base name; `archive` is the name of the ZIP it lay in, "" for a file by itself."""

    name: str
    content: bytes = field(repr=False)
    kind: str = "csv"
    """What its content is, whatever its name says: "csv", "xlsx" or "vcard"."""
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one row: left out, refused, or a cell of it not understood.

    `row` is the number that a spreadsheet shows (of a vCard: which card), None when it is about the file;
    `column` the heading as the file writes it, "" when it is about the row; `message` a sentence.
    """

    file: str
    row: int | None
    column: str
    value: str
    message: str

    def __post_init__(self) -> None:
        if len(self.value) > SHOWN:
            object.__setattr__(self, "value", f"{self.value[: SHOWN - 1]}…")

    @property
    def where(self) -> str:
        """Where it is, in words: "Connections.csv, row 7, Connected On"."""
        row = _("row %(number)d") % {"number": self.row} if self.row is not None else ""
        return ", ".join(filter(None, [self.file, row, self.column]))


@dataclass(slots=True)
class Parsed[T]:
    """A file as it was understood. Nothing is lost: every record that is not blank is in one of three lists."""

    file: str
    rows: list[T] = field(default_factory=list)
    skips: list[Remark] = field(default_factory=list)
    """Rows that mean nothing to us, each with why: a hidden member, a repeated header."""
    rejects: list[Remark] = field(default_factory=list)
    """Rows that could not be read: to be mended and imported again."""
    warnings: list[Remark] = field(default_factory=list)
    """Cells that stay empty while their row is kept."""
    notes: list[Remark] = field(default_factory=list)
    """What is good to know about the file as a whole, and no fault of it: columns that are not read."""

    @property
    def count(self) -> int:
        return len(self.rows) + len(self.skips) + len(self.rejects)
