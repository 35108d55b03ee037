"""The encoding of a table, which may hold rows in several."""

from __future__ import annotations

import codecs

from dragoman.errors import InputError
from dragoman.gather.decode import SAMPLE, decode

BLANK = b" \r\n\t" + codecs.BOM_UTF8 + codecs.BOM_UTF16_LE
_HIGH = bytes(range(128, 256))


def sniff(sample: bytes, name: str) -> tuple[str, str, str]:
    """The encoding to read in, the one for what is not UTF-8, and the sample as text. Raises `InputError`."""
    for mark, encoding in ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")):
        if sample.startswith(mark):
            return encoding, "", sample[: len(sample) // 4 * 4].decode(encoding, "replace")
    encoding = _utf16(sample)
    if encoding:
        return encoding, "", sample.decode(encoding, "replace")
    if sample.count(0) * 10 > len(sample):
        raise InputError(f"{name} is binary, not text")
    bare = sample.replace(b"\0", b"").removeprefix(codecs.BOM_UTF8)
    broken = [line for line in bare.split(b"\n")[: -1 if len(sample) == SAMPLE else None] if not _is_utf8(line)]
    if not broken:
        return "utf-8-sig", "", decode(bare, name)
    try:
        text = decode(bare, name)
    except InputError as error:
        text = _ascii(bare, name, error)
    return "utf-8-sig", _guess(b"\n".join(broken)), text


def _ascii(data: bytes, name: str, error: InputError) -> str:
    """What is ASCII in a text of several encodings; what is no text at all raises the error that was found first."""
    try:
        return decode(data.translate(None, _HIGH), name)
    except InputError:
        raise error from None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _utf16(sample: bytes) -> str:
    """The UTF-16 that a mark or zero bytes betray: of Latin letters, or of the blanks and delimiters between others."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    latin = max(even, odd) * 6 >= len(sample) and min(even, odd) * 10 <= max(even, odd)
    other = max(even, odd) >= max(8, len(sample) // 50) and min(even, odd) == 0
    if not (latin or other):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def errors(encoding: str) -> str:
    """What to do with bytes that `encoding` does not know."""
    return "surrogateescape" if encoding == "utf-8-sig" else "replace"


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding not in ("ascii", "utf_8") else "cp1252"
