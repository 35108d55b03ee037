"""What part of a record is asked for, and the SQL that finds it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from dragoman.errors import SettingsError
from dragoman.ontology.fold import fold
from dragoman.record.dates import bounds


@dataclass(frozen=True, slots=True)
class Filter:
    """All conditions that are given must hold. Case and accents never matter."""

    actor: str | None = None
    """An actor's id, a state's ISO 3166 code, or a name or alias of one or several actors."""
    since: str | None = None
    """ISO or EDTF date. Statements and documents are dated by their publication, events by their own date or, where
    they have none, by the publication of the document; what has neither date is left out."""
    until: str | None = None
    """ISO or EDTF date, inclusive: "2024-06" is the whole of June."""
    type: str | None = None
    """PLOVER event type. A statement or document has a type when it holds the report of such an event."""
    outlet: str | None = None
    """Name of the outlet that published the document."""
    act: str | None = None
    """Act of a statement. An event or document has an act when it is reported in, or holds, such a statement."""
    limit: int | None = None
    """At most so many rows."""

    def __post_init__(self) -> None:
        for name, value in (("since", self.since), ("until", self.until)):
            if value is not None and bounds(value) is None:
                raise SettingsError(f"'{value}' is not a date ({name}): write it as 2024, 2024-06 or 2024-06-23")
        low, high = bounds(self.since), bounds(self.until)
        if low and high and high[1] < low[0]:
            raise SettingsError(f"this time ends ({self.until}) before it begins ({self.since}): exchange the two")
        if self.limit is not None and self.limit < 0:
            raise SettingsError(f"the limit must be 0 or more, not {self.limit}")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of an SQL query, "1" where there is none, and the values of its named parameters."""

    sql: str
    values: dict[str, str | int]


_USED = "SELECT 1 FROM actors a WHERE a.document = d.id AND a.used AND a.id IN (SELECT value FROM json_each(:actors))"
_SPEAKS = """
    s.speaker IN (SELECT value FROM json_each(:actors))
    OR EXISTS (SELECT 1 FROM statement_chains c WHERE c.document = s.document AND c.statement = s.position
               AND c.actor IN (SELECT value FROM json_each(:actors)))
    OR EXISTS (SELECT 1 FROM statement_about b WHERE b.document = s.document AND b.statement = s.position
               AND b.actor IN (SELECT value FROM json_each(:actors)))"""
_ACTS = """SELECT 1 FROM event_actors e WHERE e.document = r.document AND e.report = r.position
    AND e.actor IN (SELECT value FROM json_each(:actors))"""

_DOCUMENTS = {
    "actor": f"EXISTS ({_USED})",
    "since": "d.latest >= :since",
    "until": "d.earliest <= :until",
    "type": "EXISTS (SELECT 1 FROM event_reports r WHERE r.document = d.id AND r.type = :type)",
    "outlet": "fold(d.outlet) = :outlet",
    "act": "EXISTS (SELECT 1 FROM statements s WHERE s.document = d.id AND s.act = :act)",
}
_STATEMENTS = {
    **_DOCUMENTS,
    "actor": f"({_SPEAKS})",
    "type": """EXISTS (SELECT 1 FROM event_reports r WHERE r.document = s.document AND r.statement = s.id
               AND r.type = :type)""",
    "act": "s.act = :act",
}
_REPORTS = {
    "actor": f"EXISTS ({_ACTS})",
    "since": "coalesce(r.latest, d.latest) >= :since",
    "until": "coalesce(r.earliest, d.earliest) <= :until",
    "type": "r.type = :type",
    "outlet": "fold(d.outlet) = :outlet",
    "act": """EXISTS (SELECT 1 FROM statements s WHERE s.document = r.document AND s.id = r.statement
              AND s.act = :act)""",
}


def for_documents(filter: Filter, connection: sqlite3.Connection) -> Condition:
    """For a query over `documents d`."""
    return _condition(filter, _DOCUMENTS, connection)


def for_statements(filter: Filter, connection: sqlite3.Connection) -> Condition:
    """For a query over `statements s JOIN documents d`."""
    return _condition(filter, _STATEMENTS, connection)


def for_reports(filter: Filter, connection: sqlite3.Connection) -> Condition:
    """For a query over `event_reports r JOIN documents d`."""
    return _condition(filter, _REPORTS, connection)


def actor_ids(actor: str, connection: sqlite3.Connection) -> set[str]:
    """Ids of the actors that an id, an ISO 3166 code or a name means, and of all that are the same actor."""
    rows = connection.execute(
        "SELECT actor FROM actor_names WHERE folded = :folded UNION SELECT id FROM actors WHERE id IN (:id, :state)"
        " UNION SELECT meant FROM same_actors WHERE meant = :id",
        {"folded": fold(actor), "id": actor.strip(), "state": f"state:{actor.strip().upper()}"},
    )
    found = {id for (id,) in rows}
    same = """WITH found (id) AS (SELECT value FROM json_each(:ids)),
        meant (id) AS (SELECT id FROM found UNION SELECT s.meant FROM same_actors s JOIN found f ON f.id = s.actor)
        SELECT id FROM meant UNION SELECT s.actor FROM same_actors s JOIN meant m ON m.id = s.meant"""
    return {id for (id,) in connection.execute(same, {"ids": json.dumps(sorted(found))})}


def _condition(filter: Filter, wanted: dict[str, str], connection: sqlite3.Connection) -> Condition:
    values: dict[str, str | int] = {"limit": -1 if filter.limit is None else filter.limit}
    given = []
    for name, sql in wanted.items():
        value = getattr(filter, name)
        if value is None:
            continue
        given.append(sql)
        days = bounds(value) if name in ("since", "until") else None
        if name == "actor":
            values["actors"] = json.dumps(sorted(actor_ids(value, connection)))
        elif days:
            values[name] = days[0] if name == "since" else days[1]
        else:
            values[name] = _stored(name, value)
    return Condition(" AND ".join(given) or "1", values)


def _stored(name: str, value: str) -> str:
    """The value in the form in which rows hold it: types in capitals, acts in small letters."""
    return {"type": value.upper(), "act": value.lower()}.get(name) or fold(value) or ""
