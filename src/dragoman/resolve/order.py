"""What orders texts of one day so that it does not matter whom they are about.

Where two are as good, something must decide which comes first. Ids and names would favour a state for its letters; the words
that are no names stay as they are when two states are exchanged.
"""

from __future__ import annotations

import re
import zlib

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")


def wording(text: str) -> int:
    """A number for the words of a text that are not capitalised, and its figures; the same on every machine."""
    plain = " ".join(word for word in _WORD.findall(text) if word[0].islower() or word[0].isdigit())
    return zlib.crc32(plain.encode("utf-8", "surrogatepass"))
