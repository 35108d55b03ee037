"""Calendar expressions: what a run of words says about year, month, day and weekday, before any year is resolved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dragoman.model.edtf import is_edtf, written
from dragoman.read.date_words import Line, date_words

_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_DASHES = ("-", "–", "—", "‑")
_OPENERS = "([{\"“”„'‘’«‹|•·>*—…"
_LIST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the words say. A month of 21 to 24 is a season; a numeric date with two readings has its year alone."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    @property
    def edtf(self) -> str:
        """As EDTF, with "XXXX" for a year that the words do not give."""
        return written(self.year, self.month, self.day)

    @property
    def possible(self) -> bool:
        """Whether such a day is on the calendar."""
        return is_edtf(self.edtf)


Found = tuple[Calendar, int]
"""An expression and the index of the token after it."""


def calendar_at(line: Line, index: int, licensed: bool = False) -> Found | None:
    """The longest calendar expression that begins at `index`.

    A year or a bare month of doubtful meaning ("May") counts only where the words before it license it, or with
    `licensed`.
    """
    for rule in (_weekday_date, _numeric, _day_month, _month_day):
        found = rule(line, index)
        if found is not None:
            return found if found[0].possible else None
    undated: tuple[Callable[[Line, int, bool], Found | None], ...] = (_month, _season, _year)
    for undated_rule in undated:
        found = undated_rule(line, index, licensed)
        if found is not None:
            return found
    return None


def day_at(line: Line, index: int, dash: bool = False) -> tuple[int, int] | None:
    """The day of a month at `index`, and the index after it; with `dash` another number may follow a dash."""
    day = line.number(index)
    if not 1 <= day <= 31 or len(line.tokens[index].text) > 2:
        return None
    after = index + 1
    if line.glued(after) in ("st", "nd", "rd", "th"):
        after += 1
    return (day, after) if ends_number(line, after, dash) else None


def year_at(line: Line, index: int, dash: bool = False) -> tuple[int, int] | None:
    """The year at `index`, and the index after it; amounts and parts of longer numbers are none."""
    year = line.number(index)
    if not _FIRST_YEAR <= year <= _LAST_YEAR or not ends_number(line, index + 1, dash):
        return None
    return year, index + 1


def month_at(line: Line, index: int) -> tuple[int, int] | None:
    """The month named at `index`, and the index after it and the full stop of its short form."""
    words = date_words()
    month = words.months.get(line.near(index) if index else line.tokens[0].word)
    if month is None:
        return None
    short = line.tokens[index].word in words.short_months and line.glued(index + 1) == "."
    return month, index + 1 + short


def begins(line: Line, index: int) -> bool:
    """Whether the token at `index` does not continue a longer number, name or address."""
    return not line.glued(index) or line.tokens[index - 1].text[-1] in _OPENERS


def year_licensed(line: Line, index: int) -> bool:
    """Whether the words before a four-digit number say that it is a year; in a list, those before its first."""
    for _ in range(_LIST_STEPS):
        if _year_prepared(line, index):
            return True
        if line.before(index) not in (",", "and", "or", "&") or year_at(line, index - 2) is None:
            return False
        index -= 2
    return False


def ends_number(line: Line, after: int, dash: bool = False) -> bool:
    """Whether a number ends before `after` and is no amount; with `dash` another number may follow a dash."""
    mark = line.glued(after)
    if mark and (mark[0].isalpha() or mark in ("%", "$", "€", "°", "_", "@", "+", "=", "#")):
        return False
    if (
        mark in (".", ",", ":", "/")
        and line.glued(after + 1)[:1].isalnum()
        and (mark != "." or _digit(line, after + 1))
    ):
        return False
    if mark in _DASHES and not dash and line.glued(after + 1)[:1].isalnum():
        return False
    return line.near(after) not in date_words().counted


def _digit(line: Line, index: int) -> bool:
    return line.glued(index)[:1].isdigit()


def _weekday_date(line: Line, index: int) -> Found | None:
    words = date_words()
    word = line.tokens[index].word
    weekday = words.weekdays.get(word, words.short_weekdays.get(word))
    if weekday is None:
        return None
    after = index + 1
    if line.glued(after) == "." and word in words.short_weekdays:
        after += 1
    if line.near(after) == ",":
        after += 1
    if line.near(after) == "the":
        after += 1
    if not line.near(after):
        return None
    for rule in (_numeric, _day_month, _month_day):
        found = rule(line, after)
        if found is not None and found[0].day is not None:
            return replace(found[0], weekday=weekday), found[1]
    return None


def _numeric(line: Line, index: int) -> Found | None:
    """2025-07-08, 2025/07/08, 08.07.2025, 8-Jul-2025, 23/07/2025; dots are day first; 07/08/2025 is its year."""
    mark = line.glued(index + 1)
    if mark not in ("-", ".", "/", "‑") or line.glued(index + 3) not in (mark, "") or not begins(line, index):
        return None
    first, second, third = line.number(index), line.number(index + 2), line.number(index + 4)
    lengths = [len(token.text) for token in line.tokens[index : index + 5 : 2]]
    if not line.glued(index + 2):
        return None
    named = date_words().months.get(line.glued(index + 2), -1)
    if lengths[:2] == [4, 2] and mark == "-" and not line.glued(index + 3):
        return _year_month(line, first, second, index)
    if not line.glued(index + 4) or not _ends_numeric(line, index + 5):
        return None
    if lengths[0] == 4 and max(lengths[1:]) <= 2 and min(second, third) > 0:
        return Calendar(first, second, third), index + 5
    if len(lengths) < 3 or lengths[2] != 4 or lengths[0] > 2 or third < _FIRST_YEAR or third > _LAST_YEAR:
        return None
    if named > 0:
        return Calendar(third, named, first), index + 5
    if lengths[1] > 2:
        return None
    if mark == "." or first > 12 or first == second:
        return Calendar(third, second, first), index + 5
    if second > 12:
        return Calendar(third, first, second), index + 5
    return (Calendar(third), index + 5) if min(first, second) > 0 else None


def _year_month(line: Line, year: int, month: int, index: int) -> Found | None:
    """2025-02 is a month; 2005-08 may be four years, and is left to ranges."""
    if not 1 <= month <= 12 or month > year % 100 > 0 or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return (Calendar(year, month), index + 3) if ends_number(line, index + 3) else None


def _ends_numeric(line: Line, after: int) -> bool:
    mark = line.glued(after)
    if mark == "t" or mark in _DASHES:
        return _digit(line, after + 1)
    if mark == "г":
        return True
    return not mark or not (mark.isalnum() or mark in "_%$€@#/" or (mark in ".,:" and _digit(line, after + 1)))


def _day_month(line: Line, index: int) -> Found | None:
    words = date_words()
    day = day_at(line, index) if begins(line, index) else None
    if day is None:
        return None
    after = day[1]
    if line.near(after) in ("of", "de"):
        after += 1
    foreign = words.foreign_months.get(line.near(after))
    month = month_at(line, after) if line.near(after) and not line.glued(after) else None
    if month is None:
        if foreign is None:
            return None
        of = line.near(after + 1) == "de"
        year = year_at(line, after + 1 + of, dash=True) if line.near(after + 1 + of) else None
        return (Calendar(year[0], foreign, day[0]), year[1]) if year else None
    year = _year_tail(line, month[1])
    if not line.capital(after) and year is None and line.tokens[after].word in words.doubtful_months:
        return None
    return Calendar(year[0] if year else None, month[0], day[0]), year[1] if year else month[1]


def _month_day(line: Line, index: int) -> Found | None:
    words = date_words()
    month = month_at(line, index) if begins(line, index) else None
    if month is None or not line.near(month[1]):
        return None
    after = month[1] + (line.near(month[1]) == "the")
    day = day_at(line, after, dash=True) if line.near(after) and not line.glued(after) else None
    if day is None:
        return None
    year = _year_tail(line, day[1])
    if not line.tokens[index].capital and (year is None or line.tokens[index].word in words.doubtful_months):
        return None
    return Calendar(year[0] if year else None, month[0], day[0]), year[1] if year else day[1]


def _year_tail(line: Line, after: int) -> tuple[int, int] | None:
    if line.near(after) in (",", "of"):
        after += 1
    return year_at(line, after, dash=True) if line.near(after) and not line.glued(after) else None


def _month(line: Line, index: int, licensed: bool) -> Found | None:
    month = month_at(line, index) if begins(line, index) or line.before(index) in _DASHES else None
    if month is None:
        return None
    year = _year_tail(line, month[1])
    token = line.tokens[index]
    if year is not None and (token.capital or token.word not in date_words().doubtful_months):
        return Calendar(year[0], month[0]), year[1]
    if not token.capital or not (licensed or _month_licensed(line, index, month[1])):
        return None
    return Calendar(None, month[0]), month[1]


def _month_licensed(line: Line, index: int, after: int) -> bool:
    words = date_words()
    word, before = line.tokens[index].word, line.before(index)
    if word in words.short_months and word not in ("sept",):
        return False
    if word not in words.doubtful_months:
        return True
    if line.glued(after) in ("'", "’"):
        return False
    if before in words.firm_prepositions:
        return True
    if before in ("and", "or") and index >= 2 and line.near(index - 2) in words.months:
        return True
    follower = line.near(after)
    if follower in ("last", "this", "next") and line.near(after + 1) == "year":
        return True
    if before in words.determiners:
        return follower.isalpha() and not line.capital(after) and follower not in words.cabinet_nouns
    return before in words.loose_prepositions and not line.capital(after)


def _season(line: Line, index: int, licensed: bool) -> Found | None:
    season = date_words().seasons.get(line.tokens[index].word)
    year = _year_tail(line, index + 1) if season else None
    return (Calendar(year[0], season), year[1]) if year else None


def _year(line: Line, index: int, licensed: bool) -> Found | None:
    hyphened = line.glued(index) != "" and line.before(index) == "-" and line.before(index - 1) == "mid"
    if not begins(line, index) and not hyphened:
        return None
    year = year_at(line, index)
    if year is None or not (licensed or hyphened or year_licensed(line, index)):
        return None
    return Calendar(year[0]), year[1]


def _year_prepared(line: Line, index: int) -> bool:
    words = date_words()
    before, follower = line.before(index), line.near(index + 1)
    if before in words.year_prepositions or (before == "of" and line.before(index - 1) == "as"):
        return True
    if before == "(":
        return line.near(index + 1) == ")"
    possessive = before == "s" and line.before(index - 1) in ("'", "’")
    return follower.isalpha() and (possessive or before in words.determiners)
