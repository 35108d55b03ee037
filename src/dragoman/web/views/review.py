"""One decision at a time, ordered by what matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.digest import Digest
from dragoman.model import Act, Status
from dragoman.ontology.plover import plover
from dragoman.record import Project, Reviewed
from dragoman.record.account import account
from dragoman.web.asked import Asked
from dragoman.web.cards import Names
from dragoman.web.decision import Decision, decision, rejected, row_called
from dragoman.web.screen import Answer, Screen

FAR = 1_000_000
"""Rows that may be skipped, at most."""
_LOOKED = ("accept", "reject", "speaker", "act", "type", "status")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review has come."""

    looked_at: int
    """Rows that somebody accepted, rejected or corrected."""
    left: int
    """Rows that nobody has looked at."""
    decisions: int
    """Reviews that hold."""
    idle: int
    """Of these, those that change nothing now."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was decided last, which one step undoes."""

    reviews: tuple[Reviewed, ...]
    just: bool
    """Whether that was a moment ago."""


def review(project: Project, asked: Asked) -> Answer:
    """The screen at "/review"."""
    skipped, wanted = asked.number("skip", 0, FAR), asked.text("row")
    by = asked.text("by") or account()
    reviews = project.reviews()
    shown, missing = _shown(project, wanted, asked.text("document"), skipped, reviews)
    return {
        "title": "Review",
        "decision": shown,
        "missing": missing,
        "progress": _progress(project, reviews),
        "by": by,
        "row": wanted,
        "skipped": skipped,
        "kept": _kept(asked, by, reviews),
        "called": _called(project, reviews),
        "problem": asked.text("problem"),
        "entered": {name: asked.text(name) for name in ("speaker", "act", "type", "status", "other")},
        "acts": [act.value for act in Act],
        "statuses": [status.value for status in Status],
        "types": _types(),
    }


def _shown(
    project: Project, wanted: str | None, document: str | None, skipped: int, reviews: Sequence[Reviewed]
) -> tuple[Decision | None, str | None]:
    """The decision about the row that is asked for, else the next one; and the id of a row that there is not."""
    if wanted is None:
        digest = Digest.open(project)
        rows = digest.to_review(1, skipped) if digest else project.to_review(1, skipped)
        return (decision(project, rows[0], reviews) if rows else None), None
    row = row_called(project, wanted, document)
    found = decision(project, row, reviews) if row else rejected(project, wanted, document, reviews)
    return found, None if found else wanted


def _progress(project: Project, reviews: Sequence[Reviewed]) -> Progress:
    holding = [one for one in reviews if not one.undone]
    digest = Digest.open(project)
    counts = digest.totals() if digest else project.counts()
    looked = {one.now or one.row: one.kind for one in holding if one.kind in _LOOKED}
    seen = sum(1 for one, kind in looked.items() if kind != "reject")
    left = max(0, counts["statements"] + counts["events"] - seen)
    return Progress(len(looked), left, len(holding), sum(1 for one in holding if one.problem))


def _kept(asked: Asked, by: str, reviews: Sequence[Reviewed]) -> Kept | None:
    """The reviews that the last step kept; after none, the last one of this reviewer."""
    numbers = (asked.text("done") or "").split(",")
    just = tuple(one for one in reviews if not one.undone and str(one.number) in numbers)
    last = [one for one in reviews if not one.undone and one.made_by == by][-1:]
    return Kept(just or tuple(last), bool(just)) if just or last else None


def _called(project: Project, reviews: Sequence[Reviewed]) -> dict[str, str]:
    """The names of those whom reviews made speakers, by id."""
    ids = {one.value for one in reviews if one.kind == "speaker" and one.value}
    names = Names(project, ids)
    return {id: names.name(id) for id in ids}


def _types() -> list[tuple[int, list[tuple[str, str]]]]:
    """PLOVER's types with what they mean, by quad."""
    known = plover().types.values()
    return [
        (quad, [(one.name, one.definition) for one in known if one.quad == quad]) for quad in sorted(plover().quads)
    ]


SCREENS = (Screen("/review", "review.html", review, "/review"),)
