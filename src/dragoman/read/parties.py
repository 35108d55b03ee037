"""The two parties of a document or paragraph that is about two states, so that each is the other's counterpart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dragoman.encode import Analysis
from dragoman.model import Actor, ActorType
from dragoman.ontology.table import ABOVE_STATES

from .actor_map import ActorMap
from .index import Index

MOST, EACH, FEWEST = 0.75, 0.2, 4
"""Two parties share a document where together they have at least this part of its mentions of states (places, citizens
and officials count for their state), each at least this part, and both at least this many mentions."""

Pair = tuple[str, str]


class Parties:
    """Counts the states that a document names and finds its two parties, if it has two."""

    def __init__(self, analysis: Analysis, index: Index, actors: ActorMap) -> None:
        self._actors = actors
        self._index = index
        self._ids: dict[str, str] = {}
        self._by_paragraph: list[Counter[str]] = [Counter() for _ in analysis.paragraphs]
        before: tuple[str, ...] = ()
        for token in range(len(analysis.tokens)):
            found = actors.actor_at(token)
            if found != before:
                self._count(index.paragraph(token), map(actors.actor, found))
            before = found
        counts = sum(self._by_paragraph, Counter[str]())
        self._pair = self._two(counts)
        self._only = tuple(self._ids.values()) if len(counts) == len(self._ids) == 2 else ()

    def counterpart(self, actor: str) -> str | None:
        """The other party of the document, where it has two and the actor is one of them or acts for one."""
        side = self.side(actor)
        if self._pair is None or side not in self._pair:
            return None
        return self._pair[1] if side == self._pair[0] else self._pair[0]

    def both(self, token: int) -> tuple[str, ...]:
        """Whom "both countries" means at a token: the only two states of its paragraph, else the document's parties,
        else its only two states; empty where there are more or fewer."""
        near = [state for state in self._by_paragraph[self._index.paragraph(token)] if state in self._ids]
        return (self._ids[near[0]], self._ids[near[1]]) if len(near) == 2 else self._pair or self._only

    def side(self, actor: str) -> str | None:
        """The state, or union of states, that an actor is or acts for."""
        return self._ids.get(self._actors.actor(actor).country or "")

    def _count(self, paragraph: int, found: Iterable[Actor]) -> None:
        for actor in found:
            if actor.country is None or actor.type is ActorType.OUTLET:
                continue
            union = actor.country in ABOVE_STATES and actor.type is ActorType.ORGANISATION
            if actor.type is ActorType.STATE or union:
                self._ids.setdefault(actor.country, actor.id)
            self._by_paragraph[paragraph][actor.country] += 1

    def _two(self, counts: Counter[str]) -> Pair | None:
        most = counts.most_common(2)
        if len(most) < 2 or any(country not in self._ids for country, _ in most):
            return None
        total, (_, first), (_, second) = counts.total(), *most
        if first + second < max(MOST * total, FEWEST) or second < EACH * total:
            return None
        return self._ids[most[0][0]], self._ids[most[1][0]]
