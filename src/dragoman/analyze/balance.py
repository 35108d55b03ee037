"""Balance: where one state stands between several powers, window by window, and who moved first toward whom.

Cooperation is quads 1 and 2, conflict 3 and 4; the figures beside them keep the four apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from dragoman.analyze.figures import CONFLICT, Cell, cells
from dragoman.analyze.series import (
    RelationSeries,
    Side,
    events_among,
    series_of,
    sides,
    windows_of,
)
from dragoman.analyze.windows import Window, WindowKind, window_holding
from dragoman.digest import Digest
from dragoman.digest.documents import ReadDocument, documents_read
from dragoman.errors import SettingsError
from dragoman.model import Actor, Event, Status
from dragoman.record import Project
from dragoman.record.dates import bounds
from dragoman.record.relations import ordered_pairs

Tone = Literal["cooperation", "conflict"]
TONES: tuple[Tone, ...] = get_args(Tone)
Mover = Literal["state", "power", "both", "unclear"]


@dataclass(frozen=True, slots=True)
class Move:
    """Who was the first to cooperate, or to be in conflict, with the other: in a window, or in all of them."""

    tone: Tone
    window: Window | None
    """None for the whole series."""
    mover: Mover
    """"both" where the first event is one of both sides; "unclear" where the dates do not tell which came first, or the
    two came on one day."""
    events: tuple[str, ...]
    """Ids of the events that came first, and, where it is unclear, of those that may have."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state and one of the powers: in the series `a` is the state and `b` the power."""

    power: Actor
    series: RelationSeries
    moves: tuple[Move, ...]
    """By window, that of the whole series last; none for a tone without dated events."""


@dataclass(frozen=True, slots=True)
class Balance:
    """One state between several powers."""

    state: Actor
    kind: WindowKind
    standings: tuple[Standing, ...]


def balance(
    project: Project,
    state: str,
    powers: Sequence[str],
    window: WindowKind = "month",
    since: str | None = None,
    until: str | None = None,
) -> Balance:
    """The relations of one state to several powers over the same windows; who and when are given as for `relation_series`.

    Raises SettingsError where `powers` is empty, or as `relation_series` does.
    """
    if not powers:
        raise SettingsError("a balance needs at least one power beside the state")
    if (digest := Digest.open(project)) is not None:
        from dragoman.analyze.quick_balance import quick_balance

        found = digest.ask(lambda tables: quick_balance(tables, digest.sides((state, *powers)), window, since, until))
        if found is not None:
            return found
    with project.snapshot():
        one, *others = sides(project, (state, *powers))
        events = events_among(project, (one, *others))
        documents = documents_read(project)
    among = [event for event in events if not one.ids.isdisjoint((*event.actor, *event.recipient))]
    windows = windows_of(among, documents.values(), window, since, until)
    standings = tuple(_standing(one, other, among, documents, window, windows) for other in others)
    return Balance(one.actor, window, standings)


def rows(found: Balance) -> Iterator[dict[str, Cell]]:
    """A row for each power and window, and three more for the whole series, what is undated, and what lies outside."""
    for standing in found.standings:
        way = standing.series.both
        moves = {(move.window, move.tone): move for move in standing.moves}
        about: dict[str, Cell] = {"state": found.state.id, "power": standing.power.id}
        for point in way.points:
            times: dict[str, Cell] = {"window": point.window.name, "first": point.window.first}
            yield {
                **about,
                **times,
                "documents": point.documents,
                **_tones(cells(point.figures)),
                **_moved(moves, point.window),
            }
        yield {**about, "window": "all", "first": None, "documents": None, **_tones(cells(None)), **_moved(moves, None)}
        for name, rest in (("undated", way.undated), ("outside", way.outside)):
            times = {"window": name, "first": None, "documents": None}
            yield {**about, **times, **_tones(cells(rest)), **_moved({}, None)}


def first_moves(
    state: Side, power: Side, events: Iterable[Event], kind: WindowKind, windows: Sequence[Window]
) -> tuple[Move, ...]:
    """Who moved first between two sides, of the events that happened and have a date in the windows."""
    wanted = set(windows)
    dated: list[tuple[Window, Event]] = []
    for event in events:
        window = window_holding(event.date, kind)
        if event.status is Status.HAPPENED and window in wanted and window:
            dated.append((window, event))
    moves = []
    for window in [*windows, None]:
        for tone in TONES:
            those = [e for at, e in dated if window in (None, at) and (e.quad in CONFLICT) == (tone == "conflict")]
            if move := _first(state, power, those, tone, window):
                moves.append(move)
    return tuple(moves)


def _standing(
    state: Side,
    power: Side,
    events: Sequence[Event],
    documents: Mapping[str, ReadDocument],
    kind: WindowKind,
    windows: Sequence[Window],
) -> Standing:
    series = series_of(state, power, events, documents, kind, windows)
    return Standing(power.actor, series, first_moves(state, power, events, kind, windows))


def _first(state: Side, power: Side, events: Iterable[Event], tone: Tone, window: Window | None) -> Move | None:
    acted = [(days, mover, event.id) for event in events for days, mover in _acted(state, power, event)]
    if not acted:
        return None
    # Nothing that surely began after another had ended can have been first.
    earliest_end = min(days[1] for days, _, _ in acted)
    first = [(mover, id) for days, mover, id in acted if days[0] <= earliest_end]
    movers = {mover for mover, _ in first}
    return Move(tone, window, movers.pop() if len(movers) == 1 else "unclear", tuple(sorted(id for _, id in first)))


def _acted(state: Side, power: Side, event: Event) -> Iterator[tuple[tuple[str, str], Mover]]:
    days = bounds(event.date)
    pairs = ordered_pairs(event)
    by_state = any(x in state.ids and y in power.ids for x, y in pairs)
    by_power = any(x in power.ids and y in state.ids for x, y in pairs)
    if days and (by_state or by_power):
        yield days, "both" if by_state and by_power else "state" if by_state else "power"


def _tones(figures: dict[str, Cell]) -> dict[str, Cell]:
    """Figures with the sums of cooperation and of conflict before them."""
    sums: dict[str, Cell] = {}
    for tone in TONES:
        parts = [figures[f"{sort}_{tone}"] for sort in ("verbal", "material")]
        numbers = [part for part in parts if isinstance(part, int)]
        sums[tone] = sum(numbers) if numbers else None
    return {**sums, **figures}


def _moved(moves: Mapping[tuple[Window | None, Tone], Move], window: Window | None) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for tone in TONES:
        move = moves.get((window, tone))
        found[f"first_to_{'cooperate' if tone == 'cooperation' else 'conflict'}"] = move.mover if move else None
        found[f"first_{tone}_events"] = "; ".join(move.events) if move else None
    return found
