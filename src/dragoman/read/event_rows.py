"""Events as rows: a coded event with its place, date and contexts, the statement it stands in and who tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.encode import Analysis
from dragoman.model import ChainLink, Document, Event, EventReport, Span, Statement, content_id
from dragoman.ontology.actors import states
from dragoman.ontology.plover import plover

from .actor_map import ActorMap
from .contexts import contexts
from .counterparts import INFERRED
from .event_dates import has_day
from .participants import Actors
from .syntax import Syntax
from .tie_breaks import Coded
from .when import DateMention
from .where import event_place


@dataclass(frozen=True, slots=True)
class EventRows:
    """Makes the rows of one document."""

    document: Document
    analysis: Analysis
    syntax: Syntax
    actors: ActorMap
    statements: Sequence[Statement]

    def row(self, one: Coded, date: DateMention | None) -> Event:
        """The event with its one report."""
        where = event_place(self.analysis, self.syntax, one.type, one.sites, one.clause)
        if where and where.hit and not one.recipient and f"state:{where.place.iso3}" not in self._states(one.actor):
            # "shelled Mariupol": the town is no actor, but it is somebody's.
            recipient = (f"state:{where.place.iso3}",) if f"state:{where.place.iso3}" in states() else ()
            one = replace(one, recipient=recipient, confidence=round(one.confidence * INFERRED, 3))
        start, end = one.evidence
        text = self.document.text[start:end]
        statement, chain = self._told(one)
        value, basis = (date.value, date.basis) if date else (None, None)
        told = value if has_day(value) else " ".join(text.casefold().split())
        sides = sorted(one.actor), sorted(one.recipient)
        return Event(
            id=content_id("event", one.type, one.mode, one.status.value, *sides, told),
            type=one.type,
            mode=one.mode,
            context=contexts(self.analysis, one.sentence),
            quad=plover().types[one.type].quad,
            actor=one.actor,
            recipient=one.recipient,
            status=one.status,
            date=value,
            date_basis=basis,
            place=str(where) if where else None,
            reports=(EventReport(self.document.id, start, end, text, chain, statement, one.confidence),),
        )

    def _states(self, ids: Actors) -> set[str]:
        return {f"state:{self.actors.actor(id).country}" for id in ids}

    def _told(self, one: Coded) -> tuple[str | None, tuple[ChainLink, ...]]:
        """The statement that an event belongs to, and who tells of it.

        A statement's cue ("accused") is itself an act; not the speaker tells of it, but whoever relays the statement.
        """
        if one.done_by is not None:
            return one.done_by.id, one.done_by.chain[1:]
        token = self.analysis.tokens[one.sites[0]]
        for said in self.statements:
            if said.cue is not None and said.cue[0] < token.end and token.start < said.cue[1]:
                return said.id, said.chain[1:]
        said_in = innermost(self.statements, one.evidence)
        return (said_in.id, said_in.chain) if said_in else (None, ())


def innermost(statements: Sequence[Statement], evidence: Span) -> Statement | None:
    """The shortest statement that a clause stands in."""
    around = [s for s in statements if s.start <= evidence[0] and evidence[1] <= s.end]
    return min(around, key=lambda s: s.end - s.start, default=None)


def joined(known: Event, event: Event) -> tuple[EventReport, ...]:
    """The reports of an event that a document tells twice."""
    return (*known.reports, *(report for report in event.reports if report not in known.reports))
