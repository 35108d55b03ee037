"""Fetching from servers that send too much, too slowly, packed in bombs, or ask us to wait or to stay away."""

import gzip
import pickle
import sys
import threading
import time
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib import import_module
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dragoman
from dragoman.errors import InputError, SettingsError
from dragoman.gather.addresses import target
from dragoman.gather.fetch import Fetcher, FetchError, FetchOptions
from dragoman.gather.robots import Robots, Turns, retry_after, rules

zstd = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
brotli = import_module("brotli") if find_spec("brotli") else None

PAGE = b"<p>The minister of Karsovia met her colleague from Velmark.</p>" * 50


def options(site, **more) -> FetchOptions:
    given = {
        "pause": 0,
        "total_timeout": 20,
        "ports": frozenset([80, site.port]),
        "private_hosts": frozenset(["127.0.0.1"]),
    }
    return FetchOptions(**given | more)


def url(site, path: str = "/") -> str:
    return f"http://127.0.0.1:{site.port}{path}"


def raw_deflate(data: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(data) + machine.flush()


PACKERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "zstd": zstd.compress,
    "identity": bytes,
}
if brotli:
    PACKERS["br"] = brotli.compress


def packed(encodings: str, data: bytes) -> tuple[int, dict[str, str], bytes]:
    for name in encodings.split(", "):
        data = PACKERS[name.strip().lower()](data)
    return (200, {"Content-Encoding": encodings, "Content-Length": str(len(data))}, data)


def slowly(head: bytes, piece: bytes, pause: float = 0.05):
    def write(connection):
        connection.write(head)
        for _ in range(400):
            connection.write(piece)
            connection.flush()
            time.sleep(pause)

    return write


def test_a_page_comes_with_what_the_next_fetch_needs(net):
    site = net.site()
    site.pages["/a"] = (302, {"Location": "b?x=1", "Set-Cookie": "id=7"}, b"")
    headers = {
        "ETag": '"k1"',
        "Last-Modified": "Tue, 03 Mar 2026 10:00:00 GMT",
        "Content-Type": "text/html",
        "X-Other": "y",
    }
    site.pages["/b?x=1"] = (200, headers | {"Set-Cookie": "id=7"}, PAGE)
    with Fetcher(options(site, contact="desk@example.org")) as fetcher:
        page = fetcher.fetch(url(site, "/a#top"))
        assert (page.url, page.final_url) == (url(site, "/a#top"), url(site, "/b?x=1"))
        assert (page.status, page.body, page.etag, page.last_modified) == (200, PAGE, '"k1"', headers["Last-Modified"])
        assert page.headers["content-type"] == "text/html"
        assert "x-other" not in page.headers
        site.pages["/a"] = (304, {}, b"")
        again = fetcher.fetch(url(site, "/a"), etag=page.etag, modified=page.last_modified)
        assert (again.status, again.unchanged, again.body) == (304, True, b"")
    assert site.paths == ["/robots.txt", "/a", "/b?x=1", "/a"]
    for _, sent in site.asked:
        assert sent["User-Agent"] == f"dragoman/{dragoman.__version__} (+desk@example.org)"
        assert not {"Cookie", "Referer", "Authorization"} & set(sent)
    assert (site.asked[-1][1]["If-None-Match"], site.asked[-1][1]["If-Modified-Since"]) == (
        '"k1"',
        headers["Last-Modified"],
    )


def test_an_etag_cannot_smuggle_a_header(net):
    site = net.site()
    site.pages["/"] = (200, {}, b"x")
    with Fetcher(options(site)) as fetcher:
        assert fetcher.fetch(url(site), etag='"a"\r\nX-Evil: 1').status == 200
    assert not {"X-Evil", "If-None-Match"} & set(site.asked[-1][1])


@pytest.mark.parametrize("encodings", [*PACKERS, "gzip, gzip", "zstd, gzip", "deflate, GZIP , zstd", "identity, gzip"])
@pytest.mark.parametrize("size", [0, 1, 300_000])
def test_what_was_packed_is_unpacked(net, encodings, size):
    site, data = net.site(), (PAGE * 100)[:size]
    site.pages["/"] = packed(encodings, data)
    with Fetcher(options(site)) as fetcher:
        assert fetcher.fetch(url(site)).body == data
    assert site.asked[-1][1]["Accept-Encoding"].startswith("gzip, deflate, ")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE) + gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE * 2) + b"\0" * 100),
        ("deflate", raw_deflate(PAGE * 2)),
        ("zstd", zstd.compress(PAGE) + zstd.compress(PAGE)),
        ("", PAGE * 2),
        (", identity,", PAGE * 2),
    ],
)
def test_odd_but_sound_packing_is_unpacked_too(net, encoding, body):
    site = net.site()
    site.pages["/"] = (200, {"Content-Encoding": encoding}, body)
    with Fetcher(options(site)) as fetcher:
        assert fetcher.fetch(url(site)).body == PAGE * 2


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd", *(["br"] if brotli else [])])
def test_what_is_not_packed_as_it_says_or_is_cut_off_is_told(net, encoding):
    site = net.site()
    whole = PACKERS[encoding](bytes(range(256)) * 400)
    with Fetcher(options(site)) as fetcher:
        for body in (b"plain text, not packed at all", whole[:-9], whole[: len(whole) // 2], b"\xff" * 500):
            site.pages["/"] = (200, {"Content-Encoding": encoding}, body)
            with pytest.raises(FetchError, match=f"is not packed as {encoding}, or is cut off") as told:
                fetcher.fetch(url(site))
            assert told.value.problem == "encoding"


@pytest.mark.parametrize("encodings", ["compress", "gzip, gzip, gzip, gzip", "sdch", "x" * 1000])
def test_packing_that_was_not_asked_for_is_refused(net, encodings):
    site = net.site()
    site.pages["/"] = (200, {"Content-Encoding": encodings}, b"x" * 100)
    with Fetcher(options(site)) as fetcher, pytest.raises(FetchError, match="was not asked for"):
        fetcher.fetch(url(site))


ZEROS = b"\0" * 400_000_000
BOMBS = {
    "gzip": lambda: gzip.compress(ZEROS, 9),
    "deflate": lambda: zlib.compress(ZEROS, 9),
    "zstd": lambda: zstd.compress(ZEROS),
    "gzip, gzip": lambda: gzip.compress(gzip.compress(ZEROS, 9), 9),
    "zstd, gzip": lambda: gzip.compress(zstd.compress(ZEROS), 9),
    "gzip, zstd": lambda: zstd.compress(gzip.compress(ZEROS, 9)),
}
if brotli:
    BOMBS["br"] = lambda: brotli.compress(ZEROS, quality=5)


@pytest.mark.parametrize("encodings", BOMBS)
def test_a_bomb_is_stopped_early_and_in_little_memory(net, encodings):
    site = net.site()
    site.pages["/"] = (200, {"Content-Encoding": encodings}, BOMBS[encodings]())
    site.pages["/next"] = (200, {}, b"the rest goes on")
    with Fetcher(options(site)) as fetcher:
        tracemalloc.start()
        start = time.monotonic()
        with pytest.raises(FetchError, match=r"unpacked to more than 100 times as many|went on unpacking") as stopped:
            fetcher.fetch(url(site))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert stopped.value.problem == "too large"
        assert time.monotonic() - start < 30
        assert peak < 20_000_000
        assert fetcher.fetch(url(site, "/next")).body == b"the rest goes on"


def test_a_bomb_below_the_ratio_is_stopped_by_its_size(net):
    site = net.site()
    site.pages["/"] = packed("gzip", b"".join(bytes([n % 251]) * 40 for n in range(250_000)))
    limits = options(site, ratio=10_000, decoded_bytes=3_000_000)
    with Fetcher(limits) as fetcher, pytest.raises(FetchError, match="went on unpacking after 3000000 bytes"):
        fetcher.fetch(url(site))


def test_a_zstd_frame_that_wants_a_huge_window_is_refused(net):
    site = net.site()
    packer = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    site.pages["/"] = (200, {"Content-Encoding": "zstd"}, packer.compress(PAGE) + packer.flush())
    with Fetcher(options(site)) as fetcher, pytest.raises(FetchError, match="is not packed as zstd"):
        fetcher.fetch(url(site))


def test_a_million_empty_members_are_stopped_by_the_time(net):
    site = net.site()
    site.pages["/"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"") * 900_000)
    start = time.monotonic()
    with Fetcher(options(site, total_timeout=0.3)) as fetcher, pytest.raises(FetchError, match="seconds in all"):
        fetcher.fetch(url(site))
    assert time.monotonic() - start < 30


HEAD = b"HTTP/1.1 200 OK\r\n"
FLOODS = {
    "declared": HEAD + b"Content-Length: 10000000000\r\n\r\n",
    "declared beyond counting": HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "until the end": HEAD + b"\r\n",
    "chunked": HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
    "tiny chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
    "headers": HEAD,
    "one header": HEAD + b"X: ",
    "interim answers": b"",
    "no answer": b"",
}
PIECES = {
    "chunked": b"10000\r\n" + b"x" * 65536 + b"\r\n",
    "tiny chunks": b"1\r\nx\r\n" * 10_000,
    "headers": b"X-A: b\r\n" * 8000,
    "interim answers": b"HTTP/1.1 103 Early Hints\r\n\r\n" * 3000,
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_is_stopped(net, flood):
    site = net.site()
    site.pages["/"] = slowly(FLOODS[flood], PIECES.get(flood, b"y" * 65536), 0)
    with Fetcher(options(site, wire_bytes=400_000)) as fetcher:
        tracemalloc.start()
        with pytest.raises(FetchError) as stopped:
            fetcher.fetch(url(site))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert stopped.value.problem == ("network" if flood == "declared beyond counting" else "too large")
    assert peak < 12_000_000


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (HEAD + b"Content-Length: 400\r\n\r\n", b"x"),
        (HEAD + b"X-Slow: ", b"x"),
        (b"", b"H"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10], b"\0\0\0\xff\xff"),
    ],
)
def test_a_server_that_drips_is_stopped_by_the_time_in_all(net, head, piece):
    site = net.site()
    site.pages["/"] = slowly(head, piece)
    start = time.monotonic()
    with Fetcher(options(site, total_timeout=0.6)) as fetcher, pytest.raises(FetchError) as stopped:
        fetcher.fetch(url(site))
    assert time.monotonic() - start < 30
    assert stopped.value.problem in ("time", "network")
    assert stopped.value.later


def test_a_silent_server_is_given_up(net):
    site = net.site()
    site.pages["/"] = lambda connection: time.sleep(3)
    start = time.monotonic()
    with Fetcher(options(site, read_timeout=0.2)) as fetcher, pytest.raises(FetchError, match="did not answer in time"):
        fetcher.fetch(url(site))
    assert time.monotonic() - start < 30


def test_redirects_share_one_time_and_are_counted(net):
    site = net.site()
    for n in range(20):
        site.pages[f"/{n}"] = (301, {"Location": f"/{n + 1}"}, b"")
    site.pages["/loop"] = (302, {"Location": "/loop"}, b"")
    site.pages["/20"] = (200, {}, b"the end")
    with Fetcher(options(site)) as fetcher:
        assert fetcher.fetch(url(site, "/15")).body == b"the end"
        for path in ("/14", "/loop"):
            with pytest.raises(FetchError, match="more than 5 times") as told:
                fetcher.fetch(url(site, path))
            assert told.value.problem == "redirect"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"SSH-2.0-OpenSSH_9\r\n",
        b"\0" * 5000,
        HEAD + b"Content-Length: -1\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        HEAD + b"Content-Length: 500\r\n\r\ncut off",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"HTTP/1.1 999999 What\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
        b"HTTP/1.1 302 Found\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /a\r\nLocation: /b\r\n\r\n",
        b"HTTP/1.1 304 Not Modified\r\n\r\n",
        b"HTTP/1.1 206 Partial\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe//[\r\n\r\n",
    ],
)
def test_a_broken_answer_is_an_error_of_ours(net, raw):
    site = net.site()
    site.pages["/"] = lambda connection: connection.write(raw)
    with Fetcher(options(site)) as fetcher, pytest.raises(InputError, match=r"is not fetched|sends on"):
        fetcher.fetch(url(site))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 429, 451, 500, 502, 503])
def test_a_refusal_says_its_status_and_whether_to_come_back(net, status):
    site = net.site()
    site.pages["/"] = (status, {"Retry-After": "120"}, b"go away")
    with Fetcher(options(site)) as fetcher, pytest.raises(FetchError, match=f"status {status}") as told:
        fetcher.fetch(url(site))
    assert told.value.status == status
    assert told.value.retry_after == (120 if status in (429, 503) else None)
    assert told.value.later == (status in (429, 500, 502, 503))
    again = pickle.loads(pickle.dumps(told.value))
    assert (str(again), again.status, again.retry_after) == (str(told.value), status, told.value.retry_after)


def test_retry_after_is_read_in_both_its_forms():
    soon = datetime.now(UTC) + timedelta(seconds=90)
    assert retry_after("7") == 7
    assert 80 < (retry_after(format_datetime(soon, usegmt=True)) or 0) <= 90
    assert retry_after("Sun, 06 Nov 1994 08:49:37 GMT") == 0


@given(st.text(max_size=40) | st.text("0123456789:, GMTSunov-", max_size=40))
def test_any_other_retry_after_is_none_or_seconds(value):
    seconds = retry_after(value)
    assert seconds is None or seconds >= 0


ROBOTS = b"""\xef\xbb\xbf# Karsovia Daily
User-agent: othercrawler
Disallow: /

User-Agent: *
Disallow: /
User-agent: Dragoman/1.0

Allow: /archive/open
Disallow: /archive/   # old things
Disallow: /*?print=
Disallow: /*.pdf$
Disallow: /caf%C3%A9/
Disallow:
Allow: /
Crawl-delay: 0.3
"""


def test_a_robots_txt_is_fetched_once_and_obeyed(net):
    site = net.site()
    site.pages |= {path: (200, {}, b"x") for path in ("/", "/archive/open/1", "/a.pdf?x", "/archive")}
    site.pages["/robots.txt"] = (200, {}, ROBOTS)
    with Fetcher(options(site)) as fetcher:
        for path in ("/archive/1", "/news?print=1", "/b/a.pdf", "/café/x", "/%61rchive/2"):
            with pytest.raises(FetchError, match="asks programs not to") as told:
                fetcher.fetch(url(site, path))
            assert (told.value.problem, told.value.later) == ("robots", False)
        start = time.monotonic()
        for path in ("/", "/archive/open/1", "/a.pdf?x", "/archive"):
            assert fetcher.fetch(url(site, path)).status == 200
        assert time.monotonic() - start > 0.9  # Its Crawl-delay, between four requests.
    assert site.paths == ["/robots.txt", "/", "/archive/open/1", "/a.pdf?x", "/archive"]


def test_a_redirect_into_what_robots_txt_forbids_is_not_followed(net):
    site = net.site()
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private")
    site.pages["/"] = (302, {"Location": "/private/1"}, b"")
    with Fetcher(options(site)) as fetcher, pytest.raises(FetchError, match="asks programs not to"):
        fetcher.fetch(url(site))
    assert site.paths == ["/robots.txt", "/"]


def test_a_crawl_delay_is_followed_up_to_a_cap(net):
    site = net.site()
    site.pages |= {"/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 86400"), "/": (200, {}, b"x")}
    start = time.monotonic()
    with Fetcher(options(site, longest_pause=0.2)) as fetcher:
        fetcher.fetch(url(site))
        fetcher.fetch(url(site))
    assert 0.4 <= time.monotonic() - start < 30


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_robots_txt_may_be_fetched(net, status):
    site = net.site()
    site.pages |= {"/robots.txt": (status, {}, b"User-agent: *\nDisallow: /"), "/": (200, {}, b"x")}
    with Fetcher(options(site)) as fetcher:
        assert fetcher.fetch(url(site)).status == 200


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_robots_txt_fails_is_not_fetched_now(net, status):
    site = net.site()
    site.pages |= {"/robots.txt": (status, {"Retry-After": "60"}, b""), "/": (200, {}, b"x")}
    with Fetcher(options(site)) as fetcher:
        for _ in range(3):
            with pytest.raises(FetchError, match="is not fetched now") as told:
                fetcher.fetch(url(site))
            assert (told.value.problem, told.value.later) == ("robots", True)
            assert told.value.retry_after == (None if status == 500 else 60)
    assert site.paths == ["/robots.txt"]


def test_a_robots_txt_that_never_ends_is_not_now(net):
    site = net.site()
    site.pages["/robots.txt"] = slowly(HEAD + b"\r\n", b"#")
    with Fetcher(options(site, total_timeout=0.4)) as fetcher, pytest.raises(FetchError, match="not fetched now"):
        fetcher.fetch(url(site))
    assert site.paths == ["/robots.txt"]


@given(
    st.text(max_size=300) | st.text("User-agent: *\nDisallow: /$[²%0\rCrawl-delay", max_size=300), st.text(max_size=50)
)
def test_any_robots_txt_is_read(text, path):
    read = rules("User-agent: *\n" + text)
    assert read.allows("/" + path) in (True, False)
    assert read.allows("/robots.txt")
    assert 0 <= read.delay < 1_000_000


def test_a_robots_txt_of_many_stars_takes_no_time():
    read = rules("User-agent: *\n" + ("Disallow: " + "/*a" * 2000 + "b$\n") * 80)
    start = time.monotonic()
    assert read.allows("/a" * 4000)
    assert time.monotonic() - start < 30


def test_rules_of_robots_txt_go_by_length_and_allow_wins():
    read = rules("User-agent: *\nAllow: /\nDisallow: /a\nAllow: /a/b\nDisallow: /same\nAllow: /same\nDisallow: /end$")
    expected = {"/": True, "/a": False, "/a/c": False, "/a/b/c": True, "/same": True, "/end": False, "/end/": True}
    assert {path: read.allows(path) for path in expected} == expected


def test_many_threads_ask_one_host_one_after_the_other(net):
    sites = [net.site("127.0.0.1"), net.site("127.0.0.2")]
    running, most = [0, 0], [0, 0]

    def page(which):
        def write(connection):
            running[which] += 1
            most[which] = max(most[which], running[which])
            time.sleep(0.03)
            running[which] -= 1
            connection.write(HEAD + b"Content-Length: 1\r\n\r\nx")

        return write

    for which, site in enumerate(sites):
        site.pages["/"] = page(which)
    given = {"ports": frozenset(site.port for site in sites), "private_hosts": frozenset(["127.0.0.1", "127.0.0.2"])}
    done = []
    with Fetcher(FetchOptions(pause=0.01, **given)) as fetcher:

        def ask(n):
            host = f"127.0.0.{n % 2 + 1}"
            done.append(fetcher.fetch(f"http://{host}:{sites[n % 2].port}/").body)

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert done == [b"x"] * 16
    assert most == [1, 1]
    assert [site.paths.count("/robots.txt") for site in sites] == [1, 1]


def test_threads_whose_sites_redirect_to_each_other_do_not_wait_for_each_other_for_ever(net):
    one, two = net.site(at="93.184.215.14", name="one.example"), net.site(at="151.101.1.67", name="two.example")
    one.pages |= {"/": (302, {"Location": "http://two.example/end"}, b""), "/end": (200, {}, b"x")}
    two.pages |= {"/": (302, {"Location": "http://one.example/end"}, b""), "/end": (200, {}, b"x")}
    done = []
    with Fetcher(FetchOptions(pause=0)) as fetcher:
        asked = ["http://one.example/", "http://two.example/"] * 5
        threads = [threading.Thread(target=lambda at=at: done.append(fetcher.fetch(at).status)) for at in asked]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
    assert done == [200] * 10


def test_leaving_ends_the_waits(net):
    site = net.site()
    site.pages["/"] = (200, {}, b"x")
    fetcher = Fetcher(options(site, pause=30))
    problems = []

    def ask():
        try:
            fetcher.fetch(url(site))
        except FetchError as error:
            problems.append(error.problem)

    with fetcher:
        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
    for thread in threads:
        thread.join(2)
    assert problems == ["stopped"] * 3


def test_the_pause_does_not_count_in_the_time_of_a_fetch(net):
    site = net.site()
    site.pages["/"] = (200, {}, b"x")
    with Fetcher(options(site, pause=0.5, total_timeout=0.3)) as fetcher:
        assert fetcher.fetch(url(site)).status == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"contact": "a\nb"},
        {"contact": "a (b)"},
        {"user_agent": "ä"},
        {"total_timeout": 0},
        {"wire_bytes": -1},
        {"read_timeout": float("nan")},
        {"pause": float("inf")},
        {"private_hosts": frozenset(["http://x/"])},
        {"private_hosts": frozenset(["Wiki.LAN"])},
        {"private_hosts": frozenset(["127.1"])},
        {"private_hosts": frozenset(["wiki.lan:8080"])},
    ],
)
def test_options_that_cannot_be_followed_are_told(wrong):
    with pytest.raises(SettingsError):
        FetchOptions(**wrong)


def test_nothing_is_taken_from_the_environment(net, monkeypatch):
    trap, site = net.site("127.0.0.9"), net.site()
    site.pages["/"] = (200, {}, b"x")
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.9:{trap.port}")
    with Fetcher(options(site)) as fetcher:
        fetcher.fetch(url(site))
    assert trap.connections == 0


def test_rules_of_sites_are_kept_in_bounds():
    asked = []
    robots = Robots(lambda site, _: asked.append(site.host) or b"")
    for n in range(2100):
        robots.rules(target(f"http://n{n}.example/"), ())
    robots.rules(target("http://n2099.example/x"), ())
    assert len(asked) == 2100
    assert len(robots._sites) == 2000


def test_turns_are_given_back_after_an_error():
    turns = Turns()
    with pytest.raises(ValueError, match="x"), turns.turn("news.example", 0):
        raise ValueError("x")
    with turns.turn("news.example", 0):
        pass
