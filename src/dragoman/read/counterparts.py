"""Upon whom something was done where the clause does not say and the document is about two states only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.ontology.predicates import Toward, lexicon

from .actor_map import ActorMap, is_official
from .participants import Actors
from .parties import Parties
from .predicates import Match
from .syntax import Syntax
from .tie_breaks import VERBAL

INFERRED = 0.7
"""What is left of the confidence where the recipient is only the other party of a document about two."""


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Finds them in one document."""

    syntax: Syntax
    actors: ActorMap
    parties: Parties

    def of(self, match: Match, type_: str, actor: Actors) -> str | None:
        """The other party ("recalled its ambassador"). None where the clause names somebody whom we do not know, and for
        what sides do together."""
        content = match.content or match
        if not content.entry.frame.recipient:
            return None
        kind = match.type if match.type and type_ in VERBAL else type_
        return self.beside(kind, content.mode if kind == content.type else None, actor, match.sites)

    def beside(self, type_: str, mode: str | None, actor: Actors, sites: Sequence[int]) -> str | None:
        """The other party for an event of this type and mode that is told at `sites`."""
        toward = lexicon().toward.get((type_, mode))
        if toward is None or len(actor) != 1 or not is_official(self.actors.actor(actor[0])):
            return None
        return self.parties.counterpart(actor[0]) if self._fits(toward, sites) else None

    def _fits(self, toward: Toward, sites: Sequence[int]) -> bool:
        """Whether what the clause names as its objects leaves the recipient open."""
        syntax = self.syntax
        objects = [head for site in sites if syntax[site].upos != "NOUN" for head in syntax.objects(site)]
        if toward.things is not None and not any(toward.things & set(syntax.forms(head)) for head in objects):
            return False
        people = lexicon().nouns["people"] | lexicon().nouns["government"]
        unknown = any(syntax[head].upos == "PROPN" or people & set(syntax.forms(head)) for head in objects)
        return not (toward.personal and unknown)
