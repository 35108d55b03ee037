"""Who is named where: actors by how many documents name them, the documents that name one, and what documents are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.ontology.fold import fold
from dragoman.record.meant import Meant

SAME = """LEFT JOIN same_actors n ON n.actor = a.id AND n.document = ''
    LEFT JOIN same_actors p ON p.actor = a.id AND p.document = a.document
    LEFT JOIN same_actors m ON m.actor = p.meant AND m.document = ''"""
WHO = "coalesce(m.meant, p.meant, n.meant, a.id)"
"""The actor that an actor of a document is, as `Meant.id` says it."""


IMPRINTS = "SELECT id, source, outlet, title, published, language, copy_of FROM documents"
"""The columns of an Imprint, in its order."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is known of a document beside its text."""

    id: str
    source: str
    outlet: str | None
    title: str | None
    published: str | None
    """EDTF."""
    language: str | None
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Naming:
    """A document that names an actor, and by which id and name its reading has it."""

    document: str
    actor: str
    name: str


def imprints(connection: sqlite3.Connection, documents: Iterable[str] | None) -> dict[str, Imprint]:
    """What is known of documents, all or those with these ids, by id; their texts are not loaded."""
    if documents is None:
        found = connection.execute(IMPRINTS)
    else:
        found = connection.execute(
            f"{IMPRINTS} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(set(documents))),)
        )
    return {row["id"]: Imprint(*row) for row in found}


def most_named(
    connection: sqlite3.Connection,
    meant: Meant,
    words: str | None,
    type: str | None,
    country: str | None,
    limit: int,
    offset: int,
) -> tuple[int, list[tuple[str, int]]]:
    """How many actors there are with a name that has words which begin like these, of a type and a country; and a page of
    them, by how many documents name each."""
    folded = fold(words)
    renamed = sorted(id for id, name in meant.names.items() if folded and f" {folded}" in f" {fold(name)}")
    asked = """(:words IS NULL OR instr(' ' || (SELECT group_concat(w.folded, char(10) || ' ') FROM actor_names w
            WHERE w.document = a.document AND w.actor = a.id), :words)"""
    query = f"""WITH who AS (SELECT {WHO} AS id, a.document,
            {asked} OR {WHO} IN (SELECT value FROM json_each(:renamed)))
            AND (:type IS NULL OR a.type = :type) AND (:country IS NULL OR a.country = :country) AS wanted
            FROM actors a {SAME} WHERE a.used)
        SELECT id, count(DISTINCT document) AS documents, count(*) OVER () AS total FROM who
        GROUP BY id HAVING max(wanted) ORDER BY documents DESC, id LIMIT :limit OFFSET :offset"""
    values = {
        "words": f" {folded}" if folded else None,
        "renamed": json.dumps(renamed),
        "type": type,
        "country": country,
        "limit": limit,
        "offset": offset,
    }
    rows = connection.execute(query, values).fetchall()
    return (rows[0]["total"] if rows else 0), [(row["id"], row["documents"]) for row in rows]


def namings(connection: sqlite3.Connection, actor: str, limit: int) -> tuple[int, list[Naming]]:
    """How many documents name an actor, and the newest of them, with the id and the name that each has."""
    query = f"""SELECT a.document, a.id, a.name, count(*) OVER () AS total
        FROM actors a {SAME} JOIN documents d ON d.id = a.document
        WHERE a.used AND {WHO} = :actor
            AND a.id IN (SELECT :actor UNION SELECT actor FROM same_actors WHERE meant = :actor
                UNION SELECT s.actor FROM same_actors s JOIN same_actors t ON t.actor = s.meant WHERE t.meant = :actor)
        ORDER BY d.earliest DESC, a.document, a.id LIMIT :limit"""
    rows = connection.execute(query, {"actor": actor, "limit": limit}).fetchall()
    return (rows[0]["total"] if rows else 0), [Naming(row["document"], row["id"], row["name"]) for row in rows]


def read_names(connection: sqlite3.Connection, actors: Iterable[str]) -> dict[str, str]:
    """By id, what most documents call actors, as their readings have them: also those that are another actor by now."""
    query = """SELECT id, name FROM (SELECT id, name, count(*) AS many FROM actors
            WHERE id IN (SELECT value FROM json_each(?)) GROUP BY id, name)
        ORDER BY many, name"""
    return dict(connection.execute(query, (json.dumps(sorted(set(actors))),)).fetchall())


def countries(connection: sqlite3.Connection) -> list[str]:
    """The countries of all actors, by code."""
    query = "SELECT DISTINCT country FROM actors WHERE used AND country IS NOT NULL ORDER BY country"
    return [country for (country,) in connection.execute(query)]
