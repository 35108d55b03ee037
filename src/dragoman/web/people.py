"""Who is meant by what a person types."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.digest import Digest
from dragoman.errors import SettingsError
from dragoman.model import Actor, ActorType
from dragoman.ontology.actors import states
from dragoman.record import Filter, Project

SHOWN = 5
"""Actors that a refusal names."""


def one_actor(project: Project, wanted: str) -> Actor:
    """The one actor that an id, an ISO 3166 code or a name means; a state before others of its name.

    Raises SettingsError where it means nobody, or several.
    """
    wanted = wanted.strip()
    state = states().get(wanted) or states().get(f"state:{wanted.upper()}")
    if state:
        return actors_named(project, [state.id]).get(state.id, state)
    found = list(project.actors(Filter(actor=wanted)))
    exact = [one for one in found if one.id == wanted]
    nations = [one for one in found if one.type is ActorType.STATE]
    chosen = next((some for some in (exact, nations, found) if len(some) == 1), None)
    if chosen is None and found:
        several = "; ".join(f"{one.name} ({one.id})" for one in found[:SHOWN])
        raise SettingsError(f"'{wanted}' may be one of {len(found)}: {several}. Give the id.")
    if chosen is None:
        raise SettingsError(f"Nobody in the record is called '{wanted}': look under Actors for the names it has.")
    return chosen[0]


def actors_named(project: Project, ids: Iterable[str]) -> dict[str, Actor]:
    """By id, those of the actors with these ids that the record has."""
    wanted = set(ids)
    digest = Digest.open(project) if wanted else None
    found = digest.named(wanted) if digest is not None else project.named(wanted) if wanted else ()
    return {actor.id: actor for actor in found}


def country_name(code: str) -> str:
    """The name of the state with an ISO 3166 code; PLOVER's code above states as it is."""
    state = states().get(f"state:{code}")
    return state.name if state else code
