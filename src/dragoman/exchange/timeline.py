"""Events with a year for TimelineJS, which shows HTML: all words of pages are escaped.

https://timeline.knightlab.com/docs/json-format.html. What has no year has no place on a line and is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any, BinaryIO

from dragoman.exchange.plain import clean
from dragoman.exchange.reference import date_parts
from dragoman.exchange.selection import FORMAT_VERSION, Selection
from dragoman.model import Actor, Event, Status
from dragoman.ontology.plover import plover
from dragoman.record import Imprint

SHOWN = 5
"""Reports that a slide shows."""
_PARTS = ("year", "month", "day")


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes an object with the key `events`, a slide for each."""
    cast = selection.cast()
    out.write(f'{{"format_version": {FORMAT_VERSION}, "events": ['.encode())
    joint = "\n"
    for event, pages in selection.reported():
        if dates := _dates(event.date):
            slide = json.dumps(_slide(event, dates, pages, cast), ensure_ascii=False)
            out.write(f"{joint}{slide}".encode("utf-8", "replace"))
            joint = ",\n"
    out.write(b"\n]}\n")


def _dates(edtf: str | None) -> list[dict[str, Any]]:
    """One date or two, each as far as it is known; a season has no month, and says itself what it is."""
    found = []
    for parts in date_parts(edtf):
        season = len(parts) > 1 and parts[1] > 12
        date: dict[str, Any] = dict(zip(_PARTS, parts[:1] if season else parts, strict=False))
        if season or (edtf and edtf[-1] in "?~%"):
            date["display_date"] = edtf
        found.append(date)
    return found


def _slide(
    event: Event, dates: list[dict[str, Any]], pages: Mapping[str, Imprint], cast: Mapping[str, Actor]
) -> dict[str, Any]:
    doers, others = (", ".join(_name(id, cast) for id in ids) for ids in (event.actor, event.recipient))
    done = event.type.lower() + (f" ({event.mode})" if event.mode else "")
    status = "" if event.status is Status.HAPPENED else f" [{event.status.value}]"
    told = "".join(_report(report.text, pages[report.document]) for report in event.reports[:SHOWN])
    more = len(event.reports) - SHOWN
    return {
        "unique_id": event.id,
        "start_date": dates[0],
        **({"end_date": dates[1]} if len(dates) > 1 else {}),
        "group": plover().quads.get(event.quad, ""),
        "text": {
            "headline": escape(f"{doers}: {done}" + (f" → {others}" if others else "") + status),
            "text": told + (f"<p>and {more} more</p>" if more > 0 else ""),
        },
    }


def _report(text: str, page: Imprint) -> str:
    where = ", ".join(filter(None, (clean(page.outlet or ""), clean(page.source), page.published)))
    return f"<p>“{escape(clean(text))}”<br>{escape(where)}</p>"


def _name(id: str, cast: Mapping[str, Actor]) -> str:
    return clean(cast[id].name) if id in cast else id
