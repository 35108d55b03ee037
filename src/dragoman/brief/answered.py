"""What answered what, as texts say of events between the two."""

from __future__ import annotations

from dragoman.analyze.reactions import Reaction, reactions
from dragoman.brief.deeds import clause
from dragoman.brief.english import listed, quoted
from dragoman.brief.evidence import MOST
from dragoman.brief.material import Material
from dragoman.brief.parts import Section, Sentence
from dragoman.brief.wording import say

TOLD = 4
"""Pairs of events that a brief tells, at most."""


def answered(material: Material) -> Section:
    found = reactions(material.project, events=material.events)
    ordered = sorted(found, key=lambda one: (-one.texts, one.says == "after", _place(one, material)))
    sentences = tuple(_reaction(one, material) for one in ordered[:TOLD])
    return Section(say("section_reactions"), sentences or (material.none("no_reactions"),))


def _reaction(one: Reaction, material: Material) -> Sentence:
    first = min(one.wordings, key=lambda words: material.cite.document(words.document).source)
    tie = first.text[first.words[0] - first.start : first.words[1] - first.start]
    template = "reaction_after" if one.says == "after" else "reaction"
    documents = {words.document for words in one.wordings}
    telling = [
        (event, report) for event in (one.answer, one.cause) for report in event.reports if report.document in documents
    ]
    fields = {"answer": clause(one.answer, material), "cause": clause(one.cause, material), "words": quoted(tie)}
    text = say(template, outlet=listed(material.outlets(report for _, report in telling)), **fields)
    words = [material.cite.around(one.answer, words.document, words.start, words.end) for words in one.wordings[:MOST]]
    return Sentence(text, (*words, *(material.cite.report(*at) for at in telling[:MOST])))


def _place(one: Reaction, material: Material) -> int:
    return [event.id for event in material.events].index(one.answer.id)
