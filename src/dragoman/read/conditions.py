"""Conditions taken apart: what is required, of whom, and what follows.

"Relations can only be mended if those responsible are punished and damages are paid" is one statement with the act of a
condition, and in it two demands and one promise that name it as theirs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from dragoman.encode import Analysis
from dragoman.encode.labels import REQUIRED
from dragoman.model import Act, ActorType

from .cast import Cast
from .cue_syntax import subtree
from .index import Range

_BARGAINS = frozenset((Act.CONDITION, Act.THREATEN, Act.PROMISE, Act.DEMAND, Act.REJECT, Act.PREDICT))
SURE = 0.5
"""Mean probability of a part of a condition, at least."""
SHORTEST, CLAUSE = 3, 2
"""Words of a part as the head tells it, and of a clause that syntax tells, at least."""
CLEARLY = 1.2
"""How many times as often as a third state another side is named, at least."""
_AGENTS = ("nsubj", "obl:agent", "nmod:poss", "nsubj:pass")
_OPENS = frozenset("if unless until once provided before".split())
_MARKS = frozenset("if unless until once when provided that , ; : and or".split())


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens of what is required (a demand) or of what follows (a promise or a threat), and who is to act."""

    tokens: Range
    act: Act
    required_of: str | None = None


def parts(analysis: Analysis, content: Range, meant: Act, cast: Cast, speaker: str | None) -> list[Part]:
    """The parts of a condition that a statement over tokens `content` makes; empty where it requires nothing.

    Needs a language base with heads of statements.
    """
    if meant not in _BARGAINS:
        return []
    required, follows = (_spans(analysis, content, name) for name in ("required", "follows"))
    clauses = [part for clause in _clauses(analysis, content) for part in _parted(analysis, clause)]
    spans = [part for span in required for part in _parted(analysis, span)]
    required = list(dict.fromkeys(next((c for c in clauses if _alike(c, span)), span) for span in spans)) or clauses
    if not required:
        return []
    out = [Part(tokens, Act.DEMAND, _required_of(analysis, tokens, content, cast, speaker)) for tokens in required]
    consequence = Act.THREATEN if meant is Act.THREATEN else Act.PROMISE
    return out + [Part(tokens, consequence) for tokens in follows]


def _clauses(analysis: Analysis, content: Range) -> list[Range]:
    """Clauses behind "if", "unless", "until" and the like."""
    tokens = analysis.tokens
    out = []
    for i in range(*content):
        if not tokens[i].relation.startswith("advcl"):
            continue
        marks = [
            c for c in analysis.children[i] if tokens[c].relation in ("mark", "advmod") and tokens[c].lemma in _OPENS
        ]
        if not marks:
            continue
        start, end = subtree(analysis, i)
        start, end = max(start, marks[0] + 1), min(end, content[1])
        out.append(_bare(analysis, (start, end)))
    return [part for part in out if part[1] - part[0] >= CLAUSE]


def _alike(clause: Range, span: Range) -> bool:
    """Whether a clause is what the head meant: they overlap by more than half of both together."""
    shared = min(clause[1], span[1]) - max(clause[0], span[0])
    return 2 * shared > max(clause[1], span[1]) - min(clause[0], span[0])


def _parted(analysis: Analysis, span: Range) -> list[Range]:
    """A span in its coordinated clauses, where each has a subject of its own."""
    tokens = analysis.tokens
    bounds = [span[0], span[1]]
    for i in range(*span):
        joined = [c for c in analysis.children[i] if tokens[c].relation == "cc" and span[0] < c < i]
        if tokens[i].relation in ("conj", "advcl", "ccomp") and joined:
            own = [c for c in analysis.children[i] if tokens[c].relation.startswith("nsubj") and c > joined[0]]
            if own:
                bounds.append(max(span[0], subtree(analysis, own[0])[0]))
    parts = [_bare(analysis, part) for part in pairwise(sorted(set(bounds)))]
    return [part for part in parts if part[1] - part[0] >= CLAUSE] or [span]


def _spans(analysis: Analysis, content: Range, name: str) -> list[Range]:
    assert analysis.meant is not None
    rows = analysis.meant.conditions
    begin, inside = REQUIRED.index(f"B-{name}"), REQUIRED.index(f"I-{name}")
    out: list[Range] = []
    start = -1
    for i in range(content[0], content[1] + 1):
        best = int(rows[i].argmax()) if i < content[1] else 0
        if start >= 0 and best != inside:
            out.append((start, i))
            start = -1
        if start < 0 and best in (begin, inside):
            start = i
    out = [_bare(analysis, span) for span in _joined(out)]
    return [
        s for s in out if _words(analysis, s) >= SHORTEST and rows[s[0] : s[1], [begin, inside]].sum(1).mean() >= SURE
    ]


def _words(analysis: Analysis, span: Range) -> int:
    return sum(token.upos != "PUNCT" for token in analysis.tokens[slice(*span)])


def _joined(spans: list[Range]) -> list[Range]:
    """Spans that a single word parts as one."""
    out: list[Range] = []
    for start, end in spans:
        if out and start - out[-1][1] <= 0:
            out.append((start, end))
        elif out and start - out[-1][1] == 1 and end - start < SHORTEST:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _bare(analysis: Analysis, span: Range) -> Range:
    start, end = span
    while start < end and (analysis.tokens[start].text.lower() in _MARKS or analysis.tokens[start].upos == "PUNCT"):
        start += 1
    while end > start and analysis.tokens[end - 1].upos in ("PUNCT", "CCONJ"):
        end -= 1
    return start, end


def _required_of(analysis: Analysis, tokens: Range, content: Range, cast: Cast, speaker: str | None) -> str | None:
    """Who is to do it: the subject of the requirement, else who is named in it, else the only other side of the statement;
    None where that is open. It is never the speaker."""
    own = cast.actors[speaker].country if speaker in cast.actors else None

    def others(where: range) -> list[str]:
        found = [id for i in where for id in cast.actor_at(i) if not cast.is_place(i) and id != speaker]
        foreign = [id for id in found if cast.actors[id].country is None or cast.actors[id].country != own]
        return list(dict.fromkeys(foreign))

    for relation in _AGENTS:
        for i in range(*tokens):
            if analysis.tokens[i].relation == relation:
                subject = others(range(*subtree(analysis, i)))
                if subject:
                    return subject[0]
    named = others(range(*tokens))
    if named:
        return named[0]
    around = [id for id in others(range(*content)) if cast.actors[id].type is ActorType.STATE] or others(
        range(*content)
    )
    if around:
        return around[0] if len(around) == 1 else None
    return _other_side(cast, speaker)


def _other_side(cast: Cast, speaker: str | None) -> str | None:
    """The state that a text has beside the speaker's own, where it names that far oftener than any third one."""
    own = cast.actors[speaker].country if speaker in cast.actors else None
    named = Counter(
        mention.actor
        for mention in cast.mentions
        if (actor := cast.actors[mention.actor]).type is ActorType.STATE and actor.country != own
    )
    most = named.most_common(2)
    clear = most and (len(most) == 1 or most[0][1] >= CLEARLY * most[1][1])
    return most[0][0] if own is not None and clear else None
