"""Balance from a digest: the same as from all events and documents, without going through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.analyze.balance import TONES, Balance, Move, Mover, Standing
from dragoman.analyze.figures import CONFLICT
from dragoman.analyze.quick_series import place_of, series_between, windows_read
from dragoman.analyze.windows import Window, WindowKind
from dragoman.digest.arrays import different
from dragoman.digest.events import ids_of
from dragoman.digest.rows import STATUSES
from dragoman.digest.sides import Sides
from dragoman.digest.tables import Tables
from dragoman.model import Status

Array = npt.NDArray[Any]
_MOVERS: tuple[Mover, ...] = ("unclear", "state", "power", "both")
"""By the sum of 1, where the state acts, and 2, where the power does."""


def quick_balance(
    tables: Tables, sides: Sides, kind: WindowKind, since: str | None, until: str | None
) -> Balance | None:
    """The first of the parties between the others; None where no document is dated, so that the events must tell the windows."""
    windows = windows_read(tables, kind, since, until)
    if windows is None:
        return None
    standings = []
    for power in range(1, len(sides.actors)):
        series = series_between(tables, sides, kind, windows, 0, power)
        standings.append(Standing(sides.actors[power], series, tuple(_moves(tables, sides, power, kind, windows))))
    return Balance(sides.actors[0], kind, tuple(standings))


def _moves(tables: Tables, sides: Sides, power: int, kind: WindowKind, windows: Sequence[Window]) -> Iterator[Move]:
    """Who moved first, window by window, then in all of them."""
    acts = [sides.acting(tables, 0, power), sides.acting(tables, power, 0)]
    events = different(np.concatenate(acts))
    mover = np.isin(events, acts[0]) + 2 * np.isin(events, acts[1])
    place = place_of(tables, events, kind, windows)
    counted = (tables("events", "status")[events] == STATUSES.index(Status.HAPPENED)) & (place < len(windows))
    events, mover, place = events[counted], mover[counted], place[counted]
    conflict = np.isin(tables("events", "quad")[events], CONFLICT)
    first, last = tables("events", "first")[events], tables("events", "last")[events]
    for groups, those in ((place, list(windows)), (np.zeros(len(events), dtype=np.int64), [None])):
        key = groups * len(TONES) + conflict
        ends = np.full(len(those) * len(TONES), np.iinfo(np.int32).max)
        np.minimum.at(ends, key, last)
        # Nothing that surely began after another had ended can have been first.
        early = np.flatnonzero(first <= ends[key])
        early = early[np.argsort(key[early], kind="stable")]
        for some in np.split(early, np.flatnonzero(np.diff(key[early])) + 1):
            if len(some):
                at, tone = divmod(int(key[some[0]]), len(TONES))
                movers = set(mover[some].tolist())
                who: Mover = _MOVERS[movers.pop()] if len(movers) == 1 else "unclear"
                yield Move(TONES[tone], those[at], who, tuple(sorted(ids_of(tables, events[some]))))
