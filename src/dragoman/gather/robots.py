"""Manners on the web: what a site's robots.txt lets us read (RFC 9309), and one request at a time for each host.

Python's `urllib.robotparser` is not used: up to 3.14 it takes `*` and `$` in a path for themselves, lets the first rule win
where RFC 9309 says the longest, ends a group at a blank line, and raises ValueError for `Crawl-delay: ²`.
"""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote

from dragoman.gather.addresses import Address, FetchError, Target, shown

PRODUCT = "dragoman"
"""The name by which a robots.txt can call us."""
MOST_BYTES = 512_000
"""Of a robots.txt that are read: 500 KiB, as RFC 9309 (2.5) wants at least."""
MOST_SITES = 2000
"""Whose rules are kept at a time."""
KEPT = 24 * 3600.0
"""Seconds for which rules hold (RFC 9309, 2.4)."""
KEPT_FAILURE = 600.0
"""Seconds after which a robots.txt that could not be had is tried again."""

_FIELD = re.compile(r"\s*([A-Za-z-]+)\s*:\s*(.*?)\s*")
_SECONDS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt says to us."""

    rules: tuple[tuple[str, bool], ...] = ()
    """Patterns of paths, the longest first, and whether they are allowed."""
    delay: float = 0
    """Seconds between two requests."""

    def allows(self, path: str) -> bool:
        """Whether a path, with its query, may be fetched: the longest pattern decides, and of two equals the one that allows."""
        path = _normal(path)
        return path == "/robots.txt" or next((may for pattern, may in self.rules if _fits(pattern, path)), True)


def rules(text: str) -> Rules:
    """Reads a robots.txt. The groups that name us count, or else those for `*`; lines that cannot be read are left out."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    delays: dict[str, float] = {}
    agents: list[str] = []
    open_ = False
    for line in text.splitlines():
        found = _FIELD.fullmatch(line.partition("#")[0])
        if not found:
            continue
        key, value = found[1].lower(), found[2]
        if key == "user-agent":
            agents = agents if open_ else []
            agents.append("*" if value == "*" else re.match("[A-Za-z_-]*", value)[0].lower())  # type: ignore[index]
            groups.setdefault(agents[-1], [])
            open_ = True
        elif key in ("allow", "disallow", "crawl-delay"):
            open_ = False
            for agent in {PRODUCT, "*"}.intersection(agents):
                if key != "crawl-delay":
                    groups[agent] += [(_normal(value), key == "allow")] if value else []
                elif _SECONDS.fullmatch(value):
                    delays[agent] = float(value)
    ours = PRODUCT if PRODUCT in groups else "*"
    return Rules(
        tuple(sorted(groups.get(ours, ()), key=lambda rule: (-len(rule[0]), not rule[1]))), delays.get(ours, 0)
    )


class Robots:
    """The rules of each site, fetched once. Several threads may ask."""

    def __init__(self, get: Callable[[Target, tuple[Address, ...]], bytes]) -> None:
        """`get` fetches an address of a host whose addresses were checked; it raises FetchError."""
        self._get = get
        self._lock = threading.Lock()
        self._sites: OrderedDict[str, _Site] = OrderedDict()

    def rules(self, asked: Target, addresses: tuple[Address, ...]) -> Rules:
        """The rules of the site of `asked`. Raises FetchError where they cannot be had now, since they might forbid it."""
        with self._lock:
            site = self._sites.setdefault(asked.origin, _Site())
            self._sites.move_to_end(asked.origin)
            while len(self._sites) > MOST_SITES:
                self._sites.popitem(last=False)
        with site.lock:
            if time.monotonic() >= site.until:
                site.found = self._fetched(asked, addresses)
                site.until = time.monotonic() + (KEPT if isinstance(site.found, Rules) else KEPT_FAILURE)
            found = site.found
        if isinstance(found, Rules):
            return found
        message = f"{shown(asked.url)} is not fetched now, because its site's robots.txt cannot be had: {found}"
        raise FetchError(message, "robots", retry_after=found.retry_after, later=True)

    def _fetched(self, asked: Target, addresses: tuple[Address, ...]) -> Rules | FetchError:
        try:
            body = self._get(Target(asked.scheme, asked.host, asked.port, "/robots.txt"), addresses)
        except FetchError as error:
            if error.problem == "stopped":
                raise
            # 429 asks to slow down; every other 4xx says that there is none (RFC 9309, 2.3.1.3).
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return Rules()
            return error
        return rules(body[:MOST_BYTES].decode("utf-8-sig", errors="replace"))


class Turns:
    """One request at a time for each host, and a pause after it. Several threads may wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hosts: dict[str, _Turn] = {}
        self._stopped = threading.Event()

    @contextmanager
    def turn(self, host: str, pause: float) -> Iterator[None]:
        """Waits until nobody asks this host and the last answer is `pause` seconds old. Raises FetchError once stopped."""
        with self._lock:
            turn = self._hosts.setdefault(host, _Turn())
        with turn.lock:
            if self._stopped.wait(max(0.0, turn.ended + pause - time.monotonic())):
                raise FetchError(f"{host} is not asked any more: fetching was stopped", "stopped", later=True)
            try:
                yield
            finally:
                turn.ended = time.monotonic()

    def stop(self) -> None:
        """Ends every wait, now and later."""
        self._stopped.set()


def retry_after(value: str) -> float | None:
    """Seconds from now, from either form of the Retry-After header (RFC 9110, 10.2.3); None where it is neither."""
    if re.fullmatch("[0-9]{1,9}", value):
        return float(value)
    try:
        then = parsedate_to_datetime(value)
        return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


@dataclass(slots=True)
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    ended: float = float("-inf")


@dataclass(slots=True)
class _Site:
    lock: threading.Lock = field(default_factory=threading.Lock)
    found: Rules | FetchError = field(default_factory=Rules)
    until: float = float("-inf")


def _normal(path: str) -> str:
    """A path in the one form that is compared (RFC 9309, 2.2.2): what need not be percent-encoded is not."""
    path = quote(path, safe="/?%:@!$&'()*+,;=~-._[]#")
    return re.sub("%([0-9A-Fa-f]{2})", _plain, path)


def _plain(code: re.Match[str]) -> str:
    letter = chr(int(code[1], 16))
    return letter if letter in _UNRESERVED else code[0].upper()


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as the pattern says: `*` is anything, `$` at the end is the end. In linear time."""
    ends = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not others:
        return not ends or path == first
    at = len(first)
    for part in others[:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return path.endswith(others[-1], at) if ends else path.find(others[-1], at) >= 0
