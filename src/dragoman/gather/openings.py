"""How an article opens: the dateline and the byline, by their form."""

from __future__ import annotations

import re

from dragoman.gather.lexicon import stopwords

_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[A-Za-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_WORD = r"[A-Z][\w'’-]{1,24}"
_PLACE = rf"{_WORD}(?:[ /]{_WORD}){{0,3}}(?:, {_WORD}(?: {_WORD}){{0,2}})?"
_AGENCY = r"\([A-Z][^()\n]{1,40}\)"
_DASH = r"\s?(?:--|[–—]|-(?=\s|[A-Z“\"]))"
_CAPITALS = r"[A-Z][A-Z'’-]{1,24}"
_DATELINE = re.compile(
    rf"(?:{_AGENCY}{_DASH}"
    rf"|{_PLACE},? {_AGENCY}{_DASH}"
    rf"|{_PLACE}[,.] {_DAY}[,.]? (?:{_AGENCY}|/[^/\n]{{2,20}}/|[A-Z][A-Z.]{{2,20}})[.,:]?(?:{_DASH})?"
    rf"|{_PLACE}[,.] {_DAY}\s?[.:]?(?:{_DASH})"
    rf"|{_CAPITALS}(?:[ /]{_CAPITALS}){{0,3}}(?:, {_WORD}){{0,2}}(?:\s?(?:--|[–—])|:(?=\s+[A-Z“\"])| -(?=\s+[A-Z“\"])))"
)
_TITLE = r"(?:Dr|Prof|Mr|Mrs|Ms|Sir|Lt|Col|Gen|Amb)\.? "
_ALSO_NAMES = frozenset({"will", "may"})
_SKIP = rf"(?!(?:{'|'.join(sorted(word.capitalize() for word in stopwords()['en'] - _ALSO_NAMES))})\b)"
_NAME_WORD = rf"{_SKIP}[A-ZÀ-Þ][\w'’-]{{0,24}}\.?"
_NAME = rf"(?:{_TITLE})?{_NAME_WORD}(?: (?:(?:de|van|von|der|bin|al|el|la) )?{_NAME_WORD}){{1,3}}"
_WRITTEN = (
    r"(?:(?i:written by|story by|read by|words by|report by|interview by|by|von|par|por|author|text)(?::\s?|\s)|"
    r"(?i:interview|words|автор|auteur|autor|yazan|müəllif): ?)"
)
_BYLINE = re.compile(rf"{_WRITTEN}(?P<name>{_NAME}(?:(?:, | and | & ){_NAME}){{0,3}})")


def dateline(text: str) -> int:
    """Length of the dateline at the start of `text`: "(Agency) --", "CITY, July 8 (Agency)"; 0 where there is none."""
    found = _DATELINE.match(text[:200])
    return found.end() if found else 0


def byline(text: str) -> tuple[int, str] | None:
    """Length of the byline at the start of `text` ("By Ann Example") and the names in it."""
    found = _BYLINE.match(text[:300])
    return (found.end(), found["name"]) if found else None
