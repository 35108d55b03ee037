"""Accounts: of a contested event or question, who asserts it, who denies it, and who is silent.

An account is somebody's. What the page says without naming anybody is its outlet's. Nothing here says who is right, and
silence is only told of a party of the event, and of outlets that were read on the same two parties afterwards.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.analyze.coverage import Cell
from dragoman.analyze.demands import naming, stems
from dragoman.analyze.network import Parties, parties_of
from dragoman.digest.documents import ReadDocument, documents_read
from dragoman.errors import SettingsError
from dragoman.model import Act, ActorType, Event, EventReport, Statement, Status
from dragoman.ontology.fold import fold
from dragoman.ontology.outlets import publisher
from dragoman.record import Project
from dragoman.record.dates import bounds, sort_key
from dragoman.record.meant import linked
from dragoman.record.relations import acting, pairs

Position = Literal["asserts", "denies", "expects", "supposes"]
Kind = Literal["actor", "outlet", "unknown"]
_POSITIONS: Mapping[Status, Position] = {
    Status.HAPPENED: "asserts",
    Status.DENIED: "denies",
    Status.PLANNED: "expects",
    Status.HYPOTHETICAL: "supposes",
}
_ORDER: tuple[Position, ...] = ("asserts", "denies", "expects", "supposes")
HITS = 1000
"""Documents that a question is looked for in, at most."""
SHARED = 2
"""Words that a denial has in common with the reports of an event, beside the parties' names, to be taken for one of it."""
_WHAT_IS_SAID = re.compile(r"\b(?:accusation|allegation|claim|charge|complaint|report|rumou?r)s?\b", re.IGNORECASE)
ENOUGH = 2 / 3
"""Share of a question's words that a report or statement has, at least."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words: `document_text[start:end] == text`."""

    document: str
    start: int
    end: int
    text: str
    statement: str | None
    """Id of the statement, where it is one or stands in one."""


@dataclass(frozen=True, slots=True)
class Account:
    """What one holder says of it. Who rejects an accusation or a report of it, in a document that tells of it, denies it."""

    position: Position
    """Of what is reported as having happened, denied, planned or hypothetical."""
    holder: str | None
    """Id of the actor or of the listed outlet, else the folded name; None where nobody is named."""
    name: str | None
    kind: Kind
    party: str | None
    """Whose dealings the holder's are: the state of an official."""
    first: str | None
    """EDTF date of the earliest document with it."""
    n_undated: int
    """Texts with it whose date of publication is not known."""
    texts: int
    """Documents with it that are no copies of each other."""
    outlets: tuple[str, ...]
    independent_sources: int
    evidence: tuple[Evidence, ...]
    """By document and place."""


@dataclass(frozen=True, slots=True)
class Silent:
    """Who says nothing of it that was read."""

    holder: str
    name: str
    kind: Literal["party", "outlet"]
    texts: int
    """Of an outlet: texts that tell of other events of the same two parties. Of a party: texts with words of its own people.
    All published since it was first told, copies left out; few say little."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of an event, or of a question."""

    question: str
    """The id of the event, or the question."""
    events: tuple[Event, ...]
    """The event, and those of the same type, parties and days that are told with another status; of a question, all that
    answer to its words. By id."""
    accounts: tuple[Account, ...]
    """Those that assert, that deny, then the others; the earliest first."""
    silent: tuple[Silent, ...]
    first: str | None
    """EDTF date of the earliest document."""
    outlets: tuple[str, ...]
    """Names of all that publish one of the accounts."""
    independent_sources: int
    """Of all reports: documents that repeat one text, pass on one agency, or are of one outlet count as one."""
    contested: bool
    """Whether somebody asserts and somebody denies it."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """One telling of it: who holds what, where, and through which report."""

    position: Position
    holder: str | None
    name: str | None
    kind: Kind
    evidence: Evidence
    report: EventReport
    """The report, or the statement as one, for its document and chain."""


def accounts(
    project: Project,
    event: Event | str,
    *,
    events: Iterable[Event] | None = None,
    statements: Iterable[Statement] | None = None,
) -> Accounts:
    """The accounts of an event, given itself or by id, or of a question in words of the query language. `events` and
    `statements` are the only ones looked at, if given.

    Raises SettingsError where a query cannot be understood.
    """
    with project.snapshot():
        documents = documents_read(project)
        everything = {one.id: one for one in (project.events() if events is None else events)}
        said = list(project.statements() if statements is None else statements)
        known = event if isinstance(event, Event) else everything.get(event)
        if known is None and isinstance(event, str) and event.startswith("event-"):
            raise SettingsError(
                f"there is no event {event} in the project: list them with 'dragoman show ... relations'"
            )
        by_id = {(one.document, one.id): one for one in said}
        ids = {id for one in everything.values() for id in acting(one)} | {id for one in said for id in linked(one)}
        parties = parties_of(project, ids)
        if known is not None:
            meant = _told_otherwise(known, everything.values(), parties)
            extra = _denials(meant, said, documents, parties)
            question = known.id
        else:
            question = str(event)
            meant, extra = _answering(project, question, everything.values(), said)
        voices = [voice for one in meant for voice in _reported(one, by_id, documents, parties)]
        voices += _rejected(meant, everything.values(), parties)
        voices += _stated(extra, {voice.evidence.statement for voice in voices}, documents, parties)
        held = _accounts(voices, project, documents, parties)
        total = _sources(project, voices)
    first = _earliest(documents[voice.evidence.document] for voice in voices)
    outlets = {documents[voice.evidence.document].name for voice in voices}
    positions = {one.position for one in held}
    return Accounts(
        question=question,
        events=tuple(sorted(meant, key=lambda one: one.id)),
        accounts=held,
        silent=_silent(meant, voices, everything.values(), said, documents, parties, first),
        first=first,
        outlets=tuple(sorted(outlet for outlet in outlets if outlet)),
        independent_sources=total,
        contested={"asserts", "denies"} <= positions,
    )


def rows(result: Accounts) -> Iterator[dict[str, Cell]]:
    """One row for each account, with the first of its words, and for each who is silent."""
    for one in result.accounts:
        words = one.evidence[0]
        yield {
            "position": one.position,
            "holder": one.holder,
            "name": one.name,
            "kind": one.kind,
            "party": one.party,
            "first": one.first,
            "n_undated": one.n_undated,
            "texts": one.texts,
            "outlets": "; ".join(one.outlets) or None,
            "independent_sources": one.independent_sources,
            "document": words.document,
            "start": words.start,
            "end": words.end,
            "text": words.text,
            "statement": words.statement,
        }
    for silent in result.silent:
        yield {
            **dict.fromkeys(_COLUMNS),
            "position": "silent",
            "holder": silent.holder,
            "name": silent.name,
            "kind": silent.kind,
            "texts": silent.texts,
        }


_COLUMNS = (
    "position holder name kind party first n_undated texts outlets independent_sources document start end text "
    "statement"
).split()


def _told_otherwise(event: Event, everything: Iterable[Event], parties: Parties) -> list[Event]:
    """The event, and those that tell of the same with another status."""
    between = _between(event, parties)
    words = _content(event, parties)
    found = {event.id: event}
    for other in everything:
        if (
            other.id not in found
            and other.type == event.type
            and other.status is not event.status
            and _between(other, parties) == between
            and _same_days(event.date, other.date)
            and words & _content(other, parties)
        ):
            found[other.id] = other
    return list(found.values())


def _denials(
    meant: Sequence[Event], said: Iterable[Statement], documents: Mapping[str, ReadDocument], parties: Parties
) -> list[tuple[Statement, Position]]:
    """Denials by or about the parties that share words with the reports, and were not published before the first of them."""
    concerned = {id for event in meant for id in parties.all(acting(event))}
    content = frozenset[str]().union(*(_content(event, parties) for event in meant))
    since = _earliest(documents[report.document] for event in meant for report in event.reports)
    first = bounds(since)
    out: list[tuple[Statement, Position]] = []
    for one in said:
        if one.act is not Act.DENY or parties.all(linked(one)).isdisjoint(concerned):
            continue
        days = bounds(documents[one.document].published)
        early = first and days and days[1] < first[0]
        if not early and len(stems(one.text) & content) >= min(SHARED, len(content) or SHARED):
            out.append((one, "denies"))
    return out


def _answering(
    project: Project, question: str, everything: Iterable[Event], said: Iterable[Statement]
) -> tuple[list[Event], list[tuple[Statement, Position]]]:
    """The events and statements that have most of a question's words, in documents that a search for it finds."""
    hits = {hit.document for hit in project.search(question, limit=HITS)}
    words = stems(question)

    def answers(text: str) -> bool:
        return bool(words) and len(words & stems(text)) >= ENOUGH * len(words)

    events = [
        event
        for event in everything
        if any(report.document in hits and answers(report.text) for report in event.reports)
    ]
    positions: Mapping[Act, Position] = {Act.DENY: "denies", Act.ASSERT: "asserts", Act.ACCUSE: "asserts"}
    statements = [
        (one, positions[one.act]) for one in said if one.act in positions and one.document in hits and answers(one.text)
    ]
    return events, statements


def _reported(
    event: Event,
    statements: Mapping[tuple[str, str], Statement],
    documents: Mapping[str, ReadDocument],
    parties: Parties,
) -> Iterator[_Voice]:
    statuses = _statuses(event)
    for number, report in enumerate(event.reports):
        within = statements.get((report.document, report.statement)) if report.statement else None
        denies = within is not None and within.act is Act.DENY
        position = "denies" if denies else _POSITIONS[statuses.get(number, event.status)]
        link = report.chain[0] if report.chain else None
        speaks = (
            (within.speaker.actor, within.speaker.name) if within else (link.actor, link.name) if link else (None, None)
        )
        holder, name, kind = _holder(*speaks, documents[report.document], parties, own=within is None and not speaks[1])
        evidence = Evidence(report.document, report.start, report.end, report.text, report.statement)
        yield _Voice(position, holder, name, kind, evidence, report)


def _rejected(meant: Sequence[Event], everything: Iterable[Event], parties: Parties) -> Iterator[_Voice]:
    """One of the parties rejects an accusation, a report or the like, in a document that tells of the event."""
    telling = {report.document for event in meant for report in event.reports}
    concerned = {id for event in meant for id in parties.all(acting(event))}
    for event in everything:
        if event.type != "REJECT" or event.status is not Status.HAPPENED or event in meant:
            continue
        for report in event.reports:
            if report.document in telling and _WHAT_IS_SAID.search(report.text):
                for id in event.actor:
                    if parties.of(id) in concerned:
                        evidence = Evidence(report.document, report.start, report.end, report.text, report.statement)
                        yield _Voice("denies", id, parties.name(id), "actor", evidence, report)


def _stated(
    said: Iterable[tuple[Statement, Position]],
    known: set[str | None],
    documents: Mapping[str, ReadDocument],
    parties: Parties,
) -> Iterator[_Voice]:
    for one, position in said:
        if one.id not in known:
            speaker = one.speaker
            found = _holder(speaker.actor, speaker.name, documents[one.document], parties, own=one.form == "own")
            report = EventReport(one.document, one.start, one.end, one.text, one.chain, one.id)
            yield _Voice(position, *found, Evidence(one.document, one.start, one.end, one.text, one.id), report)


def _holder(
    actor: str | None, name: str | None, document: ReadDocument, parties: Parties, *, own: bool
) -> tuple[str | None, str | None, Kind]:
    """Who holds what is told; the outlet of a page where it speaks in its own voice, nobody where none is named."""
    known = parties.actor(actor) if actor else None
    if known and known.type is ActorType.OUTLET:
        return publisher(known.name)[0], known.name, "outlet"
    if actor or name:
        mine = document.outlet is not None and actor is None and publisher(name or "")[0] == document.outlet
        return (document.outlet, document.name, "outlet") if mine else (actor or fold(name), name or actor, "actor")
    return (document.outlet, document.name, "outlet") if own and document.outlet else (None, None, "unknown")


def _accounts(
    voices: Iterable[_Voice], project: Project, documents: Mapping[str, ReadDocument], parties: Parties
) -> tuple[Account, ...]:
    held: dict[tuple[Position, str | None, Kind], list[_Voice]] = defaultdict(list)
    for voice in voices:
        held[voice.position, voice.holder, voice.kind].append(voice)
    out = []
    for (position, holder, kind), same in held.items():
        read = {voice.evidence.document: documents[voice.evidence.document] for voice in same}
        out.append(
            Account(
                position=position,
                holder=holder,
                name=_name(holder, same, parties),
                kind=kind,
                party=parties.of(holder) if holder and kind == "actor" else None,
                first=_earliest(read.values()),
                n_undated=len({document.text for document in read.values() if document.published is None}),
                texts=len({document.text for document in read.values()}),
                outlets=tuple(sorted({document.name for document in read.values() if document.name})),
                independent_sources=_sources(project, same),
                evidence=tuple(sorted({voice.evidence for voice in same}, key=_place)),
            )
        )
    return tuple(
        sorted(out, key=lambda one: (_ORDER.index(one.position), sort_key(one.first), one.holder or "", one.kind))
    )


def _name(holder: str | None, same: Iterable[_Voice], parties: Parties) -> str | None:
    actor = parties.actor(holder) if holder else None
    return actor.name if actor else min((voice.name for voice in same if voice.name), default=None)


def _sources(project: Project, voices: Iterable[_Voice]) -> int:
    """How many independent sources tell it."""
    reports = tuple(voice.report for voice in voices)
    return len(project.sources(replace(_NO_EVENT, reports=reports))) if reports else 0


_NO_EVENT = Event("", "CONSULT", None, (), 1, (), (), Status.HAPPENED, None, None, None, ())


def _silent(
    meant: Sequence[Event],
    voices: Iterable[_Voice],
    everything: Iterable[Event],
    said: Iterable[Statement],
    documents: Mapping[str, ReadDocument],
    parties: Parties,
    since: str | None,
) -> tuple[Silent, ...]:
    """Parties of whom no word of it was read; and outlets that tell of the same two since, and not of it."""
    first = bounds(since)

    def later(document: str) -> bool:
        days = bounds(documents[document].published)
        return bool(first and days and days[0] >= first[0])

    heard = {parties.of(voice.holder) for voice in voices if voice.holder and voice.kind == "actor"}
    out = []
    for party in sorted({id for event in meant for id in parties.all(acting(event))} - heard):
        spoken = {one.document for one in said if one.speaker.actor and parties.of(one.speaker.actor) == party}
        out.append(Silent(party, parties.name(party), "party", len({documents[id].text for id in spoken if later(id)})))
    telling = {documents[voice.evidence.document].outlet for voice in voices}
    between = {pair for event in meant for pair in _between(event, parties)}
    ids = {event.id for event in meant}
    covering: dict[str, set[str]] = defaultdict(set)
    for other in everything:
        if other.id not in ids and between & _between(other, parties):
            for report in other.reports:
                outlet = documents[report.document].outlet
                if outlet and outlet not in telling and later(report.document):
                    covering[outlet].add(report.document)
    for outlet, found in sorted(covering.items()):
        name = min(documents[id].name or outlet for id in found)
        out.append(Silent(outlet, name, "outlet", len({documents[id].text for id in found})))
    return tuple(out)


def _statuses(event: Event) -> Mapping[int, Status]:
    """The status that each report gives, by its number, where they differ."""
    return {
        number: Status(value)
        for differing in event.differing
        if differing.what == "status"
        for value, numbers in differing.accounts
        for number in numbers
    }


def _between(event: Event, parties: Parties) -> frozenset[tuple[str, str]]:
    """The pairs of parties that an event stands between; with one alone, that one twice."""
    found = {tuple(sorted((parties.of(x), parties.of(y)))) for x, y in pairs(event)}
    sides = {(x, y) for x, y in found if x != y}
    return frozenset(sides or {(id, id) for id in parties.all(event.actor)})


def _content(event: Event, parties: Parties) -> frozenset[str]:
    """What the reports of an event say, without the names of who takes part."""
    said = frozenset[str]().union(*(stems(report.text) for report in event.reports))
    return said - naming(parties, acting(event))


def _same_days(one: str | None, other: str | None) -> bool:
    a, b = bounds(one), bounds(other)
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def _earliest(documents: Iterable[ReadDocument]) -> str | None:
    return min((document.published for document in documents if bounds(document.published)), key=sort_key, default=None)


def _place(one: Evidence) -> tuple[str, int, int, str]:
    return one.document, one.start, one.end, one.statement or ""
