"""Who deals with whom, or speaks of whom, as a drawing and a table; each edge leads to its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.analyze.network import Edge, Network, network
from dragoman.ontology.actors import states
from dragoman.record import Project
from dragoman.web.asked import Asked
from dragoman.web.charts.network import Drawing, Line, drawing
from dragoman.web.screen import Answer, Screen
from dragoman.web.views.relations import path_between

SIZE = 50
"""Edges of a page of the table."""
READABLE = 250
"""Edges that are drawn where the address does not say how many events one must have."""
MOST = 1_000_000
By = Literal["party", "actor"]
Kind = Literal["events", "statements"]


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """An edge in a line of the table."""

    edge: Edge
    line: Line
    """With the share of conflict, or of statements against the target."""
    source: str
    target: str
    """Names."""
    path: str
    """The address at which the rows behind it stand."""


def network_screen(project: Project, asked: Asked) -> Answer:
    """The screen at "/network"."""
    by: By = "actor" if asked.choice("by", ("party", "actor")) == "actor" else "party"
    kind: Kind = "statements" if asked.choice("kind", ("events", "statements")) == "statements" else "events"
    given = asked.number("minimum", 0, MOST)
    page = asked.number("page", 0, MOST)
    most = None if given else READABLE
    found = network(project, given, by, kind, since=asked.day("since"), until=asked.day("until"), most=most)
    drawn = drawing(found.nodes, found.edges)
    edges = _table(found, drawn, asked, kind, by)
    return {
        "title": "Network",
        "by": by,
        "kind": kind,
        "minimum": found.minimum,
        "chosen": given > 0,
        "most": max([edge.n for edge in found.edges] + [found.minimum]),
        "n": found.n,
        "not_happened": found.not_happened,
        "nodes_left_out": found.nodes_left_out,
        "edges_left_out": found.edges_left_out,
        "nodes": drawn.dots,
        "edges": edges,
        "page": page,
        "size": SIZE,
        "more": len(edges) > (page + 1) * SIZE,
    }


def _table(found: Network, drawn: Drawing, asked: Asked, kind: Kind, by: By) -> list[EdgeRow]:
    """The edges, those with most behind them first."""
    names = {node.id: node.name for node in found.nodes}
    lines = {(line.source, line.target): line for line in drawn.lines}
    return [
        EdgeRow(
            edge,
            lines[edge.source, edge.target],
            names[edge.source],
            names[edge.target],
            _rows_path(asked, kind, by, edge),
        )
        for edge in sorted(found.edges, key=lambda edge: (-edge.n, edge.source, edge.target))
    ]


def _rows_path(asked: Asked, kind: Kind, by: By, edge: Edge) -> str:
    if kind == "statements":
        who = "side" if by == "party" and edge.source in states() else "speaker"
        return asked.to("/statements", **{who: edge.source, "about": edge.target})
    return asked.to(path_between(edge.source, edge.target), way="there")


SCREENS = (Screen("/network", "network.html", network_screen, "/network"),)
