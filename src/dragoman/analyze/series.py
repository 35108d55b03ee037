"""A relation in time: what two parties did toward each other, window by window.

Events are counted and not their reports, and the four quads are kept apart. Only what is said to have happened counts as
having happened. An event belongs to the window that holds all its possible days, and to none where no window does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from dragoman.analyze.windows import Window, WindowKind, window_holding, windows_between
from dragoman.digest.documents import ReadDocument, documents_read
from dragoman.errors import SettingsError
from dragoman.model import Actor, ActorType, Event, Status
from dragoman.ontology.actors import names, states
from dragoman.ontology.phrases import normalise
from dragoman.ontology.plover import plover
from dragoman.record import Filter, Project
from dragoman.record.dates import bounds
from dragoman.record.relations import acting, ordered_pairs, party
from dragoman.resolve.sources import Origin, independent_sources

Cell = str | int | float | None
CONFLICT = (3, 4)
"""Quads of conflict; the others are of cooperation."""
_Z = 1.959963984540054
"""The standard normal's 97.5% quantile."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known of some events. All but the three counts of other statuses are of the `n` that happened."""

    n: int
    quads: Mapping[int, int]
    """Events of each quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    planned: int
    hypothetical: int
    denied: int
    conflict_share: float | None
    """Of quads 3 and 4 in `n`; None where `n` is 0."""
    conflict_interval: tuple[float, float] | None
    """Wilson's score interval of that share, 95%."""
    severity: float | None
    """The mean of PLOVER's scores of types and modes, -10 (conflict) to 10 (cooperation); None where no event has one."""
    outlets: int
    """Outlets that report the events, as far as documents name theirs."""
    sources: int
    """Independent sources: documents that repeat one text, pass on one agency or are of one outlet count once."""
    reports: int
    """What one outlet reports of one event counts once, as often as it does; so does one text of no known outlet."""
    reports_known: int
    """Those of outlets of which the ontology says whether a state owns or funds them."""
    state_share: float | None
    """Of state-owned or state-funded outlets in `reports_known`; None where that is 0."""
    events: tuple[str, ...]
    """Ids of the `n` events, sorted."""
    other_events: tuple[str, ...]
    """Ids of those planned, hypothetical or denied, sorted."""


@dataclass(frozen=True, slots=True)
class Point:
    """One window of a series."""

    window: Window
    documents: int
    """Different texts that the project has from these days, whatever they are about."""
    figures: Figures | None
    """None where there is neither a document of the window nor an event in it: what was not read is not calm."""


@dataclass(frozen=True, slots=True)
class Way:
    """The series of what one side did toward the other, or of all between them; an event counts once in each."""

    source: Actor
    target: Actor
    both: bool
    """Whether what `target` did toward `source` is in it, too."""
    points: tuple[Point, ...]
    undated: Figures
    """Events that no one window holds: their date is not known, or not closely enough."""
    outside: Figures
    """Events of windows before or after the series."""

    @property
    def n_undated(self) -> int:
        """How many events of any status are undated."""
        return len(self.undated.events) + len(self.undated.other_events)


@dataclass(frozen=True, slots=True)
class RelationSeries:
    """Two parties in time. What officials, soldiers and bodies of a state do counts for it."""

    a: Actor
    b: Actor
    kind: WindowKind
    a_to_b: Way
    b_to_a: Way
    both: Way


@dataclass(frozen=True, slots=True)
class Side:
    """A party, and the ids of all whose dealings are its own."""

    actor: Actor
    ids: frozenset[str]


def relation_series(
    project: Project, a: str, b: str, window: WindowKind = "month", since: str | None = None, until: str | None = None
) -> RelationSeries:
    """The series of two parties, each an actor's id, a state's ISO 3166 code, or a name.

    Without `since` and `until` (EDTF) it is as long as the documents were published, since of earlier days the project has
    only what later pages still tell; else all windows that the time touches. Raises SettingsError where a name means nobody
    or several, or a date is none.
    """
    with project.snapshot():
        one, other = sides(project, (a, b))
        events = events_among(project, (one, other))
        documents = documents_read(project)
    windows = windows_of(events, documents.values(), window, since, until)
    return series_of(one, other, events, documents, window, windows)


def series_of(
    a: Side,
    b: Side,
    events: Iterable[Event],
    documents: Mapping[str, ReadDocument],
    kind: WindowKind,
    windows: Sequence[Window],
) -> RelationSeries:
    """The same from events, and the documents of their reports by id, that the caller gives; other events are passed by."""
    there, back, both = [], [], []
    for event in events:
        pairs = ordered_pairs(event)
        a_acts = any(x in a.ids and y in b.ids for x, y in pairs)
        b_acts = any(x in b.ids and y in a.ids for x, y in pairs)
        there += [event] * a_acts
        back += [event] * b_acts
        both += [event] * (a_acts or b_acts)
    read = _texts_by_window(documents.values(), kind)

    def way(source: Side, target: Side, found: list[Event], together: bool) -> Way:
        split, undated, outside = _split(found, kind, windows)
        points = tuple(
            Point(window, read.get(window, 0), figures(split[window], documents) if known else None)
            for window in windows
            for known in (window in read or window in split,)
        )
        rest = figures(undated, documents), figures(outside, documents)
        return Way(source.actor, target.actor, together, points, *rest)

    return RelationSeries(
        a.actor, b.actor, kind, way(a, b, there, False), way(b, a, back, False), way(a, b, both, True)
    )


def figures(events: Sequence[Event], documents: Mapping[str, ReadDocument]) -> Figures:
    """What is known of some events; `documents` has those of their reports by id."""
    happened = [event for event in events if event.status is Status.HAPPENED]
    quads = dict.fromkeys(sorted(plover().quads), 0)
    for event in happened:
        quads[event.quad] = quads.get(event.quad, 0) + 1
    conflict, n = sum(quads[quad] for quad in CONFLICT), len(happened)
    reported: dict[tuple[str, str], str] = {}
    origins = []
    for event in happened:
        for report in event.reports:
            document = documents[report.document]
            reported[event.id, document.outlet or document.text] = document.state
            through = tuple(link.actor for link in report.chain if link.actor)
            origins.append(Origin(document.id, document.outlet, document.text, through))
    known = [state for state in reported.values() if state != "unknown"]
    scores = sorted(plover().score(event.type, event.mode) for event in happened if event.type in plover().types)
    return Figures(
        n=n,
        quads=quads,
        planned=_count(events, Status.PLANNED),
        hypothetical=_count(events, Status.HYPOTHETICAL),
        denied=_count(events, Status.DENIED),
        conflict_share=conflict / n if n else None,
        conflict_interval=wilson(conflict, n) if n else None,
        severity=sum(scores) / len(scores) if scores else None,
        outlets=len({origin.outlet for origin in origins if origin.outlet}),
        sources=len(independent_sources(origins)),
        reports=len(reported),
        reports_known=len(known),
        state_share=sum(state in ("owned", "funded") for state in known) / len(known) if known else None,
        events=tuple(sorted(event.id for event in happened)),
        other_events=tuple(sorted(event.id for event in events if event.status is not Status.HAPPENED)),
    )


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95% score interval of a share (Wilson 1927); `n` must not be 0."""
    share, spread = hits / n, _Z * _Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * sqrt(share * (1 - share) / n + spread / (4 * n))
    return (max(0.0, middle - half) if hits else 0.0), (min(1.0, middle + half) if hits < n else 1.0)


def sides(project: Project, wanted: Sequence[str]) -> tuple[Side, ...]:
    """The parties that ids, ISO 3166 codes or names mean, in their order, each with all who act for it.

    Who is asked for by himself is apart from the state for which he acts. Raises SettingsError where one means nobody or
    several, or two mean the same.
    """
    meant = [_named(project, one) for one in wanted]
    ids: dict[str, set[str]] = {actor.id: {actor.id} for actor in meant}
    if len(ids) < len(meant):
        raise SettingsError(f"two of {', '.join(wanted)} are the same actor: name different ones")
    for actor in project.actors():
        whose = actor.id if actor.id in ids else party(actor)
        if whose in ids:
            ids[whose].add(actor.id)
    return tuple(Side(actor, frozenset(ids[actor.id])) for actor in meant)


def events_among(project: Project, parties: Sequence[Side]) -> list[Event]:
    """The events that have actors of at least two of the parties."""

    def many(event: Event) -> bool:
        who = acting(event)
        return sum(not side.ids.isdisjoint(who) for side in parties) > 1

    return [event for event in project.events() if many(event)]


def windows_of(
    events: Iterable[Event],
    documents: Iterable[ReadDocument],
    kind: WindowKind,
    since: str | None = None,
    until: str | None = None,
) -> tuple[Window, ...]:
    """The windows of a series: those that `since` to `until` touches, where one is not given as far as documents were
    published, or events happened where no document is dated."""
    Filter(since=since, until=until)
    published = {window for document in documents if (window := window_holding(document.published, kind))}
    found = published or {window for event in events if (window := window_holding(event.date, kind))}
    first = _end(since, 0) or min((window.first for window in found), default=None)
    last = _end(until, 1) or max((window.last for window in found), default=None)
    return windows_between(first, last, kind) if first and last else ()


def rows(found: RelationSeries) -> Iterator[dict[str, Cell]]:
    """A row for each way and window, and two more for what is undated and outside. Empty cells: not read, or no share of 0."""
    for name, way in (("a to b", found.a_to_b), ("b to a", found.b_to_a), ("both", found.both)):
        about: dict[str, Cell] = {"way": name, "source": way.source.id, "target": way.target.id}
        for point in way.points:
            window = point.window
            times: dict[str, Cell] = {"window": window.name, "first": window.first, "last": window.last}
            yield {**about, **times, "documents": point.documents, **cells(point.figures)}
        for rest, figures_ in (("undated", way.undated), ("outside", way.outside)):
            yield {**about, "window": rest, "first": None, "last": None, "documents": None, **cells(figures_)}


def cells(figures: Figures | None) -> dict[str, Cell]:
    """Figures as cells of a row, all None where there are none."""
    return {name: value(figures) if figures else None for name, value in _CELLS.items()}


_CELLS: dict[str, Callable[[Figures], Cell]] = {
    "n": lambda figures: figures.n,
    "verbal_cooperation": lambda figures: figures.quads[1],
    "material_cooperation": lambda figures: figures.quads[2],
    "verbal_conflict": lambda figures: figures.quads[3],
    "material_conflict": lambda figures: figures.quads[4],
    "planned": lambda figures: figures.planned,
    "hypothetical": lambda figures: figures.hypothetical,
    "denied": lambda figures: figures.denied,
    "conflict_share": lambda figures: figures.conflict_share,
    "conflict_low": lambda figures: figures.conflict_interval[0] if figures.conflict_interval else None,
    "conflict_high": lambda figures: figures.conflict_interval[1] if figures.conflict_interval else None,
    "severity": lambda figures: figures.severity,
    "outlets": lambda figures: figures.outlets,
    "independent_sources": lambda figures: figures.sources,
    "reports": lambda figures: figures.reports,
    "reports_known": lambda figures: figures.reports_known,
    "state_share": lambda figures: figures.state_share,
    "events": lambda figures: "; ".join(figures.events),
    "other_events": lambda figures: "; ".join(figures.other_events),
}


def _named(project: Project, wanted: str) -> Actor:
    """The one actor that an id, a code or a name means; a state before others of its name."""
    state = states().get(wanted.strip()) or states().get(f"state:{wanted.strip().upper()}")
    if state:
        return next(project.named([state.id]), state)
    found = list(project.actors(Filter(actor=wanted))) or _states_called(wanted)
    exact = [actor for actor in found if actor.id == wanted.strip()]
    nations = [actor for actor in found if actor.type is ActorType.STATE]
    chosen = next((some for some in (exact, nations, found) if len(some) == 1), None)
    if chosen is None:
        problem = f"may be {', '.join(actor.id for actor in found)}: give an id" if found else "is nobody in the record"
        raise SettingsError(f"'{wanted}' {problem}")
    return chosen[0]


def _states_called(name: str) -> list[Actor]:
    """States of this name, of which the record may have only those who act for them."""
    called = names().get(normalise(name), ())
    found = {one.actor.id for one in called if one.actor.type is ActorType.STATE and one.kind in ("name", "acronym")}
    return [states()[id] for id in sorted(found)]


def _end(edtf: str | None, end: int) -> str | None:
    days = bounds(edtf)
    return days[end] if days else None


def _texts_by_window(documents: Iterable[ReadDocument], kind: WindowKind) -> dict[Window, int]:
    texts: dict[Window, set[str]] = defaultdict(set)
    for document in documents:
        if window := window_holding(document.published, kind):
            texts[window].add(document.text)
    return {window: len(different) for window, different in texts.items()}


def _split(
    events: Iterable[Event], kind: WindowKind, windows: Iterable[Window]
) -> tuple[dict[Window, list[Event]], list[Event], list[Event]]:
    """Events by window, those that none holds, and those of other windows than `windows`."""
    wanted = set(windows)
    inside: dict[Window, list[Event]] = defaultdict(list)
    undated, outside = [], []
    for event in events:
        window = window_holding(event.date, kind)
        if window is None:
            undated.append(event)
        elif window in wanted:
            inside[window].append(event)
        else:
            outside.append(event)
    return inside, undated, outside


def _count(events: Iterable[Event], status: Status) -> int:
    return sum(event.status is status for event in events)
