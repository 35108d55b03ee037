"""Drafts of statements: what attributions and quotation marks together say is somebody's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.encode import Analysis
from dragoman.model import Act, ChainLink, Document, Span, Speaker

from . import how_meant
from .attributions import attributions
from .cast import Cast
from .chains import relayers
from .cue_syntax import Attribution, subtree
from .index import Index, Range
from .quotes import MARKS, Quotation

SCARE = 6
"""Words of a quotation inside a sentence up to which it may be a mere name or scare quote."""
_OPENERS = frozenset("that whether how what why to if when where who".split())
_KNOWS = frozenset("know realize realise learn discover notice forget pretend see find remember ignore prove".split())
"""Verbs by which the text itself vouches for, or denies, what somebody has in mind: his view, but not his words."""
_MIGHT = frozenset("could should must may might".split())
_SEEMS = frozenset("seem appear happen turn emerge".split())
NEARBY = 0.55
"""Confidence of a quotation whose speaker was taken from its neighbourhood."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A content before it is cut into statements: characters `[start, end)`, who says it and on which grounds."""

    start: int
    end: int
    speaker: Speaker
    cue: Range | None
    relays: tuple[ChainLink, ...]
    confidence: float


def attributed(
    document: Document, analysis: Analysis, index: Index, cast: Cast, quoted: Sequence[Quotation]
) -> tuple[list[Draft], list[Draft]]:
    """Cues with their speakers as drafts of their own width, to which quotations near by may be given; and the contents."""
    anchors, drafts = [], []
    for found in attributions(analysis, index):
        speaker = cast.speaker(*found.source) if found.source else cast.near(found.cue) or Speaker()
        if speaker is None or _nobodys(analysis, cast, found):
            continue
        relays = tuple(r for r in relayers(analysis, index, found.cue, cast) if r.actor != speaker.actor)
        confidence = round(found.score, 3)
        anchors.append(Draft(*index.span(found.cue), speaker, found.cue, relays, confidence))
        for content in found.contents:
            if _mere_topic(analysis, index, content, found, quoted):
                continue
            content = _past_hearers(index, content, relays)
            span = _extended(index, content, found, quoted) if content[0] < content[1] else None
            if span is not None and not _introduced_before(document, index, content, found.cue):
                drafts.append(Draft(*span, speaker, found.cue, relays, confidence))
    return anchors, drafts


def _mere_topic(
    analysis: Analysis, index: Index, content: Range, found: Attribution, quoted: Sequence[Quotation]
) -> bool:
    """Whether a content names only what was talked about ("discussed the cable"): no clause, no quotation, and a cue that
    names no act."""
    span = index.span(content)
    if any(q.start < span[1] and span[0] < q.end for q in quoted):
        return False
    if how_meant.cue_act(analysis, found.cue) is not Act.ASSERT:
        return False
    tokens = analysis.tokens
    if tokens[content[0]].text.lower() in _OPENERS:
        return False
    heads = [i for i in range(*content) if not content[0] <= tokens[i].head < content[1]]
    return not any(
        tokens[i].upos in ("VERB", "AUX", "ADV")
        or any(tokens[c].relation.startswith(("nsubj", "cop", "aux")) for c in analysis.children[i])
        for i in heads
    )


def _past_hearers(index: Index, content: Range, relays: Iterable[ChainLink]) -> Range:
    """A content without the outlet that it was told to, where the two run into each other."""
    start = content[0]
    for relay in relays:
        if relay.mention is not None:
            first, last = index.tokens(relay.mention)
            if first <= start < last:
                start = last
    return start, content[1]


def _nobodys(analysis: Analysis, cast: Cast, found: Attribution) -> bool:
    """Whether a cue reports nobody's words: "it seems that", "they know that", "it could ask for"; or those of the one who
    speaks anyway: "I do not mean to say"."""
    lemmas = {analysis.tokens[i].lemma for i in range(*found.cue)}
    below = {analysis.tokens[c].lemma for i in range(*found.cue) for c in analysis.children[i]}
    if lemmas & _SEEMS or lemmas & _KNOWS or (_MIGHT & (lemmas | below) and found.cue[0] not in cast.quoted):
        return True
    if found.source is None or found.source[1] - found.source[0] > 1:
        return False
    return analysis.tokens[found.source[0]].text.lower() in ("i", "we", "you", "one")


def _introduced_before(document: Document, index: Index, content: Range, cue: Range) -> bool:
    """Whether a colon at the end of the paragraph before introduces a content, and not this cue behind it."""
    here = index.paragraph(content[0])
    if here == 0 or index.paragraph(cue[0]) <= here - 1:
        return False
    first, last = index.analysis.paragraphs[here]
    before = index.analysis.tokens[index.analysis.paragraphs[here - 1][1] - 1].text
    return before == ":" and content[0] - first <= 1 and document.text[index.span((first, last))[0]] in MARKS


def _extended(index: Index, content: Range, found: Attribution, quoted: Sequence[Quotation]) -> Span | None:
    """The characters of a content; a quotation that it reaches into is taken whole, unless its cue is quoted too."""
    start, end = index.span(content)
    cue = index.span(found.cue)
    words = content[1] - content[0]
    touched = False
    for quotation in quoted:
        overlap = min(end, quotation.end) - max(start, quotation.start)
        if overlap <= 0:
            continue
        if quotation.start <= cue[0] < quotation.end:
            start, end = max(start, quotation.start), min(end, quotation.end)
            continue
        touched = True
        if 3 * overlap >= min(end - start, quotation.end - quotation.start) and (
            quotation.sound or quotation.start > index.span(index.paragraph_range(content[0]))[0]
        ):
            start, end = min(start, quotation.start), max(end, quotation.end)
    return (start, end) if touched or words >= 3 else None


def unattributed(
    analysis: Analysis, index: Index, cast: Cast, drafts: Sequence[Draft], quoted: Sequence[Quotation]
) -> list[Draft]:
    """Quotations that no cue claims, with the speaker of their neighbourhood: the same quotation a paragraph earlier, a
    cue of the same paragraph, the paragraph before that ends in a colon or whose speaker goes on; else unknown."""
    out: list[Draft] = []
    by_group: dict[int, Draft] = {}
    for quotation in quoted:
        owner = next((d for d in drafts if _covers(d, quotation, index)), None)
        if owner is not None:
            by_group.setdefault(quotation.group, owner)
            continue
        tokens = index.tokens((quotation.start, quotation.end))
        if tokens[0] >= tokens[1]:
            continue
        source = by_group.get(quotation.group) or neighbour(analysis, index, cast, tokens, quotation, [*drafts, *out])
        if _is_scare(analysis, index, tokens) or (
            source is None and tokens[0] > index.sentence_range(tokens[0])[0] + 1
        ):
            continue
        start = quotation.start
        if not quotation.sound and source is not None:
            start = max(
                _past_cue(analysis, index, source.cue, start),
                *(d.end for d in drafts if quotation.start <= d.start and d.end < quotation.end),
                start,
            )
        if source is None:
            draft = Draft(start, quotation.end, Speaker(), None, (), 0.3)
        else:
            confidence = min(source.confidence, 0.9 if quotation.group in by_group else NEARBY)
            draft = replace(source, start=start, end=quotation.end, confidence=confidence)
        by_group.setdefault(quotation.group, draft)
        out.append(draft)
    return out


def _past_cue(analysis: Analysis, index: Index, cue: Range | None, start: int) -> int:
    """Where what is said begins, in a paragraph that lost its opening mark: behind the cue and its "that"."""
    if cue is None or index.span(cue)[0] < start:
        return start
    for i in range(cue[1], min(cue[1] + 10, index.paragraph_range(cue[0])[1])):
        if analysis.tokens[i].text.lower() in ("that", ":"):
            return analysis.tokens[i].end
    return index.span(cue)[1]


def _covers(draft: Draft, quotation: Quotation, index: Index) -> bool:
    """Whether a draft is what a quotation says, and not what somebody within it reports of a third."""
    if draft.cue is not None and quotation.start <= index.span(draft.cue)[0] < quotation.end:
        return False
    overlap = min(draft.end, quotation.end) - max(draft.start, quotation.start)
    return 2 * overlap > quotation.end - quotation.start


def neighbour(
    analysis: Analysis, index: Index, cast: Cast, tokens: Range, quotation: Quotation, drafts: Sequence[Draft]
) -> Draft | None:
    """Whoever is the speaker of a quotation by its neighbourhood."""
    here = index.paragraph(tokens[0])
    opens = analysis.paragraphs[here][0] >= tokens[0] - 1
    placed = []
    for draft in drafts:
        at = index.span(draft.cue)[0] if draft.cue is not None else draft.start
        if (draft.speaker.mention or draft.speaker.actor) and not quotation.start <= at < quotation.end:
            placed.append((index.tokens((at, at + 1))[0], draft))
    if tokens[0] > 0 and analysis.tokens[tokens[0] - 1].text == ":":
        last = index.sentence(tokens[0] - 1)
        before = [(t, d) for t, d in placed if index.sentence(t) == last and t < tokens[0]]
        return max(before, key=lambda pair: pair[0])[1] if before else _of_subject(analysis, index, cast, tokens[0] - 1)
    same = [(abs(t - tokens[0]), d) for t, d in placed if index.paragraph(t) == here]
    if same:
        return min(same, key=lambda pair: pair[0])[1]
    if here == 0 or not opens:
        return None
    before = [(t, d) for t, d in placed if index.paragraph(t) == here - 1]
    return max(before, key=lambda pair: pair[0])[1] if before else None


def _of_subject(analysis: Analysis, index: Index, cast: Cast, colon: int) -> Draft | None:
    """The subject of a sentence without a cue that a colon ends: "She had brought a list to our office:"."""
    first, last = index.sentence_range(colon)
    root = next((i for i in range(first, last) if analysis.tokens[i].head < 0), first)
    for child in analysis.children[root]:
        if analysis.tokens[child].relation.startswith("nsubj"):
            speaker = cast.speaker(*subtree(analysis, child))
            if speaker is not None:
                return Draft(*index.span((colon, colon + 1)), speaker, None, (), NEARBY)
    return None


def _is_scare(analysis: Analysis, index: Index, tokens: Range) -> bool:
    words = [t for t in analysis.tokens[slice(*tokens)] if t.upos not in ("PUNCT", "SYM")]
    first, last = index.sentence_range(tokens[0])
    inside = tokens[0] > first + 1 or tokens[1] < last - 1
    verb = any(t.upos == "VERB" and t.xpos in ("VBD", "VBZ", "VBP", "MD", "VB") for t in words)
    return inside and (len(words) <= SCARE or not verb)


def distinct(drafts: Iterable[Draft], index: Index) -> list[Draft]:
    """Drafts of one speaker that overlap become one; of the same words said by two, the surer stands."""
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end, -d.confidence)):
        merged = False
        for i, other in enumerate(out):
            overlap = min(draft.end, other.end) - max(draft.start, other.start)
            if overlap <= 0:
                continue
            same = draft.speaker.actor == other.speaker.actor and draft.speaker.actor is not None
            nested = draft.cue is not None and other.start <= index.span(draft.cue)[0] < other.end
            if same and not (nested and draft.cue != other.cue):
                out[i] = replace(other, start=min(draft.start, other.start), end=max(draft.end, other.end))
                merged = True
            elif not nested and 5 * overlap > 4 * (draft.end - draft.start):
                unknown = other.speaker.actor is None and draft.speaker.actor is not None
                if unknown or (
                    (draft.start, draft.end) == (other.start, other.end) and draft.confidence > other.confidence
                ):
                    out[i] = draft
                merged = True
            if merged:
                break
        if not merged:
            out.append(draft)
    return out
