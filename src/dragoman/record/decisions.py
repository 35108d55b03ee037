"""What people decided about actors: two are one, two are not, an actor of one document is another, an actor's name."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from dragoman.errors import SettingsError
from dragoman.record.dates import now
from dragoman.resolve.same_actors import Decision


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision: "merge" makes `actor` and `other` one; "split" says that they are not, or, with a `document`, that the
    actor of that document is another one; "rename" gives `actor` a name."""

    kind: Literal["merge", "split", "rename"]
    actor: str
    made_by: str
    other: str | None = None
    document: str | None = None
    name: str | None = None
    number: int = 0
    """Given when it is kept."""
    made: str = ""
    """UTC, given when it is kept."""
    undone: str | None = None


def add(connection: sqlite3.Connection, decided: Decided) -> int:
    """Keeps a decision. Raises SettingsError where it lacks a part, or names what the project does not have."""
    needed = {"merge": bool(decided.other), "rename": bool((decided.name or "").strip())}
    if not needed.get(decided.kind, bool(decided.other) != bool(decided.document)) or decided.actor == decided.other:
        raise SettingsError(f"a {decided.kind} needs two actors, or an actor and a document or name")
    for actor in filter(None, (decided.actor, decided.other)):
        known = "SELECT 1 FROM actors WHERE id = ? UNION SELECT 1 FROM same_actors WHERE meant = ?"
        if connection.execute(known, (actor, actor)).fetchone() is None:
            raise SettingsError(f"no actor of the project has the id {actor}: 'dragoman actors PROJECT' lists them")
    if (
        decided.document
        and not connection.execute(
            "SELECT 1 FROM actors WHERE id = ? AND document = ?", (decided.actor, decided.document)
        ).fetchone()
    ):
        raise SettingsError(f"the document {decided.document} does not name {decided.actor}")
    values = (decided.kind, decided.actor, decided.other, decided.document, decided.name, decided.made_by, now())
    row = connection.execute(
        "INSERT INTO actor_decisions (kind, actor, other, document, name, made_by, made) VALUES (?, ?, ?, ?, ?, ?, ?)",
        values,
    )
    assert row.lastrowid is not None
    return row.lastrowid


def undo(connection: sqlite3.Connection, number: int) -> int:
    """Marks a decision as undone; returns its number. Raises SettingsError where there is none that holds."""
    values = (now(), number)
    row = connection.execute("UPDATE actor_decisions SET undone = ? WHERE number = ? AND undone IS NULL", values)
    if not row.rowcount:
        raise SettingsError(f"no decision {number} holds: 'dragoman actors PROJECT decisions' lists them")
    return number


def all_decisions(connection: sqlite3.Connection) -> list[Decided]:
    """In the order in which they were made."""
    columns = "kind, actor, made_by, other, document, name, number, made, undone"
    return [Decided(*row) for row in connection.execute(f"SELECT {columns} FROM actor_decisions ORDER BY number")]


def holding(connection: sqlite3.Connection) -> list[Decision]:
    """The merges and splits that hold, for resolve."""
    made = [one for one in all_decisions(connection) if one.undone is None]
    return [
        Decision(one.kind, one.actor, one.other or "", f"{one.made_by}, {one.made[:10]}", one.document or "")
        for one in made
        if one.kind != "rename"
    ]
