"""How a project shows itself in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from dragoman.ontology.plover import plover
from dragoman.record.relations import Relation


def table(path: Path, counts: Mapping[str, int], relations: Iterable[Relation]) -> str:
    """HTML of the counts and of the relations given. Names come from pages, so that each is escaped."""
    shown = ("documents", "copies", "actors", "statements", "events", "reports", "failures")
    totals = ", ".join(f"{counts[kind]} {kind}" for kind in shown)
    quads = plover().quads
    heads = ["between", "and", *(quads[quad].replace("_", " ") for quad in sorted(quads)), "first", "last"]
    lines = [
        [
            item.a.name,
            item.b.name,
            *(str(item.quads[quad]) for quad in sorted(quads)),
            item.first or "?",
            item.last or "?",
        ]
        for item in relations
    ]
    body = "".join(_row("td", line) for line in lines)
    busiest = f"<table><thead>{_row('th', heads)}</thead><tbody>{body}</tbody></table>" if lines else ""
    return f"<div><p><b>{escape(str(path))}</b>: {escape(totals)}</p>{busiest}</div>"


def _row(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"
