"""Who holds what of an event or a question: the reports, denials and statements that tell of it, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.analyze.looked import Looked, sides_of
from dragoman.analyze.met import naming
from dragoman.analyze.network import Parties
from dragoman.digest.documents import ReadDocument
from dragoman.model import Act, ActorType, Event, EventReport, Statement, Status
from dragoman.ontology.fold import fold
from dragoman.ontology.outlets import publisher
from dragoman.ontology.stems import stems
from dragoman.record import Project
from dragoman.record.dates import bounds, sort_key
from dragoman.record.meant import linked
from dragoman.record.relations import acting

Position = Literal["asserts", "denies", "expects", "supposes"]
Kind = Literal["actor", "outlet", "unknown"]
_POSITIONS: Mapping[Status, Position] = {
    Status.HAPPENED: "asserts",
    Status.DENIED: "denies",
    Status.PLANNED: "expects",
    Status.HYPOTHETICAL: "supposes",
}
ORDER: tuple[Position, ...] = ("asserts", "denies", "expects", "supposes")
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
class Voice:
    """One telling of it: who holds what, where, and through which report."""

    position: Position
    holder: str | None
    name: str | None
    kind: Kind
    evidence: Evidence
    report: EventReport
    """The report, or the statement as one, for its document and chain."""


def told_otherwise(event: Event, record: Looked) -> list[Event]:
    """The event, and those that tell of the same with another status."""
    between, words = sides_of(event, record.parties), _content(event, record.parties)
    found = {event.id: event}
    for other in record.like(event):
        if (
            other.id not in found
            and other.type == event.type
            and other.status is not event.status
            and sides_of(other, record.parties) == between
            and _same_days(event.date, other.date)
            and words & _content(other, record.parties)
        ):
            found[other.id] = other
    return list(found.values())


def denials(meant: Sequence[Event], record: Looked) -> list[tuple[Statement, Position]]:
    """Denials by or about the parties that share words with the reports, and were not published before the first of them."""
    parties, documents = record.parties, record.documents
    concerned = frozenset(id for event in meant for id in parties.all(acting(event)))
    content = frozenset[str]().union(*(_content(event, parties) for event in meant))
    first = bounds(earliest(documents[report.document] for event in meant for report in event.reports))
    least = min(SHARED, len(content) or SHARED)
    out: list[tuple[Statement, Position]] = []
    for one in record.denials(concerned, content, least):
        if one.act is not Act.DENY or parties.all(linked(one)).isdisjoint(concerned):
            continue
        days = bounds(documents[one.document].published)
        early = first and days and days[1] < first[0]
        if not early and len(stems(one.text) & content) >= least:
            out.append((one, "denies"))
    return out


def answering(project: Project, question: str, record: Looked) -> tuple[list[Event], list[tuple[Statement, Position]]]:
    """The events and statements that have most of a question's words, in documents that a search for it finds."""
    hits = {hit.document for hit in project.search(question, limit=HITS)}
    words = stems(question)

    def answers(text: str) -> bool:
        return bool(words) and len(words & stems(text)) >= ENOUGH * len(words)

    events = [
        event
        for event in record.told_in(hits)
        if any(report.document in hits and answers(report.text) for report in event.reports)
    ]
    positions: Mapping[Act, Position] = {Act.DENY: "denies", Act.ASSERT: "asserts", Act.ACCUSE: "asserts"}
    statements = [
        (one, positions[one.act])
        for one in record.said_in(hits)
        if one.act in positions and one.document in hits and answers(one.text)
    ]
    return events, statements


def reported(
    event: Event,
    statements: Mapping[tuple[str, str], Statement],
    documents: Mapping[str, ReadDocument],
    parties: Parties,
) -> Iterator[Voice]:
    """Who tells of an event, report by report, and holds what; `statements` by document and id."""
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
        yield Voice(position, holder, name, kind, evidence, report)


def rejected(meant: Sequence[Event], record: Looked) -> Iterator[Voice]:
    """One of the parties rejects an accusation, a report or the like, in a document that tells of the event."""
    parties = record.parties
    telling = {report.document for event in meant for report in event.reports}
    concerned = {id for event in meant for id in parties.all(acting(event))}
    for event in record.told_in(telling):
        if event.type != "REJECT" or event.status is not Status.HAPPENED or event in meant:
            continue
        for report in event.reports:
            if report.document in telling and _WHAT_IS_SAID.search(report.text):
                for id in event.actor:
                    if parties.of(id) in concerned:
                        evidence = Evidence(report.document, report.start, report.end, report.text, report.statement)
                        yield Voice("denies", id, parties.name(id), "actor", evidence, report)


def stated(
    said: Iterable[tuple[Statement, Position]],
    known: set[str | None],
    documents: Mapping[str, ReadDocument],
    parties: Parties,
) -> Iterator[Voice]:
    """Whoever makes one of the statements holds it; those that are `known` by their ids are passed by."""
    for one, position in said:
        if one.id not in known:
            speaker = one.speaker
            found = _holder(speaker.actor, speaker.name, documents[one.document], parties, own=one.form == "own")
            report = EventReport(one.document, one.start, one.end, one.text, one.chain, one.id)
            yield Voice(position, *found, Evidence(one.document, one.start, one.end, one.text, one.id), report)


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


def _statuses(event: Event) -> Mapping[int, Status]:
    """The status that each report gives, by its number, where they differ."""
    return {
        number: Status(value)
        for differing in event.differing
        if differing.what == "status"
        for value, numbers in differing.accounts
        for number in numbers
    }


def _content(event: Event, parties: Parties) -> frozenset[str]:
    """What the reports of an event say, without the names of who takes part."""
    said = frozenset[str]().union(*(stems(report.text) for report in event.reports))
    return said - naming(parties, acting(event))


def _same_days(one: str | None, other: str | None) -> bool:
    a, b = bounds(one), bounds(other)
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def earliest(documents: Iterable[ReadDocument]) -> str | None:
    """The EDTF date of the earliest of these documents."""
    return min((document.published for document in documents if bounds(document.published)), key=sort_key, default=None)
