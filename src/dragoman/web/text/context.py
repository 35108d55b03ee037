"""Words with some of the text around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.model import Document, Span
from dragoman.web.text.pieces import Mark, Piece, pieces

AROUND = 320
"""Characters before and behind the words, about."""


@dataclass(frozen=True, slots=True)
class Context:
    """A part of a document in pieces; the words have the layer "here"."""

    pieces: tuple[Piece, ...]
    more_before: bool
    more_behind: bool


def context(document: Document, words: Span, marks: Iterable[Mark] = ()) -> Context:
    """The words with what stands around them, from the beginning of a word to the end of one."""
    start, end = words
    low, high = _low(document.text, start), _high(document.text, end)
    here = Mark(start, end, "here")
    return Context(pieces(document.text, low, high, (here, *marks)), low > 0, high < len(document.text))


def _low(text: str, start: int) -> int:
    low = max(0, start - AROUND)
    if low == 0:
        return 0
    paragraph = text.find("\n", low, start)
    space = text.find(" ", low, start)
    found = paragraph if 0 <= paragraph < low + AROUND // 3 else space
    low = found + 1 if found >= 0 else low
    return start - len(text[low:start].lstrip())


def _high(text: str, end: int) -> int:
    high = min(len(text), end + AROUND)
    if high == len(text):
        return high
    found = text.rfind(" ", end, high)
    return found if found >= 0 else high
