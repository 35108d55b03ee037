"""A document's text in passages, and in parts that are shown at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dragoman.model import Span

PART = 8_000
"""Characters of a part, about; a text that is not half as long again is one."""
LONGEST = 3_000
"""Characters of a passage, at most."""
_GAP = re.compile(r"\n[^\S\n]*\n\s*")
_ENDS = ("\n", ". ", " ")
"""Where a passage without an end is cut, the best first."""


def passages(text: str) -> list[Span]:
    """The text cut after its empty lines, and where there are none for long, after a line, a sentence or a word. Each
    character is in one."""
    edges = [0, *(gap.end() for gap in _GAP.finditer(text)), len(text)]
    return [span for start, end in pairwise(sorted(set(edges))) for span in _short(text, start, end)]


def parts(spans: Sequence[Span]) -> list[Span]:
    """Passages put together to parts of about equal length, each given by its first and last character."""
    if not spans:
        return []
    whole = spans[0][0], spans[-1][1]
    many = max(1, (whole[1] - whole[0] + PART // 2) // PART)
    size, start = (whole[1] - whole[0]) / many, whole[0]
    found: list[Span] = []
    for _, end in spans:
        if end - whole[0] >= size * (len(found) + 1) - 1 and end < whole[1]:
            found.append((start, end))
            start = end
    return [*found, (start, whole[1])]


def part_of(found: Sequence[Span], place: int) -> int:
    """The number of the part that holds a character; of one behind the last, the last."""
    return next((number for number, (_, end) in enumerate(found) if place < end), len(found) - 1)


def _short(text: str, start: int, end: int) -> list[Span]:
    found = []
    while end - start > LONGEST:
        low, high = start + LONGEST // 2, start + LONGEST
        at = (text.rfind(sign, low, high) + len(sign) for sign in _ENDS if text.find(sign, low, high) >= 0)
        cut = next(at, high)
        found.append((start, cut))
        start = cut
    return [*found, (start, end)]
