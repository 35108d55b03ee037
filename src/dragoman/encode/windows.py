"""Windows: stretches of a document that the encoder sees at once.

Short paragraphs share a window; a paragraph longer than the window is cut at a sentence start that the model itself finds,
and the sentence before the cut is seen again as context.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LIMIT = 224
"""Word pieces a window, separators not counted; training windows were up to 252."""
CONTEXT = 48
"""Pieces of the preceding sentence shown again after a cut, at most."""


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens `[first, last)` of the document; results are kept from token `keep` on. `open` tells that its paragraph goes on."""

    first: int
    last: int
    keep: int
    open: bool


def pack(paragraphs: Sequence[tuple[int, int]], costs: Sequence[int]) -> list[Window]:
    """First windows for paragraphs (token ranges) given the pieces each token costs."""
    windows: list[Window] = []
    start = end = -1
    size = 0
    for first, last in paragraphs:
        cost = sum(costs[first:last])
        if cost > LIMIT:
            if start >= 0:
                windows.append(Window(start, end, start, False))
                start = -1
            windows.append(_cut(first, first, last, costs))
            continue
        if start >= 0 and size + cost > LIMIT:
            windows.append(Window(start, end, start, False))
            start = -1
        if start < 0:
            start, size = first, 0
        end, size = last, size + cost
    if start >= 0:
        windows.append(Window(start, end, start, False))
    return windows


def following(window: Window, starts: Sequence[int], end: int, costs: Sequence[int]) -> tuple[int, Window]:
    """Where to cut an open window, and the window after it.

    `starts` are sentence starts found in the window, as token indices; `end` is where the paragraph ends. The window is
    cut at the last sentence start past `keep`, or at its own end where there is none.
    """
    later = [s for s in starts if s > window.keep]
    cut = later[-1] if later else window.last
    context = cut
    if later:
        previous = max((s for s in (window.keep, *later) if s < cut), default=cut)
        if sum(costs[previous:cut]) <= CONTEXT:
            context = previous
    return cut, _cut(context, cut, end, costs)


def _cut(first: int, keep: int, end: int, costs: Sequence[int]) -> Window:
    size = 0
    last = first
    while last < end and (size + costs[last] <= LIMIT or last <= keep):
        size += costs[last]
        last += 1
    return Window(first, last, keep, last < end)
