"""Conditions taken apart: what is required, of whom, and what follows.

"Relations can only be mended if those responsible are punished and damages are paid" is one statement with the act of a
condition, and in it two demands and one promise that name it as theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.encode import Analysis
from dragoman.encode.labels import REQUIRED
from dragoman.model import Act, ActorType

from .cast import Cast
from .cue_syntax import subtree
from .index import Range

_BARGAINS = frozenset((Act.CONDITION, Act.THREATEN, Act.PROMISE, Act.DEMAND, Act.REJECT, Act.PREDICT))
SURE = 0.5
"""Mean probability of a part of a condition, at least."""
SHORTEST = 3
"""Words of a part, at least."""
_AGENTS = ("nsubj", "obl:agent", "nmod:poss", "nsubj:pass")
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
    if not required:
        return []
    out = [Part(tokens, Act.DEMAND, _required_of(analysis, tokens, content, cast, speaker)) for tokens in required]
    consequence = Act.THREATEN if meant is Act.THREATEN else Act.PROMISE
    return out + [Part(tokens, consequence) for tokens in follows]


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
    return [s for s in out if s[1] - s[0] >= SHORTEST and rows[s[0] : s[1], [begin, inside]].sum(1).mean() >= SURE]


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
    while end > start and analysis.tokens[end - 1].upos == "PUNCT":
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
    return around[0] if len(around) == 1 else None
