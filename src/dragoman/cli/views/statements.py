"""Statements in the order of their documents: the chain, innermost first, the act, and the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from dragoman.cli.terminal import styled, width, wrapped
from dragoman.cli.views.names import actor_names, chain, dated, label, mouth, quoted
from dragoman.model import Statement
from dragoman.record import Filter, Project

_TOWARD = {-1: "against", 0: "on", 1: "for"}


def lines(project: Project, filter: Filter, ids: bool) -> Iterator[str]:
    """Under a heading for each document."""
    names = actor_names(project)
    for document_id, group in groupby(project.statements(filter), key=lambda statement: statement.document):
        document = project.document(document_id)
        heading = f"{dated(document)} {label(document)}" if document else document_id
        yield from wrapped(heading, width(), style="bold")
        if ids:
            yield styled(f"  {document_id}", "dim")
        for statement in group:
            yield from _statement(statement, names, ids)
        yield ""


def _statement(statement: Statement, names: Mapping[str, str], ids: bool) -> Iterator[str]:
    speaker = statement.speaker
    said = chain(statement.chain, names) or mouth(speaker.actor, speaker.name, names)
    yield from wrapped(said, width(), "  ", "cyan")
    about = [f"{_TOWARD[one.polarity]} {names.get(one.actor, one.actor)}" for one in statement.about]
    kind = f"{statement.act.value}, {statement.form.value}"
    told = [kind, *([speaker.role] if speaker.role else []), *about]
    yield from wrapped("; ".join(told), width(), "    ", "dim")
    yield from wrapped(quoted(statement.text), width(), "    ")
    if ids:
        yield styled(f"    {statement.id} [{statement.start}:{statement.end}]", "dim")
