"""What is exported: what the filter asks for, with every document and actor that it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, islice

from dragoman.exchange.drawing import Drawing
from dragoman.model import Actor, ChainLink, Document, Event, Statement
from dragoman.record import Filter, Imprint, Kinship, Project

FORMAT_VERSION = 3
"""Of all formats together. Grows when a key or a column comes, goes, or changes its meaning."""
CHUNK = 500
"""Events or statements whose documents are looked up together."""

PLAIN = Drawing()


@dataclass(frozen=True, slots=True)
class Selection:
    """Part of a project, in an order that depends on nothing but what it holds."""

    project: Project
    filter: Filter
    drawing: Drawing = PLAIN

    def documents(self) -> Iterator[tuple[Document, Kinship]]:
        """Documents that the filter asks for, and those of its statements and reports."""
        wanted: set[str] | None = None
        if self.filter != Filter():
            wanted = {document.id for document in self.project.documents(self.filter)}
            wanted |= {statement.document for statement in self.statements()}
            wanted |= {report.document for event in self.events() for report in event.reports}
        for document in self.project.documents():
            if wanted is None or document.id in wanted:
                yield document, self.project.kinship(document.id)

    def actors(self) -> Iterator[Actor]:
        """Actors that the filter asks for, and those of its statements and events."""
        if self.filter == Filter():
            yield from self.project.actors()
            return
        wanted = {actor.id for actor in self.project.actors(self.filter)}
        for statement in self.statements():
            wanted |= {about.actor for about in statement.about} | _linked(statement.chain)
            wanted |= {statement.speaker.actor} if statement.speaker.actor else set()
        for event in self.events():
            wanted |= {*event.actor, *event.recipient}.union(*(_linked(report.chain) for report in event.reports))
        yield from self.project.named(wanted)

    def cast(self) -> dict[str, Actor]:
        """The actors by id, without their aliases, so that many fit into memory."""
        return {actor.id: replace(actor, aliases=()) for actor in self.actors()}

    def statements(self) -> Iterator[Statement]:
        """Statements that the filter asks for."""
        yield from self.project.statements(self.filter)

    def statements_by_document(self) -> Iterator[tuple[Document, list[Statement]]]:
        """The documents that hold statements that the filter asks for, and these."""
        for id, said in groupby(self.statements(), key=lambda statement: statement.document):
            if document := self.project.document(id):
                yield document, list(said)

    def said(self) -> Iterator[tuple[Statement, Imprint]]:
        """The statements, each with its document."""
        waiting = self.statements()
        while chunk := list(islice(waiting, CHUNK)):
            pages = self.project.imprints(statement.document for statement in chunk)
            for statement in chunk:
                yield statement, pages[statement.document]

    def events(self) -> Iterator[Event]:
        """Events that the filter asks for, each with all its reports."""
        yield from self.project.events(self.filter)

    def reported(self) -> Iterator[tuple[Event, Mapping[str, Imprint]]]:
        """The events, with the documents that report them (and others) by id."""
        waiting = self.events()
        while chunk := list(islice(waiting, CHUNK)):
            pages = self.project.imprints(report.document for event in chunk for report in event.reports)
            for event in chunk:
                yield event, pages


def _linked(chain: Iterable[ChainLink]) -> set[str]:
    return {link.actor for link in chain if link.actor}
