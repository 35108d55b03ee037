"""Documents by date, with what they are a copy of."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.cli.terminal import table, width
from dragoman.cli.views.names import dated
from dragoman.record import Filter, Project


def lines(project: Project, filter: Filter, ids: bool) -> Iterator[str]:
    """One a line."""
    found = list(project.documents(filter))
    if not found:
        return
    sources = {document.id: document.source for document in project.documents()}
    rows = []
    for document in found:
        copy_of = project.kinship(document.id).copy_of
        row = (
            dated(document),
            document.published.basis if document.published.value else "",
            document.outlet or "",
            document.source,
            f"a copy of {sources.get(copy_of, copy_of)}" if copy_of else document.title or "",
        )
        rows.append((document.id, *row) if ids else row)
    header = ("published", "date from", "outlet", "source", "title")
    yield from table(("id", *header) if ids else header, rows, width())
