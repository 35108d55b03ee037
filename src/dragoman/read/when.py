"""When: the date expressions of a text as EDTF, and (see `published`) the date of the document itself.

The rules are our own and look at a few words around each candidate, so the time is linear in the text. What they will
not do is invent: a month and day get a year only beside the publication date; vague spans ("several years ago") and
spans that hang on another date ("two years later") are no mentions; 07/08/2025, which half the world reads as July and
half as August, is the year 2025 alone. "Late June" is June, and "early 2024" is 2024: a part never narrows its whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.model import Span
from dragoman.model.edtf import edtf_bounds, has_day, is_edtf
from dragoman.read.calendar_dates import Calendar, begins, calendar_at
from dragoman.read.date_anchor import Anchor, speaks_of_future
from dragoman.read.date_ranges import Range, range_at
from dragoman.read.date_words import Line, date_words, lines
from dragoman.read.publication import published
from dragoman.read.relative_dates import period_at, phrase_at

__all__ = ["DateMention", "dates", "edtf_bounds", "has_day", "is_edtf", "published"]

_NEGATION_REACH = 4


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression, `text[start:end]` without the preposition or article before it, and what it means."""

    start: int
    end: int
    value: str
    """EDTF: a date, an interval, or "XXXX-06-23" where the year is not known."""
    basis: str
    """ "text" when the words alone say it, "relative" when it took the publication date."""


@dataclass(frozen=True, slots=True)
class _Read:
    """An expression between two tokens of a line and its value."""

    end: int
    value: str
    basis: str


def dates(text: str, spans: Sequence[Span], published: str | None) -> tuple[DateMention, ...]:
    """The date expressions of `text` within `spans`, in order and without overlap.

    `published` is the document's publication date as EDTF, or None. With it, a month and day are the nearest such date
    (within 183 days, and not more than 31 ahead unless the sentence speaks of the future), a weekday the latest up to
    publication (or the next one in a sentence about the future). Without it they stay "XXXX-06-23", or no mention.
    "Since 2014" opens its interval: "2014/.."; "until 2030" is "../2030". Weeks are those of ISO 8601, from Monday.
    """
    anchor = Anchor.of(published)
    mentions: list[DateMention] = []
    last = 0
    for start, end in sorted(spans):
        start, end = max(start, last, 0), min(end, len(text))
        for line in lines(text, start, end):
            mentions.extend(_mentions(line, anchor))
        last = max(last, end)
    return tuple(mentions)


def _mentions(line: Line, anchor: Anchor | None) -> Iterator[DateMention]:
    index = free = 0
    while index < len(line.tokens):
        found = _read(line, index, anchor)
        if found is None:
            index += 1
            continue
        first = _part_start(line, index, free)
        value = _opened(line, first, found.value)
        if is_edtf(value):  # next to the first and the last year of the calendar there may be none
            yield DateMention(line.tokens[first].start, line.tokens[found.end - 1].end, value, found.basis)
        index = free = found.end


def _read(line: Line, index: int, anchor: Anchor | None) -> _Read | None:
    if not line.may_start(index):
        return None
    period = period_at(line, index)
    if period is not None:
        return _Read(period[1], period[0], "text")
    span = range_at(line, index)
    if span is not None:
        found = _resolve_range(line, index, span, anchor)
        if found is not None:
            return found
    calendar = calendar_at(line, index)
    if calendar is not None:
        return _resolve(line, index, calendar, anchor)
    phrase = phrase_at(line, index, anchor) if anchor and begins(line, index) else None
    return _Read(phrase[1], phrase[0], "text" if phrase[0].startswith("XXXX") else "relative") if phrase else None


def _resolve(line: Line, index: int, found: tuple[Calendar, int], anchor: Anchor | None) -> _Read:
    calendar, end = found
    if calendar.year is not None:
        return _Read(end, calendar.edtf, "text")
    stepped = _stepped_year(line, end, anchor)
    if stepped is not None:
        year, end = stepped
        dated = Calendar(year, calendar.month, calendar.day)
        return _Read(end, dated.edtf, "relative") if dated.possible else _Read(found[1], calendar.edtf, "text")
    value = anchor.resolve(calendar, speaks_of_future(line, index, end)) if anchor else calendar.edtf
    return _Read(end, value, "text" if value.startswith("XXXX") else "relative")


def _stepped_year(line: Line, index: int, anchor: Anchor | None) -> tuple[int, int] | None:
    """The year of "June last year", "8 July of this year"."""
    index += line.near(index) == "of"
    step = {"last": -1, "this": 0, "next": 1}.get(line.near(index))
    if anchor is None or step is None or line.near(index + 1) != "year":
        return None
    return anchor.year + step, index + 2


def _resolve_range(line: Line, index: int, span: Range, anchor: Anchor | None) -> _Read | None:
    """The interval of a range, its years taken from one another or the anchor; for days without a year the month."""
    first, last = span.first, span.last
    basis = "text"
    if last.year is None and first.year is None:
        value = anchor.resolve(last, speaks_of_future(line, index, span.end)) if anchor else last.edtf
        if value.startswith("XXXX"):
            same = first.month == last.month and last.day is not None
            return _Read(span.end, Calendar(None, last.month).edtf, "text") if same else None
        last, basis = Calendar(int(value[:4]), last.month, last.day), "relative"
    value = "/".join(side.edtf for side in span.years(last))
    return _Read(span.end, value, basis) if is_edtf(value) else None


def _part_start(line: Line, index: int, free: int) -> int:
    """Where the expression begins with its "late", "mid-" or "end of", not before the token `free`."""
    words = date_words()
    if index - 1 >= free and line.before(index) in words.parts:
        return index - 1
    if index - 2 >= free and line.before(index) == "-" and line.before(index - 1) == "mid":
        return index - 2
    of = index - 1 - (line.before(index) == "the")
    if of - 1 >= free and line.before(of + 1) == "of" and line.before(of) in words.part_nouns:
        return of - 1
    return index


def _opened(line: Line, first: int, value: str) -> str:
    """The value with an open side after "since" and "until"."""
    before = line.before(first)
    if before == "the":
        before = line.before(first - 1)
        first -= 1
    if "X" in value or before not in ("since", "until", "till"):
        return value
    if before == "since":
        return f"{value.partition('/')[0]}/.." if not value.startswith("..") else value
    denied = any(
        line.before(near) in date_words().negations for near in range(first - 1, first - 1 - _NEGATION_REACH, -1)
    )
    return value if denied else f"../{value.rpartition('/')[2]}"
