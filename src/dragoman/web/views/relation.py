"""One relation: its timeline, where its level changes, what answers what, and its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from dragoman.analyze.change_points import change_points
from dragoman.analyze.figures import Figures
from dragoman.analyze.reactions import Reaction, reactions
from dragoman.analyze.series import Side, Way, events_among, relation_series, sides
from dragoman.analyze.windows import KINDS
from dragoman.digest import Digest
from dragoman.digest.events import Direction
from dragoman.errors import SettingsError
from dragoman.model import Event, Status
from dragoman.ontology.plover import plover
from dragoman.record import Project
from dragoman.record.dates import bounds, sort_key
from dragoman.web.asked import Asked
from dragoman.web.cards import EventCard, Named, event_cards
from dragoman.web.charts.timeline import timeline
from dragoman.web.screen import Answer, Missing, Screen
from dragoman.web.windows import window_asked

SIZE = 20
"""Event cards of a page."""
ANSWERS = 12
WAYS = ("both", "there", "back")


@dataclass(frozen=True, slots=True)
class Tied:
    """One event that answers another."""

    cause: EventCard
    answer: EventCard
    words: str
    """The words that tie them, in their sentence."""
    document: str
    start: int
    end: int
    texts: int
    days: tuple[int, int] | None


def relation(project: Project, asked: Asked) -> Answer:
    """The screen at "/relation/{a}/{b}"."""
    since, until = asked.day("since"), asked.day("until")
    try:
        one, other = sides(project, (asked.parts["a"], asked.parts["b"]))
    except SettingsError as problem:
        raise Missing(str(problem)) from problem
    kind = window_asked(asked)
    series = relation_series(project, one.actor.id, other.actor.id, kind, since, until)
    way = asked.choice("way", WAYS) or "both"
    shown = {"both": series.both, "there": series.a_to_b, "back": series.b_to_a}[way]
    changes = change_points(shown)
    page = asked.number("page", 0, 1_000_000)
    total, events = _events(project, asked, (one, other), shown, page)
    tied = [found for found in reactions(project, one.actor.id, other.actor.id) if found.happened]
    return {
        "title": f"{one.actor.name} and {other.actor.name}",
        "a": Named(one.actor.id, one.actor.name),
        "b": Named(other.actor.id, other.actor.name),
        "window": kind,
        "windows": KINDS,
        "way": way,
        "totals": {"a": _total(series.a_to_b), "b": _total(series.b_to_a), "both": _total(series.both)},
        "series": shown,
        "chart": timeline(shown, kind, changes.found, _dates(tied)),
        "changes": changes,
        "answers": _tied(project, tied),
        "events": event_cards(project, events),
        "found": total,
        "page": page,
        "more": total > (page + 1) * SIZE,
        "types": list(plover().types),
        "statuses": [status.value for status in Status],
    }


@dataclass(frozen=True, slots=True)
class Total:
    """What happened in all of a way, dated or not."""

    n: int
    quads: dict[int, int]
    not_happened: int
    undated: int


def _total(way: Way) -> Total:
    everything: list[Figures] = [point.figures for point in way.points if point.figures] + [way.undated, way.outside]
    quads = {quad: sum(one.quads.get(quad, 0) for one in everything) for quad in sorted(plover().quads)}
    others = sum(len(one.other_events) for one in everything)
    return Total(sum(quads.values()), quads, others, way.n_undated)


def _events(project: Project, asked: Asked, pair: tuple[Side, Side], way: Way, page: int) -> tuple[int, list[Event]]:
    """How many events of the way that is shown are of the type, status, quad and time that are asked for, and a page of them:
    the latest first, those without a date last."""
    type_, status = asked.choice("type", plover().types), asked.choice("status", [one.value for one in Status])
    quad = asked.number("quad", 0, 4)
    directions: Mapping[str | None, Direction] = {"there": "there", "back": "back"}
    if digest := Digest.open(project):
        found = digest.events(
            pair=(pair[0].actor.id, pair[1].actor.id),
            type=type_,
            status=status,
            since=asked.day("since"),
            until=asked.day("until"),
            order="latest",
            limit=SIZE,
            offset=page * SIZE,
            direction=directions.get(asked.text("way")),
            quad=quad or None,
        )
        return found.total, [row.event for row in found.rows]
    everything = [point.figures for point in way.points if point.figures] + [way.undated, way.outside]
    ids = {id for one in everything for id in (*one.events, *one.other_events)}
    low, high = bounds(asked.day("since")), bounds(asked.day("until"))

    def wanted(event: Event) -> bool:
        days = bounds(event.date)
        timely = (not low and not high) or bool(
            days and (not low or days[1] >= low[0]) and (not high or days[0] <= high[1])
        )
        return (
            event.id in ids
            and timely
            and type_ in (None, event.type)
            and status in (None, event.status.value)
            and quad in (0, event.quad)
        )

    listed = (event for event in events_among(project, pair) if wanted(event))
    dated = sorted(listed, key=lambda event: (sort_key(event.date), event.id))
    newest = [event for event in dated if bounds(event.date)][::-1] + [
        event for event in dated if not bounds(event.date)
    ]
    return len(newest), newest[page * SIZE : (page + 1) * SIZE]


def _dates(found: list[Reaction]) -> list[tuple[str, str, str, str]]:
    return [
        (one.cause.date, one.cause.id, one.answer.date, one.answer.id)
        for one in found
        if one.cause.date and one.answer.date
    ]


def _tied(project: Project, found: list[Reaction]) -> list[Tied]:
    some = list(islice(found, ANSWERS))
    causes = event_cards(project, [one.cause for one in some])
    answers = event_cards(project, [one.answer for one in some])
    return [
        Tied(cause, answer, said.text, said.document, said.start, said.end, one.texts, one.days)
        for one, cause, answer in zip(some, causes, answers, strict=True)
        for said in one.wordings[:1]
    ]


SCREENS = (Screen("/relation/{a}/{b}", "relation.html", relation, "/relations"),)
