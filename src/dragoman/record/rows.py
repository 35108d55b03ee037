"""Turns rows into the nouns of the model."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from dragoman.model import (
    About,
    Act,
    Actor,
    ActorType,
    Block,
    ChainLink,
    Document,
    Event,
    EventReport,
    Form,
    Published,
    Span,
    Speaker,
    Statement,
    Status,
)


def document(row: sqlite3.Row) -> Document:
    return Document(
        text=row["text"],
        source=row["source"],
        outlet=row["outlet"],
        title=row["title"],
        author=row["author"],
        published=Published(row["published"], row["published_basis"]),
        language=row["language"],
        body=tuple((start, end) for start, end in json.loads(row["body"])),
        boilerplate=tuple(Block(*block) for block in json.loads(row["boilerplate"])),
        parts=tuple(Block(*part) for part in json.loads(row["parts"])),
    )


def actor(connection: sqlite3.Connection, row: sqlite3.Row) -> Actor:
    names = connection.execute(
        "SELECT name FROM actor_names WHERE document = ? AND actor = ? AND position > 0 ORDER BY position",
        (row["document"], row["id"]),
    )
    return described(row, tuple(name for (name,) in names))


def described(row: sqlite3.Row, aliases: tuple[str, ...]) -> Actor:
    """An actor whose aliases are known."""
    kind = ActorType(row["type"])
    return Actor(row["id"], row["name"], kind, row["country"], row["sector"], row["qid"], aliases)


def statement(connection: sqlite3.Connection, row: sqlite3.Row) -> Statement:
    key = (row["document"], row["position"])
    about = connection.execute(
        "SELECT actor, polarity FROM statement_about WHERE document = ? AND statement = ? ORDER BY position", key
    )
    chain = connection.execute(
        "SELECT * FROM statement_chains WHERE document = ? AND statement = ? ORDER BY position", key
    )
    mention = _span(row["speaker_start"], row["speaker_end"])
    return Statement(
        id=row["id"],
        document=row["document"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        form=Form(row["form"]),
        act=Act(row["act"]),
        cue=_span(row["cue_start"], row["cue_end"]),
        speaker=Speaker(row["speaker"], row["speaker_name"], row["speaker_role"], mention),
        chain=_chain(chain),
        about=tuple(About(actor, polarity) for actor, polarity in about),
        confidence=row["confidence"],
        condition=row["condition"],
    )


def event(connection: sqlite3.Connection, row: sqlite3.Row) -> Event:
    key = (row["document"], row["position"])
    chain = connection.execute("SELECT * FROM report_chains WHERE document = ? AND report = ? ORDER BY position", key)
    report = EventReport(
        document=row["document"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        chain=_chain(chain),
        statement=row["statement"],
        confidence=row["confidence"],
    )
    roles: dict[str, list[str]] = {"actor": [], "recipient": []}
    for role, actor in connection.execute(
        "SELECT role, actor FROM event_actors WHERE document = ? AND report = ? ORDER BY role, position", key
    ):
        roles[role].append(actor)
    return Event(
        id=row["event"],
        type=row["type"],
        mode=row["mode"],
        context=tuple(json.loads(row["context"])),
        quad=row["quad"],
        actor=tuple(roles["actor"]),
        recipient=tuple(roles["recipient"]),
        status=Status(row["status"]),
        date=row["date"],
        date_basis=row["date_basis"],
        place=row["place"],
        reports=(report,),
    )


def _chain(rows: Iterable[sqlite3.Row]) -> tuple[ChainLink, ...]:
    return tuple(ChainLink(row["actor"], row["name"], _span(row["start"], row["end"])) for row in rows)


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else (start, end)
