"""How far two series go together, and whether two shares differ beyond chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma
from typing import Any

import numpy as np
import numpy.typing as npt

LEAST = 8
"""Windows below which no correlation is given."""
DRAWS = 1000
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Correlation:
    """Spearman's rank correlation of two series."""

    of: str
    n: int
    """Windows that it rests on."""
    value: float | None
    """From -1 to 1; None with fewer than `LEAST` windows, or where a series is the same throughout."""
    interval: tuple[float, float] | None
    """95%, from a bootstrap of blocks of neighbouring windows (Politis and Romano 1992)."""


def correlation(of: str, pairs: Sequence[tuple[float, float]]) -> Correlation:
    """The correlation of pairs in the order of time."""
    n = len(pairs)
    if n < LEAST:
        return Correlation(of, n, None, None)
    values = np.array(pairs, dtype=float)
    value = _spearman(values)
    if value is None:
        return Correlation(of, n, None, None)
    block = max(1, round(n ** (1 / 3)))
    random = np.random.default_rng(1)
    starts = random.integers(0, n, (DRAWS, -(-n // block)))
    places = (starts[:, :, None] + np.arange(block)).reshape(DRAWS, -1)[:, :n] % n
    drawn = [found for row in places if (found := _spearman(values[row])) is not None]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Correlation(of, n, value, (float(low), float(high)))


def fisher(hits: int, n: int, other_hits: int, other_n: int) -> float:
    """The two-sided p of Fisher's exact test that two shares are one."""
    total, all_hits = n + other_n, hits + other_hits

    def log_choose(of: int, some: int) -> float:
        return lgamma(of + 1) - lgamma(some + 1) - lgamma(of - some + 1)

    def chance(some: int) -> float:
        return exp(log_choose(n, some) + log_choose(other_n, all_hits - some) - log_choose(total, all_hits))

    found = chance(hits)
    possible = range(max(0, all_hits - other_n), min(n, all_hits) + 1)
    return min(1.0, sum(p for some in possible if (p := chance(some)) <= found * (1 + 1e-7)))


def holm(ps: Sequence[float]) -> list[float]:
    """The p of each of several tests so that the chance of any error in all of them is kept (Holm 1979)."""
    adjusted, so_far = [0.0] * len(ps), 0.0
    for rank, at in enumerate(sorted(range(len(ps)), key=lambda at: ps[at])):
        so_far = max(so_far, min(1.0, (len(ps) - rank) * ps[at]))
        adjusted[at] = so_far
    return adjusted


def _spearman(values: Array) -> float | None:
    a, b = (_ranks(values[:, side]) for side in (0, 1))
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / spread if spread else None


def _ranks(values: Array) -> Array:
    """Ranks from 1; those that are alike share their mean."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Array = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return ranks
