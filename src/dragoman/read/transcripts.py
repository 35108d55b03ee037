"""Turns: who speaks in transcripts, interviews and posts, where a label or a question tells it and no cue does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.encode import Analysis
from dragoman.model import Actor, ActorType, Document, Span, Speaker
from dragoman.ontology.offices import person_id
from dragoman.ontology.phrases import normalise
from dragoman.ontology.roles import find_roles

from .cast import Cast
from .index import Index, Range
from .quotes import MARKS

QUESTION_WORDS = 40
"""Words of a question or another prompt of an interviewer, at most."""
LABEL_WORDS = 6
"""Words of a label, at most."""
SURELY = 3
"""Questions with an answer that make an interview even where the text does not call itself one."""
DENSE = 5
"""At least one paragraph in so many has a label where those without one go on what was said before."""
_LABEL = re.compile(
    r"[\s*•]*(?P<label>@?[^\W\d_][^\n:—–?!“”\"]{0,60}?)\s*(?:[(\[][^()\[\]\n]{1,50}[)\]])?"
    r"\s*(?::(?=\s|$|[“\"])|\s[—–](?=\s))\s*"
)
_POST = re.compile(
    r"\s*(?P<label>@?[^\W\d_][^\n:,·|]{1,50}?)\s*[,·|]\s*(?:\d{1,2}[:.]\d\d\b[^\n]{0,20}|\d{1,2} ?(?:h|m|min)\b)\s*$"
)
_LETTER = re.compile(r"\s*(?P<label>[QA])(?:\.\s+|\s+(?=[A-Z“\"]))")
_TITLES = frozenset("mr mrs ms miss dr prof sir dame lord lady hon".split())
_PARTICLES = frozenset("of the de la le du da di van von der den bin al el and y e for".split())
_ASKS = frozenset("q question host interviewer moderator journalist reporter correspondent anchor presenter".split())
_ANSWERS = frozenset("a answer interviewee guest".split())
_INTRODUCES = frozenset("ask interview speak talk meet question visit".split())
_TALKS = frozenset("interview conversation talk chat".split())
_SAYS = frozenset("say claim argue insist believe accuse deny".split())
_FIRST = frozenset("i me my we us our".split())


@dataclass(frozen=True, slots=True)
class Turn:
    """The characters of what one speaker says in one go, without the label, which is None where there is none.

    Where he `asks`, the words are an interviewer's: no statement of his own, but he relays what he reports in them.
    """

    start: int
    end: int
    speaker: Speaker
    label: Span | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class _Paragraph:
    tokens: Range
    start: int
    """Where its line begins, be it with a label that passes for a dateline and is no running text."""
    end: int
    text: str


def turns(document: Document, analysis: Analysis, index: Index, cast: Cast) -> list[Turn]:
    """The turns of a document in the order of the text; none where it is no transcript, interview or row of posts."""
    begun = {_line(document, p.start): p.start for p in document.parts if p.label == "dateline"}
    paragraphs = []
    for tokens in analysis.paragraphs:
        start, end = index.span(tokens)
        start = min(start, begun.get(_line(document, start), start))
        paragraphs.append(_Paragraph(tokens, start, end, document.text[start:end]))
    return _labelled(document, index, cast, paragraphs) or _interview(document, index, cast, paragraphs)


def _line(document: Document, at: int) -> int:
    return document.text.rfind("\n", 0, at) + 1


def _labelled(document: Document, index: Index, cast: Cast, paragraphs: Sequence[_Paragraph]) -> list[Turn]:
    found = [_LABEL.match(p.text) or _POST.match(p.text) or _LETTER.match(p.text) for p in paragraphs]
    labels = [m["label"] if m and _is_short(m["label"]) else "" for m in found]
    keys = [normalise(label) for label in labels]
    people = _surnames(cast)
    known = {key for key, label in zip(keys, labels, strict=True) if key and _speaks(label, people)}
    often = Counter(keys)
    placed = [n for n, key in enumerate(keys) if key in known or (key and known and often[key] > 1)]
    if len(placed) < 2 or {keys[n] for n in placed} <= _ANSWERS:
        return []
    dense = DENSE * len(placed) > placed[-1] - placed[0]
    guest = _introduced(document, index, cast, paragraphs[: placed[0]])
    speakers: dict[str, Speaker] = {}
    out: list[Turn] = []
    for n, after in zip(placed, [*placed[1:], len(paragraphs)], strict=True):
        match, label, key = found[n], labels[n], keys[n]
        if match is None:
            continue
        at = paragraphs[n].start + match.start("label")
        mention = at, at + len(label)
        if key not in speakers:
            speakers[key] = _speaker(label, mention, index, cast, people, guest)
        start, end = paragraphs[n].start + match.end(), paragraphs[n].end
        alone = start >= end and n + 1 < after
        start = paragraphs[n + 1].start if alone else start
        for m in range(n + 1, after):
            if labels[m] or _ends_turn(paragraphs[m], speakers[key]) or not (dense or alone):
                break
            end = paragraphs[m].end
        if start < end:
            out.append(Turn(start, end, replace(speakers[key], mention=mention), mention, key in _ASKS))
    return _hosts(document, out)


def _hosts(document: Document, said: Sequence[Turn]) -> list[Turn]:
    """Marks the turns of one who only asks, twice at least, while somebody else answers."""
    names = Counter(turn.speaker.name for turn in said)
    asked = Counter(turn.speaker.name for turn in said if document.text[turn.start : turn.end].endswith("?"))
    hosts = {name for name, times in names.items() if 2 <= times == asked[name]}
    return [replace(turn, asks=turn.asks or (turn.speaker.name in hosts and len(names) > 1)) for turn in said]


def _is_short(label: str) -> bool:
    """Whether a label has the form of a name or title: few words, all but particles capitalised."""
    words = re.findall(r"[\w.'’-]+", label)
    named = all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
    return 0 < len(words) <= LABEL_WORDS and (named or label.startswith("@"))


def _speaks(label: str, people: dict[str, Actor]) -> bool:
    """Whether a label can only be a speaker: Q and A, a title, a role of a person, a name of the cast."""
    words = normalise(label).split()
    role = any(role.kind == "person" for _, _, role in find_roles([word.lower() for word in label.split()]))
    return (len(words) == 1 and words[0] in _ASKS | _ANSWERS) or words[0] in _TITLES or role or words[-1] in people


def _surnames(cast: Cast) -> dict[str, Actor]:
    """The persons of a cast by the first word of each of their names, and by the last, which counts for more."""
    people = [actor for actor in cast.actors.values() if actor.type is ActorType.PERSON]
    names = [(normalise(name).split(), actor) for actor in people for name in (*actor.aliases, actor.name)]
    found = {words[0]: actor for words, actor in names if len(words[0:1]) and len(words[0]) > 2}
    return found | {words[-1]: actor for words, actor in names if words and len(words[-1]) > 2}


def _speaker(
    label: str, mention: Span, index: Index, cast: Cast, people: dict[str, Actor], guest: Speaker | None
) -> Speaker:
    key = normalise(label)
    if key in _ASKS:
        return Speaker(None, label, None, mention)
    if key in _ANSWERS:
        return guest or Speaker()
    actor = people.get(key.split()[-1])
    if actor is None:
        at = index.tokens(mention)
        listed = [id for i in range(*at) for id in cast.actor_at(i) if cast.actors[id].type is not ActorType.GROUP]
        words = label.split()
        titled = max((end for start, end, _ in find_roles([word.lower() for word in words]) if start == 0), default=0)
        titled = titled or int(normalise(words[0]) in _TITLES)
        name = " ".join(words[titled:] or words)
        actor = cast.actors[listed[0]] if listed else Actor(person_id(name, None), name, ActorType.PERSON)
        cast.know(actor)
        if not listed and 0 < titled < len(words) and normalise(words[0]) not in _TITLES:
            return Speaker(actor.id, name, " ".join(words[:titled]), mention)
    return Speaker(actor.id, cast.name(actor.id), cast.role(actor.id), mention)


def _ends_turn(paragraph: _Paragraph, speaker: Speaker) -> bool:
    """Whether a paragraph without a label is not what the speaker before it goes on to say: a remark in brackets, a
    heading, or a text that names him."""
    text = paragraph.text.strip()
    heading = len(text.split()) <= 8 and text[-1:].isalnum()
    surname = (speaker.name or "").split()[-1:] if speaker.actor else []
    named = not set(surname).isdisjoint(re.findall(r"[\w-]+", text))
    return heading or named or (text[:1] in "([" and text[-1:] in ")]")


def _interview(document: Document, index: Index, cast: Cast, paragraphs: Sequence[_Paragraph]) -> list[Turn]:
    """Questions in paragraphs of their own with answers between them, by the one whom the text before them introduces."""
    asked = [_is_question(p) for p in paragraphs]
    first = next((n for n in range(len(asked) - 1) if asked[n] and not asked[n + 1]), None)
    if first is None:
        return []
    answered = sum(one and not two for one, two in zip(asked[first:], asked[first + 1 :], strict=False))
    often = answered >= SURELY and DENSE * sum(asked) >= len(asked) - first
    guest = _introduced(document, index, cast, paragraphs[:first], sure=often)
    if guest is None or answered < 2 or DENSE * sum(asked) < len(asked) - first:
        return []
    author = document.author
    host = Speaker(person_id(author, None), author) if author else Speaker()
    last = max(n for n, asks in enumerate(asked) if asks)
    out: list[Turn] = []
    for n in range(first, len(paragraphs)):
        here = paragraphs[n]
        label = _LABEL.match(here.text)
        if n > last + 1 and (_ends_turn(here, guest) or (label and len(label["label"].split()) <= 2)):
            break
        between = 0 < n < len(paragraphs) - 1 and not asked[n - 1] and not asked[n + 1]
        asks = asked[n] or (between and _prompts(index, here))
        if out and out[-1].asks == asks:
            out[-1] = replace(out[-1], end=here.end)
        else:
            out.append(Turn(here.start, here.end, host if asks else guest, None, asks))
    return out


def _is_question(paragraph: _Paragraph) -> bool:
    text = paragraph.text.strip(" \t*_")
    return text.endswith("?") and text[0] not in MARKS and len(text.split()) <= QUESTION_WORDS


def _prompts(index: Index, paragraph: _Paragraph) -> bool:
    """Whether a short paragraph between answers puts what a third party says to the guest."""
    tokens = index.analysis.tokens[slice(*paragraph.tokens)]
    says = any(token.lemma in _SAYS and token.xpos in ("VBP", "VBZ") for token in tokens)
    one = index.sentence(paragraph.tokens[0]) == index.sentence(paragraph.tokens[1] - 1)
    return one and says and len(tokens) <= QUESTION_WORDS and not {token.text.lower() for token in tokens} & _FIRST


def _introduced(
    document: Document, index: Index, cast: Cast, before: Sequence[_Paragraph], *, sure: bool = False
) -> Speaker | None:
    """The person interviewed: the first one named behind "we asked", "spoke to" or "interview with" ahead of the first
    question; else the only person named there, where the page calls itself an interview; the last one where questions and answers
    make that `sure`."""
    tokens = index.analysis.tokens
    people = {
        i: id
        for paragraph in before
        for i in range(*paragraph.tokens)
        for id in cast.actor_at(i)
        if cast.actors[id].type is ActorType.PERSON
    }
    for i in (i for paragraph in before for i in range(*paragraph.tokens)):
        if tokens[i].lemma in (_INTRODUCES if tokens[i].upos == "VERB" else _TALKS):
            behind = next((j for j in range(i + 1, index.sentence_range(i)[1]) if j in people), None)
            if behind is not None:
                return cast.speaker(behind, behind + 1)
    heads = " ".join(document.text[p.start : p.end] for p in document.parts).lower()
    only = next(iter(people), None)
    if len(set(people.values())) > 1 and sure:
        last = max(people)
        return cast.speaker(last, last + 1)
    talks = sure or not _TALKS.isdisjoint(re.findall(r"\w+", heads))
    return cast.speaker(only, only + 1) if only is not None and talks and len(set(people.values())) == 1 else None
