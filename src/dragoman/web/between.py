"""The events of two parties in the time that is asked for: how many of each quad happened, and a page of them.

An event is of a time where a day that it may be of is in it; one without a date by the days of the documents that tell it.
Lists of relations, the mirror and the network count in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.analyze.figures import Figures
from dragoman.analyze.series import Way, events_among, sides
from dragoman.digest import Digest
from dragoman.digest.events import Direction
from dragoman.model import Event, Status
from dragoman.ontology.plover import plover
from dragoman.record import Project
from dragoman.record.dates import bounds, sort_key

Days = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Between:
    """Two parties, what they did toward each other or one of them toward the other, and the time."""

    pair: tuple[str, str]
    """Their ids."""
    way: Way
    """Its series, which holds all the events of whatever time."""
    direction: Direction | None = None
    since: str | None = None
    until: str | None = None

    @property
    def timed(self) -> bool:
        """Whether a time is asked for."""
        return self.since is not None or self.until is not None


@dataclass(frozen=True, slots=True)
class Kind:
    """Which of the events; what is None may be any."""

    type: str | None = None
    status: str | None = None
    quad: int | None = None

    def fits(self, event: Event) -> bool:
        return (
            self.type in (None, event.type)
            and self.status in (None, event.status.value)
            and self.quad in (None, event.quad)
        )


@dataclass(frozen=True, slots=True)
class Total:
    """What happened in the time that is asked for, dated or not."""

    n: int
    quads: dict[int, int]
    not_happened: int
    undated: int | None
    """Of what happened, events whose date is not known closely enough for one window; None where a time is asked for."""


def total(project: Project, between: Between) -> Total:
    """How many events happened, by quad, and how many did not."""
    if not between.timed:
        everything = _figures(between.way)
        quads = {quad: sum(one.quads.get(quad, 0) for one in everything) for quad in sorted(plover().quads)}
        others = sum(len(one.other_events) for one in everything)
        return Total(sum(quads.values()), quads, others, between.way.undated.n)
    if (digest := Digest.open(project)) is not None:
        happened = Status.HAPPENED.value
        quads = {quad: _page(digest, between, Kind(None, happened, quad), 1, 0)[0] for quad in sorted(plover().quads)}
        every = _page(digest, between, Kind(), 1, 0)[0]
    else:
        events = _timely(project, between)
        quads = dict.fromkeys(sorted(plover().quads), 0)
        for event in events:
            quads[event.quad] += event.status is Status.HAPPENED
        every = len(events)
    n = sum(quads.values())
    return Total(n, quads, every - n, None)


def newest(project: Project, between: Between, kind: Kind, limit: int, offset: int) -> tuple[int, list[Event]]:
    """How many events are of this kind, and some of them: the latest first, those without a date last."""
    if (digest := Digest.open(project)) is not None:
        return _page(digest, between, kind, limit, offset)
    wanted = [event for event in _timely(project, between) if kind.fits(event)]
    dated = sorted(wanted, key=lambda event: (sort_key(event.date), event.id))
    latest = [event for event in dated if bounds(event.date)][::-1]
    latest += [event for event in dated if not bounds(event.date)]
    return len(latest), latest[offset : offset + limit]


def _page(digest: Digest, between: Between, kind: Kind, limit: int, offset: int) -> tuple[int, list[Event]]:
    found = digest.events(
        pair=between.pair,
        type=kind.type,
        status=kind.status,
        since=between.since,
        until=between.until,
        order="latest",
        limit=limit,
        offset=offset,
        direction=between.direction,
        quad=kind.quad,
    )
    return found.total, [row.event for row in found.rows]


def _timely(project: Project, between: Between) -> list[Event]:
    """The events of the way that are of the time; goes through the whole record."""
    ids = {id for one in _figures(between.way) for id in (*one.events, *one.other_events)}
    events = [event for event in events_among(project, sides(project, between.pair)) if event.id in ids]
    low, high = bounds(between.since), bounds(between.until)
    if not low and not high:
        return events
    told = project.imprints(report.document for event in events for report in event.reports)

    def timely(event: Event) -> bool:
        days = bounds(event.date) or _told({told[report.document].published for report in event.reports})
        return bool(days and (not low or days[1] >= low[0]) and (not high or days[0] <= high[1]))

    return [event for event in events if timely(event)]


def _told(published: set[str | None]) -> Days | None:
    """From the first to the last day on which documents may have been published."""
    days = [found for one in published if (found := bounds(one))]
    return (min(first for first, _ in days), max(last for _, last in days)) if days else None


def _figures(way: Way) -> Sequence[Figures]:
    return [point.figures for point in way.points if point.figures] + [way.undated, way.outside]
