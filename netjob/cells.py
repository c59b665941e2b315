"""Cells of a table that a spreadsheet program will open: text that stays text."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""What makes a program take a cell for a formula, or split it, when it stands first; with the full-width twins."""


def harmless(text: str) -> str:
    """The text as a cell that no program will calculate: an apostrophe before what looks like a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_typed(cell: str) -> str:
    """The text of a cell that `harmless` wrote."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell
