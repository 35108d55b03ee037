"""Text in pieces, within each of which the same marks hold; marks may overlap as they like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

ROWS = ("statement", "event")
"""The layers whose marks are the words of rows, which have a card each."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters that are marked on a layer."""

    start: int
    end: int
    layer: str
    label: str | None = None
    """What to say of them."""
    card: int = 0
    """The number of the card that tells more; 0 for none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`document_text[start:end] == text`."""

    start: int
    end: int
    text: str
    layers: tuple[str, ...]
    """Sorted."""
    labels: tuple[tuple[str, str], ...]
    """Layers with what is to be said of the marks there."""
    cards: tuple[int, ...]
    """The cards whose words these are, those of the fewest words first."""
    begins: tuple[int, ...]
    """The cards whose words begin here."""


def pieces(text: str, start: int, end: int, marks: Iterable[Mark], first: int = 0) -> tuple[Piece, ...]:
    """The characters from `start` to `end` of a document, cut at all edges of marks. `text` is the document's from its
    character `first` on, and holds them all."""
    here = sorted((mark for mark in marks if mark.start < end and mark.end > start), key=_order)
    edges = sorted({start, end, *(edge for mark in here for edge in (mark.start, mark.end) if start < edge < end)})
    found: list[Piece] = []
    open_: list[Mark] = []
    waiting = iter([*here, None])
    following = next(waiting)
    for left, right in pairwise(edges):
        open_ = [mark for mark in open_ if mark.end > left]
        while following is not None and following.start <= left:
            open_.append(following)
            following = next(waiting)
        found.append(_piece(text[left - first : right - first], left, right, open_))
    return tuple(found)


def _order(mark: Mark) -> tuple[int, int, str, int]:
    return mark.start, -mark.end, mark.layer, mark.card


def _piece(text: str, start: int, end: int, open_: Sequence[Mark]) -> Piece:
    rows = sorted((mark.end - mark.start, mark.card, mark.start) for mark in open_ if mark.card and mark.layer in ROWS)
    return Piece(
        start=start,
        end=end,
        text=text,
        layers=tuple(sorted({mark.layer for mark in open_})),
        labels=tuple(dict.fromkeys((mark.layer, mark.label) for mark in open_ if mark.label)),
        cards=tuple(card for _, card, _ in rows),
        begins=tuple(sorted(card for _, card, first in rows if first == start)),
    )
