"""Anchors: where the words of an answer stand in the text. What does not stand there is not found, whoever says it does."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Span

_ALIKE = {'"': "“”„‟«»″", "'": "‘’‚‛`´′", "-": "‐‑‒–—―−", " ": "\u00a0\u2007\u202f\u2009"}
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_FOLDED = {ord(other): mark for mark, others in _ALIKE.items() for other in others}
_MARKS = " \"'"
OCCURRENCES = 500
"""Places of one quotation that are looked at, at most."""


class Anchors:
    """The places of quotations within pieces of a text (sorted spans that do not overlap)."""

    def __init__(self, text: str, pieces: Sequence[Span]) -> None:
        self._text = text
        self._exact, self._exact_at = _joined(text, pieces, folded=False)
        self._folded, self._folded_at = _joined(text, pieces, folded=True)

    def after(self, quotation: str, start: int) -> Span | None:
        """The first place of a quotation from `start` on, else the first of all."""
        places = self._places(quotation)
        return next((place for place in places if place[0] >= start), places[0] if places else None)

    def near(self, quotation: str, beside: Span) -> Span | None:
        """The place of a quotation that is nearest to a span and outside of it, else within."""

        def distance(place: Span) -> tuple[bool, int]:
            within = beside[0] <= place[0] and place[1] <= beside[1]
            return within, max(beside[0] - place[1], place[0] - beside[1], 0)

        return min(self._places(quotation), key=distance, default=None)

    def within(self, quotation: str, span: Span) -> Span | None:
        """The first place of a quotation inside of a span, else the nearest to it."""
        inside = (place for place in self._places(quotation) if span[0] <= place[0] and place[1] <= span[1])
        return next(inside, None) or self.near(quotation, span)

    def _places(self, quotation: str) -> list[Span]:
        """The places in order: of the very words, else of words that differ in blanks and marks only."""
        if any(char.isalnum() for char in quotation):
            exact = quotation.strip()
            for wanted in (exact, exact.strip(_MARKS)):
                if found := self._all(wanted, self._exact, self._exact_at):
                    return found
            folded, _ = _joined(quotation, [(0, len(quotation))], folded=True)
            for wanted in (folded.strip(), folded.strip(_MARKS)):
                if found := self._all(wanted, self._folded, self._folded_at):
                    return found
        return []

    def _all(self, wanted: str, where: str, at: Sequence[int]) -> list[Span]:
        found: list[Span] = []
        place = where.find(wanted) if wanted else -1
        while place >= 0 and len(found) < OCCURRENCES:
            end = place + len(wanted)
            if _is_whole(where, place, end):
                found.append((at[place], at[end - 1] + 1))
            place = where.find(wanted, place + 1)
        return found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` begins and ends between words."""
    begun = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    goes_on = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not begun and not goes_on


def _joined(text: str, pieces: Sequence[Span], *, folded: bool) -> tuple[str, list[int]]:
    """The pieces as one string, and where in the text each of its characters stands. What stands between two pieces is
    left as it is where it is blank; else a character that no quotation holds keeps them apart."""
    chars: list[str] = []
    at: list[int] = []
    last: int | None = None
    for start, end in pieces:
        if last is not None and text[last:start].isspace():
            start = last
        elif last is not None and last < start:
            chars.append("\x00")
            at.append(last)
        for place in range(start, end):
            char = text[place].translate(_FOLDED) if folded else text[place]
            if folded and char in _INVISIBLE:
                continue
            if folded and char.isspace():
                char = " "
                if chars and chars[-1] == " ":
                    continue
            chars.append(char)
            at.append(place)
        last = end
    return "".join(chars), at
