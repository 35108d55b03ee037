"""The rows of readings with the actors that resolve found them to mean, and the names that people gave these."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.model import Actor, ChainLink, Event, Statement
from dragoman.record.filter import actor_ids


@dataclass(frozen=True, slots=True)
class Meant:
    """Which actor an actor of a document is. Empty before `resolve`, when all are what their readings say."""

    everywhere: Mapping[str, str]
    here: Mapping[tuple[str, str], str]
    """By document and actor, where it differs from document to document."""
    names: Mapping[str, str]

    def id(self, document: str, actor: str) -> str:
        actor = self.here.get((document, actor), actor)
        return self.everywhere.get(actor, actor)

    def actor(self, document: str, actor: Actor) -> Actor:
        """The actor, with its own name among the aliases where it goes by another now."""
        id = self.id(document, actor.id)
        if id == actor.id and id not in self.names:
            return actor
        aliases = tuple(sorted({*actor.aliases, actor.name}))
        return replace(actor, id=id, name=self.names.get(id, actor.name), aliases=aliases)

    def statement(self, statement: Statement) -> Statement:
        if not self:
            return statement
        document = statement.document
        speaker = statement.speaker
        if speaker.actor:
            speaker = replace(speaker, actor=self.id(document, speaker.actor))
        about = tuple(replace(one, actor=self.id(document, one.actor)) for one in statement.about)
        return replace(statement, speaker=speaker, about=about, chain=self._chain(document, statement.chain))

    def event(self, event: Event) -> Event:
        if not self:
            return event
        document = event.reports[0].document
        actor, recipient = (
            tuple(dict.fromkeys(self.id(document, id) for id in ids)) for ids in (event.actor, event.recipient)
        )
        reports = tuple(replace(report, chain=self._chain(document, report.chain)) for report in event.reports)
        return replace(event, actor=actor, recipient=recipient, reports=reports)

    def wanted(self, actor: str | None, connection: sqlite3.Connection) -> set[str] | None:
        """The actors that a filter's actor means, where an actor of documents is not the same in all of them, so that its id
        in the database does not say who it is; else None."""
        if actor is None or not self.here:
            return None
        found = actor_ids(actor, connection)
        everyone = {self.everywhere.get(id, id) for id in found} | found
        return everyone - {id for (_, id) in self.here} if actor in self.here.values() else everyone

    def _chain(self, document: str, chain: Iterable[ChainLink]) -> tuple[ChainLink, ...]:
        return tuple(replace(link, actor=self.id(document, link.actor)) if link.actor else link for link in chain)

    def __bool__(self) -> bool:
        return bool(self.everywhere or self.here or self.names)


def linked(statement: Statement) -> set[str]:
    """Ids of all whom a statement has as its speaker, in its chain, or as whom it is about."""
    found = (
        {link.actor for link in statement.chain} | {one.actor for one in statement.about} | {statement.speaker.actor}
    )
    return {id for id in found if id}


# Of the actors of some documents; of those whom people named or said to be a speaker, and of all that were found to be them.
_SOME = """WITH whose (document) AS (SELECT value FROM json_each(:documents)),
    said (id) AS (
        SELECT value FROM reviews WHERE kind = 'speaker' AND undone IS NULL
        UNION SELECT actor FROM actor_decisions WHERE kind = 'rename' AND undone IS NULL
    ),
    held (id) AS (SELECT id FROM said UNION SELECT s.meant FROM same_actors s JOIN said i ON i.id = s.actor),
    once (id) AS (SELECT id FROM held UNION SELECT s.actor FROM same_actors s JOIN held h ON h.id = s.meant),
    everywhere (id) AS (SELECT id FROM once UNION SELECT s.actor FROM same_actors s JOIN once o ON o.id = s.meant),
    here (id) AS (SELECT a.id FROM whose w CROSS JOIN actors a ON a.document = w.document),
    wanted (id) AS (
        SELECT id FROM everywhere UNION SELECT id FROM here
        UNION SELECT s.meant FROM here h CROSS JOIN same_actors s ON s.actor = h.id
    )
    SELECT s.* FROM wanted w CROSS JOIN same_actors s ON s.actor = w.id
    WHERE s.document = '' OR s.document IN (SELECT document FROM whose) OR s.actor IN (SELECT id FROM everywhere)"""


def meant_by(connection: sqlite3.Connection, documents: Sequence[str] | None = None) -> Meant:
    """What resolve found last, and the names that hold now; of some `documents` only, and of what people corrected, if given."""
    everywhere, here = {}, {}
    query = "SELECT * FROM same_actors" if documents is None else _SOME
    for actor, document, is_, _ in connection.execute(query, {"documents": json.dumps(documents)}):
        if document:
            here[document, actor] = is_
        else:
            everywhere[actor] = is_
    renamed = connection.execute(
        "SELECT actor, name FROM actor_decisions WHERE kind = 'rename' AND undone IS NULL ORDER BY number"
    )
    names = {everywhere.get(actor, actor): name for actor, name in renamed}
    return Meant(everywhere, here, names)
