"""Which spans of a text are the article, and what the rest is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dragoman.gather.context import Hint, contexts
from dragoman.gather.features import features
from dragoman.gather.labels import BODY, label
from dragoman.gather.parts import parts
from dragoman.gather.shape import shape
from dragoman.gather.units import Unit, units
from dragoman.model import Block, Span

_NONE = Hint()


@dataclass(frozen=True, slots=True)
class Layout:
    """Body and boilerplate are sorted, do not overlap, and together hold every character that is not white space."""

    body: tuple[Span, ...]
    boilerplate: tuple[Block, ...]
    parts: tuple[Block, ...]
    """Headline, byline and dateline, within the body."""
    author: str | None = None
    """The names in the byline."""


def article_spans(text: str, hint_at: Callable[[Unit], Hint] | None = None) -> Layout:
    """The layout of `text`, a plain-text dump of a page or the rendered lines of one; time is linear in its length.

    `hint_at` gives what is known about a unit from the page's markup.
    """
    found = units(text)
    if len(found) == 1:
        states, signed = [BODY], [False]
        hints = [_NONE]
        shapes = [shape(found[0].text)]
    else:
        hints = [hint_at(unit) if hint_at else _NONE for unit in found]
        known = {content: shape(content) for content in dict.fromkeys(unit.text for unit in found)}
        shapes = [known[unit.text] for unit in found]
        around = contexts(found, shapes, hints)
        signed = [context.signed for context in around]
        states = label(features(found, shapes, around, hints))
    kept = [index for index, state in enumerate(states) if state == BODY]
    labelled, author = parts(
        [found[i] for i in kept], [shapes[i] for i in kept], [hints[i].title for i in kept], [signed[i] for i in kept]
    )
    junk = tuple(Block(unit.start, unit.end, state) for unit, state in zip(found, states, strict=True) if state != BODY)
    return Layout(_joined(found, states), junk, labelled, author)


def _joined(found: Sequence[Unit], states: Sequence[str]) -> tuple[Span, ...]:
    """One span for each run of units of the body."""
    spans: list[Span] = []
    previous = ""
    for unit, state in zip(found, states, strict=True):
        if state == BODY:
            spans[len(spans) - (previous == BODY) :] = [(spans[-1][0] if previous == BODY else unit.start, unit.end)]
        previous = state
    return tuple(spans)
