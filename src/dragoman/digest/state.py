"""Of which state of the record a digest is, and what people had corrected then."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from dragoman.digest.columns import TABLES
from dragoman.ontology.own import in_use
from dragoman.record import Project

Applied = dict[str, dict[str, Any]]


def state_of(project: Project) -> dict[str, str]:
    """What a digest is made of; one made of something else is not up to date."""
    return {"form": f"{_form()} {in_use()}", **project.stamp()._asdict()}


def applied_now(project: Project) -> Applied:
    """What people corrected, in values that can be compared and kept as JSON: by statement, report and event."""
    applied = project.applied()
    return {
        "statements": {f"{document}\t{id}": repr(change) for (document, id), change in applied.statements.items()},
        "reports": {f"{document}\t{position}": "" for document, position in applied.reports},
        "events": {
            **{f"type\t{id}": type for id, type in applied.types.items()},
            **{f"status\t{id}": status for id, status in applied.statuses.items()},
        },
    }


def put(connection: sqlite3.Connection, name: str, value: object) -> None:
    """Keeps a value under a name."""
    row = (name, json.dumps(value, ensure_ascii=False, sort_keys=True))
    connection.execute("INSERT OR REPLACE INTO made (name, value) VALUES (?, ?)", row)


def made(connection: sqlite3.Connection) -> Mapping[str, Any]:
    """All values by name."""
    return {name: json.loads(value) for name, value in connection.execute("SELECT name, value FROM made")}


@lru_cache(maxsize=1)
def _form() -> str:
    """A hash of the tables of a digest, and of the lists by which actors, outlets and events are judged."""
    hash = sha256(json.dumps(TABLES).encode() + files(__package__).joinpath("tables.sql").read_bytes())
    for file in sorted(files("dragoman.ontology").joinpath("data").iterdir(), key=lambda file: file.name):
        if file.name in ("outlets.csv", "states.csv", "organisations.csv", "groups.csv", "plover.json"):
            hash.update(file.read_bytes())
    return hash.hexdigest()[:16]


def version_of(connection: sqlite3.Connection) -> int:
    """How often a digest was brought up to date since it was made."""
    return int(connection.execute("SELECT value FROM made WHERE name = 'version'").fetchone()[0])


def parts_of(connection: sqlite3.Connection) -> Mapping[str, Any]:
    """What a digest was made of, as `state_of` gives it for a project."""
    names = ("form", "documents", "resolved", "decisions", "reviews")
    query = f"SELECT name, value FROM made WHERE name IN ({','.join('?' * len(names))})"
    return {name: json.loads(value) for name, value in connection.execute(query, names)}
