"""Events of GDELT 2.0, by their 61 columns or a header, and of 1.0 by their 58 or 57; and mentions, by their 16.

The GDELT Event Database Data Format Codebook V1.03 (2013) and V2.0 (2015).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dragoman.errors import InputError
from dragoman.exchange.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from dragoman.exchange.incoming.coded import Layout, MalformedRow, Read, Reader, cameo_kind, coded, number
from dragoman.exchange.incoming.days import iso_day
from dragoman.ontology.outside import state_code
from dragoman.record.relations import FOR_THEIR_STATE

_NEEDS = ("globaleventid", "actor1countrycode", "actor2countrycode", "eventcode")
_COLUMNS = tuple(name.casefold().replace("_", "") for name in EVENT_COLUMNS)
_OLD_COLUMNS = tuple(name for name in _COLUMNS if not name.endswith("adm2code"))
EVENTS = (
    Layout("GDELT events", _NEEDS, _COLUMNS),
    Layout("GDELT 1.0 events", _NEEDS, _OLD_COLUMNS),
    Layout("GDELT 1.0 events of before April 2013", _NEEDS, _OLD_COLUMNS[:-1]),
)
"""The oldest have no address of a page."""
MENTIONS = Layout(
    "GDELT mentions",
    ("globaleventid", "mentionidentifier"),
    tuple(name.casefold() for name in MENTION_COLUMNS),
)


def reader(at: Mapping[str, int]) -> Reader:
    """Reads events; `at` is where each column stands. Raises InputError where none has the day."""
    day = at["sqldate"] if "sqldate" in at else at.get("day")
    if day is None:
        raise InputError("a table of GDELT events has no column Day or SQLDATE: give it with one")
    id, code = at["globaleventid"], at["eventcode"]
    one, other = at["actor1countrycode"], at["actor2countrycode"]
    one_type, other_type = at.get("actor1type1code"), at.get("actor2type1code")
    articles = at.get("numarticles")

    def read(cells: Sequence[str]) -> Read:
        date = iso_day(cells[day])
        kind = cameo_kind(cells[code])
        if not cells[one] or not cells[other]:
            return date, ()
        source, target = _party(cells, one, one_type), _party(cells, other, other_type)
        if not source or not target or source == target:
            return date, ()
        reports = number(cells[articles]) if articles is not None else None
        return date, (coded(cells[id], (source, target), date, cells[code], kind, reports),)

    return read


def mention_reader(at: Mapping[str, int]) -> Callable[[Sequence[str]], tuple[str, str]]:
    """Reads mentions: the id of the event, and the page that tells of it."""
    id, page = at["globaleventid"], at["mentionidentifier"]

    def read(cells: Sequence[str]) -> tuple[str, str]:
        if not cells[id].isdigit() or not cells[page]:
            raise MalformedRow("no event or no page")
        return cells[id], cells[page]

    return read


def _party(cells: Sequence[str], country: int, type_: int | None) -> str | None:
    """The state that an actor is, or acts for."""
    acts = cells[type_] if type_ is not None else ""
    return state_code(cells[country]) if not acts or acts in FOR_THEIR_STATE else None
