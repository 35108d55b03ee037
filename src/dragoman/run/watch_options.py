"""How to watch, and what a round of watching brought."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from dragoman.run.local import Limits, Outcome


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """How to watch."""

    limits: Limits
    """Of the processes that read."""
    every: float = 1800
    """Seconds between two questions to a watched address, where its server asks for no longer pause."""
    once: bool = False
    """Ends when nothing is due."""
    stopped: Callable[[], bool] = lambda: False
    """Asked often, by several threads; where it is true the watch ends after the requests under way."""
    clock: Callable[[], datetime] = _now
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Round:
    """What one round brought."""

    asked: int = 0
    """Watched addresses that answered, or failed."""
    unchanged: int = 0
    """Watched addresses that had nothing new."""
    found: int = 0
    """Pages that are new, and were taken down to be fetched."""
    fetched: int = 0
    """Pages that were fetched, or fetched again because they changed."""
    read: int = 0
    known: int = 0
    """Pages that the project had already."""
    failed: tuple[Outcome, ...] = ()
    """What could not be asked, fetched or read, and why. A page that is not tried again is told once."""
    waiting: int = 0
    """Pages still to be fetched: now, or when their host wants."""
