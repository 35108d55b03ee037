"""Where two series of one relation part, and why as far as the two can tell it. Which of them is right they cannot tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.analyze.agreement import fisher, holm
from dragoman.analyze.figures import CONFLICT, Figures
from dragoman.analyze.series import Point
from dragoman.analyze.their_window import TheirFigures

How = Literal["only ours", "only theirs", "more conflict in ours", "more conflict in theirs"]
BEYOND = 0.05
"""Shares part where the chance to differ so much by chance, over all windows, is below this."""
REPEATED = 2
"""Rows are called repeated where there are so many times more of them than of different ones."""
FEW = 3
"""Documents of a window that are called few."""
CODES = 4
"""Codes that are named."""


@dataclass(frozen=True, slots=True)
class Parting:
    """How the two part in a window."""

    how: How
    p: float | None
    """For shares of conflict: of Fisher's exact test over different events, by Holm for all windows."""
    why: tuple[str, ...]
    """What may be the reason; empty where nothing tells it."""


def partings(ours: Sequence[Point], theirs: Sequence[TheirFigures], undated: int) -> list[Parting | None]:
    """For each window how they part, None where they do not. `undated` is how many events of ours no window holds."""
    tested = [at for at in range(len(ours)) if _n(ours[at]) and theirs[at].n]
    ps = dict(zip(tested, holm([_p(ours[at], theirs[at]) for at in tested]), strict=True))
    found: list[Parting | None] = []
    for at, (point, other) in enumerate(zip(ours, theirs, strict=True)):
        if (how := _how(point, other, ps.get(at))) is None:
            found.append(None)
            continue
        beside = [near for near in (at - 1, at + 1) if 0 <= near < len(ours)]
        near_ours, near_theirs = sum(_n(ours[near]) for near in beside), sum(theirs[near].n for near in beside)
        why = (
            *(_coverage(point, other) if how.startswith("only") else ()),
            *(_dates(how, undated, near_ours, near_theirs) if how.startswith("only") else ()),
            *_counting(how, point.figures, other),
        )
        found.append(Parting(how, ps.get(at), why))
    return found


def _n(point: Point) -> int:
    return point.figures.n if point.figures else 0


def _p(point: Point, other: TheirFigures) -> float:
    quads = point.figures.quads if point.figures else {}
    conflict = sum(quads.get(quad, 0) for quad in CONFLICT)
    return fisher(conflict, _n(point), other.different_conflict, other.different)


def _how(point: Point, other: TheirFigures, p: float | None) -> How | None:
    if p is None:
        return "only ours" if _n(point) else "only theirs" if other.n else None
    if p >= BEYOND:
        return None
    share = point.figures.conflict_share if point.figures else None
    more = (share or 0) > other.different_conflict / other.different
    return "more conflict in ours" if more else "more conflict in theirs"


def _coverage(point: Point, other: TheirFigures) -> Iterator[str]:
    """What was read at all."""
    if _n(point):
        if not other.rows_of_all:
            yield "the files have no row of these days"
    elif not point.documents:
        yield "we read nothing of these days"
    elif point.documents <= FEW:
        yield f"we read few pages of these days: {point.documents}"


def _dates(how: How, undated: int, near_ours: int, near_theirs: int) -> Iterator[str]:
    """Days that the two may take from different words."""
    if how == "only theirs":
        if undated:
            yield f"our events without a day that tells their window: {undated}"
        if near_ours:
            yield f"in the windows beside it we have {near_ours}: the day of the event and that of the page may differ"
    elif near_theirs:
        yield f"in the windows beside it they have {near_theirs}: the day of the event and that of the page may differ"


def _counting(how: How, figures: Figures | None, other: TheirFigures) -> Iterator[str]:
    """What is counted as an event."""
    if other.left_out and how != "only theirs":
        named = sorted(other.left_out, key=lambda code: (-other.left_out[code], code))[:CODES]
        yield f"their rows with codes that PLOVER leaves out ({', '.join(named)}): {sum(other.left_out.values())}"
    if figures and (apart := figures.planned + figures.hypothetical + figures.denied) and how != "only ours":
        yield f"our events that are planned, hypothetical or denied, and not counted: {apart}"
    if other.n >= REPEATED * other.different > 0:
        yield f"their {other.n} rows are no more than {other.different} by who acts, day and type: one event may have many rows"
