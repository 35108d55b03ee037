"""The rows of a table whose format is told by its columns, and not by the name of its file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from dragoman.exchange.incoming.coded import Layout

_LOOKED_AT = 20
"""Lines at the beginning of which one must show a format that has no header."""
_PARTED_BY = ("\t", ",", ";")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a known format."""

    layout: Layout
    at: Mapping[str, int]
    """Where each column stands."""
    rows: Iterator[tuple[int, Sequence[str] | None]]
    """The number of a line, and its cells; None where it has not as many as there are columns."""


def table(lines: Iterator[bytes], layouts: Iterable[Layout]) -> Table | None:
    """The table that lines are, or None where their columns are those of no layout."""
    known = tuple(layouts)
    begin = list(islice(lines, _LOOKED_AT))
    if not begin:
        return None
    begin[0] = begin[0].removeprefix(b"\xef\xbb\xbf")
    for mark in _PARTED_BY:
        names = _names(begin[0], mark)
        for layout in known:
            if set(layout.needs) <= set(names):
                at = {name: place for place, name in reversed([*enumerate(names)])}
                return Table(layout, at, _rows(chain(begin[1:], lines), mark, len(names), 2))
    for layout in known:
        if layout.unnamed and any(_is_row(line, layout) for line in begin):
            at = {name: place for place, name in enumerate(layout.unnamed)}
            return Table(layout, at, _rows(chain(begin, lines), "\t", len(layout.unnamed), 1))
    return None


def _names(line: bytes, mark: str) -> list[str]:
    cells = next(csv.reader([_text(line).strip("\r\n")[:65536]], delimiter=mark), [])
    return [cell.strip().casefold().replace(" ", "").replace("_", "") for cell in cells]


def _is_row(line: bytes, layout: Layout) -> bool:
    first, _, rest = line.partition(b"\t")
    return first.isdigit() and rest.count(b"\t") == len(layout.unnamed) - 2


def _rows(lines: Iterator[bytes], mark: str, width: int, number: int) -> Iterator[tuple[int, Sequence[str] | None]]:
    if mark == "\t":
        for at, line in enumerate(lines, number):
            if cells := _text(line).rstrip("\r\n"):
                parts = cells.split("\t")
                yield at, _fitting([cell.strip('" ') for cell in parts] if '"' in cells else parts, width)
        return
    parted = csv.reader(map(_text, lines), delimiter=mark)
    while True:
        at = number + parted.line_num
        try:
            row = next(parted, None)
        except csv.Error:
            yield at, None
            continue
        if row is None:
            return
        if row:
            yield at, _fitting([cell.strip() for cell in row], width)


def _fitting(cells: list[str], width: int) -> list[str] | None:
    """The cells, without empty ones at the end that are too many."""
    return cells[:width] if len(cells) >= width and not any(cells[width:]) else None


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace")
