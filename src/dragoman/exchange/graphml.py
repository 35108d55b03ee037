"""The network as GraphML. Where edges are counted in windows of time, there is an edge for each.

http://graphml.graphdrawing.org/primer/graphml-primer.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from dragoman.exchange.drawing import Drawing
from dragoman.exchange.graph import Edge, draw
from dragoman.exchange.markup import escaped
from dragoman.exchange.selection import FORMAT_VERSION, Selection

Value = str | int | None
NODE = {"label": "string", "kind": "string", "country": "string"}
EVENTS = {
    "n": "int",
    "verbal_cooperation": "int",
    "material_cooperation": "int",
    "verbal_conflict": "int",
    "material_conflict": "int",
    "mutual": "int",
}
STATEMENTS = {"n": "int", "negative": "int", "neutral": "int", "positive": "int", "polarity": "int"}
TIES = {"n": "int"}
TIME = {"window": "string", "first": "string", "last": "string", "undated": "int"}


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes what the selection's drawing asks for."""
    graph = draw(selection)
    kinds = {"weight": "double", **edge_columns(graph.drawing), **TIME}
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {described(graph.drawing)} -->\n'.encode())
    out.write(b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for where, keys in (("node", NODE), ("edge", kinds)):
        for name, kind in keys.items():
            out.write(f'<key id="{where}_{name}" for="{where}" attr.name="{name}" attr.type="{kind}"/>\n'.encode())
    out.write(b'<key id="format_version" for="graph" attr.name="format_version" attr.type="int"/>\n')
    directed = "directed" if graph.drawing.directed else "undirected"
    out.write(f'<graph id="network" edgedefault="{directed}">\n'.encode())
    out.write(f'<data key="format_version">{FORMAT_VERSION}</data>\n'.encode())
    for node in graph.nodes:
        of_node = {"label": node.name, "kind": node.kind, "country": node.country}
        out.write(f'<node id="{escaped(node.id)}">{_data("node", of_node)}</node>\n'.encode())
    for number, edge in enumerate(graph.edges):
        ends = f'source="{escaped(edge.source)}" target="{escaped(edge.target)}"'
        values = {"weight": edge.weight(graph.drawing), **edge_values(edge, graph.drawing), **_time(edge)}
        out.write(f'<edge id="e{number}" {ends}>{_data("edge", values)}</edge>\n'.encode())
    out.write(b"</graph>\n</graphml>\n")


def described(drawing: Drawing) -> str:
    """What a network shows, in words without a hyphen."""
    shown = f"{drawing.of}, {drawing.mode} mode, by {drawing.by}, minimum {drawing.minimum}, stance {drawing.stance}"
    return f"Dragoman, format version {FORMAT_VERSION}: {shown}, window {drawing.window or 'none'}"


def edge_columns(drawing: Drawing) -> Mapping[str, str]:
    """What is counted of an edge, and the type of each."""
    return EVENTS if drawing.of == "events" else STATEMENTS if drawing.directed else TIES


def edge_values(edge: Edge, drawing: Drawing) -> Mapping[str, Value]:
    """The values of these columns."""
    quads = dict(zip(list(EVENTS)[1:5], (edge.quads[quad] for quad in sorted(edge.quads)), strict=True))
    known: dict[str, Value] = {"n": edge.n, **quads, "mutual": edge.mutual}
    known |= {"negative": edge.negative, "neutral": edge.neutral, "positive": edge.positive}
    polarity = edge.positive - edge.negative if edge.polarity is None else edge.polarity
    return {name: (known | {"polarity": polarity})[name] for name in edge_columns(drawing)}


def _time(edge: Edge) -> dict[str, Value]:
    spells = sorted(edge.spells)
    first = edge.window.first if edge.window else spells[0][0] if spells else None
    last = edge.window.last if edge.window else max(end for _, end in spells) if spells else None
    return {
        "window": edge.window.name if edge.window else None,
        "first": first,
        "last": last,
        "undated": edge.undated,
    }


def _data(where: str, values: Mapping[str, Value]) -> str:
    return "".join(_one(where, values))


def _one(where: str, values: Mapping[str, Value]) -> Iterator[str]:
    for name, value in values.items():
        if value is not None:
            yield f'<data key="{where}_{name}">{escaped(str(value))}</data>'
