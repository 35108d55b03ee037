"""What is known of some events: how many of which kind, and on how much they rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from dragoman.digest.documents import ReadDocument
from dragoman.model import Event, Status
from dragoman.ontology.plover import plover
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
    scores = [plover().score(event.type, event.mode) for event in happened if event.type in plover().types]
    return Figures(
        n=n,
        quads=quads,
        planned=_count(events, Status.PLANNED),
        hypothetical=_count(events, Status.HYPOTHETICAL),
        denied=_count(events, Status.DENIED),
        conflict_share=conflict / n if n else None,
        conflict_interval=wilson(conflict, n) if n else None,
        severity=fsum(scores) / len(scores) if scores else None,
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


def _count(events: Iterable[Event], status: Status) -> int:
    return sum(event.status is status for event in events)
