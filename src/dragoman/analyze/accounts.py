"""Accounts: of a contested event or question, who asserts it, who denies it, and who is silent.

An account is somebody's. What the page says without naming anybody is its outlet's. Nothing here says who is right, and
silence is only told of a party of the event, and of outlets that were read on the same two parties afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.analyze.coverage import Cell
from dragoman.analyze.looked import AllRows, Looked, sides_of
from dragoman.analyze.network import Parties
from dragoman.analyze.voices import (
    ORDER,
    Evidence,
    Kind,
    Position,
    Voice,
    answering,
    denials,
    earliest,
    rejected,
    reported,
    stated,
    told_otherwise,
)
from dragoman.digest import Digest
from dragoman.digest.documents import ReadDocument
from dragoman.errors import SettingsError
from dragoman.model import Event, Statement, Status
from dragoman.record import Project
from dragoman.record.dates import sort_key
from dragoman.record.relations import acting


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
    if events is None and statements is None and (digest := Digest.open(project)) is not None:
        from dragoman.analyze.quick_accounts import FromDigest

        return digest.ask(lambda tables: accounts_in(project, event, FromDigest(tables, project)))
    with project.snapshot():
        return accounts_in(project, event, AllRows(project, events, statements))


def accounts_in(project: Project, event: Event | str, record: Looked) -> Accounts:
    """The same among the rows that the caller has to look at."""
    known = event if isinstance(event, Event) else record.event(event)
    if known is None and isinstance(event, str) and event.startswith("event-"):
        raise SettingsError(f"there is no event {event} in the project: list them with 'dragoman show ... relations'")
    documents, parties = record.documents, record.parties
    if known is not None:
        meant = told_otherwise(known, record)
        extra = denials(meant, record)
        question = known.id
    else:
        question = str(event)
        meant, extra = answering(project, question, record)
    telling = {report.document for one in meant for report in one.reports}
    by_id = {(one.document, one.id): one for one in record.said_in(telling)}
    voices = [voice for one in meant for voice in reported(one, by_id, documents, parties)]
    voices += rejected(meant, record)
    voices += stated(extra, {voice.evidence.statement for voice in voices}, documents, parties)
    held = _accounts(voices, project, documents, parties)
    first = earliest(documents[voice.evidence.document] for voice in voices)
    outlets = {documents[voice.evidence.document].name for voice in voices}
    return Accounts(
        question=question,
        events=tuple(sorted(meant, key=lambda one: one.id)),
        accounts=held,
        silent=_silent(meant, voices, record, first),
        first=first,
        outlets=tuple(sorted(outlet for outlet in outlets if outlet)),
        independent_sources=_sources(project, voices),
        contested={"asserts", "denies"} <= {one.position for one in held},
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


def _accounts(
    voices: Iterable[Voice], project: Project, documents: Mapping[str, ReadDocument], parties: Parties
) -> tuple[Account, ...]:
    held: dict[tuple[Position, str | None, Kind], list[Voice]] = defaultdict(list)
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
                first=earliest(read.values()),
                n_undated=len({document.text for document in read.values() if document.published is None}),
                texts=len({document.text for document in read.values()}),
                outlets=tuple(sorted({document.name for document in read.values() if document.name})),
                independent_sources=_sources(project, same),
                evidence=tuple(sorted({voice.evidence for voice in same}, key=_place)),
            )
        )
    return tuple(
        sorted(out, key=lambda one: (ORDER.index(one.position), sort_key(one.first), one.holder or "", one.kind))
    )


def _name(holder: str | None, same: Iterable[Voice], parties: Parties) -> str | None:
    actor = parties.actor(holder) if holder else None
    return actor.name if actor else min((voice.name for voice in same if voice.name), default=None)


def _sources(project: Project, voices: Iterable[Voice]) -> int:
    """How many independent sources tell it."""
    reports = tuple(voice.report for voice in voices)
    return len(project.sources(replace(_NO_EVENT, reports=reports))) if reports else 0


_NO_EVENT = Event("", "CONSULT", None, (), 1, (), (), Status.HAPPENED, None, None, None, ())


def _silent(meant: Sequence[Event], voices: Sequence[Voice], record: Looked, since: str | None) -> tuple[Silent, ...]:
    """Parties of whom no word of it was read; and outlets that tell of the same two since, and not of it."""
    parties = record.parties
    heard = {parties.of(voice.holder) for voice in voices if voice.holder and voice.kind == "actor"}
    out = []
    for party in sorted({id for event in meant for id in parties.all(acting(event))} - heard):
        out.append(Silent(party, parties.name(party), "party", record.spoken(party, since)))
    telling = {record.documents[voice.evidence.document].outlet for voice in voices}
    between = frozenset(pair for event in meant for pair in sides_of(event, parties))
    covering = record.covering(between, {event.id for event in meant}, since)
    out += [
        Silent(outlet, name, "outlet", texts)
        for outlet, (name, texts) in sorted(covering.items())
        if outlet not in telling
    ]
    return tuple(out)


def _place(one: Evidence) -> tuple[str, int, int, str]:
    return one.document, one.start, one.end, one.statement or ""
