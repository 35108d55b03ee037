"""What event data of others have of two states in one window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from dragoman.analyze.figures import CONFLICT
from dragoman.exchange.incoming import CodedEvent
from dragoman.ontology.plover import plover


@dataclass(frozen=True, slots=True)
class TheirFigures:
    """Figures of one window."""

    rows_of_all: int
    """Rows of the files of whatever parties: where there is none, the files have nothing of these days, and that is no calm."""
    n: int
    """Events between the two that have a PLOVER type, as the files count them."""
    quads: Mapping[int, int]
    conflict_share: float | None
    """Of quads 3 and 4 in `n`; None where `n` is 0."""
    different: int
    """How many of the `n` differ in who acts, day or type: rows that do not may be one event told by several pages."""
    different_conflict: int
    """Those of quads 3 and 4."""
    severity: float | None
    """The mean of PLOVER's scores; None where `n` is 0."""
    reports: int | None
    """Articles that tell of the `n`; None where the files do not say."""
    left_out: Mapping[str, int]
    """Rows between the two whose codes PLOVER leaves out, which are in no other figure, by their codes."""


def their_figures(events: Sequence[CodedEvent], rows_of_all: int) -> TheirFigures:
    """The figures of these events, all of one window; an id counts once."""
    once = {event.id: event for event in events}.values()
    typed = [event for event in once if event.type]
    quads = dict.fromkeys(sorted(plover().quads), 0)
    for event in typed:
        if event.quad:
            quads[event.quad] += 1
    different = {(event.source, event.target, event.date, event.type, event.quad) for event in typed}
    told = [event.reports for event in typed if event.reports is not None]
    scores = [event.severity for event in typed if event.severity is not None]
    return TheirFigures(
        rows_of_all=rows_of_all,
        n=len(typed),
        quads=quads,
        conflict_share=sum(quads[quad] for quad in CONFLICT) / len(typed) if typed else None,
        different=len(different),
        different_conflict=sum(quad in CONFLICT for *_, quad in different),
        severity=fsum(scores) / len(scores) if scores else None,
        reports=sum(told) if told else None,
        left_out=Counter(event.code for event in once if not event.type),
    )
