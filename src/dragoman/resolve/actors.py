"""One actor out of what several documents know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeVar

from dragoman.model import Actor, ActorType
from dragoman.resolve.settle import most

T = TypeVar("T")


def merge_actors(found: Mapping[Actor, int]) -> Actor:
    """The actor that `found` (not empty, all of one id) describe, each with how many documents describe it so; its aliases are
    all the forms that they have."""

    def agreed(given: Callable[[Actor], T | None]) -> T | None:
        counts: Counter[T] = Counter()
        for actor, times in found.items():
            if (value := given(actor)) is not None:
                counts[value] += times
        return most(counts)

    first = next(iter(found))
    return Actor(
        id=first.id,
        name=agreed(lambda actor: actor.name) or first.name,
        type=agreed(_type) or first.type,
        country=agreed(lambda actor: actor.country),
        sector=agreed(lambda actor: actor.sector),
        qid=agreed(lambda actor: actor.qid),
        aliases=tuple(sorted({alias for actor in found for alias in actor.aliases})),
    )


def _type(actor: Actor) -> ActorType:
    return actor.type
