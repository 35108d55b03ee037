"""Bytes to text, or an `InputError` that says what the bytes are instead."""

from __future__ import annotations

import codecs
import re

from dragoman.errors import InputError

SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"{\\rtf", "an RTF document"),
)
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_NO_CHARSETS = frozenset({"punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape"})
"""Codecs of Python that no page is written in, and that take quadratic time or raise what they like."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_ASCII = re.compile(rb"[\t\n\r -~]*")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def decode(data: bytes, name: str) -> str:
    """The text of `data`, without its byte order mark and otherwise unchanged; raises `InputError`.

    Order: byte order mark, UTF-8, UTF-16 by its zero bytes, the charset that a page declares, a guess.
    """
    if not data.strip():
        raise InputError(f"{name} is empty")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{name} is {what}, not text; save its text as .txt or .html")
    text = _marked(data, name)
    if text is None:
        text = _unmarked(data, name)
    if not text.strip():
        raise InputError(f"{name} is empty")
    if len(_CONTROLS.findall(text)) * 100 > len(text):
        raise InputError(f"{name} is binary, not text")
    return text


def without_surrogates(text: str) -> str:
    """Lone surrogates, which cannot be written as UTF-8, become U+FFFD; every other character keeps its place."""
    return _SURROGATES.sub("\ufffd", text)


def _marked(data: bytes, name: str) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                if encoding == "utf-8":
                    return _mostly_utf8(data[len(mark) :])
                message = f"{name} begins like {encoding.upper()} but breaks its rules; save it as UTF-8"
                raise InputError(message) from None
    return None


def _unmarked(data: bytes, name: str) -> str:
    zeros = _zero_bytes(data[:SAMPLE])
    if zeros == "binary":
        raise InputError(f"{name} is binary, not text")
    if zeros:
        return data.decode(zeros, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = _as_declared(data) or _mostly_utf8(data) or _guessed(data)
    if text is None:
        raise InputError(f"{name} is in an encoding that cannot be told; save it as UTF-8")
    return text


def _zero_bytes(sample: bytes) -> str | None:
    """The UTF-16 that the zero bytes of Latin letters betray, "binary" for other zero bytes, None without any."""
    zeros = sample.count(0)
    if not zeros:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 < len(sample) or min(even, odd) * 10 > max(even, odd):
        return "binary" if zeros * 500 > len(sample) else None
    if zeros * 10 < len(sample) * 4 and _ASCII.fullmatch(sample.replace(b"\0", b"")):
        # Letters of other scripts would have other bytes: these are words in ASCII with a zero after each.
        return "binary"
    return "utf-16-le" if odd > even else "utf-16-be"


def _as_declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:4096])
    if found is None:
        return None
    label = found[1].decode("ascii", "replace").lower()
    label = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}.get(label, label)
    try:
        codec = codecs.lookup(label)
        if codec.name.startswith(("utf-16", "utf-32")) or codec.name in _NO_CHARSETS or not codec._is_text_encoding:
            return None
        return data.decode(label, "replace")
    except (LookupError, UnicodeError):
        return None


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few damaged bytes (a page cut short, a stray character), each of which becomes U+FFFD."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    sound = sum(character > "\x7f" for character in text[:SAMPLE]) - text[:SAMPLE].count("\ufffd")
    return text if sound > 0 and damaged <= max(1, min(sound, len(text) // 200)) else None


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    if best is None or best.encoding == "ascii":
        return None
    try:
        return data.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return data.decode(best.encoding, "replace") if best.encoding else None
