"""The query language of search, read into a small tree. What a person types never reaches SQLite as it is.

    query   = both {"OR" both}
    both    = part {["AND"] part}
    part    = ["-" | "NOT"] (word | "phrase" | field:word | field:"phrase" | "(" query ")")

A star right after a word or phrase lets its end go on. Words without a letter or digit are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from dragoman.errors import QueryError, SettingsError
from dragoman.model import Act
from dragoman.ontology.plover import plover
from dragoman.record.dates import bounds
from dragoman.record.ngrams import Phrase, phrase

LENGTH = 2000
"""Characters that a query may have."""
PARTS = 100
"""Words, phrases and fields that a query may have."""
DEPTH = 8
"""Parentheses that may stand inside each other; the parser of FTS5 holds out a little longer."""

HOLDING = ("outlet", "source", "author")
"""Fields in which the words of the value must stand beside each other."""
NAMED = ("actor", "speaker", "language", "type", "act")
"""Fields that are the value."""
DATED = ("after", "before", "on")
FIELDS = ("title", *HOLDING, *NAMED, *DATED)


@dataclass(frozen=True, slots=True)
class Words:
    """A word or phrase of the title or the text, or of the title alone."""

    phrase: Phrase
    title: bool = False


@dataclass(frozen=True, slots=True)
class Holds:
    """A field of the document in which the words stand."""

    field: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Is:
    """A field of the document, or of something that was read from it, that has the value."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class When:
    """Publication after, before or on the days from `first` to `last`."""

    field: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    parts: tuple[Node, ...]


Node = Words | Holds | Is | When | Not | All | Some

_QUOTES = '"“”„«»'
_VALUE = rf"[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]\*?|[^\s(){_QUOTES}]"
_SIGN = re.compile(rf"(?P<open>\()|(?P<close>\))|(?P<minus>-)|(?P<field>[A-Za-z]+:(?:{_VALUE}*)?)|(?P<words>{_VALUE}+)")
_JOINING = {"OR": "or", "AND": "and", "NOT": "minus"}


@dataclass(frozen=True, slots=True)
class _Sign:
    kind: str
    text: str
    at: int


def parse(query: str) -> Node:
    """The tree of a query. Raises SettingsError, which tells the place, where it cannot be understood."""
    if len(query) > LENGTH:
        raise SettingsError(f"the query has {len(query):,} characters: it may have {LENGTH:,}")
    if surrogate := re.search("[\ud800-\udfff]", query):
        _refuse(query, surrogate.start(), "half of a surrogate pair stands here: take it out")
    signs = list(_signs(query))
    if not signs:
        raise SettingsError(
            'the query has no word to look for: write a word, a "phrase" or a field such as outlet:Post'
        )
    parser = _Parser(query, signs)
    node = parser.some()
    if left := parser.next():
        _refuse(query, left.at, "this parenthesis was never opened")
    return node


def positive(node: Node) -> Iterator[Words]:
    """The words and phrases that a document is shown for."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, All | Some):
        for part in node.parts:
            yield from positive(part)


class _Parser:
    def __init__(self, query: str, signs: list[_Sign]) -> None:
        self._query = query
        self._signs = signs
        self._at = 0
        self._depth = 0
        self._parts = 0

    def next(self) -> _Sign | None:
        return self._signs[self._at] if self._at < len(self._signs) else None

    def some(self) -> Node:
        parts = [self._all()]
        while self._takes("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def _all(self) -> Node:
        parts = [self._part()]
        while (sign := self.next()) and sign.kind not in ("or", "close"):
            self._takes("and")
            parts.append(self._part())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _part(self) -> Node:
        sign = self.next()
        if sign is None or sign.kind in ("or", "and", "close"):
            self._missing(sign)
        self._at += 1
        if sign.kind == "minus":
            if (after := self.next()) and after.kind == "minus":
                _refuse(self._query, after.at, "what is left out cannot be left out again: write one -")
            return Not(self._part())
        if sign.kind == "open":
            return self._group(sign)
        self._parts += 1
        if self._parts > PARTS:
            _refuse(self._query, sign.at, f"a query may have {PARTS} words, phrases and fields")
        if sign.kind == "field":
            return _field(self._query, sign)
        found = _phrase(self._query, sign.text, sign.at)
        if found is None:
            _refuse(self._query, sign.at, "there is no letter or digit to look for")
        return Words(found)

    def _group(self, opened: _Sign) -> Node:
        self._depth += 1
        if self._depth > DEPTH:
            _refuse(self._query, opened.at, f"at most {DEPTH} parentheses may stand inside each other")
        node = self.some()
        if not self._takes("close"):
            _refuse(self._query, opened.at, "this parenthesis is never closed")
        self._depth -= 1
        return node

    def _takes(self, kind: str) -> bool:
        sign = self.next()
        if sign is None or sign.kind != kind:
            return False
        self._at += 1
        return True

    def _missing(self, sign: _Sign | None) -> NoReturn:
        before = self._signs[self._at - 1] if self._at else None
        if before and before.kind in ("or", "and", "minus"):
            name = {"or": "OR", "and": "AND"}.get(before.kind, before.text)
            _refuse(self._query, before.at, f"{name} needs a word after it")
        if before and before.kind == "open":
            _refuse(self._query, before.at, "this parenthesis holds no word")
        assert sign is not None, "a query has a sign"
        if sign.kind == "close":
            _refuse(self._query, sign.at, "this parenthesis was never opened")
        _refuse(self._query, sign.at, f"{sign.text} needs a word before it")


def _signs(query: str) -> Iterator[_Sign]:
    at, before = 0, ""
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        found = _SIGN.match(query, at)
        if found is None or (found["field"] and query[found.end() : found.end() + 1] in tuple(_QUOTES)):
            _refuse(query, found.end() if found else at, "this quotation mark is never closed")
        kind, start, at = str(found.lastgroup), at, found.end()
        if kind == "minus" and (at == len(query) or query[at].isspace()):
            _refuse(query, start, "- stands alone: write -word to leave a word out, or take it away")
        if kind == "words":
            kind = _JOINING.get(found[0], kind)
        if kind != "words" or before == "minus" or _phrase(query, found[0], start):
            yield _Sign(kind, found[0], start)
            before = kind


def _phrase(query: str, text: str, at: int) -> Phrase | None:
    """A word or "phrase", as it was typed, that may end in a star."""
    inner = text.removesuffix("*")
    if inner[:1] in tuple(_QUOTES):
        inner = inner[1:-1]
    elif "*" in inner:
        _refuse(query, at + inner.index("*"), "* can only stand at the end of a word")
    return phrase(inner, beginning=text.endswith("*"))


def _field(query: str, sign: _Sign) -> Node:
    given, _, value = sign.text.partition(":")
    name, at = given.lower(), sign.at + len(given) + 1
    if name not in FIELDS:
        close = get_close_matches(name, FIELDS, 1)
        hint = f"did you mean {close[0]}:?" if close else f"there are {', '.join(FIELDS)}"
        _refuse(query, sign.at, f"there is no field {given}: - {hint}; put quotation marks around words with a colon")
    if not value:
        _refuse(query, sign.at, f"{given}: needs a value right after the colon")
    if name == "title" or name in HOLDING:
        found = _phrase(query, value, at)
        if found is None:
            _refuse(query, at, "there is no letter or digit to look for")
        return Words(found, title=True) if name == "title" else Holds(name, found)
    value = value.strip(_QUOTES).strip()
    if name in DATED:
        days = bounds(value)
        if days is None:
            _refuse(query, at, "this is not a date: write 2024, 2024-06 or 2024-06-23")
        return When(name, *days)
    if name in ("type", "act"):
        known = list(plover().types) if name == "type" else [act.value for act in Act]
        value = value.upper() if name == "type" else value.lower()
        if value not in known:
            close = get_close_matches(value, known, 1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
            _refuse(query, at, f"there is no such {name}: {hint}")
    return Is(name, value.lower() if name == "language" else value)


def _refuse(query: str, at: int, why: str) -> NoReturn:
    shown = query[at : at + 20] + ("..." if len(query) > at + 20 else "")
    raise QueryError(f"the query at character {at + 1}, {shown!r}: {why}", at)
