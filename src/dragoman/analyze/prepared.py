"""Makes ready what takes long, so that a first question is answered at once."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.analyze.coverage import coverage
from dragoman.analyze.network import network
from dragoman.digest import Digest
from dragoman.record import Project

MINIMA = (1, 2, 5, 10, 20, 50, 100, 200, 500)
"""Events that an edge of a network needs: of each of these the network is kept."""


def prepare(project: Project, progress: Callable[[str, int], None] = lambda what, done: None) -> Digest:
    """The digest of a project, made where there is none or the record has more, read into memory for all threads of the process;
    and, kept in it, the answers that take seconds.

    `progress` is told what is worked out and how far it is. Raises ProjectError where the folder cannot be written.
    """
    digest = Digest.open(project) or Digest.make(project, progress)
    for ask in (digest.relations, digest.events, digest.statements, digest.actors, digest.documents):
        ask(limit=1)
    digest.months()
    coverage(project)
    for done, minimum in enumerate(MINIMA):
        progress("networks", done)
        network(project, minimum)
    return digest
