"""Events as PLOVER's own JSON records, one a line; several actors and recipients stay together.

PLOVER manual, draft 2.0, "JSON fields". What is planned, hypothetical or denied carries PLOVER's auxiliary mode for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from dragoman.exchange import dyads
from dragoman.exchange.jsonl import json_line
from dragoman.exchange.selection import FORMAT_VERSION, Selection
from dragoman.model import Actor, Event, Status
from dragoman.ontology.plover import plover
from dragoman.record import Imprint

AUXILIARY = {Status.PLANNED: "future", Status.HYPOTHETICAL: "hypothetical", Status.DENIED: "negation"}


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes a record for each event."""
    cast = selection.cast()
    for event, pages in selection.reported():
        if event.type in plover().types:
            out.write(json_line(_record(event, pages, cast)))


def _record(event: Event, pages: Mapping[str, Imprint], cast: Mapping[str, Actor]) -> dict[str, Any]:
    first, last = dyads.days(event.date)
    number, place = dyads.place_name(event.place)
    told = event.reports[0]
    auxiliary = AUXILIARY.get(event.status)
    record = {
        "id": event.id,
        "date": first,
        "enddate": last,
        "actor": _entities(event.actor, cast),
        "recipient": _entities(event.recipient, cast),
        "event": [event.type],
        "mode": [mode for mode in (event.mode, auxiliary) if mode],
        "context": list(event.context),
        "quad_code": event.quad,
        "event_scale": plover().score(event.type, event.mode),
        "event_loc": {"extracted_place": place, "geonameid": number} if place else None,
        "event_text": told.text,
        "text_info": [{"sequence": n, "start": one.start, "end": one.end} for n, one in enumerate(event.reports)],
        "cite_info": [_citation(pages[one.document]) for one in event.reports],
        "coder": f"dragoman, format version {FORMAT_VERSION}",
        "comment": None if first or not event.date else f"date in EDTF: {event.date}",
    }
    return {key: value for key, value in record.items() if key in ("date", "recipient") or value not in (None, [])}


def _entities(ids: Iterable[str], cast: Mapping[str, Actor]) -> list[dict[str, Any]]:
    found = [cast[id] for id in ids if id in cast]
    return [
        {
            key: value
            for key, value in (
                ("code", actor.country),
                ("sector", actor.sector),
                ("entity_text", actor.name),
                ("identifier_id", actor.qid),
            )
            if value
        }
        for actor in found
    ]


def _citation(page: Imprint) -> dict[str, Any]:
    url = page.source if page.source.lower().startswith(("http://", "https://")) else None
    known = {
        "citation": page.id,
        "url": url,
        "title": page.title,
        "language": page.language,
        "publication": page.outlet,
        "corpus": None if url else page.source,
    }
    return {key: value for key, value in known.items() if value}
