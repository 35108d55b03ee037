"""JSON Lines: the record without loss, one object a line. The contract that other tools build on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from dragoman.exchange.selection import Selection
from dragoman.model import Actor, ChainLink, Document, Event, EventReport, Statement
from dragoman.record import IndependentSource, Kinship

_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x7f\x85\u2028\u2029"}
"""Line breaks to some readers of lines, though not to JSON: written as escapes."""


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes documents, actors, statements and events, in UTF-8."""
    for row in _rows(selection):
        out.write(json_line(row))


def json_line(row: Mapping[str, Any]) -> bytes:
    """An object on one line, in UTF-8."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).translate(_BREAKS).encode() + b"\n"


def _rows(selection: Selection) -> Iterator[dict[str, Any]]:
    for document, kinship in selection.documents():
        yield _document(document, kinship)
    yield from map(_actor, selection.actors())
    yield from map(_statement, selection.statements())
    for event in selection.events():
        yield _event(event, selection.project.sources(event))


def _document(document: Document, kinship: Kinship) -> dict[str, Any]:
    return {
        "kind": "document",
        "id": document.id,
        "source": document.source,
        "outlet": document.outlet,
        "title": document.title,
        "author": document.author,
        "published": {"value": document.published.value, "basis": document.published.basis},
        "language": document.language,
        "body": document.body,
        "boilerplate": [(block.start, block.end, block.label) for block in document.boilerplate],
        "story": kinship.story,
        "copy_of": kinship.copy_of,
        "sha256": document.sha256,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "kind": "actor",
        "id": actor.id,
        "name": actor.name,
        "type": actor.type,
        "country": actor.country,
        "sector": actor.sector,
        "qid": actor.qid,
        "aliases": actor.aliases,
    }


def _statement(statement: Statement) -> dict[str, Any]:
    speaker = statement.speaker
    return {
        "kind": "statement",
        "id": statement.id,
        "document": statement.document,
        "start": statement.start,
        "end": statement.end,
        "text": statement.text,
        "form": statement.form,
        "act": statement.act,
        "cue": statement.cue,
        "speaker": {"actor": speaker.actor, "name": speaker.name, "role": speaker.role, "mention": speaker.mention},
        "chain": _chain(statement.chain),
        "about": [{"actor": about.actor, "polarity": about.polarity} for about in statement.about],
        "confidence": statement.confidence,
        "condition": statement.condition,
    }


def _event(event: Event, sources: Sequence[IndependentSource]) -> dict[str, Any]:
    return {
        "kind": "event",
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "context": event.context,
        "quad": event.quad,
        "actor": event.actor,
        "recipient": event.recipient,
        "status": event.status,
        "date": event.date,
        "date_basis": event.date_basis,
        "place": event.place,
        "reports": [_report(report) for report in event.reports],
        "independent_sources": len(sources),
        "sources": [{"documents": source.documents, "why": source.why} for source in sources],
        "differing": [
            {"what": one.what, "accounts": [{"value": value, "reports": at} for value, at in one.accounts]}
            for one in event.differing
        ],
    }


def _report(report: EventReport) -> dict[str, Any]:
    return {
        "document": report.document,
        "start": report.start,
        "end": report.end,
        "text": report.text,
        "chain": _chain(report.chain),
        "statement": report.statement,
        "confidence": report.confidence,
    }


def _chain(chain: tuple[ChainLink, ...]) -> list[dict[str, Any]]:
    return [{"actor": link.actor, "name": link.name, "mention": link.mention} for link in chain]
