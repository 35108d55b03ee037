"""Gives resolve the rows that it needs, and its findings the form of rows."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from itertools import groupby
from typing import TYPE_CHECKING

from dragoman.model import Actor, content_id
from dragoman.record import rows
from dragoman.record.corrections import NOTHING
from dragoman.record.dates import bounds
from dragoman.record.decisions import holding
from dragoman.record.filter import Filter, for_documents
from dragoman.record.matching import links
from dragoman.record.meant import Meant
from dragoman.record.view import documents

if TYPE_CHECKING:
    from dragoman.resolve.same_events import Telling
    from dragoman.resolve.stories import StoryText


@dataclass(frozen=True, slots=True)
class Resolution:
    """What resolve found, as rows."""

    kinships: list[tuple[str, str | None, str]]
    """Story, original and id of each document."""
    actors: list[tuple[str, str, str, str]]
    """An actor of a document (of all: ""), the actor that it is, and why."""
    events: list[tuple[str | None, str, int]]
    """The event that a document's report at a position tells of, where it is another than its reading says."""


def resolution(connection: sqlite3.Connection) -> Resolution:
    """Resolves all that the project holds, by the decisions and reviews that hold."""
    # Imported here because they need numpy, which would double the time in which `dragoman show` starts.
    from dragoman.resolve.copies import find_copies, text_of
    from dragoman.resolve.same_actors import same_actors
    from dragoman.resolve.same_events import same_events
    from dragoman.resolve.stories import find_stories

    everything = documents(connection, for_documents(Filter(), connection), NOTHING)
    found = find_copies(text_of(document, bounds(document.published.value)) for document in everything)
    copies = {document: kin.copy_of for document, kin in found.items() if kin.copy_of}
    copies |= {original: original for original in copies.values()}
    same = same_actors(_seen(connection), holding(connection), copies)
    here = {(one.document, one.actor): one.meant for one in same if one.document}
    meant = Meant({one.actor: one.meant for one in same if not one.document}, here, {})
    stories = find_stories(_story_texts(connection, meant, {document: kin.story for document, kin in found.items()}))
    events = same_events(_tellings(connection, meant, copies), *links(connection))
    read = connection.execute("SELECT document, position, event FROM event_reports")
    return Resolution(
        [(content_id("story", stories[document]), kin.copy_of, document) for document, kin in found.items()],
        [(one.actor, one.document, one.meant, one.why) for one in same],
        [
            (None if events[document, position] == event else events[document, position], document, position)
            for document, position, event in read
        ],
    )


def _seen(connection: sqlite3.Connection) -> Iterator[tuple[str, Actor]]:
    for row in connection.execute("SELECT * FROM actors WHERE used"):
        yield row["document"], rows.actor(connection, row)


def _story_texts(connection: sqlite3.Connection, meant: Meant, copies: Mapping[str, str]) -> Iterator[StoryText]:
    from dragoman.resolve.order import wording
    from dragoman.resolve.same_events import hashed, names_of
    from dragoman.resolve.stories import StoryText

    named: dict[str, list[int]] = defaultdict(list)
    for document, actor in connection.execute("SELECT document, id FROM actors WHERE used AND type <> 'outlet'"):
        named[document].append(hashed(meant.id(document, actor)))
    for document, text, earliest in connection.execute("SELECT id, text, earliest FROM documents"):
        day = Date.fromisoformat(earliest).toordinal() if earliest else None
        features = tuple(dict.fromkeys((*names_of(text), *named.pop(document, ()))))
        yield StoryText(document, day, features, copies[document], wording(text))


def _tellings(connection: sqlite3.Connection, meant: Meant, copies: Mapping[str, str]) -> Iterator[Telling]:
    """What each document tells. A text that stands in several documents gives its events the ids that it gives them in the
    first: ids that readings make of a document's own actors are others in each."""
    from dragoman.resolve.same_events import names_of, telling

    query = """SELECT r.*, d.text AS whole, d.earliest AS published FROM event_reports r
        JOIN documents d ON d.id = r.document ORDER BY r.document, r.position"""
    read: dict[str, list[str]] = {}
    for document, reports in groupby(connection.execute(query), key=lambda row: row["document"]):
        told = connection.execute("SELECT * FROM actors WHERE document = ?", (document,))
        who = {meant.id(document, row["id"]): rows.actor(connection, row) for row in told}
        story = None
        told_here = list(reports)
        ids = [row["event"] for row in told_here]
        if document in copies:
            first = read.setdefault(told_here[0]["whole"], ids)
            ids = first if len(first) == len(ids) else ids
        for id, row in zip(ids, told_here, strict=True):
            if story is None:
                story = names_of(row["whole"])
            event = replace(meant.event(rows.event(connection, row)), id=id)
            yield telling(event, row["position"], row["whole"], bounds(row["date"]), row["published"], who, story)
