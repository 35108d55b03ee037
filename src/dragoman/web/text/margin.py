"""What stands in the margin of a text: a card for each row that was read from it; and what is marked in the text."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.model import Document, Event, EventReport, Mention, Span, Statement
from dragoman.record import Project
from dragoman.record.relations import acting
from dragoman.web.cards import Named, Names, chain_of, place_name
from dragoman.web.text.pieces import Mark

LAYERS = {
    "statements": "statements",
    "speakers": "who speaks, and by which words",
    "events": "events",
    "actors": "who is named",
    "junk": "not the article",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in the margin."""

    number: int
    """In the order of the text, from 1; the words have it too."""
    row: str
    start: int
    end: int
    chain: tuple[Named, ...]
    role: str | None
    act: str
    form: str
    about: tuple[tuple[Named, int], ...]
    confidence: float
    hangs_on: int | None
    """The number of the condition that it hangs on, where that stands here too."""
    looked_at: bool
    """Whether somebody accepted or corrected it."""
    kind: str = "statement"


@dataclass(frozen=True, slots=True)
class Told:
    """One report of an event in the margin; what it tells is what most reports of the event have."""

    number: int
    row: str
    start: int
    end: int
    actors: tuple[Named, ...]
    recipients: tuple[Named, ...]
    type: str
    mode: str | None
    quad: int
    status: str
    date: str | None
    date_basis: str | None
    place: str | None
    chain: tuple[Named, ...]
    confidence: float
    documents: int
    """Other documents that report it."""
    differing: tuple[str, ...]
    """What reports tell differently."""
    looked_at: bool
    kind: str = "event"


Card = Said | Told


@dataclass(frozen=True, slots=True)
class Rows:
    """What was read from a part of a document."""

    statements: Sequence[Statement]
    events: Sequence[Event]
    mentions: Sequence[Mention]


def rows_within(project: Project, document: str, within: Span) -> Rows:
    """The rows whose words stand in a part of a document's text, or reach into it."""
    return Rows(
        project.statements_in(document, within),
        project.events_in(document, within),
        project.mentions_in(document, within),
    )


def cards_of(rows: Rows, document: str, within: Span, names: Names, seen: Container[str] = ()) -> list[Card]:
    """The cards in the order of their words, numbered. `seen` are the rows that somebody accepted or corrected."""
    reports = [
        (event, report)
        for event in rows.events
        for report in dict.fromkeys(event.reports)
        if report.document == document and report.start < within[1] and report.end > within[0]
    ]
    told: list[tuple[Event, EventReport] | Statement] = [*rows.statements, *reports]
    told.sort(key=lambda one: _place(one[1]) if isinstance(one, tuple) else _place(one))
    numbers = {one.id: number for number, one in enumerate(told, 1) if isinstance(one, Statement)}
    return [
        _said(number, one, numbers, names, seen) if isinstance(one, Statement) else _told(number, *one, names, seen)
        for number, one in enumerate(told, 1)
    ]


def names_for(project: Project, rows: Rows) -> Names:
    """The names of all who are in the rows."""
    chains = [one.chain for one in rows.statements]
    chains += [report.chain for event in rows.events for report in event.reports]
    ids = [link.actor for chain in chains for link in chain] + [one.speaker.actor for one in rows.statements]
    ids += [about.actor for one in rows.statements for about in one.about] + [one.actor for one in rows.mentions]
    return Names(project, [*ids, *(id for event in rows.events for id in acting(event))])


def marks_of(
    rows: Rows, cards: Iterable[Card], document: Document, within: Span, names: Names
) -> dict[str, list[Mark]]:
    """What is marked in a part of the text, by layer; where a row begins before the part, from the part's beginning on."""
    found: dict[str, list[Mark]] = {layer: [] for layer in (*LAYERS, "parts")}
    numbers = {card.row: card.number for card in cards}
    for card in cards:
        found["statements" if card.kind == "statement" else "events"].append(
            Mark(card.start, card.end, card.kind, None, card.number)
        )
    for one in rows.statements:
        spans = (("cue", one.cue), ("speaker", one.speaker.mention))
        found["speakers"] += [Mark(*span, layer, None, numbers[one.id]) for layer, span in spans if span]
    found["actors"] = [Mark(one.start, one.end, "actor", names.name(one.actor)) for one in rows.mentions]
    found["junk"] = list(_joined(document))
    found["parts"] = [Mark(part.start, part.end, part.label) for part in document.parts]
    return {layer: [_from(mark, within) for mark in marks] for layer, marks in found.items()}


def _joined(document: Document) -> Iterator[Mark]:
    """The boilerplate; blocks of one kind with nothing but space between them are one."""
    last: Mark | None = None
    for block in document.boilerplate:
        if last and last.label == block.label and not document.text[last.end : block.start].strip():
            last = replace(last, end=block.end)
            continue
        if last:
            yield last
        last = Mark(block.start, block.end, "junk", block.label)
    if last:
        yield last


def _from(mark: Mark, within: Span) -> Mark:
    return replace(mark, start=within[0]) if mark.start < within[0] < mark.end else mark


def _place(one: Statement | EventReport) -> tuple[int, int, bool]:
    return one.start, -one.end, isinstance(one, EventReport)


def _said(number: int, one: Statement, numbers: dict[str, int], names: Names, seen: Container[str]) -> Said:
    return Said(
        number=number,
        row=one.id,
        start=one.start,
        end=one.end,
        chain=chain_of(one.chain, names) or (names.of(one.speaker.actor, one.speaker.name),),
        role=one.speaker.role,
        act=one.act.value,
        form=one.form.value,
        about=tuple((names.of(about.actor), about.polarity) for about in one.about),
        confidence=one.confidence,
        hangs_on=numbers.get(one.condition or ""),
        looked_at=one.id in seen,
    )


def _told(number: int, event: Event, report: EventReport, names: Names, seen: Container[str]) -> Told:
    return Told(
        number=number,
        row=event.id,
        start=report.start,
        end=report.end,
        actors=tuple(names.of(id) for id in event.actor),
        recipients=tuple(names.of(id) for id in event.recipient),
        type=event.type,
        mode=event.mode,
        quad=event.quad,
        status=event.status.value,
        date=event.date,
        date_basis=event.date_basis,
        place=place_name(event.place),
        chain=chain_of(report.chain, names),
        confidence=report.confidence,
        documents=len({other.document for other in event.reports}) - 1,
        differing=tuple(one.what for one in event.differing),
        looked_at=event.id in seen,
    )
