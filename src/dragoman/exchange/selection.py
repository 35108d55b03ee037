"""What is exported: what the filter asks for, with every document and actor that it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.model import Actor, ChainLink, Document, Event, Statement
from dragoman.record import Filter, Kinship, Project

FORMAT_VERSION = 2
"""Of all formats together. Grows when a key or a column comes, goes, or changes its meaning."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Part of a project, in an order that depends on nothing but what it holds."""

    project: Project
    filter: Filter

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

    def statements(self) -> Iterator[Statement]:
        """Statements that the filter asks for."""
        yield from self.project.statements(self.filter)

    def events(self) -> Iterator[Event]:
        """Events that the filter asks for, each with all its reports."""
        yield from self.project.events(self.filter)


def _linked(chain: Iterable[ChainLink]) -> set[str]:
    return {link.actor for link in chain if link.actor}
