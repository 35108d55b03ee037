"""The clause of an event: the words that say it, and no more."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.encode import Analysis
from dragoman.model import Span

from .syntax import Syntax

ASIDE = frozenset({"parataxis", "list", "discourse", "vocative", "dislocated", "acl:relcl", "advcl:relcl", "advcl"})
"""Relations of clauses that say something else."""
EDGES = frozenset({"punct", "cc", "mark"})


def clause(syntax: Syntax, anchor: int, content: Iterable[int] = ()) -> frozenset[int]:
    """Tokens of the clause whose predicate is `anchor`; the clauses of `content`, which completes it, belong to it."""
    root = syntax.clause_root(anchor)
    inside = {anchor, *content}
    for token in tuple(inside):
        inside |= _between(syntax, token, root)
    found = {root}
    pending = [root]
    while pending:
        head = pending.pop()
        for child in syntax.children[head]:
            if child not in found and (child in inside or _belongs(syntax, head, child, root)):
                found.add(child)
                pending.append(child)
    return frozenset(_trim(syntax, found, inside, root))


def span(analysis: Analysis, tokens: frozenset[int]) -> Span:
    """From the first to the last character of the tokens."""
    return analysis.tokens[min(tokens)].start, analysis.tokens[max(tokens)].end


def _between(syntax: Syntax, token: int, root: int) -> set[int]:
    path: set[int] = set()
    for above in syntax.ancestors(token):
        if above == root:
            return path
        path.add(above)
    return set()


def _belongs(syntax: Syntax, head: int, child: int, root: int) -> bool:
    relation = syntax[child].relation
    if relation in ASIDE:
        return False
    if relation == "ccomp":
        return head != root
    if relation == "conj":
        return head != root and syntax[child].upos not in ("VERB", "AUX")
    return True


def _trim(syntax: Syntax, found: set[int], inside: set[int], root: int) -> set[int]:
    """Without punctuation and conjunctions at either end, nor the preposition before an event noun."""
    ordered = sorted(found)
    while len(ordered) > 1 and syntax[ordered[-1]].relation in EDGES and ordered[-1] not in inside:
        ordered.pop()
    while len(ordered) > 1 and _opens(syntax, ordered[0], root) and ordered[0] not in inside:
        ordered.pop(0)
    return set(ordered)


def _opens(syntax: Syntax, token: int, root: int) -> bool:
    relation = syntax[token].relation
    if relation == "fixed":
        token = syntax[token].head
        relation = syntax[token].relation
    return relation in EDGES or (relation == "case" and syntax[token].head == root)
