"""The publication date as an anchor: which year a bare month means, which day "Friday" is, what "last month" was."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta

from dragoman.model.edtf import edtf_bounds, written
from dragoman.read.calendar_dates import Calendar
from dragoman.read.date_words import Line, date_words

_NEAREST = 183
_AHEAD = 31
"""Days that a date may lie ahead without a word about the future."""
_WEEKDAY_REACH = 366
_BEHIND_MONTHS = 8
_CUE_REACH = 25
_LAST_SAFE_YEAR = 9990


@dataclass(frozen=True, slots=True)
class Anchor:
    """When the document was published, as exactly as that is known."""

    year: int
    month: int | None = None
    day: date | None = None

    @staticmethod
    def of(published: str | None) -> Anchor | None:
        """The anchor of an EDTF date with a known year, or None."""
        bounds = edtf_bounds(published) if published and "/" not in published else None
        if published is None or bounds is None or not published[:4].isdigit() or int(published[:4]) > _LAST_SAFE_YEAR:
            return None
        first, last = bounds
        same = first == last
        return Anchor(
            int(published[:4]),
            int(first[5:7]) if first[:7] == last[:7] else None,
            date.fromisoformat(first) if same else None,
        )

    def resolve(self, found: Calendar, future: bool) -> str:
        """The EDTF value of an expression without a year; the year stays "XXXX" where the words do not license one."""
        if found.month is None or found.month > 12:
            return found.edtf
        if found.day is None:
            return self._month(found.month, future)
        chosen = _nearest(self.day, found.month, found.day, found.weekday, future) if self.day else None
        return chosen.isoformat() if chosen else found.edtf

    def _month(self, month: int, future: bool) -> str:
        if self.month is None:
            return written(None, month)
        behind = (self.month - month) % 12
        if future and behind:
            return written(self.year + (month < self.month), month)
        if behind <= _BEHIND_MONTHS:
            return written(self.year - (month > self.month), month)
        return written(None, month)

    def ahead(self, unit: str, count: int) -> str | None:
        """The calendar day, ISO week, month or year that lies `count` units ahead (behind when negative)."""
        if unit == "year":
            year = self.year + count
            return written(year) if year >= MINYEAR else None
        if unit == "month":
            if self.month is None:
                return None
            year, month = divmod(self.year * 12 + self.month - 1 + count, 12)
            return written(year, month + 1) if year >= MINYEAR else None
        if self.day is None or self.year <= MINYEAR:
            return None
        if unit == "week":
            monday = self.day + timedelta(weeks=count, days=-self.day.weekday())
            return f"{monday}/{monday + timedelta(days=6)}"
        return (self.day + timedelta(days=count)).isoformat()

    def stretch(self, unit: str, count: int) -> str | None:
        """The stretch of `count` units up to publication, or from it on, as an interval at the unit's precision."""
        if unit == "week":
            unit, count = "day", count * 7
        here, there = self.ahead(unit, 0), self.ahead(unit, count)
        if here is None or there is None:
            return None
        return f"{there}/{here}" if count < 0 else f"{here}/{there}"

    def on_weekday(self, weekday: int, which: str, future: bool) -> str | None:
        """The day that a weekday means: the latest up to publication, the next where the words speak of the future.

        With `which`, "last" is before the day of publication, "next" in the following ISO week, "this" in the same one.
        """
        if self.day is None or self.year <= MINYEAR:
            return None
        monday = self.day - timedelta(days=self.day.weekday())
        if which == "next":
            return (monday + timedelta(days=7 + weekday)).isoformat()
        if which == "this":
            return (monday + timedelta(days=weekday)).isoformat()
        if which == "last":
            behind = (self.day.weekday() - weekday - 1) % 7 + 1
            return (self.day - timedelta(days=behind)).isoformat()
        if future:
            return (self.day + timedelta(days=(weekday - self.day.weekday()) % 7)).isoformat()
        return (self.day - timedelta(days=(self.day.weekday() - weekday) % 7)).isoformat()


def _nearest(anchor: date, month: int, day: int, weekday: int | None, future: bool) -> date | None:
    """The day that `month` and `day` mean: one that falls on `weekday`, or the nearest; None where none is likely."""
    near = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        with suppress(ValueError):
            near.append(date(year, month, day))
    near.sort(key=lambda candidate: abs((candidate - anchor).days))
    if weekday is not None:
        reach = (c for c in near if c.weekday() == weekday and abs((c - anchor).days) <= _WEEKDAY_REACH)
        return next(reach, None)
    if not near or abs((near[0] - anchor).days) > _NEAREST:
        return None
    return near[0] if future or (near[0] - anchor).days <= _AHEAD else None


def speaks_of_future(line: Line, start: int, end: int) -> bool:
    """Whether the nearest cue of time before the expression in its sentence, or else after it, is one of the future."""
    words = date_words()
    before = range(start - 1, max(-1, start - _CUE_REACH - 1), -1)
    after = range(end, min(len(line.tokens), end + _CUE_REACH))
    for indices in (before, after):
        for index in indices:
            word = line.tokens[index].word
            if word in (".", "!", "?", ";") and not line.glued(index + 1):
                break
            if word in words.future:
                return True
            if word in words.past and line.near(index - 1) != "be":
                return False
    return False
