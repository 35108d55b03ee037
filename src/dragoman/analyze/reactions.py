"""Reactions: events of which the text says that one answers another.

Two events are tied by words of a report ("in response to", "retaliated", "three days after"), between events told in the same
or the next sentence and with the roles turned, or between the same two. That one merely follows another in time never
ties them; how far from chance the order of such events is, stands beside each pair.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Literal

import numpy as np
import numpy.typing as npt

from dragoman.analyze.coverage import Cell
from dragoman.analyze.network import directions, parties_of
from dragoman.analyze.series import sides
from dragoman.model import Document, Event, EventReport, Span, Status
from dragoman.model.edtf import has_day
from dragoman.ontology.table import read_table
from dragoman.record import Project
from dragoman.record.dates import bounds
from dragoman.record.relations import acting

Says = Literal["answer", "after"]
Roles = Literal["turned", "turned, toward whom is not known", "same pair"]
WITHIN = 30
"""Days between two events whose order is compared with chance, at most."""
SHUFFLES, SEED = 1000, 7
FEWEST = 10
"""Pairs of events below which no lift is given."""
_FEW = 25
"""Code points from the start of a clause within which the words still open it: "in response to the expulsion"."""
_STOP = re.compile(r"[.!?…][\"'“”‘’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9\u00c0-\u024f])|\n[^\S\n]*\n\s*|\n")
_TITLES = "Mr Mrs Ms Dr Gen Col Lt Sgt Prof Sen Rep Gov St No vs Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
_ABBREVIATED = re.compile(rf"\b(?:{'|'.join(_TITLES.split())}|[A-Z])\.$")
_HEADLINE = 60
"""A line that is shorter is no wrapped line of a paragraph."""
_NOT = re.compile(
    r"\b(?:not|never|nothing|nobody|no|neither|nor|den(?:y|ies|ied))\b[^.;]{0,25}$|n['’]t\b[^.;]{0,25}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Lift:
    """How far from chance the order of two events of these types is, in turned roles, among those that the caller asks for.

    Dates are shuffled among all events of the project that happened on a known day. Events of one type count only between
    these two parties and in these roles, because both orders would be as frequent otherwise.
    """

    within: int
    """Days apart, at most; those of one day have no order and do not count."""
    n: int
    """Pairs of events so near each other."""
    in_order: int
    """Those in which the second is the later."""
    share: float | None
    """`in_order` of `n`; this and the rest are None where `n` is under 10."""
    expected: float | None
    """The mean share when dates are shuffled 1,000 times."""
    lift: float | None
    """`share` over `expected`: 1 is chance."""
    as_high: float | None
    """Shuffles with a share at least as high, of those with any such pair."""
    n_undated: int
    """Events of these types and parties that happened but have no day; they are in no pair."""


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
class Words:
    """Words that tie two events."""

    phrase: str
    cause_after: bool
    """Whether the cause stands behind the words, or before."""
    says: Says


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
    with project.snapshot():
        wanted = [side.ids for side in sides(project, [one for one in (a, b) if one is not None])]
        everything = list(project.events() if events is None else events)
        near = [event for event in everything if not wanted or any(_has(ids, event) for ids in wanted)]
        parties = parties_of(project, (id for event in near for id in acting(event)))
        by_id = {event.id: event for event in near}
        found = {
            pair: tie
            for pair, tie in _found(project, near, parties.of).items()
            if all(any(_has(ids, by_id[id]) for id in pair) for ids in wanted)
        }
        said_in = {wording.document for _, wordings in found.values() for wording in wordings}
        texts = {id: project.kinship(id).copy_of or id for id in said_in}
    asked = [event for event in near if all(_has(ids, event) for ids in wanted)]
    order = _Order(everything, asked, parties.of, within)
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
                lift=order.lift(cause, answer) if happened else None,
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


@lru_cache(maxsize=1)
def reaction_words() -> tuple[Words, ...]:
    """The words that tie two events, the longest first. Raises OntologyError where the data file breaks its schema."""
    found = []
    for row in read_table("reaction_words.csv", ("phrase", "cause", "says")):
        phrase = row.text("phrase")
        if phrase != phrase.lower():
            raise row.fail(f"{phrase!r} has capitals")
        after = row.choice("cause", ("after", "before")) == "after"
        says: Says = "answer" if row.choice("says", ("answer", "after")) == "answer" else "after"
        found.append(Words(phrase, after, says))
    return tuple(sorted(found, key=lambda words: (-len(words.phrase), words.phrase)))


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


def sentences(text: str) -> list[Span]:
    """The sentences of a text, by its stops and lines; they cover it without a gap."""
    starts = [0]
    for match in _STOP.finditer(text):
        if match[0][0] in ".!?…":
            stands = not _ABBREVIATED.search(text[max(starts[-1], match.start() - 8) : match.start() + 1])
        else:
            line = max(starts[-1], text.rfind("\n", starts[-1], match.start()) + 1)
            stands = match[0].count("\n") > 1 or match.start() - line < _HEADLINE
        if stands and starts[-1] < match.end() < len(text):
            starts.append(match.end())
    return list(zip(starts, [*starts[1:], len(text)], strict=True)) if text else []


def _found(
    project: Project, events: Iterable[Event], side: Callable[[str], str]
) -> dict[tuple[str, str], tuple[Says, set[Wording]]]:
    """By the ids of cause and answer, what ties them and where."""
    told: dict[str, list[tuple[Event, EventReport]]] = defaultdict(list)
    for event in events:
        for report in event.reports:
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
    matches = list(_marked(document.text))
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


def _marked(text: str) -> Iterator[tuple[Words, Span]]:
    """Where the words stand that tie events, and are not denied."""
    by_phrase = {words.phrase: words for words in reaction_words()}
    for match in _pattern().finditer(text):
        if not _NOT.search(text[max(0, match.start() - 40) : match.start()]):
            yield by_phrase[" ".join(match[0].lower().split())], match.span()


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    phrases = (re.escape(words.phrase).replace(r"\ ", r"\s+") for words in reaction_words())
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


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


_Days = npt.NDArray[np.int64]


class _Order:
    """In which order events of two types come, and in which they would if their dates were others'."""

    def __init__(
        self, everything: Iterable[Event], asked: Iterable[Event], side: Callable[[str], str], within: int
    ) -> None:
        self._all = np.sort(np.array([day for event in everything if (day := _day(event))], dtype=np.int64))
        self._side, self._within = side, within
        self._events: dict[str, dict[tuple[str, str], dict[str, int | None]]] = defaultdict(lambda: defaultdict(dict))
        for event in asked:
            if event.status is Status.HAPPENED:
                for pair in directions(event, side)[0]:
                    self._events[event.type][pair][event.id] = _day(event)
        self._known: dict[tuple[object, ...], Lift] = {}

    def lift(self, cause: Event, answer: Event) -> Lift:
        same = cause.type == answer.type
        only = frozenset(directions(cause, self._side)[0]) if same else frozenset()
        key = (cause.type, answer.type, only)
        if key not in self._known:
            causes = self._events.get(cause.type, {})
            pairs = sorted(pair for pair in causes if not same or pair in only)
            self._known[key] = self._of(causes, self._events.get(answer.type, {}), pairs)
        return self._known[key]

    def _of(
        self,
        causes: Mapping[tuple[str, str], Mapping[str, int | None]],
        answers: Mapping[tuple[str, str], Mapping[str, int | None]],
        pairs: Sequence[tuple[str, str]],
    ) -> Lift:
        groups, undated = [], set()
        for x, y in pairs:
            first, second = causes[x, y], answers.get((y, x), {})
            undated |= {id for some in (first, second) for id, day in some.items() if day is None}
            one, two = (sorted(day for day in some.values() if day is not None) for some in (first, second))
            if one and two:
                groups.append((np.array(one, dtype=np.int64), np.array(two, dtype=np.int64)))
        n, in_order = self._count(groups)
        if n < FEWEST:
            return Lift(self._within, n, in_order, None, None, None, None, len(undated))
        random = np.random.default_rng(SEED)
        sizes = [len(part) for group in groups for part in group]
        ends = np.cumsum(sizes)
        shares = []
        for _ in range(SHUFFLES):
            drawn = random.choice(self._all, int(ends[-1]), replace=int(ends[-1]) > len(self._all))
            parts = [np.sort(part) for part in np.split(drawn, ends[:-1])]
            many, first_first = self._count(list(zip(parts[::2], parts[1::2], strict=True)))
            if many:
                shares.append(first_first / many)
        share = in_order / n
        expected = sum(shares) / len(shares) if shares else None
        return Lift(
            within=self._within,
            n=n,
            in_order=in_order,
            share=share,
            expected=expected,
            lift=share / expected if expected else None,
            as_high=sum(one >= share for one in shares) / len(shares) if shares else None,
            n_undated=len(undated),
        )

    def _count(self, groups: Iterable[tuple[_Days, _Days]]) -> tuple[int, int]:
        """Pairs that are near each other but not of one day; and those in which the second is the later."""
        n = in_order = 0
        for one, two in groups:
            low, high, day = (
                np.searchsorted(two, one + gap, side="left") for gap in (-self._within, self._within + 1, 0)
            )
            next_day = np.searchsorted(two, one + 1, side="left")
            later, earlier = int((high - next_day).sum()), int((day - low).sum())
            n, in_order = n + later + earlier, in_order + later
        return n, in_order


def _day(event: Event) -> int | None:
    """The day of an event that happened on a known one, counted from the year 1."""
    if event.status is not Status.HAPPENED or event.date is None or not has_day(event.date):
        return None
    return _ordinal(event.date.rstrip("?~%"))
