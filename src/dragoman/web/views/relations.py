"""The pairs of parties that deal with each other, busiest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dragoman.digest import Digest
from dragoman.model import Actor
from dragoman.record import Filter, Project
from dragoman.web.asked import Asked, segment
from dragoman.web.cards import Named
from dragoman.web.people import one_actor
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
    of = one_actor(project, given) if (given := asked.text("actor")) else None
    filter = Filter(of.id if of else None, asked.day("since"), asked.day("until"), limit=SIZE)
    total, shown = pair_rows(project, filter, page * SIZE)
    return {
        "title": f"Relations of {of.name}" if of else "Relations",
        "relations": shown,
        "found": total,
        "of": Named(of.id, of.name) if of else None,
        "page": page,
        "more": total > (page + 1) * SIZE,
    }


def pair_rows(project: Project, filter: Filter, offset: int = 0) -> tuple[int, list[PairRow]]:
    """How many relations the filter finds, and from the `offset`th on as many as its limit says, as lines."""
    limit = filter.limit if filter.limit is not None else SIZE
    digest = Digest.open(project)
    if digest is not None:
        page = digest.relations(filter.actor, filter.since, filter.until, limit, offset)
        return page.total, [_row(one.a, one.b, one.n, one.quads, one.first, one.last) for one in page.rows]
    found = project.relations(replace(filter, limit=None))
    rows = [
        _row(one.a, one.b, len(one.events), one.quads, one.first, one.last) for one in found[offset : offset + limit]
    ]
    return len(found), rows


def path_between(a: str, b: str) -> str:
    """The address of the relation of two actors."""
    return f"/relation/{segment(a)}/{segment(b)}"


def _row(a: Actor, b: Actor, n: int, quads: Mapping[int, int], first: str | None, last: str | None) -> PairRow:
    return PairRow(Named(a.id, a.name), Named(b.id, b.name), path_between(a.id, b.id), n, dict(quads), first, last)


SCREENS = (Screen("/relations", "relations.html", relations, "/relations"),)
