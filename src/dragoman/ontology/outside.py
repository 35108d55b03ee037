"""What event data made by others call things: their spellings of states, their words for sectors, ACLED's kinds of events.

ACLED codebook (2024): event types and sub-event types. What ACLED notes and PLOVER has no type for is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dragoman.ontology.actors import state_words, states
from dragoman.ontology.phrases import normalise
from dragoman.ontology.plover import plover
from dragoman.ontology.table import read_table


@lru_cache(maxsize=4096)
def state_code(cell: str) -> str | None:
    """The ISO 3166 alpha-3 code of the state that a cell names by a code or a name; None where it names none."""
    spelled = cell.strip()
    if f"state:{spelled.upper()}" in states():
        return spelled.upper()
    return _spellings().get(normalise(spelled))


def sector_of(word: str) -> str | None:
    """The PLOVER sector that a word for a sector means; None for sectors whose dealings are never their state's."""
    return _sectors().get(normalise(word))


@lru_cache(maxsize=1024)
def acled_state(actor: str) -> str | None:
    """The code of the state whose government, soldiers or police an actor of ACLED is: "Police Forces of Chile (2022-)"."""
    for phrase in _acled_actors():
        if actor.startswith(f"{phrase} ") and (named := actor.removeprefix(phrase).partition(" (")[0]):
            return state_code(named.strip().removeprefix("the "))
    return None


def from_acled(event_type: str, sub_event_type: str) -> tuple[str, str | None] | None:
    """PLOVER's type and mode for ACLED's; None for what PLOVER has no type for."""
    kind, sub = normalise(event_type), normalise(sub_event_type)
    return _acled().get((kind, sub)) or _acled().get((kind, ""))


@lru_cache(maxsize=1)
def _spellings() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for id, (names, *_) in state_words():
        actor = states()[id]
        if actor.country and id == f"state:{actor.country}":
            for name in names:
                found.setdefault(normalise(name), actor.country)
    for row in read_table("outside_states.csv", ("spelling", "iso3")):
        if f"state:{(iso3 := row.text('iso3'))}" not in states():
            raise row.fail(f"no state has the code {iso3}")
        found[normalise(row.text("spelling"))] = iso3
    return found


@lru_cache(maxsize=1)
def _sectors() -> Mapping[str, str | None]:
    return {normalise(row.text("word")): row.sector() for row in read_table("outside_sectors.csv", ("word", "sector"))}


@lru_cache(maxsize=1)
def _acled_actors() -> tuple[str, ...]:
    return tuple(row.text("phrase") for row in read_table("acled_actors.csv", ("phrase",)))


@lru_cache(maxsize=1)
def _acled() -> Mapping[tuple[str, str], tuple[str, str | None]]:
    found = {}
    for row in read_table("acled.csv", ("event_type", "sub_event_type", "type", "mode")):
        type_, mode = row.choice("type", plover().types), row.optional("mode")
        if not plover().has(type_, mode):
            raise row.fail(f"{type_} has no mode {mode}")
        found[normalise(row.text("event_type")), normalise(row.optional("sub_event_type") or "")] = type_, mode
    return found
