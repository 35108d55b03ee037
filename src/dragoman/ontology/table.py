"""Data files of the ontology: comma-separated tables with a header, checked cell by cell when they are loaded."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib import resources

from dragoman.errors import OntologyError

SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
"""PLOVER 2.0 actor sectors."""
ABOVE_STATES = frozenset(("IGO", "UNO", "EUR", "NGO", "MNC", "IMG"))
"""PLOVER's codes in the place of a country for actors above states."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. Its accessors raise `OntologyError` naming file and line where a cell breaks its schema."""

    file: str
    line: int
    cells: Mapping[str, str]

    def fail(self, message: str) -> OntologyError:
        """The error to raise for this line."""
        return OntologyError(f"{self.file}, line {self.line}: {message}")

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        if not (value := self.cells[column]):
            raise self.fail(f"{column} is empty")
        return value

    def optional(self, column: str) -> str | None:
        """A cell, or None where it is empty."""
        return self.cells[column] or None

    def many(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that `|` separates."""
        parts = tuple(self.cells[column].split("|")) if self.cells[column] else ()
        if any(not part or part != part.strip() for part in parts):
            raise self.fail(f"{column} has an empty or padded part: {self.cells[column]!r}")
        return parts

    def choice(self, column: str, allowed: Collection[str]) -> str:
        """A cell that must be one of `allowed`."""
        if (value := self.cells[column]) not in allowed:
            raise self.fail(f"{column} is {value!r}, not one of {', '.join(sorted(allowed))}")
        return value

    def sector(self) -> str | None:
        """The cell `sector`: a PLOVER sector, or None."""
        return self.choice("sector", SECTORS) if self.cells["sector"] else None

    def flag(self, column: str) -> bool:
        """A cell that says yes or no."""
        return self.choice(column, ("yes", "no")) == "yes"


def read_table(file: str, columns: Collection[str]) -> tuple[Row, ...]:
    """The rows of a data file of the package, whose header must be exactly `columns`; its lines are counted from 1."""
    text = resources.files("dragoman.ontology").joinpath("data", file).read_text(encoding="utf-8")
    return parse_table(file, text, columns)


def parse_table(file: str, text: str, columns: Collection[str]) -> tuple[Row, ...]:
    """The rows of `text`; `file` is what errors call it."""
    lines = csv.reader(text.splitlines())
    header = next(lines, [])
    if header != [*columns]:
        raise OntologyError(f"{file}, line 1: the header is {','.join(header)}, not {','.join(columns)}")
    rows = []
    for cells in lines:
        if len(cells) != len(header):
            raise OntologyError(f"{file}, line {lines.line_num}: {len(cells)} cells, not {len(header)}")
        row = Row(file, lines.line_num, dict(zip(header, cells, strict=True)))
        if padded := next((column for column, cell in row.cells.items() if cell != cell.strip()), None):
            raise row.fail(f"{padded} has blanks around it")
        rows.append(row)
    return tuple(rows)
