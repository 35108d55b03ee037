"""Attributions: a cue with its source and contents, as token ranges, from the attribution head or from syntax alone."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.encode import Analysis, RoleSpan
from dragoman.ontology import cues

from .cue_syntax import Attribution, subject, subtree, syntactic
from .index import Index, Range

HEARERS = frozenset(["tell", "inform", "brief", "assure", "remind", "advise", "notify"])
"""Verbs whose object is the one spoken to."""
RELAYS = frozenset(("quote", "cite", "relay"))
"""Verbs whose subject passes on what their object says."""
UNDERTAKE = frozenset("agree decide plan prepare begin start try continue fail manage want like need".split())
"""Verbs whose infinitive is what somebody does or means to do."""
CERTAIN = 0.5
"""Mean probability that a span needs to be taken up."""
AWAY = 2
"""Sentences between a cue and a content outside its own sentence, at most."""
_MARKS = frozenset(',."”;:—–')
REACH = 10
"""Tokens of a subject behind its cue, at most."""
GAP = 3
"""Tokens between two parts of one content that may be passed over when they belong to no other part."""


def attributions(analysis: Analysis, index: Index) -> list[Attribution]:
    """All attributions of a document: those of the attribution head, and by syntax those that it left out. Cues without
    a content in their own paragraph ("he said:") are among them."""
    found = _tagged(analysis, index) if analysis.roles else []
    covered = {i for a in found if a.contents for i in range(*a.cue)}
    found += [a for a in syntactic(analysis, index) if not covered & set(range(*a.cue))]
    return sorted(found, key=lambda a: a.cue)


def _tagged(analysis: Analysis, index: Index) -> list[Attribution]:
    by_cue = {r.start: Attribution((r.start, r.end), None, [], r.score) for r in analysis.roles if r.role == "cue"}
    for role in analysis.roles:
        owner = by_cue.get(_linked(index, role, by_cue))
        if owner is None or role.role == "cue" or role.score < CERTAIN:
            continue
        if abs(index.paragraph(role.start) - index.paragraph(owner.cue[0])) > 1:
            continue
        if role.role == "content":
            owner.contents.append((role.start, role.end))
        elif abs(index.sentence(role.start) - index.sentence(owner.cue[0])) > 1 or _hears(analysis, role.start, owner):
            continue
        elif owner.source and 0 <= role.start - owner.source[1] <= GAP and owner.cue[0] not in range(*owner.source):
            owner.source = (owner.source[0], role.end)
        elif owner.source is None or _nearer(role.start, owner.source[0], owner.cue[0]):
            owner.source = (role.start, role.end)
    for attribution in by_cue.values():
        attribution.source = _bare(analysis, attribution.source)
        joined = _joined(index, attribution.contents, attribution, by_cue)
        near = [_behind_that(analysis, c, attribution.cue) for c in joined if _belongs(index, c, attribution.cue)]
        attribution.contents = near
        away = attribution.source and index.sentence(attribution.source[0]) != index.sentence(attribution.cue[0])
        quoted = _quoted_person(analysis, attribution.cue)
        inverted = _inverted(analysis, attribution)
        if quoted is not None:
            attribution.source = quoted
        elif inverted is not None:
            attribution.source = inverted
            attribution.contents = [c for c in attribution.contents if c[1] <= inverted[0] or c[0] >= inverted[1]]
        elif attribution.source is None or away:
            attribution.source = subject(analysis, index, attribution.cue) or attribution.source
        attribution.contents = [c for c in attribution.contents if not _undertaking(analysis, c, attribution.cue)]
        _reach_back(analysis, index, attribution)
    return [a for a in by_cue.values() if not _merely_expected(analysis, a)]


def _linked(index: Index, role: RoleSpan, cues_: Iterable[int]) -> int:
    """The cue of a source or content: the one it is linked to, but one of its own sentence before one of another."""
    first, last = index.sentence(role.start), index.sentence(role.end - 1)
    if role.role == "cue" or (role.link >= 0 and first <= index.sentence(role.link) <= last):
        return role.link
    own = [c for c in cues_ if first <= index.sentence(c) <= last and not role.start <= c < role.end]
    return min(own, key=lambda c: min(abs(c - role.end), abs(role.start - c)), default=role.link)


def _behind_that(analysis: Analysis, content: Range, cue: Range) -> Range:
    """A content without those who were told it, or when: "told | a meeting on Friday | that ..."."""
    start, end = content
    if not cue[1] <= start <= cue[1] + 2:
        return content
    for i in range(start, min(end - 2, start + REACH)):
        token = analysis.tokens[i]
        if token.lemma == "that" and token.relation == "mark":
            return i, end
        if token.upos in ("VERB", "AUX", "PUNCT"):
            break
    return content


def _bare(analysis: Analysis, source: Range | None) -> Range | None:
    """A source without the marks at its ends; None where nothing else is in it."""
    if source is None:
        return None
    start, end = source
    while start < end and analysis.tokens[start].upos == "PUNCT":
        start += 1
    while start < end and analysis.tokens[end - 1].upos == "PUNCT":
        end -= 1
    return (start, end) if start < end else None


def _reach_back(analysis: Analysis, index: Index, attribution: Attribution) -> None:
    """A content that ends before its source and cue at the end of a sentence begins where the sentence does, unless
    somebody else's words stand before it."""
    first = index.sentence_range(attribution.cue[0])[0]
    if not attribution.contents or attribution.source is None or attribution.source[1] > attribution.cue[0]:
        return
    start, end = attribution.contents[0]
    if not (first < start < end <= attribution.source[0]) or len(attribution.contents) > 1:
        return
    verbs = cues.verbs()
    said = (i for i in range(first, start) if analysis.tokens[i].upos == "VERB")
    if not any((cue := verbs.get(analysis.tokens[i].lemma)) is not None and cue.kind == "say" for i in said):
        attribution.contents[0] = (first, end)


def _undertaking(analysis: Analysis, content: Range, cue: Range) -> bool:
    """Whether "to" do something is what they agreed or decided, an event and nobody's words."""
    first = analysis.tokens[content[0]]
    return first.upos == "PART" and any(analysis.tokens[i].lemma in UNDERTAKE for i in range(*cue))


def _belongs(index: Index, content: Range, cue: Range) -> bool:
    """Whether a content shares its cue's sentence, or is most of a sentence a little way off."""
    own = index.sentence(cue[0])
    first, last = index.sentence(content[0]), index.sentence(content[1] - 1)
    if first <= own <= last:
        return True
    length = sum(b - a for a, b in index.analysis.sentences[first : last + 1])
    return min(abs(first - own), abs(last - own)) <= AWAY and 5 * (content[1] - content[0]) >= 3 * length


def _merely_expected(analysis: Analysis, attribution: Attribution) -> bool:
    """A passive of thinking or wanting without an agent ("is expected to visit") reports nobody's words."""
    tokens, verbs = analysis.tokens, cues.verbs()
    for i in range(*attribution.cue):
        children = [tokens[c].relation for c in analysis.children[i]]
        cue = verbs.get(tokens[i].lemma)
        if tokens[i].xpos == "VBN" and "aux:pass" in children and "obl:agent" not in children:
            return cue is None or cue.kind in ("think", "want") or cue.lemma in ("expect", "set", "schedule")
    return False


def _quoted_person(analysis: Analysis, cue: Range) -> Range | None:
    """The one who is quoted, where the subject only quotes: "the agency quoted X as saying", "the paper cites X"."""
    tokens = analysis.tokens
    for i in range(*cue):
        if tokens[i].lemma in RELAYS and tokens[i].upos == "VERB":
            for child in analysis.children[i]:
                if tokens[child].relation == "obj" and tokens[child].upos in ("PROPN", "NOUN"):
                    return subtree(analysis, child, stop=("acl:relcl", "acl", "parataxis"))
    return None


def _hears(analysis: Analysis, token: int, attribution: Attribution) -> bool:
    """Whether a source is rather the one who is told: the words right behind "told"."""
    first, last = attribution.cue
    told = any(analysis.tokens[i].lemma in HEARERS for i in range(first, last))
    return told and last <= token <= last + 3


def _nearer(first: int, second: int, cue: int) -> bool:
    return abs(first - cue) < abs(second - cue)


def _inverted(analysis: Analysis, attribution: Attribution) -> Range | None:
    """The subject behind the cue in ", insisted the minister, ...", where the source was taken to stand before it."""
    tokens = analysis.tokens
    first, last = attribution.cue
    if last - first != 1 or first == 0 or tokens[first - 1].text not in _MARKS or last >= len(tokens):
        return None
    if attribution.source is not None and attribution.source[0] >= last:
        return None
    if tokens[last].upos not in ("DET", "PROPN", "NOUN", "ADJ") or tokens[last].xpos == "WDT":
        return None
    end = last
    while end < min(len(tokens), last + REACH) and tokens[end].text not in _MARKS:
        if tokens[end].upos in ("VERB", "AUX", "SCONJ", "PRON"):
            return None
        end += 1
    return (last, end) if end < len(tokens) and tokens[end].text in (",", ".") else None


def _joined(index: Index, parts: Iterable[Range], attribution: Attribution, cues_: Iterable[int]) -> list[Range]:
    """Parts of one content become one where they stand in one sentence, unless a cue or the source stands between."""
    blocked = {*range(*attribution.cue), *(range(*attribution.source) if attribution.source else ()), *cues_}
    out: list[Range] = []
    for start, end in sorted(parts):
        between = range(out[-1][1], start) if out else range(0)
        together = out and (start - out[-1][1] <= GAP or index.sentence(out[-1][1] - 1) == index.sentence(start))
        if together and not blocked & set(between):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
