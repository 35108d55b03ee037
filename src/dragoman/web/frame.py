"""What stands around every screen: the menu, the project, and the time that all screens share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.digest import Digest
from dragoman.record import Project
from dragoman.web.asked import Asked
from dragoman.web.charts.brush import Brush, brush


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu."""

    name: str
    path: str
    key: str
    """With "g" before it, the keys that lead there."""


MENU = (
    Entry("Overview", "/", "o"),
    Entry("Relations", "/relations", "r"),
    Entry("Statements", "/statements", "s"),
    Entry("Demands", "/demands", "d"),
    Entry("Accounts", "/accounts", "c"),
    Entry("Balance", "/balance", "b"),
    Entry("Mirror", "/mirror", "m"),
    Entry("Network", "/network", "n"),
    Entry("Actors", "/actors", "a"),
    Entry("Sources", "/sources", "u"),
    Entry("Review", "/review", "v"),
    Entry("Briefs", "/briefs", "w"),
)


def frame(project: Project, asked: Asked) -> Mapping[str, object]:
    """Names that base.html shows."""
    shown: Brush | None = brush(project, asked)
    digest = Digest.open(project)
    behind = digest is not None and digest.behind
    return {"project": project.path.resolve().name, "entries": MENU, "brush": shown, "behind": behind}
