"""A document: one article's text with its metadata, body and boilerplate."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from dragoman.model.ids import content_id
from dragoman.model.span import Span

Basis = Literal["metadata", "header", "dateline", "text", "none"]


@dataclass(frozen=True, slots=True)
class Published:
    """When the document was published: an EDTF date, or None, and what says so."""

    value: str | None = None
    basis: Basis = "none"


@dataclass(frozen=True, slots=True)
class Block:
    """A span of the text that is not the article, and what it is: menu, teaser, related, form or credit.

    `headline`, `byline` and `dateline` are parts of the article; they are labelled too, and lie within its body.
    """

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it was found. Spans index `text`; body spans and boilerplate are sorted and do not overlap."""

    text: str
    source: str
    """The input's file name or URL."""
    outlet: str | None = None
    """Who published the page, as the page or its address names it."""
    title: str | None = None
    author: str | None = None
    published: Published = Published()
    language: str | None = None
    """ISO 639-1 code of the body, or None where it cannot be told."""
    body: tuple[Span, ...] = ()
    boilerplate: tuple[Block, ...] = ()
    parts: tuple[Block, ...] = ()
    """Headline, byline and dateline within the body."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def id(self) -> str:
        """The same text from the same source is the same document."""
        return content_id("doc", self.source, self.sha256)
