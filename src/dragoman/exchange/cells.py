"""What stands in a cell of a spreadsheet: one line of plain text that nothing runs."""

from __future__ import annotations

from dragoman.exchange.tables import Kind, Value

Cell = str | int | float | None

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula."""


def inert(cell: Cell) -> Cell:
    """The cell as it may stand in a spreadsheet; numbers stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_ACTIVE) else cell


def flat(value: Value, kind: Kind) -> Cell:
    """A value of a table as one inert cell: a list parted by "; ", a chain by " > "."""
    if isinstance(value, tuple):
        value = (" > " if kind == "chain" else "; ").join(value)
    return inert(value)
