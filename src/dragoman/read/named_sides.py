"""The sides of an event where it is told which words name them: the actors behind ranges of words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.model import ActorType

from .actor_map import ActorMap
from .participants import Actors, Participants
from .syntax import BEFORE_NOUN, Syntax

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class NamedSides:
    """Looks up the actors of one document."""

    syntax: Syntax
    actors: ActorMap
    participants: Participants

    def of(self, ranges: Iterable[Range], *, acting: bool) -> Actors:
        """The actors behind ranges of words: each one's head, else what stands before it, else any name within, each once."""
        found: list[str] = []
        before: set[int] = set()
        for words in ranges:
            if not self._beside(words, before):
                found += self._behind(words, acting=acting)
            before.update(range(*words))
        return self.without_states(tuple(dict.fromkeys(found)))

    def without_states(self, found: Actors) -> Actors:
        """Not the state beside somebody of it: "Norland's trade attaché" is one party."""
        known = [self.actors.actor(id) for id in found]
        of = {actor.country for actor in known if actor.type is not ActorType.STATE}
        return tuple(actor.id for actor in known if actor.type is not ActorType.STATE or actor.country not in of)

    def _beside(self, words: Range, before: set[int]) -> bool:
        """Whether a range only says once more who one before it is: "Dana Oru, Norland's envoy and a friend of ..."."""
        syntax = self.syntax
        for head in (i for i in range(*words) if not words[0] <= syntax[i].head < words[1]):
            above = head
            while syntax[above].relation == "conj" and syntax[above].head >= 0 and syntax[above].head not in before:
                above = syntax[above].head
            if syntax[above].relation != "appos" or (syntax[above].head not in before and above not in before):
                return False
        return bool(before)

    def _behind(self, words: Range, *, acting: bool) -> Actors:
        syntax = self.syntax
        heads = [i for i in range(*words) if not words[0] <= syntax[i].head < words[1]]
        found: list[str] = []
        for head in (one for top in heads for one in syntax.coordinated(top) if words[0] <= one < words[1]):
            found += self.participants.named(syntax.antecedent(head, head), acting=acting)
        if not found:
            inside = [i for i in range(*words) if syntax[i].relation in BEFORE_NOUN or syntax[i].upos == "PROPN"]
            found = [id for i in inside for id in self.actors.actor_at(i)][:1]
        return tuple(found)
