"""Watching real servers on loopback: asked when due, politely; what is new is read once, and nothing that came is lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.gather.test_docx import docx, p
from tests.gather.test_pdf import pdf

from dragoman.cli import watch as verb
from dragoman.errors import DragomanError, ProjectError, SettingsError
from dragoman.gather.fetch import Fetcher, FetchOptions
from dragoman.model import Document, Published
from dragoman.record import Project
from dragoman.record.integrity import check_project
from dragoman.record.watching import TO_READ, Watching
from dragoman.run import Limits
from dragoman.run import watch as module
from dragoman.run.watch import watch
from dragoman.run.watch_options import WatchOptions

from .stub import Stub

EVERY = 600.0


class Site(ThreadingHTTPServer):
    """A web server whose pages are (status, headers, body); an ETag that is sent back is answered with 304."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, slow=0.0):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.slow = slow
        self.pages = {}
        self.asked = []
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def url(self, path, host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"

    def put(self, path, body, status=200, **headers):
        body = body if isinstance(body, bytes) else body.encode()
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, body)

    def feed(self, path, *pages, etag=None, more="", host="127.0.0.1"):
        """An RSS feed of pages, which are served too."""
        for page in pages:
            self.pages.setdefault(page, (200, {}, article(page)))
        items = "".join(
            f"<item><title>Feed: {page}</title><link>{self.url(page, host)}</link>"
            "<pubDate>Tue, 24 Jun 2031 10:00:00 GMT</pubDate></item>"
            for page in pages
        )
        headers = {"ETag": etag} if etag else {}
        self.put(path, f"<rss><channel><title>News</title>{more}{items}</channel></rss>", **headers)

    def times(self, path):
        return Counter(asked for asked, _ in self.asked)[path]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        time.sleep(self.server.slow)
        status, headers, body = self.server.pages.get(self.path, (404, {}, b""))
        if "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


def article(name):
    return f"<html><body><p>Anna said: this is {name} of today. Boris said: another one.</p></body></html>".encode()


class PageStub(Stub):
    """Takes the bytes of a page for its text."""

    def document(self, source):
        text = source.content if isinstance(source.content, str) else source.content.decode()
        if "UNREADABLE" in text:
            return super().document(type(source)(source.name, text))
        published = Published(source.published, "metadata") if source.published else Published()
        return Document(text, source.name, None, source.title, None, published, "en", ((0, len(text)),))


class Clock:
    """A time that passes only when somebody sleeps."""

    def __init__(self):
        self.now = datetime(2031, 6, 24, 12, tzinfo=UTC)
        self.slept = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.slept += seconds
        self.now += timedelta(seconds=seconds)


class Desk:
    """A project that watches a site, with a clock of its own."""

    def __init__(self, folder, site):
        self.folder, self.site, self.clock = folder, site, Clock()
        Project(folder).close()

    def fetcher(self):
        hosts = frozenset({"127.0.0.1", "localhost"})
        return Fetcher(FetchOptions(pause=0, private_hosts=hosts, ports=frozenset({self.site.port})))

    def add(self, kind, *urls):
        with Watching(self.folder) as rows:
            for url in urls:
                rows.add(url, kind, self.clock())

    def once(self, stopped=lambda: False, every=EVERY):
        """The rounds until nothing is due."""
        options = WatchOptions(Limits(1, 60.0), every, True, stopped, self.clock, self.clock.sleep)
        with Project(self.folder) as project, self.fetcher() as fetcher:
            return list(watch(project, fetcher, PageStub, options))

    def after(self, seconds, **more):
        self.clock.now += timedelta(seconds=seconds)
        return self.once(**more)

    def watched(self, url):
        with Watching(self.folder) as rows:
            return next(one for one in rows.watched() if one.url == url)

    def page(self, url):
        with Watching(self.folder) as rows:
            return rows.page(url)

    def documents(self):
        with Project(self.folder) as project:
            return sorted(project.documents(), key=lambda one: one.source)

    def due_in(self, url):
        return (datetime.fromisoformat(self.watched(url).due) - self.clock.now).total_seconds()

    def whole(self):
        return not any(finding.wrong for finding in check_project(self.folder))


@pytest.fixture
def site():
    with Site() as site:
        yield site
        site.shutdown()


@pytest.fixture
def desk(tmp_path, site):
    return Desk(tmp_path / "desk", site)


def problems(rounds):
    return [(one.source, one.problem) for each in rounds for one in each.failed]


def test_the_pages_of_a_feed_are_read_with_what_the_feed_says_of_them(desk, site):
    site.feed("/feed", "/one", "/two")
    desk.add("feed", site.url("/feed"))
    (round,) = desk.once()
    assert (round.found, round.fetched, round.read, round.failed) == (2, 2, 2, ())
    one, two = desk.documents()
    assert (one.source, two.source) == (site.url("/one"), site.url("/two"))
    assert (one.title, one.published.value) == ("Feed: /one", "2031-06-24")
    with Project(desk.folder) as project:
        assert project.original(one.id) == article("/one")
    page = desk.page(site.url("/one"))
    assert (page.title, page.published, page.found_in, page.problem) == (
        "Feed: /one",
        "2031-06-24",
        site.url("/feed"),
        None,
    )
    assert desk.whole()


def test_what_did_not_change_is_not_sent_nor_fetched_again(desk, site):
    site.feed("/feed", "/one", etag='"1"')
    desk.add("feed", site.url("/feed"))
    desk.once()
    assert desk.once() == []
    (round,) = desk.after(EVERY)
    assert (round.asked, round.unchanged, round.found) == (1, 1, 0)
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    site.feed("/feed", "/one", "/two", etag='"2"')
    (round,) = desk.after(EVERY)
    assert (round.found, round.read) == (1, 1)
    assert site.times("/one") == site.times("/two") == 1


def test_a_page_that_two_feeds_name_is_fetched_once_and_its_last_address_is_the_source(desk, site):
    site.put("/old", "", 301, Location="/new")
    site.put("/new", article("/new").decode())
    site.feed("/a", "/old")
    site.feed("/b", "/old#top")
    desk.add("feed", site.url("/a"), site.url("/b"))
    desk.once()
    assert [one.source for one in desk.documents()] == [site.url("/new")]
    assert site.times("/new") == 1


def test_a_pdf_or_docx_behind_a_link_is_read_as_its_text_whatever_the_server_calls_it(desk, site):
    site.put("/communique", pdf([["Anna said: we begin. Boris said: another one."]], "/Title(A communique of the two)"))
    site.put("/speech", docx(p("Anna said: we end.")), Content_Type="text/html")
    site.put("/broken", b"%PDF-1.4 and no more", Content_Type="application/pdf")
    site.feed("/feed", "/communique", "/speech", "/broken")
    site.put("/list", pdf([["Anna said: this page is watched itself."]], "/Title(The list of the ministry)"))
    desk.add("feed", site.url("/feed"))
    desk.add("page", site.url("/list"))
    (round,) = desk.once()
    assert [(one.source, one.problem) for one in round.failed] == [(site.url("/broken"), "unreadable")]
    assert {one.source: one.title for one in desk.documents()} == {
        site.url("/communique"): "Feed: /communique",
        site.url("/speech"): "Feed: /speech",
        site.url("/list"): "The list of the ministry",
    }
    assert round.read == 3
    assert desk.after(EVERY)[0].read == 0


def test_a_host_that_asks_to_wait_is_left_alone_so_long(desk, site):
    site.feed("/a", "/one")
    site.put("/b", "", 429, Retry_After="3600")
    site.feed("/else", "/two", host="localhost")
    desk.add("feed", site.url("/b"))
    (round,) = desk.once()
    assert [one.problem for one in round.failed] == ["status"]
    desk.add("feed", site.url("/a"), site.url("/else", "localhost"))
    with Watching(desk.folder) as rows:
        rows.hold("127.0.0.1", desk.clock.now + timedelta(seconds=3600))
    desk.once()
    assert [one.source for one in desk.documents()] == [site.url("/two", "localhost")]
    desk.after(3599)
    assert site.times("/a") == 0
    assert site.times("/b") == 1
    desk.after(1)
    assert site.times("/a") == 1
    assert site.times("/b") == 2


def test_what_else_was_due_at_a_host_waits_with_it(desk, site):
    site.feed("/feed", "/one", "/two", "/three")
    for path in ("/one", "/two", "/three"):
        site.put(path, "", 503, Retry_After="7200")
    desk.add("feed", site.url("/feed"))
    desk.once()
    assert sum(map(site.times, ("/one", "/two", "/three"))) == 1
    assert desk.due_in(site.url("/feed")) == 7200
    for path in ("/one", "/two", "/three"):
        site.put(path, article(path).decode())
    assert desk.after(7199) == []
    assert sum(round.read for round in desk.after(1)) == 3


@pytest.mark.parametrize(
    ("headers", "more", "wait"),
    [
        ({}, "", EVERY),
        ({"Cache-Control": "public, max-age=7200"}, "", 7200),
        ({"Cache-Control": "max-age=5"}, "", EVERY),
        ({"Cache-Control": "max-age=999999999"}, "", 24 * 3600),
        ({"Cache-Control": "no-cache, max-age=7200"}, "", EVERY),
        ({}, "<ttl>60</ttl>", 3600),
        ({"Cache-Control": "max-age=1200"}, "<ttl>60</ttl>", 3600),
        ({"Cache-Control": "max-age=x"}, "<ttl>much</ttl>", EVERY),
    ],
)
def test_a_feed_is_asked_again_when_it_wants(desk, site, headers, more, wait):
    site.feed("/feed", more=more)
    site.pages["/feed"] = (200, headers, site.pages["/feed"][2])
    desk.add("feed", site.url("/feed"))
    desk.once()
    assert desk.due_in(site.url("/feed")) == wait


def test_a_feed_that_breaks_is_asked_less_and_less_and_comes_back(desk, site):
    url = site.url("/feed")
    site.put("/feed", "<html>Under construction</html>")
    desk.add("feed", url)
    waits = []
    for _ in range(10):
        (round,) = desk.once()
        assert problems([round]) == [(url, "unreadable")]
        waits.append(desk.due_in(url))
        desk.clock.now += timedelta(seconds=waits[-1])
    assert waits[:3] == [2 * EVERY, 4 * EVERY, 8 * EVERY]
    assert waits[-1] == 24 * 3600
    assert desk.watched(url).failures == 10
    assert "is no feed but an HTML page" in desk.watched(url).problem
    with Project(desk.folder) as project:
        assert len(project.failures()) == 1
    site.feed("/feed", "/one")
    (round,) = desk.once()
    assert round.read == 1
    assert (desk.watched(url).failures, desk.watched(url).problem, desk.due_in(url)) == (0, None, EVERY)


def test_a_feed_that_is_cut_off_gives_what_it_has_and_is_asked_in_full_again(desk, site):
    site.feed("/feed", "/one", "/two", etag='"1"')
    status, headers, body = site.pages["/feed"]
    site.pages["/feed"] = (status, headers, body[: body.index(b"/two")])
    desk.add("feed", site.url("/feed"))
    (round,) = desk.once()
    assert round.read == 1
    assert "ends inside" in desk.watched(site.url("/feed")).problem
    site.pages["/feed"] = (status, headers, body)
    assert sum(round.read for round in desk.after(EVERY)) == 1
    assert desk.watched(site.url("/feed")).problem is None


def test_pages_that_are_gone_or_not_for_programs_are_told_once(desk, site):
    site.put("/robots.txt", "User-agent: *\nDisallow: /closed")
    site.feed("/feed", "/gone", "/closed/one", "/open")
    site.put("/gone", "", 404)
    desk.add("feed", site.url("/feed"))
    rounds = desk.once()
    assert sorted(problems(rounds)) == [(site.url("/closed/one"), "robots"), (site.url("/gone"), "status")]
    assert [one.source for one in desk.documents()] == [site.url("/open")]
    assert problems(desk.after(EVERY) + desk.after(EVERY)) == []
    assert site.times("/gone") == 1
    assert site.times("/closed/one") == 0
    with Project(desk.folder) as project:
        assert len(project.failures()) == 2
        assert all(run.finished for run in project.runs())


def test_a_link_to_a_place_inside_is_refused_and_told(desk, site):
    site.feed("/feed", "/one")
    site.pages["/feed"] = (200, {}, site.pages["/feed"][2].replace(b"127.0.0.1", b"127.0.0.2"))
    desk.add("feed", site.url("/feed"))
    assert [problem for _, problem in problems(desk.once())] == ["address"]
    assert site.times("/one") == 0


def test_a_page_that_fails_for_now_is_tried_again_with_growing_waits_and_then_given_up(desk, site):
    site.feed("/feed", "/one", etag='"1"')
    site.put("/one", "", 500)
    desk.add("feed", site.url("/feed"))
    desk.once()
    waits = []
    while (page := desk.page(site.url("/one"))).fetched is None:
        waits.append((datetime.fromisoformat(page.due) - desk.clock.now).total_seconds())
        desk.after(waits[-1])
    assert waits[:3] == [300, 600, 1200]
    assert max(waits) <= 24 * 3600
    assert site.times("/one") == module.TRIES
    desk.after(24 * 3600)
    assert site.times("/one") == module.TRIES


def test_a_page_that_cannot_be_read_is_kept_and_told_once(desk, site):
    site.feed("/feed", "/one", "/two")
    site.put("/one", "UNREADABLE")
    desk.add("feed", site.url("/feed"))
    assert problems(desk.once()) == [(site.url("/one"), "InputError")]
    assert "is not for us" in desk.page(site.url("/one")).problem
    assert problems(desk.after(EVERY)) == []
    assert site.times("/one") == 1
    assert desk.whole()


def test_a_watched_page_is_read_again_only_when_its_bytes_changed(desk, site):
    url = site.url("/page")
    site.put("/page", "Anna said: it begins.")
    desk.add("page", url)
    (round,) = desk.once()
    assert (round.fetched, round.read) == (1, 1)
    (round,) = desk.after(EVERY)
    assert (round.unchanged, round.fetched) == (1, 0)
    site.put("/page", "Anna said: it goes on.")
    (round,) = desk.after(EVERY)
    assert (round.unchanged, round.fetched, round.read) == (0, 1, 1)
    assert sorted(one.text for one in desk.documents()) == ["Anna said: it begins.", "Anna said: it goes on."]
    assert {one.source for one in desk.documents()} == {url}
    site.put("/page", "UNREADABLE")
    assert problems(desk.after(EVERY) + desk.after(EVERY)) == [(url, "InputError")]
    site.put("/page", "Anna said: it begins.")
    (round,) = desk.after(EVERY)
    assert (round.known, desk.watched(url).problem) == (1, None)
    assert check_project(desk.folder) == []


def test_a_sitemap_and_the_sitemaps_of_an_index_are_followed(desk, site):
    entry = "<url><loc>{}</loc></url>"
    for name in ("/a", "/b", "/c", "/d"):
        site.pages[name] = (200, {}, article(name))
    site.put("/map", f"<urlset>{entry.format(site.url('/a'))}</urlset>")
    site.put("/new", f"<urlset>{entry.format(site.url('/b'))}</urlset>")
    site.put("/old", f"<urlset>{entry.format(site.url('/c'))}</urlset>")
    index = "<sitemapindex>{}</sitemapindex>"
    below = "<sitemap><loc>{}</loc><lastmod>{}</lastmod></sitemap>"
    named = [below.format(site.url("/new"), "2031-06-24"), below.format(site.url("/old"), "2031-01-01")]
    site.put("/index", index.format("".join(named)), ETag='"1"')
    desk.add("sitemap", site.url("/map"), site.url("/index"))
    desk.once()
    assert [one.source for one in desk.documents()] == [site.url(name) for name in ("/a", "/b", "/c")]
    site.put("/new", f"<urlset>{entry.format(site.url('/d'))}</urlset>")
    assert sum(round.read for round in desk.after(EVERY)) == 1
    assert (site.times("/new"), site.times("/old")) == (2, 1)


def test_a_watch_that_is_stopped_keeps_what_came_and_goes_on_later(desk, site):
    pages = [f"/{n}" for n in range(9)]
    site.feed("/feed", *pages)
    desk.add("feed", site.url("/feed"))
    desk.once(stopped=lambda: sum(map(site.times, pages)) >= 4)
    came = Counter(path for path, _ in site.asked)
    assert 4 <= sum(came[page] for page in pages) < 9
    with Watching(desk.folder) as rows:
        assert len(rows.to_read(99)) == sum(came[page] for page in pages)
        assert {page.problem for page in rows.to_read(99)} == {TO_READ}
    desk.once()
    assert len(desk.documents()) == 9
    assert all(site.times(page) == 1 for page in pages)
    assert desk.whole()


def test_an_address_that_is_added_meanwhile_is_asked_without_a_new_start(desk, site):
    site.feed("/feed", "/one")
    site.feed("/late", "/two")
    desk.add("feed", site.url("/feed"))
    options = WatchOptions(Limits(1, 60.0), EVERY, clock=desk.clock, sleep=desk.clock.sleep)
    with Project(desk.folder) as project, desk.fetcher() as fetcher:
        rounds = watch(project, fetcher, PageStub, options)
        assert next(rounds).read == 1
        desk.add("feed", site.url("/late"))
        assert next(rounds).read == 1
        assert desk.clock.slept <= module._LOOK
        rounds.close()


def test_only_one_watches_while_others_read_and_write(desk, site):
    site.feed("/feed", "/one")
    desk.add("feed", site.url("/feed"))
    options = WatchOptions(Limits(1, 60.0), EVERY, clock=desk.clock, sleep=desk.clock.sleep)
    with Project(desk.folder) as project, desk.fetcher() as fetcher:
        rounds = watch(project, fetcher, PageStub, options)
        next(rounds)
        with pytest.raises(ProjectError, match=f"is being written by process {os.getpid()}"):
            desk.once()
        with Project(desk.folder) as other:
            other.finish_run(other.start_run("reader", {}))
            assert other.counts()["documents"] == 1
        rounds.close()
    assert desk.once() == []


def test_a_fault_in_one_fetch_does_not_stop_the_others(desk, site, monkeypatch):
    site.feed("/feed", "/one", "/two")
    desk.add("feed", site.url("/feed"))
    fetch = Fetcher.fetch

    def sometimes(self, url, **more):
        if url.endswith("/one"):
            raise RecursionError("too deep")
        return fetch(self, url, **more)

    monkeypatch.setattr(Fetcher, "fetch", sometimes)
    assert problems(desk.once()) == [(site.url("/one"), "fault")]
    assert [one.source for one in desk.documents()] == [site.url("/two")]


@pytest.fixture
def command(desk, site, capsys):
    def command(*words):
        status = verb.run([str(desk.folder), *words, "--allow", f"127.0.0.1:{site.port}"])
        return status, capsys.readouterr().out

    return command


def test_the_command_adds_lists_and_removes(command, site):
    site.feed("/feed", "/page")
    site.put("/map", f"<urlset><url><loc>{site.url('/page')}</loc></url></urlset>")
    _, said = command("add", site.url("/feed"), site.url("/map"), site.url("/page#part"))
    assert [line.rsplit(" ", 1)[1] for line in said.splitlines()] == ["feed.", "sitemap.", "page."]
    assert "already, as a feed" in command("add", site.url("/feed"))[1]
    assert "as a page" in command("add", "http://other.example.org/", "--kind", "page")[1]
    listed = command("list")[1]
    assert all(site.url(path) in listed for path in ("/feed", "/map", "/page"))
    assert "watched no longer" in command("remove", site.url("/page"))[1]
    assert site.url("/page") not in command("list")[1]
    with pytest.raises(SettingsError, match="is not watched: did you mean"):
        command("remove", site.url("/feeds"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add"], "takes the addresses to add"),
        (["list", "http://example.org/"], "takes no addresses"),
        (["add", "example.org/feed"], "is no web address"),
        (["add", "http://127.0.0.9/feed"], "a loopback address"),
        ([], "nothing is watched in"),
        (["--allow", "a b"], "is no host"),
        (["--every", "0"], "not a whole number from 1"),
        (["ad"], "did you mean 'add'"),
    ],
)
def test_wrong_use_is_told(command, words, said):
    with pytest.raises(DragomanError, match=said):
        command(*words)


def test_the_command_watches_once(command, site, monkeypatch):
    monkeypatch.setattr(verb, "Reader", lambda base, project: PageStub())
    monkeypatch.setattr(verb, "partial", lambda make, *arguments: PageStub)
    assert command("--once") == (0, "Nothing is due.\n")
    site.feed("/feed", "/one", "/gone")
    site.put("/gone", "", 410)
    command("add", site.url("/feed"))
    status, said = command("--once", "--jobs", "1")
    assert status == 0
    assert "1 page read, 2 new" in said
    assert "1 failed" in said
    assert "status 410" in said
    site.feed("/feed")
    site.put("/feed", "", 404)
    command("remove", site.url("/feed"))
    command("add", site.url("/feed"), "--kind", "feed")
    status, said = command("--once")
    assert status == 1
    assert "status 404" in said


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_command_between_two_requests(desk, site, sign, request):
    pages = [f"/{n}" for n in range(40)]
    site.feed("/feed", *pages)
    desk.clock.now = datetime.now(UTC)
    desk.add("feed", site.url("/feed"))
    root = request.config.rootpath
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"}
    run = "import sys; from dragoman.cli.watch import run; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", run, str(desk.folder), "--allow", f"127.0.0.1:{site.port}"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    deadline = time.monotonic() + 60
    while sum(map(site.times, pages)) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(sign)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Stopping after the requests under way" in said
    came = [page for page in pages if site.times(page)]
    assert 2 <= len(came) <= 4
    with Watching(desk.folder) as rows:
        assert {page.url for page in rows.to_read(99)} == {site.url(page) for page in came}
    assert desk.whole()
