"""One decision about a row: what was read, the words in their context, and what was said of it so far."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.model import Event, EventReport, Statement
from dragoman.ontology.plover import plover
from dragoman.record import Project, Reviewed
from dragoman.record.relations import acting
from dragoman.record.reviewed import Words as Standing
from dragoman.web.cards import (
    EventCard,
    Named,
    Names,
    Page,
    StatementCard,
    chain_of,
    event_cards,
    pages_of,
    statement_cards,
)
from dragoman.web.text.context import Context, context
from dragoman.web.text.pieces import Mark

TOLD = 8
"""Reports of an event that are shown, at most."""
ALIKE = 5
"""Events that may be the same."""
STORY = 6
"""Reports of the event, and further pages of their story, around which others are looked for."""
NEAR = 5_000
"""Characters before and behind a report; of further pages twice as many from the beginning."""


@dataclass(frozen=True, slots=True)
class Told:
    """Words of one page that a row was read from."""

    row: str
    """The statement's id, or that of the event's report: `ID/2`."""
    page: Page
    start: int
    end: int
    context: Context
    chain: tuple[Named, ...]
    confidence: float | None
    """None for words whose row was rejected."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer sees of a row. Without a card for a row that was rejected."""

    row: str
    kind: str
    """statement or event."""
    statement: StatementCard | None
    event: EventCard | None
    definition: str | None
    """Of the event's type."""
    told: tuple[Told, ...]
    reports: int
    """Of these some may not be shown."""
    said: tuple[Reviewed, ...]
    """The reviews of it that hold."""
    alike: tuple[EventCard, ...]
    speakers: tuple[Named, ...]
    """Who else is named on the page."""
    stamp: str
    """Changes when what was read, or what people said of it, changes."""


def row_called(project: Project, id: str, document: str | None = None) -> Statement | Event | None:
    """The row that has the words of this id now; None where it was rejected, or where there is none. A statement is looked for
    in `document` alone, if that is given."""
    for words in project.words(id, document)[:1]:
        place = words.start, words.end
        if words.row_kind == "statement":
            found = project.statements_in(words.document, place)
            return next((one for one in found if one.id == words.read_as), None)
        events = [one for one in project.events_in(words.document, place) if _tells(one, words)]
        return next((one for one in events if one.id == id.partition("/")[0]), next(iter(events), None))
    return None


def decision(project: Project, row: Statement | Event, reviews: Iterable[Reviewed]) -> Decision:
    """What there is to decide about a row."""
    said = tuple(one for one in reviews if not one.undone and one.now == row.id)
    if isinstance(row, Statement):
        (card,) = statement_cards(project, [row])
        told = _told(project, [(row.id, row)])
        return Decision(row.id, "statement", card, None, None, told, 1, said, (), _speakers(project, row), stamp(row))
    numbered = {(one.document, one.start, one.end): one.id for one in project.words(row.id)}
    shown = [(numbered.get((one.document, one.start, one.end), row.id), one) for one in dict.fromkeys(row.reports)]
    (event,) = event_cards(project, [row])
    others = tuple(event_cards(project, alike(project, row)))
    told = _told(project, shown[:TOLD])
    known = plover().types.get(row.type)
    definition = known.definition if known else None
    return Decision(row.id, "event", None, event, definition, told, len(shown), said, others, (), stamp(row))


def rejected(project: Project, id: str, document: str | None, reviews: Iterable[Reviewed]) -> Decision | None:
    """What was said of a row that was rejected; None where the project has no such words."""
    words = project.words(id, document)
    if not words:
        return None
    ids = {id.partition("/")[0], *(one.id for one in words), *(one.read_as for one in words)}
    said = tuple(one for one in reviews if not one.undone and not ids.isdisjoint((one.now, one.row)))
    pages = pages_of(project, (one.document for one in words[:TOLD]))
    told = tuple(
        Told(one.id, pages[one.document], one.start, one.end, _context(project, one), (), None) for one in words[:TOLD]
    )
    return Decision(id, words[0].row_kind, None, None, None, told, len(words), said, (), (), "")


def alike(project: Project, event: Event) -> list[Event]:
    """Events that may be the same as this one: of the same parties, and told nearby, or by another page of the story."""
    parts = {one.document: (max(0, one.start - NEAR), one.end + NEAR) for one in event.reports[:STORY]}
    for one in project.kin(event.reports[0].document, STORY)[1]:
        parts.setdefault(one.id, (0, 2 * NEAR))
    who = set(acting(event))
    near = {
        one.id: one
        for page, part in parts.items()
        for one in project.events_in(page, part)
        if one.id != event.id and not who.isdisjoint(acting(one))
    }
    return sorted(near.values(), key=lambda one: (-_likeness(one, event), one.id))[:ALIKE]


def stamp(row: Statement | Event) -> str:
    """A few letters that tell a row from what it was before something in it changed."""
    return hashlib.sha256(repr(row).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _likeness(one: Event, other: Event) -> float:
    shared = len({*acting(one)} & {*acting(other)}) / len({*acting(one)} | {*acting(other)})
    return shared + (one.type == other.type) + 0.5 * (one.quad == other.quad) + 0.5 * (one.date == other.date)


def _tells(event: Event, words: Standing) -> bool:
    place = words.document, words.start, words.end
    return any((report.document, report.start, report.end) == place for report in event.reports)


def _told(project: Project, rows: Sequence[tuple[str, Statement | EventReport]]) -> tuple[Told, ...]:
    pages = pages_of(project, (one.document for _, one in rows))
    names = Names(project, (link.actor for _, one in rows for link in one.chain))
    return tuple(
        Told(
            row=id,
            page=pages[one.document],
            start=one.start,
            end=one.end,
            context=_context(project, one),
            chain=chain_of(one.chain, names),
            confidence=one.confidence,
        )
        for id, one in rows
    )


def _context(project: Project, one: Statement | EventReport | Standing) -> Context:
    document = project.document(one.document)
    assert document is not None
    spans = (("cue", one.cue), ("speaker", one.speaker.mention)) if isinstance(one, Statement) else ()
    return context(document, (one.start, one.end), [Mark(*span, layer) for layer, span in spans if span])


def _speakers(project: Project, row: Statement) -> tuple[Named, ...]:
    """Those named within a few thousand characters, for whom to choose from."""
    near = project.mentions_in(row.document, (max(0, row.start - 3000), row.end + 3000))
    names = Names(project, (one.actor for one in near))
    found = {one.actor: names.of(one.actor) for one in near}
    return tuple(sorted(found.values(), key=lambda named: named.name))
