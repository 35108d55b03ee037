"""What people corrected: rows that say nothing, speakers, acts, types and statuses, and which events are one.

A review names words: a document, where they stand in it, and the text. It is applied to the row that says these words in the
reading that the project has now, whichever reader made it; where none does it is kept, and applied again when one does.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from dragoman.errors import SettingsError
from dragoman.model import Act, ChainLink, Event, EventReport, Speaker, Statement, Status
from dragoman.ontology.plover import plover
from dragoman.record.dates import now
from dragoman.record.meant import Meant
from dragoman.record.view import named_actors
from dragoman.resolve.actors import merge_actors

Kind = Literal["accept", "reject", "speaker", "act", "status", "type", "same", "apart"]
RowKind = Literal["statement", "event"]
Place = tuple[str, int]
"""A document, and a row's position in the reading of it."""

NO_ROW = "no row has these words now"
"""The problem of a review whose words no row of the reading says."""
_OF: dict[str, RowKind] = {
    **dict.fromkeys(("speaker", "act"), "statement"),
    **dict.fromkeys(("status", "type", "same", "apart"), "event"),
}
_NUMBERED = re.compile(r"(.+)/([0-9]{1,6})")
_LIST = "'dragoman review PROJECT' lists rows with their ids"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A person's word about a row: that it is right ("accept") or none ("reject"), what its "speaker", "act", "status" or
    "type" is, or that it and another event are the "same" or "apart".

    What is said of an event holds for all its reports; "reject" is of one report, and "same" and "apart" of two.
    """

    kind: Kind
    row: str
    """Id of the statement or event; `ID/2` is the second report of an event, by document and place."""
    made_by: str
    value: str | None = None
    """Of a correction: the actor's id, or the act, status or PLOVER type."""
    other: str | None = None
    """Of same and apart: the other event, written like `row`."""
    row_kind: RowKind = "statement"
    """This and all that follows is given when it is kept."""
    document: str = ""
    """May be given before, where it is known, so that a statement is found quickly in a large project."""
    start: int = 0
    end: int = 0
    text: str = ""
    other_document: str | None = None
    other_start: int | None = None
    other_end: int | None = None
    number: int = 0
    made: str = ""
    """UTC."""
    undone: str | None = None
    now: str | None = None
    """Id of the row that has the words now."""
    problem: str | None = None
    """Why it changes nothing now, if it does not."""


@dataclass(frozen=True, slots=True)
class Words:
    """Where the words of a statement, or of one report of an event, stand."""

    row_kind: RowKind
    id: str
    """Of the row, with the number of the report where an event has several: `ID/2`."""
    read_as: str
    """The id that the reading gave it."""
    document: str
    position: int
    start: int
    end: int
    text: str


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


def add(connection: sqlite3.Connection, reviewed: Reviewed, meant: Meant) -> int:
    """Keeps a review, unless the same one holds already; returns its number. Raises SettingsError where it names what the
    project does not have, says what cannot be said of it, or contradicts another."""
    if not reviewed.made_by.strip():
        raise SettingsError(f"a review needs to say who made it (row {reviewed.row})")
    words = _one(connection, reviewed, reviewed.row, meant)
    wanted = _OF.get(reviewed.kind, words.row_kind)
    if words.row_kind != wanted:
        what = "a statement: its speaker and act" if words.row_kind == "statement" else "an event: its type and status"
        raise SettingsError(f"'{reviewed.kind}' cannot be said of {reviewed.row}, {what} can be corrected")
    other = None
    if reviewed.kind in ("same", "apart"):
        if not reviewed.other:
            raise SettingsError(f"'{reviewed.kind}' is said of two events: name another one beside {reviewed.row}")
        other = _one(connection, reviewed, reviewed.other, meant)
        if other.row_kind != "event":
            raise SettingsError(f"{reviewed.other} is a statement: '{reviewed.kind}' is said of events")
        if (other.document, other.position) == (words.document, words.position):
            raise SettingsError(
                f"{reviewed.row} and {reviewed.other} are one report: name two; the reports of an event are ID/1, ID/2, ..."
            )
    key = {
        "kind": reviewed.kind,
        "row_kind": words.row_kind,
        "row": words.read_as,
        "document": words.document,
        "start": words.start,
        "end": words.end,
        "value": _value(connection, reviewed, meant),
        "other": other.read_as if other else None,
        "other_document": other.document if other else None,
        "other_start": other.start if other else None,
        "other_end": other.end if other else None,
    }
    same = " AND ".join(f"{name} IS :{name}" for name in key)
    held = connection.execute(f"SELECT number FROM reviews WHERE undone IS NULL AND {same}", key).fetchone()
    if held and not _answered(connection, int(held[0]), reviewed.kind):
        return int(held[0])
    values = {**key, "text": words.text, "made_by": _storable(reviewed.made_by.strip()), "made": now()}
    row = connection.execute(
        f"INSERT INTO reviews ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})", values
    )
    assert row.lastrowid is not None
    _agree(connection, row.lastrowid, reviewed.kind)
    return row.lastrowid


def undo(connection: sqlite3.Connection, number: int) -> int:
    """Marks a review as undone; returns its number. Raises SettingsError where there is none that holds."""
    kind_of(connection, number)
    connection.execute("UPDATE reviews SET undone = ? WHERE number = ?", (now(), number))
    return number


def kind_of(connection: sqlite3.Connection, number: int) -> str:
    """The kind of the review of this number. Raises SettingsError where there is none that holds."""
    found = None
    if 0 < number < 2**63:
        held = "SELECT kind FROM reviews WHERE number = ? AND undone IS NULL"
        found = connection.execute(held, (number,)).fetchone()
    if found is None:
        raise SettingsError(f"no review {number} holds: 'dragoman review PROJECT list' lists them")
    return str(found[0])


def all_reviews(connection: sqlite3.Connection, meant: Meant) -> list[Reviewed]:
    """In the order in which they were made, those that were undone too, each with the row that it is applied to now."""
    rows = connection.execute("SELECT * FROM reviews ORDER BY number").fetchall()
    found = _matched(connection)
    actors = _names(connection, [row["value"] for row in rows if row["kind"] == "speaker"], meant)
    contrary = _contrary(connection, found)
    made = []
    for row in rows:
        one, other = found.get((row["number"], 0)), found.get((row["number"], 1))
        problem = None
        if row["undone"] is not None:
            pass
        elif one is None or (row["other_document"] is not None and other is None):
            problem = NO_ROW
        elif other is not None and one.place == other.place:
            problem = "one row has the words of both now"
        elif row["number"] in contrary:
            problem = f"reviews {_listed(contrary[row['number']])} say that they are one"
        elif row["kind"] == "speaker" and meant.everywhere.get(row["value"], row["value"]) not in actors:
            problem = f"no actor of the project has the id {row['value']} now"
        made.append(Reviewed(**dict(row), now=one.now if one else None, problem=problem))
    return made


def find(connection: sqlite3.Connection, id: str, document: str | None = None) -> list[Words]:
    """Where the words of the statement, of the event's reports, or of the one report that `id` names stand. A statement is
    looked for in `document` alone, if that is given."""
    id = _storable(id)
    if found := _standing(connection, id, document):
        return found
    numbered = _NUMBERED.fullmatch(id)
    found = _standing(connection, numbered[1], document) if numbered else []
    return [words for words in found if words.id == id or (len(found) == 1 and numbered and numbered[2] == "1")]


def applied(connection: sqlite3.Connection, meant: Meant) -> Applied:
    """What the reviews that hold change now. Of two that say different things of one row the later one holds."""
    rows = connection.execute("SELECT * FROM reviews WHERE undone IS NULL ORDER BY number").fetchall()
    if not rows:
        return NOTHING
    found = _matched(connection)
    names = _names(connection, [row["value"] for row in rows if row["kind"] == "speaker"], meant)
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
            for position in _told(connection, match):
                reports[match.document, position] = kind == "reject"
        else:
            key = match.document, match.row
            change = statements.get(key) or _unchanged(connection, match, meant)
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


def links(connection: sqlite3.Connection) -> tuple[list[tuple[Place, Place]], list[tuple[Place, Place]]]:
    """Reports that are said to be of one event, and those said not to be, for resolve."""
    found = _matched(connection)
    contrary = _contrary(connection, found)
    pairs = _pairs(connection, found)
    together = [(a, b) for _, kind, a, b in pairs if kind == "same"]
    return together, [(a, b) for number, kind, a, b in pairs if kind == "apart" and number not in contrary]


class _Match(NamedTuple):
    """The row that has the words of a review."""

    document: str
    position: int
    row: str
    """The id that the reading gave it."""
    now: str
    """The id that it has in the views."""

    @property
    def place(self) -> Place:
        return self.document, self.position


_MATCHING = """WITH ends (number, side, row_kind, row, document, start, end) AS MATERIALIZED (
        SELECT number, 0, row_kind, row, document, start, end FROM reviews WHERE undone IS NULL
        UNION ALL SELECT number, 1, row_kind, other, other_document, other_start, other_end FROM reviews
        WHERE undone IS NULL AND other_document IS NOT NULL
    ), near AS (
        SELECT e.*, t.position, t.id AS own, t.id AS now, t.start AS t_start, t.end AS t_end
        FROM ends e CROSS JOIN statements t ON t.document = e.document AND t.start < e.end AND t.end > e.start
        WHERE e.row_kind = 'statement'
        UNION ALL SELECT e.*, t.position, t.event, coalesce(t.same, t.event), t.start, t.end
        FROM ends e CROSS JOIN event_reports t ON t.document = e.document AND t.start < e.end AND t.end > e.start
        WHERE e.row_kind = 'event'
    )
    SELECT number, side, document, position, own, now,
        1.0 * (min(end, t_end) - max(start, t_start)) / max(end - start, t_end - t_start) AS share, row = own AS kept
    FROM near ORDER BY number, side, share DESC, kept DESC, position"""


def _matched(connection: sqlite3.Connection) -> dict[tuple[int, int], _Match]:
    """The row of each review that holds, by its number, and 0 or, for the other event, 1: the one that stands where the
    review does, else the one that shares most with it, and at least half of the longer of both."""
    found: dict[tuple[int, int], _Match] = {}
    for row in connection.execute(_MATCHING):
        if row["share"] >= 0.5:
            match = _Match(row["document"], row["position"], row["own"], row["now"])
            found.setdefault((row["number"], row["side"]), match)
    return found


def _pairs(
    connection: sqlite3.Connection, found: Mapping[tuple[int, int], _Match]
) -> list[tuple[int, str, Place, Place]]:
    """Number and kind of each review of two reports that both have a row of their own now, and the rows."""
    held = "SELECT number, kind FROM reviews WHERE undone IS NULL AND kind IN ('same', 'apart') ORDER BY number"
    pairs = []
    for number, kind in connection.execute(held):
        one, other = found.get((number, 0)), found.get((number, 1))
        if one and other and one.place != other.place:
            pairs.append((number, kind, one.place, other.place))
    return pairs


def _contrary(connection: sqlite3.Connection, found: Mapping[tuple[int, int], _Match]) -> dict[int, list[int]]:
    """Reviews that say that two are apart which others make one, and these others."""
    pairs = _pairs(connection, found)
    group: dict[Place, Place] = {}
    beside: dict[Place, list[Place]] = defaultdict(list)
    for _, kind, a, b in pairs:
        if kind == "same":
            one, other = group.setdefault(a, a), group.setdefault(b, b)
            if one != other:
                for place in (other, *beside.pop(other, ())):
                    group[place] = one
                    beside[one].append(place)
    return {
        number: [n for n, k, x, _ in pairs if k == "same" and group[x] == group[a]]
        for number, kind, a, b in pairs
        if kind == "apart" and a in group and group[a] == group.get(b)
    }


def _agree(connection: sqlite3.Connection, number: int, kind: str) -> None:
    """Raises SettingsError where the review of this number contradicts those before it."""
    if kind not in ("same", "apart"):
        return
    contrary = _contrary(connection, _matched(connection))
    if kind == "apart" and number in contrary:
        against, said = contrary[number], "one event"
    elif kind == "same" and contrary:
        against, said = sorted(contrary), "not one event"
    else:
        return
    raise SettingsError(
        f"by the reviews that hold these are {said}: 'dragoman review PROJECT undo N' undoes {_listed(against)}"
    )


def _answered(connection: sqlite3.Connection, number: int, kind: str) -> bool:
    """Whether later reviews of the same words may say something else than the one of this number."""
    kinds = ("accept", "reject") if kind in ("accept", "reject") else (kind, kind)
    later = """SELECT 1 FROM reviews v JOIN reviews w ON w.document = v.document AND w.row_kind = v.row_kind
        AND w.number > v.number AND w.start < v.end AND w.end > v.start
        WHERE v.number = ? AND w.undone IS NULL AND w.kind IN (?, ?)"""
    return kind not in ("same", "apart") and connection.execute(later, (number, *kinds)).fetchone() is not None


def _one(connection: sqlite3.Connection, reviewed: Reviewed, id: str, meant: Meant) -> Words:
    """The words that a review names: of an event with several reports the first that was not rejected."""
    found = find(connection, id, reviewed.document if id == reviewed.row else None)
    if not found:
        raise SettingsError(f"no statement or event of the project has the id {id}: {_LIST}")
    if len(found) > 1 and reviewed.kind == "reject":
        raise SettingsError(
            f"{id} has {len(found)} reports: reject each that is none, as {found[0].id}, {found[1].id}, ..."
        )
    if len(found) > 1 and reviewed.row == reviewed.other:
        raise SettingsError(
            f"{id} is one event: name two of its {len(found)} reports, as {found[0].id} and {found[1].id}"
        )
    rejected = applied(connection, meant).reports
    return next((words for words in found if (words.document, words.position) not in rejected), found[0])


def _value(connection: sqlite3.Connection, reviewed: Reviewed, meant: Meant) -> str | None:
    """The value of a correction in the form in which it is kept."""
    if reviewed.kind not in ("speaker", "act", "status", "type"):
        return None
    value = _storable((reviewed.value or "").strip())
    if reviewed.kind == "speaker":
        value = meant.everywhere.get(value, value)
        if value not in _names(connection, [value], meant):
            raise SettingsError(f"no actor of the project has the id '{value}': 'dragoman actors PROJECT' lists them")
        return value
    value = value.upper() if reviewed.kind == "type" else value.lower()
    choices: dict[str, list[str]] = {"act": [*Act], "status": [*Status], "type": [*plover().types]}
    known = choices[reviewed.kind]
    if value not in known:
        raise SettingsError(f"'{value}' is no {reviewed.kind}: choose from {', '.join(known)}")
    return value


def _standing(connection: sqlite3.Connection, id: str, document: str | None) -> list[Words]:
    statements = f"""SELECT 'statement', id, document, position, start, end, text FROM statements WHERE id = :id
        {"AND document = :document" if document else ""} ORDER BY document"""
    events = """SELECT 'event', event, document, position, start, end, text FROM event_reports WHERE {} = :id
        ORDER BY document, start, end, position"""
    values = {"id": id, "document": document and _storable(document)}
    for query in (events.format("coalesce(same, event)"), statements, events.format("event")):
        if rows := connection.execute(query, values).fetchall():
            return [
                Words(row[0], f"{id}/{number}" if len(rows) > 1 else id, *row[1:]) for number, row in enumerate(rows, 1)
            ]
    return []


def _unchanged(connection: sqlite3.Connection, match: _Match, meant: Meant) -> Change:
    query = "SELECT * FROM statements WHERE document = ? AND position = ?"
    row = connection.execute(query, match.place).fetchone()
    mention = (row["speaker_start"], row["speaker_end"]) if row["speaker_start"] is not None else None
    actor = meant.id(match.document, row["speaker"]) if row["speaker"] else None
    before = Speaker(actor, row["speaker_name"], row["speaker_role"], mention)
    return Change(match.position, before, row["speaker"])


def _told(connection: sqlite3.Connection, match: _Match) -> list[int]:
    """The positions of all rows that tell in the same words of the same event."""
    query = """SELECT t.position FROM event_reports t JOIN event_reports o USING (document, start, end, event)
        WHERE o.document = ? AND o.position = ?"""
    return [position for (position,) in connection.execute(query, match.place)]


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


def _names(connection: sqlite3.Connection, actors: Iterable[str], meant: Meant) -> dict[str, str]:
    """The names of those of these actors that the project has, by what they mean now."""
    ids = {meant.everywhere.get(actor, actor) for actor in actors}
    if not ids:
        return {}
    return {actor.id: actor.name for actor in map(merge_actors, named_actors(connection, ids, meant))}


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _storable(text: str) -> str:
    """The text without halves of surrogate pairs, which arguments of a command line may hold."""
    return text.encode("utf-8", "backslashreplace").decode()
