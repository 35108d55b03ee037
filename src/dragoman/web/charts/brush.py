"""The time brush: how many documents each month has, and which months are shown."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.analyze.windows import windows_between
from dragoman.record import Project
from dragoman.record.dates import bounds
from dragoman.web.asked import Asked

WIDTH, HEIGHT = 600, 36
MOST = 240
"""Months that are drawn; of a longer time the last ones."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One month."""

    first: str
    last: str
    """ISO days."""
    name: str
    documents: int
    x: float
    width: float
    height: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Brush:
    """The months of a project, and the time that is asked for."""

    bars: tuple[Bar, ...]
    since: str | None
    until: str | None
    undated: int
    """Documents without a month of publication."""
    width: int = WIDTH
    height: int = HEIGHT


def brush(project: Project, asked: Asked) -> Brush:
    """The brush as the address sets it; a date that is none is left to the screen to complain of."""
    months = dict(project.months())
    undated = months.pop(None, 0)
    since, until = asked.text("since"), asked.text("until")
    low, high = bounds(since), bounds(until)
    known = sorted(month for month in months if month)
    if not known:
        return Brush((), since, until, undated)
    first, last = max(known[0], _earlier(known[-1], MOST)), known[-1]
    windows = windows_between(f"{first}-01", f"{last}-28", "month")
    most = max(months[month] for month in known)
    step = WIDTH / len(windows)
    bars = tuple(
        Bar(
            first=window.first,
            last=window.last,
            name=window.name,
            documents=months.get(window.name, 0),
            x=round(number * step, 2),
            width=round(max(step - 1, 0.5), 2),
            height=round(HEIGHT * months.get(window.name, 0) / most, 2),
            chosen=(not low or window.last >= low[0]) and (not high or window.first <= high[1]),
        )
        for number, window in enumerate(windows)
    )
    return Brush(bars, since, until, undated)


def _earlier(month: str, months: int) -> str:
    """The month so many months before, that one counted."""
    year, of_year = (int(part) for part in month.split("-"))
    number = max(year * 12 + of_year - months, 13)
    return f"{number // 12:04}-{number % 12 + 1:02}"
