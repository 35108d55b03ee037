"""Where: cities and regions of states, from GeoNames (CC BY 4.0) and rigour (MIT); `tools/build_places.py` makes the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from dragoman.errors import OntologyError
from dragoman.ontology.phrases import normalise


@dataclass(frozen=True, slots=True)
class Place:
    """A city or region: `geonames:` and a number, `wikidata:` and an item, or `region:` and a slug; the ISO code of its state."""

    id: str
    name: str
    iso3: str


def place(name: str) -> Place | None:
    """The place of a name, None where no list has it or places of several states go by it. Names of states and their
    capitals are not here: see `ontology.actors`."""
    row = _rows().get(normalise(name))
    return Place(*row) if row else None


@lru_cache(maxsize=1)
def _rows() -> Mapping[str, tuple[str, str, str]]:
    text = resources.files("dragoman.ontology").joinpath("data", "places.tsv").read_text(encoding="utf-8")
    header, *lines = text.splitlines()
    if header != "key\tid\tname\tiso3":
        raise OntologyError(f"places.tsv, line 1: the header is {header!r}")
    found = {}
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) != 4 or not all(cells):
            raise OntologyError(f"places.tsv, line {number}: not four cells: {line!r}")
        found[cells[0]] = (cells[1], cells[2], cells[3])
    return found
