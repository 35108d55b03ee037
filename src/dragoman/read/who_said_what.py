"""Who said what: statements with cue, speaker and chain, from attributions, quotation marks and turns together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.encode import Analysis
from dragoman.model import About, Act, ChainLink, Document, Form, Span, Speaker, Statement, content_id

from . import conditions, how_meant
from .cast import Cast
from .chains import link, outer
from .cuts import cuts
from .drafts import Draft, attributed, distinct, unattributed
from .index import Index, Range
from .own_voice import own_voice
from .quotes import Quotation
from .transcripts import Turn, turns
from .voices import asking, voiced

OWN, SPOKEN = 0.6, 0.8
"""Confidence of what an author says in his own voice, and of the words of a turn."""


def statements(
    document: Document, analysis: Analysis, index: Index, cast: Cast, quoted: Sequence[Quotation]
) -> tuple[Statement, ...]:
    """All statements of a document in the order of the text; inner ones after the ones they stand in."""
    said_in_turn = turns(document, analysis, index, cast)
    if analysis.meant is not None:
        said_in_turn = asking(analysis, index, said_in_turn)
        drafts = voiced(analysis, index, cast, said_in_turn, quoted)
    else:
        anchors, drafts = attributed(document, analysis, index, cast, quoted)
        drafts += unattributed(analysis, index, cast, [*anchors, *drafts], quoted)
    spoken = [(turn, Draft(turn.start, turn.end, turn.speaker, None, (), SPOKEN)) for turn in said_in_turn]
    drafts = _within_turns(_carried(distinct(drafts, index)), [turn for turn, _ in spoken], index)
    around = [*drafts, *(draft for _, draft in spoken)]
    end_of_chain = outer(document)
    out: list[Statement] = []
    for draft in drafts:
        chain = _chain(draft, around, index, end_of_chain)
        out += _cut(document, analysis, index, cast, draft, chain, quoted, _inside(draft, drafts))
    for turn, draft in spoken:
        if not turn.asks:
            chain = _chain(draft, (), index, end_of_chain)
            out += _cut(document, analysis, index, cast, draft, chain, (), _inside(draft, drafts), Form.DIRECT)
    for own in own_voice(document, analysis, index, [(d.start, d.end) for d in around], quoted):
        speaker = Speaker(own.actor, own.name, None, own.mention)
        chain = _unique([link(speaker), *end_of_chain]) if own.name else end_of_chain
        draft = Draft(own.start, own.end, speaker, None, (), OWN)
        out += _cut(document, analysis, index, cast, draft, chain, (), (), Form.OWN)
    return tuple(sorted({s.id: s for s in out}.values(), key=lambda s: (s.start, -s.end, s.id)))


def _carried(drafts: Sequence[Draft]) -> list[Draft]:
    """Whoever told one outlet something said to it, too, what the page lets him say after that, until he tells another."""
    told: dict[str, tuple[ChainLink, ...]] = {}
    out = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        speaker = draft.speaker.actor
        if speaker is not None and draft.relays:
            told[speaker] = draft.relays
        carried = told.get(speaker, ()) if speaker is not None else ()
        out.append(replace(draft, relays=draft.relays or carried))
    return out


def _within_turns(drafts: Sequence[Draft], spoken: Sequence[Turn], index: Index) -> list[Draft]:
    """Within a turn only what its speaker reports of others is a draft of its own, and ends with the turn."""
    out = []
    for draft in drafts:
        turn = next((t for t in spoken if t.start <= draft.start < t.end), None)
        if turn is None:
            out.append(draft)
            continue
        reported = draft.cue is not None and index.span(draft.cue)[0] >= turn.start
        if reported and draft.speaker.actor not in (None, turn.speaker.actor):
            out.append(replace(draft, end=min(draft.end, turn.end)))
    return out


def _chain(
    draft: Draft, drafts: Sequence[Draft], index: Index, end_of_chain: tuple[ChainLink, ...]
) -> tuple[ChainLink, ...]:
    links: list[ChainLink] = []
    seen: list[Draft] = []
    here: Draft | None = draft
    while here is not None and here not in seen:
        seen.append(here)
        links += [link(here.speaker), *here.relays]
        here = _enclosing(here, drafts, index)
    known = [item for item in links if item.actor or item.name or item is links[0]]
    return _unique([*known, *end_of_chain])


def _enclosing(draft: Draft, drafts: Sequence[Draft], index: Index) -> Draft | None:
    place = index.span(draft.cue) if draft.cue is not None else draft.speaker.mention
    if place is None:
        return None
    at = place[0]
    around = [
        d
        for d in drafts
        if d is not draft
        and (d.cue != draft.cue or d.cue is None)
        and d.start <= at < d.end
        and d.start <= draft.start
        and draft.end <= d.end
    ]
    return min(around, key=lambda d: d.end - d.start, default=None)


def _inside(draft: Draft, drafts: Sequence[Draft]) -> list[Draft]:
    size = draft.end - draft.start
    return [d for d in drafts if draft.start <= d.start and d.end <= draft.end and d.end - d.start < size]


def _unique(links: Sequence[ChainLink]) -> tuple[ChainLink, ...]:
    out: list[ChainLink] = []
    for item in links:
        if not out or item.actor is None or item.actor not in [other.actor for other in out]:
            out.append(item)
    return tuple(out)


def _cut(
    document: Document,
    analysis: Analysis,
    index: Index,
    cast: Cast,
    draft: Draft,
    chain: tuple[ChainLink, ...],
    quoted: Sequence[Quotation],
    inside: Sequence[Draft],
    form: Form | None = None,
) -> list[Statement]:
    """One statement an act, and behind a condition its parts. `inside` are others' words within the draft."""
    tokens = index.tokens((draft.start, draft.end))
    cue = index.span(draft.cue) if draft.cue else None
    # What somebody quoted reports of a third is not in that one's own words.
    marks = [q for q in quoted if cue is None or not q.start <= cue[0] < q.end]
    if analysis.meant is not None:
        theirs = {i for other in inside for i in range(*index.tokens((other.start, other.end)))}

        def hint(unit: Range) -> Act:
            direct = form is not None or _form(index.span(unit), marks) is Form.DIRECT
            return how_meant.act(analysis, unit, draft.cue, cast, draft.speaker.actor, direct=direct)

        parts = cuts(analysis, index, tokens, draft.cue, theirs, hint)
    else:
        parts = _cut_by_rules(analysis, index, cast, draft, tokens, marks, form)

    def statement(part: Range, start: int, end: int, meant: Act, parent: str | None = None) -> Statement:
        return Statement(
            content_id("statement", document.id, start, end, draft.speaker.actor, draft.speaker.name),
            document.id,
            start,
            end,
            document.text[start:end],
            form or _form((start, end), marks),
            meant,
            cue,
            draft.speaker,
            chain,
            how_meant.about(analysis, part, meant, cast, draft.speaker.actor, draft.cue),
            draft.confidence,
            parent,
        )

    out: list[Statement] = []
    for n, (part, meant) in enumerate(parts):
        start, end = _trimmed(analysis, index, part, draft, first=n == 0, last=n == len(parts) - 1)
        if sum(token.text[:1].isalpha() for token in analysis.tokens[slice(*part)]) < (1 if draft.speaker.name else 2):
            continue
        whole = statement(part, start, end, meant)
        out.append(whole)
        if analysis.meant is None:
            continue
        for tied in conditions.parts(analysis, part, meant, cast, draft.speaker.actor):
            span = index.span(tied.tokens)
            if start <= span[0] and span[1] <= end and span != (start, end):
                one = statement(tied.tokens, *span, tied.act, whole.id)
                out.append(_required(one, tied.required_of) if tied.act is Act.DEMAND else one)
    return out


def _required(statement: Statement, actor: str | None) -> Statement:
    """A demand that is about whoever it is required of, in the first place."""
    if actor is None:
        return statement
    others = tuple(about for about in statement.about if about.actor != actor)
    mine = next((about for about in statement.about if about.actor == actor), About(actor))
    return replace(statement, about=(mine, *others))


def _cut_by_rules(
    analysis: Analysis,
    index: Index,
    cast: Cast,
    draft: Draft,
    tokens: Range,
    marks: Sequence[Quotation],
    form: Form | None,
) -> list[tuple[Range, Act]]:
    """Neighbouring sentences of one act, where no head of statements tells the acts."""
    parts: list[tuple[Range, Act]] = []
    at = tokens[0]
    while at < tokens[1]:
        end = min(index.sentence_range(at)[1], tokens[1])
        direct = form is not None or _form(index.span((at, end)), marks) is Form.DIRECT
        meant = how_meant.act(analysis, (at, end), draft.cue, cast, draft.speaker.actor, direct=direct)
        short = end - at < 4
        if parts and (parts[-1][1] is meant or short) and index.paragraph(parts[-1][0][0]) == index.paragraph(at):
            parts[-1] = ((parts[-1][0][0], end), parts[-1][1])
        else:
            parts.append(((at, end), meant))
        at = end
    return parts


def _trimmed(
    analysis: Analysis, index: Index, part: Range, draft: Draft, *, first: bool, last: bool
) -> tuple[int, int]:
    start, end = index.span(part)
    if first:
        start = max(start, draft.start)
    if last:
        end = min(end, draft.end) if end > draft.end else end
    tokens = analysis.tokens
    i = part[0]
    while i < part[1] and tokens[i].text in (",", ":", ";", ".", "-", "–", "—"):
        i += 1
        if i < part[1]:
            start = max(start, tokens[i].start)
    j = part[1] - 1
    while j > i and tokens[j].text in (",", ";", ":") and tokens[j].start < end:
        end = min(end, tokens[j - 1].end)
        j -= 1
    return start, end


def _form(span: Span, quoted: Sequence[Quotation]) -> Form:
    inside = sum(max(0, min(span[1], q.end) - max(span[0], q.start)) for q in quoted)
    length = span[1] - span[0]
    if 20 * inside >= 19 * length or length - inside <= 2:
        return Form.DIRECT
    return Form.MIXED if inside > 0 else Form.INDIRECT
