"""Chains: through whom a statement reached the reader, from the speaker out to the outlet that published the page."""

from __future__ import annotations

from dragoman.encode import Analysis
from dragoman.encode.labels import RELAYED
from dragoman.model import ActorType, ChainLink, Document, Speaker
from dragoman.ontology.actors import find_names

from .attributions import HEARERS, RELAYS
from .cast import Cast
from .cue_syntax import subject, subtree
from .index import Index, Range
from .names import outlet_id

_TALKS = frozenset(
    "interview statement comment remark conversation article column briefing program programme report".split()
)
RELAY = 0.5
"""Probability of a word that names a relayer, at least."""
_BY = frozenset(("to", "with", "for", "by", "on", "in"))


def link(speaker: Speaker) -> ChainLink:
    return ChainLink(speaker.actor, speaker.name, speaker.mention)


def relayers(analysis: Analysis, index: Index, cue: Range, cast: Cast) -> list[ChainLink]:
    """Those to whom the words of this cue were said, where they publish ("told RFE/RL", "in an interview with X", "in a
    statement to X"), or by whom they are cited ("as cited by X", "X reported")."""
    start, end = index.sentence_range(cue[0])
    tokens = analysis.tokens
    out: list[ChainLink] = []
    for i in range(*cue):
        if tokens[i].lemma in HEARERS:
            out += _media(analysis, index, range(cue[1], min(end, cue[1] + 8)), cast, skip_to="that")
        if tokens[i].lemma in RELAYS and (by := subject(analysis, index, (i, i + 1))) is not None:
            out += _media(analysis, index, range(*by), cast)
    near = range(max(start, cue[0] - 6), min(end, cue[1] + 16))
    for i in near:
        if tokens[i].lemma in _TALKS and tokens[i].upos == "NOUN" and _governed(analysis, i, cue):
            for child in analysis.children[i]:
                first = next(
                    (tokens[c].text.lower() for c in analysis.children[child] if tokens[c].relation == "case"), ""
                )
                if first in _BY:
                    out += _media(analysis, index, range(*subtree(analysis, child)), cast)
        elif tokens[i].lemma in RELAYS and i not in range(*cue):
            out += _media(analysis, index, range(i, min(end, i + 6)), cast)
    for child in (c for i in range(*cue) for c in analysis.children[i]):
        if tokens[child].relation.startswith("obl") and any(
            tokens[c].text.lower() in ("to", "by") for c in analysis.children[child]
        ):
            out += _media(analysis, index, range(*subtree(analysis, child)), cast)
    out += _recognised(analysis, index, cue, cast)
    unique: dict[str | None, ChainLink] = {}
    for item in out:
        unique.setdefault(item.actor, item)
    return list(unique.values())


def _recognised(analysis: Analysis, index: Index, cue: Range, cast: Cast) -> list[ChainLink]:
    """Those whom the head of relayers finds in the sentence of a cue."""
    if analysis.meant is None:
        return []
    start, end = index.sentence_range(cue[0])
    heard = analysis.meant.relays[:, RELAYED.index("relay")] > RELAY
    out: list[ChainLink] = []
    at = start
    while at < end:
        last = at
        while last < end and heard[last] and last not in range(*cue):
            last += 1
        if last > at:
            out += mouths(analysis, index, cast, (at, last))
        at = last + 1
    return out


def mouths(analysis: Analysis, index: Index, cast: Cast, where: Range) -> list[ChainLink]:
    """Who passes words on, named by tokens: the last actor there, else an outlet that no list knows."""
    ids = [id for i in range(*where) for id in cast.actor_at(i)]
    if ids:
        own = [i for i in range(*where) if ids[-1] in cast.actor_at(i)]
        return [ChainLink(ids[-1], cast.actors[ids[-1]].name, index.span((own[0], own[-1] + 1)))]
    start, end = where
    while start < end and analysis.tokens[start].upos in ("DET", "ADP", "PUNCT", "ADJ"):
        start += 1
    if not any(analysis.tokens[i].upos == "PROPN" for i in range(start, end)):
        return []
    name = cast.words(start, end)
    return [ChainLink(outlet_id(name), name, index.span((start, end)))]


def _governed(analysis: Analysis, token: int, cue: Range) -> bool:
    head = analysis.tokens[token].head
    for _ in range(3):
        if head in range(*cue):
            return True
        head = analysis.tokens[head].head if head >= 0 else -1
    return False


def _media(analysis: Analysis, index: Index, where: range, cast: Cast, skip_to: str = "") -> list[ChainLink]:
    """Outlets named in a stretch; organisations that no list knows count as such, since one speaks to a paper or agency."""
    found: list[ChainLink] = []
    for i in where:
        if skip_to and analysis.tokens[i].text.lower() == skip_to:
            break
        for id in cast.actor_at(i):
            actor = cast.actors[id]
            outlet = actor.type is ActorType.OUTLET or (
                actor.type is ActorType.ORGANISATION and id.startswith("org-") and actor.sector in (None, "JRN")
            )
            if outlet and id not in [f.actor for f in found]:
                tokens = [j for j in where if id in cast.actor_at(j)]
                found.append(ChainLink(id, actor.name, index.span((min(tokens), max(tokens) + 1))))
    return found


def outer(document: Document) -> tuple[ChainLink, ...]:
    """The end of every chain: the agency of the dateline or credit, then the outlet of the page, as far as known."""
    out: list[ChainLink] = []
    for part in document.parts:
        if part.label == "dateline":
            out += _agency(document, part.start, part.end)
    if document.outlet:
        name = document.outlet
        listed = [
            n
            for start, end, names in find_names(name.split())
            if start == 0 and end == len(name.split())
            for n in names
        ]
        ids = [n.actor for n in listed if n.actor.type is ActorType.OUTLET]
        actor = ids[0].id if ids else outlet_id(name)
        if actor not in [item.actor for item in out]:
            out.append(ChainLink(actor, ids[0].name if ids else name))
    return tuple(out)


def _agency(document: Document, start: int, end: int) -> list[ChainLink]:
    """ "MOSCOW (Reuters) -": what stands in brackets, or the listed outlet named there."""
    text = document.text[start:end]
    words, spans, at = [], [], 0
    for word in text.replace("(", " ").replace(")", " ").replace(",", " ").split():
        at = text.index(word, at)
        words.append(word)
        spans.append((start + at, start + at + len(word)))
        at += len(word)
    for first, last, names in find_names(words):
        outlets = [n.actor for n in names if n.actor.type is ActorType.OUTLET]
        if outlets:
            return [ChainLink(outlets[0].id, outlets[0].name, (spans[first][0], spans[last - 1][1]))]
    opened, closed = text.find("("), text.find(")")
    if 0 <= opened < closed:
        inside = text[opened + 1 : closed]
        if inside and inside[0].isupper() and len(inside.split()) <= 4 and not any(c.isdigit() for c in inside):
            return [ChainLink(outlet_id(inside), inside, (start + opened + 1, start + closed))]
    return []
