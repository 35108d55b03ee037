"""A reading as HTML for a notebook: its text with statements and events marked. All that is of a page is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from dragoman.model import Document, Reading, Span

_STATEMENT = "background:#fff3c4"
_EVENT = "border-bottom:2px solid #c0392b"
_JUNK = "color:#999"
LONGEST = 20_000
"""Characters that are shown, at most."""

Mark = tuple[int, int, str, str]
"""Start, end, style and what to say when it is pointed at."""


def reading_html(reading: Reading) -> str:
    """The text with statements shaded and events underlined, each with its speaker, act or type on hovering."""
    document = reading.document
    text = document.text[:LONGEST]
    marks = [mark for mark in _marks(reading) if mark[0] < len(text)]
    body = "".join(_piece(text[start:end], start, marks) for start, end in _cut(len(text), marks))
    rest = f"<p><i>and {len(document.text) - LONGEST:,} more characters</i></p>" if len(document.text) > LONGEST else ""
    return (
        f"<div><p><b>{escape(_title(document))}</b><br>{_totals(reading)}</p>"
        f'<div style="white-space:pre-wrap">{body}</div>{rest}</div>'
    )


def _title(document: Document) -> str:
    return ", ".join(
        part for part in (document.title, document.outlet, document.source, document.published.value) if part
    )


def _totals(reading: Reading) -> str:
    statements, events = len(reading.statements), len(reading.events)
    legend = f'<span style="{_STATEMENT}">{statements} statements</span>, <span style="{_EVENT}">{events} events</span>'
    return legend + "".join(f"<br><i>{escape(note)}</i>" for note in reading.notes)


def _marks(reading: Reading) -> Iterator[Mark]:
    names = {actor.id: actor.name for actor in reading.actors}
    for block in reading.document.boilerplate:
        yield block.start, block.end, _JUNK, block.label
    for statement in reading.statements:
        chain = " -> ".join(link.name or "unknown" for link in statement.chain) or statement.speaker.name or "unknown"
        yield statement.start, statement.end, _STATEMENT, f"{chain}: {statement.act.value}"
    for event in reading.events:
        who, whom = (" + ".join(names.get(id, id) for id in ids) for ids in (event.actor, event.recipient))
        dealt = f"{who} -> {whom}" if whom else who
        said = f"{event.date or 'undated'} {dealt}: {event.type.lower()}, {event.status.value}"
        for report in event.reports:
            yield report.start, report.end, _EVENT, said


def _cut(size: int, marks: list[Mark]) -> Iterator[Span]:
    """The text in pieces within which the same marks hold."""
    edges = sorted({0, size, *(min(edge, size) for mark in marks for edge in mark[:2])})
    yield from pairwise(edges)


def _piece(text: str, start: int, marks: list[Mark]) -> str:
    here = [mark for mark in marks if mark[0] <= start < mark[1]]
    if not here:
        return escape(text)
    style = ";".join(dict.fromkeys(style for _, _, style, _ in here))
    said = " | ".join(dict.fromkeys(said for _, _, _, said in here))
    return f'<span style="{style}" title="{escape(said)}">{escape(text)}</span>'
