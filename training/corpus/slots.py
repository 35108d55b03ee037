"""Countries for the slots of a text: the same text is about other states each time it is loaded."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache

from dragoman.ontology.table import read_table

_WITH_ARTICLE = frozenset(["Bahamas", "Comoros", "Gambia", "Maldives", "Netherlands", "Philippines", "Seychelles"])
_AMBIGUOUS = frozenset(["Georgia", "Jordan", "Guinea", "Niger", "Dominica", "Micronesia", "Samoa", "Congo", "Sudan"])
_TERRITORIES = frozenset(["ABW", "CUW", "GRL", "GUM", "MYT", "NIU", "AIA", "BMU", "GIB", "MSR", "PYF", "NCL", "PRI"])
_COLUMNS = "id iso3 qid name kind sector names acronyms adjectives people plurals capitals".split()
_SPOKEN_YOU = ("Uk", "Ug", "Ur")
_SLOT = re.compile(r"(?:\b([Aa])n?(\s+(?:<[^>]*>)?))?\{([A-F])(?:\.(adj|capital|people))?(\|upper)?\}")


@dataclass(frozen=True, slots=True)
class Country:
    """One-word forms of a state: its name, adjective, capital and people."""

    iso3: str
    name: str
    adj: str
    capital: str
    people: str


@cache
def countries() -> tuple[Country, ...]:
    """States with one word for each form, no article, and no second meaning."""
    found = []
    for row in read_table("states.csv", _COLUMNS):
        cells = row.cells
        first = [cells["name"], *(cells[key].partition("|")[0] for key in ("adjectives", "capitals", "plurals"))]
        name, adjective, capital, _ = first
        plain = cells["kind"] == "country" and all(form.isalpha() for form in first) and len(set(first)) == len(first)
        skip = name in _WITH_ARTICLE | _AMBIGUOUS or cells["iso3"] in _TERRITORIES or capital.startswith(name)
        if plain and not skip and adjective != name:
            found.append(Country(cells["iso3"], *first))
    return tuple(found)


def fill(raw: str, rng: random.Random) -> tuple[str, dict[str, str]]:
    """`raw` with countries in its slots, and the ISO3 code by each country's name."""
    drawn = dict(zip("ABCDEF", rng.sample(countries(), 6), strict=True))

    def form(match: re.Match[str]) -> str:
        article, between, slot, kind, upper = match.groups()
        word: str = getattr(drawn[slot], kind or "name")
        if article:
            vowel = word[0] in "AEIOUÉ" and not word.startswith(_SPOKEN_YOU)
            article += ("n" if vowel else "") + between
        return (article or "") + (word.upper() if upper else word)

    return _SLOT.sub(form, raw), {country.name: country.iso3 for country in drawn.values()}
