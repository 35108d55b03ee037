"""The first screen: what the project holds, its busiest relations, what is new, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.digest import Digest
from dragoman.record import Filter, Project
from dragoman.web.asked import Asked
from dragoman.web.cards import Page, page_of
from dragoman.web.screen import Answer, Screen
from dragoman.web.views.relations import pair_rows

RELATIONS, NEW, FAILURES = 10, 8, 5


@dataclass(frozen=True, slots=True)
class Problem:
    """Why sources could not be read, and how many."""

    problem: str
    message: str
    sources: int
    example: str


def overview(project: Project, asked: Asked) -> Answer:
    """The screen at "/"."""
    since, until = asked.day("since"), asked.day("until")
    digest = Digest.open(project)
    counts = digest.totals() if digest else project.counts()
    new = _newest(project, Filter(since=since, until=until, limit=NEW))
    return {
        "title": "Overview",
        "counts": counts,
        "relations": pair_rows(project, Filter(since=since, until=until, limit=RELATIONS))[1],
        "newest": new,
        "problems": _problems(project)[:FAILURES],
        "failures": counts["failures"],
    }


def _newest(project: Project, filter: Filter) -> list[Page]:
    found = [document for document in project.documents(filter, newest=True) if document.published.value]
    return [page_of(document, project.kinship(document.id).copy_of) for document in found]


def _problems(project: Project) -> list[Problem]:
    found: dict[tuple[str, str], list[str]] = {}
    for failure in project.failures():
        found.setdefault((failure.problem, failure.message), []).append(failure.source)
    problems = [Problem(problem, message, len(set(of)), of[0]) for (problem, message), of in found.items()]
    return sorted(problems, key=lambda one: (-one.sources, one.problem, one.message))


SCREENS = (Screen("/", "overview.html", overview, "/"),)
