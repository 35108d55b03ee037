"""Ranges of calendar expressions: "from 1993 to 1995", "July 8-10, 2025", "between March and May", "2014-15"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.read.calendar_dates import (
    Calendar,
    begins,
    calendar_at,
    day_at,
    ends_number,
    month_at,
    year_at,
    year_licensed,
)
from dragoman.read.date_words import Line, date_words

_DASHES = ("-", "–", "—", "‑")


@dataclass(frozen=True, slots=True)
class Range:
    """Two expressions and the index of the token after the second. One of them may lack the year."""

    first: Calendar
    last: Calendar
    end: int

    def years(self, last: Calendar) -> tuple[Calendar, Calendar]:
        """Both ends with a year: what one lacks the other gives, so that the first comes first."""
        first = self.first
        if first.year is None and last.year is not None:
            later = _place(first) > _place(last)
            return replace(first, year=last.year - later), last
        if last.year is None and first.year is not None:
            earlier = _place(last) < _place(first)
            return first, replace(last, year=first.year + earlier)
        return first, last


def range_at(line: Line, index: int) -> Range | None:
    """The range that begins at `index`, if one does."""
    opener = line.before(index)
    for rule in (_years, _days_month, _two):
        found = rule(line, index, opener)
        if found is not None and (found.first.year is None or found.first.possible) and found.last.possible:
            return found
    return None


def _place(calendar: Calendar) -> tuple[int, int]:
    return calendar.month or 0, calendar.day or 0


def _connector(line: Line, index: int, opener: str) -> int | None:
    """The index after a word or dash that joins the ends of a range."""
    word = line.near(index)
    words = {"and"} if opener == "between" else date_words().ranges
    return index + 1 if word in words or word in _DASHES else None


def _years(line: Line, index: int, opener: str) -> Range | None:
    """1993-1995, 2014-15, 2014/15; a hyphen and two digits only where a year is licensed."""
    year = year_at(line, index, dash=True) or (year_at(line, index) if line.glued(index + 1) != "/" else None)
    first = line.number(index)
    mark = line.glued(index + 1)
    if mark not in (*_DASHES, "/") or not begins(line, index) or not 1500 <= first <= 2100 or not line.glued(index + 2):
        return None
    digits = len(line.tokens[index + 2].text)
    second = line.number(index + 2)
    if digits == 4 and year is not None and opener not in date_words().page_words:
        last = year_at(line, index + 2)
        return Range(Calendar(first), Calendar(last[0]), last[1]) if last and first < last[0] else None
    if digits != 2 or second <= first % 100 or not ends_number(line, index + 3):
        return None
    licensed = year_licensed(line, index) and (mark != "-" or second > 12 or opener != "date")
    return Range(Calendar(first), Calendar(first // 100 * 100 + second), index + 3) if licensed else None


def _days_month(line: Line, index: int, opener: str) -> Range | None:
    """8-10 July 2025, from 8 to 10 July."""
    first = day_at(line, index, dash=True) if begins(line, index) else None
    after = _connector(line, first[1], opener) if first else None
    if first is None or after is None or not line.near(after):
        return None
    second = day_at(line, after)
    month = month_at(line, second[1]) if second and line.near(second[1]) else None
    found = _dayed(line, after) if month else None
    if found is None or found[0].month is None or found[0].day is None or first[0] >= found[0].day:
        return None
    return Range(replace(found[0], day=first[0], weekday=None), replace(found[0], weekday=None), found[1])


def _dayed(line: Line, index: int) -> tuple[Calendar, int] | None:
    """The calendar expression at `index` although a dash is glued before it."""
    tail = Line([line.tokens[index]._replace(gap=1), *line.tokens[index + 1 : index + 8]])
    found = calendar_at(tail, 0, licensed=True)
    return (found[0], found[1] + index) if found else None


def _two(line: Line, index: int, opener: str) -> Range | None:
    """Two full expressions, or a month and two days: July 8 to August 2, July 8-10, between March and May 2024."""
    found = calendar_at(line, index, licensed=opener in ("from", "between"))
    if found is None:
        return None
    first, end = found
    after = _connector(line, end, opener)
    if (
        after is None
        or not line.near(after)
        or not (opener in ("from", "between") or first.day or line.near(end) in _DASHES)
    ):
        return None
    second = _days_end(line, after, first) or _dayed(line, after)
    if second is None or _shape(second[0]) != _shape(first):
        return None
    return Range(replace(first, weekday=None), replace(second[0], weekday=None), second[1])


def _days_end(line: Line, index: int, first: Calendar) -> tuple[Calendar, int] | None:
    """The "10, 2025" of "July 8-10, 2025"."""
    day = day_at(line, index) if first.day and first.year is None else None
    if day is None or first.day is None or day[0] <= first.day or (line.near(day[1]) and month_at(line, day[1])):
        return None
    comma = line.near(day[1]) == ","
    year = year_at(line, day[1] + comma) if line.near(day[1] + comma) else None
    return Calendar(year[0] if year else None, first.month, day[0]), year[1] if year else day[1]


def _shape(calendar: Calendar) -> tuple[bool, bool]:
    return calendar.month is None, calendar.day is None
