"""What `dragoman show` prints: one module a view, each a function from a project and a filter to lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.cli.views import actors, documents, failures, relations, statements
from dragoman.record import Filter, Project

View = Callable[[Project, Filter, bool], Iterator[str]]

VIEWS: dict[str, View] = {
    "relations": relations.lines,
    "statements": statements.lines,
    "actors": actors.lines,
    "documents": documents.lines,
    "failures": failures.lines,
}
"""Each is called with the project, what is asked for, and whether ids are shown."""
