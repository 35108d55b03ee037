"""What happened: PLOVER events, clause by clause, with who did it to whom, whether it happened at all, and who says so.

A predicate of the lexicon gives the type, its frame the actor and the recipient, and `status` and `tie_breaks` what becomes
of it. Where the language base has heads of events, those come first and the lexicon fills in (see `occurrences`). An event
without an actor is none, and those less sure than `THRESHOLD` are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.encode import Analysis
from dragoman.model import ChainLink, Document, Event, EventReport, Span, Statement, Status, content_id
from dragoman.ontology.actors import states
from dragoman.ontology.plover import plover
from dragoman.ontology.predicates import lexicon

from .actor_map import ActorMap, is_official
from .clauses import clause, span
from .contexts import contexts
from .counterparts import INFERRED, Counterparts
from .event_dates import EventDates, has_day
from .index import Index
from .links import Links
from .occurrences import Occurrences
from .participants import Actors, Participants
from .parties import Parties
from .predicates import Match, Matcher
from .speech_acts import SpeechActs
from .stand_ins import StandIns
from .status import Modality, modality
from .syntax import OBLIQUE, PASSIVE_SUBJECTS, SUBJECTS, Syntax
from .tie_breaks import Coded, distinct, needs_recipient, settle, swallowed
from .when import DateMention
from .where import event_place

THRESHOLD = 0.35
"""Confidence below which an event is left out. Nouns that tell of events only under a verb ("support" under "cut")
weigh less than this; a plain verb with subject and object weighs .7 to .95."""
NOMINAL, INDIRECT, INCOMPLETE, ALONE, HABITUAL, PURPOSE = 0.9, 0.9, 0.85, 0.6, 0.6, 0.7
"""What is left of the confidence where the event is a noun, its actor shared with another clause, its recipient missing
though the frame has one, one side alone meets or fights, where it is a habit, or only what something was done for."""
WISHED = 0.5
"""The same of what somebody only can do, seeks or wants."""
UNCLEAR = 0.45
"""The same where a noun of violence has no recipient: in "the Tolm attack" the name may be the place or the victim."""
HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION"})
HABITS = frozenset(
    {"always", "often", "usually", "traditionally", "regularly", "sometimes", "frequently", "generally", "ever"}
    | {"frequent", "regular", "usual", "traditional", "constant", "annual", "occasional", "repeated"}
)

FRAMING = frozenset({"during", "on", "at", "after", "in", "following", "from"})
"""Prepositions by which a meeting or visit frames what was done or said at it."""


def events(
    document: Document,
    analysis: Analysis,
    actors: ActorMap,
    dates: Sequence[DateMention],
    statements: Sequence[Statement],
) -> tuple[Event, ...]:
    """The events that the document's sentences tell, in the order of the text, each with its clause and statement."""
    return _Coder(document, analysis, actors, statements).events(dates)


class _Coder:
    def __init__(
        self, document: Document, analysis: Analysis, actors: ActorMap, statements: Sequence[Statement]
    ) -> None:
        self._document = document
        self._analysis = analysis
        self._actors = actors
        self._statements = statements
        self._syntax = Syntax(analysis)
        self._index = Index(analysis)
        self._parties = Parties(analysis, self._index, actors)
        stand_ins = StandIns(self._syntax, self._index, actors, self._parties, statements)
        self._participants = Participants(self._syntax, actors, stand_ins)
        self._counterparts = Counterparts(self._syntax, actors, self._parties)

    def events(self, dates: Sequence[DateMention]) -> tuple[Event, ...]:
        matcher = Matcher(self._syntax, self._actors)
        matches = [match for token in range(len(self._analysis.tokens)) if (match := matcher.match(token))]
        gone = swallowed(self._syntax, matches, self._quoted_tokens())
        coded = [one for match in matches if match.token not in gone if (one := self._code(match))]
        if self._analysis.happened is not None:
            occurrences = Occurrences(
                self._analysis,
                self._syntax,
                self._index,
                self._actors,
                self._participants,
                matcher,
                self._counterparts,
                Links(self._syntax, self._index, self._actors, self._participants),
            )
            coded = occurrences.coded(coded)
        acts = SpeechActs(self._syntax, self._index, self._actors, self._parties, matcher, self._analysis.meant)
        coded = _with_acts(coded, tuple(acts.find(self._statements, coded)))
        when = EventDates(self._syntax, self._index, dates)
        found: dict[str, Event] = {}
        for one in distinct(coded):
            event = self._event(one, when.of(one.sites, one.clause))
            known = found.get(event.id)
            found[event.id] = replace(known, reports=_joined(known, event)) if known else event
        return tuple(found.values())

    def _code(self, match: Match) -> Coded | None:
        if self._is_remembrance(match.token) or self._is_command(match.token):
            return None
        actor, recipient = self._sides(match)
        if not actor:
            return None
        tokens = clause(self._syntax, match.token, match.sites[1:])
        evidence = span(self._analysis, tokens)
        settled = settle(match, self._modality(match), own_words=self._speaks(actor, evidence))
        if settled is None:
            return None
        type_, mode, status = settled
        recipient = tuple(id for id in recipient if id not in actor)
        inferred = not recipient and self._counterparts.of(match, type_, actor)
        if inferred:
            recipient = (inferred,)
        if not recipient and (needs_recipient(type_) or (match.type == "COOPERATE" and len(actor) > 1)):
            if match.type != "COOPERATE" or len(actor) < 2:
                return None
            actor, recipient = (actor[:1], actor[1:]) if needs_recipient(type_) else (actor, ())
        confidence = round(self._confidence(match, actor, recipient) * (INFERRED if inferred else 1), 3)
        if confidence < THRESHOLD:
            return None
        sentence = self._index.sentence_range(match.token)
        return Coded(match.sites, type_, mode, status, actor, recipient, confidence, tokens, evidence, sentence)

    def _modality(self, match: Match) -> Modality:
        """That of the clause, and of an event that its verb only carries out ("a visit is being arranged")."""
        found = modality(self._syntax, match.token)
        if match.content is None or match.entry.operator not in ("do", "occur"):
            return found
        below = self._modality(match.content)
        return Modality(found.denied or below.denied, found.unreal or below.unreal, found.future or below.future)

    def _sides(self, match: Match) -> tuple[Actors, Actors]:
        """Actors and recipients of a match, from its own frame and then from that of the event it governs."""
        people, frame, content = self._participants, match.entry.frame, match.content
        if content is not None and frame.name == "content":
            return self._governed(match, content)
        outer = self._outer_subject(match)
        if frame.symmetric:
            unknown = self._syntax.subjects(match.token) and not people.doers(("subj",), match.sites[:1])
            if match.entry.kind == "verb" and unknown:
                return (), ()
            return tuple(dict.fromkeys(outer + people.all_sides(frame.actor, match.sites))), ()
        actor = people.doers(frame.actor, match.sites[:1]) or outer
        recipient = people.sufferers(frame.recipient, match.sites[:1])
        if content is not None and not _but(recipient, actor):
            doer, sufferer = self._sides(content)
            recipient = _but(sufferer, actor) or _but(doer, actor)
        return actor, recipient

    def _outer_subject(self, match: Match) -> Actors:
        """Who met or travelled where a meeting or visit only frames a clause: "during a visit to Baku, he said"."""
        syntax, token = self._syntax, match.token
        framing = syntax[token].relation == "obl" and syntax.prepositions(token) & FRAMING
        if match.entry.kind != "noun" or match.type != "CONSULT" or not framing:
            return ()
        return self._participants.doers(("subj",), (syntax[token].head,))

    def _governed(self, match: Match, content: Match) -> tuple[Actors, Actors]:
        """Of an event that a verb carries out ("launched a raid on"), ends or lets happen ("talks took place")."""
        people, frame = self._participants, content.entry.frame
        places = (*content.sites, match.token)
        if match.entry.operator == "occur":
            actor: Actors = ()
        else:
            actor = people.doers(("subj",), (match.token,))
        if frame.symmetric and match.entry.operator != "stop":
            return tuple(dict.fromkeys(actor + people.all_sides(frame.actor, places))), ()
        own_actor, own_recipient = self._sides(content)
        actor = actor or own_actor or people.doers(frame.actor, places)
        recipient = _but(own_recipient, actor) or _but(people.sufferers(frame.recipient, (match.token,)), actor)
        if frame.symmetric:
            recipient = recipient or _but(people.all_sides(frame.actor, places), actor)
        return actor, recipient or _but(own_actor, actor)

    def _is_remembrance(self, token: int) -> bool:
        """Whether the event is only the topic of a date, anniversary or memory: "the anniversary of the raid"."""
        nouns = lexicon().nouns["anniversary"]
        syntax = self._syntax
        for above in syntax.ancestors(token, 3):
            if syntax.lemma(above) in nouns and syntax[token].relation in OBLIQUE | {"acl", "advcl"}:
                return True
            if syntax[above].upos == "VERB":
                return False
            token = above
        return False

    def _is_command(self, token: int) -> bool:
        """Whether a verb only tells somebody to do something: "let them talk"."""
        syntax = self._syntax
        if syntax[token].xpos != "VB" or syntax[token].relation not in ("root", "ccomp", "parataxis"):
            return False
        return not syntax.kids(token, SUBJECTS | PASSIVE_SUBJECTS | {"aux", "aux:pass", "mark", "cop"})

    def _confidence(self, match: Match, actor: Actors, recipient: Actors) -> float:
        syntax, token, entry = self._syntax, match.token, match.entry
        confidence = match.weight
        frame = match.content.entry.frame if match.content and entry.frame.name == "content" else entry.frame
        if entry.kind == "noun":
            confidence *= NOMINAL
        elif not any(kid in syntax.children[token] for kid in syntax.subjects(token)):
            confidence *= INDIRECT
        if frame.recipient and not recipient:
            hostile = entry.kind == "noun" and match.type in HOSTILE
            confidence *= UNCLEAR if hostile else INCOMPLETE
        if frame.symmetric and len(actor) < 2:
            confidence *= ALONE
        if syntax[token].relation == "advcl" and syntax.is_infinitive(token):
            confidence *= PURPOSE
        if syntax.kid_lemmas(token, frozenset({"advmod", "amod"})) & HABITS:
            confidence *= HABITUAL
        able = syntax.kid_lemmas(token, frozenset({"aux", "advmod"})) & {"can", "nowhere"}
        wished = (
            syntax[token].relation in ("xcomp", "acl") and syntax.lemma(syntax[token].head) in lexicon().nouns["wish"]
        )
        if entry.kind == "verb" and (able or wished):
            confidence *= WISHED
        return confidence

    def _event(self, one: Coded, date: DateMention | None) -> Event:
        where = event_place(self._analysis, self._syntax, one.type, one.sites, one.clause)
        if where and where.hit and not one.recipient and f"state:{where.place.iso3}" not in self._states(one.actor):
            # "shelled Mariupol": the town is no actor, but it is somebody's.
            recipient = (f"state:{where.place.iso3}",) if f"state:{where.place.iso3}" in states() else ()
            one = replace(one, recipient=recipient, confidence=round(one.confidence * INFERRED, 3))
        start, end = one.evidence
        text = self._document.text[start:end]
        statement, chain = self._told(one)
        value, basis = (date.value, date.basis) if date else (None, None)
        told = value if has_day(value) else " ".join(text.casefold().split())
        sides = sorted(one.actor), sorted(one.recipient)
        return Event(
            id=content_id("event", one.type, one.mode, one.status.value, *sides, told),
            type=one.type,
            mode=one.mode,
            context=contexts(self._analysis, one.sentence),
            quad=plover().types[one.type].quad,
            actor=one.actor,
            recipient=one.recipient,
            status=one.status,
            date=value,
            date_basis=basis,
            place=str(where) if where else None,
            reports=(EventReport(self._document.id, start, end, text, chain, statement, one.confidence),),
        )

    def _states(self, ids: Actors) -> set[str]:
        return {f"state:{self._actors.actor(id).country}" for id in ids}

    def _told(self, one: Coded) -> tuple[str | None, tuple[ChainLink, ...]]:
        """The statement that an event belongs to, and who tells of it.

        A statement's cue ("accused") is itself an act; not the speaker tells of it, but whoever relays the statement.
        """
        if one.done_by is not None:
            return one.done_by.id, one.done_by.chain[1:]
        token = self._analysis.tokens[one.sites[0]]
        for said in self._statements:
            if said.cue is not None and said.cue[0] < token.end and token.start < said.cue[1]:
                return said.id, said.chain[1:]
        said_in = self._innermost(one.evidence)
        return (said_in.id, said_in.chain) if said_in else (None, ())

    def _innermost(self, evidence: Span) -> Statement | None:
        around = [s for s in self._statements if s.start <= evidence[0] and evidence[1] <= s.end]
        return min(around, key=lambda s: s.end - s.start, default=None)

    def _quoted_tokens(self) -> list[int]:
        return [token for said in self._statements for token in range(*self._index.tokens((said.start, said.end)))]

    def _speaks(self, actor: Actors, evidence: Span) -> bool:
        """Whether the statement around a clause is the actor's own, or that of somebody who speaks for its state."""
        said = self._innermost(evidence)
        if said is None or said.speaker.actor is None:
            return False
        if said.speaker.actor in actor:
            return True
        speaker = self._actors.actor(said.speaker.actor)
        if speaker.country is None or not is_official(speaker):
            return False
        return any(self._actors.actor(id).country == speaker.country for id in actor)


def _with_acts(coded: Sequence[Coded], acts: Sequence[Coded]) -> list[Coded]:
    """Both, in the order of the text, without the unreal events that a demand asks for or a threat announces."""
    meant = [(act.evidence, act.recipient if act.type == "REQUEST" else act.actor) for act in acts]
    left = [
        one
        for one in coded
        if one.status is not Status.HYPOTHETICAL
        or not any(one.actor == who and start <= one.evidence[0] < end for (start, end), who in meant)
    ]
    return sorted([*left, *acts], key=lambda one: one.sites[0])


def _but(ids: Actors, others: Actors) -> Actors:
    return tuple(id for id in ids if id not in others)


def _joined(known: Event, event: Event) -> tuple[EventReport, ...]:
    return (*known.reports, *(report for report in event.reports if report not in known.reports))
