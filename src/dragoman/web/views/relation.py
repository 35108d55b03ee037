"""One relation: its timeline, where its level changes, what answers what, and its events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from dragoman.analyze.change_points import change_points
from dragoman.analyze.reactions import Reaction, reactions
from dragoman.analyze.series import relation_series, sides
from dragoman.analyze.windows import KINDS
from dragoman.digest.events import Direction
from dragoman.errors import SettingsError
from dragoman.model import Status
from dragoman.ontology.plover import plover
from dragoman.record import Project
from dragoman.web.asked import Asked
from dragoman.web.between import Between, Kind, newest, total
from dragoman.web.cards import EventCard, Named, event_cards
from dragoman.web.charts.timeline import timeline
from dragoman.web.screen import Answer, Missing, Screen
from dragoman.web.windows import window_asked

SIZE = 20
"""Event cards of a page."""
ANSWERS = 12
DIRECTIONS: Mapping[str, Direction | None] = {"both": None, "there": "there", "back": "back"}


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
    way = asked.choice("way", DIRECTIONS) or "both"
    shown = {"both": series.both, "there": series.a_to_b, "back": series.b_to_a}[way]
    changes = change_points(shown)
    page = asked.number("page", 0, 1_000_000)
    between = Between((one.actor.id, other.actor.id), shown, DIRECTIONS[way], since, until)
    found, events = newest(project, between, _kind(asked), SIZE, page * SIZE)
    tied = [answer for answer in reactions(project, one.actor.id, other.actor.id) if answer.happened]
    return {
        "title": f"{one.actor.name} and {other.actor.name}",
        "a": Named(one.actor.id, one.actor.name),
        "b": Named(other.actor.id, other.actor.name),
        "window": kind,
        "windows": KINDS,
        "way": way,
        "total": total(project, between),
        "series": shown,
        "chart": timeline(shown, kind, changes.found, _dates(tied)),
        "changes": changes,
        "answers": _tied(project, tied),
        "events": event_cards(project, events),
        "found": found,
        "page": page,
        "more": found > (page + 1) * SIZE,
        "types": list(plover().types),
        "statuses": [status.value for status in Status],
    }


def _kind(asked: Asked) -> Kind:
    type_, status = asked.choice("type", plover().types), asked.choice("status", [one.value for one in Status])
    return Kind(type_, status, asked.number("quad", 0, 4) or None)


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
