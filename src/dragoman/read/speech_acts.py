"""What officials do by speaking: the accusations, demands, promises, threats and refusals of one state toward another
that no verb of saying names as such ("Norland should withdraw first", the minister said).

One event for a statement at most, by its speaker toward another state. Experts, outlets and the author's own voice do
nothing to a state by speaking, and where the words around a statement or in it tell of the act already, that is it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.encode import Meant
from dragoman.encode.labels import ACTS
from dragoman.model import Act, ActorType, Form, Span, Statement, Status
from dragoman.ontology.predicates import lexicon

from .actor_map import ActorMap, is_official
from .clauses import clause
from .index import Index
from .parties import Parties
from .predicates import OBLIGING, Matcher
from .status import modality
from .syntax import SUBJECTS, Syntax
from .tie_breaks import VERBAL, Coded

NAMED, COUNTERPART = 0.6, 0.42
"""Confidence where the statement is about the other state, and where that is only the document's other party."""
MEANT = 0.5
"""Probability of the act from which the base agrees that a statement is meant so."""
OF_ACT = {
    Act.ACCUSE: ("ACCUSE", Status.HAPPENED),
    Act.PROMISE: ("AGREE", Status.PLANNED),
    Act.THREATEN: ("THREATEN", Status.HAPPENED),
    Act.REJECT: ("REJECT", Status.HAPPENED),
}
SPOKEN = VERBAL | {"ACCUSE", "CONCEDE", "SUPPORT"}
"""Types of events that are done by speaking."""
UNASKED = frozenset({Act.DENY, Act.PREDICT, Act.PRAISE})
"""Acts whose "should" asks for nothing."""


@dataclass(frozen=True, slots=True)
class SpeechActs:
    """Finds such events in the statements of one document."""

    syntax: Syntax
    index: Index
    actors: ActorMap
    parties: Parties
    matcher: Matcher
    meant: Meant | None = None

    def find(self, statements: Sequence[Statement], known: Sequence[Coded]) -> Iterator[Coded]:
        """The events done by the statements themselves, where none that is `known` is the same."""
        for said in statements:
            speaker = said.speaker.actor
            if speaker is None or said.form is Form.OWN or not is_official(self.actors.actor(speaker)):
                continue
            side = self.actors.actor(speaker).country
            tokens = range(*self.index.tokens((said.start, said.end)))
            if side is None or not tokens or self._is_told(said, speaker, side, known) or not self._is_said(said):
                continue
            found = self._demand(said, speaker, side, tokens) or self._act(said, speaker, side, tokens)
            if found is not None:
                yield found

    def _is_said(self, said: Statement) -> bool:
        """Whether the words were spoken, not only could or will be: "they need to show that"."""
        cue = self.index.tokens(said.cue) if said.cue else (0, 0)
        return all(
            modality(self.syntax, token).status is Status.HAPPENED
            and self.syntax.lemma(token) not in lexicon().nouns["wish"]
            for token in range(*cue)
            if self.syntax[token].upos == "VERB"
        )

    def _is_told(self, said: Statement, speaker: str, side: str, known: Sequence[Coded]) -> bool:
        """Whether an event says already what is done here: that of the cue, or one of the same side in the content."""
        cue = self.index.tokens(said.cue) if said.cue else (0, 0)
        for event in known:
            if event.type not in SPOKEN or not any(
                actor == speaker or self.actors.actor(actor).country == side for actor in event.actor
            ):
                continue
            start, end = event.evidence
            if cue[0] <= event.sites[0] < cue[1] or (start < said.end and said.start < end):
                return True
        return False

    def _demand(self, said: Statement, speaker: str, side: str, tokens: range) -> Coded | None:
        """What another state must or should do."""
        syntax = self.syntax
        for verb in tokens if said.act not in UNASKED else ():
            if not syntax.kid_lemmas(verb, frozenset({"aux"})) & OBLIGING or syntax[verb].relation == "advcl":
                continue
            for subject in syntax.kids(verb, SUBJECTS):
                asked = [id for id in self.actors.actor_at(subject) if self._is_other(id, side)]
                if asked:
                    match = self.matcher.match(verb)
                    rule = lexicon().becomes("request", match.type, match.mode) if match and match.type else None
                    return self._coded(
                        said, (rule or ("REQUEST", None)), Status.HAPPENED, speaker, asked[0], verb, NAMED
                    )
        return None

    def _act(self, said: Statement, speaker: str, side: str, tokens: range) -> Coded | None:
        """What the statement's act does to the state that it is about, or to the document's other party."""
        if said.act not in OF_ACT or not self._is_meant(said, tokens):
            return None
        type_, status = OF_ACT[said.act]
        hostile = type_ in ("ACCUSE", "THREATEN")
        about = [a.actor for a in said.about if self._is_other(a.actor, side) and (a.polarity < 0 or not hostile)]
        target = about[0] if about else None if type_ == "ACCUSE" else self.parties.counterpart(speaker)
        root = next((token for token in tokens if self.syntax[token].head not in tokens), None)
        if target is None or root is None:
            return None
        past = type_ == "ACCUSE" and self.syntax[root].xpos in ("VBD", "VBN")
        mode = ("allege" if past else "disapprove") if type_ == "ACCUSE" else None
        return self._coded(said, (type_, mode), status, speaker, target, root, NAMED if about else COUNTERPART)

    def _is_meant(self, said: Statement, tokens: range) -> bool:
        """Whether the base agrees with the words on how a statement is meant."""
        if self.meant is None:
            return True
        cue = self.index.tokens(said.cue) if said.cue else None
        return float(self.meant.acts.of(tokens, cue)[ACTS.index(said.act)]) >= MEANT

    def _is_other(self, actor: str, side: str) -> bool:
        other = self.actors.actor(actor)
        return other.type is ActorType.STATE and other.country != side

    def _coded(
        self,
        said: Statement,
        becomes: tuple[str, str | None],
        status: Status,
        speaker: str,
        target: str,
        root: int,
        confidence: float,
    ) -> Coded:
        cue = self.index.tokens(said.cue)[0] if said.cue else root
        return Coded(
            sites=(cue,),
            type=becomes[0],
            mode=becomes[1],
            status=status,
            actor=(speaker,),
            recipient=(target,),
            confidence=confidence,
            clause=clause(self.syntax, cue),
            evidence=self._words(said),
            sentence=self.index.sentence_range(root),
            done_by=said,
        )

    def _words(self, said: Statement) -> Span:
        """The statement without the quotation marks and full stop around it."""
        inside = [
            token for token in range(*self.index.tokens((said.start, said.end))) if self.syntax[token].upos != "PUNCT"
        ]
        return (self.syntax[inside[0]].start, self.syntax[inside[-1]].end) if inside else (said.start, said.end)
