"""Events of ACLED, by the header of an export. It says of no event who began: its two actors have no direction.

ACLED codebook (2024). States are its governments, soldiers and police, at home and abroad.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.exchange.incoming.coded import Layout, MalformedRow, Read, Reader, coded
from dragoman.exchange.incoming.days import iso_day
from dragoman.ontology.outside import acled_state, from_acled

LAYOUT = Layout("ACLED", ("eventidcnty", "eventdate", "eventtype", "subeventtype", "actor1", "actor2"))


def reader(at: Mapping[str, int]) -> Reader:
    """Reads events; `at` is where each column stands."""
    id, day, type_, sub, one, other = (at[name] for name in LAYOUT.needs)

    def read(cells: Sequence[str]) -> Read:
        date = iso_day(cells[day])
        if not cells[type_]:
            raise MalformedRow("no event type")
        a, b = acled_state(cells[one]), acled_state(cells[other])
        if not a or not b or a == b:
            return date, ()
        kind = from_acled(cells[type_], cells[sub])
        return date, (coded(cells[id], (a, b), date, cells[sub] or cells[type_], kind, None),)

    return read
