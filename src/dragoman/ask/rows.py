"""What a model told, as rows: its words anchored in the text, its names resolved by the cast, its dates by the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.ask.answer import ToldStatement
from dragoman.ask.asking import Told
from dragoman.ask.event_rows import told_events
from dragoman.model import About, ChainLink, Event, Form, Span, Speaker, Statement, content_id
from dragoman.read.chains import link, mouths, outer
from dragoman.read.material import Material, know_speakers
from dragoman.read.own_voice import author
from dragoman.read.quotes import MARKS
from dragoman.read.who_said_what import form_of, unique

_LOOSE = MARKS | frozenset(",;:")
CONFIDENCE = 0.6
"""Of what a model tells, which gives none itself."""


@dataclass(frozen=True, slots=True)
class Rows:
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    given: int
    """Statements and events of the answers."""
    dropped: int
    """Of these those whose words are not in the text, and events without a known actor."""


def rows(material: Material, told: Sequence[Told]) -> Rows:
    """The rows of one document; what two windows tell is told once."""
    said: list[Statement] = []
    dropped = 0
    for one in told:
        before, at = tuple(said), 0
        for given in one.answer.statements:
            content = _trimmed(material.document.text, one.anchors.after(given.content, at))
            if content is None or not _has_words(material, content):
                dropped += 1
                continue
            at = content[0]
            statement = _statement(material, one, given, content)
            if not any(_is_same(statement, other) for other in before):
                said.append(statement)
    statements = tuple(sorted({one.id: one for one in said}.values(), key=lambda one: (one.start, -one.end, one.id)))
    know_speakers(material, statements)
    events, lost = told_events(material, told, statements, CONFIDENCE)
    given_rows = sum(len(one.answer.statements) + len(one.answer.events) for one in told)
    return Rows(statements, events, given_rows, dropped + lost)


def _statement(material: Material, told: Told, given: ToldStatement, content: Span) -> Statement:
    document = material.document
    start, end = content
    cue = told.anchors.near(given.cue, content) if given.cue else None
    speaker = _author(material) if given.own else _speaker(material, told, given.speaker, content)
    relayed = [one for words in given.chain for one in _relayed(material, told, words, content)]
    named = [link(speaker)] if speaker.actor or speaker.name or not given.own else []
    return Statement(
        content_id("statement", document.id, start, end, speaker.actor, speaker.name),
        document.id,
        start,
        end,
        document.text[start:end],
        Form.OWN if given.own else form_of(content, material.quoted),
        given.act,
        cue,
        speaker,
        unique([*named, *relayed, *outer(document)]),
        _about(material, told, given, content, speaker),
        CONFIDENCE,
    )


def _author(material: Material) -> Speaker:
    actor, name, mention = author(material.document)
    return Speaker(actor, name, None, mention)


def _speaker(material: Material, told: Told, words: str | None, content: Span) -> Speaker:
    """Who is meant by the mention nearest to a content; nobody who is known where the text does not have it."""
    at = told.anchors.near(words, content) if words else None
    if at is None:
        return Speaker()
    tokens = material.index.tokens(at)
    found = material.people.speaker(*tokens, surely=True) if tokens[0] < tokens[1] else None
    return found or Speaker(mention=at)


def _relayed(material: Material, told: Told, words: str, content: Span) -> list[ChainLink]:
    at = told.anchors.near(words, content)
    tokens = material.index.tokens(at) if at else (0, 0)
    if tokens[0] >= tokens[1]:
        return []
    if found := mouths(material.analysis, material.index, material.people, tokens):
        return found
    someone = material.people.speaker(*tokens, surely=True)
    return [link(someone)] if someone is not None and someone.actor else []


def _about(material: Material, told: Told, given: ToldStatement, content: Span, speaker: Speaker) -> tuple[About, ...]:
    found: dict[str, int] = {}
    for words, polarity in given.about:
        at = told.anchors.within(words, content)
        for token in range(*material.index.tokens(at)) if at else ():
            for id in material.people.actor_at(token):
                if id != speaker.actor and not material.people.is_place(token):
                    found.setdefault(id, polarity)
    return tuple(About(id, polarity) for id, polarity in found.items())


def _is_same(one: Statement, other: Statement) -> bool:
    """Whether two windows tell one statement: the same speaker, and half of the shorter content in both."""
    both = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return one.speaker.actor == other.speaker.actor and one.act is other.act and 2 * both >= shorter


def _trimmed(text: str, span: Span | None) -> Span | None:
    """A content without the marks at its ends that are not its own: quotation marks, and what leads to the cue."""
    if span is None:
        return None
    start, end = span
    while start < end and (text[start] in _LOOSE or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _LOOSE or text[end - 1].isspace()):
        end -= 1
    return (start, end) if start < end else None


def _has_words(material: Material, span: Span) -> bool:
    first, last = material.index.tokens(span)
    return first < last
