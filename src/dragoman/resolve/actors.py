"""One actor out of what several documents know of it."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Actor
from dragoman.resolve.settle import agreed, settled


def merge_actors(found: Sequence[Actor]) -> Actor:
    """The actor that `found` (not empty, all of one id) describe; its aliases are all the forms that they have.

    Of two names given as often it has the longer one; a country on which documents are divided stays open.
    """
    found = sorted(found, key=_order)
    return Actor(
        id=found[0].id,
        name=settled(actor.name for actor in found) or found[0].name,
        type=settled(actor.type for actor in found) or found[0].type,
        country=agreed(actor.country for actor in found),
        sector=settled(actor.sector for actor in found),
        qid=settled(actor.qid for actor in found),
        aliases=tuple(sorted({alias for actor in found for alias in actor.aliases})),
    )


def _order(actor: Actor) -> tuple[int, str, str, str, str]:
    words = len(actor.name.split())
    return -words, actor.type, actor.sector or "", actor.name, actor.qid or ""
