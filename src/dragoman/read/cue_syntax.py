"""Attributions by syntax alone: cue verbs with their clauses, "according to", "in X's view", and who the source is."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.encode import Analysis
from dragoman.ontology import cues

from .index import Index, Range

MINIMUM = 3
"""Tokens of an unquoted content, at least."""
SURE = 0.6
"""Confidence of what only syntax tells."""
_OPINIONS = frozenset("opinion view word assessment estimation judgement judgment reading telling account eye".split())


@dataclass(slots=True)
class Attribution:
    """Tokens of the cue, of its source (None where none is found) and of each part of its content, in order."""

    cue: Range
    source: Range | None
    contents: list[Range]
    score: float = 1.0


def subject(analysis: Analysis, index: Index, cue: Range) -> Range | None:
    """The source that syntax gives a cue: the subject of its verb, the agent of a passive, the object of "according to"."""
    tokens = analysis.tokens
    for i in range(cue[0], cue[1]):
        if tokens[i].text.lower() == "according" and i + 1 < len(tokens):
            governor = tokens[i].head
            if governor >= 0 and tokens[governor].upos in ("NOUN", "PROPN", "PRON"):
                first, last = subtree(analysis, governor)
                return (max(first, cue[1]), max(last, cue[1] + 1))
        if tokens[i].upos not in ("VERB", "AUX", "NOUN"):
            continue
        verb = i
        for _ in range(4):
            children = analysis.children[verb]
            for relation in ("obl:agent", "nsubj", "nsubj:pass"):
                for child in children:
                    if tokens[child].relation == relation and tokens[child].upos != "SCONJ":
                        return subtree(analysis, child, stop=("acl:relcl", "parataxis", "appos"))
            if tokens[verb].relation in ("xcomp", "conj", "advcl", "aux", "cop") and tokens[verb].head >= 0:
                verb = tokens[verb].head
            else:
                break
    return None


def subtree(analysis: Analysis, token: int, stop: tuple[str, ...] = ()) -> Range:
    """The stretch of tokens that a token governs, without dependents in `stop` relations, punctuation and case markers at
    its edges."""
    tokens = analysis.tokens
    found = [token]
    stack = [token]
    while stack:
        for child in analysis.children[stack.pop()]:
            if tokens[child].relation not in stop:
                found.append(child)
                stack.append(child)
    first, last = min(found), max(found) + 1
    while first < token and tokens[first].upos in ("PUNCT", "ADP", "CCONJ", "SCONJ"):
        first += 1
    while last - 1 > token and tokens[last - 1].upos == "PUNCT":
        last -= 1
    return first, last


def syntactic(analysis: Analysis, index: Index) -> list[Attribution]:
    """Cue verbs with a clausal complement, or as a parenthesis behind what is said; "according to" and "in X's view"."""
    tokens = analysis.tokens
    verbs, out = cues.verbs(), []
    for i, token in enumerate(tokens):
        found: Attribution | None = None
        if token.upos == "VERB" and (cue := verbs.get(token.lemma)) is not None and cue.kind in ("say", "think"):
            found = _clause(analysis, index, i) if cue.kind == "say" else None
            found = found or _parenthesis(analysis, index, i)
        elif token.text.lower() == "according" and i + 1 < len(tokens) and tokens[i + 1].text.lower() == "to":
            found = _framed(analysis, index, (i, i + 2), subject(analysis, index, (i, i + 2)))
        elif token.lemma.lower() in _OPINIONS and token.upos == "NOUN":
            found = _opinion(analysis, index, i)
        if found is not None and found.contents:
            out.append(found)
    return out


def _clause(analysis: Analysis, index: Index, verb: int) -> Attribution | None:
    contents = [
        subtree(analysis, child)
        for child in analysis.children[verb]
        if analysis.tokens[child].relation in ("ccomp", "parataxis")
    ]
    contents = [c for c in contents if c[1] - c[0] >= MINIMUM and not c[0] <= verb < c[1]]
    source = subject(analysis, index, (verb, verb + 1))
    return Attribution((verb, verb + 1), source, contents, SURE) if source and contents else None


def _parenthesis(analysis: Analysis, index: Index, verb: int) -> Attribution | None:
    """ "The line will not reopen, many in the capital suspect.": the cue ends its sentence and has a subject."""
    first, last = index.sentence_range(verb)
    if any(analysis.tokens[i].upos != "PUNCT" for i in range(verb + 1, last)):
        return None
    subjects = [c for c in analysis.children[verb] if analysis.tokens[c].relation == "nsubj"]
    if not subjects:
        return None
    source = subtree(analysis, subjects[0])
    end = source[0]
    if end - first < MINIMUM + 1 or analysis.tokens[end - 1].text not in (",", "”", '"', "–", "—"):
        return None
    return Attribution((verb, verb + 1), source, [(first, end - 1)], SURE)


def _opinion(analysis: Analysis, index: Index, noun: int) -> Attribution | None:
    """ "In her opinion, ...", "in the words of the minister, ..."."""
    cases = [c for c in analysis.children[noun] if analysis.tokens[c].relation == "case"]
    if not cases or analysis.tokens[cases[0]].text.lower() not in ("in", "by", "to"):
        return None
    for child in analysis.children[noun]:
        relation = analysis.tokens[child].relation
        of = any(analysis.tokens[c].text.lower() == "of" for c in analysis.children[child])
        if relation == "nmod:poss" or (relation == "nmod" and of):
            return _framed(analysis, index, (cases[0], noun + 1), subtree(analysis, child))
    return None


def _framed(analysis: Analysis, index: Index, cue: Range, source: Range | None) -> Attribution | None:
    """A phrase that frames its sentence: what is said is the rest, behind it or before it."""
    if source is None:
        return None
    first, last = index.sentence_range(cue[0])
    past = max(cue[1], source[1])
    while past < last and analysis.tokens[past].upos == "PUNCT":
        past += 1
    content = (past, last) if cue[0] - first < 4 else (first, cue[0])
    return Attribution(cue, source, [content], SURE) if content[1] - content[0] >= MINIMUM else None
