"""Content codings of HTTP undone piece by piece, so that whoever takes the pieces can stop at any size."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

PIECE = 65_536
"""Bytes that are unpacked at a time, at most."""
_WINDOW = 23
"""The largest window of zstd in powers of two: 8 MB (RFC 9659)."""


class Broken(Exception):
    """What came is not packed as it says."""


def _inflated(chunks: Iterable[bytes], gzip: bool) -> Iterator[bytes]:
    """gzip (RFC 1952), member after member, or deflate (RFC 1950, or RFC 1951 as some servers send it)."""
    machine, kept = None, b""
    for chunk in chunks:
        kept += chunk
        while kept:
            if machine is None:
                if len(kept) < 2:
                    break
                zlib_header = kept[0] & 15 == 8 and int.from_bytes(kept[:2], "big") % 31 == 0
                machine = zlib.decompressobj(31 if gzip else 15 if zlib_header else -15)
            try:
                yield machine.decompress(kept, PIECE)
            except zlib.error as error:
                raise Broken(str(error)) from error
            kept = machine.unused_data if machine.eof else machine.unconsumed_tail
            if machine.eof:
                if not gzip or (kept and not b"\x1f\x8b".startswith(kept[:2])):
                    return  # What follows is padding.
                machine = None
    if machine is not None:
        try:
            yield machine.flush()
        except zlib.error as error:
            raise Broken(str(error)) from error
    if kept or (machine is not None and not machine.eof):
        raise Broken("it ends too early")


def _unzstd(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Zstandard (RFC 8878), frame after frame."""
    zstd = _zstd()
    machine = None
    for chunk in chunks:
        while True:
            if machine is None:
                if not chunk:
                    break
                machine = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW})
            try:
                yield machine.decompress(chunk, PIECE)
            except zstd.ZstdError as error:
                raise Broken(str(error)) from error
            chunk = b""
            if machine.eof:
                chunk, machine = machine.unused_data, None
            elif machine.needs_input:
                break
    if machine is not None:
        raise Broken("it ends too early")


def _unbrotli(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Brotli (RFC 7932)."""
    brotli = import_module("brotli")
    machine = brotli.Decompressor()
    empty = True
    for chunk in chunks:
        empty = empty and not chunk
        try:
            piece = machine.process(chunk, output_buffer_limit=PIECE)
            while piece or not machine.can_accept_more_data():
                yield piece
                piece = machine.process(b"", output_buffer_limit=PIECE)
        except brotli.error as error:
            raise Broken(str(error)) from error
    if not empty and not machine.is_finished():
        raise Broken("it ends too early")


def _zstd() -> Any:
    """The standard library's from Python 3.14 on, and its twin before."""
    return import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


DECODERS: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "gzip": partial(_inflated, gzip=True),
    "deflate": partial(_inflated, gzip=False),
    **({"br": _unbrotli} if find_spec("brotli") else {}),
    "zstd": _unzstd,
}
"""By the name of the encoding (RFC 9110, 8.4.1). Each unpacks at most `PIECE` bytes at a time."""
