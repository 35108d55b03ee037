"""Events as the language base sees them, with its words resolved to actors: the way in where a base has heads of events.

Who acts and upon whom are ranges of words there; here they become actors, through the names, offices and stand-ins of the
document, and where the base marks nobody, through the frame that the lexicon knows for the trigger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.encode import Analysis, Happened
from dragoman.model import ActorType, Status
from dragoman.ontology.predicates import lexicon

from .actor_map import ActorMap, is_official
from .clauses import clause, span
from .counterparts import INFERRED, Counterparts
from .index import Index
from .links import Links
from .participants import Actors, Participants
from .predicates import Match, Matcher
from .speech_acts import SPOKEN
from .status import Modality, modality, own_modality
from .syntax import BEFORE_NOUN, PASSIVE_SUBJECTS, SUBJECTS, Syntax
from .tie_breaks import Coded, needs_recipient

SAME, KNOWN, UNKNOWN = 0.65, 0.9, 0.97
"""Probabilities below which an event is left out: where the lexicon has its word for an event of this type, where it has the
word at all, and where it has not or takes it for another. By hand on 546 triggers in world news and American articles, .7 to
.9 of the first are right, .3 of the second, .15 of the others, however sure the base is of them."""
GUESSED = 0.8
"""What is left of it where the base marks no actor and the clause's subject or frame gives one."""
NEAR = 2
"""Words between the trigger of the base and that of the lexicon, at most, for both to be one event."""
RULED = 0.5
"""Confidence from which an event is kept that only the lexicon found."""
TRUSTED = 0.8
"""The lexicon's type stands against the base's where its confidence is more than this part of the base's."""
SHORT = 3
"""Words of a clause too few to check an event by."""
ASIDE = frozenset({"conj", "parataxis", "acl:relcl", "advcl"})
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Codes the events that the base found in one document."""

    analysis: Analysis
    syntax: Syntax
    index: Index
    actors: ActorMap
    participants: Participants
    matcher: Matcher
    counterparts: Counterparts
    links: Links

    def coded(self, ruled: Sequence[Coded]) -> list[Coded]:
        """The events with an actor, in the order of the text. Of those that the lexicon found (`ruled`) one that stands at
        the same place fills in what the base leaves open, and the others are kept where they are sure enough."""
        out: list[Coded] = []
        left = list(ruled)
        told: set[int] = set()
        for found in sorted(self.analysis.happened or (), key=lambda one: -one.score):
            if found.score < SAME or found.trigger in told:
                continue
            near = [one for one in left if any(abs(site - found.trigger) <= NEAR for site in one.sites)]
            same = min(near, key=lambda one: (one.type != found.type, abs(one.sites[0] - found.trigger)), default=None)
            if found.score < self._least(found, same):
                continue
            if same is not None:
                left.remove(same)
                told.update(same.sites)
            if (one := self._code(found, same)) is not None:
                out.append(one)
        out += (one for one in left if one.confidence >= RULED)
        return sorted(self._once(out), key=lambda one: one.sites[0])

    def _least(self, found: Happened, same: Coded | None) -> float:
        """How sure the base must be of an event, by what the lexicon knows of its word."""
        match = self.matcher.match(found.trigger)
        told = {one.type for one in (same, match) if one is not None}
        if same is not None or found.type in told:
            return SAME
        return KNOWN if not told and self.matcher.knows(found.trigger) else UNKNOWN

    def _once(self, coded: Sequence[Coded]) -> Iterator[Coded]:
        """The events without those that another one of their clause tells already, the surest first."""
        kept: list[Coded] = []
        for one in sorted(coded, key=lambda one: -one.confidence):
            if not any(self._is_same(one, other) for other in kept):
                kept.append(one)
        yield from (one for one in kept if not any(self._is_only_meant(one, other) for other in kept))

    def _is_same(self, one: Coded, other: Coded) -> bool:
        told = (one.type, one.status, one.actor) == (other.type, other.status, other.actor)
        within = other.evidence[0] <= one.evidence[0] and one.evidence[1] <= other.evidence[1]
        return told and set(one.recipient) <= set(other.recipient) and within

    def _is_only_meant(self, one: Coded, other: Coded) -> bool:
        """Whether a meeting is only what another event of the same sides plans, accepts or calls off."""
        if one.type != "CONSULT" or other.type not in ("AGREE", "REJECT") or one.sentence != other.sentence:
            return False
        here, there = one.sites[0], other.sites[0]
        joined = self.syntax[here].head == there or self.syntax[there].head == here
        return joined and bool({*one.actor, *one.recipient} & {*other.actor, *other.recipient})

    def _code(self, found: Happened, same: Coded | None) -> Coded | None:
        match = self.matcher.match(found.trigger)
        confidence = found.score
        actor, recipient = self._parties(found, same)
        type_, mode = found.type, found.mode
        if same is not None:
            actor = actor or same.actor
            recipient = recipient or same.recipient
            if not recipient and set(actor) < set(same.actor):
                actor = same.actor
            if same.type == type_:
                mode = mode or same.mode
            elif same.confidence > found.score * TRUSTED or found.score < UNKNOWN:
                type_, mode = same.type, same.mode
        if not actor:
            actor = self._guessed(found, match, recipient)
            confidence *= GUESSED
        recipient = self._others(actor, recipient)
        if not actor:
            return None
        sites = same.sites if same is not None and same.type == type_ else (found.trigger,)
        if not recipient:
            other = self.counterparts.beside(type_, mode, actor, sites)
            if other is not None and other not in actor:
                recipient, confidence = (other,), confidence * INFERRED
        if not recipient and needs_recipient(type_):
            if type_ != "COOPERATE" or len(actor) < 2:
                return None
            actor, recipient = actor[:1], actor[1:]
        tokens = self._clause(found.trigger, sites[1:])
        evidence = span(self.analysis, tokens)
        sentence = self.index.sentence_range(found.trigger)
        type_, mode, status = self._settled(found, same, type_, mode)
        return Coded(sites, type_, mode, status, actor, recipient, round(confidence, 3), tokens, evidence, sentence)

    def _parties(self, found: Happened, same: Coded | None) -> tuple[Actors, Actors]:
        marked = self._resolve(found.actors, acting=True), self._resolve(found.recipients, acting=False)
        if found.sides is None:
            return marked
        actor, recipient = self.links.of(found, same, marked)
        return self._without_states(actor), self._without_states(recipient)

    def _clause(self, trigger: int, content: Sequence[int]) -> frozenset[int]:
        """The words that tell the event; where the clause is hardly more than its verb, with what hangs on it."""
        tokens = clause(self.syntax, trigger, content)
        if len(tokens) < SHORT:
            below = {i for i in self.syntax.subtree(trigger, ASIDE) if self.syntax[i].upos not in ("PUNCT", "CCONJ")}
            return tokens | frozenset(below)
        return tokens

    def _settled(
        self, found: Happened, same: Coded | None, type_: str, mode: str | None
    ) -> tuple[str, str | None, Status]:
        """Type, mode and status: where the clause is denied, conditional or future by its grammar, that decides."""
        modality = self._modality(found.trigger, type_, same)
        status = Status(found.status)
        if modality.status is Status.HAPPENED or modality.status is status:
            return type_, mode, status
        threat = type_ == "THREATEN" and status is Status.HAPPENED and not self._under_if(found.trigger)
        if threat and not modality.denied:
            return type_, mode, status
        if modality.denied and same is not None:
            return same.type, same.mode, same.status
        if modality.status is Status.PLANNED:
            become = lexicon().becomes("future", type_, mode) or (type_, mode)
            return *become, Status.HAPPENED if become[0] in ("THREATEN", "REJECT") else Status.PLANNED
        return type_, mode, modality.status

    def _under_if(self, trigger: int) -> bool:
        """Whether the trigger's own clause is a condition ("if it threatens"), not what follows from one."""
        marks = self.syntax.kids(trigger, frozenset({"mark"}))
        return any(("condition", self.syntax[mark].text.lower()) in lexicon().status for mark in marks)

    def _modality(self, trigger: int, type_: str, same: Coded | None) -> Modality:
        """That of the trigger, or of the verb that the lexicon has for it. What is said was said, whatever it is about."""
        if type_ in SPOKEN:
            return own_modality(self.syntax, trigger)
        found = modality(self.syntax, trigger)
        if found.status is Status.HAPPENED and same is not None:
            return modality(self.syntax, same.sites[0])
        return found

    def _resolve(self, ranges: Iterable[Range], *, acting: bool) -> Actors:
        """The actors behind ranges of words: each one's head, else what stands before it, else any name within."""
        found: list[str] = []
        before: set[int] = set()
        for words in ranges:
            if not self._beside(words, before):
                found += self._behind(words, acting=acting)
            before.update(range(*words))
        return self._without_states(tuple(dict.fromkeys(found)))

    def _others(self, actor: Actors, recipient: Actors) -> Actors:
        """The recipients who are not the actor's own: an official does nothing to the state that he acts for."""
        own = {known.country for known in map(self.actors.actor, actor) if is_official(known)}
        kept = [id for id in recipient if id not in actor]
        return tuple(
            id
            for id in kept
            if self.actors.actor(id).type is not ActorType.STATE or self.actors.actor(id).country not in own
        )

    def _without_states(self, found: Actors) -> Actors:
        """Not the state beside somebody of it: "Norland's trade attaché" is one party."""
        known = [self.actors.actor(id) for id in found]
        of = {actor.country for actor in known if actor.type is not ActorType.STATE}
        return tuple(actor.id for actor in known if actor.type is not ActorType.STATE or actor.country not in of)

    def _beside(self, words: Range, before: set[int]) -> bool:
        """Whether a range only says once more who one before it is: "Dana Oru, Norland's envoy and a friend of ..."."""
        syntax = self.syntax
        for head in (i for i in range(*words) if not words[0] <= syntax[i].head < words[1]):
            above = head
            while syntax[above].relation == "conj" and syntax[above].head >= 0 and syntax[above].head not in before:
                above = syntax[above].head
            if syntax[above].relation != "appos" or (syntax[above].head not in before and above not in before):
                return False
        return bool(before)

    def _behind(self, words: Range, *, acting: bool) -> Actors:
        syntax = self.syntax
        heads = [i for i in range(*words) if not words[0] <= syntax[i].head < words[1]]
        found: list[str] = []
        for head in (one for top in heads for one in syntax.coordinated(top) if words[0] <= one < words[1]):
            found += self.participants.named(syntax.antecedent(head, head), acting=acting)
        if not found:
            inside = [i for i in range(*words) if syntax[i].relation in BEFORE_NOUN or syntax[i].upos == "PROPN"]
            found = [id for i in inside for id in self.actors.actor_at(i)][:1]
        return tuple(found)

    def _guessed(self, found: Happened, match: Match | None, recipient: Actors) -> Actors:
        """The actor where the base marks none that is known: by the trigger's frame, or the subject of its clause."""
        people, syntax = self.participants, self.syntax
        sites = match.sites if match is not None else (found.trigger,)
        if match is not None:
            frame = match.entry.frame
            doers = people.all_sides(frame.actor, sites) if frame.symmetric else people.doers(frame.actor, sites[:1])
            if doers := tuple(id for id in doers if id not in recipient):
                return doers
        if syntax[found.trigger].upos == "VERB" and not syntax.kids(found.trigger, SUBJECTS | PASSIVE_SUBJECTS):
            return tuple(id for id in people.doers(("subj",), sites[:1]) if id not in recipient)
        return ()
