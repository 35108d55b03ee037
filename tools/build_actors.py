"""Builds ontology/data/states.csv and offices.csv. For developers: `pip install babel rigour` and Dragoman, then

    python tools/build_actors.py [--data ../shared/data]

ISO codes and items come from rigour (MIT), English names from CLDR by way of babel (BSD, Unicode licence), all other
forms from tools/actors/, which is kept by hand.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from offices import OFFICE_COLUMNS, offices

HERE = Path(__file__).parent
TARGET = HERE.parent / "src" / "dragoman" / "ontology" / "data"
STATE_COLUMNS = ["id", "iso3", "qid", "name", "kind", "sector", "names", "acronyms", "adjectives", "people", "plurals"]
STATE_COLUMNS.append("capitals")
PLAIN_NAMES = {
    "Congo - Kinshasa": "DR Congo",
    "Congo - Brazzaville": "Republic of the Congo",
    "Hong Kong SAR China": "Hong Kong",
    "Macao SAR China": "Macao",
    "Myanmar (Burma)": "Myanmar",
    "Cocos (Keeling) Islands": "Cocos Islands",
}
"""CLDR's names for lists of places, and what running text has for them."""
QIDS = {"DNK": "Q35", "NLD": "Q55"}
"""The states themselves, where rigour has their realms."""
UNPEOPLED = ("ATA", "ATF", "BVT", "HMD", "SGS", "UMI")
RESERVED = ("ASC", "CPT", "CRQ", "DGA", "TAA")
"""Codes that ISO 3166 keeps for others to use."""


def kept(file: str) -> Iterator[list[str]]:
    """The lines of a hand-kept file, split at semicolons."""
    for line in (HERE / "actors" / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split(";")


def plural(noun: str) -> tuple[str, str]:
    singular, _, many = noun.partition("/")
    return singular, many or singular + "s"


def joined(parts: Iterable[str], *leave_out: str) -> str:
    return "|".join(dict.fromkeys(part for part in parts if part and part not in leave_out))


def state(ident: str, iso3: str, kind: str, qid: str, name: str, forms: list[str]) -> list[str]:
    """One row of states.csv from names, acronyms, adjectives, people and capitals as the hand-kept files write them."""
    names, acronyms, adjectives, people, capitals = (form.split("|") for form in forms)
    pairs = [plural(noun) for noun in people if noun]
    singulars, plurals = [one for one, _ in pairs], [many for _, many in pairs]
    sector = "PRE" if kind == "entity" else ""
    columns = [names, acronyms, adjectives, singulars, plurals, capitals]
    return [ident, iso3, qid, name, kind, sector, joined(columns[0], name), *(joined(column) for column in columns[1:])]


def states() -> Iterator[list[str]]:
    from babel import Locale
    from rigour.territories import get_territories

    cldr = Locale("en").territories
    ours = {iso3: rest for iso3, *rest in kept("states.txt")}
    for territory in get_territories():
        iso3 = (territory.alpha3 or "").upper()
        if territory.is_historical or territory.code.upper() not in cldr or iso3 in {"", *UNPEOPLED, *RESERVED}:
            continue
        adjectives, people, names, acronyms, capitals = ours.get(iso3, [""] * 5)
        name = cldr[territory.code.upper()].replace("’", "'")
        name = PLAIN_NAMES.get(name, name)
        formal = territory.full_name if re.fullmatch("[^([]+", territory.full_name) else ""
        long = name.replace("&", "and").replace("St.", "Saint").replace("and Grenadines", "and the Grenadines")
        forms = joined(
            [
                *names.split("|"),
                long,
                long.replace("Saint ", "St. "),
                name.replace("&", "and").replace("St.", "Saint"),
                formal.removeprefix("The "),
            ]
        )
        kind = "entity" if iso3 == "ESH" else "country"
        qid = QIDS.get(iso3, territory.qid)
        yield state(f"state:{iso3}", iso3, kind, qid, name, [forms, acronyms, adjectives, people, capitals])
    for ident, iso3, kind, qid, name, *rest in kept("entities.txt"):
        yield state(f"state:{ident}", iso3, kind, qid, name, rest)


def write(file: str, columns: list[str], rows: Iterable[list[str]]) -> None:
    with (TARGET / file).open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(sorted(rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE.parent.parent / "shared" / "data")
    data = parser.parse_args().data / "actors"
    if not data.is_dir():
        parser.error(f"{data} is no folder: give the folder of the data with --data")
    rows = list(states())
    write("states.csv", STATE_COLUMNS, rows)
    codes = {form.casefold(): row[1] for row in rows if row[4] == "country" for form in (row[3], *row[6].split("|"))}
    write("offices.csv", OFFICE_COLUMNS, offices(data, HERE / "actors", codes))


if __name__ == "__main__":
    main()
