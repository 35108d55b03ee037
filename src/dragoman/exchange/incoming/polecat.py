"""Events of POLECAT, by the header of their 40 columns; several actors stand in one cell, parted by "; ".

Halterman, Bagozzi, Beger, Schrodt, Scarborough: PLOVER and POLECAT (2023).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product

from dragoman.exchange.incoming.coded import Layout, MalformedRow, Read, Reader, coded
from dragoman.exchange.incoming.days import iso_day
from dragoman.ontology.outside import state_code
from dragoman.ontology.plover import plover
from dragoman.record.relations import FOR_THEIR_STATE

LAYOUT = Layout("POLECAT", ("eventid", "eventdate", "eventtype", "actorcountry", "recipientcountry"))


def reader(at: Mapping[str, int]) -> Reader:
    """Reads events; `at` is where each column stands."""
    id, day, type_, mode = at["eventid"], at["eventdate"], at["eventtype"], at.get("eventmode")
    actors = at["actorcountry"], at.get("primaryactorsector")
    recipients = at["recipientcountry"], at.get("primaryrecipientsector")

    def read(cells: Sequence[str]) -> Read:
        date, kind = iso_day(cells[day]), cells[type_].strip().upper()
        if not kind:
            raise MalformedRow("no event type")
        acting, receiving = _parties(cells, *actors), _parties(cells, *recipients)
        known = plover().types.get(kind)
        pairs: Iterable[tuple[str, str]] = product(acting, receiving)
        if known and known.symmetric and not cells[recipients[0]].strip(" ;"):
            pairs = combinations(acting, 2)
        how = cells[mode].strip().casefold() or None if mode is not None else None
        meant = (kind, how) if known else None
        return date, tuple(coded(cells[id], pair, date, kind, meant, None) for pair in pairs if pair[0] != pair[1])

    return read


def _parties(cells: Sequence[str], country: int, sector: int | None) -> tuple[str, ...]:
    """The states that the actors are, or act for, each once. A cell has one sector for all or one for each."""
    names = cells[country].split(";")
    sectors = cells[sector].split(";") if sector is not None else [""]
    each = sectors if len(sectors) == len(names) else sectors[:1] * len(names)
    acting = [
        state_code(name) for name, acts in zip(names, each, strict=True) if acts.strip() in ("", *FOR_THEIR_STATE)
    ]
    return tuple(dict.fromkeys(code for code in acting if code))
