"""Where an event happened: the city or region that its clause names behind a preposition of place, with its id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from dragoman.encode import Analysis
from dragoman.ontology.places import Place, place

from .names import PLACE_CASES
from .syntax import Syntax

LONGEST = 4
"""Words of a place's name, at most."""
GOALS = frozenset(("into", "onto", "to", "towards", "toward", "from"))
"""Prepositions that tell where something came from or went, after which the event itself need not be."""
STRIKES = frozenset(("ASSAULT", "RETREAT"))
"""Types whose place may be what was hit or left: "shelled Mariupol"."""
VISITS = frozenset(("CONSULT", "MOBILIZE", "AGREE"))
"""Types whose place is where somebody went: "travelled to Minsk"."""


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where an event was, and whether the place is what was hit or left, so that it stands for whose it is."""

    place: Place
    hit: bool

    def __str__(self) -> str:
        return f"{self.place.id} {self.place.name}"


def event_place(
    analysis: Analysis, syntax: Syntax, type_: str, sites: Sequence[int], clause: Set[int]
) -> EventPlace | None:
    """The place of an event: of those that its clause names the one that hangs nearest to its words. None where the text
    names no place that is known and unmistakable."""
    cases = PLACE_CASES - GOALS | (frozenset(("to", "into")) if type_ in VISITS else frozenset())
    found = []
    for start, end in _named(analysis, clause):
        run = range(start, end)
        within = any(syntax.prepositions(token) & cases for token in run)
        hit = type_ in STRIKES and any(syntax[token].relation in ("obj", "nmod") for token in run)
        if within or hit:
            found.append((min(_steps(syntax, token, sites) for token in run), start - end, start, end, hit))
    for _, _, start, end, hit in sorted(found):
        if where := place(analysis.text[analysis.tokens[start].start : analysis.tokens[end - 1].end]):
            return EventPlace(where, hit)
    return None


def _named(analysis: Analysis, clause: Set[int]) -> Iterator[tuple[int, int]]:
    """Runs of capitalised names in the clause."""
    tokens = analysis.tokens
    for start in sorted(clause):
        for end in range(start + 1, min(start + LONGEST, len(tokens)) + 1):
            if end - 1 not in clause or tokens[end - 1].upos != "PROPN" or not tokens[end - 1].text[:1].isupper():
                break
            yield start, end


def _steps(syntax: Syntax, token: int, sites: Sequence[int]) -> int:
    """How many words up the tree from a place to a word of the event, many where it hangs elsewhere."""
    for steps in range(6):
        if token in sites:
            return steps
        if syntax[token].head < 0:
            break
        token = syntax[token].head
    return 9
