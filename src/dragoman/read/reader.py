"""The reading of one document, stage by stage: when, who, who said what, what happened."""

from __future__ import annotations

from dataclasses import replace

from dragoman.encode import LanguageBase
from dragoman.errors import InputError
from dragoman.model import Actor, ActorType, ChainLink, Document, Reading, Span
from dragoman.ontology.actors import actors as listed
from dragoman.ontology.actors import states

from .cast import Cast
from .chains import outer
from .dateline import written_in
from .index import Index
from .quotes import quotations
from .what_happened import events
from .when import dates, published
from .who import cast
from .who_said_what import statements

VERSION = "5"
"""Changes whenever the same text may give other rows."""
LONGEST = 1_000_000
"""Characters of body that are read, at most."""
LANGUAGES = frozenset(("en",))


def reader_name(base: LanguageBase) -> str:
    """What is stored with every row: this reader's version and the language base's."""
    return f"dragoman {VERSION}, {base.name}"


def read(document: Document, base: LanguageBase) -> Reading:
    """Everything that is read from `document`. The reading's document carries the publication date that was found.

    A document in a language that is not read yet gives a reading without rows and a note. Raises InputError where the
    body is longer than `LONGEST` characters.
    """
    name = reader_name(base)
    document = replace(document, published=published(document))
    if document.language is not None and document.language not in LANGUAGES:
        return Reading(document, name, notes=(f"language {document.language!r} is not read yet",))
    spans = _running_text(document)
    if sum(end - start for start, end in spans) > LONGEST:
        raise InputError(f"{document.source}: the article is longer than {LONGEST:,} characters; split it")
    analysis = base.analyze(document.text, spans)
    if not analysis.tokens:
        return Reading(document, name, notes=("no running text was found",))
    index = Index(analysis)
    when = document.published.value
    quoted = quotations(document.text, [index.span(paragraph) for paragraph in analysis.paragraphs])
    inside = {i for quotation in quoted for i in range(*index.tokens((quotation.start, quotation.end)))}
    people = cast(analysis, index, inside, when, document.id, written_in(document))
    said = statements(document, analysis, index, people, quoted)
    end_of_chain = outer(document)
    for link in (*(link for statement in said for link in statement.chain), *end_of_chain):
        _know(people, link)
    happened = events(document, analysis, people, dates(document.text, spans, when), said)
    happened = tuple(
        replace(event, reports=(replace(report, chain=report.chain or end_of_chain),))
        for event in happened
        for report in event.reports
    )
    for id in {id for event in happened for id in event.recipient} - people.actors.keys():
        people.know(states()[id])
    mentions = sorted(people.mentions, key=lambda m: (m.start, m.end, m.actor))
    everyone = tuple(people.actors[id] for id in sorted(people.actors))
    return Reading(document, name, everyone, tuple(mentions), said, happened)


def _running_text(document: Document) -> list[Span]:
    """The body without headline, byline and dateline, unless nothing else is there."""
    parts = sorted((part.start, part.end) for part in document.parts)
    spans: list[Span] = []
    for start, end in document.body:
        for a, b in parts:
            if start < b and a < end:
                if start < a:
                    spans.append((start, a))
                start = max(start, b)
        if start < end:
            spans.append((start, end))
    spans = [(a, b) for a, b in spans if document.text[a:b].strip()]
    return spans or [(a, b) for a, b in document.body if document.text[a:b].strip()]


def _know(people: Cast, link: ChainLink) -> None:
    """Authors and outlets that only the page's metadata name are actors too."""
    if link.actor is not None and link.actor not in people.actors:
        type_ = ActorType.PERSON if link.actor.startswith("person") else ActorType.OUTLET
        people.know(listed().get(link.actor) or Actor(link.actor, link.name or link.actor, type_))
