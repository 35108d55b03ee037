"""A document as reference managers know it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.exchange.plain import address, clean
from dragoman.exchange.selection import Selection

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[?~%]?")


@dataclass(frozen=True, slots=True)
class Reference:
    """Words are put on one line; they are None where they are unknown."""

    id: str
    source: str
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    """EDTF."""
    language: str | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", clean(self.source))
        for name in ("title", "outlet", "author"):
            object.__setattr__(self, name, clean(getattr(self, name) or "") or None)

    @property
    def url(self) -> str | None:
        """The source, where it is an address of the web."""
        return address(self.source)


def references(selection: Selection) -> Iterator[Reference]:
    """The documents of a selection."""
    for document, _ in selection.documents():
        yield Reference(
            id=document.id,
            source=document.source,
            title=document.title,
            outlet=document.outlet,
            author=document.author,
            published=document.published.value,
            language=document.language,
        )


def date_parts(edtf: str | None) -> list[list[int]]:
    """Year, month and day, as far as they are known, of a date, or of both sides of an interval; [] where a year is not."""
    sides = [_DATE.fullmatch(side.replace("-XX", "")) for side in edtf.split("/")] if edtf else []
    if not all(sides):
        return []
    return [[int(part) for part in side.groups() if part] for side in sides if side]
