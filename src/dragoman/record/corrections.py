"""What people corrected: rows that say nothing, speakers, acts, types and statuses, as the views show them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dragoman.model import Act, ChainLink, Event, EventReport, Speaker, Statement, Status
from dragoman.ontology.plover import plover
from dragoman.record.reviewed import Place


@dataclass(frozen=True, slots=True)
class Change:
    """What people said of one statement; None where they said nothing."""

    position: int
    before: Speaker
    """Who speaks in the reading, by the actor that he is."""
    read_as: str | None
    """The actor that the reading has."""
    rejected: bool = False
    speaker: ChainLink | None = None
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """What the reviews that hold change in the rows as they are now."""

    statements: Mapping[tuple[str, str], Change] = field(default_factory=dict)
    """By document and id."""
    reports: frozenset[Place] = frozenset()
    """Those rejected."""
    types: Mapping[str, str] = field(default_factory=dict)
    """By event, as the views name it."""
    statuses: Mapping[str, str] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()
    """Statements and events that somebody has accepted or corrected."""

    def __bool__(self) -> bool:
        return bool(self.statements or self.reports or self.types or self.statuses)

    def statement(self, statement: Statement) -> Statement:
        """The statement as corrected; it is not one that was rejected."""
        said = self.statements.get((statement.document, statement.condition or ""))
        if said and said.rejected:
            statement = replace(statement, condition=None)
        change = self.statements.get((statement.document, statement.id))
        if change is None:
            return statement
        if change.act:
            statement = replace(statement, act=Act(change.act))
        if change.speaker:
            speaker = Speaker(change.speaker.actor, change.speaker.name)
            statement = replace(statement, speaker=speaker, chain=_spoken(statement.chain, change))
        return statement

    def event(self, event: Event) -> Event:
        """The event, or what one report tells of it, as corrected; its id is that of the views."""
        if not self:
            return event
        if type := self.types.get(event.id):
            mode = event.mode if type == event.type else None
            event = replace(event, type=type, mode=mode, quad=plover().types[type].quad)
        if status := self.statuses.get(event.id):
            event = replace(event, status=Status(status))
        return replace(event, reports=tuple(map(self._report, event.reports)))

    def _report(self, report: EventReport) -> EventReport:
        change = self.statements.get((report.document, report.statement or ""))
        if change is None:
            return report
        chain = _spoken(report.chain, change) if change.speaker else report.chain
        return replace(report, statement=None if change.rejected else report.statement, chain=chain)

    @property
    def sql(self) -> str:
        """What a query begins with so that its tables have the corrected values and no rejected rows. `main.statements` and
        the like are the tables as they are."""
        return _CORRECTED if self else ""

    @property
    def values(self) -> dict[str, str]:
        """The values of the parameters in `sql`."""
        changed = [
            (document, one.position, one.rejected, one.speaker.actor if one.speaker else None, one.act, one.read_as)
            for (document, _), one in self.statements.items()
        ]
        found = {"changed": changed, "dropped": sorted(self.reports), "retyped": sorted(self.types.items())}
        return {name: json.dumps(rows) for name, rows in found.items()}


NOTHING = Applied()


# Neither by joins nor by NOT IN: SQLite takes the reviews for few and looks through all of them for each row, or for a NULL
# among them. What is asked by CASE WHEN ... IN it finds at once.
_CORRECTED = """WITH changed (document, position, rejected, speaker, act, before) AS MATERIALIZED (
        SELECT CAST(json_extract(value, '$[0]') AS TEXT), CAST(json_extract(value, '$[1]') AS INTEGER),
            json_extract(value, '$[2]'), json_extract(value, '$[3]'), json_extract(value, '$[4]'),
            json_extract(value, '$[5]')
        FROM json_each(:changed)
    ), dropped (document, position) AS MATERIALIZED (
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:dropped)
    ), retyped (event, type) AS MATERIALIZED (
        SELECT CAST(json_extract(value, '$[0]') AS TEXT), json_extract(value, '$[1]') FROM json_each(:retyped)
    ), statements AS (
        SELECT s.document, s.position, s.id, s.start, s.end, s.confidence,
            CASE WHEN (s.document, s.position) IN (SELECT document, position FROM changed WHERE speaker IS NOT NULL)
                THEN (SELECT c.speaker FROM changed c WHERE c.document = s.document AND c.position = s.position)
                ELSE s.speaker END AS speaker,
            CASE WHEN (s.document, s.position) IN (SELECT document, position FROM changed WHERE act IS NOT NULL)
                THEN (SELECT c.act FROM changed c WHERE c.document = s.document AND c.position = s.position)
                ELSE s.act END AS act
        FROM main.statements s
        WHERE CASE WHEN (s.document, s.position) IN (SELECT document, position FROM changed WHERE rejected)
            THEN 0 ELSE 1 END
    ), statement_chains AS (
        SELECT l.document, l.statement, l.position,
            CASE WHEN l.position = 0
                AND (l.document, l.statement) IN (SELECT document, position FROM changed WHERE speaker IS NOT NULL)
                THEN (SELECT CASE WHEN l.actor IS c.before THEN c.speaker ELSE l.actor END FROM changed c
                    WHERE c.document = l.document AND c.position = l.statement)
                ELSE l.actor END AS actor
        FROM main.statement_chains l
    ), event_reports AS (
        SELECT r.document, r.position, r.event, r.same, r.earliest, r.latest, r.statement, r.confidence,
            CASE WHEN coalesce(r.same, r.event) IN (SELECT event FROM retyped)
                THEN (SELECT t.type FROM retyped t WHERE t.event = coalesce(r.same, r.event))
                ELSE r.type END AS type
        FROM main.event_reports r
        WHERE CASE WHEN (r.document, r.position) IN (SELECT document, position FROM dropped) THEN 0 ELSE 1 END
    )
    """


def _spoken(chain: tuple[ChainLink, ...], change: Change) -> tuple[ChainLink, ...]:
    """The chain with the right speaker in front, in place of the one that the reading has there, if it has one."""
    if change.speaker is None:
        return chain
    before, first = change.before, chain[0] if chain else None
    there = first is not None and (
        first.actor == before.actor
        if before.actor
        else (first.actor, first.name, first.mention) == (None, before.name, before.mention)
    )
    return (change.speaker, *chain[1:]) if there else (change.speaker, *chain)
