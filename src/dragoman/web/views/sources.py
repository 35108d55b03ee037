"""What was read: outlets with their days and gaps, documents, what could not be read, what is watched, and the runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.analyze.coverage import OutletCoverage, coverage
from dragoman.errors import SettingsError
from dragoman.record import Filter, Project, Run
from dragoman.record.dates import bounds
from dragoman.record.listing import Wanted
from dragoman.record.watching import Watched, Watching
from dragoman.web.asked import Asked
from dragoman.web.charts.strip import Scale, Strip, scale, strip
from dragoman.web.screen import Answer, Screen

SIZE = 30
"""Documents of a page."""
OUTLETS = 15
"""Outlets of a page."""
MOST = 1_000_000
NONE = "(none)"
"""What stands in the address for documents that name no outlet."""
UNTOLD = "(unknown)"
"""What stands in the address for documents whose language could not be told."""


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet in a line."""

    coverage: OutletCoverage
    asked_as: str
    """What stands in the address for it."""
    shown: int
    """Its documents of the days that the strip shows."""
    strip: Strip | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in a line."""

    run: Run
    documents: int
    """That are as this run read them."""
    failures: int


def sources(project: Project, asked: Asked) -> Answer:
    """The screen at "/sources"."""
    page, outlets_page = asked.number("page", 0, MOST), asked.number("outlets", 0, MOST)
    found = coverage(project)
    wanted, problem = _wanted(asked), None
    try:
        total, documents = project.list_documents(wanted, SIZE, page * SIZE)
    except SettingsError as unclear:
        total, documents, problem = 0, [], str(unclear)
    on = _scale(asked, [one.days for one in found.outlets])
    on_all = _scale(asked, [found.days])
    some = found.outlets[outlets_page * OUTLETS : (outlets_page + 1) * OUTLETS]
    failures = project.failures()
    read = project.documents_by_run()
    watched, waiting = _watched(project)
    return {
        "title": "Sources",
        "texts": found.texts,
        "documents_read": found.documents,
        "undated": found.undated,
        "languages": found.languages,
        "scale": on,
        "all": strip(found.days, (), on_all) if on_all else None,
        "outlets": [_row(one, on) for one in some],
        "outlet_names": [_asked_as(one) for one in found.outlets],
        "n_outlets": sum(one.outlet is not None for one in found.outlets),
        "outlets_page": outlets_page,
        "more_outlets": len(found.outlets) > (outlets_page + 1) * OUTLETS,
        "documents": documents,
        "found": total,
        "problem": problem,
        "page": page,
        "more": total > (page + 1) * SIZE,
        "not_read": found.not_read,
        "watched": watched,
        "waiting": waiting,
        "runs": [
            RunRow(run, read.get(run.id, 0), sum(failure.run == run.id for failure in failures))
            for run in reversed(project.runs())
        ],
    }


def _wanted(asked: Asked) -> Wanted:
    outlet, language = asked.text("outlet"), asked.text("language")
    named = None if outlet == NONE else outlet
    return Wanted(
        filter=Filter(since=asked.day("since"), until=asked.day("until"), outlet=named),
        query=asked.text("q"),
        language="" if language == UNTOLD else language,
        no_outlet=outlet == NONE,
    )


def _scale(asked: Asked, days: Sequence[Mapping[str, int]]) -> Scale | None:
    low, high = bounds(asked.day("since")), bounds(asked.day("until"))
    return scale(days, low[0] if low else None, high[1] if high else None)


def _row(one: OutletCoverage, on: Scale | None) -> OutletRow:
    shown = sum(n for day, n in one.days.items() if on and on.first <= day <= on.last)
    return OutletRow(one, _asked_as(one), shown, strip(one.days, one.gaps, on) if on else None)


def _asked_as(one: OutletCoverage) -> str:
    return one.name or NONE


def _watched(project: Project) -> tuple[list[Watched], int]:
    """The addresses, and how many pages that they name are still to be fetched."""
    with Watching(project.path) as watching:
        return watching.watched(), watching.waiting()


SCREENS = (Screen("/sources", "sources.html", sources, "/sources"),)
