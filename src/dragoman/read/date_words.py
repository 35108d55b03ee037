"""The words that dates are made of, from `ontology/data/date_words.json`, and lines of text cut into tokens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from dragoman.errors import OntologyError

_TOKEN = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+|[0-9]+|[^\W0-9_]+|[^\w\s]{4,}|[^\w\s]|_+")
_LONG_LINE = 4096


@dataclass(frozen=True, slots=True)
class DateWords:
    """The tables of `date_words.json`; all words are lower-cased."""

    months: Mapping[str, int]
    foreign_months: Mapping[str, int]
    """Names of other languages, which count only in a full date."""
    weekdays: Mapping[str, int]
    """Monday is 0."""
    short_weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    """EDTF seasons, 21 to 24."""
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    days: Mapping[str, int]
    """Days counted from the day of publication."""
    short_months: frozenset[str]
    doubtful_months: frozenset[str]
    """Months that are also names, verbs or adjectives."""
    day_parts: frozenset[str]
    parts: frozenset[str]
    part_nouns: frozenset[str]
    ranges: frozenset[str]
    firm_prepositions: frozenset[str]
    loose_prepositions: frozenset[str]
    year_prepositions: frozenset[str]
    weekday_prepositions: frozenset[str]
    determiners: frozenset[str]
    """What licenses a year or month before a noun: "the 2022 accord", "an August meeting"."""
    page_words: frozenset[str]
    counted: frozenset[str]
    """What follows a number that is an amount."""
    cabinet_nouns: frozenset[str]
    """What follows "the May" or "the March" that is no month."""
    named_weekdays: frozenset[str]
    weekday_nouns: frozenset[str]
    future: frozenset[str]
    past: frozenset[str]
    negations: frozenset[str]
    """What turns "until June" into the time when something did happen."""
    published_words: frozenset[str]
    updated_words: frozenset[str]
    header_words: frozenset[str]
    byline_words: frozenset[str]
    not_published: frozenset[str]
    own_text: frozenset[str]
    list_headings: frozenset[str]


@lru_cache(maxsize=1)
def date_words() -> DateWords:
    """The words, read once. Raises OntologyError when the file lacks a table or has an unknown one."""
    tables: dict[str, Any] = json.loads(
        files("dragoman.ontology").joinpath("data", "date_words.json").read_text("utf-8")
    )
    expected = {field.name for field in fields(DateWords)}
    if set(tables) != expected:
        wrong = ", ".join(sorted(set(tables) ^ expected))
        raise OntologyError(f"date_words.json: these tables are missing or unknown: {wrong}")
    frozen: dict[str, Any] = {
        name: frozenset(table) if isinstance(table, list) else table for name, table in tables.items()
    }
    return DateWords(**frozen)


@lru_cache(maxsize=1)
def _starters() -> frozenset[str]:
    words = date_words()
    named = (words.months, words.weekdays, words.short_weekdays, words.seasons, words.numbers, words.days)
    return frozenset().union(*named, words.part_nouns, ("last", "past", "this", "next", "day"))


class Token(NamedTuple):
    """A word, a number or a mark; `gap` is how many blanks stand between it and the token before it on its line."""

    start: int
    end: int
    text: str
    word: str
    gap: int

    @property
    def number(self) -> int:
        """Its value when it is at most four digits, else -1."""
        return int(self.text) if "0" <= self.text[0] <= "9" and len(self.text) <= 4 else -1

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


class Line:
    """The tokens of one line, and what rules ask about them. Indices out of range are answered, not refused."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def near(self, index: int) -> str:
        """The lower-cased word at `index` if it stands at most two blanks after the one before it, else ""."""
        return self.tokens[index].word if 0 <= index < len(self.tokens) and self.tokens[index].gap <= 2 else ""

    def glued(self, index: int) -> str:
        """The lower-cased word at `index` if nothing stands between it and the one before it, else ""."""
        return self.tokens[index].word if 0 < index < len(self.tokens) and self.tokens[index].gap == 0 else ""

    def before(self, index: int) -> str:
        """The lower-cased word before `index` if at most two blanks lie between, else ""."""
        return self.tokens[index - 1].word if 0 < index < len(self.tokens) and self.tokens[index].gap <= 2 else ""

    def number(self, index: int) -> int:
        """The number at `index`, or -1."""
        return self.tokens[index].number if 0 <= index < len(self.tokens) else -1

    def capital(self, index: int) -> bool:
        """Whether a capitalised word follows closely at `index`."""
        return bool(self.near(index)) and self.tokens[index].capital

    def may_start(self, index: int) -> bool:
        """Whether the token at `index` is a number or a word that a date expression can begin with."""
        token = self.tokens[index]
        return "0" <= token.text[0] <= "9" or token.word in _starters()

    def starts_sentence(self, index: int) -> bool:
        """Whether the token at `index` begins a line, a sentence or a quote."""
        return index == 0 or not self.tokens[index - 1].text[-1].isalnum()


def lines(text: str, start: int, end: int) -> Iterator[Line]:
    """The lines of `text[start:end]`; an endless one is cut at white space."""
    tokens: list[Token] = []
    last = start
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        broken = word[0].isspace() or word[0] in "\x1c\x1d\x1e\x85"
        gap = match.start() - last
        if tokens and (broken or (len(tokens) >= _LONG_LINE and gap) or len(tokens) >= 2 * _LONG_LINE):
            yield Line(tokens)
            tokens = []
        if not broken:
            tokens.append(Token(match.start(), match.end(), word, word.lower(), gap))
        last = match.end()
    if tokens:
        yield Line(tokens)
