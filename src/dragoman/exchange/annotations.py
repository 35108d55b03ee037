"""Statements and reports of events as W3C Web Annotations, each on the words that it was read from.

https://www.w3.org/TR/annotation-model/. A target is the text of the document, in the file that the format `text` writes of it,
by position (in code points) and by quotation; and, for a page of the web, its address, by quotation alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, BinaryIO

from dragoman.exchange.plain import address, clean
from dragoman.exchange.selection import FORMAT_VERSION, Selection
from dragoman.model import Actor, Document, Event, EventReport, Statement

AROUND = 32
"""Characters before and after a quotation."""
Json = dict[str, Any]


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes an annotation page, with the statements first."""
    head = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:dragoman:annotations",
        "type": "AnnotationPage",
        "generator": {"type": "Software", "name": f"Dragoman, format version {FORMAT_VERSION}"},
    }
    out.write(f'{json.dumps(head)[:-1]}, "items": ['.encode())
    for number, one in enumerate(_annotations(selection)):
        line = json.dumps({"type": "Annotation", **one}, ensure_ascii=False)
        out.write((",\n" if number else "\n").encode() + line.encode("utf-8", "replace"))
    out.write(b"\n]}\n")


def _annotations(selection: Selection) -> Iterator[Json]:
    cast = selection.cast()
    for document, statements in selection.statements_by_document():
        for statement in statements:
            yield {
                "id": f"urn:dragoman:{document.id}:{statement.id}",
                "motivation": "describing",
                "body": [*_said(statement, cast)],
                "target": _target(document, statement.start, statement.end),
            }
    page = lru_cache(maxsize=512)(selection.project.document)
    for event in selection.events():
        for number, report in enumerate(event.reports, 1):
            if reporting := page(report.document):
                yield {
                    "id": f"urn:dragoman:{event.id}:{number}",
                    "motivation": "describing",
                    "body": [*_done(event, report, cast)],
                    "target": _target(reporting, report.start, report.end),
                }


def _said(statement: Statement, cast: Mapping[str, Actor]) -> Iterator[Json]:
    speaker = statement.speaker.actor
    name = _name(speaker, cast) if speaker else clean(statement.speaker.name or "") or "somebody"
    about = ", ".join(_name(one.actor, cast) for one in statement.about)
    yield _words("describing", f"{statement.act.value} by {name}" + (f", about {about}" if about else ""))
    yield from (_words("tagging", tag) for tag in ("statement", statement.act.value, statement.form.value))
    yield from _who(cast, *([speaker] if speaker else []), *(one.actor for one in statement.about))


def _done(event: Event, report: EventReport, cast: Mapping[str, Actor]) -> Iterator[Json]:
    done = event.type.lower() + (f" ({event.mode})" if event.mode else "")
    doers, others = (", ".join(_name(id, cast) for id in ids) for ids in (event.actor, event.recipient))
    when = f", {event.date}" if event.date else ""
    yield _words("describing", f"{done}, {event.status.value}{when}: {doers}" + (f" to {others}" if others else ""))
    yield from (_words("tagging", tag) for tag in ("event", event.type, event.mode, event.status.value) if tag)
    yield from _who(cast, *event.actor, *event.recipient)


def _words(purpose: str, words: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": words}


def _who(cast: Mapping[str, Actor], *ids: str) -> Iterator[Json]:
    for qid in dict.fromkeys(cast[id].qid for id in ids if id in cast):
        if qid:
            entity = f"http://www.wikidata.org/entity/{qid}"
            yield {"type": "SpecificResource", "purpose": "identifying", "source": entity}


def _target(document: Document, start: int, end: int) -> list[Json]:
    text = document.text
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    targets: list[Json] = [{"type": "SpecificResource", "source": f"{document.id}.txt", "selector": [position, quote]}]
    if url := address(document.source):
        targets.append({"type": "SpecificResource", "source": url, "selector": quote})
    return targets


def _name(id: str, cast: Mapping[str, Actor]) -> str:
    return clean(cast[id].name) if id in cast else id
