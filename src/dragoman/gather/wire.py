"""One connection to an address that was checked, within limits of time and of what may come."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore2

from dragoman.gather.addresses import Address, FetchError
from dragoman.gather.fetch_options import FetchOptions

FREE_BYTES = 1_000_000
"""Decoded bytes up to which their ratio to the bytes on the wire is not looked at."""


class Clock:
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


class Wire(httpcore2.NetworkBackend):
    """Connects one request to addresses that were checked, and counts what comes back."""

    def __init__(self, found: tuple[Address, ...], options: FetchOptions, clock: Clock) -> None:
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

    def __init__(self, inner: httpcore2.NetworkStream, wire: Wire) -> None:
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
