"""The network as GEXF 1.3, in time: an edge is there on the days of its events, or in its windows.

Intervals are closed: `end` is the last day. What has no day is in no spell, and `undated` counts it; an edge without any spell
is always there. https://gexf.net/dynamics.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import BinaryIO

from dragoman.exchange.graph import Edge, Graph, draw
from dragoman.exchange.graphml import NODE, Value, described, edge_columns, edge_values
from dragoman.exchange.markup import escaped
from dragoman.exchange.selection import Selection

_TYPES = {"int": "integer", "string": "string"}
_SIGNS = {-1: "negative", 0: "neutral", 1: "positive"}


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes what the selection's drawing asks for."""
    graph = draw(selection)
    for line in _lines(graph):
        out.write(f"{line}\n".encode())


def _lines(graph: Graph) -> Iterator[str]:
    drawing = graph.drawing
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield f"<meta><creator>Dragoman</creator><description>{described(drawing)}</description></meta>"
    directed = "directed" if drawing.directed else "undirected"
    time = 'mode="dynamic" timeformat="date" timerepresentation="interval"'
    yield f'<graph defaultedgetype="{directed}" idtype="string" {time}>'
    yield _attributes("node", "static", {name: kind for name, kind in NODE.items() if name != "label"})
    yield _attributes("edge", "static", {**edge_columns(drawing), "undated": "int"})
    if drawing.window:
        yield '<attributes class="edge" mode="dynamic"><attribute id="weight" title="weight" type="double"/></attributes>'
    yield "<nodes>"
    for node in graph.nodes:
        values = _values({"kind": node.kind, "country": node.country})
        yield f'<node id="{escaped(node.id)}" label="{escaped(node.name)}">{values}</node>'
    yield "</nodes>"
    yield "<edges>"
    same = groupby(graph.edges, key=lambda edge: (edge.source, edge.target, edge.polarity))
    for number, (_, edges) in enumerate(same):
        yield _edge(number, list(edges), graph)
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _edge(number: int, edges: Sequence[Edge], graph: Graph) -> str:
    """One edge for all windows, with its weight in each."""
    first, drawing = edges[0], graph.drawing
    counts = [edge_values(edge, drawing) for edge in edges]
    # Polarity is a sum, too, where there is one for each edge it is the same in all windows.
    total = {name: _sum([count[name] for count in counts]) for name in counts[0]}
    if first.polarity is not None:
        total["polarity"] = first.polarity
    weights = [(edge.window, edge.weight(drawing)) for edge in edges]
    in_time = "".join(
        f'<attvalue for="weight" value="{weight}" start="{window.first}" end="{window.last}"/>'
        for window, weight in weights
        if window
    )
    spells = [(edge.window.first, edge.window.last) for edge in edges if edge.window] or sorted(first.spells)
    there = "".join(f'<spell start="{start}" end="{end}"/>' for start, end in spells)
    kind = f' kind="{_SIGNS[first.polarity]}"' if first.polarity is not None else ""
    ends = f'source="{escaped(first.source)}" target="{escaped(first.target)}"'
    values = _values({**total, "undated": sum(edge.undated for edge in edges)}, in_time)
    weight = sum(weight for _, weight in weights)
    return (
        f'<edge id="{number}" {ends} weight="{weight}"{kind}>{values}'
        f"{f'<spells>{there}</spells>' if there else ''}</edge>"
    )


def _sum(values: Sequence[Value]) -> int:
    return sum(value for value in values if isinstance(value, int))


def _attributes(where: str, mode: str, kinds: Mapping[str, str]) -> str:
    listed = "".join(f'<attribute id="{name}" title="{name}" type="{_TYPES[kind]}"/>' for name, kind in kinds.items())
    return f'<attributes class="{where}" mode="{mode}">{listed}</attributes>'


def _values(values: Mapping[str, Value], more: str = "") -> str:
    listed = "".join(
        f'<attvalue for="{name}" value="{escaped(str(value))}"/>' for name, value in values.items() if value is not None
    )
    return f"<attvalues>{listed}{more}</attvalues>"
