"""The parties that are asked for, each with the numbers of all who act for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np

from dragoman.digest.arrays import different
from dragoman.digest.loaded import Array, Bools
from dragoman.digest.naming import meant_by
from dragoman.digest.tables import Tables, actor_of
from dragoman.errors import SettingsError
from dragoman.model import Actor
from dragoman.record import Project


class Sides:
    """Parties in the order in which they were asked for; `of` has the place of its party for each actor, -1 for all others."""

    def __init__(self, actors: tuple[Actor, ...], of: Array) -> None:
        self.actors = actors
        self.of = of
        self._ends: tuple[Array, Array] | None = None

    def acting(self, tables: Tables, one: int, other: int) -> Array:
        """The events in which one of the parties, given by their places, acts toward another."""
        if self._ends is None:
            self._ends = self.side(tables("dyads", "source")), self.side(tables("dyads", "target"))
        source, target = self._ends
        events = tables("dyads", "event")[(source == one) & (target == other)]
        return different(events[events >= 0])

    def has(self, column: Array) -> Bools:
        """Which values of a column of actors, -1 for none, are of one of the parties."""
        return self.side(column) >= 0

    def side(self, column: Array) -> Array:
        """The place of the party of each value of a column of actors, -1 where it is of none."""
        found: Array = np.append(self.of, np.int8(-1))[column]
        return found


def sides_of(tables: Tables, project: Project, wanted: Sequence[str]) -> Sides:
    """The parties that ids, ISO 3166 codes or names mean, each with all who act for it. Who is asked for by himself is apart
    from the state for which he acts. Raises SettingsError where one means nobody or several, or two mean the same."""
    meant = tuple(
        meant_by(one, lambda ids: named(tables, ids), lambda name: called(tables, project, name)) for one in wanted
    )
    if len({actor.id for actor in meant}) < len(meant):
        raise SettingsError(f"two of {', '.join(wanted)} are the same actor: name different ones")
    numbers = tables.numbers([actor.id for actor in meant])
    party = tables.party()
    of = np.full(len(party), -1, dtype=np.int8)
    for place, actor in enumerate(meant):
        if actor.id in numbers:
            of[party == numbers[actor.id]] = place
    for place, actor in enumerate(meant):
        if actor.id in numbers:
            of[numbers[actor.id]] = place
    return Sides(meant, of)


def named(tables: Tables, ids: Sequence[str]) -> Iterator[Actor]:
    """By id, those of the actors with these ids that the record has."""
    query = "SELECT * FROM actors WHERE used AND id IN (SELECT value FROM json_each(?)) ORDER BY id"
    yield from map(actor_of, tables.connection.execute(query, (json.dumps(sorted(set(ids))),)))


def called(tables: Tables, project: Project, name: str) -> Iterator[Actor]:
    """By id, the actors of the record that an id, a code or a name means."""
    yield from named(tables, sorted(project.ids(name)))
