"""Did it happen? Status of a clause from tense, modals, negation, conditions, and the words that govern it.

In the manner of FactBank (Sauri and Pustejovsky 2009), cut down to what a record needs: a clause is denied, unreal, to
come, or none of these, which is happened.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Status
from dragoman.ontology.predicates import lexicon

from .syntax import OBLIQUE, STEPS, SUBJECTS, Syntax

AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
NOUN_LINKS = frozenset({"obj", "nsubj", "nsubj:pass", "nsubj:outer", *OBLIQUE})
MARKED_BY = {"amod": "adjective", "case": "preposition"}
FUTURE_IN_PAST = frozenset({"would", "'d", "’d"})
FINITE_PAST = frozenset({"VBD", "VBN"})


@dataclass(frozen=True, slots=True)
class Modality:
    """What is said of a clause besides what it says."""

    denied: bool = False
    unreal: bool = False
    future: bool = False

    @property
    def status(self) -> Status:
        if self.denied:
            return Status.DENIED
        if self.unreal:
            return Status.HYPOTHETICAL
        return Status.PLANNED if self.future else Status.HAPPENED


def modality(syntax: Syntax, token: int) -> Modality:
    """The modality of the clause or event noun headed by `token`."""
    effects = set(_own(syntax, token))
    if _asked(syntax, token):
        effects.add("unreal")
    current = token
    for _ in range(STEPS):
        head = syntax[current].head
        if head < 0:
            break
        found, climb = _above(syntax, current, head)
        effects |= found
        if not climb:
            break
        current = head
    return Modality("denied" in effects, "unreal" in effects, "future" in effects)


def own_modality(syntax: Syntax, token: int) -> Modality:
    """That of the word's own auxiliaries, negations and conjunctions alone, whatever governs its clause."""
    effects = _own(syntax, token)
    return Modality("denied" in effects, "unreal" in effects, "future" in effects)


def _own(syntax: Syntax, token: int) -> set[str]:
    """What a word's own auxiliaries, negations, adjectives and prepositions do."""
    status = lexicon().status
    effects = set()
    conditional = _conditional(syntax, token)
    for child in syntax.children[token]:
        text, relation = syntax[child].text.lower(), syntax[child].relation
        if relation in AUXILIARIES and (effect := status.get(("modal", text))):
            later = text in FUTURE_IN_PAST and _reported(syntax, token) and not conditional
            effects.add("future" if later else effect)
        elif relation in ("advmod", "det", "cc:preconj") and ("negation", text) in status:
            effects.add("denied")
        elif relation == "mark" and ("condition", text) in status:
            effects.add("unreal")
        elif relation in MARKED_BY and (effect := status.get((MARKED_BY[relation], text))):
            effects.add(effect)
        elif relation in ("nsubj", "nsubj:pass", "obj") and _is_none(syntax, child):
            effects.add("denied")
    if conditional and syntax[token].xpos not in FINITE_PAST:
        effects.add("unreal")
    return effects


def _is_none(syntax: Syntax, noun: int) -> bool:
    words = {syntax.lemma(noun)} | syntax.kid_lemmas(noun, frozenset({"det", "cc:preconj"}))
    return any(("negation", word) in lexicon().status for word in words)


def _conditional(syntax: Syntax, token: int) -> bool:
    """Whether an "if" clause hangs on the word."""
    status = lexicon().status
    return any(
        ("condition", syntax[mark].text.lower()) in status
        for clause in syntax.kids(token, frozenset({"advcl"}))
        for mark in syntax.kids(clause, frozenset({"mark", "advmod"}))
    )


def _reported(syntax: Syntax, token: int) -> bool:
    """Whether a clause depends on a verb in the past: "said it would"."""
    head = syntax[token].head
    return head >= 0 and syntax[token].relation in ("ccomp", "conj", "parataxis") and syntax[head].xpos in FINITE_PAST


def _above(syntax: Syntax, current: int, head: int) -> tuple[set[str], bool]:
    """What the word above does to `current`, and whether to look further up."""
    relation = syntax[current].relation
    governor = lexicon().status.get(("governor", syntax.lemma(head)))
    infinitive = syntax.is_infinitive(current)
    if relation == "xcomp":
        effects = {governor} if governor and (infinitive or governor != "future") else set()
        return effects | _own(syntax, head), True
    if relation == "ccomp":
        return ({governor} if governor in ("unreal", "denied") else set()), False
    if relation == "conj":
        return _shared(syntax, current, head), True
    if relation == "acl" and infinitive:
        return {governor or "future"}, False
    if relation == "advcl":
        return ({"future"} if infinitive else set()), False
    if relation in NOUN_LINKS and syntax[current].upos not in ("VERB", "AUX"):
        return _nominal(syntax, current, head, governor)
    return set(), False


def _nominal(syntax: Syntax, current: int, head: int, governor: str | None) -> tuple[set[str], bool]:
    """An event noun takes over what its governor does to it ("planned a visit"), and the time of a clause it frames."""
    relation = syntax[current].relation
    if relation in SUBJECTS and not syntax.is_passive(head):
        return set(), False
    effects = {governor} if governor and syntax.lemma(head) not in ("be", "go", "have", "set", "look") else set()
    if relation in OBLIQUE and syntax.prepositions(current) & {"during", "on", "at"}:
        effects |= _own(syntax, head) & {"future"}
    if relation in OBLIQUE and syntax.prepositions(current) & {"after", "following", "since", "over", "because"}:
        return set(), False
    return effects, syntax[head].upos == "NOUN"


def _shared(syntax: Syntax, current: int, head: int) -> set[str]:
    """A second verb without subject and auxiliary shares those of the first: "will meet and sign"."""
    own = {syntax[child].relation for child in syntax.children[current]}
    if own & {"nsubj", "nsubj:pass", "aux"} or syntax[current].xpos in ("VBD", "VBZ", "VBP"):
        return set()
    return _own(syntax, head) - {"denied"}


def _asked(syntax: Syntax, token: int) -> bool:
    """Whether the sentence ends in a question mark."""
    root = (token, *syntax.ancestors(token))[-1]
    return bool(syntax.children[root]) and syntax[syntax.children[root][-1]].text == "?"
