"""One event out of the reports of several documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dragoman.model import Event, EventReport
from dragoman.resolve.settle import settled

_Parties = tuple[tuple[str, ...], tuple[str, ...], str, int, str]


def merge_events(reported: Sequence[Event]) -> Event:
    """The event that `reported` (not empty, all of one id) tell of, with all their reports by document and place.

    The same id means the same event. What reports may still differ in (a mode, a place) is what most of them say;
    contexts add up.
    """
    parties: Counter[_Parties] = Counter((e.actor, e.recipient, e.type, e.quad, e.status.value) for e in reported)
    most = min(parties, key=lambda value: (-parties[value], value))
    said = min(
        (
            event
            for event in reported
            if (event.actor, event.recipient, event.type, event.quad, event.status.value) == most
        ),
        key=lambda event: _place(event.reports[0]),
    )
    date, basis = settled((event.date, event.date_basis) for event in reported if event.date) or (None, None)
    reports = {report for event in reported for report in event.reports}
    return Event(
        id=said.id,
        type=said.type,
        mode=settled(event.mode for event in reported),
        context=tuple(sorted({context for event in reported for context in event.context})),
        quad=said.quad,
        actor=said.actor,
        recipient=said.recipient,
        status=said.status,
        date=date,
        date_basis=basis,
        place=settled(event.place for event in reported),
        reports=tuple(sorted(reports, key=_place)),
    )


def _place(report: EventReport) -> tuple[str, int, int, str, float]:
    return report.document, report.start, report.end, report.statement or "", report.confidence
