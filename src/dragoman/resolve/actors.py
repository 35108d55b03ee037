"""One actor out of what several documents know of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeVar

from dragoman.model import Actor, ActorType
from dragoman.resolve.settle import agreed, most

T = TypeVar("T")


def merge_actors(found: Mapping[Actor, int]) -> Actor:
    """The actor that `found` (not empty, all of one id) describe, each with how many documents describe it so; its aliases are
    all the forms that they have.

    Of two names given as often it has the longer one; a country on which documents are divided stays open."""
    ordered = sorted(found, key=_order)

    def counted(given: Callable[[Actor], T | None]) -> Counter[T]:
        counts: Counter[T] = Counter()
        for actor in ordered:
            if (value := given(actor)) is not None:
                counts[value] += found[actor]
        return counts

    first = ordered[0]
    return Actor(
        id=first.id,
        name=most(counted(lambda actor: actor.name)) or first.name,
        type=most(counted(_type)) or first.type,
        country=agreed(counted(lambda actor: actor.country)),
        sector=most(counted(lambda actor: actor.sector)),
        qid=most(counted(lambda actor: actor.qid)),
        aliases=tuple(sorted({alias for actor in found for alias in actor.aliases})),
    )


def _type(actor: Actor) -> ActorType:
    return actor.type


def _order(actor: Actor) -> tuple[int, str, str, str, str]:
    words = len(actor.name.split())
    return -words, actor.type, actor.sector or "", actor.name, actor.qid or ""
