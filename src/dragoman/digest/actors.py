"""Gives the actors of a digest, and the pairs of parties between which events are, their numbers."""

from __future__ import annotations

import json
import sqlite3

from dragoman.model import Actor, ActorType
from dragoman.ontology.actors import actors as listed
from dragoman.ontology.fold import fold
from dragoman.record.relations import party


class Actors:
    """Looks up what the digest has and adds what it lacks."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, int] = {}
        self._parties: dict[int, tuple[int, str]] = {}
        self._pairs: dict[tuple[int, int], int] = {}

    def add(self, actor: Actor, used: bool = True) -> int:
        """Writes an actor, in place of what was known of it; returns its number."""
        number = self._find(actor.id)
        if number is None:
            (number,) = self._connection.execute("SELECT coalesce(max(number) + 1, 0) FROM actors").fetchone()
            self._known[actor.id] = number
        whose = party(actor)
        names = "\n".join(dict.fromkeys(fold(name) or "" for name in (actor.name, *actor.aliases)))
        kind = (actor.name, actor.type.value, actor.country, actor.sector, actor.qid)
        aliases = json.dumps(actor.aliases, ensure_ascii=False)
        row = (number, actor.id, *kind, aliases, number, used, names)
        self._connection.execute(f"INSERT OR REPLACE INTO actors VALUES ({','.join('?' * len(row))})", row)
        if whose != actor.id:
            self._connection.execute("UPDATE actors SET party = ? WHERE number = ?", (self.number(whose), number))
        return number

    def number(self, id: str) -> int:
        """The number of an actor; one that the record does not have is taken from the lists."""
        number = self._find(id)
        if number is None:
            number = self.add(listed().get(id) or Actor(id, id, ActorType.ORGANISATION), used=False)
        return number

    def pair(self, source: int, target: int) -> int:
        """The number of the pair of the parties of two actors; -1 where they are of one party."""
        one, other = sorted((self._party(source), self._party(target)), key=lambda party: party[1])
        if one == other:
            return -1
        key = one[0], other[0]
        if key not in self._pairs:
            found = self._connection.execute("SELECT number FROM pairs WHERE a = ? AND b = ?", key).fetchone()
            if found is None:
                found = self._connection.execute("SELECT coalesce(max(number) + 1, 0) FROM pairs").fetchone()
                self._connection.execute("INSERT INTO pairs VALUES (?, ?, ?)", (found[0], *key))
            self._pairs[key] = int(found[0])
        return self._pairs[key]

    def _find(self, id: str) -> int | None:
        if id not in self._known:
            row = self._connection.execute("SELECT number FROM actors WHERE id = ?", (id,)).fetchone()
            if row is None:
                return None
            self._known[id] = int(row[0])
        return self._known[id]

    def _party(self, number: int) -> tuple[int, str]:
        """The number and the id of an actor's party."""
        if number not in self._parties:
            query = "SELECT p.number, p.id FROM actors a JOIN actors p ON p.number = a.party WHERE a.number = ?"
            self._parties[number] = self._connection.execute(query, (number,)).fetchone()
        return self._parties[number]
