"""The events that a model told, coded like our own: who is meant, when, where, in whose words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.ask.anchors import Anchors
from dragoman.ask.answer import ToldEvent
from dragoman.ask.asking import Told
from dragoman.model import Event, Span, Statement
from dragoman.ontology.plover import plover
from dragoman.read.event_rows import EventRows, joined
from dragoman.read.index import Range
from dragoman.read.material import Material
from dragoman.read.named_sides import NamedSides
from dragoman.read.participants import Participants
from dragoman.read.parties import Parties
from dragoman.read.stand_ins import StandIns
from dragoman.read.syntax import Syntax
from dragoman.read.tie_breaks import Coded
from dragoman.read.when import DateMention


def told_events(
    material: Material, told: Sequence[Told], statements: Sequence[Statement], confidence: float
) -> tuple[tuple[Event, ...], int]:
    """The events, in the order in which they are told, and how many had to be dropped."""
    coder = _Coder.of(material, statements, confidence)
    make = EventRows(material.document, material.analysis, coder.syntax, material.people, statements)
    found: dict[str, Event] = {}
    kept: list[Coded] = []
    dropped = 0
    for one in told:
        before, at = tuple(kept), 0
        for given in one.answer.events:
            clause = one.anchors.after(given.clause, at)
            coded = coder.code(given, clause, one.anchors) if clause else None
            if clause is None or coded is None:
                dropped += 1
                continue
            at = clause[0]
            if any(_is_same(coded, other) for other in before):
                continue
            kept.append(coded)
            event = make.row(coded, coder.date(given, clause, one.anchors))
            known = found.get(event.id)
            found[event.id] = replace(known, reports=joined(known, event)) if known else event
    return tuple(found.values()), dropped


@dataclass(frozen=True, slots=True)
class _Coder:
    material: Material
    syntax: Syntax
    sides: NamedSides
    confidence: float

    @staticmethod
    def of(material: Material, statements: Sequence[Statement], confidence: float) -> _Coder:
        people, index = material.people, material.index
        syntax, parties = Syntax(material.analysis), Parties(material.analysis, index, people)
        participants = Participants(syntax, people, StandIns(syntax, index, people, parties, statements))
        return _Coder(material, syntax, NamedSides(syntax, people, participants), confidence)

    def code(self, given: ToldEvent, clause: Span, anchors: Anchors) -> Coded | None:
        """None where no actor is known, or no recipient though the type needs one."""
        index, known = self.material.index, plover().types[given.type]
        tokens = index.tokens(clause)
        if tokens[0] >= tokens[1]:
            return None
        actor = self.sides.of(self._ranges(given.actor, clause, anchors), acting=True)
        recipient = self.sides.of(self._ranges(given.recipient, clause, anchors), acting=False)
        if known.symmetric:
            actor, recipient = tuple(dict.fromkeys(actor + recipient)), ()
        recipient = tuple(id for id in recipient if id not in actor)
        if not actor or (known.needs_recipient and not recipient):
            return None
        root = self._root(tokens)
        return Coded(
            (root,),
            given.type,
            given.mode,
            given.status,
            actor,
            recipient,
            self.confidence,
            frozenset(range(*tokens)),
            clause,
            index.sentence_range(root),
        )

    def date(self, given: ToldEvent, clause: Span, anchors: Anchors) -> DateMention | None:
        """The date expression at the words that are said to tell when."""
        at = anchors.within(given.date, clause) if given.date else None
        if at is None:
            return None
        return next((date for date in self.material.dates if date.start < at[1] and at[0] < date.end), None)

    def _ranges(self, mentions: Iterable[str], clause: Span, anchors: Anchors) -> list[Range]:
        places = (anchors.within(words, clause) for words in mentions)
        ranges = (self.material.index.tokens(place) for place in places if place)
        return [one for one in ranges if one[0] < one[1]]

    def _root(self, tokens: Range) -> int:
        """The word that the clause hangs on."""
        heads = [token for token in range(*tokens) if not tokens[0] <= self.syntax[token].head < tokens[1]]
        return next((token for token in heads if self.syntax[token].upos == "VERB"), heads[0])


def _is_same(one: Coded, other: Coded) -> bool:
    """Whether two windows tell one event: the same type, status and sides, in clauses that overlap."""
    told = (one.type, one.status, set(one.actor), set(one.recipient))
    overlap = one.evidence[0] < other.evidence[1] and other.evidence[0] < one.evidence[1]
    return overlap and told == (other.type, other.status, set(other.actor), set(other.recipient))
