"""Own voice: what the author of commentary claims or wants himself; plain reporting has none.

Whether a text is commentary is told by a score over its own sentences, those that are not mostly somebody else's words:
the share of them with each sign times its weight in `WEIGHTS`, and what stands around the text: a label such as "Opinion",
a disclaimer of the author's views, a byline. Read-outs, press reviews, interviews, live blogs and what an agency sends are
never commentary, nor is a text that is mostly others' words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files

import numpy as np

from dragoman.encode import Analysis
from dragoman.encode.labels import VOICES
from dragoman.errors import OntologyError
from dragoman.model import Document, Span
from dragoman.ontology import cues
from dragoman.ontology.offices import person_id

from .chains import outer
from .index import Index, Range
from .quotes import Quotation

WEIGHTS = {"person": 1.2, "duty": 2.0, "asks": 1.5, "generic": 1.5, "discourse": 1.0, "judgement": 1.0, "forecast": 0.7}
"""What a share of 1 of the own sentences with a sign adds to the score."""
LABELLED, DISCLAIMED, SIGNED = 0.7, 0.7, 0.15
"""What a label of opinion, a disclaimer of the author's views and a byline add to it."""
COMMENTARY = 0.65
"""Score from which a text is commentary, where..."""
OPINION, AROUND, CLAIM = 0.32, 0.3, 0.4
"""With a head of voices: the score from which a text is commentary, the weight of what stands around it, and the probability from
which a sentence claims something."""
SENTENCES, SHARE, SPREAD = 4, 0.5, 2
"""...so many sentences and such a share of its words are its own, with signs in so many and a third of its paragraphs (in one
where the page itself is labelled)."""
FOREIGN = 0.3
"""Share of a sentence in others' words up to which it is the author's own."""
_CLOCK = re.compile(r"^\s*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s*[ap]\.?m\.?)?\s*(?:$|[–—-])", re.MULTILINE)
_NAME = r"(?P<name>[^\W\d_][\w.'’-]*(?:[ \t]+[^\W\d_][\w.'’-]*){1,3})"
_SIGNATURE = re.compile(
    rf"^[ \t]*(?:[Bb]y[ \t]+)?{_NAME}"
    r"(?:[ \t]*[,|·•–—-][ \t]*|[ \t]*\n[ \t]*)(?=[^\n]{0,40}\b(?:19|20)\d\d\b)[^\n]{4,40}$",
    re.MULTILINE,
)
_SIGNED = re.compile(
    r"(?:\b(?:[Bb]log|[Ww]eblog|[Cc]olumn|[Cc]ommentary|[Oo]pinion|[Nn]otebook|[Ee]ssay) by "
    rf"|^[ \t]*Yours (?:etc|sincerely|faithfully|truly)[.,]*[ \t\n]+){_NAME}(?=[ \t]*(?:$|,))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Signs:
    """The words of `own_voice.json`, by what they are a sign of."""

    persons: Set[str]
    asking: Set[str]
    duties: Set[str]
    duty_phrases: Set[str]
    forecasts: Set[str]
    generic: Set[str]
    openers: Set[str]
    discourse: Set[str]
    discourse_phrases: Set[str]
    judgements: Set[str]
    labels: Set[str]
    disclaimers: Set[str]
    boards: Set[str]
    reports: Set[str]


@dataclass(frozen=True, slots=True)
class Own:
    """A stretch of sentences in the author's own voice; `name` is None where no author and no outlet is known."""

    start: int
    end: int
    actor: str | None
    name: str | None
    mention: Span | None


@dataclass(frozen=True, slots=True)
class _Sentence:
    tokens: Range
    paragraph: int
    own: bool
    signs: Set[str]
    past: bool
    """Whether its main verb tells of the past."""
    named: bool
    """Whether it names somebody or gives a number."""


@lru_cache(maxsize=1)
def signs() -> Signs:
    """The signs of own voice. Raises OntologyError where the file lacks one of them."""
    loaded = json.loads(files("dragoman.ontology").joinpath("data", "own_voice.json").read_text("utf-8"))
    names = [field.name for field in fields(Signs)]
    if set(loaded) - {"about"} != set(names):
        raise OntologyError(f"own_voice.json: its keys must be {', '.join(names)}")
    return Signs(**{name: frozenset(loaded[name]) for name in names})


def own_voice(
    document: Document, analysis: Analysis, index: Index, said: Sequence[Span], quoted: Sequence[Quotation]
) -> list[Own]:
    """The sentences of commentary in which its author claims or wants something, one stretch a run of them within a
    paragraph; none where the text is plain reporting. `said` are the words of others, `quoted` is between marks."""
    sentences = _sentences(analysis, index, said, quoted)
    claimed = _by_head(document, analysis, sentences) if analysis.meant is not None else frozenset()
    if not claimed and not _is_commentary(document, sentences):
        return []
    actor, name, mention = _author(document)
    runs: list[Range] = []
    for n, sentence in enumerate(sentences):
        follows = (
            bool(n and runs) and runs[-1][1] == sentence.tokens[0] and sentences[n - 1].paragraph == sentence.paragraph
        )
        claims = n in claimed if claimed else _claims(sentences, n, follows=follows)
        if not claims or (name and analysis.text.startswith(name, index.span(sentence.tokens)[0])):
            continue
        if follows:
            runs[-1] = (runs[-1][0], sentence.tokens[1])
        else:
            runs.append(sentence.tokens)
    return [Own(*index.span(run), actor, name, mention) for run in runs]


def _sentences(analysis: Analysis, index: Index, said: Sequence[Span], quoted: Sequence[Quotation]) -> list[_Sentence]:
    others = {i for span in (*said, *((q.start, q.end) for q in quoted)) for i in range(*index.tokens(span))}
    out = []
    for first, last in analysis.sentences:
        foreign = sum(i in others for i in range(first, last))
        own = last - first >= 3 and foreign <= FOREIGN * (last - first) and not _reports(analysis, first, last)
        tokens = analysis.tokens[first:last]
        named = any(t.upos in ("PROPN", "NUM") for t in tokens[1:])
        found = _signs(analysis, first, last) if own else frozenset()
        out.append(_Sentence((first, last), index.paragraph(first), own, found, _past(analysis, first, last), named))
    return out


def _reports(analysis: Analysis, first: int, last: int) -> bool:
    """Whether a sentence tells what a third party says, or whose views the text holds."""
    tokens, verbs = analysis.tokens, cues.verbs()
    words = " ".join(token.text.lower() for token in tokens[first:last])
    if "according to" in words or any(phrase in words for phrase in signs().disclaimers):
        return True
    for i in range(first, last):
        cue = verbs.get(tokens[i].lemma) if tokens[i].xpos in ("VBD", "VBZ", "VBP", "VBG") else None
        if cue is not None and cue.kind == "say":
            below = {tokens[c].relation: tokens[c].text.lower() for c in analysis.children[i]}
            subject = below.get("nsubj")
            if subject and subject not in signs().persons and {"ccomp", "parataxis"} & set(below):
                return True
    return False


def _signs(analysis: Analysis, first: int, last: int) -> Set[str]:
    listed, tokens = signs(), analysis.tokens[first:last]
    words = [token.text.lower().replace("’", "'") for token in tokens]
    text, once = f" {' '.join(words)} ", set(words)
    found = set()
    for word, token in zip(words, tokens, strict=True):
        if word in listed.persons and token.upos != "PROPN" and token.text != "US":
            asked = token.head >= 0 and analysis.tokens[token.head].lemma in listed.asking
            found |= set() if asked else {"person"}
        elif token.xpos == "MD" and token.lemma in listed.duties:
            found.add("duty")
        elif word in listed.forecasts or (token.xpos == "MD" and token.lemma == "will"):
            found.add("forecast")
        elif word in listed.generic and token.upos == "PRON" and token.relation.startswith("nsubj"):
            found.add("generic")
    if _holds(text, listed.duty_phrases):
        found.add("duty")
    if {"?", "!"} & set(words[-2:]):
        found.add("asks")
    if words[0] in listed.openers or once & listed.discourse or _holds(text, listed.discourse_phrases):
        found.add("discourse")
    if once & listed.judgements:
        found.add("judgement")
    return frozenset(found)


def _holds(text: str, phrases: Set[str]) -> bool:
    return any(f" {phrase} " in text for phrase in phrases)


def _past(analysis: Analysis, first: int, last: int) -> bool:
    tokens = analysis.tokens
    for i in range(first, last):
        if not first <= tokens[i].head < last:
            verbs = [tokens[c] for c in analysis.children[i] if tokens[c].relation in ("cop", "aux", "aux:pass")]
            return any(t.xpos == "VBD" for t in (tokens[i], *verbs)) and all(t.xpos != "MD" for t in verbs)
    return False


def _is_commentary(document: Document, sentences: Sequence[_Sentence]) -> bool:
    own = [sentence for sentence in sentences if sentence.own]
    words = sum(s.tokens[1] - s.tokens[0] for s in own)
    paragraphs = {s.paragraph for s in own}
    spread = {s.paragraph for s in own if s.signs - {"forecast"}}
    if len(own) < SENTENCES or words < SHARE * sum(s.tokens[1] - s.tokens[0] for s in sentences):
        return False
    score = sum(weight * sum(sign in s.signs for s in own) / len(own) for sign, weight in WEIGHTS.items())
    around = _around(document)
    told = around >= LABELLED  # the page itself says that it is commentary
    if _is_report(document) or not spread or (not told and (len(spread) < SPREAD or 3 * len(spread) < len(paragraphs))):
        return False
    return score + around >= COMMENTARY


def _by_head(document: Document, analysis: Analysis, sentences: Sequence[_Sentence]) -> Set[int]:
    """The sentences that the head of voices takes for the author's own claims, in a text that is commentary by the mean of
    all its own sentences and by what stands around it."""
    assert analysis.meant is not None
    voices = analysis.meant.voices
    own = {n: voices[slice(*s.tokens)].mean(0) for n, s in enumerate(sentences) if s.own}
    if not own or _is_report(document):
        return frozenset()
    score = float(np.mean([mean[VOICES.index("own")] for mean in own.values()])) + AROUND * _around(document)
    plain = VOICES.index("report")
    return frozenset(n for n, mean in own.items() if 1 - mean[plain] >= CLAIM) if score >= OPINION else frozenset()


def _headlines(document: Document) -> str:
    heads = [document.text[p.start : p.end] for p in document.parts if p.label == "headline"]
    return " ".join(re.findall(r"[\w'&-]+", " ".join([*heads, document.title or ""]).lower().replace("’", "'")))


def _kicker(document: Document) -> str:
    """The two short lines above the headline, where a page names the section: "EDITORIAL"; no row of a menu."""
    first = min((p.start for p in document.parts if p.label == "headline"), default=_first_paragraph(document))
    lines = [line for line in document.text[:first].splitlines() if line.strip()][-2:]
    short = [line for line in lines if len(line.split()) <= 6 and len(re.findall(r"[|·•/]", line)) <= 1]
    return " ".join(re.findall(r"[\w'&-]+", " ".join(short).lower().replace("’", "'")))


def _is_report(document: Document) -> bool:
    agency = any(p.label == "dateline" and "(" in document.text[p.start : p.end] for p in document.parts)
    blog = len(_CLOCK.findall(document.text)) >= SPREAD
    return agency or blog or _holds(f" {_headlines(document)} ", signs().reports)


def _around(document: Document) -> float:
    labelled = _holds(f" {_headlines(document)} {_kicker(document)} ", signs().labels)
    text = " ".join(document.text.lower().replace("’", "'").split())
    disclaimed = any(phrase in text for phrase in signs().disclaimers)
    return LABELLED * labelled + DISCLAIMED * disclaimed + SIGNED * bool(_signature(document)[0])


def _claims(sentences: Sequence[_Sentence], n: int, *, follows: bool) -> bool:
    """Whether an own sentence claims something: not one that merely leads in others' words, nor one that tells of the
    past, unless it `follows` a claim and names nobody, or stands between two."""
    here = sentences[n]
    if not here.own:
        return False
    after = n + 1 < len(sentences) and sentences[n + 1].paragraph == here.paragraph
    if _opinion(here):
        return bool(here.signs) or follows or not after or sentences[n + 1].own
    return follows and (not here.named or (after and _opinion(sentences[n + 1])))


def _opinion(sentence: _Sentence) -> bool:
    return sentence.own and bool(sentence.signs - {"person"} or not sentence.past)


def _author(document: Document) -> tuple[str | None, str | None, Span | None]:
    """Who speaks in commentary: the person of the byline; for a board or where nobody signs, the outlet."""
    name, mention = _signature(document)
    if name and not signs().boards & set(name.lower().split()):
        return person_id(name, None), name, mention
    outlet = outer(document)[-1:]
    return (outlet[0].actor, outlet[0].name, None) if outlet else (None, None, None)


def _signature(document: Document) -> tuple[str | None, Span | None]:
    """The author and where he is named; also a name above the body that a date follows, where no byline was found."""
    if document.author:
        at = document.text.find(document.author)
        return document.author, (at, at + len(document.author)) if at >= 0 else None
    heads = [p.end for p in document.parts if p.label == "headline"]
    found = _SIGNATURE.search(document.text, heads[0] if heads else 0, _first_paragraph(document))
    if found is None:
        found = _SIGNED.search(document.text)
    if (
        found is None
        or found["name"] == document.outlet
        or not all(word[0].isupper() or len(word) <= 3 for word in found["name"].split())
    ):
        return None, None
    return found["name"], found.span("name")


def _first_paragraph(document: Document) -> int:
    """Where the running text begins: the first full line of the body."""
    for start, end in document.body:
        for line in re.finditer(r"[^\n]{80,}", document.text[start:end]):
            return start + line.start()
    return 0
