"""Reactions: events of which the text says that one answers another.

Two events are tied by words of a report ("in response to", "retaliated", "three days after"), between events told in the same
or the next sentence and with the roles turned, or between the same two. That one merely follows another in time never
ties them; how far from chance the order of such events is, stands beside each pair.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal

import numpy as np

from dragoman.analyze.coverage import Cell
from dragoman.analyze.lift import WITHIN, Lift, Order, order_of
from dragoman.analyze.network import Parties, directions, parties_of
from dragoman.analyze.series import sides
from dragoman.digest import Digest
from dragoman.digest.tying import Says, Words, marked, sentences
from dragoman.model import Document, Event, EventReport, Span, Status
from dragoman.record import Project
from dragoman.record.dates import bounds
from dragoman.record.relations import acting

Roles = Literal["turned", "turned, toward whom is not known", "same pair"]
_FEW = 25
"""Code points from the start of a clause within which the words still open it: "in response to the expulsion"."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Where a document says so: `document_text[start:end]`, the sentences of both events, holds the `words`."""

    document: str
    start: int
    end: int
    text: str
    words: Span
    told_by: str | None
    """Id or name of who says it: the first of the chain of the answer's report."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """`answer` answers `cause`, as `wordings` say."""

    cause: Event
    answer: Event
    says: Says
    """"after" where the words are of time alone ("three days after"), else "answer"."""
    roles: Roles
    """Whether those to whom the cause is done act in the answer, toward those who did it."""
    happened: bool
    """Whether both are said to have happened."""
    days: tuple[int, int] | None
    """The fewest and the most days from the cause to the answer; None where a date is not known."""
    wordings: tuple[Wording, ...]
    """By document and place."""
    texts: int
    """Different texts that say so; copies count once."""
    lift: Lift | None
    """None where one of the two has not happened."""


@dataclass(frozen=True, slots=True)
class _Told:
    """An event where a document tells it, and the number of its sentence."""

    event: Event
    report: EventReport
    sentence: int


def reactions(
    project: Project,
    a: str | None = None,
    b: str | None = None,
    *,
    events: Iterable[Event] | None = None,
    within: int = WITHIN,
) -> tuple[Reaction, ...]:
    """What answers what, by the date of the answer: in the project, where `a` takes part, or between `a` and `b` (ids, ISO
    3166 codes or names; officials act for their state). `events` are the only ones looked at, if given.

    Raises SettingsError where a name means nobody or several.
    """
    named = [one for one in (a, b) if one is not None]
    if events is None and (digest := Digest.open(project)) is not None:
        from dragoman.analyze.quick_reactions import near_together

        return digest.ask(
            lambda tables: tables.recently(
                ("reactions", *named, within),
                lambda: _tied_together(project, *near_together(tables, project, digest.sides(named), within)),
            )
        )
    with project.snapshot():
        wanted = [side.ids for side in sides(project, named)]
        everything = list(project.events() if events is None else events)
        near = [event for event in everything if not wanted or any(_has(ids, event) for ids in wanted)]
        parties = parties_of(project, (id for event in near for id in acting(event)))
        asked = [event for event in near if all(_has(ids, event) for ids in wanted)]
        order = order_of(everything, asked, parties.of, within)
        return _tied_together(project, near, None, wanted, parties, order)


def _tied_together(
    project: Project,
    near: Iterable[Event],
    documents: set[str] | None,
    wanted: Sequence[frozenset[str]],
    parties: Parties,
    order: Order,
) -> tuple[Reaction, ...]:
    """The pairs among the events `near`, in these documents (None: in all), in which all that are `wanted` take part."""
    by_id = {event.id: event for event in near}
    found = {
        pair: tie
        for pair, tie in _found(project, by_id.values(), documents, parties.of).items()
        if all(any(_has(ids, by_id[id]) for id in pair) for ids in wanted)
    }
    said_in = {wording.document for _, wordings in found.values() for wording in wordings}
    texts = {id: project.kinship(id).copy_of or id for id in said_in}
    out = []
    for (cause_id, answer_id), (says, wordings) in found.items():
        cause, answer = by_id[cause_id], by_id[answer_id]
        happened = cause.status is Status.HAPPENED and answer.status is Status.HAPPENED
        out.append(
            Reaction(
                cause=cause,
                answer=answer,
                says=says,
                roles=roles(cause, answer, parties.of) or "same pair",
                happened=happened,
                days=_days(cause, answer),
                wordings=tuple(sorted(wordings, key=lambda one: (one.document, one.start, one.words))),
                texts=len({texts[one.document] for one in wordings}),
                lift=order.lift(cause, answer, parties.of) if happened else None,
            )
        )
    return tuple(sorted(out, key=_by_date))


def rows(result: Iterable[Reaction]) -> Iterator[dict[str, Cell]]:
    """One row for each pair, with the first of its wordings."""
    for one in result:
        first, lift = one.wordings[0], one.lift
        yield {
            "cause": one.cause.id,
            "cause_type": one.cause.type,
            "cause_actor": "; ".join(one.cause.actor),
            "cause_recipient": "; ".join(one.cause.recipient),
            "cause_status": one.cause.status.value,
            "cause_date": one.cause.date,
            "answer": one.answer.id,
            "answer_type": one.answer.type,
            "answer_actor": "; ".join(one.answer.actor),
            "answer_recipient": "; ".join(one.answer.recipient),
            "answer_status": one.answer.status.value,
            "answer_date": one.answer.date,
            "days_at_least": one.days[0] if one.days else None,
            "days_at_most": one.days[1] if one.days else None,
            "says": one.says,
            "roles": one.roles,
            "words": first.text[first.words[0] - first.start : first.words[1] - first.start],
            "document": first.document,
            "start": first.start,
            "end": first.end,
            "text": first.text,
            "told_by": first.told_by,
            "documents": len({wording.document for wording in one.wordings}),
            "texts": one.texts,
            "n": lift.n if lift else None,
            "in_order": lift.in_order if lift else None,
            "share": lift.share if lift else None,
            "expected": lift.expected if lift else None,
            "lift": lift.lift if lift else None,
            "as_high": lift.as_high if lift else None,
            "n_undated": lift.n_undated if lift else None,
        }


def roles(cause: Event, answer: Event, side: Callable[[str], str]) -> Roles | None:
    """How the parties of two events stand to each other; None where the one cannot answer the other."""
    doers, done_to = _sides(cause, side)
    answering, toward = _sides(answer, side)
    for x, y in product(sorted(answering & done_to), sorted(toward & doers)):
        if x != y:
            return "turned"
    if answering & done_to and not answering & doers and not any(id.startswith("state:") for id in toward):
        return "turned, toward whom is not known"
    pairs = [{tuple(sorted(pair)) for some in directions(event, side) for pair in some} for event in (cause, answer)]
    return "same pair" if pairs[0] & pairs[1] else None


def _found(
    project: Project, events: Iterable[Event], documents: set[str] | None, side: Callable[[str], str]
) -> dict[tuple[str, str], tuple[Says, set[Wording]]]:
    """By the ids of cause and answer, what ties them and where."""
    told: dict[str, list[tuple[Event, EventReport]]] = defaultdict(list)
    for event in events:
        for report in event.reports:
            if documents is None or report.document in documents:
                told[report.document].append((event, report))
    found: dict[tuple[str, str], tuple[Says, set[Wording]]] = {}
    for id, reports in told.items():
        if len({event.id for event, _ in reports}) < 2 or (document := project.document(id)) is None:
            continue
        for cause, answer, says, wording in _tied(document, reports, side):
            before, wordings = found.get((cause, answer), (says, set()))
            found[cause, answer] = ("answer" if "answer" in (says, before) else "after", {*wordings, wording})
    return found


def _tied(
    document: Document, reports: Sequence[tuple[Event, EventReport]], side: Callable[[str], str]
) -> Iterator[tuple[str, str, Says, Wording]]:
    matches = list(marked(document.text))
    if not matches:
        return
    spans = sentences(document.text)
    starts = [start for start, _ in spans]

    def sentence(place: int) -> int:
        return int(np.searchsorted(starts, place, side="right")) - 1

    ordered = sorted(reports, key=lambda one: (one[1].start, one[1].end, one[0].id))
    told = [_Told(event, report, sentence(report.start)) for event, report in ordered]
    for words, at in matches:
        pair = _pair(told, words, at, sentence(at[0]), side)
        if pair is None:
            continue
        cause, answer = pair
        numbers = (cause.sentence, answer.sentence, sentence(at[0]))
        start, end = spans[min(numbers)][0], spans[max(numbers)][1]
        end = start + len(document.text[start:end].rstrip())
        chain = answer.report.chain
        teller = (chain[0].actor or chain[0].name) if chain else None
        wording = Wording(document.id, start, end, document.text[start:end], at, teller)
        yield cause.event.id, answer.event.id, words.says, wording


def _pair(
    told: Sequence[_Told], words: Words, at: Span, here: int, side: Callable[[str], str]
) -> tuple[_Told, _Told] | None:
    """The cause and the answer that the words at `at`, in sentence `here`, tie: the nearest that can be."""
    inside = [one for one in told if one.sentence == here]
    before = [one for one in inside if _opens(one, at) < at[0]][::-1]
    behind = [one for one in inside if _opens(one, at) >= at[0]]
    earlier = _earlier(told, here)
    if words.cause_after:
        causes = behind[:2]
        answers = [*before, *behind, *earlier]
    else:
        own = [one for one in before if one.report.end > at[0]]
        causes = [*(one for one in before if one not in own), *earlier]
        answers = [*behind, *own, *(one for one in before if one.report.end > at[0] - _FEW)]
        if words.says == "answer":
            answers += [one for one in told if one.sentence == here + 1]
    for cause, answer in product(causes, answers):
        if cause.event.id == answer.event.id or _nested(cause.report, answer.report, words):
            continue
        found = roles(cause.event, answer.event, side)
        if found == "turned" or (found and words.says == "answer"):
            return cause, answer
    return None


def _earlier(told: Sequence[_Told], here: int) -> list[_Told]:
    """The events of the last sentence before that tells any, if it is the next one but one at most; the nearest first."""
    last = max((one.sentence for one in told if one.sentence < here), default=-9)
    return [one for one in told if one.sentence == last][::-1] if here - last <= 2 else []


def _opens(told: _Told, at: Span) -> int:
    """Where a clause begins, without the words themselves and what stands before them."""
    start, end = told.report.start, told.report.end
    return at[1] if start <= at[0] <= start + _FEW and at[1] < end else start


def _nested(cause: EventReport, answer: EventReport, words: Words) -> bool:
    """Whether a clause of the cause holds the answer, so that it is no other event than what it tells of."""
    return cause.start <= answer.start and answer.end <= cause.end and not words.cause_after


def _has(ids: frozenset[str], event: Event) -> bool:
    return not ids.isdisjoint(acting(event))


def _sides(event: Event, side: Callable[[str], str]) -> tuple[set[str], set[str]]:
    return {side(id) for id in event.actor}, {side(id) for id in event.recipient}


def _days(cause: Event, answer: Event) -> tuple[int, int] | None:
    first, second = (bounds(event.date) for event in (cause, answer))
    if first is None or second is None:
        return None
    return _ordinal(second[0]) - _ordinal(first[1]), _ordinal(second[1]) - _ordinal(first[0])


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _by_date(one: Reaction) -> tuple[str, str, str]:
    days = bounds(one.answer.date)
    return (days[0] if days else "9999-99"), one.answer.id, one.cause.id
