"""Expressions that name a day or a stretch as a phrase: "yesterday", "last week", "three days ago", "the 1990s"."""

from __future__ import annotations

from dragoman.model.edtf import written
from dragoman.read.calendar_dates import begins, month_at
from dragoman.read.date_anchor import Anchor, speaks_of_future
from dragoman.read.date_words import Line, date_words

Phrase = tuple[str, int]
"""An EDTF value and the index of the token after the phrase."""

_STEP = {"last": -1, "past": -1, "this": 0, "next": 1}
_ROUND_YEARS = 10
_SURE_MONTHS = range(3, 12)
_SEASON_MONTHS = range(3, 12)


def period_at(line: Line, index: int) -> Phrase | None:
    """A decade ("1990s") or a century ("19th century"), which need no publication date."""
    number = line.number(index)
    if number < 0 or (not begins(line, index) and line.before(index) != "-"):
        return None
    if 1500 <= number <= 2090 and number % 10 == 0 and len(line.tokens[index].text) == 4:
        after = index + 1 + (line.glued(index + 1) in ("'", "’"))
        if line.glued(after) == "s":
            return f"{number // 10}X", after + 1
    if 15 <= number <= 21 and line.glued(index + 1) in ("th", "st"):
        after = index + 2 + (line.glued(index + 2) == "-")
        if line.near(after) == "century":
            return f"{number - 1}XX", after + 1
    return None


def phrase_at(line: Line, index: int, anchor: Anchor) -> Phrase | None:
    """The phrase at `index` that means a date relative to the day of publication."""
    for rule in (_day, _last_night, _stepped, _end_of, _ago, _weekday):
        found = rule(line, index, anchor)
        if found is not None:
            return found
    return None


def _day(line: Line, index: int, anchor: Anchor) -> Phrase | None:
    """Today, yesterday, the day before yesterday; "today's" means nowadays, and "Today" in a sentence is a name."""
    words = date_words()
    token = line.tokens[index]
    if token.word == "day" and line.near(index + 1) in ("before", "after"):
        ends = {"before": ("yesterday", -2), "after": ("tomorrow", 2)}[line.near(index + 1)]
        value = anchor.ahead("day", ends[1]) if line.near(index + 2) == ends[0] else None
        return (value, index + 3) if value else None
    shift = words.days.get(token.word)
    if shift is None or (token.capital and not line.starts_sentence(index)):
        return None
    if token.word == "today" and line.glued(index + 1) in ("'", "’", "-"):
        return None
    value = anchor.ahead("day", shift)
    return (value, index + 1 + (line.near(index + 1) in words.day_parts)) if value else None


def _last_night(line: Line, index: int, anchor: Anchor) -> Phrase | None:
    word, part = line.tokens[index].word, line.near(index + 1)
    if part not in date_words().day_parts or ((word, part) != ("last", "night") and word != "this"):
        return None
    value = anchor.ahead("day", -1 if word == "last" else 0)
    return (value, index + 2) if value else None


def _stepped(line: Line, index: int, anchor: Anchor) -> Phrase | None:
    """Last week, this month, next June, last Friday; the past week, the last two months, the next ten days."""
    words = date_words()
    which = line.tokens[index].word
    step = _STEP.get(which)
    follower = line.near(index + 1)
    if step is None or not follower:
        return None
    if follower in words.weekdays and line.capital(index + 1) and which != "past":
        value = anchor.on_weekday(words.weekdays[follower], which, False)
        return (value, index + 2) if value else None
    if follower in words.units:
        rolling = which == "past" or (which == "last" and line.before(index) == "the")
        plain = follower == words.units[follower] and (follower != "day" or rolling)
        value = _unit(anchor, words.units[follower], step, rolling) if plain else None
        return (value, index + 2) if value else None
    if follower in words.seasons:
        sure = which == "this" and anchor.month in _SEASON_MONTHS and follower != "winter"
        return (written(anchor.year, words.seasons[follower]), index + 2) if sure else None
    if which != "past" and line.capital(index + 1):
        month = month_at(line, index + 1)
        value = _month(anchor, month[0], step) if month else None
        return (value, month[1]) if month and value else None
    count = words.numbers.get(follower, line.number(index + 1))
    unit = line.near(index + 2)
    if step == 0 or not 2 <= count <= 999 or unit not in words.units:
        return None
    value = anchor.stretch(words.units[unit], step * count)
    return (value, index + 3) if value else None


def _unit(anchor: Anchor, unit: str, step: int, rolling: bool) -> str | None:
    return anchor.stretch(unit, step) if rolling else anchor.ahead(unit, step)


def _month(anchor: Anchor, month: int, step: int) -> str | None:
    """ "Last June" in July may be this year's or the year before's: such months stay without a year."""
    if anchor.month is None:
        return None
    if step == 0:
        return written(anchor.year, month)
    distance = (step * (month - anchor.month)) % 12
    if distance not in _SURE_MONTHS and distance != 0:
        return written(None, month)
    over = distance == 0 or step * (month - anchor.month) < 0
    return written(anchor.year + step * over, month)


def _end_of(line: Line, index: int, anchor: Anchor) -> Phrase | None:
    """The end of the year, the start of the month: parts of a stretch never narrow it."""
    words = date_words()
    if line.tokens[index].word not in words.part_nouns or line.near(index + 1) != "of" or line.near(index + 2) != "the":
        return None
    unit = line.near(index + 3)
    if words.units.get(unit) != unit or unit == "day":
        return None
    value = anchor.ahead(unit, 0)
    return (value, index + 4) if value else None


def _ago(line: Line, index: int, anchor: Anchor) -> Phrase | None:
    """Three days ago, a year ago. Round tens of years, and "nearly" or "several" of anything, name no date."""
    words = date_words()
    count = words.numbers.get(line.tokens[index].word, line.number(index))
    unit = words.units.get(line.near(index + 1), "")
    if not unit or not 1 <= count <= 999 or line.near(index + 2) != "ago" or not begins(line, index):
        return None
    vague = line.before(index) in (
        "nearly",
        "almost",
        "about",
        "over",
        "than",
        "around",
        "some",
        "roughly",
        "approximately",
    )
    if vague or (unit == "year" and count >= _ROUND_YEARS and count % 5 == 0):
        return None
    value = anchor.ahead(unit, -count)
    return (value, index + 3) if value else None


def _weekday(line: Line, index: int, anchor: Anchor) -> Phrase | None:
    words = date_words()
    token = line.tokens[index]
    weekday = words.weekdays.get(token.word)
    before, follower = line.before(index), line.near(index + 1)
    if weekday is None or not token.capital or before in words.named_weekdays or follower in words.weekday_nouns:
        return None
    if line.capital(index + 1) and before not in words.weekday_prepositions:
        return None
    after = index + 1 + (follower in words.day_parts)
    value = anchor.on_weekday(weekday, "", speaks_of_future(line, index, after))
    return (value, after) if value else None
