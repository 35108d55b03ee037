"""Actors with the names that pages give them."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.cli.terminal import table, width
from dragoman.record import Filter, Project


def lines(project: Project, filter: Filter, ids: bool) -> Iterator[str]:
    """States first, then persons and the rest, by name."""
    found = sorted(project.actors(filter), key=lambda actor: (actor.type != "state", actor.type, actor.name))
    if not found:
        return
    rows = []
    for actor in found:
        aliases = ", ".join(alias for alias in actor.aliases if alias != actor.name)
        row = (actor.name, actor.type.value, actor.country or "", actor.sector or "", aliases)
        rows.append((actor.id, *row) if ids else row)
    header = ("name", "type", "country", "sector", "also called")
    yield from table(("id", *header) if ids else header, rows, width())
