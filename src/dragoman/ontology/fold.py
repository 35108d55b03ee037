"""Names as people type them: without case, accents and extra space."""

from __future__ import annotations

import unicodedata


def fold(name: str | None) -> str | None:
    """`name` in the form in which names are compared: "  ERDOĞAN" and "Erdogan" are the same."""
    if name is None:
        return None
    if name.isascii():
        return " ".join(name.lower().split())
    plain = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))
    return " ".join(plain.split())
