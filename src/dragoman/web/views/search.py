"""Search: documents that a query finds, with the words that it found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.errors import QueryError, SettingsError
from dragoman.model import Span
from dragoman.record import Hit, Project
from dragoman.record.dates import bounds
from dragoman.record.query import Words, parse
from dragoman.web.asked import Asked
from dragoman.web.screen import Answer, Screen

SIZE = 20
QUOTES = '"“”„«»'
LAST = 10_000
"""Pages that can be turned to."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that was looked for, or text around it."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was found."""

    document: str
    title: tuple[Piece, ...]
    titled: bool
    """Whether it has a title; else its source stands for one."""
    outlet: str | None
    published: str | None
    source: str
    copy: bool
    """Whether it repeats another document."""
    passage: tuple[Piece, ...]
    start: int
    """Where in the document the first of what was found stands, else the passage."""
    end: int
    begins: bool
    """Whether the passage is the beginning of the text, and its end the end."""
    ends: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a query cannot be followed, and where in it that is."""

    why: str
    before: str
    rest: str | None
    """From the place on; None where there is no one place."""


def search(project: Project, asked: Asked) -> Answer:
    """The screen at "/search"."""
    query, page = asked.text("q"), asked.number("page", 0, LAST)
    hits: list[Hit] = []
    refused = phrase = None
    if query:
        try:
            phrase = _phrase(query)
            hits = project.search(_in_time(query, asked), SIZE + 1, page * SIZE)
        except QueryError as problem:
            refused = Refused(str(problem), query[: problem.at], query[problem.at :])
        except SettingsError as problem:
            refused = Refused(str(problem), query, None)
    known = project.imprints(hit.document for hit in hits)
    return {
        "title": f"Search: {query}" if query else "Search",
        "query": query or "",
        "refused": refused,
        "phrase": phrase,
        "hits": [_found(hit, known[hit.document].copy_of is not None) for hit in hits[:SIZE]],
        "page": page,
        "more": len(hits) > SIZE,
    }


def _phrase(query: str) -> str | None:
    """The words of a query that is nothing but words beside each other. Raises SettingsError for one that is none."""
    node = parse(query)
    plain = isinstance(node, Words) and not node.title and "*" not in query
    return query.strip(QUOTES) if plain else None


def _in_time(query: str, asked: Asked) -> str:
    """The query within the time that the screens show."""
    low, high = bounds(asked.day("since")), bounds(asked.day("until"))
    if not low and not high:
        return query
    return f"({query}) on:{low[0] if low else '..'}/{high[1] if high else '..'}"


def _found(hit: Hit, copy: bool) -> Found:
    passage = hit.passage
    inside = [(start - passage.start, end - passage.start) for start, end in passage.spans]
    start, end = passage.spans[0] if passage.spans else (passage.start, passage.start + len(passage.text))
    return Found(
        document=hit.document,
        title=_pieces(hit.title, hit.title_spans) if hit.title else (Piece(hit.source, False),),
        titled=bool(hit.title),
        outlet=hit.outlet,
        published=hit.published,
        source=hit.source,
        copy=copy,
        passage=_pieces(passage.text, inside),
        start=start,
        end=end,
        begins=passage.start == 0,
        ends=not passage.goes_on,
    )


def _pieces(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """The text cut at the spans, which are in order and apart."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    return tuple(piece for piece in (*pieces, Piece(text[at:], False)) if piece.text)


SCREENS = (Screen("/search", "search.html", search),)
