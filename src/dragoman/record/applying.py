"""Applies the reviews that hold to the rows as they are now."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from dragoman.model import ChainLink, Speaker
from dragoman.record.corrections import NOTHING, Applied, Change
from dragoman.record.matching import matched
from dragoman.record.meant import Meant
from dragoman.record.reviewed import Place
from dragoman.record.view import named_actors
from dragoman.resolve.actors import merge_actors


def applied(connection: sqlite3.Connection, meant: Meant) -> Applied:
    """What the reviews that hold change now. Of two that say different things of one row the later one holds."""
    rows = connection.execute("SELECT * FROM reviews WHERE undone IS NULL ORDER BY number").fetchall()
    if not rows:
        return NOTHING
    found = matched(connection)
    at = {
        kind: {found[row["number"], 0].place for row in rows if row["row_kind"] == kind and (row["number"], 0) in found}
        for kind in ("statement", "event")
    }
    unchanged, told = _unchanged(connection, at["statement"], meant), _told(connection, at["event"])
    names = names_of(connection, [row["value"] for row in rows if row["kind"] == "speaker"], meant)
    statements: dict[tuple[str, str], Change] = {}
    reports: dict[Place, bool] = {}
    values: dict[str, dict[str, str]] = {"type": {}, "status": {}}
    seen = set()
    for row in rows:
        kind, value, match = row["kind"], row["value"], found.get((row["number"], 0))
        if match is None or kind in ("same", "apart"):
            continue
        if kind != "reject":
            seen.add(match.now)
        if kind in values:
            values[kind][match.now] = value
        elif row["row_kind"] == "event":
            reports |= dict.fromkeys(told[match.place], kind == "reject")
        else:
            key = match.document, match.row
            change = statements.get(key) or unchanged[match.place]
            actor = meant.everywhere.get(value, value)
            if kind == "speaker" and actor in names:
                change = replace(change, speaker=ChainLink(actor, names[actor]))
            elif kind == "act":
                change = replace(change, act=value)
            elif kind in ("accept", "reject"):
                change = replace(change, rejected=kind == "reject")
            statements[key] = change
    dropped = frozenset(place for place, rejected in reports.items() if rejected)
    return Applied(statements, dropped, values["type"], values["status"], frozenset(seen))


_PLACES = """WITH places (document, position) AS MATERIALIZED (
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)
    ) """
_STATEMENTS = """SELECT s.document, s.position, s.speaker, s.speaker_name, s.speaker_role, s.speaker_start, s.speaker_end
    FROM places p CROSS JOIN statements s ON s.document = p.document AND s.position = p.position"""
_TOLD = """SELECT o.document, o.position, t.position AS told FROM places p
    CROSS JOIN event_reports o ON o.document = p.document AND o.position = p.position
    CROSS JOIN event_reports t ON t.document = o.document AND t.start = o.start AND t.end = o.end AND t.event = o.event"""


def _unchanged(connection: sqlite3.Connection, places: Iterable[Place], meant: Meant) -> dict[Place, Change]:
    """The statements at these places with nothing said of them."""
    found = {}
    for row in connection.execute(_PLACES + _STATEMENTS, (json.dumps(sorted(places)),)):
        mention = (row["speaker_start"], row["speaker_end"]) if row["speaker_start"] is not None else None
        actor = meant.id(row["document"], row["speaker"]) if row["speaker"] else None
        before = Speaker(actor, row["speaker_name"], row["speaker_role"], mention)
        found[row["document"], row["position"]] = Change(row["position"], before, row["speaker"])
    return found


def _told(connection: sqlite3.Connection, places: Iterable[Place]) -> dict[Place, list[Place]]:
    """For each report at these places all rows that tell in the same words of the same event."""
    found: dict[Place, list[Place]] = defaultdict(list)
    for document, position, told in connection.execute(_PLACES + _TOLD, (json.dumps(sorted(places)),)):
        found[document, position].append((document, told))
    return found


def names_of(connection: sqlite3.Connection, actors: Iterable[str], meant: Meant) -> dict[str, str]:
    """The names of those of these actors that the project has, by what they mean now."""
    ids = {meant.everywhere.get(actor, actor) for actor in actors}
    if not ids:
        return {}
    return {actor.id: actor.name for actor in map(merge_actors, named_actors(connection, ids, meant))}
