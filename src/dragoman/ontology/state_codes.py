"""What other lists call a state: its ISO 3166 alpha-2 code and its number in the Correlates of War's list of states.

https://correlatesofwar.org/data-sets/cow-country-codes-2/ (the numbers of today's states; Germany is 255, Yemen 679).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dragoman.ontology.actors import states
from dragoman.ontology.table import Row, parse_table, read_table

COLUMNS = ("iso3", "iso2", "cow")


@dataclass(frozen=True, slots=True)
class StateCodes:
    """`iso2` is XK for Kosovo, which has no code of ISO; `cow` is None for what is no member of the list."""

    iso2: str
    cow: int | None


@lru_cache(maxsize=1)
def state_codes() -> Mapping[str, StateCodes]:
    """By ISO 3166 alpha-3 code. Raises `OntologyError` where the data file breaks its schema."""
    return _checked(read_table("state_codes.csv", COLUMNS))


def parse_state_codes(text: str) -> Mapping[str, StateCodes]:
    """As `state_codes`, of the text of such a file."""
    return _checked(parse_table("state_codes.csv", text, COLUMNS))


def _checked(rows: tuple[Row, ...]) -> Mapping[str, StateCodes]:
    found: dict[str, StateCodes] = {}
    known = {actor.country for actor in states().values()}
    taken: set[str | int] = set()
    for row in rows:
        iso3, iso2, number = row.text("iso3"), row.text("iso2"), row.optional("cow")
        if iso3 not in known or iso3 in found:
            raise row.fail(f"{iso3} is no state's code, or stands here twice")
        if not (len(iso2) == 2 and iso2.isascii() and iso2.isupper()):
            raise row.fail(f"iso2 is {iso2!r}, not two capitals")
        if number is not None and not (number.isascii() and number.isdigit() and 2 <= int(number) <= 990):
            raise row.fail(f"cow is {number!r}, not a number from 2 to 990")
        cow = int(number) if number else None
        if iso2 in taken or cow in taken:
            raise row.fail(f"{iso2} or {cow} is another state's")
        taken |= {iso2} | ({cow} if cow else set())
        found[iso3] = StateCodes(iso2, cow)
    return found
