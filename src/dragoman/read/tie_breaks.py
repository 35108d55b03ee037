"""PLOVER's tie-breaks: what an event becomes through its status, and which of two events of a sentence is one act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.model import Span, Statement, Status
from dragoman.ontology.plover import plover
from dragoman.ontology.predicates import lexicon

from .predicates import Match
from .status import Modality
from .syntax import CLAUSES, Syntax

VERBAL = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
"""Types whose content is no event of its own."""
FRIENDLY = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
ASIDES = frozenset({"acl:relcl", "nsubj", "nsubj:pass"})

Settled = tuple[str, str | None, Status]


@dataclass(frozen=True, slots=True)
class Coded:
    """An event before it has a report: where its words stand, what it became, the tokens and characters of its clause.

    `done_by` is the statement that is the act itself, where no verb tells of it.
    """

    sites: tuple[int, ...]
    type: str
    mode: str | None
    status: Status
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    confidence: float
    clause: frozenset[int]
    evidence: Span
    sentence: tuple[int, int]
    done_by: Statement | None = None


def settle(match: Match, modality: Modality, *, own_words: bool) -> Settled | None:
    """Type, mode and status of a match. `own_words`: the actor itself says it, so that harm to come is a threat."""
    if match.type is None:
        return None
    type_, mode, status = match.type, match.mode, modality.status
    intends = match.entry.operator == "vow" and match.entry.type is None and match.entry.kind != "adj"
    if intends and status is Status.HAPPENED:
        status = Status.PLANNED
    if status is Status.DENIED and modality.future and not modality.unreal and type_ in FRIENDLY:
        refused = lexicon().becomes("refuse", type_, mode) or ("REJECT", None)
        return *refused, Status.HAPPENED
    if modality.status is Status.PLANNED:
        become = lexicon().becomes("own_future", type_, mode) if own_words else None
        type_, mode = become or lexicon().becomes("future", type_, mode) or (type_, mode)
    if status is Status.PLANNED and type_ in ("THREATEN", "REJECT"):
        status = Status.HAPPENED
    return type_, mode, status


def needs_recipient(type_: str) -> bool:
    return plover().types[type_].needs_recipient


def swallowed(syntax: Syntax, matches: Sequence[Match], quoted: Sequence[int]) -> frozenset[int]:
    """Tokens whose predicates only complete another: what is asked for, refused, promised, threatened or protested at.

    What somebody is accused of stands as a claim only where the clause lies in a statement: at a token of `quoted`.
    """
    gone: set[int] = set()
    told = frozenset(quoted)
    for match in matches:
        gone.update(match.sites[1:])
        for root in _complements(syntax, match):
            below = syntax.subtree(root, ASIDES)
            gone |= below - told if match.type == "ACCUSE" else below
    return frozenset(gone)


def _complements(syntax: Syntax, match: Match) -> Iterator[int]:
    token = match.token
    if match.type in VERBAL and match.entry.operator:
        yield from match.sites[1:]
        yield from syntax.kids(token, CLAUSES)
    elif match.type == "ACCUSE" and match.entry.kind == "verb":
        yield from syntax.kids(token, CLAUSES | {"advcl"})
        yield from syntax.obliques(token, "of")
    elif match.type == "REJECT":
        yield from syntax.objects(token)
        yield from syntax.kids(token, CLAUSES)
    elif match.type == "AID":
        yield from syntax.purposes(token)
    elif match.type == "PROTEST":
        for child in syntax.children[token]:
            if syntax[child].relation in ("obl", "advcl", "xcomp", "ccomp", "acl", "nmod"):
                yield child


def distinct(events: Iterable[Coded]) -> Iterator[Coded]:
    """The events without those that another of their sentence includes."""
    sentences: dict[tuple[int, int], list[Coded]] = {}
    for event in events:
        sentences.setdefault(event.sentence, []).append(event)
    for together in sentences.values():
        yield from (event for event in together if not _is_included(event, together))


def _is_included(event: Coded, others: Sequence[Coded]) -> bool:
    """Whether another event already says it: force moved for an attack, the charge behind a verdict."""
    for other in others:
        if event.type == "MOBILIZE" and other.type == "ASSAULT" and set(event.actor) & set(other.actor):
            return True
        tried = (event.type, event.mode) == ("ACCUSE", "allege") and other.mode == "convict"
        if tried and set(event.recipient) == set(other.recipient):
            return True
    return False
