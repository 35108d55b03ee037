"""The record as FollowTheMoney entities, one JSON object a line. https://followthemoney.tech/explorer/

Actors are Person, Organization or PublicBody, documents Article, events Event and statements Note, each with the documents that
prove it. What FollowTheMoney has no property for stands among the `keywords`: type, mode and status; act and form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from dragoman.exchange.dyads import day, days, place_name
from dragoman.exchange.jsonl import json_line
from dragoman.exchange.plain import address, clean, slug
from dragoman.exchange.selection import FORMAT_VERSION, Selection
from dragoman.model import Actor, ActorType, Document, Event, Statement
from dragoman.ontology.state_codes import state_codes

_OF_STATES = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
"""Sectors whose organisations are public bodies."""
_LANGUAGES = {"en": "eng"}
"""ISO 639-3, for the languages that are read."""
Properties = Mapping[str, list[str | None]]


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes documents, actors, statements and events, in this order."""
    for document, _ in selection.documents():
        out.write(_entity(slug(document.id), "Article", _article(document)))
    names: dict[str, str] = {}
    for actor in selection.actors():
        names[actor.id] = clean(actor.name)
        out.write(_entity(slug(actor.id), _schema(actor), _actor(actor)))
    for statement in selection.statements():
        # Two documents may hold statements of one id.
        id = f"{slug(statement.document)}.{slug(statement.id)}"
        out.write(_entity(id, "Note", _note(statement, names)))
    for event in selection.events():
        out.write(_entity(slug(event.id), "Event", _event(event, names)))


def _entity(id: str, schema: str, properties: Properties) -> bytes:
    known = {name: list(dict.fromkeys(filter(None, values))) for name, values in properties.items()}
    kept: dict[str, Any] = {name: values for name, values in known.items() if values}
    return json_line({"id": id, "schema": schema, "properties": kept, "format_version": FORMAT_VERSION})


def _article(document: Document) -> Properties:
    url = address(document.source)
    return {
        "title": [clean(document.title or "")],
        "fileName": [None if url else clean(document.source)],
        "sourceUrl": [url],
        "author": [clean(document.author or "")],
        "publisher": [clean(document.outlet or "")],
        "publishedAt": [_date(document.published.value)],
        "language": [_LANGUAGES.get(document.language or "")],
        "bodyText": [document.text.replace("\0", " ")],
        "processingAgent": [f"Dragoman, format version {FORMAT_VERSION}"],
    }


def _schema(actor: Actor) -> str:
    if actor.type is ActorType.PERSON:
        return "Person"
    public = actor.type is ActorType.STATE or (
        actor.type is ActorType.ORGANISATION and actor.sector in _OF_STATES and actor.country in state_codes()
    )
    return "PublicBody" if public else "Organization"


def _actor(actor: Actor) -> Properties:
    codes = state_codes().get(actor.country or "")
    return {
        "name": [clean(actor.name)],
        "alias": [clean(alias) for alias in actor.aliases if alias != actor.name],
        "country": [codes.iso2.lower() if codes else None],
        "wikidataId": [actor.qid],
        "keywords": [actor.sector],
    }


def _note(statement: Statement, names: Mapping[str, str]) -> Properties:
    speaker = statement.speaker
    name = names.get(speaker.actor or "") or clean(speaker.name or "") or "somebody"
    about = [f"{names.get(one.actor, one.actor)} {one.polarity:+d}" for one in statement.about if one.polarity]
    return {
        "name": [f"{statement.act.value} by {name}"],
        "description": [statement.text.replace("\0", " ")],
        "entity": [slug(id) for id in _parties(statement) if id in names],
        "proof": [slug(statement.document)],
        "keywords": [statement.act.value, statement.form.value],
        "notes": [*about, f"characters {statement.start} to {statement.end}"],
    }


def _parties(statement: Statement) -> Iterator[str]:
    return filter(None, (statement.speaker.actor, *(one.actor for one in statement.about)))


def _event(event: Event, names: Mapping[str, str]) -> Properties:
    done = event.type.lower() + (f" ({event.mode})" if event.mode else "")
    doers, others = (", ".join(names.get(id, id) for id in ids) for ids in (event.actor, event.recipient))
    first, last = days(event.date)
    whole = None if last else _date(event.date)
    return {
        "name": [f"{done}: {doers}" + (f" to {others}" if others else "")],
        "summary": [report.text.replace("\0", " ") for report in event.reports],
        "date": [whole],
        "startDate": [first if last else None],
        "endDate": [last],
        "location": [clean(place_name(event.place)[1] or "")],
        "involved": [slug(id) for id in (*event.actor, *event.recipient) if id in names],
        "proof": [slug(report.document) for report in event.reports],
        "keywords": [event.type, event.mode, event.status.value, *event.context],
        "notes": [*_roles(event, names), f"date in EDTF: {event.date}" if event.date else None],
        "recordId": [event.id],
    }


def _roles(event: Event, names: Mapping[str, str]) -> Iterator[str]:
    yield from (f"actor: {names.get(id, id)}" for id in event.actor)
    yield from (f"recipient: {names.get(id, id)}" for id in event.recipient)


def _date(edtf: str | None) -> str | None:
    """A year, a month or a day: FollowTheMoney's dates may be cut from the right, but not be doubtful."""
    if edtf and len(edtf) in (4, 7) and edtf.replace("-", "").isdigit() and "01" <= (edtf[5:] or "01") <= "12":
        return edtf
    return day(edtf)
