"""Makes a large record of invented pages, straight into the schema: what a busy project looks like after some years.

Few pairs of states have most of the events, few outlets most of the documents, and half of the words are such as stand in every
text. A third of the events is told again on a later page, a tenth of the pages repeat another one. Nothing in it happened.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from dragoman.model import Act, ActorType, Document, Form, Status
from dragoman.ontology.actors import states
from dragoman.ontology.fold import fold
from dragoman.ontology.plover import plover
from dragoman.record import Project
from dragoman.record.database import connect
from dragoman.record.writer import _COLUMNS

READER = "made 1"
TELLINGS = 7
"""Reports of events in a document, at the mean; two in seven tell again what a page before told."""
SAID = 25
"""Statements in a document."""
YEARS = 10
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()
_SPICE = ("in response to", "after", "retaliated for", "withdraw", "release", "talks", "denied the report of")
_COMMON = "the of and to in that for it with as his on be at by this had not are but from".split()
_SECTORS = ("GOV", "GOV", "GOV", "MIL", "LEG", "BUS", "MED", "CVL")


class Choice:
    """Draws from a list so that the first is drawn most often (Zipf)."""

    def __init__(self, dice: random.Random, values: Sequence[str], power: float = 1.0) -> None:
        self._dice, self._values = dice, values
        self._weights = list(accumulate(1 / rank**power for rank in range(1, len(values) + 1)))

    def some(self, many: int) -> list[str]:
        return self._dice.choices(self._values, cum_weights=self._weights, k=many)


class World:
    """The actors, outlets and words of which pages are made."""

    def __init__(self, dice: random.Random, people: int) -> None:
        vocabulary = ["".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(8000)]
        words = Choice(dice, vocabulary, 0.5)
        self.phrases = [_phrase(dice, words) for _ in range(50_000)]
        codes = sorted(states())[:]
        dice.shuffle(codes)
        self.states = Choice(dice, codes[:120])
        self.actors: dict[str, tuple[str, str, str | None, str | None]] = {
            id: (states()[id].name, ActorType.STATE, id[6:], "GOV") for id in codes[:120]
        }
        names = ["".join(dice.choices(_SYLLABLES, k=3)).title() for _ in range(people)]
        own: dict[str, list[str]] = {id: [] for id in codes[:120]}
        for number, name in enumerate(names):
            state = self.states.some(1)[0]
            own[state].append(f"person:{number}")
            self.actors[f"person:{number}"] = (
                f"{name} {names[number - 1]}",
                ActorType.PERSON,
                state[6:],
                dice.choice(_SECTORS),
            )
        self.people = {id: Choice(dice, some or [id]) for id, some in own.items()}
        self.outlets = Choice(dice, [f"Outlet {number}" for number in range(300)])
        for number in range(300):
            self.actors[f"outlet:{number}"] = (f"Outlet {number}", ActorType.OUTLET, None, "MED")
        self.types = Choice(dice, dice.sample(sorted(plover().types), len(plover().types)), 0.7)


def _phrase(dice: random.Random, words: Choice) -> str:
    """Some words, every other one so common that it tells nothing."""
    return " ".join(f"{word} {dice.choice(_COMMON)}" for word in words.some(dice.randint(2, 5)))


def make(folder: Path, events: int, seed: int = 7) -> dict[str, int]:
    """Makes a project of about so many events; returns how many there are of each kind."""
    dice = random.Random(seed)
    Project(folder).close()
    connection = connect(folder / "project.db")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")
    connection.execute(
        "INSERT INTO runs (id, reader, options, started) VALUES ('run-1', ?, '{}', '2031-01-01')", (READER,)
    )
    pages = _pages(dice, World(dice, max(events // 100, 50)), max(events // 5, 2))
    told = 0
    waiting: dict[str, list[tuple[object, ...]]] = {table: [] for table in _COLUMNS}
    waiting |= {"same": [], "kinship": []}
    for number, page in enumerate(pages, 1):
        for table, found in page.items():
            waiting[table] += found
        told += len(page["event_reports"])
        if number % 500 == 0:
            _write(connection, waiting)
    _write(connection, waiting)
    connection.execute("INSERT OR REPLACE INTO state VALUES ('resolved', 'made')")
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("ANALYZE")
    counts = {}
    for table in ("documents", "event_reports", "statements", "actors"):
        (counts[table],) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return counts


def _write(connection: sqlite3.Connection, waiting: dict[str, list[tuple[object, ...]]]) -> None:
    for table, columns in _COLUMNS.items():
        marks = ",".join("?" * (columns.count(",") + 1))
        connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", waiting[table])
        waiting[table].clear()
    connection.executemany("UPDATE event_reports SET same = ? WHERE document = ? AND position = ?", waiting["same"])
    connection.executemany("UPDATE documents SET story = ?, copy_of = ? WHERE id = ?", waiting["kinship"])
    waiting["same"].clear()
    waiting["kinship"].clear()


def _pages(dice: random.Random, world: World, many: int) -> Iterator[dict[str, list[tuple[object, ...]]]]:
    begin = date(2020, 1, 1)
    recent: list[tuple[str, tuple[object, ...], list[tuple[str, str]]]] = []
    originals: list[str] = []
    for number in range(many):
        day = (begin + timedelta(number * 365 * YEARS // many)).isoformat() if dice.random() > 0.02 else None
        page = _page(dice, world, number, day, recent)
        id = str(page["documents"][0][0])
        copy = dice.choice(originals[-50:]) if originals and dice.random() < 0.1 else None
        page["kinship"] = [(f"story-{number // 3}", copy, id)]
        if copy is None:
            originals.append(id)
        del recent[:-60]
        yield page


def _page(
    dice: random.Random,
    world: World,
    number: int,
    day: str | None,
    recent: list[tuple[str, tuple[object, ...], list[tuple[str, str]]]],
) -> dict[str, list[tuple[object, ...]]]:
    page: dict[str, list[tuple[object, ...]]] = {table: [] for table in (*_COLUMNS, "same")}
    outlet = world.outlets.some(1)[0]
    outlet_actor = f"outlet:{outlet[7:]}"
    used = {outlet_actor}
    by = (READER, "run-1")
    tellings, sayings = dice.randint(TELLINGS - 4, TELLINGS + 4), dice.randint(SAID - 10, SAID + 10)
    whole, spans = _text(dice, world, tellings + sayings)
    source = f"https://{outlet[7:]}.example/{number}"
    document = Document(whole, source)
    id = document.id
    for position, (start, end) in enumerate(spans[:tellings]):
        words = whole[start:end]
        own = f"event-{dice.getrandbits(64):016x}"
        if recent and dice.random() < 2 / 7:
            same, kind, parties = dice.choice(recent)
            page["same"].append((same, id, position))
        else:
            kind, parties = _event(dice, world, day)
            recent.append((own, kind, parties))
        link = (id, position, 0, outlet_actor, outlet, None, None)
        page["event_reports"].append(
            (id, position, own, *kind, None, start, end, words, None, round(dice.uniform(0.4, 1), 2), *by)
        )
        page["report_chains"].append(link)
        places = {"actor": 0, "recipient": 0}
        for role, actor in parties:
            page["event_actors"].append((id, position, role, places[role], actor))
            places[role] += 1
            used.add(actor)
    cast = [world.people[state].some(1)[0] for state in world.states.some(6)]
    for position, (start, end) in enumerate(spans[tellings:]):
        words = whole[start:end]
        said = f"statement-{dice.getrandbits(64):016x}"
        speaker, other = dice.choice(cast), world.states.some(1)[0]
        used |= {speaker, other}
        act, form = dice.choice(list(Act)), dice.choice(list(Form))
        name = world.actors[speaker][0]
        page["statements"].append(
            (
                id,
                position,
                said,
                start,
                end,
                words,
                form,
                act,
                None,
                None,
                speaker,
                name,
                None,
                None,
                None,
                0.7,
                None,
                *by,
            )
        )
        page["statement_chains"].append((id, position, 0, speaker, name, None, None))
        page["statement_chains"].append((id, position, 1, outlet_actor, outlet, None, None))
        page["statement_about"].append((id, position, 0, other, dice.choice((-1, 0, 0, 1))))
    for place, actor in enumerate(sorted(used)):
        name, kind_, country, sector = world.actors[actor]
        page["actors"].append((id, place, actor, name, kind_, country, sector, None, 1, *by))
        page["actor_names"].append((id, actor, 0, name, fold(name)))
    published = (day, "header" if day else "none", day, day, "en")
    body = json.dumps([[0, len(whole)]])
    head = (id, source, outlet, f"Page {number}", None, *published, document.sha256, whole)
    page["documents"].append((*head, body, "[]", "[]", "[]", None, *by))
    return page


def _text(dice: random.Random, world: World, clauses: int) -> tuple[str, list[tuple[int, int]]]:
    """A text, and where each of its clauses stands."""
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for _ in range(clauses):
        joint = dice.choice(_SPICE) if dice.random() < 0.2 else "and"
        text.append(f"{dice.choice(world.phrases)} {joint} {dice.choice(world.phrases)}")
        spans.append((length, length + len(text[-1])))
        length += len(text[-1]) + 2
    return ". ".join(text) + ".", spans


def _event(dice: random.Random, world: World, day: str | None) -> tuple[tuple[object, ...], list[tuple[str, str]]]:
    type = world.types.some(1)[0]
    known = plover().types[type]
    mode = dice.choice([*known.modes, None]) if known.modes else None
    when = day if dice.random() < 0.8 else None
    status = Status.HAPPENED if dice.random() < 0.85 else dice.choice(list(Status))
    one, other = world.states.some(2)
    doer = world.people[one].some(1)[0] if dice.random() < 0.3 else one
    parties = [("actor", doer), ("recipient", other)]
    if dice.random() < 0.1:
        parties.append(("recipient", world.states.some(1)[0]))
        parties = list(dict.fromkeys(parties))
    return (type, mode, "[]", known.quad, status, when, "text" if when else None, when, when), parties
