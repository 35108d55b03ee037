"""A row of event data that others made, in our words, and how each format's rows become that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from sys import intern

from dragoman.ontology.plover import from_cameo, plover


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """What a row says that one state did to another. What officials, soldiers and bodies of a state do counts for it."""

    id: str
    """The row's own, alike in rows that are one event."""
    source: str
    target: str
    """ISO 3166 alpha-3 codes."""
    date: str
    """ISO day, on which basis the file has it."""
    code: str
    """The kind of event as the file names it."""
    type: str | None
    """PLOVER's type; None where PLOVER leaves out what the code means."""
    quad: int | None
    """The quad of that type, which may be another than the file's own."""
    severity: float | None
    """PLOVER's score of that type and mode, not the file's own scale."""
    reports: int | None
    """Articles that tell of it, where the file says so."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a format is known by its columns. Names of columns are in small letters without blanks and underscores."""

    name: str
    needs: tuple[str, ...]
    """Columns that its header must have."""
    unnamed: tuple[str, ...] = ()
    """All its columns in their order, where it is shipped without a header; the first is a number."""


class MalformedRow(Exception):
    """A row that cannot be read; the message says why."""


Kind = tuple[str, str | None]
"""A PLOVER type and mode."""
Read = tuple[str, tuple[CodedEvent, ...]]
"""The day of a row, and its events between two states, which may be none."""
Reader = Callable[[Sequence[str]], Read]
"""Reads the cells of a row. Raises MalformedRow."""


def coded(id: str, sides: tuple[str, str], date: str, code: str, kind: Kind | None, reports: int | None) -> CodedEvent:
    """The event with the quad and severity of its type."""
    type_, mode = kind or (None, None)
    known = plover().types.get(type_ or "")
    quad, score = (known.quad, plover().score(known.name, mode)) if known else (None, None)
    return CodedEvent(id, *sides, intern(date), intern(code), known.name if known else None, quad, score, reports)


def cameo_kind(code: str) -> Kind | None:
    """PLOVER's type and mode for a CAMEO code, None for those it leaves out. Raises MalformedRow where it is no code."""
    if not (code.isascii() and code.isdigit() and 2 <= len(code) <= 4 and 1 <= int(code[:2]) <= 20):
        raise MalformedRow("no CAMEO code")
    found = from_cameo(code)
    return (found.type, found.mode) if found else None


def number(cell: str) -> int | None:
    """A whole number, None for anything else."""
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 10 else None
