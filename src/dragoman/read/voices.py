"""Who speaks at each word, as the heads of statements tell: drafts from the voice of words, whom they point to, and cues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from dragoman.encode import Analysis, Attributed
from dragoman.encode.labels import VOICES
from dragoman.model import Span, Speaker

from .attributions import quoted_person
from .cast import Cast
from .chains import relayers
from .cue_syntax import subject, subtree
from .drafts import Draft, neighbour
from .index import Index, Range
from .quotes import Quotation
from .transcripts import Turn

VOICE, WEAK = 0.5, 0.3
"""Probability of a word to be somebody's, and that of one between two such words."""
SHORTEST = 2
"""Words of a stretch, at least."""
SURELY = 0.6
"""Mean probability of a stretch without a cue, at least."""
SWITCH = 2
"""Words in a row that point to somebody else before they count as his, at least."""
ASKS, ANSWERS = 0.5, 0.7
"""Mean probability of an interviewer's words to be a statement, at most, and of another's, at least."""
NEAR = 45
"""Words between a stretch and the mention it points to, up to which that one counts for more than a cue of another sentence."""
LONG = 8
"""Words and marks of a quotation that is taken as a whole, at least."""
GAP = 3
"""Words of neither voice within a stretch, at most."""
_MARKS = frozenset("\"'“”‘’«»„,.;:–—-()…")


@dataclass(slots=True)
class _Stretch:
    """Words of one speaker without a gap: tokens, the first token of his mention (-1: nobody named), and the attribution."""

    tokens: Range
    mention: int
    attribution: Attributed | None = None


def voiced(
    analysis: Analysis, index: Index, cast: Cast, spoken: Sequence[Turn], quoted: Sequence[Quotation]
) -> list[Draft]:
    """What somebody says, each stretch with its speaker; what is said inside another's words follows that. Labels of turns are
    mentions of their speakers.

    Needs a language base with heads of statements.
    """
    stretches = _stretches(analysis)
    for stretch in stretches:
        stretch.attribution = _attribution(analysis, stretch.tokens)
    labels = {i: turn.speaker for turn in spoken if turn.label for i in range(*index.tokens(turn.label))}
    found = (_draft(analysis, index, cast, stretch, labels.get(stretch.mention)) for stretch in stretches)
    drafts = [draft for draft in found if draft is not None and _somebodys(draft, quoted)]
    return _widened(index, _completed(index, cast, _joined(index, drafts), quoted))


def asking(analysis: Analysis, index: Index, spoken: Sequence[Turn]) -> list[Turn]:
    """The turns, those marked of one who only asks: whose words, all in all, the head of voices takes for nobody's claim."""
    assert analysis.meant is not None
    said = analysis.meant.voices[:, VOICES.index("said")]
    shares: dict[str | None, list[float]] = {}
    for turn in spoken:
        shares.setdefault(turn.speaker.name, []).extend(said[slice(*index.tokens((turn.start, turn.end)))].tolist())
    means = {name: float(np.mean(found)) if found else 1.0 for name, found in shares.items()}
    hosts = {name for name, mean in means.items() if mean < ASKS and max(means.values()) > ANSWERS}
    return [replace(turn, asks=True) if turn.speaker.name in hosts else turn for turn in spoken]


def _stretches(analysis: Analysis) -> list[_Stretch]:
    assert analysis.meant is not None
    said = analysis.meant.voices[:, VOICES.index("said")]
    out: list[_Stretch] = []
    inner = {i for one in analysis.attributions if one.inner for content in one.contents for i in content}
    for first, last in analysis.sentences:
        for run in _runs(analysis, said, first, last):
            bounds = [run[0], *(i for i in range(run[0] + 1, run[1]) if i in inner), run[1]]
            for part in pairwise(bounds):
                out += _parted(analysis, part)
    return [s for s in out if s.tokens[1] - s.tokens[0] >= SHORTEST]


def _runs(analysis: Analysis, said: np.ndarray, first: int, last: int) -> list[Range]:
    """Runs of words in a voice, over marks and single weak words between them."""
    runs: list[Range] = []
    for i in range(first, last):
        if said[i] <= VOICE:
            continue
        between = range(runs[-1][1], i) if runs else range(0)
        if runs and len(between) <= GAP and all(analysis.tokens[k].text in _MARKS or said[k] > WEAK for k in between):
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def _parted(analysis: Analysis, run: Range) -> list[_Stretch]:
    """A run in parts that point to one mention each; a few words that point elsewhere go with what is before them."""
    out: list[_Stretch] = []
    at = run[0]
    while at < run[1]:
        end = at
        while end < run[1] and analysis.who[end] == analysis.who[at]:
            end += 1
        if out and (end - at < SWITCH or analysis.who[at] == out[-1].mention):
            out[-1].tokens = (out[-1].tokens[0], end)
        else:
            out.append(_Stretch((at, end), analysis.who[at]))
        at = end
    if len(out) > 1 and out[0].tokens[1] - out[0].tokens[0] < SWITCH:
        first = out.pop(0)
        out[0].tokens = (first.tokens[0], out[0].tokens[1])
    return out


def _attribution(analysis: Analysis, tokens: Range) -> Attributed | None:
    """The attribution whose content holds most of a stretch, the inner one before the outer one."""
    best: tuple[int, bool, Attributed] | None = None
    for one in analysis.attributions:
        shared = sum(max(0, min(tokens[1], end) - max(tokens[0], start)) for start, end in one.contents)
        if 2 * shared > tokens[1] - tokens[0] and (best is None or (one.inner, shared) > (best[1], best[0])):
            best = (shared, one.inner, one)
    return best[2] if best else None


def _draft(analysis: Analysis, index: Index, cast: Cast, stretch: _Stretch, labelled: Speaker | None) -> Draft | None:
    assert analysis.meant is not None
    score = float(analysis.meant.voices[slice(*stretch.tokens), VOICES.index("said")].mean())
    found = stretch.attribution
    if found is None and (score < SURELY or stretch.tokens[1] - stretch.tokens[0] < SWITCH):
        return None
    speaker = labelled
    relay = quoted_person(analysis, found.cue) if found is not None else None
    if relay is not None:
        speaker = cast.speaker(*relay, surely=True)
    nested = (
        found is not None and not found.inner and any(start <= stretch.mention < end for start, end in found.contents)
    )
    if nested and not stretch.tokens[0] <= stretch.mention < stretch.tokens[1]:
        found = None  # the words of somebody whom the one with the cue speaks of
    if found is not None and _elsewhere(analysis, index, cast, stretch, found):
        found = None
    source = (found.source or (subject(analysis, index, found.cue) if found.inner else None)) if found else None
    if speaker is None and source is not None:
        speaker = cast.speaker(*source, surely=True)
    if (
        (speaker is None or speaker.actor is None)
        and stretch.mention >= 0
        and not stretch.tokens[0] <= stretch.mention < stretch.tokens[1]
    ):
        speaker = _named(analysis, cast, stretch.mention) or speaker
    speaker = speaker or Speaker()
    cue = found.cue if found is not None else None
    relays = tuple(r for r in relayers(analysis, index, cue, cast) if r.actor != speaker.actor) if cue else ()
    return Draft(*index.span(_bare(analysis, stretch.tokens)), speaker, cue, relays, round(score, 3))


def _elsewhere(analysis: Analysis, index: Index, cast: Cast, stretch: _Stretch, found: Attributed) -> bool:
    """Whether a cue of another sentence is too far to count against a speaker whom a stretch points to near by."""
    first, last = stretch.tokens
    if stretch.mention < 0 or first <= stretch.mention < last or abs(stretch.mention - first) > NEAR:
        return False
    if index.sentence(found.cue[0]) == index.sentence(first):
        return False
    named = _named(analysis, cast, stretch.mention)
    source = cast.speaker(*found.source, surely=True) if found.source is not None else None
    return named is not None and named.actor is not None and (source is None or source.actor != named.actor)


def _somebodys(draft: Draft, quoted: Sequence[Quotation]) -> bool:
    """Whether anything but the voice of its words says that a draft is another's: somebody named, a cue, or marks around it."""
    known = draft.speaker.name or draft.cue
    return bool(known) or any(q.start < draft.end and draft.start < q.end for q in quoted)


def _named(analysis: Analysis, cast: Cast, first: int) -> Speaker | None:
    """The speaker whom a mention names that begins with a token; "one of the wives, Dana Oru" is Dana Oru."""
    tokens = analysis.tokens
    if tokens[first].upos == "PART" and first + 1 < len(tokens):
        first += 1  # "'s"
    end = _phrase_end(analysis, first)
    for i in range(first, end):
        for child in analysis.children[i]:
            if tokens[child].relation == "appos" and child >= end and cast.is_person(child):
                return cast.speaker(child, child + 1, surely=True)
    return cast.speaker(first, end, surely=True)


def _phrase_end(analysis: Analysis, first: int) -> int:
    """Where the phrase ends that begins with a token: behind the subtree of the noun it belongs to."""
    tokens = analysis.tokens
    head = first
    for _ in range(6):
        up = tokens[head].head
        if up < 0 or tokens[up].upos not in ("NOUN", "PROPN", "PRON", "NUM", "ADJ") or up < first:
            break
        if tokens[head].relation in ("conj", "appos", "acl", "acl:relcl", "nmod", "parataxis"):
            break
        head = up
    start, end = subtree(analysis, head, stop=("acl:relcl", "acl", "parataxis", "appos", "conj", "advcl"))
    return max(end, first + 1) if start <= first else max(head, first) + 1


def _bare(analysis: Analysis, tokens: Range) -> Range:
    """Without "that" before it and marks around it, full stops apart."""
    start, end = tokens
    while start < end - 1 and (
        analysis.tokens[start].text in _MARKS
        or (analysis.tokens[start].lemma == "that" and analysis.tokens[start].relation == "mark")
    ):
        start += 1
    while (
        end - 1 > start
        and analysis.tokens[end - 1].text in _MARKS
        and analysis.tokens[end - 1].text not in (".", "…", ")")
    ):
        end -= 1
    return start, end


def _joined(index: Index, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts that follow each other within a paragraph, of one speaker by one cue or none, as one."""
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.start):
        last = out[-1] if out else None
        if last is not None and _goes_on(index, last, draft):
            score = round((last.confidence + draft.confidence) / 2, 3)
            out[-1] = replace(
                last, end=draft.end, cue=last.cue or draft.cue, relays=last.relays or draft.relays, confidence=score
            )
        else:
            out.append(draft)
    return out


def _goes_on(index: Index, last: Draft, draft: Draft) -> bool:
    gap = index.tokens((last.end, draft.start))
    near = all(index.analysis.tokens[i].text in _MARKS for i in range(*gap)) and gap[1] - gap[0] <= GAP
    here = index.paragraph(index.tokens((last.start, last.end))[0]) == index.paragraph(
        index.tokens((draft.start, draft.end))[0]
    )
    same = (last.speaker.actor, last.speaker.mention is None) == (draft.speaker.actor, draft.speaker.mention is None)
    return near and here and same and (last.cue == draft.cue or last.cue is None or draft.cue is None)


def _completed(index: Index, cast: Cast, drafts: Sequence[Draft], quoted: Sequence[Quotation]) -> list[Draft]:
    """A quotation is all its speaker's, also where he only leads up to what a third party said: his is whoever is named
    outside it and says part of it, or of the paragraph of the same quotation before, else whoever its neighbourhood tells."""
    out = list(drafts)
    owners: dict[int, Draft] = {}
    for quotation in quoted:
        here = [d for d in out if d.start < quotation.end and quotation.start < d.end]
        mine = [d for d in here if d.speaker.actor and not _within(d.speaker.mention, quotation)]
        whole = [d for d in mine if quotation.start <= d.start and d.end <= quotation.end]
        tokens = index.tokens((quotation.start, quotation.end))
        owner = max(whole, key=lambda d: d.end - d.start, default=owners.get(quotation.group))
        if owner is None and here and not mine and tokens[0] < tokens[1]:
            owner = neighbour(index.analysis, index, cast, tokens, quotation, out)
        if owner is None or len(mine) > len(whole) or not quotation.sound:
            continue
        owners.setdefault(quotation.group, owner)
        start, end = index.span(_bare(index.analysis, tokens)) if tokens[0] < tokens[1] else (0, 0)
        if tokens[1] - tokens[0] >= LONG and start < end:
            out = [d for d in out if d not in whole or d.speaker.actor != owner.speaker.actor]
            out.append(replace(owner, start=start, end=end))
    return sorted(out, key=lambda d: (d.start, -d.end))


def _within(mention: Span | None, quotation: Quotation) -> bool:
    return mention is not None and quotation.start <= mention[0] < quotation.end


def _widened(index: Index, drafts: Sequence[Draft]) -> list[Draft]:
    """Whoever reports another's words says them, too: his stretch reaches over theirs where their cue or mention is his."""
    out = list(drafts)
    for inner in drafts:
        places = [index.span(inner.cue)] if inner.cue is not None else []
        places += [inner.speaker.mention] if inner.speaker.mention is not None else []
        for n, outer in enumerate(out):
            theirs = outer is not inner and outer.speaker.actor != inner.speaker.actor
            if theirs and any(outer.start <= start and end <= outer.end for start, end in places):
                gap = max(inner.start - outer.end, outer.start - inner.end)
                if gap <= GAP + 4:
                    out[n] = replace(outer, start=min(outer.start, inner.start), end=max(outer.end, inner.end))
                break
    return out
