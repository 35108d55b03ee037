"""Verbs by which one is quoted or spoken to, and attributions where no head of statements tells them."""

from __future__ import annotations

from dragoman.encode import Analysis

from .cue_syntax import Attribution, subtree, syntactic
from .index import Index, Range

HEARERS = frozenset(["tell", "inform", "brief", "assure", "remind", "advise", "notify"])
"""Verbs whose object is the one spoken to."""
RELAYS = frozenset(("quote", "cite", "relay"))
"""Verbs whose subject passes on what their object says."""


def attributions(analysis: Analysis, index: Index) -> list[Attribution]:
    """All attributions of a document that syntax tells, in order."""
    return sorted(syntactic(analysis, index), key=lambda a: a.cue)


def quoted_person(analysis: Analysis, cue: Range) -> Range | None:
    """The one who is quoted, where the subject only quotes: "the agency quoted X as saying", "the paper cites X"."""
    tokens = analysis.tokens
    for i in range(*cue):
        if tokens[i].lemma in RELAYS and tokens[i].upos == "VERB":
            for child in analysis.children[i]:
                behind = tokens[child].relation == "nsubj" and child > i
                if (tokens[child].relation == "obj" or behind) and tokens[child].upos in ("PROPN", "NOUN"):
                    return subtree(analysis, child, stop=("acl:relcl", "acl", "parataxis"))
    return None
