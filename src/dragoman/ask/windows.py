"""Windows: the parts of a long text that are asked about one by one, with an overlap so that nothing falls between two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dragoman.model import Span

SIZE = 5000
"""Characters of a window, at most."""
OVERLAP = 600
"""Characters from the end of a window that the next one holds again, at most."""

Window = tuple[Span, ...]
"""Sentences, as spans of characters."""


def windows(sentences: Sequence[Span], size: int = SIZE, overlap: int = OVERLAP) -> Iterator[Window]:
    """Neighbouring sentences together. A sentence that is longer than a window is cut."""
    pieces = [(at, min(at + size, end)) for start, end in sentences for at in range(start, end, size)]
    first = 0
    while first < len(pieces):
        last = first + 1
        while last < len(pieces) and _length(pieces[first : last + 1]) <= size:
            last += 1
        yield tuple(pieces[first:last])
        if last == len(pieces):
            return
        back = last
        while back - 1 > first and _length(pieces[back - 1 : last]) <= overlap:
            back -= 1
        first = back


def shown(text: str, window: Window) -> str:
    """The text of a window, without what stands between its sentences and is not blank."""
    out = [text[slice(*window[0])]]
    for (_, before), (start, end) in pairwise(window):
        between = text[before:start]
        out += [between if not between.strip() else "\n\n", text[start:end]]
    return "".join(out)


def _length(pieces: Sequence[Span]) -> int:
    return sum(end - start for start, end in pieces)
