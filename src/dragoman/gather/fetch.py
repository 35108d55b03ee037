"""Fetches pages from servers that may be hostile: where it may connect, how much it reads and how long it takes are bounded.

Each connection goes to an address that was looked up once and checked (`dragoman.gather.addresses`); redirects are followed by
hand, through the same checks. No cookies are kept, no proxy or password is taken from the environment.
"""

from __future__ import annotations

import io
import re
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin

import httpcore2
import httpx2

from dragoman.errors import SettingsError
from dragoman.gather.addresses import Address, FetchError, Target, addresses, shown, target
from dragoman.gather.robots import PRODUCT, Robots, Turns, retry_after
from dragoman.gather.unpack import DECODERS, Broken

__all__ = ["FetchError", "FetchOptions", "Fetched", "Fetcher"]

FREE_BYTES = 1_000_000
"""Decoded bytes up to which their ratio to the bytes on the wire is not looked at."""
MOST_ENCODINGS = 3
"""One inside the other, of one answer."""

_KEPT_HEADERS = ("content-type", "content-language", "date", "cache-control", "expires", "link", "x-robots-tag")
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
_ABOVE_ZERO = (
    "connect_timeout",
    "read_timeout",
    "total_timeout",
    "wire_bytes",
    "decoded_bytes",
    "ratio",
    "header_bytes",
)
_FROM_ZERO = ("redirects", "pause", "longest_pause")


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How to fetch. Raises SettingsError for what cannot be followed."""

    contact: str = ""
    """An e-mail address or page, by which those whose servers are asked can reach who asks."""
    user_agent: str = ""
    """What to call ourselves instead of dragoman/VERSION (+contact)."""
    connect_timeout: float = 10
    """Seconds to find a host, and to connect to each of its addresses."""
    read_timeout: float = 20
    """Seconds to wait for the next bytes."""
    total_timeout: float = 60
    """Seconds for a fetch in all, with its redirects, but without the wait for its turn."""
    wire_bytes: int = 20_000_000
    """Of an answer, as sent."""
    decoded_bytes: int = 50_000_000
    """Of an answer, unpacked."""
    ratio: float = 100
    """Of unpacked to sent bytes, beyond the first million unpacked."""
    header_bytes: int = 65_536
    """Of an answer's status line and headers."""
    redirects: int = 5
    private_hosts: frozenset[str] = frozenset()
    """Hosts, by name or address, that may be at any address: of this machine, or of a private network."""
    ports: frozenset[int] = frozenset((80, 443, 8080, 8443))
    pause: float = 1
    """Seconds between an answer and the next request to its host."""
    longest_pause: float = 30
    """Seconds up to which a site's Crawl-delay is followed."""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[ -~]*", self.user_agent):
            raise SettingsError(f"the user agent {self.user_agent!r} must be plain ASCII on one line")
        if not re.fullmatch(r"[ -'*-\[\]-~]*", self.contact):
            raise SettingsError(f"the contact {self.contact!r} must be an e-mail address or a page, without brackets")
        for name in _ABOVE_ZERO + _FROM_ZERO:
            value = getattr(self, name)
            if not 0 <= value < float("inf") or (name in _ABOVE_ZERO and not value):
                raise SettingsError(f"{name} must be {'0 or more' if name in _FROM_ZERO else 'above 0'}, not {value}")
        for host in self.private_hosts:
            try:
                named = target(f"http://[{host}]/" if ":" in host else f"http://{host}/").host
            except FetchError as error:
                raise SettingsError(f"private_hosts: {error}") from error
            if named != host:
                raise SettingsError(f"private_hosts: give {named!r} instead of {host!r}: only the host, in lower case")

    def agent(self) -> str:
        """The value of the User-Agent header."""
        plain = f"{PRODUCT}/{version('dragoman')}"
        return self.user_agent or (f"{plain} (+{self.contact})" if self.contact else plain)


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
        clock = _Clock(shown(url), options.total_timeout)
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
        self, url: str, at: Target, found: tuple[Address, ...], conditions: dict[str, str], clock: _Clock
    ) -> Fetched | str:
        """One request over a connection of its own. Returns the answer, or where it sends on."""
        wire = _Wire(found, self.options, clock)
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

    def _read(
        self, url: str, at: Target, response: httpcore2.Response, wire: _Wire, conditional: bool
    ) -> Fetched | str:
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
        self, at: Target, response: httpcore2.Response, headers: httpx2.Headers, wire: _Wire
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


class _Clock:
    """The time that a fetch may still take."""

    def __init__(self, name: str, seconds: float) -> None:
        self.name = name
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds, above 0. Raises FetchError where none are left."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            message = f"{self.name} is not fetched: it took more than {self._seconds:g} seconds in all; try later"
            raise FetchError(message, "time", later=True)
        return seconds

    def patience(self, seconds: float) -> float:
        return min(seconds, self.left())

    @contextmanager
    def stopped(self) -> Iterator[None]:
        start = time.monotonic()
        yield
        self._end += time.monotonic() - start


class _Wire(httpcore2.NetworkBackend):
    """Connects one request to addresses that were checked, and counts what comes back."""

    def __init__(self, found: tuple[Address, ...], options: FetchOptions, clock: _Clock) -> None:
        self.options = options
        self.clock = clock
        self._found = found
        self._in_headers = True
        self._received = 0
        self._body = 0

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connects to the checked addresses in turn. The name of the host is not looked at: it is not looked up again."""
        failure: Exception = httpcore2.ConnectError("it has no address")
        for address in self._found:
            try:
                patience = self.clock.patience(self.options.connect_timeout)
                return _Stream(httpcore2.SyncBackend().connect_tcp(str(address), port, patience), self)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure

    def room(self) -> int:
        """How many bytes may come in next."""
        limit = self.options.header_bytes + (0 if self._in_headers else self.options.wire_bytes)
        if self._received >= limit:
            what = "headers" if self._in_headers else "answer"
            raise self.too_large(f"its {what} went on after {self._received} bytes")
        return limit - self._received

    def came(self, data: bytes) -> bytes:
        self._received += len(data)
        return data

    def headers_are_in(self) -> None:
        self._in_headers = False

    def counted(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The body as it was sent."""
        for chunk in chunks:
            self.clock.left()
            self._body += len(chunk)
            if self._body > self.options.wire_bytes:
                raise self.too_large(f"it went on after {self.options.wire_bytes} bytes")
            yield chunk

    def bounded(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """What an encoding unpacks to, also where it is packed in turn."""
        unpacked = 0
        for piece in pieces:
            self.clock.left()
            unpacked += len(piece)
            if unpacked > self.options.decoded_bytes:
                raise self.too_large(f"it went on unpacking after {self.options.decoded_bytes} bytes")
            if unpacked > FREE_BYTES and unpacked > self.options.ratio * self._body:
                raise self.too_large(f"{self._body} bytes unpacked to more than {self.options.ratio:g} times as many")
            yield piece

    def too_large(self, why: str) -> FetchError:
        return FetchError(f"{self.clock.name} is not read: {why}; fetch it by hand if you trust it", "too large")


class _Stream(httpcore2.NetworkStream):
    """A connection on which each step is bounded by what the fetch may still take."""

    def __init__(self, inner: httpcore2.NetworkStream, wire: _Wire) -> None:
        self._inner = inner
        self._wire = wire

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        wire = self._wire
        patience = wire.clock.patience(wire.options.read_timeout)
        return wire.came(self._inner.read(min(max_bytes, wire.room()), patience))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._wire.clock.patience(self._wire.options.read_timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        patience = self._wire.clock.patience(self._wire.options.connect_timeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, patience), self._wire)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
