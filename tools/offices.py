"""Dated office holders for offices.csv: from shared/data/actors, and from tools/actors/holders.txt, kept by hand."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.ontology.phrases import normalise

OFFICE_COLUMNS = ["country", "office", "name", "surname", "aliases", "valid_from", "valid_to", "source", "last_checked"]
OPEN = ".."
SURNAME_FIRST = frozenset(("CHN", "HKG", "KOR", "MAC", "PRK", "TWN"))
WHOLE_NAME = frozenset(("BTN", "KHM", "MMR"))
"""Where the press repeats the whole name."""
PARTICLES = frozenset("al el bin ibn ben von van der den de da do dos di du la le abu ould mac ter zu".split())
SUFFIXES = frozenset("jr sr ii iii iv i".split())
CIA_OFFICES = (
    (r"President|King|Queen|Emir|Amir|Sultan|Emperor|Grand Duke|Prince|Chief of State", "head_of_state"),
    (r"Prime Minister|Chancellor|Premier|Chairman, Council of Ministers", "head_of_government"),
    (r"Vice President|First Vice President", "vice_president"),
    (r"Supreme Leader", "supreme_leader"),
    (r"Permanent Representative to the UN, New York", "un_representative"),
    (
        r"(Minister|Secretary) (of|for) (Foreign|External) (Affairs|Relations)\b.*|Secretary of State",
        "foreign_minister",
    ),
    (r"Minister (of|for) (Foreign & European Affairs|Europe & Foreign Affairs)", "foreign_minister"),
    (r"Chief of the Federal Department of Foreign Affairs|Secretary of State for Foreign & Comm.*", "foreign_minister"),
    (r"(Minister|Secretary) (of|for) (National )?Defense\b(?! Industry| Production).*", "defence_minister"),
    (r"Minister (of|for) (the )?(Interior|Internal Affairs|Home Affairs)\b.*", "interior_minister"),
    (r"(Minister|Secretary) (of|for) (the )?(Finance|Treasury)", "finance_minister"),
)
WIKIDATA_OFFICES = (
    (r"vice.president|deputy", ""),
    (
        r"executive yuan|prime minister|premier of|chancellor of|head of government|president of the government",
        "head_of_government",
    ),
    (r"supreme leader", "supreme_leader"),
    (
        r"president|king|queen|monarch|emir|sultan|emperor|grand duke|prince of|pope|captain regent|head of state",
        "head_of_state",
    ),
    (r"foreign", "foreign_minister"),
    (r"defen[cs]e", "defence_minister"),
)
SPELT = {
    "bahamas, the": "BHS",
    "burma": "MMR",
    "congo, democratic republic of the": "COD",
    "congo, republic of the": "COG",
    "cote d'ivoire": "CIV",
    "gambia, the": "GMB",
    "holy see (vatican city)": "VAT",
    "korea, north": "PRK",
    "korea, south": "KOR",
    "micronesia, federated states of": "FSM",
    "saint vincent and the grenadines": "VCT",
    "republic of artsakh": "AZE-nagorno-karabakh",
    "republika srpska": "BIH-republika-srpska",
    "republic of abkhazia": "GEO-abkhazia",
    "south ossetia": "GEO-south-ossetia",
    "transnistria": "MDA-transnistria",
    "somaliland": "SOM-somaliland",
    "turkish republic of northern cyprus": "CYP-northern-cyprus",
    "sahrawi arab democratic republic": "ESH",
    "european union": "EUR",
    "african union": "IGO",
    "georgia": "GEO",
    "ireland": "IRL",
}
"""Names of lists that are no names of running text, or that several actors go by."""
REFUSED = frozenset(
    (
        ("SAU", "head_of_state", "mohammed bin salman"),
        ("SAU", "head_of_state", "salman"),
        ("SAU", "head_of_government", "salman"),
        ("VAT", "head_of_state", "fernando vergez alzaga"),
    )
)
"""Lines not to follow: a prime minister given as king, a king by his given name alone, a governor as head of state."""
HOME = {"charles iii": "GBR", "elizabeth ii": "GBR", "emmanuel macron": "FRA"}
"""Heads of several states: the one in whose name they speak."""
PATRONYMIC = re.compile(r"\w+(ovich|evich|yevich|ovych|ovna|evna|ivna)")


@dataclass(frozen=True, slots=True)
class Tenure:
    """One line of offices.csv."""

    country: str
    office: str
    name: str
    surname: str
    valid_from: str
    valid_to: str
    source: str
    last_checked: str
    aliases: tuple[str, ...] = ()

    def row(self) -> list[str]:
        cells = [self.country, self.office, self.name, self.surname, "|".join(self.aliases)]
        return [*cells, self.valid_from, self.valid_to, self.source, self.last_checked]


def surname_of(name: str, country: str) -> str:
    """The part that the press uses alone: last with its particles, or first where a country writes it first."""
    words = [word for word in name.split() if word.strip(".").casefold() not in SUFFIXES]
    if country in WHOLE_NAME:
        return name
    if country in SURNAME_FIRST and len(words) > 1:
        return words[0]
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold().strip("-") in PARTICLES:
        start -= 1
    return " ".join(words[start:])


def office(label: str, table: tuple[tuple[str, str], ...], whole: bool) -> str:
    match = re.fullmatch if whole else re.search
    return next((key for pattern, key in table if match(pattern, label if whole else label.casefold())), "")


def cia(file: Path, codes: Mapping[str, str]) -> Iterator[Tenure]:
    for line in csv.DictReader(file.open(encoding="utf-8")):
        key, country = office(line["office"], CIA_OFFICES, True), codes[line["country"].casefold()]
        shouted = re.sub(r"\s*[(\"].*?[)\"]", "", line["name"])
        upper = [word for word in shouted.split() if len(word.strip(".,()'")) > 1 and word == word.upper()]
        if key and country and upper:
            name = " ".join(part for part in titled(shouted).split() if not part.endswith("."))
            surname = name if country in WHOLE_NAME else titled(" ".join(upper))
            if " " in name:
                yield Tenure(country, key, name, surname, "", "", "CIA World Leaders", "2019-06")


def titled(name: str) -> str:
    """The name in the capitals of running text, where the source shouts the surname."""
    name = re.sub(r"(Dr\.|Judge) ", "", name.split(",")[0])
    name = re.sub(r"\b(?![IVX]+\b)[A-ZÀ-Þ][A-ZÀ-Þ']+", lambda word: word[0].capitalize(), name)
    return re.sub(
        r"\bMc([a-z])", lambda mac: "Mc" + mac[1].upper(), re.sub(r"'([a-z])(?=\w)", lambda m: "'" + m[1].upper(), name)
    )


def wikidata(file: Path, codes: Mapping[str, str]) -> Iterator[Tenure]:
    for line in csv.DictReader(file.open(encoding="utf-8")):
        key, country = office(line["positionLabel"], WIKIDATA_OFFICES, False), codes[line["country"].casefold()]
        name = re.sub(r",? (of|from) .*", "", line["officeholderLabel"]).strip()
        if key and country and not re.fullmatch(r"Q\d+", name) and "Swiss Federal" not in line["positionLabel"]:
            start, end = line["start_year"], line["end_year"] or OPEN
            yield Tenure(country, key, name, surname_of(name, country), start, end, "Wikidata", "2022-10")


def g20(file: Path, codes: Mapping[str, str]) -> Iterator[Tenure]:
    for line in csv.DictReader(file.open(encoding="utf-8")):
        country, name = codes[line["country"].casefold()], line["name_en"]
        surname = surname_of(name, country)
        yield Tenure(
            country, line["position"], name, surname, line["since"], OPEN, "G20 and ASEAN leaders", "2026-08-22"
        )


def hand_kept(file: Path) -> Iterator[Tenure]:
    """Lines of country;office;name;surname;from;to;source;last checked;other spellings."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, key, name, surname, start, end, source, checked, forms = line.split(";")
            aliases = tuple(form for form in forms.split("|") if form and form not in (name, surname))
            surname = surname or surname_of(name, country)
            yield Tenure(country, key, name, surname, start, end, source, checked, aliases)


def merged(tenures: list[Tenure], forms: Mapping[str, tuple[str, ...]]) -> Iterator[Tenure]:
    """One line for each term: of lines that say the same, those that date it win, then those checked later."""
    usual = {normalise(form): name for name, others in forms.items() for form in others if " " in form}
    names: dict[tuple[str, str], Tenure] = {}
    kept: dict[tuple[str, str], dict[str, list[Tenure]]] = {}
    for tenure in sorted(tenures, key=lambda one: (one.valid_from != "", one.last_checked), reverse=True):
        words = tenure.name.split()
        plain = " ".join(word for word in words if not PATRONYMIC.fullmatch(word) or len(words) < 3)
        tenure = replace(tenure, name=usual.get(normalise(plain), plain))
        words = normalise(tenure.name).split()
        who = next(
            (known for known in kept.get((tenure.country, tenure.office), ()) if same_person(known, words)),
            " ".join(sorted(words)),
        )
        first = names.setdefault((tenure.country, who), tenure)
        others = kept.setdefault((tenure.country, tenure.office), {}).setdefault(who, [])
        abroad = HOME.get(normalise(tenure.name), tenure.country) != tenure.country
        if not abroad and all(tenure.valid_from and apart(tenure, other) for other in others):
            aliases = tuple(dict.fromkeys((*forms.get(first.name, ()), *tenure.aliases, *first.aliases)))
            others.append(replace(tenure, name=first.name, surname=first.surname, aliases=aliases))
    yield from (tenure for people in kept.values() for others in people.values() for tenure in others)


def same_person(known: str, words: list[str]) -> bool:
    """Whether one of two names of holders of one office is the other with more given names."""
    one, other = set(known.split()), set(words)
    return min(len(one), len(other)) > 1 and (one <= other or other <= one)


def apart(one: Tenure, other: Tenure) -> bool:
    """Whether two dated lines are two terms, and not one that two sources date."""
    early, late = sorted((one, other), key=lambda term: term.valid_from)
    return bool(early.valid_to) and early.valid_to != OPEN and early.valid_to[:4] < late.valid_from[:4]


def offices(data: Path, hand: Path, codes: Mapping[str, str]) -> list[list[str]]:
    """The rows of offices.csv; `codes` has the ISO codes of states by their casefolded names."""
    codes = {**codes, **SPELT}
    forms: dict[str, tuple[str, ...]] = {}
    for line in (hand / "spellings.txt").read_text(encoding="utf-8").splitlines():
        name, _, others = line.partition(";")
        forms[name] = tuple(others.split("|"))
    tenures = [tenure for file in sorted((hand / "holders").glob("*.txt")) for tenure in hand_kept(file)]
    tenures += [*g20(data / "g20_asean_leaders_2026-08-22.csv", codes)]
    tenures += wikidata(data / "wikidata_world_leaders_2022-10.csv", codes)
    tenures = [one for one in tenures if (one.country, one.office, normalise(one.name)) not in REFUSED]
    tenures += cia(data / "cia_world_leaders_2019-06.csv", codes)
    return [tenure.row() for tenure in merged(tenures, forms)]
