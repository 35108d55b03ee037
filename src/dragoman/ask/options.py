"""Which endpoint is asked, for which model, and within which limits."""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from dragoman.errors import SettingsError

KEY = "DRAGOMAN_LLM_KEY"
"""The variable of the environment that holds the key, where the endpoint wants one."""


@dataclass(frozen=True, slots=True)
class AskOptions:
    """What the user chose. The key is no part of it: it is taken from the environment when a question is sent."""

    endpoint: str
    """The base address of an OpenAI-compatible interface, e.g. `http://127.0.0.1:8080/v1`."""
    model: str
    answers: Path
    """The folder in which answers are kept; it may be deleted."""
    ledger: Path
    """The file in which the processes of a run note what they spend."""
    budget: int | None = None
    """Tokens, in and out, after which nothing more is asked."""
    seconds: float = 120.0
    """How long one answer may take."""
    longest: int = 2_000_000
    """Bytes of one answer, at most."""
    tokens: int = 4096
    """Tokens of one answer, at most."""


def checked_endpoint(url: str) -> str:
    """The base address without a slash at its end. Raises SettingsError for what is no address of http or https, for one
    that holds a name, password or query, and where a key would be sent over http to another machine."""
    try:
        at = urlsplit(url)
        host, _ = at.hostname, at.port
    except ValueError as error:
        raise SettingsError(f"--endpoint is no address: {error}") from error
    if at.scheme not in ("http", "https") or not host:
        raise SettingsError("--endpoint must be an address such as http://127.0.0.1:8080/v1")
    if at.username is not None or at.password is not None or at.query or at.fragment:
        raise SettingsError(f"--endpoint must hold no name, password or query: put a key into {KEY}")
    if at.scheme == "http" and os.environ.get(KEY) and not _is_loopback(host):
        raise SettingsError(f"{KEY} would be sent to {host} unencrypted: use https, or unset it")
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
