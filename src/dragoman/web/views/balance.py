"""One state between several powers: cooperation and conflict with each, on one scale, and who moved first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.analyze.balance import Balance, Move, Mover, Standing, Tone, balance
from dragoman.analyze.figures import CONFLICT, Figures, wilson
from dragoman.analyze.series import Way
from dragoman.analyze.windows import KINDS, Window
from dragoman.errors import SettingsError
from dragoman.ontology.actors import states
from dragoman.record import Filter, Project
from dragoman.web.asked import Asked
from dragoman.web.between import Between, total
from dragoman.web.cards import EventCard, Named, event_cards
from dragoman.web.charts.timeline import Timeline, tallest, timeline
from dragoman.web.people import one_actor
from dragoman.web.screen import Answer, Screen
from dragoman.web.views.relations import pair_rows, path_between
from dragoman.web.windows import window_asked
from dragoman.web.words import listed

HALF = 55
"""Height of what stands above or below the line of a small timeline."""
CHOSEN, OFFERED, MOST = 3, 10, 8
"""Powers that are shown where none is named, that are offered, and that may be named."""
BUSIEST = 300
"""Relations that are looked through for states to begin with."""
FIRST = 3
"""Events of a first move that are shown."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A state, and the powers that it deals with most."""

    state: Named
    powers: tuple[Named, ...]
    n: int
    """Events with any of its counterparts among the busiest relations."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A power that can be added or left out."""

    power: Named
    n: int | None
    """Events between it and the state; None for one that was named and is not among the busiest."""
    chosen: bool
    powers: str | None
    """What the address then holds as `powers`."""


@dataclass(frozen=True, slots=True)
class FirstMove:
    """Who moved first of all, and the events that say so."""

    tone: Tone
    mover: Mover
    events: tuple[EventCard, ...]
    n: int
    """Events that came first, or may have, shown or not."""


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A window in which something happened."""

    window: Window
    documents: int
    figures: Figures
    cooperation: int
    conflict: int
    first: Mapping[Tone, Mover]


@dataclass(frozen=True, slots=True)
class PowerRow:
    """The state and one power."""

    power: Named
    path: str
    """The relation's address."""
    quads: Mapping[int, int]
    cooperation: int
    conflict: int
    share: float | None
    interval: tuple[float, float] | None
    """Of conflict, and Wilson's interval, 95%."""
    not_happened: int
    undated: int | None
    """Events that happened and have no date close enough for one window; None where a time is asked for."""
    first: tuple[FirstMove, ...]
    moves: Mapping[Tone, Mapping[Mover, int]]
    """In how many windows who moved first."""
    chart: Timeline
    windows: tuple[WindowRow, ...]


def balance_screen(project: Project, asked: Asked) -> Answer:
    """The screen at "/balance"."""
    wanted = asked.text("state")
    if wanted is None:
        return {"title": "Balance", "state": None, "beginnings": list(beginnings(project, asked))}
    since, until, kind = asked.day("since"), asked.day("until"), window_asked(asked)
    actor = one_actor(project, wanted)
    state = Named(actor.id, actor.name)
    busiest = _counterparts(project, state, since, until)
    named = _powers(asked) or [power.id for power, _ in busiest[:CHOSEN] if power.id]
    shown = {"title": f"Balance of {state.name}", "state": state, "window": kind, "windows": KINDS}
    if not named:
        return {**shown, "powers": [], "offers": [], "named": False}
    found = balance(project, actor.id, named, kind, since, until)
    powers = [Named(standing.power.id, standing.power.name) for standing in found.standings]
    return {
        **shown,
        "title": f"{state.name} between {listed([power.name for power in powers])}",
        "powers": _rows(project, found, state, since, until),
        "offers": list(_offers(powers, busiest)),
        "named": asked.text("powers") is not None,
    }


def beginnings(project: Project, asked: Asked) -> Iterator[Beginning]:
    """The busiest states with their busiest counterparts, states before others."""
    filter = Filter(since=asked.day("since"), until=asked.day("until"), limit=BUSIEST)
    deals: dict[str, Counter[str]] = {}
    names: dict[str, str] = {}
    for found in pair_rows(project, filter)[1]:
        for one, other in ((found.a, found.b), (found.b, found.a)):
            if one.id and other.id:
                names[one.id] = one.name
                if one.id in states():
                    deals.setdefault(one.id, Counter())[other.id] += found.n
    several = [(id, with_) for id, with_ in deals.items() if len(with_) > 1]
    for id, with_ in sorted(several, key=lambda item: (-item[1].total(), item[0]))[:OFFERED]:
        busiest = sorted(with_, key=lambda other: (other not in states(), -with_[other], other))[:CHOSEN]
        yield Beginning(Named(id, names[id]), tuple(Named(other, names[other]) for other in busiest), with_.total())


def _powers(asked: Asked) -> list[str]:
    """Those that the address names, each once."""
    named = [one.strip() for one in (asked.text("powers") or "").split(",")]
    powers = list(dict.fromkeys(one for one in named if one))
    if len(powers) > MOST:
        raise SettingsError(f"a balance shows at most {MOST} powers, not {len(powers)} (powers)")
    return powers


def _counterparts(project: Project, state: Named, since: str | None, until: str | None) -> list[tuple[Named, int]]:
    """Those with whom the state deals most in this time, and in how many events; states before others."""
    _, found = pair_rows(project, Filter(actor=state.id, since=since, until=until, limit=4 * OFFERED))
    others = [(one.b if one.a.id == state.id else one.a, one.n) for one in found if state.id in (one.a.id, one.b.id)]
    return sorted(others, key=lambda other: other[0].id not in states())[:OFFERED]


def _offers(powers: Sequence[Named], busiest: Sequence[tuple[Named, int]]) -> Iterator[Offer]:
    chosen = [power.id or "" for power in powers]
    for power in powers:
        rest = ",".join(id for id in chosen if id != power.id)
        yield Offer(power, next((n for other, n in busiest if other.id == power.id), None), True, rest or None)
    for power, n in busiest:
        if power.id not in chosen:
            yield Offer(power, n, False, ",".join([*chosen, power.id or ""]))


def _rows(project: Project, found: Balance, state: Named, since: str | None, until: str | None) -> list[PowerRow]:
    highest = max(tallest(standing.series.both) for standing in found.standings)
    return [
        _row(project, one, Between((state.id or "", one.power.id), one.series.both, None, since, until), highest)
        for one in found.standings
    ]


def _row(project: Project, standing: Standing, between: Between, highest: int) -> PowerRow:
    way, power, state = between.way, standing.power, between.pair[0]
    in_all = total(project, between)
    cooperation, conflict = _tones(in_all.quads)
    n = in_all.n
    return PowerRow(
        power=Named(power.id, power.name),
        path=path_between(state, power.id),
        quads=in_all.quads,
        cooperation=cooperation,
        conflict=conflict,
        share=conflict / n if n else None,
        interval=wilson(conflict, n) if n else None,
        not_happened=in_all.not_happened,
        undated=in_all.undated,
        first=tuple(_first(project, move) for move in standing.moves if move.window is None),
        moves=_counted(standing.moves),
        chart=timeline(way, standing.series.kind, highest=highest, half=HALF),
        windows=tuple(_windows(way, standing.moves)),
    )


def _tones(quads: Mapping[int, int]) -> tuple[int, int]:
    """Events of cooperation and of conflict."""
    conflict = sum(quads[quad] for quad in CONFLICT)
    return sum(quads.values()) - conflict, conflict


def _first(project: Project, move: Move) -> FirstMove:
    cards = event_cards(project, list(project.events_with(move.events[:FIRST])))
    return FirstMove(move.tone, move.mover, tuple(cards), len(move.events))


def _counted(moves: Sequence[Move]) -> Mapping[Tone, Mapping[Mover, int]]:
    found: dict[Tone, Counter[Mover]] = {"cooperation": Counter(), "conflict": Counter()}
    for move in moves:
        if move.window:
            found[move.tone][move.mover] += 1
    return found


def _windows(way: Way, moves: Sequence[Move]) -> Iterator[WindowRow]:
    for point in way.points:
        if point.figures and point.figures.n:
            first = {move.tone: move.mover for move in moves if move.window == point.window}
            yield WindowRow(point.window, point.documents, point.figures, *_tones(point.figures.quads), first)


SCREENS = (Screen("/balance", "balance.html", balance_screen, "/balance"),)
