"""CSV for spreadsheets: one file a kind, in a folder. Reports of events are rows of their own."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from dragoman.exchange.cells import Cell, flat, inert
from dragoman.exchange.guide import write_guide
from dragoman.exchange.selection import Selection
from dragoman.exchange.tables import TABLES


def write(selection: Selection, folder: Path) -> None:
    """Writes the five files and a README.txt that explains their columns."""
    for table in TABLES:
        kinds = tuple(table.columns.values())
        rows = (map(flat, row, kinds) for row in table.rows(selection))
        _write(folder / f"{table.name}.csv", table.columns, rows)
    write_guide(folder, "csv")


def write_rows(path: Path, columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> None:
    """A CSV file in UTF-8. Text that a spreadsheet would run is made inert by a ' before it."""
    _write(path, columns, (map(inert, row) for row in rows))


def _write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(columns)
        table.writerows(rows)
