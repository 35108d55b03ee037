"""Relations: what happened between two actors, event by event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations

from dragoman.model import Actor, Event, Status
from dragoman.ontology.actors import states
from dragoman.ontology.plover import plover
from dragoman.record.dates import bounds, sort_key

FOR_THEIR_STATE = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY", "CVL"))
"""PLOVER sectors whose dealings with others count as their state's."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Two parties, in the order of their ids, and the events in which one deals with the other, whoever acts.

    Who acts for a state stands with it: a minister's visit is an event of his state's relation, under his own name.
    """

    a: Actor
    b: Actor
    quads: Mapping[int, int]
    """How many events of each quad (1 verbal cooperation to 4 material conflict) are said to have happened; each event
    counts once however many report it, and what is planned, hypothetical or denied does not count."""
    first: str | None
    """EDTF date of the earliest dated event, of whatever status."""
    last: str | None
    events: tuple[Event, ...]
    """All of them by date, those without one last."""


def pairs(event: Event) -> set[tuple[str, str]]:
    """Unordered pairs of actors that the event stands between: each actor with each recipient.

    In an event whose type is symmetric and which has no recipient: each actor with each other one.
    """
    known = plover().types.get(event.type)
    if event.recipient:
        found: Iterable[tuple[str, str]] = ((a, b) for a in event.actor for b in event.recipient)
    elif known and known.symmetric:
        found = combinations(event.actor, 2)
    else:
        found = ()
    return {(min(pair), max(pair)) for pair in found if pair[0] != pair[1]}


def ordered_pairs(event: Event) -> set[tuple[str, str]]:
    """Who acts toward whom: each actor toward each recipient; each actor toward each other one in an event whose type is
    symmetric and which has no recipient."""
    if event.recipient:
        return {(x, y) for x in event.actor for y in event.recipient if x != y}
    known = plover().types.get(event.type)
    return set(permutations(event.actor, 2)) if known and known.symmetric else set()


def acting(event: Event) -> tuple[str, ...]:
    """Ids of all who take part in an event."""
    return (*event.actor, *event.recipient)


def party(actor: Actor) -> str:
    """Whose dealings an actor's are: the state's for its officials, bodies, soldiers and citizens, else the actor's own."""
    own = f"state:{actor.country}"
    return own if actor.sector in FOR_THEIR_STATE and own in states() else actor.id


def by_pair(
    events: Iterable[Event], only: set[str] | None, parties: Mapping[str, str]
) -> dict[tuple[str, str], list[Event]]:
    """The events of each pair of parties, busiest pair first; with `only`, those in which one of these ids takes part,
    itself or through those who act for it. `parties` gives the party of an actor that is not its own."""
    found: dict[tuple[str, str], dict[str, Event]] = defaultdict(dict)
    for event in events:
        for a, b in pairs(event):
            one, other = sorted((parties.get(a, a), parties.get(b, b)))
            if one != other and (only is None or not only.isdisjoint((a, b, one, other))):
                found[one, other][event.id] = event
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return {pair: list(same.values()) for pair, same in ordered}


def relation(a: Actor, b: Actor, events: Iterable[Event]) -> Relation:
    """The relation of two actors, of all their events."""
    ordered = tuple(sorted(events, key=lambda event: (sort_key(event.date), event.id)))
    dated = [event.date for event in ordered if bounds(event.date)]
    quads = dict.fromkeys(sorted(plover().quads), 0)
    for event in ordered:
        if event.status is Status.HAPPENED:
            quads[event.quad] = quads.get(event.quad, 0) + 1
    last = max(dated, key=lambda date: (bounds(date) or ("", ""))[1], default=None)
    return Relation(a, b, quads, dated[0] if dated else None, last, ordered)
