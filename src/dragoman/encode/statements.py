"""The heads of statements: sources, cues and contents as tagged spans, and the links that make attributions of them.

Tags are decoded a paragraph at a time with the transitions of a conditional random field (Lafferty et al. 2001). A word may
lie in an attribution and, when that one's content reports somebody else's words, in an inner one; each level has its own
tags. Links go from a content to the first word of its cue, and from a cue to the first word of its source.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dragoman.encode.analysis import Attributed, RoleSpan
from dragoman.encode.decode import Floats, bioes_spans, viterbi
from dragoman.encode.heads import Heads, softmax
from dragoman.encode.labels import BIOES, ROLES, VOICES

Lines = Sequence[tuple[int, int]]
BEFORE, AFTER = 160, 40
"""Words before and after a block among which the speakers of what it says are looked for; training windows held 240."""
FAR, BLOCK = 80, 64
"""Words between the parts of one attribution, at most; words whose speakers are looked for together."""
REACH = 1
"""Paragraphs between the parts of one attribution, at most."""


def roles(heads: Heads, states: Floats, lines: Lines) -> tuple[RoleSpan, ...]:
    """Sources, cues and contents of both levels in the order of the text, from the states of all words and the paragraphs."""
    levels = np.hstack([heads.linear("role", states), heads.linear("inner", states)])
    scores = levels.reshape(len(states), 2 * len(ROLES), len(BIOES))
    tags = viterbi(scores, lines, heads["chain.start"], heads["chain.move"], heads["chain.end"])
    outside = softmax(scores)[:, :, 0]
    out = []
    for first, last in lines:
        for sequence in range(2 * len(ROLES)):
            for a, b in bioes_spans(tags[first:last, sequence].tolist()):
                start, end = first + a, first + b
                score = 1 - float(outside[start:end, sequence].mean())
                inner, role = divmod(sequence, len(ROLES))
                out.append(RoleSpan(start, end, ROLES[role], bool(inner), score))
    return tuple(sorted(out, key=lambda span: (span.start, -span.end, span.inner, span.role)))


def attributions(heads: Heads, states: Floats, lines: Lines, spans: Sequence[RoleSpan]) -> tuple[Attributed, ...]:
    """One attribution a cue, in the order of the cues. A content without a cue in reach belongs to none."""
    found: list[Attributed] = []
    starts = [first for first, _ in lines]
    for inner in (False, True):
        level = [span for span in spans if span.inner is inner]
        cues = [span for span in level if span.role == "cue"]
        sources = [span for span in level if span.role == "source"]
        contents = [span for span in level if span.role == "content"]
        if not cues:
            continue
        paragraph = {s: int(np.searchsorted(starts, s.start, "right")) for s in level}
        cue_states = states[[cue.start for cue in cues]]
        owned: dict[RoleSpan, list[RoleSpan]] = {cue: [] for cue in cues}
        name = "inner_link" if inner else "link"
        cue_heads = heads.project(f"{name}.head", cue_states)
        for content in contents:
            near = _near(content, cues, paragraph)
            if near:
                words = heads.project(f"{name}.dependent", states[content.start : content.end])
                links = softmax(heads.biaffine(name, words, cue_heads[near])[:, 1:])
                owned[cues[near[int(np.log(links + 1e-6).sum(0).argmax())]]].append(content)
        source_heads = heads.project("speaker.head", states[[source.start for source in sources]])
        dependents = heads.project("speaker.dependent", cue_states)
        for n, cue in enumerate(cues):
            near = _near(cue, sources, paragraph)
            best = int(heads.biaffine("speaker", dependents[n : n + 1], source_heads[near])[0].argmax()) if near else 0
            source = sources[near[best - 1]] if best else None
            mine = owned[cue]
            score = float(np.mean([cue.score, *(content.score for content in mine)]))
            found.append(
                Attributed(
                    (cue.start, cue.end),
                    (source.start, source.end) if source else None,
                    tuple((content.start, content.end) for content in mine),
                    inner,
                    score,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.cue, one.inner)))


def who(heads: Heads, states: Floats, lines: Lines) -> tuple[int, ...]:
    """For each word that is in somebody's words the first word of the mention of who says it, else -1."""
    said = heads.linear("voice", states).argmax(1) == VOICES.index("said")
    out = [-1] * len(states)
    blocks = [(at, min(at + BLOCK, last)) for begin, last in lines for at in range(begin, last, BLOCK)]
    for first, last in blocks:
        here = first + np.flatnonzero(said[first:last])
        if not len(here):
            continue
        floor, ceiling = max(0, first - BEFORE), min(len(states), last + AFTER)
        governors = heads.project("who.head", states[floor:ceiling])
        best = heads.biaffine("who", heads.project("who.dependent", states[here]), governors).argmax(1)
        for word, mention in zip(here.tolist(), best.tolist(), strict=True):
            out[word] = floor + mention - 1 if mention else -1
    return tuple(out)


def _near(span: RoleSpan, others: Sequence[RoleSpan], paragraph: dict[RoleSpan, int]) -> list[int]:
    """Indices of those in the same paragraph, or where there are none within reach, that do not overlap `span`."""
    apart = [
        (abs(paragraph[span] - paragraph[other]), i)
        for i, other in enumerate(others)
        if 0 <= max(span.start - other.end, other.start - span.end) <= FAR
    ]
    here = [i for distance, i in apart if distance == 0]
    return here or [i for distance, i in apart if distance <= REACH]
