"""What could not be read in any run, and why."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.cli.report import failure_table
from dragoman.record import Filter, Project


def lines(project: Project, filter: Filter, ids: bool) -> Iterator[str]:
    """A failure that came back in several runs is one line. Only the filter's limit is heeded."""
    rows = {(failure.source, failure.problem, failure.message) for failure in project.failures()}
    yield from failure_table(rows, filter.limit or len(rows))
