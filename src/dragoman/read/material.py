"""What every reading of a document begins and ends with, whoever finds its statements and events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.encode import Analysis, LanguageBase
from dragoman.errors import InputError
from dragoman.model import Actor, ActorType, ChainLink, Document, Event, Reading, Span, Statement
from dragoman.ontology.actors import actors as listed
from dragoman.ontology.actors import states

from .cast import Cast
from .chains import outer
from .dateline import written_in
from .index import Index
from .quotes import Quotation, quotations
from .when import DateMention, dates, published
from .who import cast

LONGEST = 1_000_000
"""Characters of body that are read, at most."""
LANGUAGES = frozenset(("en",))


@dataclass(frozen=True, slots=True)
class Material:
    """A document with what is known of it before anything is said or happens: its words, its dates and who is who."""

    document: Document
    """With the publication date that was found."""
    analysis: Analysis
    index: Index
    people: Cast
    quoted: Sequence[Quotation]
    dates: Sequence[DateMention]


def dated(document: Document) -> Document:
    """The document with the publication date that is found in it."""
    return replace(document, published=published(document))


def material(document: Document, base: LanguageBase) -> Material | str:
    """What is known of a dated document; or why nothing is read from it. Raises InputError where its body is longer than
    `LONGEST` characters."""
    if document.language is not None and document.language not in LANGUAGES:
        return f"language {document.language!r} is not read yet"
    spans = _running_text(document)
    if sum(end - start for start, end in spans) > LONGEST:
        raise InputError(f"{document.source}: the article is longer than {LONGEST:,} characters; split it")
    analysis = base.analyze(document.text, spans)
    if not analysis.tokens:
        return "no running text was found"
    index = Index(analysis)
    when = document.published.value
    quoted = quotations(document.text, [index.span(paragraph) for paragraph in analysis.paragraphs])
    inside = {i for quotation in quoted for i in range(*index.tokens((quotation.start, quotation.end)))}
    people = cast(analysis, index, inside, when, document.id, written_in(document))
    return Material(document, analysis, index, people, quoted, dates(document.text, spans, when))


def know_speakers(material: Material, said: Sequence[Statement]) -> None:
    """Takes into the cast who stands in the chains of statements, and at the end of every chain."""
    for link in (*(link for statement in said for link in statement.chain), *outer(material.document)):
        _know(material.people, link)


def finished(
    material: Material, reader: str, said: Sequence[Statement], happened: Sequence[Event], notes: tuple[str, ...] = ()
) -> Reading:
    """The reading of these statements and events; what the article itself tells, its outlet tells."""
    people, end_of_chain = material.people, outer(material.document)
    happened = tuple(
        replace(event, reports=(replace(report, chain=report.chain or end_of_chain),))
        for event in happened
        for report in event.reports
    )
    for id in {id for event in happened for id in event.recipient} - people.actors.keys():
        people.know(states()[id])
    mentions = sorted(people.mentions, key=lambda m: (m.start, m.end, m.actor))
    everyone = tuple(people.actors[id] for id in sorted(people.actors))
    return Reading(material.document, reader, everyone, tuple(mentions), tuple(said), happened, notes)


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
