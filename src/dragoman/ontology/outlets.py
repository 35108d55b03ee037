"""Who published a page, and whether a state owns or funds it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, get_args

from dragoman.model import ActorType
from dragoman.ontology.actors import names, outlet_of_domain
from dragoman.ontology.fold import fold
from dragoman.ontology.phrases import normalise
from dragoman.ontology.table import read_table

State = Literal["owned", "funded", "none", "unknown"]
_COLUMNS = ("id", "name", "country", "kind", "names", "acronyms", "domains", "state", "source")


def publisher(outlet: str) -> tuple[str, State]:
    """The id of the listed outlet that a name or a host name means, else the folded name; and what states have in it."""
    listed = next(
        (name.actor for name in names().get(normalise(outlet), ()) if name.actor.type is ActorType.OUTLET), None
    )
    actor = listed or outlet_of_domain(outlet)
    return (actor.id, _states().get(actor.id, "unknown")) if actor else (fold(outlet) or outlet, "unknown")


@lru_cache(maxsize=1)
def _states() -> Mapping[str, State]:
    known: dict[str, State] = {state: state for state in get_args(State)}
    return {row.text("id"): known[row.choice("state", known)] for row in read_table("outlets.csv", _COLUMNS)}
