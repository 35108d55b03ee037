"""Who held which office when, as far as dated sources say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import timedelta
from functools import lru_cache

from dragoman.model import Actor, ActorType, content_id
from dragoman.ontology.own import OFFICES, own_offices
from dragoman.ontology.phrases import normalise
from dragoman.ontology.table import ABOVE_STATES, Row, parse_table, read_table

OPEN = ".."
"""EDTF's open end: the holder was in office when the source was last checked."""
_COLUMNS = ("country", "office", "name", "surname", "aliases", "valid_from", "valid_to", "source", "last_checked")
_GRACE = timedelta(days=366)
"""How far from the day of checking an undated beginning or end is believed."""
_OPEN_GRACE = timedelta(days=3 * 366)
"""How long after the day of checking an open tenure is believed. A known successor ends it earlier."""


@dataclass(frozen=True, slots=True)
class Office:
    """A kind of office."""

    key: str
    sector: str | None
    one_at_a_time: bool
    """Whether a state has one holder at a time, so that "the foreign minister" is somebody."""
    rank: int
    """From 1, heads of state and government: of two in office who share a surname the text means the one of higher rank."""


@lru_cache(maxsize=1)
def office_kinds() -> Mapping[str, Office]:
    """Every kind of office under its key."""
    rows = read_table("office_kinds.csv", ("office", "sector", "one_at_a_time", "rank"))
    kinds = (Office(row.text("office"), row.sector(), row.flag("one_at_a_time"), int(row.text("rank"))) for row in rows)
    return {kind.key: kind for kind in kinds}


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in an office. Dates are EDTF: a day, a month, a year, `..` for an open end, None where unknown."""

    name: str
    iso3: str
    """The code after `state:` in the id of a state or entity, or PLOVER's code above states."""
    office: str
    sector: str | None
    valid_from: str | None
    valid_to: str | None
    person: Actor
    first_day: Date
    """The first day on which the office is believed to be this person's, as `last_day` is the last."""
    last_day: Date


def person_id(name: str, iso3: str | None) -> str:
    """The id of a person of a country (None: unknown). Readings and offices make the same one from the same name."""
    return content_id("person", normalise(name), iso3)


def holders(name: str, date: str | None = None) -> tuple[Holder, ...]:
    """Who goes by a surname or a full name, in office on `date` (EDTF; a month or a year: at any time in it).

    None, or a date without a year: everyone who goes by it, the latest first.
    """
    known = _by_name().get(normalise(name), ())
    if (days := _days(date)) is None:
        return known
    return tuple(holder for holder in known if holder.first_day <= days[1] and days[0] <= holder.last_day)


def holder(iso3: str, office: str, date: str | None = None) -> Holder | None:
    """Who held an office on `date` (EDTF; None: the latest known), or None where that is not known."""
    known = _by_office().get((iso3, office), ())
    if (days := _days(date)) is None:
        return known[0] if known else None
    return next((one for one in known if one.first_day <= days[1] and days[0] <= one.last_day), None)


def people() -> tuple[tuple[str, Actor], ...]:
    """Full names, in all their forms, with the persons that they name; the latest in office first."""
    return tuple(
        (form, holder.person)
        for row, holder in _rows()
        for form in (holder.name, *(form for form in (row.text("surname"), *row.many("aliases")) if " " in form))
    )


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[Row, Holder], ...]:
    rows = read_table("offices.csv", _COLUMNS)
    if (own := own_offices()) is not None:
        rows = (*rows, *parse_table(OFFICES, own, _COLUMNS))
    homes = {row.text("name"): row.text("country") for row in rows if row.text("country") not in ABOVE_STATES}
    held = [(row, _holder(row, homes)) for row in rows]
    starts: dict[tuple[str, str], list[Date]] = defaultdict(list)
    for _, holder in held:
        if holder.valid_from and office_kinds()[holder.office].one_at_a_time:
            starts[holder.iso3, holder.office].append(holder.first_day)
    ended = [(row, _until_successor(row, holder, starts[holder.iso3, holder.office])) for row, holder in held]
    return tuple(sorted(ended, key=lambda pair: (pair[1].first_day, pair[1].name), reverse=True))


def _until_successor(row: Row, holder: Holder, starts: Sequence[Date]) -> Holder:
    """The holder, whose undated end is at the latest the day before somebody else's dated beginning. One who was in office
    when last checked was so beside whoever began before that day."""
    if holder.valid_to not in (None, OPEN):
        return holder
    since = _bounds(row, row.text("last_checked"))[0] if holder.valid_to == OPEN else holder.first_day
    later = [start - timedelta(days=1) for start in starts if start > max(since, holder.first_day)]
    return replace(holder, last_day=min(holder.last_day, *later)) if later else holder


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, tuple[Holder, ...]]:
    found: dict[str, dict[Holder, None]] = defaultdict(dict)
    for row, holder in _rows():
        for form in (holder.name, row.text("surname"), *row.many("aliases")):
            found[normalise(form)][holder] = None
    return {key: tuple(same) for key, same in found.items()}


@lru_cache(maxsize=1)
def _by_office() -> Mapping[tuple[str, str], tuple[Holder, ...]]:
    found: dict[tuple[str, str], list[Holder]] = defaultdict(list)
    for _, holder in _rows():
        found[holder.iso3, holder.office].append(holder)
    return {key: tuple(same) for key, same in found.items()}


def forget() -> None:
    """Lets go of what was loaded, because the user's own holders are others now."""
    for cached in (_rows, _by_name, _by_office):
        cached.cache_clear()


def _holder(row: Row, homes: Mapping[str, str]) -> Holder:
    iso3, office, name = row.text("country"), row.text("office"), row.text("name")
    if office not in office_kinds():
        raise row.fail(f"office_kinds.csv has no office {office!r}")
    row.text("source")
    checked = _bounds(row, row.text("last_checked"))[1]
    start, end = row.optional("valid_from"), row.optional("valid_to")
    last = checked + (_OPEN_GRACE if end == OPEN else _GRACE) if end in (None, OPEN) else _bounds(row, end)[1]
    first = _bounds(row, start)[0] if start else min(checked, last) - _GRACE
    if last < first:
        raise row.fail(f"{name} leaves before {start}")
    country = homes.get(name, iso3)[:3]
    person = Actor(person_id(name, country), name, ActorType.PERSON, country)
    sector = "PRE" if "-" in iso3 else office_kinds()[office].sector
    return Holder(name, iso3, office, sector, start, end, person, first, last)


def _bounds(row: Row, value: str | None) -> tuple[Date, Date]:
    if (days := _days(value)) is None:
        raise row.fail(f"{value!r} is not a day, a month or a year")
    return days


def _days(value: str | None) -> tuple[Date, Date] | None:
    """The first and last day of an EDTF day, month or year; None where the year is open or missing."""
    try:
        year, month, day = (*(int(part) for part in (value or "").split("-")), 0, 0)[:3]
        first = Date(year, month or 1, day or 1)
        if day:
            return first, first
        last = Date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1) - timedelta(days=1)
    except ValueError:
        return None
    return first, last
