"""Office holders from a query service, which here is a server on loopback that speaks the JSON of Wikidata's."""

from __future__ import annotations

import csv
import gzip
import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import date as Date
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

import dragoman
from dragoman.errors import InputError, ProjectError, SettingsError
from dragoman.gather import wikidata
from dragoman.gather.wikidata import COLUMNS, Holding, Service, fetch_holders, write_holders
from dragoman.ontology.offices import office_kinds
from dragoman.ontology.table import parse_table

ASKED_BY = {
    "head_of_state": "ps:P35 ",
    "head_of_government": "ps:P6 ",
    "foreign_minister": "wd:Q7330070 ",
    "defence_minister": "wd:Q2518691 ",
}
VARS = "statement iso3 person en mul from fromPrecision to toPrecision ended died aliases families".split()
Row = Mapping[str, str]
Answer = Callable[[BaseHTTPRequestHandler], None]


def row(number: int = 1, **cells: str | None) -> Row:
    """What the service knows of one tenure; a cell that is None is not bound."""
    known: dict[str, str | None] = {
        "statement": f"http://www.wikidata.org/entity/statement/Q{number}-{number:04}",
        "iso3": "KAR",
        "person": f"http://www.wikidata.org/entity/Q{number}",
        "en": "Ana Velloso",
        "from": "2017-05-14T00:00:00Z",
        "fromPrecision": "11",
        "aliases": "",
        "families": "",
    }
    return {name: value for name, value in {**known, **cells}.items() if value is not None}


def until(value: str, precision: str | None) -> dict[str, str | None]:
    return {"to": value, "toPrecision": precision, "ended": value}


def results(rows: list[Row], names: list[str] = VARS) -> bytes:
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in rows]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}).encode()


def answer(body: bytes, status: int = 200, **headers: str) -> Answer:
    def send(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        sent = {"Content-Type": "application/sparql-results+json", "Content-Length": str(len(body))}
        for name, value in (sent | {name.replace("_", "-"): value for name, value in headers.items()}).items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return send


def cut(request: BaseHTTPRequestHandler) -> None:
    """Half a page, and then the connection closes."""
    body = results([row()])
    answer(body[: len(body) // 2], Content_Length=str(len(body)))(request)
    request.close_connection = True


def page_of(query: str) -> tuple[int, int]:
    found = re.search(r"ORDER BY .*\s+LIMIT (\d+) OFFSET (\d+)", query)
    assert found
    return int(found[1]), int(found[2])


class WikidataOnLoopback:
    """Follows LIMIT and OFFSET over the tenures of each office. What is in `first` is answered before, one a request."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.tenures: dict[str, list[Row]] = {}
        self.first: list[Answer] = []
        self.queries: list[str] = []
        self.headers: list[Mapping[str, str]] = []
        self.waits: list[float] = []
        self.skipped: Counter[str] = Counter()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        form = parse_qs(request.rfile.read(int(request.headers["Content-Length"])).decode())
        query = form["query"][0]
        self.queries.append(query)
        self.headers.append(dict(request.headers))
        if self.first:
            self.first.pop(0)(request)
            return
        office = next(office for office, words in ASKED_BY.items() if words in query)
        limit, offset = page_of(query)
        answer(results(self.tenures.get(office, [])[offset : offset + limit]))(request)

    def fetch(
        self, page: int = 1000, countries: list[str] | None = None, contact: str = "me@example.org"
    ) -> list[Holding]:
        service = Service(self.endpoint, contact, timeout=5, page=page)
        return list(fetch_holders(service, countries=countries, skipped=self.skipped, sleep=self.waits.append))


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[WikidataOnLoopback]:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            fake.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        fake = WikidataOnLoopback(f"http://127.0.0.1:{server.server_port}/sparql")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield fake
        server.shutdown()
        thread.join()


def test_each_kind_of_office_is_asked_for_once_and_is_one_that_the_table_of_offices_knows(
    service: WikidataOnLoopback,
) -> None:
    service.tenures = {office: [row()] for office in ASKED_BY}
    assert [holding.office for holding in service.fetch()] == list(ASKED_BY)
    assert len(service.queries) == 4
    assert set(ASKED_BY) <= set(office_kinds())


def test_pages_are_asked_for_until_one_is_short(service: WikidataOnLoopback) -> None:
    service.tenures["head_of_state"] = [row(number, en=f"Ana {number * 'x'}") for number in range(1, 6)]
    assert len(service.fetch(page=2)) == 5
    asked = [query for query in service.queries if ASKED_BY["head_of_state"] in query]
    assert [page_of(query) for query in asked] == [(2, 0), (2, 2), (2, 4)]


def test_a_full_last_page_is_followed_by_an_empty_one(service: WikidataOnLoopback) -> None:
    service.tenures["head_of_state"] = [row(1), row(2)]
    assert len(service.fetch(page=2)) == 2
    assert len(service.queries) == 5


def test_a_service_that_does_not_follow_offset_is_not_asked_for_ever(service: WikidataOnLoopback) -> None:
    service.first = [answer(results([row()]))] * 9
    with pytest.raises(InputError, match="OFFSET"):
        service.fetch(page=1)
    assert len(service.queries) == 2


def test_a_client_says_who_it_is_and_what_it_reads(service: WikidataOnLoopback) -> None:
    service.fetch(contact="https://example.org/ports; ports@example.org")
    agents = {sent["User-Agent"] for sent in service.headers}
    assert len(agents) == 1
    contact = re.escape("(https://example.org/ports; ports@example.org)")
    assert re.fullmatch(rf"dragoman/{dragoman.__version__} {contact} httpx2/[\d.]+", agents.pop())
    assert {sent["Accept"] for sent in service.headers} == {"application/sparql-results+json"}


def test_only_the_countries_that_are_named_are_asked_for(service: WikidataOnLoopback) -> None:
    service.fetch(countries=["DEU", "FRA"])
    assert all('FILTER(?iso3 IN ("DEU", "FRA"))' in query for query in service.queries)


def test_retry_after_is_waited_for(service: WikidataOnLoopback) -> None:
    service.tenures["head_of_state"] = [row()]
    service.first = [answer(b"slow down", 429, Retry_After="37")]
    assert len(service.fetch()) == 1
    assert service.waits == [37]


def test_retry_after_may_be_a_date(service: WikidataOnLoopback) -> None:
    then = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    service.first = [answer(b"", 503, Retry_After=then), answer(b"", 503, Retry_After=past)]
    service.fetch()
    assert 80 < service.waits[0] <= 90
    assert service.waits[1] == 0


def test_a_service_that_asks_for_a_long_wait_is_left_alone(service: WikidataOnLoopback) -> None:
    service.first = [answer(b"", 429, Retry_After="86400")]
    with pytest.raises(InputError, match="wait for 86400 seconds"):
        service.fetch()
    assert service.waits == []


def test_without_retry_after_each_wait_is_about_twice_the_one_before(service: WikidataOnLoopback) -> None:
    service.tenures["head_of_state"] = [row()]
    service.first = [answer(b"", 503), answer(b"", 502), answer(b"", 429, Retry_After="soon"), answer(b"", 500)]
    assert len(service.fetch()) == 1
    assert [int(wait) in (base, base + 1) for base, wait in zip((2, 4, 8, 16), service.waits, strict=True)] == [
        True
    ] * 4
    assert len({wait % 1 for wait in service.waits}) == 4


def test_after_five_failures_the_message_says_what_failed_and_what_to_do(service: WikidataOnLoopback) -> None:
    service.first = [answer(b"", 503)] * 9
    with pytest.raises(InputError, match=r"sparql failed 5 times, at last so: status 503; try again later"):
        service.fetch()
    assert (len(service.queries), len(service.waits)) == (5, 4)


def test_a_connection_that_is_cut_within_a_page_is_tried_again_and_nobody_comes_twice(
    service: WikidataOnLoopback,
) -> None:
    service.tenures["head_of_state"] = [row(1), row(2, en="Bo Lind")]
    service.first = [cut]
    assert [holding.name for holding in service.fetch()] == ["Ana Velloso", "Bo Lind"]
    assert len(service.waits) == 1


def test_a_service_that_nobody_runs_is_tried_five_times(service: WikidataOnLoopback) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as gone:
        endpoint = f"http://127.0.0.1:{gone.server_port}/"
    with pytest.raises(InputError, match="failed 5 times"):
        list(fetch_holders(Service(endpoint), sleep=service.waits.append))
    assert len(service.waits) == 4


def test_an_answer_that_breaks_off_is_tried_again(service: WikidataOnLoopback) -> None:
    """As Wikidata's own does with status 200, where the query runs out of time."""
    service.tenures["head_of_state"] = [row()]
    service.first = [answer(results([row()])[:-9] + b"\njava.util.concurrent.TimeoutException")]
    assert len(service.fetch()) == 1
    assert len(service.waits) == 1


@pytest.mark.parametrize("body", [b"<html>Log in</html>", b"", b"\xff\xfe\x00", b"[" * 100_000])
def test_what_is_never_json_is_an_error_after_five_tries(service: WikidataOnLoopback, body: bytes) -> None:
    service.first = [answer(body)] * 9
    with pytest.raises(InputError, match="failed 5 times, at last so: its answer is cut off or is not JSON"):
        service.fetch()


@pytest.mark.parametrize(
    "other",
    [b"[]", b'{"head": {}}', b'{"head": {"vars": []}, "results": {"bindings": [1]}}', b'{"boolean": true}', b"7"],
)
def test_other_json_is_an_error_at_once(service: WikidataOnLoopback, other: bytes) -> None:
    service.first = [answer(other)]
    with pytest.raises(InputError, match="no result of SPARQL"):
        service.fetch()
    assert service.waits == []


def test_a_missing_column_is_named(service: WikidataOnLoopback) -> None:
    service.first = [answer(results([row()], [name for name in VARS if name not in ("iso3", "to")]))]
    with pytest.raises(InputError, match="without the columns iso3, to:"):
        service.fetch()


def test_a_redirect_is_refused_and_names_where_it_leads(service: WikidataOnLoopback) -> None:
    service.first = [answer(b"", 307, Location="http://127.0.0.1:9/elsewhere")]
    with pytest.raises(InputError, match=r"sends on to 'http://127.0.0.1:9/elsewhere', which is not followed"):
        service.fetch()
    assert len(service.queries) == 1


@pytest.mark.parametrize(("status", "advice"), [(403, "give a contact"), (400, "status 400"), (404, "status 404")])
def test_a_refusal_is_not_tried_again(service: WikidataOnLoopback, status: int, advice: str) -> None:
    service.first = [answer(b"no", status)]
    with pytest.raises(InputError, match=advice):
        service.fetch()
    assert len(service.queries) == 1


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_has_a_largest_size_that_packing_does_not_hide(
    service: WikidataOnLoopback, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(wikidata, "MAX_BYTES", 10_000)
    body = b" " * 10_001
    sent = answer(gzip.compress(body), Content_Encoding="gzip") if packed else answer(body)
    service.first = [sent]
    with pytest.raises(InputError, match="more than 10000 bytes"):
        service.fetch()


def test_a_name_is_the_english_one_else_the_one_of_all_languages_else_the_row_is_counted(
    service: WikidataOnLoopback,
) -> None:
    service.tenures["head_of_state"] = [
        row(1, mul="Ana V."),
        row(2, en=None, mul="Bo Lind"),
        row(3, en=None),
        row(4, en="Q4"),
        row(5, en="=cmd|' /C calc'!A0"),
        row(6, en="Olav V of Karsovia"),
    ]
    assert [holding.name for holding in service.fetch()] == ["Ana Velloso", "Bo Lind", "Olav V"]
    assert service.skipped["no name"] == 3


def test_who_belongs_to_no_country_is_counted(service: WikidataOnLoopback) -> None:
    service.tenures["foreign_minister"] = [row(1, iso3=None), row(2, iso3="276"), row(3)]
    assert len(service.fetch()) == 1
    assert service.skipped["no country"] == 2


def test_an_office_of_which_the_service_knows_nobody_is_counted(service: WikidataOnLoopback) -> None:
    service.tenures = {office: [row()] for office in ASKED_BY if office != "defence_minister"}
    service.fetch()
    assert service.skipped == {"no defence_minister": 1}


def test_a_row_of_nothing_is_nobody(service: WikidataOnLoopback) -> None:
    service.tenures["head_of_state"] = [{"aliases": ""}]
    assert service.fetch() == []
    assert service.skipped["no head_of_state"] == 1


@pytest.mark.parametrize(
    ("cells", "term"),
    [
        ({}, ("2017-05-14", "..")),
        ({"fromPrecision": "10"}, ("2017-05", "..")),
        ({"fromPrecision": "9"}, ("2017", "..")),
        ({"fromPrecision": "14"}, ("2017-05-14", "..")),
        (until("2021-01-01T00:00:00Z", "9"), ("2017-05-14", "2021")),
        (until("2021-03-01T00:00:00Z", "10"), ("2017-05-14", "2021-03")),
        (until("2021-03-04T00:00:00Z", "11"), ("2017-05-14", "2021-03-04")),
        (until("2017-01-01T00:00:00Z", "9"), ("2017-05-14", "2017")),
        ({"died": "2019-08-01T00:00:00Z"}, ("2017-05-14", "2019")),
        (until("2018-01-01T00:00:00Z", "9") | {"died": "2019-08-01T00:00:00Z"}, ("2017-05-14", "2018")),
    ],
)
def test_dates_are_as_exact_as_wikidata_has_them(
    service: WikidataOnLoopback, cells: dict[str, str | None], term: tuple[str, str]
) -> None:
    service.tenures["head_of_state"] = [row(1, **cells)]
    assert [(holding.valid_from, holding.valid_to) for holding in service.fetch()] == [term]


@pytest.mark.parametrize(
    "cells",
    [
        {"from": None, "fromPrecision": None},
        {"fromPrecision": "8"},
        {"from": "-0660-02-11T00:00:00Z"},
        {"from": "9999-01-01T00:00:00Z"},
        until("http://www.wikidata.org/.well-known/genid/1", None),
        until("2020-01-01T00:00:00Z", "8"),
        until("2016-12-31T00:00:00Z", "11"),
    ],
)
def test_a_tenure_that_cannot_be_dated_is_counted(service: WikidataOnLoopback, cells: dict[str, str | None]) -> None:
    service.tenures["head_of_state"] = [row(1, **cells)]
    assert service.fetch() == []
    assert service.skipped["no date"] == 1


@pytest.mark.parametrize(
    ("name", "iso3", "families", "surname"),
    [
        ("Ana Velloso", "KAR", "", "Velloso"),
        ("Felipe Pérez Roque", "CUB", "Pérez", "Pérez Roque"),
        ("Hillary Rodham Clinton", "USA", "Rodham|Clinton", "Clinton"),
        ("Ursula von der Leyen", "DEU", "Leyen", "von der Leyen"),
        ("Xi Jinping", "CHN", "Xi", "Xi"),
        ("Hun Sen", "KHM", "Hun", "Hun Sen"),
        ("Charles III", "GBR", "Mountbatten-Windsor", "Charles"),
        ("Joseph Biden, Jr.", "USA", "", "Biden"),
    ],
)
def test_the_surname_is_what_the_press_uses_alone(
    service: WikidataOnLoopback, name: str, iso3: str, families: str, surname: str
) -> None:
    service.tenures["head_of_state"] = [row(en=name, iso3=iso3, families=families)]
    assert [holding.surname for holding in service.fetch()] == [surname]


def test_aliases_are_other_full_names_without_what_would_break_a_table(service: WikidataOnLoopback) -> None:
    aliases = "Ana  Maria\u2028Velloso|Ana Velloso|Anita||A.\u200f Velloso|=A B|Q1"
    service.tenures["head_of_state"] = [row(aliases=aliases)]
    assert [holding.aliases for holding in service.fetch()] == [("A. Velloso", "Ana Maria Velloso")]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        *(("endpoint", address) for address in ("ftp://x.org", "wikidata", "http://[::", "")),
        *(("contact", contact) for contact in ("", "me\r\nCookie: 1", "me (here)", "zoé@example.org")),
        *(("timeout", 0), ("timeout", float("nan")), ("page", 0)),
    ],
)
def test_settings_that_cannot_be_followed_are_refused_before_anything_is_sent(setting: str, value: Any) -> None:
    with pytest.raises(SettingsError, match=setting):
        replace(Service(), **{setting: value})


@pytest.mark.parametrize("code", ["de", "DE", 'DEU") }', "Germany"])
def test_a_country_must_be_a_code(code: str) -> None:
    with pytest.raises(SettingsError, match="three capital letters"):
        fetch_holders(countries=["FRA", code])


ANA = Holding("KAR", "head_of_state", "Ana Velloso", "Velloso", ("Ana M. Velloso",), "2017-05", "..")


def test_the_table_has_the_columns_of_our_own_and_is_sorted(tmp_path: Path) -> None:
    path = tmp_path / "offices.csv"
    bo = Holding("ARD", "foreign_minister", 'Bo "Bosse" Lind', "Lind", (), "1999", "2003-01-02")
    again = Holding("KAR", "head_of_state", "Ana Velloso", "Velloso", ("A. Velloso",), "2017-05", "..")
    assert write_holders(path, [ANA, bo, again], Date(2026, 3, 9)) == 2
    ours = resources.files("dragoman.ontology").joinpath("data", "offices.csv").read_text("utf-8")
    assert next(csv.reader(ours.splitlines())) == [*COLUMNS]
    text = path.read_text("utf-8")
    assert "\r" not in text
    assert [row.cells["name"] for row in parse_table("offices.csv", text, COLUMNS)] == [
        'Bo "Bosse" Lind',
        "Ana Velloso",
    ]
    assert text.splitlines()[2] == (
        "KAR,head_of_state,Ana Velloso,Velloso,A. Velloso|Ana M. Velloso,2017-05,..,Wikidata,2026-03"
    )


def test_the_table_stays_as_it_was_where_the_service_fails_on_the_way(
    service: WikidataOnLoopback, tmp_path: Path
) -> None:
    path = tmp_path / "offices.csv"
    path.write_text("before", "utf-8")
    service.first = [answer(results([row()])), answer(b"", 404)]
    with pytest.raises(InputError):
        write_holders(path, fetch_holders(Service(service.endpoint), sleep=service.waits.append), Date(2026, 3, 9))
    with pytest.raises(InputError, match="left as it is"):
        write_holders(path, [], Date(2026, 3, 9))
    assert [(file.name, file.read_text("utf-8")) for file in tmp_path.iterdir()] == [("offices.csv", "before")]


def test_a_table_that_cannot_be_replaced_leaves_no_part_behind(tmp_path: Path) -> None:
    (tmp_path / "offices.csv").mkdir()
    with pytest.raises(ProjectError, match=r"offices\.csv cannot be written"):
        write_holders(tmp_path / "offices.csv", [ANA], Date(2026, 3, 9))
    assert [file.name for file in tmp_path.iterdir()] == ["offices.csv"]
    with pytest.raises(ProjectError, match="cannot be written"):
        write_holders(tmp_path / "missing" / "offices.csv", [ANA], Date(2026, 3, 9))
