"""How outlets of two parties, and of others, tell their relation, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.analyze.figures import CONFLICT, wilson
from dragoman.analyze.mirror import GROUPS, Mirror, Telling, Toward, mirror
from dragoman.record import Filter, Project
from dragoman.record.dates import sort_key
from dragoman.web.asked import Asked
from dragoman.web.cards import Named, event_cards
from dragoman.web.screen import Answer, Screen
from dragoman.web.views.relations import pair_rows, path_between

SIZE = 10
"""Event cards of a page."""
OFFERED = 12
SORTED = 500
"""Events of a list at most that are put into the order of time; of more, each page is for itself."""
SHOWN = ("both", *GROUPS)
"""Which events are listed: those that outlets of both sides tell, or that one group alone tells."""


@dataclass(frozen=True, slots=True)
class ActRow:
    """Statements of one act, by polarity toward each party."""

    act: str
    toward_a: Toward | None
    toward_b: Toward | None


@dataclass(frozen=True, slots=True)
class Column:
    """How one group of outlets tells the relation."""

    telling: Telling
    share: float | None
    interval: tuple[float, float] | None
    """Of conflict among the events that it tells, and Wilson's interval, 95%."""
    acts: tuple[ActRow, ...]


def mirror_screen(project: Project, asked: Asked) -> Answer:
    """The screen at "/mirror"."""
    since, until = asked.day("since"), asked.day("until")
    a, b = asked.text("a"), asked.text("b")
    if a is None or b is None:
        offered = pair_rows(project, Filter(actor=a or b, since=since, until=until, limit=OFFERED))[1]
        return {"title": "Mirror", "a": None, "b": None, "asked_a": a, "asked_b": b, "offered": offered}
    found = mirror(project, a, b, since=since, until=until)
    lists = _lists(found)
    show = asked.choice("show", SHOWN) or next((name for name in SHOWN if lists[name]), "both")
    page = asked.number("page", 0, 1_000_000)
    listed = lists[show]
    shown = _newest_first(project, listed)[page * SIZE : (page + 1) * SIZE]
    return {
        "title": f"{found.a.name} and {found.b.name} in the mirror",
        "a": Named(found.a.id, found.a.name),
        "b": Named(found.b.id, found.b.name),
        "path": path_between(found.a.id, found.b.id),
        "columns": [_column(one) for one in found.tellings if one.group in ("a", "b") or one.n_read],
        "n": found.n,
        "told_by_both": found.told_by_both,
        "show": show,
        "counts": {name: len(ids) for name, ids in lists.items()},
        "events": event_cards(project, list(project.events_with(shown))),
        "found": len(listed),
        "page": page,
        "more": len(listed) > (page + 1) * SIZE,
    }


def _column(one: Telling) -> Column:
    conflict = sum(one.quads[quad] for quad in CONFLICT)
    share = conflict / one.n if one.n else None
    return Column(one, share, wilson(conflict, one.n) if one.n else None, tuple(_acts(one)))


def _acts(one: Telling) -> Iterator[ActRow]:
    """By act, those first of which there are most."""
    a, b = ({toward.act: toward for toward in towards} for towards in (one.toward_a, one.toward_b))
    n = {act: sum(side[act].n for side in (a, b) if act in side) for act in {**a, **b}}
    for act in sorted(n, key=lambda act: (-n[act], act)):
        yield ActRow(act, a.get(act), b.get(act))


def _lists(found: Mirror) -> Mapping[str, tuple[str, ...]]:
    """Ids of the events of each list."""
    return {"both": found.both, **{one.group: one.only for one in found.tellings}}


def _newest_first(project: Project, ids: Sequence[str]) -> Sequence[str]:
    """Those without a date last; as they are where there are too many to be looked at."""
    if len(ids) > SORTED:
        return ids
    events = list(project.events_with(ids))
    dated = sorted((event for event in events if event.date), key=lambda event: sort_key(event.date), reverse=True)
    return [event.id for event in (*dated, *(event for event in events if not event.date))]


SCREENS = (Screen("/mirror", "mirror.html", mirror_screen, "/mirror"),)
