"""What a sentence names: words in quotation marks, dates, numbers and names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from dragoman.brief.wording import words
from dragoman.ontology.fold import fold

_QUOTED = re.compile(r"“([^“”]*)”|\"([^\"]*)\"|«([^«»]*)»|„([^„“”]*)[“”]")
_UNPAIRED = re.compile('[“”«»„"]')
_NUMBER = re.compile(r"(?<![\w.,-])[+-]?\d[\d,]*(?:\.\d+)?(?![\w-])")
_WORD = re.compile(r"[^\W\d_](?:[\w.]*(?:['’-]\w+)*\w)?")
_MARKS = str.maketrans("", "", "\"“”„‟«»'‘’‚‛`")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names."""

    quotes: tuple[tuple[str, ...], ...]
    """The words of each quotation, parted where an ellipsis stands for others, as `plain` gives them."""
    dates: tuple[str, ...]
    """EDTF: the year is XXXX where the text has none."""
    numbers: tuple[float, ...]
    counts: tuple[float, ...]
    """Numbers of those who tell of something, "two independent sources"; they are among no others."""
    names: tuple[str, ...]
    """Words with a capital, without the ending 's."""
    begins: tuple[str, ...]
    """Those at the beginning of a sentence, which have a capital whatever they are."""
    unpaired: bool
    """Whether a quotation mark has no other."""


def named(text: str) -> Named:
    """What a sentence says that its evidence must have. Numbers are in digits or words; "one" is none."""
    quotes = tuple(tuple(_pieces(next(filter(None, match.groups()), ""))) for match in _QUOTED.finditer(text))
    outside = _QUOTED.sub(" ; ", text)
    dates, rest = dates_in(outside)
    tokens = list(_WORD.finditer(rest))
    capital = [match for match in tokens if match[0][0].isupper() and match[0] not in _calendar()]
    starts = [match for match in capital if _opens(rest, match.start())]
    names = tuple(dict.fromkeys(_POSSESSIVE.sub("", match[0]) for match in capital if match not in starts))
    begins = tuple(dict.fromkeys(_POSSESSIVE.sub("", match[0]) for match in starts))
    counts = tuple(number for match in _counts().finditer(rest) for number in numbers_in(match[1]))
    numbers = numbers_in(_counts().sub(" ; ", rest))
    return Named(quotes, dates, numbers, counts, names, begins, bool(_UNPAIRED.search(outside)))


def plain(text: str) -> str:
    """Words as quotations are compared: on one line, without case and without quotation marks."""
    return " ".join((fold(text.translate(_MARKS)) or "").split())


def dates_in(text: str) -> tuple[tuple[str, ...], str]:
    """The dates that a text writes with a month's name, in ISO form or as a year alone, and the text without them."""
    found: list[str] = []

    def take(read: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
        def replace(match: re.Match[str]) -> str:
            found.append(read(match))
            return " ; "

        return replace

    for pattern, read in _patterns():
        text = pattern.sub(take(read), text)
    return tuple(dict.fromkeys(found)), text


def numbers_in(text: str) -> tuple[float, ...]:
    """The numbers of a text without its dates; words are understood from two on."""
    digits = [float(match[0].replace(",", "").rstrip(".")) for match in _NUMBER.finditer(text)]
    small = {word: float(number) for number, word in enumerate(words().numbers) if number > 1}
    return tuple(
        dict.fromkeys([*digits, *(small[word] for word in re.findall(r"[a-z]+", text.lower()) if word in small)])
    )


def words_in(text: str) -> frozenset[str]:
    """The words of a text as names are compared."""
    found = {fold(_POSSESSIVE.sub("", match[0])) or "" for match in _WORD.finditer(text)}
    return frozenset(found | {part for word in found for part in re.split(r"[-.]", word)} - {""})


def _pieces(quote: str) -> list[str]:
    pieces = (plain(part).strip(" ,;:.") for part in re.split(r"…|\.\.\.|\[[^\]]*\]", quote))
    return [piece for piece in pieces if piece]


def _opens(text: str, at: int) -> bool:
    """Whether a word stands at the beginning, or behind a stop."""
    before = text[:at].rstrip(" (“‘'\"")
    return not before or before[-1] in ".!?;:"


@lru_cache(maxsize=1)
def _calendar() -> frozenset[str]:
    return frozenset((*words().months, *words().weekdays))


@lru_cache(maxsize=1)
def _counts() -> re.Pattern[str]:
    return re.compile(
        rf"\b(\d[\d,]*|{'|'.join(words().numbers)}) (?:{'|'.join(sorted(words().counted))})\b", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]:
    months = {month: number for number, month in enumerate(words().months, 1)}
    month = "|".join(words().months)
    season = {name: number for number, name in words().seasons.items()}

    def written(match: re.Match[str]) -> str:
        parts = match.groupdict()
        year, day = parts.get("year") or "XXXX", parts.get("day")
        return f"{year}-{months[match['month']]:02}" + (f"-{int(day):02}" if day else "")

    patterns: list[tuple[str, Callable[[re.Match[str]], str]]] = [
        (r"\b\d{4}-\d{2}(?:-\d{2})?\b", lambda match: match[0]),
        (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{month})(?:,? (?P<year>\d{{4}}))?\b", written),
        (rf"\b(?P<month>{month}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,? (?P<year>\d{{4}}))?\b", written),
        (rf"\b(?P<month>{month}) (?P<year>\d{{4}})\b", written),
        (rf"\b({'|'.join(season)}) (\d{{4}})\b", lambda match: f"{match[2]}-{season[match[1]]}"),
        (r"\b(\d{3})0s\b", lambda match: f"{match[1]}X"),
        (r"(?<![\w.,-])[12]\d{3}(?![\w,.]*\d|\w|-)", lambda match: match[0]),
    ]
    return tuple((re.compile(pattern), read) for pattern, read in patterns)
