"""Watches feeds, sitemaps and pages: asks each when it is due, fetches the pages that are new, and reads them into the project.

Threads fetch, each from one host at a time; only the calling thread writes. What came is kept before it is read, so that a
run that is stopped or killed goes on where it stood.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urldefrag

from dragoman.errors import InputError, ProjectError
from dragoman.gather import Failure, Source
from dragoman.gather.addresses import shown, target
from dragoman.gather.feeds import parse_feed
from dragoman.gather.fetch import Fetched, Fetcher, FetchError
from dragoman.gather.isolated import Isolated
from dragoman.gather.served import served
from dragoman.gather.sitemaps import parse_sitemap
from dragoman.gather.url_lists import Entry
from dragoman.record import Project
from dragoman.record.blobs import Blobs
from dragoman.record.lock import writing_lock
from dragoman.record.watching import Answer, Found, Kind, Page, Watched, Watching, host_of
from dragoman.run.local import NO_READER, Outcome, read_into
from dragoman.run.pace import asked_again, sitemaps_below
from dragoman.run.reader import Reads
from dragoman.run.turns import NAP, Fault, in_turn, is_of_host
from dragoman.run.watch_options import Round, WatchOptions

DAY = 24 * 3600.0
"""Seconds for which a server may ask us to wait, and the longest wait after failures."""
PAGE_WAIT = 300.0
"""Seconds until a page is tried again that could not be fetched; doubled each time. So long a host is left alone, too."""
TRIES = 10
"""How often a page is tried."""
PAGES = 100
"""Pages of one host that are fetched in a round."""
MOST_FOUND = 50_000
"""Pages that are taken from one answer."""
BATCH = 1000
"""Pages that are read in one go."""
HELD_BYTES = 64_000_000
"""Of watched pages whose bytes changed, until they are read."""
_LOOK = 10.0
"""Seconds after which a watch that waits looks whether an address was added."""


def address(url: str, fetcher: Fetcher) -> str:
    """A web address in the one form in which it is kept. Raises FetchError for what is none."""
    return target(urldefrag(url.strip()).url, fetcher.options.ports).url


def kind_of(fetched: Fetched) -> Kind:
    """What came, told from its content: a feed, a sitemap, or else a page."""
    kinds: tuple[tuple[Kind, Callable[[bytes, str], object]], ...] = (("feed", parse_feed), ("sitemap", parse_sitemap))
    for kind, parse in kinds:
        try:
            parse(fetched.body, fetched.final_url)
        except InputError:
            continue
        return kind
    return "page"


def watch(project: Project, fetcher: Fetcher, make: Callable[[], Reads], options: WatchOptions) -> Iterator[Round]:
    """Watches what the project watches, and yields what each round brought, until it is stopped.

    `make` makes the reader in each reading process. Raises ProjectError that says who watches the project already, and
    whatever keeps the project or the reader from working; what was fetched before is kept, and read the next time.
    """
    with writing_lock(project.path, patience=0), Watching(project.path) as rows, Isolated() as isolated:
        one = _Watch(project, rows, fetcher, make, isolated, options)
        left = bool(rows.to_read(1))
        while not options.stopped():
            due = rows.next_due()
            if left or (due is not None and due <= options.clock()):
                left = False
                yield one.round()
            elif options.once:
                return
            else:
                one.wait(due)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a watched address answered."""

    fetched: Fetched
    found: tuple[Found, ...] = ()
    whole: bool = True
    """Nothing needs to be asked again before it changes."""
    problem: str | None = None


@dataclass(slots=True)
class _Changed:
    """A watched page whose bytes are not those of the last time."""

    watched: Watched
    fetched: Fetched
    original: str | None
    """Of the last time."""


@dataclass(slots=True)
class _Watch:
    project: Project
    rows: Watching
    fetcher: Fetcher
    make: Callable[[], Reads]
    isolated: Isolated
    options: WatchOptions
    blobs: Blobs = field(init=False)
    tally: Round = field(default_factory=Round)
    run: str | None = None
    """The run that holds the failures of this round's fetching."""
    pauses: dict[str, float] = field(default_factory=dict)
    """Seconds that a feed wants between two questions."""
    seen: dict[str, str] = field(default_factory=dict)
    """SHA-256 of what each watched page answered last."""

    def __post_init__(self) -> None:
        self.blobs = Blobs(self.project.path / "blobs")

    def round(self) -> Round:
        """Asks all that is due, fetches the pages that are, and reads what came."""
        self.tally = Round()
        self._ask_watched()
        self._fetch_pages()
        self._read_pages()
        if self.run is not None:
            self.project.finish_run(self.run)
            self.run = None
        return replace(self.tally, waiting=self.rows.waiting())

    def wait(self, due: datetime | None) -> None:
        """Sleeps until something is due, but not for long: an address may be added meanwhile."""
        left = _LOOK if due is None else min(_LOOK, max((due - self.options.clock()).total_seconds(), 0.01))
        while left > 0 and not self.options.stopped():
            self.options.sleep(min(left, NAP))
            left -= NAP

    def _ask_watched(self) -> None:
        changed: list[_Changed] = []
        stops = self.options.stopped, self.fetcher.close
        for watched, said in in_turn(self.rows.due(self.options.clock()), self._ask, *stops):
            self._count(asked=1)
            if isinstance(said, InputError):
                self._not_answered(watched, said)
            elif watched.kind != "page":
                self._listed(watched, said)
            elif (page := self._page_changed(watched, said)) is not None:
                changed.append(page)
            if sum(len(one.fetched.body) for one in changed) > HELD_BYTES:
                self._read_changed(changed)
        self._read_changed(changed)

    def _ask(self, watched: Watched) -> _Said:
        """Runs in a thread."""
        fetched = self.fetcher.fetch(watched.url, etag=watched.etag, modified=watched.modified)
        if fetched.unchanged or watched.kind == "page":
            return _Said(fetched)
        if watched.kind == "feed":
            feed = parse_feed(fetched.body, fetched.final_url)
            return _Said(fetched, self._found(feed.entries), feed.damaged is None, feed.damaged)
        sitemap = parse_sitemap(fetched.body, fetched.final_url)
        entries, problems = list(sitemap.pages), [sitemap.damaged] if sitemap.damaged else []
        for below in sitemaps_below(sitemap, watched.checked):
            if self.options.stopped():
                raise FetchError(f"{shown(watched.url)} was not asked to its end", "stopped", later=True)
            try:
                entries += parse_sitemap(self.fetcher.fetch(below).body, below).pages
            except FetchError as error:
                if error.problem == "stopped" or error.retry_after:
                    raise
                problems.append(str(error))
            except InputError as error:
                problems.append(str(error))
        # An index may stay the same while what it names changes.
        whole = not problems and not sitemap.sitemaps
        return _Said(fetched, self._found(entries), whole, "; ".join(problems) or None)

    def _found(self, entries: Iterable[Entry]) -> tuple[Found, ...]:
        found: dict[str, Found] = {}
        for entry in entries:
            if len(found) >= MOST_FOUND:
                break
            try:
                url = address(entry.link, self.fetcher)
            except FetchError:
                url = entry.link  # Fetching it says what is wrong with it.
            found.setdefault(url, Found(url, entry.title, entry.published))
        return tuple(found.values())

    def _listed(self, watched: Watched, said: _Said) -> None:
        now = self.options.clock()
        new = self.rows.answered(watched.url, self._answer(watched, said), said.found, now)
        self._count(found=new, unchanged=0 if new else 1)

    def _page_changed(self, watched: Watched, said: _Said) -> _Changed | None:
        """What is to be read of a watched page; None, and all is noted, where its bytes are those of the last time."""
        page = self.rows.page(watched.url)
        digest = None if said.fetched.unchanged else hashlib.sha256(said.fetched.body).hexdigest()
        original = page.original if page else None
        if digest is not None and digest not in (original, self.seen.get(watched.url)):
            return _Changed(watched, said.fetched, original)
        self.rows.answered(watched.url, self._answer(watched, said), (), self.options.clock())
        self._count(unchanged=1)
        return None

    def _read_changed(self, changed: list[_Changed]) -> None:
        """Reads pages, and empties the list. A page's answer counts only when it was read: else it is asked for again."""
        while changed and not self.options.stopped():
            batch = {one.fetched.final_url: one for one in reversed(changed)}
            changed[:] = [one for one in changed if batch[one.fetched.final_url] is not one]
            sources = (self._source(name, one.fetched.body) for name, one in batch.items())
            for outcome in self._read_into(sources):
                self._note_changed(batch[outcome.source], outcome)
        changed.clear()

    def _note_changed(self, one: _Changed, outcome: Outcome) -> None:
        body, url = one.fetched.body, one.watched.url
        digest = hashlib.sha256(body).hexdigest()
        problem = outcome.message if outcome.kind == "failed" else None
        # Of bytes that gave no new document only the first are kept, or a page that is never the same would fill the disk.
        wanted = outcome.kind == "read" or one.original is None or (problem and not one.watched.problem)
        original = self.blobs.put(body) if wanted else None
        answer = self._answer(one.watched, _Said(one.fetched, problem=problem))
        self.rows.page_answered(url, answer, self.options.clock(), one.fetched.final_url, original)
        self.seen[url] = digest
        self._count(fetched=1)

    def _answer(self, watched: Watched, said: _Said) -> Answer:
        fetched = said.fetched
        asked = asked_again(fetched, watched.kind)
        if asked is None and fetched.unchanged:
            asked = self.pauses.get(watched.url)
        self.pauses[watched.url] = asked or 0
        due = self.options.clock() + timedelta(seconds=max(self.options.every, min(asked or 0, DAY)))
        if fetched.unchanged:
            problem = watched.problem if watched.kind == "page" else None
            return Answer(fetched.etag or watched.etag, fetched.last_modified or watched.modified, due, problem)
        return Answer(
            fetched.etag if said.whole else None, fetched.last_modified if said.whole else None, due, said.problem
        )

    def _not_answered(self, watched: Watched, error: InputError) -> None:
        every = self.options.every
        wait = max(every, min(every * 2.0 ** min(watched.failures + 1, 30), DAY))
        problem, wait = self._hold(watched.url, error, wait)
        if watched.failures == 0:
            self._fail(watched.url, problem, str(error))
        self.rows.failed(watched.url, str(error), self.options.clock() + timedelta(seconds=wait))
        self._tell(watched.url, problem, str(error))

    def _fetch_pages(self) -> None:
        stops = self.options.stopped, self.fetcher.close
        for page, said in in_turn(self.rows.pages_due(self.options.clock(), PAGES), self._fetch, *stops):
            now = self.options.clock()
            if isinstance(said, Fetched):
                self.rows.kept(page.url, said.final_url, self.blobs.put(said.body), now)
                self._count(fetched=1)
                continue
            problem, wait = self._hold(page.url, said, min(PAGE_WAIT * 2.0**page.failures, DAY))
            if isinstance(said, FetchError) and said.later and page.failures + 1 < TRIES:
                self.rows.page_failed(page.url, str(said), now + timedelta(seconds=wait))
            else:
                self._fail(page.url, problem, str(said))
                self.rows.given_up(page.url, str(said), now)
            self._tell(page.url, problem, str(said))

    def _fetch(self, page: Page) -> Fetched:
        """Runs in a thread."""
        return self.fetcher.fetch(page.url)

    def _hold(self, url: str, error: InputError, wait: float) -> tuple[str, float]:
        """The problem in a word, and the seconds to wait; where it is the host that wants or needs a pause, it gets one."""
        if not isinstance(error, FetchError):
            return ("fault" if isinstance(error, Fault) else "unreadable"), wait
        if is_of_host(error):
            pause = min(PAGE_WAIT if error.retry_after is None else error.retry_after, DAY)
            self.rows.hold(host_of(url), self.options.clock() + timedelta(seconds=pause))
            wait = max(wait, pause)
        return error.problem, wait

    def _read_pages(self) -> None:
        while not self.options.stopped() and (batch := self.rows.to_read(BATCH)):
            pages: dict[str, Page] = {}
            for page in batch:
                pages.setdefault(page.final_url or page.url, page)
            for outcome in self._read_into(self._kept(name, page) for name, page in pages.items()):
                self.rows.was_read(pages[outcome.source], outcome.message if outcome.kind == "failed" else None)

    def _kept(self, name: str, page: Page) -> Source | Failure:
        try:
            body = self.blobs.get(page.original or "")
        except ProjectError as error:
            return Failure(name, "missing", str(error))
        return self._source(name, body, page)

    def _source(self, name: str, body: bytes, page: Page | None = None) -> Source | Failure:
        """What came, to be read, with the date and title that the feed gives it."""
        try:
            source = served(body, name, self.isolated)
        except InputError as error:
            return Failure(name, "unreadable", str(error))
        if page is None:
            return source
        return replace(source, published=page.published or source.published, title=page.title or source.title)

    def _read_into(self, sources: Iterable[Source | Failure]) -> Iterator[Outcome]:
        """What became of the sources. Those that were read come last, when the project is resolved: who is killed before that
        finds them not read yet, and resolves."""

        def until_stopped() -> Iterator[Source | Failure]:
            for source in sources:
                if self.options.stopped():
                    return
                yield source

        good: list[Outcome] = []
        for outcome in read_into(self.project, until_stopped(), self.make, self.options.limits, {"watch": True}):
            self._count(read=outcome.kind == "read", known=outcome.kind == "known")
            if outcome.kind == "failed":
                self._tell(outcome.source, outcome.problem, outcome.message)
                yield outcome
            else:
                good.append(outcome)
        yield from good

    def _fail(self, source: str, problem: str, message: str) -> None:
        if self.run is None:
            self.run = self.project.start_run(NO_READER, {"watch": True})
        self.project.fail(self.run, source, problem, message)

    def _tell(self, source: str, problem: str, message: str) -> None:
        self.tally = replace(self.tally, failed=(*self.tally.failed, Outcome(source, "failed", problem, message)))

    def _count(self, **more: int) -> None:
        self.tally = replace(self.tally, **{name: getattr(self.tally, name) + many for name, many in more.items()})
