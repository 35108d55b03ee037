"""What the units right before and after a unit are, and whether it stands in a row of short ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dragoman.gather.context import Context
from dragoman.gather.shape import Shape
from dragoman.gather.units import Unit

_SHORT = 8
_BRIEF = 12
_ROW, _LONGEST = 3, 8
"""So many short units make a row; more than the second number say no more."""


def neighbours(units: Sequence[Unit], shapes: Sequence[Shape], around: Sequence[Context]) -> list[dict[str, float]]:
    """The features of each unit that its neighbours give it."""
    rows = _rows(shapes)
    written = any(context.paragraph for context in around)
    found: list[dict[str, float]] = []
    for index, context in enumerate(around):
        names = [] if written else ["no_paragraph"]
        if context.zone in ("", "tail"):
            names.append("zone_tail" if context.zone else "zone_amid")
        for name, beside in (("before", index - 1), ("after", index + 1)):
            if not 0 <= beside < len(units):
                names.append(f"{name}_none")
                continue
            if around[beside].paragraph:
                names.append(f"{name}_paragraph")
            elif shapes[beside].words < _SHORT and not shapes[beside].terminal:
                names.append(f"{name}_short")
            if shapes[beside].marker:
                names.append(f"{name}_marked")
            if units[beside].line == units[index].line:
                names.append(f"{name}_same_line")
        here = dict.fromkeys(names, 1.0)
        if rows[index] >= _ROW:
            here["row_of_short"] = min(rows[index], _LONGEST) / _LONGEST
        found.append(here)
    return found


def _rows(shapes: Sequence[Shape]) -> list[int]:
    """For each unit how many short ones that are no sentences stand in a row where it does; 0 where it is none."""
    rows: list[int] = []
    for short, group in groupby(given.words < _BRIEF and not given.terminal for given in shapes):
        size = sum(1 for _ in group)
        rows += [size if short else 0] * size
    return rows
