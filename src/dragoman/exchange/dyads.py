"""Events as older event data have them: who did it to whom, on which day. Formats without a status hold what happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from dragoman.exchange.cells import inert
from dragoman.model import Event, Status
from dragoman.model.edtf import has_day
from dragoman.ontology.plover import plover

Dyad = tuple[str, str | None]

_BLANK = re.compile(r"[\s\x00-\x1f\x7f]+")


def happened(event: Event) -> bool:
    """Whether the event is said to have happened, and its type is known."""
    return event.status is Status.HAPPENED and event.type in plover().types


def dyads(event: Event) -> list[Dyad]:
    """Each actor with each recipient. Where there is none: each two actors of a symmetric type, in the order of the event;
    else each actor alone."""
    pairs: Iterable[Dyad]
    if event.recipient:
        pairs = ((a, b) for a in event.actor for b in event.recipient if a != b)
    elif plover().types[event.type].symmetric and len(event.actor) > 1:
        pairs = combinations(event.actor, 2)
    else:
        pairs = ((a, None) for a in event.actor)
    return list(dict.fromkeys(pairs))


def day(edtf: str | None) -> str | None:
    """An ISO day, where the date is one whole day and nothing makes it doubtful; else None."""
    return edtf if edtf and has_day(edtf) and edtf[-1].isdigit() else None


def days(edtf: str | None) -> tuple[str | None, str | None]:
    """First and last day of an interval of whole days; of a day the day itself and None; else neither."""
    first, _, last = (edtf or "").partition("/")
    return (day(first), day(last)) if last and day(first) and day(last) else (day(edtf), None)


def place_name(place: str | None) -> tuple[str | None, str | None]:
    """The GeoNames number, where there is one, and the name of an event's place ("geonames:625144 Minsk")."""
    id, _, name = (place or "").partition(" ")
    number = id.removeprefix("geonames:")
    return (number if id.startswith("geonames:") and number.isdigit() else None), name or None


def tab_separated(cells: Iterable[str | int | float | None]) -> bytes:
    """A line of a table that knows no quotation marks, in UTF-8: within a cell runs of blanks and controls are one space,
    double quotation marks single ones."""
    return ("\t".join(map(_cell, cells)) + "\n").encode("utf-8", "replace")


def listed(values: Iterable[str | None]) -> str:
    """Values of several actors in one cell, in their order, an unknown one left empty: "Peru; Chile"."""
    found = [(value or "").replace(";", ",") for value in values]
    return "; ".join(found) if any(found) else ""


def _cell(value: str | int | float | None) -> str:
    text = "" if value is None else _BLANK.sub(" ", str(value)).strip().replace('"', "'")
    return str(inert(text)) if isinstance(value, str) else text


def lines(rows: Iterable[Iterable[str | int | float | None]]) -> Iterator[bytes]:
    """Each row as a line."""
    return map(tab_separated, rows)
