"""One event out of the reports of several documents, and what these tell differently."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from dragoman.model import Differing, Event, EventReport
from dragoman.model.edtf import edtf_bounds
from dragoman.resolve.order import wording
from dragoman.resolve.settle import settled

_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety"
).split()
_VALUES = {word: 2 + at if at < 19 else 30 + 10 * (at - 19) for at, word in enumerate(_NUMBERS)}
_COUNTED = re.compile(
    rf"\b(\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{'|'.join(_NUMBERS)})\s+(?:[a-z]+ly\s+)?([a-z]{{4,}})", re.IGNORECASE
)
_NOT_COUNTED = frozenset("days hours weeks months years minutes percent after before other more".split())
"""Words behind a number that say when, or how much of something, and not how many."""


def merge_events(reported: Sequence[Event]) -> Event:
    """The event that `reported` (not empty, all of one id) tell of, with all their reports by document and place.

    What reports differ in is what most of them say, of two things told as often the one told more surely; every account is
    kept in `differing`; contexts add up.
    """
    reported = sorted(reported, key=_order)
    told = Counter(map(_parties, reported))
    said = max(reported, key=lambda event: told[_parties(event)])
    date, basis = settled((event.date, event.date_basis) for event in reported if event.date) or (None, None)
    reports = tuple(sorted({report for event in reported for report in event.reports}, key=_place))
    return Event(
        id=said.id,
        type=said.type,
        mode=settled(event.mode for event in reported if event.type == said.type),
        context=tuple(sorted({context for event in reported for context in event.context})),
        quad=said.quad,
        actor=said.actor,
        recipient=said.recipient,
        status=said.status,
        date=date,
        date_basis=basis,
        place=settled(event.place for event in reported),
        reports=reports,
        differing=tuple(_differing(reported, reports)) if len(reports) > 1 else (),
    )


def _differing(reported: Sequence[Event], reports: Sequence[EventReport]) -> Iterator[Differing]:
    number = {report: at for at, report in enumerate(reports)}
    told: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    several: dict[frozenset[str], str] = {}
    """Parties as they are first written, in whatever order others have them."""
    for event in reported:
        for report in event.reports:
            told["type"][event.type].add(number[report])
            told["status"][event.status.value].add(number[report])
            told["actor"][several.setdefault(frozenset(event.actor), "; ".join(event.actor))].add(number[report])
            if event.recipient:
                recipients = several.setdefault(frozenset(event.recipient), "; ".join(event.recipient))
                told["recipient"][recipients].add(number[report])
            if event.date:
                told["date"][event.date].add(number[report])
            if event.place:
                told["place"][event.place].add(number[report])
            for what, many in _counted(report.text):
                told[f"number of {what}"][many].add(number[report])
    for what, accounts in told.items():
        if len(accounts) > 1 and (what != "date" or _contradict(list(accounts))):
            most_first = sorted(accounts.items(), key=lambda account: -len(account[1]))
            yield Differing(what, tuple((value, tuple(sorted(at))) for value, at in most_first))


def _contradict(dates: Sequence[str]) -> bool:
    """Whether two of the dates cannot be of one day: "2024-05" and "2024-05-06" can."""
    spans = [span for date in dates if (span := edtf_bounds(date))]
    return any(a[1] < b[0] for a in spans for b in spans)


def _counted(text: str) -> Iterator[tuple[str, str]]:
    """What a clause counts, and how many."""
    for match in _COUNTED.finditer(text):
        what = match[2].lower()
        if what not in _NOT_COUNTED:
            many = match[1].replace(",", "").lower()
            yield what, str(_VALUES.get(many, many))


def _parties(event: Event) -> tuple[tuple[str, ...], tuple[str, ...], str, int, str]:
    return event.actor, event.recipient, event.type, event.quad, event.status.value


def _order(event: Event) -> tuple[object, ...]:
    """The surest report first, then by what does not hang on who the parties are; ids do, and come last."""
    report = event.reports[0]
    outlet = report.chain[-1].name if report.chain else None
    told = wording(report.text), outlet or ""
    return -report.confidence, event.type, event.status, event.date or "", *told, _place(report), _parties(event)


def _place(report: EventReport) -> tuple[str, int, int, str, float]:
    return report.document, report.start, report.end, report.statement or "", report.confidence
