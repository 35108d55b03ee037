"""A progress bar on standard error, drawn only where that is a terminal."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TextIO

from dragoman.cli.terminal import fitting, plain, width

BAR = 24
EVERY = 0.1
"""Seconds between two drawings."""


class Progress:
    """Counts documents: how many of how many, how many a second, and how long it will still take."""

    def __init__(self, total: int | None, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._visible = self._stream.isatty()
        self._total = total
        self._done = 0
        self._start = time.monotonic()
        self._drawn = 0.0

    def __enter__(self) -> Progress:
        self._draw("starting")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._visible:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def advance(self, name: str) -> None:
        """One more document is done; `name` is shown beside the bar."""
        self._done += 1
        if time.monotonic() - self._drawn >= EVERY or self._done == self._total:
            self._draw(name)

    def _draw(self, name: str) -> None:
        if not self._visible:
            return
        self._drawn = time.monotonic()
        line = bar(self._done, self._total, self._drawn - self._start) + "  " + plain(name)
        self._stream.write("\r\x1b[K" + fitting(line, width(self._stream) - 1))
        self._stream.flush()


def bar(done: int, total: int | None, seconds: float) -> str:
    """The bar as text, e.g. `[####----]  12/24  3.1/s  0:04 left`; without a total only what is done, and the rate."""
    rate = done / seconds if seconds > 0 else 0.0
    speed = f"  {rate:.1f}/s" if done else ""
    if total is None:
        return f"{done} done{speed}"
    filled = BAR * done // max(total, 1)
    left = f"  {clock((total - done) / rate)} left" if rate else ""
    return f"[{'#' * filled}{'-' * (BAR - filled)}]  {done}/{total}{speed}{left}"


def clock(seconds: float) -> str:
    """Minutes and seconds, with hours where there are any: 0:04, 12:30, 1:02:03."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
