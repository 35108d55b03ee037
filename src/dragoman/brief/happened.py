"""What happened: period by period the counts of the four quads, and the events that weigh most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dragoman.analyze.windows import Window, WindowKind, window_holding
from dragoman.brief import dates
from dragoman.brief.deeds import told
from dragoman.brief.english import be, begun, counted, listed, numeral
from dragoman.brief.material import Material
from dragoman.brief.parts import Figure, Section, Sentence
from dragoman.brief.weight import weightiest
from dragoman.brief.wording import say, words
from dragoman.model import Event, Status
from dragoman.ontology.plover import plover

EVENTS = 10
"""Events that a brief tells one by one, at most."""
PERIODS = 6
"""Periods that it tells apart, at most: months, else quarters, else years."""
EACH = 3
"""Events that a period should have, at the mean."""
_KINDS: tuple[WindowKind, ...] = ("month", "quarter", "year")


def happened(material: Material) -> Iterator[Section]:
    """A section for each period with events, and one for those whose date is not known closely."""
    if not material.events:
        yield Section(say("section_happened"), (material.none("nothing_happened"),))
        return
    chosen = {event.id for event in weightiest(material)[:EVENTS]}
    for window, events in _periods(material.events):
        name = dates.during(window.first, window.last) if window else None
        title = say("section_happened_in", when=name) if name else say("section_undated")
        one = len(events) == 1 and events[0].id in chosen
        counts = [] if one else [_counts(events, window, name, chosen)]
        yield Section(title, (*counts, *(told(event, material) for event in events if event.id in chosen)))


def _periods(events: Sequence[Event]) -> list[tuple[Window | None, list[Event]]]:
    """Events by the shortest kind of window of which there are few, with some events each; the undated ones last."""
    for kind in _KINDS:
        found: dict[Window | None, list[Event]] = defaultdict(list)
        for event in events:
            found[window_holding(event.date, kind)].append(event)
        dated = [same for window, same in found.items() if window]
        if len(dated) <= PERIODS and sum(map(len, dated)) >= EACH * len(dated):
            break
    return sorted(found.items(), key=lambda item: (item[0] is None, item[0] or Window("", "", "")))


def _counts(events: Sequence[Event], window: Window | None, name: str | None, chosen: set[str]) -> Sentence:
    """How many events are told with each status, those that happened by quad, and how many are not told one by one."""
    time, key = (f"{window.first}/{window.last}", window.name) if window else (None, "undated")
    parts: list[str] = []
    counts: list[Figure] = []

    def count(what: str, rows: Sequence[Event]) -> int:
        counts.append(Figure(f"{what} {key}", len(rows), time, tuple(event.id for event in rows)))
        return len(rows)

    for status in Status:
        told_so = [event for event in events if event.status is status]
        if not told_so:
            continue
        fields = {"be": be(count(status.value, told_so) > 1)}
        number = counted(len(told_so), "event") if not parts else numeral(len(told_so))
        if status is Status.HAPPENED:
            quads = {quad: [event for event in told_so if event.quad == quad] for quad in sorted(plover().quads)}
            told_quads = [
                _quad(words().quads[quad], count(f"quad {quad}", rows), len(told_so))
                for quad, rows in quads.items()
                if rows
            ]
            parts.append(say("count_happened", events=number, quads=listed(told_quads), **fields))
        else:
            parts.append(say(f"count_{status.value}", number=number, **fields))
    left = [event for event in events if event.id not in chosen]
    rest = say("left_out", events=numeral(count("left out", left)), be=be(len(left) > 1)) if left else ""
    label = begun(name or say("label_undated"))
    return Sentence(say("counts", when=label, parts=listed(parts, 9), rest=rest), figures=tuple(counts))


def _quad(quad: str, number: int, of: int) -> str:
    if number == of:
        return say("count_all" if of > 1 else "count_one", quad=quad)
    return say("count_quad", number=numeral(number), quad=quad)
