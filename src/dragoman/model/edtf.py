"""EDTF, the uncertain dates of ISO 8601-2, in the profile that the record writes.

Level 0 dates and intervals; of level 1 the seasons, unspecified digits from the right, qualifiers at the end and open
intervals; of level 2 only the unknown year, "XXXX-06-23". No times of day, no years before 1 or after 9999.
https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import re
from calendar import monthrange

_DATE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|XXXX)(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?[?~%]?"
)
_ALWAYS = ("0001-01-01", "9999-12-31")
_SEASON = {21: (3, 11), 22: (-12, 14), 23: (3, 11), 24: (-12, 14)}
"""First and last month of a season in either hemisphere: -12 is last December, 14 next February."""


def is_edtf(value: str) -> bool:
    """Whether `value` is a date or an interval of the profile, on the Gregorian calendar, an interval in its order."""
    if "/" not in value:
        return _span(value) is not None
    first, _, last = value.partition("/")
    if first == last == "..":
        return False
    sides = [_ALWAYS if side == ".." else _span(side) for side in (first, last)]
    if "X" in value or sides[0] is None or sides[1] is None:
        return False
    return sides[0][0] <= sides[1][1]


def edtf_bounds(value: str) -> tuple[str, str] | None:
    """The earliest and the latest day that `value` may mean; None where its year is unspecified or it is not EDTF.

    An open side of an interval is 0001-01-01 or 9999-12-31. A season is as wide as both hemispheres make it.
    """
    if not is_edtf(value) or value.startswith("XXXX"):
        return None
    if "/" not in value:
        return _span(value)
    first, _, last = value.partition("/")
    low, high = (_ALWAYS if side == ".." else _span(side) for side in (first, last))
    return (low[0], high[1]) if low and high else None


def has_day(value: str) -> bool:
    """Whether `value` is one whole calendar day: its year, month and day are all known."""
    return len(value.rstrip("?~%")) == 10 and "X" not in value and is_edtf(value)


def written(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """The EDTF date of these parts; the year is "XXXX" when it is None. A month of 21 to 24 is a season."""
    parts = ["XXXX" if year is None else f"{year:04}"]
    parts += [f"{part:02}" for part in (month, day) if part is not None]
    return "-".join(parts)


def _span(value: str) -> tuple[str, str] | None:
    match = _DATE.fullmatch(value)
    if match is None or value == "0000" or value in ("XXXX", "XXXX-XX", "XXXX-XX-XX"):
        return None
    year, month, day = match["year"], match["month"], match["day"]
    if year == "0000" or ("X" in year and year != "XXXX" and month) or (month == "XX" and day not in (None, "XX")):
        return None
    low, high = max(int(year.replace("X", "0")), 1), int(year.replace("X", "9"))
    if month in (None, "XX"):
        return f"{low:04}-01-01", f"{high:04}-12-31"
    number = int(month)
    if number in _SEASON and day is None:
        return _season(low, high, number)
    if not 1 <= number <= 12:
        return None
    longest = monthrange(2000 if year == "XXXX" else low, number)[1]
    if day in (None, "XX"):
        return f"{low:04}-{number:02}-01", f"{high:04}-{number:02}-{longest:02}"
    if not 1 <= int(day) <= longest:
        return None
    return f"{low:04}-{number:02}-{day}", f"{high:04}-{number:02}-{day}"


def _season(low: int, high: int, season: int) -> tuple[str, str]:
    first, last = _SEASON[season]
    start = f"{max(low - 1, 1):04}-12-01" if first < 0 else f"{low:04}-{first:02}-01"
    over, month = divmod(last - 1, 12)
    year = min(high + over, 9999)
    return start, f"{year:04}-{month + 1:02}-{monthrange(year, month + 1)[1]:02}"
