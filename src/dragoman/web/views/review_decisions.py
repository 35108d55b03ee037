"""What was decided: every review, by whom and when, whether it holds, and why one changes nothing now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dragoman.record import Project, Reviewed
from dragoman.record.account import account
from dragoman.web.asked import Asked
from dragoman.web.cards import Names, Page, pages_of
from dragoman.web.screen import Answer, Screen

SIZE = 40
_SHOWN: Mapping[str, Callable[[Reviewed], bool]] = {
    "all": lambda one: True,
    "holding": lambda one: not one.undone,
    "idle": lambda one: bool(one.problem),
    "undone": lambda one: bool(one.undone),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A review with the page of its words."""

    review: Reviewed
    value: str | None
    """With a name in place of an actor's id."""
    page: Page | None
    """None where the project has the document no more."""


def decisions(project: Project, asked: Asked) -> Answer:
    """The screen at "/review/decisions", the last decision first."""
    show, page = asked.choice("show", _SHOWN) or "all", asked.number("page", 0, 100_000)
    made = project.reviews()[::-1]
    found = [one for one in made if _SHOWN[show](one)]
    some = found[page * SIZE : (page + 1) * SIZE]
    pages = pages_of(project, (one.document for one in some))
    names = Names(project, (one.value for one in some if one.kind == "speaker"))
    return {
        "title": "Decisions",
        "lines": [Line(one, _value(one, names), pages.get(one.document)) for one in some],
        "show": show,
        "kinds": {name: sum(1 for one in made if wanted(one)) for name, wanted in _SHOWN.items()},
        "page": page,
        "more": len(found) > (page + 1) * SIZE,
        "by": asked.text("by") or account(),
        "problem": asked.text("problem"),
    }


def _value(one: Reviewed, names: Names) -> str | None:
    return names.name(one.value) if one.kind == "speaker" and one.value else one.value


SCREENS = (Screen("/review/decisions", "review_decisions.html", decisions, "/review"),)
