"""How pages are fetched: how long, how much, as whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import version

from dragoman.errors import SettingsError
from dragoman.gather.addresses import FetchError, target
from dragoman.gather.robots import PRODUCT

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
