"""Where a connection may go: a web address read strictly, its host looked up once, and every address of it checked."""

from __future__ import annotations

import queue
import re
import socket
import threading
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Literal, NoReturn
from urllib.parse import quote

import idna

from dragoman.errors import InputError

Problem = Literal[
    "url", "address", "redirect", "robots", "status", "too large", "encoding", "time", "network", "stopped"
]
Address = IPv4Address | IPv6Address

LONGEST_URL = 8000
"""Characters."""
MOST_ADDRESSES = 4
"""Of one host, that are tried in turn. All are checked."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
# RFC 3986, appendix B, for addresses that name their scheme and host.
_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.DOTALL)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_PASSWORD = re.compile(r"//[^/?#]*@")
# Names that are looked up inside a network only: RFC 6761, 6762, 7686, 8375, and what routers and clouds hand out.
_INSIDE = (".localhost", ".localdomain", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".onion")

# https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 twin. The first that fits names the reason.
_FORBIDDEN_4 = tuple(
    (IPv4Network(network), why)
    for network, why in (
        ("169.254.169.254/32", "a cloud's metadata service"),
        ("0.0.0.0/8", "an address of this network"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address inside a provider's network (CGNAT)"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "an address for documentation"),
        ("192.31.196.0/24", "a reserved address"),
        ("192.52.193.0/24", "a reserved address"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "a private address"),
        ("192.175.48.0/24", "a reserved address"),
        ("198.18.0.0/15", "an address for benchmarks"),
        ("198.51.100.0/24", "an address for documentation"),
        ("203.0.113.0/24", "an address for documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_PUBLIC_6 = IPv6Network("2000::/3")
"""All that IANA has given out. What lies outside is refused, named below or not."""
_FORBIDDEN_6 = tuple(
    (IPv6Network(network), why)
    for network, why in (
        ("fd00:ec2::254/128", "a cloud's metadata service"),
        ("::1/128", "a loopback address"),
        ("::/128", "an address of this machine"),
        ("::ffff:0:0/96", "an IPv4-mapped address"),
        ("::ffff:0:0:0/96", "an IPv4-translated address"),
        ("::/96", "an IPv4-compatible address"),
        # RFC 8215 lets each network choose where in it the IPv4 address lies, so that there is none that could be checked.
        ("64:ff9b:1::/48", "a NAT64 address of a private network"),
        ("2001::/32", "a Teredo address"),
        ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "an address for documentation"),
        ("2002::/16", "a 6to4 address"),
        ("2620:4f:8000::/48", "a reserved address"),
        ("3fff::/20", "an address for documentation"),
        ("fc00::/7", "a unique local address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
    )
)


class FetchError(InputError):
    """Something is not fetched: it may not be, or it failed. The message names what, why, and what to do."""

    def __init__(
        self,
        message: str,
        problem: Problem = "network",
        *,
        status: int | None = None,
        retry_after: float | None = None,
        later: bool = False,
    ) -> None:
        super().__init__(message)
        self.problem: Problem = problem
        self.status = status
        """The status of the answer, where that is the problem."""
        self.retry_after = retry_after
        """Seconds after which the server wants to be asked again, where it says so with status 429 or 503."""
        self.later = later
        """The same request may work later."""


@dataclass(frozen=True, slots=True)
class Target:
    """A web address in parts, each in the one form that is sent. Made by `target`."""

    scheme: str
    """http or https."""
    host: str
    """A name in lower-case ASCII (IDNA 2008), or an address without brackets."""
    port: int
    path: str
    """With the query, percent-encoded."""

    @property
    def authority(self) -> str:
        """Host and port as in a Host header: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        return self.origin + self.path


def shown(url: str) -> str:
    """An address for a message: short, on one line, without a password."""
    return repr(_PASSWORD.sub("//…@", url[:200]) + ("…" if len(url) > 200 else ""))


def target(url: str, ports: Collection[int] = (80, 443, 8080, 8443)) -> Target:
    """Reads a web address. Raises FetchError for everything that two programs could read in two ways."""
    if len(url) > LONGEST_URL:
        _refuse(url, f"it has {len(url)} characters", "give one of at most 8000")
    if _HIDDEN.search(url):
        _refuse(url, "it has control characters", "take them out")
    parts = _PARTS.fullmatch(url)
    if not parts:
        _refuse(url, "it is no web address", "give one such as https://example.org/")
    scheme, authority = parts[1].lower(), parts[2]
    if scheme not in _DEFAULT_PORTS:
        _refuse(url, f"its scheme is {scheme!r}", "only http and https are fetched")
    if "@" in authority:
        _refuse(url, "it has a user name before its host", "give it without user name and password")
    name, port = _split_port(url, authority, _DEFAULT_PORTS[scheme])
    if port not in ports:
        _refuse(url, f"port {port} is not for web pages", "if you trust it, add the port to those that are allowed")
    host = _literal(url, name) if name.startswith("[") else _host(url, name)
    path = quote((parts[3] or "/") + (parts[4] or ""), safe="/?%:@!$&'()*+,;=~-._[]")
    return Target(scheme, host, port, path)


def forbidden(address: Address) -> str | None:
    """What an address is, in words, where no page of the public web can be at it; else None."""
    if isinstance(address, IPv4Address):
        return next((why for network, why in _FORBIDDEN_4 if address in network), None)
    if address.scope_id is not None:
        return "an address with a zone"
    if address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
        why = forbidden(inner)
        return why and f"a NAT64 address for {inner}, {why}"
    why = next((why for network, why in _FORBIDDEN_6 if address in network), None)
    return why or (None if address in _PUBLIC_6 else "outside the public part of IPv6")


def addresses(site: Target, private: Collection[str] = (), timeout: float = 10) -> tuple[Address, ...]:
    """The addresses of a host, all checked, in the order in which to try them.

    `private` are the names of hosts, in the form of `Target.host`, of which any address will do. The caller connects to what
    is returned and does not look the name up again. Raises FetchError where any address is forbidden, or none is found.
    """
    trusted = site.host in private
    advice = "if you trust it, allow the host by name"
    try:
        found: tuple[Address, ...] = (ip_address(site.host),)
    except ValueError:
        if not trusted and ("." not in site.host or site.host.endswith(_INSIDE)):
            message = f"{shown(site.url)} is not fetched: {site.host} is a name inside a network; {advice}"
            raise FetchError(message, "address") from None
        found = _look_up(site, timeout)
    for address in found:
        if not trusted and (why := forbidden(address)):
            what = f"{address} is" if str(address) == site.host else f"{site.host} leads to {address},"
            raise FetchError(f"{shown(site.url)} is not fetched: {what} {why}; {advice}", "address")
    return found[:MOST_ADDRESSES]


def _refuse(url: str, why: str, advice: str) -> NoReturn:
    raise FetchError(f"{shown(url)} is not fetched: {why}; {advice}", "url")


def _split_port(url: str, authority: str, default: int) -> tuple[str, int]:
    parts = re.fullmatch(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]{0,5}))?", authority, re.ASCII)
    if not parts:
        _refuse(url, f"{authority[:80]!r} is no host with a port", "give one such as example.org:8080")
    return parts[1], int(parts[2]) if parts[2] else default


def _literal(url: str, name: str) -> str:
    """An IPv6 address, from its brackets."""
    try:
        address = IPv6Address(name[1:-1])
    except ValueError:
        address = None
    if address is None or address.scope_id is not None or not name.isascii():
        _refuse(url, f"{name[:80]!r} is no IPv6 address without a zone", "give its name")
    return str(address)


def _host(url: str, name: str) -> str:
    host = _ascii(url, name).lower()
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        _refuse(url, f"{name[:80]!r} is no name of a host", "give one such as example.org")
    if _NUMBER.fullmatch(labels[-1]):
        # What ends in a number is an IPv4 address, for some programs also as 127.1, 0x7f.1, 0177.0.0.1 or 2130706433.
        try:
            IPv4Address(host)
        except ValueError:
            _refuse(url, f"{host!r} is an address in another form than four decimal numbers", "give its name")
    try:
        for label in labels:
            if label.startswith("xn--") and idna.alabel(idna.ulabel(label)) != label.encode():
                raise idna.IDNAError
    except UnicodeError:  # What idna raises is one.
        _refuse(url, f"{host!r} is no international name after IDNA 2008", "give the name as it is written")
    return host


def _ascii(url: str, name: str) -> str:
    """A name with letters of any script as it is sent. Letters and dots that only look like ASCII are refused, not mapped."""
    if name.isascii():
        return name
    lookalikes = [one for one in name if not one.isascii() and unicodedata.normalize("NFKC", one.lower()).isascii()]
    if lookalikes or "。" in unicodedata.normalize("NFKC", name):
        _refuse(url, f"{name[:80]!r} has letters, digits or dots that stand for others", "write them in ASCII")
    try:
        return idna.encode(name.lower(), strict=True, std3_rules=True).decode("ascii")
    except UnicodeError:
        _refuse(url, f"{name[:80]!r} is no international name after IDNA 2008", "give the name as it is registered")


def _look_up(site: Target, timeout: float) -> tuple[Address, ...]:
    """Asks the system, in a thread of its own, because it cannot be told when to give up."""
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(site.host, site.port, type=socket.SOCK_STREAM)
            answers.put([str(row[4][0]) for row in rows])
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, name=f"look up {site.host}", daemon=True).start()
    try:
        found = answers.get(timeout=timeout)
    except queue.Empty:
        message = f"{shown(site.url)} is not fetched: {site.host} was not found within {timeout:g} seconds; try later"
        raise FetchError(message, "time", later=True) from None
    if isinstance(found, Exception) or not found:
        message = f"{shown(site.url)} is not fetched: there is no host {site.host}: see that its name is right"
        raise FetchError(message, "network", later=True)
    return tuple(dict.fromkeys(map(ip_address, found)))
