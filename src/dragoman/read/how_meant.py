"""How a statement is meant: its act, told by the cue where that names one, else by the words of the content."""

from __future__ import annotations

import numpy as np

from dragoman.encode import Analysis
from dragoman.model import About, Act, ActorType
from dragoman.ontology import cues
from dragoman.ontology.acts import Signs, signs

from .cast import Cast
from .index import Range
from .names import head_of

_ORDER = (
    Act.CONDITION,
    Act.REJECT,
    Act.THREATEN,
    Act.DEMAND,
    Act.PROMISE,
    Act.DENY,
    Act.ACCUSE,
    Act.PRAISE,
    Act.PREDICT,
)
_FIRST = frozenset(("i", "we"))
_ASSURES = frozenset(("assure", "reassure", "guarantee"))
_BRANDS = frozenset(("call", "brand", "dub", "label", "describe", "characterise", "characterize"))
_NOBODY = frozenset(("nobody", "nothing", "none"))
_NEGATIVE = frozenset(("not", "n't", "unless", "again", "never", "continue", "continues"))
LEANING = 2.0
"""What an act that is for or against somebody adds to that polarity, in natural logarithms of probability."""
_HARMFUL = frozenset((Act.ACCUSE, Act.THREATEN, Act.REJECT, Act.DENY))


def act(analysis: Analysis, content: Range, cue: Range | None, cast: Cast, speaker: str | None, *, direct: bool) -> Act:
    """The act of a content. In direct speech the words decide and the cue only where they say nothing, since one cue may
    introduce many sentences; in indirect speech the cue decides."""
    named = cue_act(analysis, cue)
    worded = _content_act(analysis, content, cast, speaker)
    lemmas = {analysis.tokens[i].lemma for i in range(*cue)} if cue else set()
    if worded is Act.PREDICT and lemmas & _ASSURES:
        return Act.PROMISE
    if worded is Act.ASSERT and lemmas & _BRANDS:
        return Act.ACCUSE
    if named is Act.ASSERT or (direct and worded is not Act.ASSERT):
        return worded
    if named is Act.THREATEN and worded in (Act.PREDICT, Act.ASSERT) and not _threatens(analysis, cue):
        return Act.PREDICT
    return named


def about(
    analysis: Analysis, content: Range, meant: Act, cast: Cast, speaker: str | None, cue: Range | None = None
) -> tuple[About, ...]:
    """The actors a content names other than its speaker, with its polarity toward each.

    The head of polarity tells it from every word that names the actor. Without heads of statements the act has a polarity
    toward the one it is aimed at: the first subject or possessor that is not of the speaker's own country.
    """
    own = cast.actors[speaker].country if speaker in cast.actors else None
    order: dict[str, list[int]] = {}
    aimed: str | None = None
    for i in range(*content):
        for id in cast.actor_at(i):
            if id == speaker or cast.is_place(i):
                continue
            order.setdefault(id, []).append(i)
            actor = cast.actors[id]
            foreign = actor.country is None or actor.country != own
            role = analysis.tokens[i].relation
            if aimed is None and foreign and role.startswith(("nsubj", "nmod:poss", "amod", "compound", "obl:agent")):
                aimed = id
    if analysis.meant is not None:
        polarity = np.log(np.maximum(analysis.meant.polarity, 1e-3))
        sign = -1 if meant in _HARMFUL else 1 if meant is Act.PRAISE else 0
        hint = np.eye(3)[sign + 1] * (LEANING if sign else 0)
        named = tuple(About(id, int((polarity[at].mean(0) + hint).argmax()) - 1) for id, at in order.items())
        return named or tuple(About(id, sign) for id in _addressed(analysis, cue, cast, speaker))
    states = [id for id in order if cast.actors[id].type is ActorType.STATE and cast.actors[id].country != own]
    aimed = aimed or (states[0] if states else None)
    sign = -1 if meant in _HARMFUL else 1 if meant is Act.PRAISE else 0
    return tuple(About(id, sign if id == aimed else 0) for id in order)


def _addressed(analysis: Analysis, cue: Range | None, cast: Cast, speaker: str | None) -> list[str]:
    """Those whom a cue names beside its speaker: "thanked Norway for", "told the envoy that", outlets apart."""
    found: list[str] = []
    for i in range(*cue) if cue else ():
        for child in analysis.children[i]:
            if not analysis.tokens[child].relation.startswith(("obj", "iobj", "obl")):
                continue
            for id in cast.actor_at(child):
                outlet = cast.actors[id].type is ActorType.OUTLET
                if id != speaker and not outlet and not cast.is_place(child) and id not in found:
                    found.append(id)
    return found


def cue_act(analysis: Analysis, cue: Range | None) -> Act:
    """The act that a cue names by itself ("accused", "a promise"), ASSERT where it names none."""
    if cue is None:
        return Act.ASSERT
    verbs, nouns = cues.verbs(), cues.nouns()
    found = Act.ASSERT
    for i in range(*cue):
        token = analysis.tokens[i]
        listed = verbs.get(token.lemma) if token.upos in ("VERB", "AUX") else nouns.get(token.lemma)
        if listed is not None and listed.act is not Act.ASSERT:
            found = listed.act
    return found


def _threatens(analysis: Analysis, cue: Range | None) -> bool:
    return cue is not None and any(analysis.tokens[i].lemma == "threaten" for i in range(*cue))


def _content_act(analysis: Analysis, content: Range, cast: Cast, speaker: str | None) -> Act:
    tokens = analysis.tokens[content[0] : content[1]]
    words = [token.text.lower().replace("’", "'") for token in tokens]
    text = f" {' '.join(words)} ".replace(" n't", "n't")
    lemmas = {token.lemma for token in tokens}
    modals = {token.lemma for token in tokens if token.xpos == "MD"}
    table = signs()
    own = _own_future(analysis, content, cast, speaker)
    if _denies(words):
        return Act.DENY
    if _commands(analysis, content) or (modals & table[Act.DEMAND].modals and not _conditional(words)):
        return Act.DEMAND
    for kind in _ORDER:
        if kind is Act.CONDITION and own and _conditional(words) and (own == "not" or _NEGATIVE & set(words)):
            return Act.THREATEN  # "if it is not lifted, we will take the case to court"
        if kind is Act.REJECT and own == "not":
            return Act.REJECT
        if kind is Act.PROMISE and own == "will":
            return Act.PROMISE
        if kind in table and _holds(kind, table[kind], words, text, lemmas, modals):
            return kind
    return Act.ASSERT


def _own_future(analysis: Analysis, content: Range, cast: Cast, speaker: str | None) -> str:
    """ "will" or "not" where the speaker says what he, or those he speaks for, will do or will not do; else ""."""
    country = cast.actors[speaker].country if speaker in cast.actors else None
    tokens = analysis.tokens
    for i in range(*content):
        if tokens[i].lemma not in ("will", "shall", "'ll", "would") or tokens[i].xpos != "MD" or tokens[i].head < 0:
            continue
        verb = tokens[i].head
        for child in analysis.children[verb]:
            if not tokens[child].relation.startswith("nsubj"):
                continue
            ids = cast.actor_at(child)
            mine = any(id == speaker or (country and cast.actors[id].country == country) for id in ids)
            if tokens[child].text.lower() in _FIRST or mine:
                negated = any(tokens[c].lemma in ("not", "never") for c in analysis.children[verb])
                return "not" if negated else "will"
    return ""


def _denies(words: list[str]) -> bool:
    """ "Nobody counted the nets", "There was no insult"."""
    start = [word for word in words if word[:1].isalpha()][:4]
    there = start[:1] == ["there"] and ("no" in start or "nothing" in start)
    return start[:1] != [] and (start[0] in _NOBODY or start[:2] == ["no", "one"] or there)


def _commands(analysis: Analysis, content: Range) -> bool:
    """Whether the main verb is a bare infinitive: an imperative, or "insists that the works begin"."""
    head = head_of(analysis, *content)
    token = analysis.tokens[head]
    helpers = {"aux", "aux:pass", "cop", "mark"}
    marked = [c for c in analysis.children[head] if analysis.tokens[c].relation in helpers]
    to = any(analysis.tokens[c].upos in ("AUX", "PART") for c in marked)
    return token.upos == "VERB" and token.xpos == "VB" and not to


def _conditional(words: list[str]) -> bool:
    return "if" in words or "unless" in words


def _holds(kind: Act, sign: Signs, words: list[str], text: str, lemmas: set[str], modals: set[str]) -> bool:
    phrase = any(p in text for p in sign.phrases)
    if kind is Act.CONDITION:
        future = bool(modals) or "only" in words
        return (phrase or bool(sign.markers & set(words))) and future
    if kind in (Act.ACCUSE, Act.PRAISE):
        return len(sign.words & lemmas) >= (1 if kind is Act.ACCUSE else 2) or phrase
    if kind is Act.PREDICT:
        return phrase or ("will" in modals and not _FIRST & set(words))
    return phrase or bool(sign.modals & modals)
