"""Who may ask the workbench, and from where."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Access:
    """Which requests are answered. Without a token only a loopback address may be served."""

    host: str = "127.0.0.1"
    """The address that is listened on."""
    port: int = 8100
    token: str | None = None
    """What a browser must show once, as `?token=`, or a program as `Authorization: Bearer`."""
    names: tuple[str, ...] = ()
    """Further host names under which the workbench is reached."""

    @property
    def hosts(self) -> frozenset[str]:
        """The values of the Host header that are answered, in small letters, with the port."""
        known = ["127.0.0.1", "localhost", "[::1]"] if loopback(self.host) else [_bracketed(self.host)]
        everything = [f"{name.lower()}:{self.port}" for name in (*known, *self.names)]
        return frozenset((*everything, *(name.removesuffix(":80") for name in everything)))

    @property
    def address(self) -> str:
        """Where a browser finds it, without the token."""
        return f"http://{_bracketed(self.host)}:{self.port}/"


def loopback(host: str) -> bool:
    """Whether nobody but this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
