"""Which actor a person means by an id, a code or a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dragoman.errors import SettingsError
from dragoman.model import Actor, ActorType
from dragoman.ontology.actors import names, states
from dragoman.ontology.phrases import normalise


def meant_by(
    wanted: str, named: Callable[[list[str]], Iterable[Actor]], called: Callable[[str], Iterable[Actor]]
) -> Actor:
    """The one actor that an id, an ISO 3166 code or a name means; a state before others of its name.

    `named` gives those of a record by their ids, `called` by a name. Raises SettingsError where nobody or several are meant.
    """
    state = states().get(wanted.strip()) or states().get(f"state:{wanted.strip().upper()}")
    if state:
        return next(iter(named([state.id])), state)
    found = list(called(wanted)) or _states_called(wanted)
    exact = [actor for actor in found if actor.id == wanted.strip()]
    nations = [actor for actor in found if actor.type is ActorType.STATE]
    chosen = next((some for some in (exact, nations, found) if len(some) == 1), None)
    if chosen is None:
        problem = f"may be {', '.join(actor.id for actor in found)}: give an id" if found else "is nobody in the record"
        raise SettingsError(f"'{wanted}' {problem}")
    return chosen[0]


def _states_called(name: str) -> list[Actor]:
    """States of this name, of which the record may have only those who act for them."""
    called = names().get(normalise(name), ())
    found = {one.actor.id for one in called if one.actor.type is ActorType.STATE and one.kind in ("name", "acronym")}
    return [states()[id] for id in sorted(found)]
