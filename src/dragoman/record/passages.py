"""The part of a text that a hit is shown with, and where in it, or in a title, the words stand."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.model import Span
from dragoman.record.ngrams import Folded

WIDTH = 240
"""Code points of a passage, about."""
MOST = 1000
"""Places of one word in one text that are looked at."""
_WORD = 30
"""How far from where a passage would be cut the gap between two words is looked for."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document's text."""

    start: int
    """Where it stands: it is `text[start : start + len(passage.text)]` of the document."""
    text: str
    spans: tuple[Span, ...]
    """What was looked for, as code points of the document's text, in order and apart."""
    goes_on: bool
    """Whether more of the document's text follows."""


Place = tuple[int, int, int]
"""Start and end in the original, and which pattern is found there."""


def _found(folded: Folded, patterns: list[str]) -> list[Place]:
    found = []
    for number, pattern in enumerate(patterns):
        for count, match in enumerate(re.finditer(pattern, folded.text)):
            if count == MOST:
                break
            found.append((*folded.span(*match.span()), number))
    return sorted(found)


def places(text: str, patterns: list[str]) -> tuple[Span, ...]:
    """Where these patterns of folded text stand in `text`, in order and apart."""
    return _apart(_found(Folded(text), patterns))


def passage(text: str, beginning: int, patterns: list[str]) -> Passage:
    """The passage of `text` in which most of the patterns stand together; where none does, the one at `beginning`."""
    found = _found(Folded(text), patterns) if patterns else []
    if not found:
        start = beginning
        start += len(text[start : start + WIDTH]) - len(text[start : start + WIDTH].lstrip())
        end = _cut(text, start + WIDTH)
        return Passage(start, text[start:end].rstrip(), (), bool(text[end:].strip()))
    first, last = _densest(found)
    low, high = found[first][0], found[last][1]
    start = _cut(text, max(low - min(max(WIDTH - (high - low), 0) // 2, WIDTH // 4), 0))
    end = min(max(_cut(text, start + WIDTH), high), start + 4 * WIDTH)
    inside = [(low, min(high, end), number) for low, high, number in found if low >= start and low < end]
    return Passage(start, text[start:end], _apart(inside), bool(text[end:].strip()))


def _densest(places: list[Place]) -> tuple[int, int]:
    """The first and the last of the places, not farther apart than a passage, that show most of what was looked for."""
    best, chosen = (0, 0), (0, 0)
    inside: Counter[int] = Counter()
    first = 0
    for last, (_, end, number) in enumerate(places):
        inside[number] += 1
        while end - places[first][0] > WIDTH and first < last:
            inside[places[first][2]] -= 1
            first += 1
        score = (len(+inside), last - first)
        if score > best:
            best, chosen = score, (first, last)
    return chosen


def _apart(places: Iterable[Place]) -> tuple[Span, ...]:
    """The places without their overlaps."""
    spans: list[Span] = []
    for start, end, _ in places:
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)


def _cut(text: str, at: int) -> int:
    """`at`, or a little before it where a word begins; where there is none, not within a letter and its marks."""
    if at <= 0 or at >= len(text):
        return min(max(at, 0), len(text))
    low = max(at - _WORD, 0)
    blank = max((place for place in range(low, at) if text[place].isspace()), default=None)
    if blank is not None:
        return blank + 1
    while at > low and unicodedata.category(text[at])[0] == "M":
        at -= 1
    return at
