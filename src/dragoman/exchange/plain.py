"""Words of pages on one line, for what has no place for more."""

from __future__ import annotations

import re
from hashlib import sha256

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]+")
_PLAIN_ID = re.compile(r"[A-Za-z0-9]+(?:[-:][A-Za-z0-9]+)*")
_HALVES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """`text` on one line, without controls and without characters that turn the reading direction."""
    return " ".join(_HALVES.sub("\ufffd", _UNSAFE.sub(" ", text)).split())


def address(source: str) -> str | None:
    """A source on one line, where it is an address of the web; else None."""
    return clean(source) if source.lower().startswith(("http://", "https://")) else None


def slug(id: str) -> str:
    """A name for an id of letters, digits and hyphens, which file systems and other programs take as a name; another one for
    each id."""
    if len(id) <= 80 and id.count(":") < 2 and _PLAIN_ID.fullmatch(id):
        return id.replace(":", "-")
    return f"{re.sub(r'[^A-Za-z0-9]+', '-', id)[:60].strip('-')}-{sha256(id.encode()).hexdigest()[:8]}".lstrip("-")
