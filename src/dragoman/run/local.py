"""Reads many sources into a project with the processes of this machine. Only the calling process writes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Literal

from dragoman.errors import InputError
from dragoman.gather import Failure, Source
from dragoman.model import Reading
from dragoman.record import Project
from dragoman.run.pool import Pool
from dragoman.run.reader import Reads
from dragoman.run.worker import Done, Failed

NO_READER = "none"
"""The reader of a run that found no source to read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: it was read, it was there already, or it failed with a problem and its message."""

    source: str
    kind: Literal["read", "known", "failed"]
    problem: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many processes read (None: as many as there are cores), and how long one document may take."""

    jobs: int | None
    seconds: float


def read_into(
    project: Project,
    found: Iterable[Source | Failure],
    make: Callable[[], Reads],
    limits: Limits,
    options: dict[str, object],
) -> Iterator[Outcome]:
    """Reads what was `found` into `project` and yields what became of each, as they get done.

    What the project holds already from the same reader is left alone, so a run that was killed goes on where it stood.
    A document is stored whole or not at all, a failure is a row of the run. `make` makes the reader in each process;
    there are no more processes than sources. Raises DragomanError where no process can begin.
    """
    failures: list[Failure] = []
    sources = _sources(found, failures)
    first = list(islice(sources, limits.jobs or cores()))
    if not first:
        run = project.start_run(NO_READER, options)
        yield from _fail_all(project, run, failures)
        project.finish_run(run)
        return
    with Pool(make, len(first), limits.seconds) as pool:
        reader = pool.reader
        run = project.start_run(reader, options)
        for source, answer in pool.read(chain(first, sources), lambda document: not project.has(document, reader)):
            yield from _fail_all(project, run, failures)
            if isinstance(answer, Failed):
                yield _fail(project, run, source.name, answer)
            elif isinstance(answer, Done):
                yield _keep(project, run, source, answer.reading)
            else:
                yield Outcome(source.name, "known")
        yield from _fail_all(project, run, failures)
    project.resolve()
    project.finish_run(run)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _sources(found: Iterable[Source | Failure], failures: list[Failure]) -> Iterator[Source]:
    """The sources in `found`; what stands between them is laid down in `failures`."""
    for item in found:
        if isinstance(item, Source):
            yield item
        else:
            failures.append(item)


def _keep(project: Project, run: str, source: Source, reading: Reading) -> Outcome:
    if reading.notes and not (reading.mentions or reading.statements or reading.events):
        return _fail(project, run, source.name, Failed("not read", "; ".join(reading.notes)))
    try:
        added = project.add(reading, run, _bytes(source))
    except InputError as error:
        return _fail(project, run, source.name, Failed("InputError", str(error)))
    return Outcome(source.name, "read" if added else "known")


def _fail_all(project: Project, run: str, failures: list[Failure]) -> Iterator[Outcome]:
    """Takes `failures` into the project, and out of the list."""
    while failures:
        failure = failures.pop(0)
        yield _fail(project, run, failure.source, failure)


def _fail(project: Project, run: str, source: str, why: Failure | Failed) -> Outcome:
    project.fail(run, source, why.problem, why.message)
    return Outcome(source, "failed", why.problem, why.message)


def _bytes(source: Source) -> bytes:
    return source.content if isinstance(source.content, bytes) else source.content.encode("utf-8", "surrogatepass")
