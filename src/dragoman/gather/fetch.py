"""Fetches pages from servers that may be hostile: where it may connect, how much it reads and how long it takes are bounded.

Each connection goes to an address that was looked up once and checked (`dragoman.gather.addresses`); redirects are followed by
hand, through the same checks. No cookies are kept, no proxy or password is taken from the environment.
"""

from __future__ import annotations

import io
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpcore2
import httpx2

from dragoman.gather.addresses import Address, FetchError, Target, addresses, shown, target
from dragoman.gather.fetch_options import FetchOptions
from dragoman.gather.robots import Robots, Turns, retry_after
from dragoman.gather.unpack import DECODERS, Broken
from dragoman.gather.wire import Clock, Wire

__all__ = ["FetchError", "FetchOptions", "Fetched", "Fetcher"]
MOST_ENCODINGS = 3
"""One inside the other, of one answer."""
_KEPT_HEADERS = ("content-type", "content-language", "date", "cache-control", "expires", "link", "x-robots-tag")
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered."""

    url: str
    """As asked for."""
    final_url: str
    """Where the answer came from, after redirects, in the form in which it was sent."""
    status: int
    """200 to 299, or 304 where an etag or date was given and still holds."""
    body: bytes
    """Unpacked. Empty for 304."""
    headers: dict[str, str] = field(default_factory=dict)
    """Those of interest to a reader, with names in lower case."""
    etag: str | None = None
    """For the next fetch, where the server gave one."""
    last_modified: str | None = None
    """For the next fetch, as the server wrote it."""

    @property
    def unchanged(self) -> bool:
        return self.status == 304


class Fetcher:
    """Fetches pages, one at a time for each host. Threads may share it; leaving it as a context ends their waits.

    with Fetcher(FetchOptions(contact="desk@example.org")) as fetcher:
        page = fetcher.fetch("https://news.example.org/")
    """

    def __init__(self, options: FetchOptions | None = None) -> None:
        self.options = options or FetchOptions()
        self._turns = Turns()
        self._robots = Robots(self._robots_txt)
        self._asking = {
            "User-Agent": self.options.agent(),
            "Accept": "*/*",
            "Accept-Encoding": ", ".join(DECODERS),
            "Connection": "close",
        }

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx2.create_ssl_context()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets no request begin any more. What runs comes to its end within its own limits."""
        self._turns.stop()

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """The page at a web address. `etag` and `modified` are what the last fetch gave as `etag` and `last_modified`.

        Raises FetchError, whose `problem` tells what was refused or failed, and `later` whether to try again.
        """
        known = {"If-None-Match": _header_text(etag), "If-Modified-Since": _header_text(modified)}
        conditions = {name: value for name, value in known.items() if value}
        return self._follow(url, target(url, self.options.ports), conditions, self._obey)

    def _follow(
        self,
        url: str,
        at: Target,
        conditions: dict[str, str],
        obey: Callable[[Target, tuple[Address, ...]], float],
        found: tuple[Address, ...] = (),
    ) -> Fetched:
        """Asks, and asks on where the answer is a redirect. `obey` gives the pause for a host, or raises."""
        options = self.options
        clock = Clock(shown(url), options.total_timeout)
        for _ in range(options.redirects + 1):
            found = found or addresses(at, options.private_hosts, clock.patience(options.connect_timeout))
            with ExitStack() as stack:
                with clock.stopped():
                    pause = obey(at, found)
                    stack.enter_context(self._turns.turn(at.host, pause))
                answer = self._ask(url, at, found, conditions, clock)
            if isinstance(answer, Fetched):
                return answer
            at, found = self._next(url, at, answer), ()
        message = (
            f"{shown(url)} is not fetched: it sends on more than {options.redirects} times, at last to {shown(at.url)}"
        )
        raise FetchError(message, "redirect")

    def _next(self, url: str, at: Target, location: str) -> Target:
        try:
            if re.search(r"[\x00-\x1f\x7f]", location):
                raise ValueError("control characters")
            new = target(urljoin(at.url, location), self.options.ports)
        except FetchError as error:
            raise FetchError(f"{shown(url)} sends on to what may not be fetched: {error}", error.problem) from error
        except ValueError as error:
            raise FetchError(f"{shown(url)} sends on to {shown(location)}, which is no address", "redirect") from error
        if at.scheme == "https" and new.scheme == "http":
            message = f"{shown(url)} sends on from https down to {shown(new.url)}; if you trust it, give that address"
            raise FetchError(message, "redirect")
        return new

    def _obey(self, at: Target, found: tuple[Address, ...]) -> float:
        rules = self._robots.rules(at, found)
        if not rules.allows(at.path):
            message = (
                f"{shown(at.url)} is not fetched: {at.origin}/robots.txt asks programs not to; read it in a browser"
            )
            raise FetchError(message, "robots")
        return max(self.options.pause, min(rules.delay, self.options.longest_pause))

    def _robots_txt(self, at: Target, found: tuple[Address, ...]) -> bytes:
        return self._follow(at.url, at, {}, lambda at, found: self.options.pause, found).body

    def _ask(
        self, url: str, at: Target, found: tuple[Address, ...], conditions: dict[str, str], clock: Clock
    ) -> Fetched | str:
        """One request over a connection of its own. Returns the answer, or where it sends on."""
        wire = Wire(found, self.options, clock)
        origin = httpcore2.Origin(at.scheme.encode(), at.host.encode(), at.port)
        tls = self._tls if at.scheme == "https" else None
        connection = httpcore2.HTTPConnection(origin, ssl_context=tls, network_backend=wire)
        sent = {"Host": at.authority, **self._asking, **conditions}
        request = httpcore2.Request(
            "GET",
            httpcore2.URL(scheme=at.scheme, host=at.host, port=at.port, target=at.path),
            headers=[(name.encode(), value.encode()) for name, value in sent.items()],
        )
        try:
            return self._read(url, at, connection.handle_request(request), wire, bool(conditions))
        except httpcore2.TimeoutException as error:
            clock.left()  # Where all time is gone, that is what is said.
            message = f"{shown(url)} is not fetched: {at.host} did not answer in time; try later"
            raise FetchError(message, "time", later=True) from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
            why = str(error) or type(error).__name__
            message = f"{shown(url)} is not fetched: the connection to {at.authority} failed: {why[:200]}"
            raise FetchError(message, "network", later=True) from error
        finally:
            connection.close()

    def _read(self, url: str, at: Target, response: httpcore2.Response, wire: Wire, conditional: bool) -> Fetched | str:
        wire.headers_are_in()
        headers, status = httpx2.Headers(response.headers), response.status
        if status in _REDIRECTS and len(places := headers.get_list("location")) == 1:
            return places[0]
        if not ((200 <= status < 300 and status != 206) or (status == 304 and conditional)):
            wait = retry_after(headers.get("retry-after", "")) if status in (429, 503) else None
            asked = "" if wait is None else f", and asks to wait for {wait:.0f} seconds"
            message = f"{shown(url)} is not fetched: {at.host} answers with status {status}{asked}"
            raise FetchError(message, "status", status=status, retry_after=wait, later=status in _PASSING)
        body = io.BytesIO()
        if status not in (204, 205, 304):
            for piece in self._unpacked(at, response, headers, wire):
                body.write(piece)
        kept = {name: headers[name][:1000] for name in _KEPT_HEADERS if name in headers}
        etag, modified = _header_text(headers.get("etag")), _header_text(headers.get("last-modified"))
        return Fetched(url, at.url, status, body.getvalue(), kept, etag, modified)

    def _unpacked(
        self, at: Target, response: httpcore2.Response, headers: httpx2.Headers, wire: Wire
    ) -> Iterator[bytes]:
        """The body in pieces, unpacked as they come in, so that what is too much is noticed before it is there."""
        declared = headers.get("content-length", "")
        if re.fullmatch("[0-9]+", declared) and (len(declared) > 18 or int(declared) > self.options.wire_bytes):
            raise wire.too_large(f"it has {declared[:20]} bytes, and {self.options.wire_bytes} may be sent")
        names = [name.strip().lower() for name in headers.get("content-encoding", "").split(",")]
        names = [{"x-gzip": "gzip"}.get(name, name) for name in names if name not in ("", "identity")]
        if len(names) > MOST_ENCODINGS or not all(name in DECODERS for name in names):
            message = (
                f"{shown(at.url)} is not read: it is packed as {', '.join(names)[:100]!r}, which was not asked for"
            )
            raise FetchError(message, "encoding")
        pieces = wire.counted(response.iter_stream())
        for name in reversed(names):
            pieces = wire.bounded(DECODERS[name](pieces))
        try:
            yield from pieces
        except Broken as error:
            message = f"{shown(at.url)} is not read: it is not packed as {', '.join(names)}, or is cut off: {error}"
            raise FetchError(message, "encoding", later=True) from error


def _header_text(value: str | None) -> str | None:
    """A value that can be sent back as a header; else None, as for no value."""
    return value if value and re.fullmatch("[ -~]{1,500}", value) else None
