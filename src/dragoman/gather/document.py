"""A source made into a document: its text, which of it is the article, and what is known about it."""

from __future__ import annotations

import re

from dragoman.errors import InputError
from dragoman.gather.context import Hint
from dragoman.gather.decode import decode, without_surrogates
from dragoman.gather.extract import article_hint, settled
from dragoman.gather.language import language
from dragoman.gather.layout import Layout, article_spans
from dragoman.gather.metadata import Metadata
from dragoman.gather.outlet import outlet_in, outlet_of
from dragoman.gather.page import Line, offsets, render
from dragoman.gather.page_date import claimed_date
from dragoman.gather.source import Source
from dragoman.gather.units import Unit
from dragoman.model import Document, Published

_LANGUAGE_SAMPLE = 20_000
_WORDS = re.compile(r"\w+")
_MARKUP = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?(?:<!doctype\s+html|<html[\s>]|<\?xml[^>]{0,200}\?>\s*<(?:!doctype\s+)?html)",
    re.I | re.S,
)
_MIN_TITLE = 8


def document(source: Source) -> Document:
    """The document in `source`; raises `InputError` where its bytes are no text, or its page shows none.

    The text of a plain-text source is exactly what was decoded, so that offsets point into it; that of a page is what a
    reader sees of it, a line for each block.
    """
    content = source.content if isinstance(source.content, str) else decode(source.content, source.name)
    content = without_surrogates(content)
    if not content.strip():
        raise InputError(f"{source.name} is empty")
    if source.markup or _MARKUP.match(content[:4000]):
        return _from_page(source, content)
    return _assembled(source, content, article_spans(content), Metadata())


def _from_page(source: Source, html: str) -> Document:
    lines, metadata = render(html)
    if not lines:
        raise InputError(f"{source.name} is a page without any text to see; it may need a browser to be shown")
    text = "\n".join(line.text for line in lines)
    starts = [start for start, _ in offsets(lines)]
    known = PageLines(lines, starts, metadata)
    layout = settled(text, article_spans(text, known.hint), article_hint(html.encode("utf-8", "replace")))
    return _assembled(source, text, layout, metadata)


class PageLines:
    """What a page's markup and metadata say about its lines."""

    def __init__(self, lines: list[Line], starts: list[int], metadata: Metadata) -> None:
        self._line_at = dict(zip(starts, lines, strict=True))
        self._starts = sorted(starts)
        self._titles = {plain for title in metadata.titles if len(plain := _plain(title)) >= _MIN_TITLE}
        self._stated = _plain(metadata.body)

    def hint(self, unit: Unit) -> Hint:
        line = self._line_at.get(unit.start) or self._line_at[self._starts[unit.line]]
        plain = _plain(unit.text)
        title = plain in self._titles or (line.tag == "h1" and self._is_title(plain))
        stated = plain in self._stated if len(self._stated) > 300 else None
        return Hint(line.tag, line.region, line.links, title, stated)

    def _is_title(self, plain: str) -> bool:
        return len(plain) >= _MIN_TITLE and any(plain in title or title in plain for title in self._titles)


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))


def _assembled(source: Source, text: str, layout: Layout, metadata: Metadata) -> Document:
    published = source.published or metadata.published or claimed_date(metadata)
    headline = next((text[part.start : part.end] for part in layout.parts if part.label == "headline"), None)
    outlet = (
        source.outlet
        or metadata.outlet
        or outlet_in(text, layout.boilerplate)
        or metadata.host
        or outlet_of(source.name)
    )
    return Document(
        text=text,
        source=source.name,
        outlet=outlet,
        title=source.title or _title(headline, metadata),
        author=source.author or layout.author or metadata.author,
        published=Published(published, "metadata") if published else Published(),
        language=language(_sample(text, layout)),
        body=layout.body,
        boilerplate=layout.boilerplate,
        parts=layout.parts,
    )


def _title(headline: str | None, metadata: Metadata) -> str | None:
    """The headline that the page shows, where a claimed title agrees or none is claimed; else the claimed one."""
    if not metadata.titles:
        return headline
    if headline and any(_plain(headline) in _plain(title) for title in metadata.titles):
        return headline
    return metadata.titles[0]


def _sample(text: str, layout: Layout) -> str:
    pieces: list[str] = []
    rest = _LANGUAGE_SAMPLE
    for start, end in layout.body:
        pieces.append(text[start : min(end, start + rest)])
        rest -= len(pieces[-1])
        if rest <= 0:
            break
    return "\n".join(pieces)
