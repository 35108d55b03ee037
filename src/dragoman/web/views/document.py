"""The reader: a document's text with what was read from it marked, and a card in the margin for each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from dragoman.errors import SettingsError
from dragoman.model import Document, Span
from dragoman.record import Project, Provenance
from dragoman.web.asked import Asked
from dragoman.web.cards import titled_page
from dragoman.web.screen import Answer, Download, File, Missing, Screen
from dragoman.web.text.margin import LAYERS, Card, cards_of, marks_of, names_for, rows_within
from dragoman.web.text.passages import part_of, parts, passages
from dragoman.web.text.pieces import Mark, Piece, pieces

KIN = 12
"""Other documents of the story that are shown."""
_AT = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_BASES = {
    "metadata": "as the page's metadata say",
    "header": "as the lines above the article say",
    "dateline": "as the dateline says",
    "text": "as the text says",
}
_KNOWN = frozenset(
    (".csv", ".docx", ".eml", ".htm", ".html", ".json", ".jsonl", ".pdf", ".tsv", ".txt", ".warc", ".xml")
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document beside its text."""

    id: str
    title: str
    outlet: str | None
    author: str | None
    published: str | None
    published_by: str | None
    """What says so."""
    source: str
    address: str | None
    """The source, where it is an address on the web."""
    language: str | None
    characters: int
    sha256: str
    how: Provenance


@dataclass(frozen=True, slots=True)
class Layer:
    """Something that can be marked in the text."""

    name: str
    label: str
    on: bool
    n: int
    """How often in this part."""
    off: str | None
    """The layers that are off once this one is switched."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some of the text with the cards of the rows that begin there."""

    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]


def document(project: Project, asked: Asked) -> Answer:
    """The screen at "/document/{id}"."""
    page, how = _page(project, asked)
    row, off = asked.text("row"), _off(asked)
    spans = passages(page.text)
    found = parts(spans) or [(0, 0)]
    stands = project.place_in(page.id, row.partition("/")[0]) if row else None
    here = _at(asked, len(page.text)) or stands
    part = min(asked.number("part", part_of(found, here[0]) + 1 if here else 1, 1_000_000), len(found)) or 1
    within = found[part - 1]
    rows = rows_within(project, page.id, within)
    names = names_for(project, rows)
    cards = cards_of(rows, page.id, within, names, project.applied().seen)
    marks = marks_of(rows, cards, page, within, names)
    shown = [card for card in cards if ("statements" if card.kind == "statement" else "events") not in off]
    visible = [mark for layer, some in marks.items() if layer not in off for mark in some]
    if here:
        visible.append(Mark(max(here[0], within[0]), here[1], "here"))
    many, kin = project.kin(page.id, KIN)
    return {
        "title": page.title or page.source,
        "facts": _facts(page, how),
        "layers": [_layer(name, off, len(marks[name])) for name in LAYERS],
        "part": part,
        "parts": len(found),
        "within": within,
        "passages": _passages(page, spans, within, visible, shown),
        "row": row,
        "chosen": [card.number for card in cards if card.row == row and (not here or card.start == here[0])],
        "here": here,
        "gone": row is not None and stands is None,
        "kin": [titled_page(one) for one in kin],
        "kin_found": many,
        "copy_of": project.kinship(page.id).copy_of,
    }


def _page(project: Project, asked: Asked) -> tuple[Document, Provenance]:
    found, how = project.document(asked.parts["id"]), project.provenance(asked.parts["id"])
    if found is None or how is None:
        raise Missing(f"The project has no document {asked.parts['id']}.")
    return found, how


def _at(asked: Asked, length: int) -> Span | None:
    """The characters that are asked for, as far as the text has them."""
    given = asked.text("at")
    if given is None:
        return None
    match = _AT.fullmatch(given)
    if not match or int(match[1]) >= int(match[2]):
        raise SettingsError(f"'{given}' is no place in a text (at): write the first and the last character, as 120-180")
    return (int(match[1]), min(int(match[2]), length)) if int(match[1]) < length else None


def _off(asked: Asked) -> list[str]:
    given = (asked.text("off") or "").split(",")
    return [name for name in LAYERS if name in given]


def _layer(name: str, off: Sequence[str], n: int) -> Layer:
    switched = [one for one in LAYERS if (one in off) != (one == name)]
    return Layer(name, LAYERS[name], name not in off, n, ",".join(switched) or None)


def _passages(
    page: Document, spans: Sequence[Span], within: Span, marks: Sequence[Mark], cards: Sequence[Card]
) -> list[Passage]:
    return [
        Passage(
            pieces(page.text, start, end, marks),
            tuple(card for card in cards if start <= max(card.start, within[0]) < end),
        )
        for start, end in spans
        if within[0] <= start < within[1]
    ]


def _facts(page: Document, how: Provenance) -> Facts:
    return Facts(
        id=page.id,
        title=page.title or page.source,
        outlet=page.outlet,
        author=page.author,
        published=page.published.value,
        published_by=_BASES.get(page.published.basis),
        source=page.source,
        address=page.source if page.source.startswith(("http://", "https://")) else None,
        language=page.language,
        characters=len(page.text),
        sha256=page.sha256,
        how=how,
    )


def text_file(project: Project, asked: Asked) -> File:
    """The text, at "/document/{id}/text"."""
    page, _ = _page(project, asked)
    return File(f"{page.id}.txt", "text/plain", page.text.encode("utf-8", "backslashreplace"))


def original_file(project: Project, asked: Asked) -> File:
    """What the text was read from, at "/document/{id}/original"; of no type that a browser shows."""
    page, _ = _page(project, asked)
    original = project.original(page.id)
    if original is None:
        raise Missing(f"What {page.id} was read from was not kept.")
    ending = PurePosixPath(urlsplit(page.source).path if "://" in page.source else page.source).suffix.lower()
    return File(page.id + (ending if ending in _KNOWN else ".bin"), "application/octet-stream", original)


SCREENS = (Screen("/document/{id}", "document.html", document),)
DOWNLOADS = (Download("/document/{id}/text", text_file), Download("/document/{id}/original", original_file))
