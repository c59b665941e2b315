"""Cells of a table that a spreadsheet program will open: text that stays text."""

import re

FORMULA = re.compile(r"['\s]*[=+\-@\t\r\n\0＝＋－＠]")
"""What makes a program take a cell for a formula, or split it; with the full-width twins."""


def harmless(text: str) -> str:
    """The text as a cell that no program will calculate: an apostrophe before what looks like a formula.

    What ends it is trimmed where it is read again, and must not be all that the apostrophe stands before.
    """
    return f"'{text}" if FORMULA.match(text.rstrip()) else text


def as_typed(cell: str) -> str:
    """The text of a cell that `harmless` wrote."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell
