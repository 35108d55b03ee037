"""What the other questions of reading need to know of actors: who a word stands for."""

from __future__ import annotations

from typing import Protocol

from dragoman.model import Actor, ActorType

OFFICIAL = frozenset({"GOV", "MIL", "LEG"})


def is_official(actor: Actor) -> bool:
    """Whether an actor is a state or holds office in one, so that its words are those of a state."""
    if actor.type is ActorType.STATE:
        return True
    return actor.type is not ActorType.OUTLET and actor.sector in OFFICIAL


class ActorMap(Protocol):
    """Who is meant where in a document, by token of its analysis."""

    def actor_at(self, token: int) -> tuple[str, ...]:
        """Ids of the actors whose mention covers or is headed by this token; empty where it names none."""
        ...

    def is_place(self, token: int) -> bool:
        """Whether the name at this token stands for a place here, as in "arrested in Moscow"."""
        ...

    def actor(self, id: str) -> Actor:
        """The actor of an id that `actor_at` gave."""
        ...
