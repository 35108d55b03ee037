"""The pairs of parties that deal with each other, busiest first."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.record import Filter, Project
from dragoman.web.asked import Asked, segment
from dragoman.web.cards import Named
from dragoman.web.screen import Answer, Screen

SIZE = 50


@dataclass(frozen=True, slots=True)
class PairRow:
    """A relation in a line."""

    a: Named
    b: Named
    path: str
    n: int
    """Events of whatever status."""
    quads: dict[int, int]
    """Of those that happened."""
    first: str | None
    last: str | None


def relations(project: Project, asked: Asked) -> Answer:
    """The screen at "/relations"."""
    page = asked.number("page", 0, 100_000)
    filter = Filter(asked.text("actor"), asked.day("since"), asked.day("until"), limit=(page + 1) * SIZE + 1)
    found = pair_rows(project, filter)
    shown = found[page * SIZE : (page + 1) * SIZE]
    return {
        "title": "Relations",
        "relations": shown,
        "actor": filter.actor,
        "page": page,
        "more": len(found) > (page + 1) * SIZE,
    }


def pair_rows(project: Project, filter: Filter) -> list[PairRow]:
    """The relations that the filter finds, as lines."""
    return [
        PairRow(
            Named(found.a.id, found.a.name),
            Named(found.b.id, found.b.name),
            path_between(found.a.id, found.b.id),
            len(found.events),
            dict(found.quads),
            found.first,
            found.last,
        )
        for found in project.relations(filter)
    ]


def path_between(a: str, b: str) -> str:
    """The address of the relation of two actors."""
    return f"/relation/{segment(a)}/{segment(b)}"


SCREENS = (Screen("/relations", "relations.html", relations, "/relations"),)
