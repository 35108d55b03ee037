"""The record as five tables, for the formats that have tables: documents, actors, statements, events and their reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from dragoman.exchange.selection import Selection
from dragoman.model import Actor, ChainLink, Document, Event, Statement
from dragoman.record import Kinship

Kind = Literal["text", "whole", "number", "list", "chain"]
Value = str | int | float | tuple[str, ...] | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns with what they hold, and what makes its rows."""

    name: str
    columns: Mapping[str, Kind]
    rows: Callable[[Selection], Iterator[Row]]


def _columns(described: str) -> dict[str, Kind]:
    """Columns of "name" or "name:kind"; without a kind they are text."""
    pairs = (word.partition(":") for word in described.split())
    return {name: cast(Kind, kind or "text") for name, _, kind in pairs}


def _documents(selection: Selection) -> Iterator[Row]:
    return (_document(*found) for found in selection.documents())


def _actors(selection: Selection) -> Iterator[Row]:
    return map(_actor, selection.actors())


def _statements(selection: Selection) -> Iterator[Row]:
    return map(_statement, selection.statements())


def _events(selection: Selection) -> Iterator[Row]:
    return (_event(event, len(selection.project.sources(event))) for event in selection.events())


def _reports(selection: Selection) -> Iterator[Row]:
    for event in selection.events():
        for report in event.reports:
            span = (report.document, report.start, report.end, report.text)
            yield event.id, *span, _chain(report.chain), report.statement, report.confidence


def _document(document: Document, kinship: Kinship) -> Row:
    return (
        *(document.id, document.source, document.outlet, document.title, document.author),
        *(document.published.value, document.published.basis, document.language),
        *(kinship.story, kinship.copy_of, document.sha256),
    )


def _actor(actor: Actor) -> Row:
    return actor.id, actor.name, actor.type.value, actor.country, actor.sector, actor.qid, actor.aliases


def _statement(statement: Statement) -> Row:
    speaker = statement.speaker
    return (
        *(statement.id, statement.document, statement.start, statement.end, statement.text),
        *(statement.form.value, statement.act.value),
        f"{statement.cue[0]}:{statement.cue[1]}" if statement.cue else None,
        *(speaker.actor, speaker.name, speaker.role, _chain(statement.chain)),
        tuple(f"{about.actor} {about.polarity:+d}" if about.polarity else about.actor for about in statement.about),
        statement.confidence,
        statement.condition,
    )


def _event(event: Event, sources: int) -> Row:
    return (
        *(event.id, event.type, event.mode, event.context, event.quad),
        *(event.actor, event.recipient, event.status.value, event.date, event.date_basis, event.place),
        *(len(event.reports), len({report.document for report in event.reports}), sources),
        tuple(f"{one.what}: {' or '.join(value for value, _ in one.accounts)}" for one in event.differing),
    )


def _chain(chain: Iterable[ChainLink]) -> tuple[str, ...]:
    return tuple(link.name or link.actor or "?" for link in chain)


TABLES = (
    Table(
        "documents",
        _columns("id source outlet title author published published_basis language story copy_of sha256"),
        _documents,
    ),
    Table("actors", _columns("id name type country sector qid aliases:list"), _actors),
    Table(
        "statements",
        _columns(
            "id document start:whole end:whole text form act cue speaker speaker_name speaker_role chain:chain about:list"
            " confidence:number condition"
        ),
        _statements,
    ),
    Table(
        "events",
        _columns(
            "id type mode context:list quad:whole actor:list recipient:list status date date_basis place reports:whole"
            " documents:whole independent_sources:whole differing:list"
        ),
        _events,
    ),
    Table(
        "reports",
        _columns("event document start:whole end:whole text chain:chain statement confidence:number"),
        _reports,
    ),
)
