"""What every bench prints: a table of figures with their bootstrap intervals, and with `--json` one closing object."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def bootstrap(
    values: Sequence[T], score: Callable[[list[T]], float], draws: int = 1000, seed: int = 7
) -> tuple[float, float]:
    """The 95% percentile interval of `score` when `values` (one per document) are drawn again with replacement.

    Efron, 1979. Draws on which `score` is not a number (nothing to score) are left out; `nan, nan` where none is left.
    """
    if not values:
        return float("nan"), float("nan")
    dice = random.Random(seed)
    scores = sorted(s for _ in range(draws) if (s := score(dice.choices(values, k=len(values)))) == s)
    if not scores:
        return float("nan"), float("nan")
    return scores[int(0.025 * (len(scores) - 1))], scores[round(0.975 * (len(scores) - 1))]


def table(rows: Sequence[Sequence[object]]) -> str:
    """`rows` as aligned text; the first is the header. Floats get three digits; columns of numbers stand right."""
    texts = [[f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in texts) for i in range(len(texts[0]))]
    right = [any(isinstance(row[i], int | float) for row in rows[1:]) for i in range(len(texts[0]))]

    def line(row: Sequence[str]) -> str:
        cells = zip(row, widths, right, strict=True)
        return "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width) for cell, width, to_right in cells
        ).rstrip()

    return "\n".join([line(texts[0]), "  ".join("-" * width for width in widths), *(line(row) for row in texts[1:])])


def interval(low: float, high: float) -> str:
    """`low` and `high` as a cell of the table."""
    return f"{low:.3f}-{high:.3f}"


def finish(args: argparse.Namespace, obj: Mapping[str, object]) -> None:
    """With `args.json` print `obj` as the last line; a figure that is not a number becomes null."""
    if args.json:
        clean = {key: None if isinstance(value, float) and value != value else value for key, value in obj.items()}
        print(json.dumps({k: round(v, 4) if isinstance(v, float) else v for k, v in clean.items()}))
