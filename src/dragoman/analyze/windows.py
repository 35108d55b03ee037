"""Windows of time: the weeks, months, quarters and years that series are cut into, and what lies in which.

Weeks are those of ISO 8601, Monday to Sunday; all are of the Gregorian calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from dragoman.errors import SettingsError
from dragoman.record.dates import bounds

WindowKind = Literal["week", "month", "quarter", "year"]
KINDS: tuple[WindowKind, ...] = get_args(WindowKind)
MOST = 10_000
"""Windows that one series may have."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A stretch of whole days, both ends included. Windows of one kind sort by time."""

    first: str
    """ISO date."""
    last: str
    name: str
    """"2031-W19", "2031-05", "2031-Q2" or "2031"."""


def window_of(day: str, kind: WindowKind) -> Window:
    """The window of a kind in which an ISO day lies. Raises SettingsError where there is no such kind."""
    found = date.fromisoformat(day)
    year, month = found.year, found.month
    if kind == "week":
        iso = found.isocalendar()
        monday = date.fromordinal(found.toordinal() - iso.weekday + 1)
        sunday = date.fromordinal(min(monday.toordinal() + 6, date.max.toordinal()))
        return Window(monday.isoformat(), sunday.isoformat(), f"{iso.year:04}-W{iso.week:02}")
    if kind == "month":
        return _months(year, month, 1, f"{year:04}-{month:02}")
    if kind == "quarter":
        quarter = (month - 1) // 3
        return _months(year, 3 * quarter + 1, 3, f"{year:04}-Q{quarter + 1}")
    if kind == "year":
        return _months(year, 1, 12, f"{year:04}")
    raise SettingsError(f"'{kind}' is no window: give one of {', '.join(KINDS)}")


def window_holding(edtf: str | None, kind: WindowKind) -> Window | None:
    """The window that holds every day that an EDTF date may mean; None where no single one does."""
    days = bounds(edtf)
    if days is None:
        return None
    window = window_of(days[0], kind)
    return window if days[1] <= window.last else None


def windows_between(first: str, last: str, kind: WindowKind) -> tuple[Window, ...]:
    """All windows from that of the first day to that of the last one, without a hole; none where `last` is the earlier.

    Raises SettingsError where there would be more than `MOST`.
    """
    found: list[Window] = []
    day = first
    while day <= last:
        if len(found) == MOST:
            raise SettingsError(f"{first} to {last} has more than {MOST} windows of a {kind}: ask for a shorter time")
        window = window_of(day, kind)
        found.append(window)
        if window.last == date.max.isoformat():
            break
        day = (date.fromisoformat(window.last) + timedelta(days=1)).isoformat()
    return tuple(found)


def _months(year: int, month: int, count: int, name: str) -> Window:
    over, after = divmod(month - 1 + count, 12)
    end = date.max if year + over > date.max.year else date(year + over, after + 1, 1) - timedelta(days=1)
    return Window(date(year, month, 1).isoformat(), end.isoformat(), name)
