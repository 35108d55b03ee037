"""Who held which office when, asked of Wikidata's query service: SPARQL 1.1 over HTTP, its JSON results, page by page."""

from __future__ import annotations

import csv
import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import partial
from importlib.metadata import version
from pathlib import Path

import httpx2

from dragoman.errors import InputError, ProjectError, SettingsError
from dragoman.gather.robots import retry_after
from dragoman.ontology.offices import OPEN

ENDPOINT = "https://query.wikidata.org/sparql"
COLUMNS = ("country", "office", "name", "surname", "aliases", "valid_from", "valid_to", "source", "last_checked")
TRIES = 5
MAX_BYTES = 64_000_000
"""Of one page, decompressed. A page of 1,000 rows has about one million."""
LONGEST_WAIT = 600
"""Seconds. A service that asks for more is left alone."""

_PASSING = frozenset((429, 500, 502, 503, 504))
_CELLS = "statement iso3 person en mul from fromPrecision to toPrecision ended died aliases families".split()
_SURNAME_FIRST = frozenset(("CHN", "HKG", "KOR", "MAC", "PRK", "TWN"))
_WHOLE_NAME = frozenset(("BTN", "KHM", "MMR"))
"""Where the press repeats the whole name."""
_PARTICLES = frozenset("al el bin ibn ben von van der den de da do dos di du la le abu ould mac ter zu".split())

_HEAD = """
      ?country wdt:P298 ?iso3 ; p:{item} ?statement .
      ?statement ps:{item} ?person ; wikibase:rank ?rank ."""
# The class is checked by its English name, so that an item that was merged or taken over gives nothing instead of nonsense.
# The country of a post is asked only where no jurisdiction is given: Bavaria's minister is not Germany's.
_MINISTER = """
      wd:{item} rdfs:label ?class . FILTER(LANG(?class) = "en" && CONTAINS(LCASE(?class), "{named}"))
      ?position wdt:P279* wd:{item} .
      ?statement ps:P39 ?position ; wikibase:rank ?rank .
      ?person p:P39 ?statement .
      OPTIONAL {{ ?position wdt:P1001 ?jurisdiction . OPTIONAL {{ ?jurisdiction wdt:P298 ?own }} }}
      OPTIONAL {{ ?position wdt:P17 ?state . ?state wdt:P298 ?around . FILTER NOT EXISTS {{ ?position wdt:P1001 ?any }} }}
      BIND(COALESCE(?own, ?around) AS ?iso3)"""
_OFFICES = {
    "head_of_state": _HEAD.format(item="P35"),
    "head_of_government": _HEAD.format(item="P6"),
    "foreign_minister": _MINISTER.format(item="Q7330070", named="foreign"),
    "defence_minister": _MINISTER.format(item="Q2518691", named="defen"),
}
"""For each kind of office (office_kinds.csv) what binds ?statement, ?person and ?iso3 (P298, ISO 3166-1 alpha-3).

P35 head of state, P6 head of government, P39 position held, P279 subclass of, P1001 applies to jurisdiction, P17 country.
"""
# The page is cut in the inner query, so that names are looked up for its rows only. "mul" is the name in all languages.
_QUERY = """\
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
SELECT ?statement ?iso3 ?person ?en ?mul ?from ?fromPrecision ?to ?toPrecision
  (SAMPLE(?anyEnd) AS ?ended) (MIN(?death) AS ?died)
  (GROUP_CONCAT(DISTINCT COALESCE(?alias, ""); SEPARATOR="|") AS ?aliases)
  (GROUP_CONCAT(DISTINCT COALESCE(?family, ""); SEPARATOR="|") AS ?families)
WHERE {{
  {{
    SELECT DISTINCT ?statement ?person ?iso3 WHERE {{{office}
      ?person wdt:P31 wd:Q5 .
      FILTER(?rank != wikibase:DeprecatedRank){countries}
    }}
    ORDER BY ?statement ?iso3
    LIMIT {limit} OFFSET {offset}
  }}
  OPTIONAL {{ ?person rdfs:label ?en . FILTER(LANG(?en) = "en") }}
  OPTIONAL {{ ?person rdfs:label ?mul . FILTER(LANG(?mul) = "mul") }}
  OPTIONAL {{ ?person skos:altLabel ?alias . FILTER(LANG(?alias) IN ("en", "mul")) }}
  OPTIONAL {{ ?person wdt:P734 ?familyName . ?familyName rdfs:label ?family . FILTER(LANG(?family) IN ("en", "mul")) }}
  OPTIONAL {{ ?person wdt:P570 ?death . FILTER(ISLITERAL(?death)) }}
  OPTIONAL {{ ?statement pqv:P580 ?start . ?start wikibase:timeValue ?from ; wikibase:timePrecision ?fromPrecision }}
  OPTIONAL {{ ?statement pq:P582 ?anyEnd }}
  OPTIONAL {{ ?statement pqv:P582 ?end . ?end wikibase:timeValue ?to ; wikibase:timePrecision ?toPrecision }}
}}
GROUP BY ?statement ?iso3 ?person ?en ?mul ?from ?fromPrecision ?to ?toPrecision
"""


@dataclass(frozen=True, slots=True)
class Service:
    """Where and how to ask. Raises SettingsError for what cannot be followed."""

    endpoint: str = ENDPOINT
    contact: str = "no contact given"
    """The e-mail address or page of who runs this. Wikimedia asks for one, and may refuse a client without it."""
    timeout: float = 60
    """Seconds to connect, and to wait for the next bytes of an answer."""
    page: int = 1000
    """Tenures asked for at once."""

    def __post_init__(self) -> None:
        try:
            url = httpx2.URL(self.endpoint)
        except httpx2.InvalidURL as error:
            raise SettingsError(f"the endpoint {self.endpoint!r} is not an address: {error}") from error
        if url.scheme not in ("http", "https") or not url.host:
            raise SettingsError(f"the endpoint {self.endpoint!r} is no web address: give one such as {ENDPOINT}")
        if not re.fullmatch(r"[!-~ ]*[!-~][!-~ ]*", self.contact) or set(self.contact) & set("()\\"):
            raise SettingsError(f"the contact {self.contact!r} must be an e-mail address or a page, without brackets")
        if not (0 < self.timeout < float("inf") and self.page > 0):
            raise SettingsError(f"timeout and page must be more than 0, not {self.timeout} and {self.page}")

    def user_agent(self) -> str:
        """In the form of https://meta.wikimedia.org/wiki/User-Agent_policy."""
        return f"dragoman/{version('dragoman')} ({self.contact}) httpx2/{httpx2.__version__}"


@dataclass(frozen=True, slots=True)
class Holding:
    """A person in an office for one term."""

    country: str
    """ISO 3166-1 alpha-3."""
    office: str
    name: str
    surname: str
    aliases: tuple[str, ...]
    """Other full names, sorted."""
    valid_from: str
    """An EDTF day, month or year."""
    valid_to: str
    """An EDTF day, month or year, or `..` where no end is known."""


def fetch_holders(
    service: Service | None = None,
    *,
    countries: Sequence[str] | None = None,
    skipped: Counter[str] | None = None,
    sleep: Callable[[float], object] = time.sleep,
) -> Iterator[Holding]:
    """Heads of state and of government, foreign and defence ministers, past and present, as they arrive.

    `countries` are ISO 3166-1 alpha-3 codes; None: all. `skipped` counts what is left out: "no name" (neither in English
    nor for all languages), "no country" (no state with a code), "no date" (no beginning, an end of unknown date, or an end
    before the beginning), and "no head_of_state" and so on for a kind of office of which the service knows nobody. Who has
    no end but has died has left office in the year of death.

    Raises SettingsError for a country that is no code, and InputError, while it is iterated, where the service cannot be
    reached, refuses, still fails after five tries or does not answer with the results of the query.
    """
    if wrong := [code for code in countries or () if not re.fullmatch("[A-Z]{3}", code)]:
        raise SettingsError(f"{wrong[0]!r} is not a country: give three capital letters as in ISO 3166, such as DEU")
    codes = ", ".join(f'"{code}"' for code in countries or ())
    only = "" if countries is None else f"\n      FILTER(?iso3 IN ({codes}))"
    return _fetch(service or Service(), only, Counter() if skipped is None else skipped, sleep)


def write_holders(path: Path, holdings: Iterable[Holding], checked: Date) -> int:
    """Writes a table with the columns of offices.csv, sorted; returns its number of rows. `checked`: the day of asking.

    The file at `path` is replaced when all rows are written, and left as it is where anything fails before that. Raises
    InputError where there are no holdings, and ProjectError where the file cannot be written.
    """
    terms: dict[tuple[str, ...], set[str]] = {}
    for one in holdings:
        term = (one.country, one.office, one.name, one.surname, one.valid_from, one.valid_to)
        terms.setdefault(term, set()).update(one.aliases)
    if not terms:
        raise InputError(f"no office holders came in, and {path} is left as it is: ask for other countries, or later")
    rows = sorted(
        (*term[:4], "|".join(sorted(aliases)), *term[4:], "Wikidata", f"{checked:%Y-%m}")
        for term, aliases in terms.items()
    )
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            table = csv.writer(out, lineterminator="\n")
            table.writerow(COLUMNS)
            table.writerows(rows)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ProjectError(f"{path} cannot be written: {error.strerror}") from error
    return len(rows)


def _fetch(service: Service, only: str, skipped: Counter[str], sleep: Callable[[float], object]) -> Iterator[Holding]:
    headers = {"User-Agent": service.user_agent(), "Accept": "application/sparql-results+json"}
    with httpx2.Client(headers=headers, timeout=service.timeout, follow_redirects=False) as client:
        for office, pattern in _OFFICES.items():
            known = False
            query = partial(_QUERY.format, office=pattern, countries=only, limit=service.page)
            for row in _pages(client, service, query, sleep):
                known = True
                found = _holding(office, row)
                if isinstance(found, Holding):
                    yield found
                else:
                    skipped[found] += 1
            if not known:
                skipped[f"no {office}"] += 1


def _pages(
    client: httpx2.Client, service: Service, query: Callable[..., str], sleep: Callable[[float], object]
) -> Iterator[Mapping[str, str]]:
    """The rows of all pages. The inner query cuts the page, so that a full one gives at least as many rows."""
    offset, last = 0, None
    while True:
        rows = _answer(client, service, query(offset=offset), sleep)
        if rows and rows == last:
            raise InputError(
                f"{service.endpoint} gives the same page twice: it does not follow OFFSET; ask another service"
            )
        yield from rows
        if len(rows) < service.page:
            return
        offset, last = offset + service.page, rows


class _Passing(Exception):
    """A failure that may pass, with the seconds after which to try again where the service names them."""

    def __init__(self, what: str, wait: float | None = None) -> None:
        super().__init__(what)
        self.wait = wait


def _answer(
    client: httpx2.Client, service: Service, query: str, sleep: Callable[[float], object]
) -> list[dict[str, str]]:
    for failed in range(1, TRIES + 1):
        try:
            return _rows(_body(client, service.endpoint, query), service.endpoint)
        except _Passing as error:
            if failed == TRIES:
                advice = "try again later, or for fewer countries"
                raise InputError(f"{service.endpoint} failed {TRIES} times, at last so: {error}; {advice}") from error
            wait = 2.0**failed + random.random() if error.wait is None else error.wait
            if wait > LONGEST_WAIT:
                message = f"{service.endpoint} asks to wait for {wait:.0f} seconds: try again after that"
                raise InputError(message) from error
        sleep(wait)
    raise AssertionError


def _body(client: httpx2.Client, endpoint: str, query: str) -> bytes:
    body = bytearray()
    try:
        with client.stream("POST", endpoint, data={"query": query}) as response:
            _refuse(response, endpoint)
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MAX_BYTES:
                    raise InputError(f"{endpoint} sends more than {MAX_BYTES} bytes for a page: ask for fewer at once")
    except httpx2.RequestError as error:
        raise _Passing(str(error) or type(error).__name__) from error
    return bytes(body)


def _refuse(response: httpx2.Response, endpoint: str) -> None:
    """Raises for every answer that is no success."""
    status = response.status_code
    if status in _PASSING:
        wait = retry_after(response.headers.get("Retry-After", "")) if status in (429, 503) else None
        raise _Passing(f"status {status}", wait)
    if 300 <= status < 400:
        target = response.headers.get("Location", "")[:200]
        raise InputError(
            f"{endpoint} sends on to {target!r}, which is not followed: if you trust it, give it as endpoint"
        )
    if status in (401, 403):
        raise InputError(f"{endpoint} refuses to answer (status {status}): give a contact that its operators can reach")
    if status != 200:
        raise InputError(
            f"{endpoint} answers with status {status}: see that it is a SPARQL service with Wikidata's items"
        )


def _rows(body: bytes, endpoint: str) -> list[dict[str, str]]:
    """The bound cells of each row of https://www.w3.org/TR/sparql11-results-json/."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        # Wikidata's service ends an answer in the middle, with status 200, when the query runs out of time.
        raise _Passing("its answer is cut off or is not JSON") from error
    try:
        missing = [name for name in _CELLS if name not in answer["head"]["vars"]]
        rows = [{name: cell["value"] for name, cell in row.items()} for row in answer["results"]["bindings"]]
        sound = all(isinstance(value, str) for row in rows for value in row.values())
    except (AttributeError, KeyError, TypeError) as error:
        raise InputError(
            f"{endpoint} answers with JSON that is no result of SPARQL: see that it is a SPARQL service"
        ) from error
    if missing or not sound:
        what = f"without the columns {', '.join(missing)}" if missing else "with cells that are no text"
        raise InputError(f"{endpoint} answers {what}: see that it follows SPARQL 1.1")
    return [row for row in rows if "statement" in row]  # Some services group nothing to one empty row.


def _holding(office: str, row: Mapping[str, str]) -> Holding | str:
    """The holding, or why it is left out."""
    name = re.sub(r",? (of|from) .*", "", _text(row.get("en") or row.get("mul") or ""))
    if not _is_name(name):
        return "no name"
    country = row.get("iso3", "")
    if not re.fullmatch("[A-Z]{3}", country):
        return "no country"
    start = _edtf(row.get("from", ""), row.get("fromPrecision", ""))
    end: str | None = OPEN
    if row.get("ended"):
        end = _edtf(row.get("to", ""), row.get("toPrecision", ""))
    elif died := row.get("died"):
        end = _edtf(died, "9")
    if start is None or end is None or int(start[:4]) > Date.today().year + 1:
        return "no date"
    shared = min(len(start), len(end))
    if end != OPEN and end[:shared] < start[:shared]:
        return "no date"
    others = {_text(alias) for alias in row.get("aliases", "").split("|")} - {name}
    aliases = tuple(sorted(alias for alias in others if " " in alias and _is_name(alias)))
    surname = _surname(name, country, row.get("families", "").split("|"))
    return Holding(country, office, name, surname, aliases, start, end)


def _text(value: str) -> str:
    """The words, with single blanks and without what cannot be seen."""
    return "".join(character for character in " ".join(value.split()) if character.isprintable())


def _is_name(text: str) -> bool:
    """Whether a label begins with a letter, and is not the number of an item that has no label."""
    return text.lstrip("'’‘")[:1].isalpha() and not re.fullmatch(r"Q\d+", text)


def _edtf(value: str, precision: str) -> str | None:
    """An xsd:dateTime as far as Wikidata's precision goes (9 year, 10 month, 11 day); None for less than a year."""
    length = {"9": 4, "10": 7}.get(precision, 10 if re.fullmatch("1[1-4]", precision) else 0)
    try:
        return Date.fromisoformat(value[:10]).isoformat()[:length] or None
    except ValueError:
        return None


def _surname(name: str, country: str, families: Iterable[str]) -> str:
    """What the press uses alone: the last family name (P734) and what follows, else the last word; with its particles."""
    words = [word for word in name.replace(",", " ").split() if not re.fullmatch(r"[IVX]+|[JS]r\.?", word)]
    if country in _WHOLE_NAME or not words:
        return name
    if country in _SURNAME_FIRST:
        return words[0]
    parts = [family.split() for family in families if family]
    starts = [at for at in range(1, len(words)) for part in parts if words[at : at + len(part)] == part]
    start = max(starts, default=len(words) - 1)
    while start > 1 and words[start - 1].casefold().strip("-") in _PARTICLES:
        start -= 1
    return " ".join(words[start:])
