"""A relation in time: what two parties did toward each other, window by window.

Events are counted and not their reports, and the four quads are kept apart. Only what is said to have happened counts as
having happened. An event belongs to the window that holds all its possible days, and to none where no window does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dragoman.analyze.figures import Cell, Figures, cells, figures
from dragoman.analyze.windows import Window, WindowKind, window_holding, window_of, windows_between
from dragoman.digest import Digest
from dragoman.digest.documents import ReadDocument, documents_read
from dragoman.digest.naming import meant_by
from dragoman.errors import SettingsError
from dragoman.model import Actor, Event
from dragoman.record import Filter, Project
from dragoman.record.dates import bounds
from dragoman.record.relations import acting, ordered_pairs, party


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
    if (digest := Digest.open(project)) is not None:
        from dragoman.analyze.quick_series import quick_series

        found = digest.ask(lambda tables: quick_series(tables, digest.sides((a, b)), window, since, until))
        if found is not None:
            return found
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


def sides(project: Project, wanted: Sequence[str]) -> tuple[Side, ...]:
    """The parties that ids, ISO 3166 codes or names mean, in their order, each with all who act for it.

    Who is asked for by himself is apart from the state for which he acts. Raises SettingsError where one means nobody or
    several, or two mean the same.
    """
    meant = [meant_by(one, project.named, lambda name: project.actors(Filter(actor=name))) for one in wanted]
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
    published = {window for document in documents if (window := window_holding(document.published, kind))}
    found = published or {window for event in events if (window := window_holding(event.date, kind))}
    return asked_windows([window.first for window in found], kind, since, until)


def asked_windows(days: Iterable[str], kind: WindowKind, since: str | None, until: str | None) -> tuple[Window, ...]:
    """The windows that `since` to `until` touches; where one is not given, from or to those of the ISO days."""
    Filter(since=since, until=until)
    found = [window_of(day, kind) for day in days]
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
