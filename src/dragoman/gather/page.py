"""An HTML page as the lines a reader sees, each with where it stood."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from dragoman.gather.lexicon import load
from dragoman.gather.markup import Tag, tokens
from dragoman.gather.metadata import Metadata
from dragoman.gather.regions import is_hidden, region_of

_DISPLAY = {kind: frozenset(names.split()) for kind, names in load("regions")["display"].items()}
_VOID, _BLOCK, _DROPPED = _DISPLAY["void"], _DISPLAY["block"], _DISPLAY["dropped"]
_SELF_CLOSED_BY = {
    "p": _BLOCK - {"li", "dt", "dd", "tr", "caption", "option", "legend", "summary", "label", "button"},
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
}
_LOOK_BACK = 6
_MAX_REGIONS = 24
_SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_LONG = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the rendered page."""

    text: str
    tag: str
    """The innermost block element: p, h1, li, div."""
    region: str | None
    """What the elements around it suggest: a label of boilerplate, "article", or None."""
    links: float
    """The share of its characters that are links."""


@dataclass(slots=True)
class _Region:
    label: str
    parent: int
    depth: int
    characters: int = 0
    """Characters of long lines that are mostly not links, within this element."""


@dataclass(slots=True)
class _Open:
    name: str
    block: str
    region: int
    hidden: bool
    link: bool


@dataclass(slots=True)
class _Renderer:
    metadata: Metadata
    lines: list[tuple[str, str, int, float]] = field(default_factory=list)
    regions: list[_Region] = field(default_factory=lambda: [_Region("", -1, 0)])
    stack: list[_Open] = field(default_factory=lambda: [_Open("", "div", 0, False, False)])
    open: Counter[str] = field(default_factory=Counter)
    pieces: list[str] = field(default_factory=list)
    characters: int = 0
    linked: int = 0
    place: _Open | None = None

    def text(self, text: str) -> None:
        top = self.stack[-1]
        if top.hidden:
            return
        if not text.isspace():
            self.place = self.place or top
            self.characters += len(text)
            if top.link:
                self.linked += len(text)
        self.pieces.append(text)

    def end_line(self) -> None:
        text = _SPACE.sub(" ", _INVISIBLE.sub("", "".join(self.pieces))).strip()
        if text and self.place is not None:
            links = self.linked / max(1, self.characters)
            self.lines.append((text, self.place.block, self.place.region, links))
            if len(text) >= _LONG and links < 0.5:
                self.regions[self.place.region].characters += len(text)
        self.pieces.clear()
        self.characters = self.linked = 0
        self.place = None

    def start(self, tag: Tag) -> None:
        self.metadata.see(tag, heading=self.open["head"] > 0)
        if tag.raw or tag.name in ("script", "style", "title", "noscript", "iframe"):
            if tag.name in ("textarea", "xmp"):
                self.text(tag.raw)
            return
        if tag.name == "br" or tag.name in _BLOCK:
            self.end_line()
        if tag.name in ("td", "th", "wbr", "img"):
            self.pieces.append(" ")
        if tag.name in _VOID:
            return
        if tag.name == "body":
            self._close("head")
        self._close_implied(tag.name)
        self._push(tag)

    def _push(self, tag: Tag) -> None:
        top = self.stack[-1]
        region = top.region
        named, unseen = (region_of(tag), is_hidden(tag)) if tag.attributes else _by_name(tag.name)
        label = None if top.hidden else named
        if label and label != self.regions[region].label and self.regions[region].depth < _MAX_REGIONS:
            if label != "article":
                self.end_line()
            self.regions.append(_Region(label, region, self.regions[region].depth + 1))
            region = len(self.regions) - 1
        hidden = top.hidden or tag.name in _DROPPED or unseen
        block = tag.name if tag.name in _BLOCK else top.block
        self.stack.append(_Open(tag.name, block, region, hidden, top.link or tag.name == "a"))
        self.open[tag.name] += 1

    def _close_implied(self, name: str) -> None:
        for depth in range(1, min(_LOOK_BACK, len(self.stack) - 1) + 1):
            below = self.stack[-depth].name
            if name in _SELF_CLOSED_BY.get(below, ()) or (name == "a" and below == "a"):
                self._pop(depth)
                return
            if below in _BLOCK or below == "table":
                return

    def end(self, name: str) -> None:
        if name == "br" or name in _BLOCK:
            self.end_line()
        if name in _BLOCK or name in ("td", "th") or name in _DROPPED:
            self._close(name)
            return
        for depth in range(1, min(_LOOK_BACK, len(self.stack) - 1) + 1):
            if self.stack[-depth].name == name:
                self._pop(depth)
                return

    def _close(self, name: str) -> None:
        if self.open[name]:
            depth = 1
            while self.stack[-depth].name != name:
                depth += 1
            self._pop(depth)

    def _pop(self, depth: int) -> None:
        for _ in range(depth):
            closed = self.stack.pop()
            self.open[closed.name] -= 1
            if closed.region != self.stack[-1].region and self.regions[closed.region].label != "article":
                self.end_line()


@lru_cache(maxsize=256)
def _by_name(name: str) -> tuple[str | None, bool]:
    """The region and the hiding of an element without attributes."""
    tag = Tag(name)
    return region_of(tag), is_hidden(tag)


def render(html: str) -> tuple[list[Line], Metadata]:
    """The visible lines of a page in their order, and its metadata. Time is linear in the length of the page."""
    metadata = Metadata()
    renderer = _Renderer(metadata)
    xml = html.lstrip()[:5] == "<?xml"
    for token in tokens(html):
        if isinstance(token, str):
            renderer.text(token)
        elif token.closing:
            renderer.end(token.name)
        else:
            renderer.start(token)
            if xml and token.self_closing and token.name not in _VOID:
                renderer.end(token.name)
    renderer.end_line()
    labels = _settled(renderer.regions)
    lines = [Line(text, block, labels[region], links) for text, block, region, links in renderer.lines]
    return lines, metadata


def _settled(regions: list[_Region]) -> list[str | None]:
    """The label of each region: its own, unless it holds most of the long text, as one called "with-sidebar" does."""
    within = [region.characters for region in regions]
    for index in range(len(regions) - 1, 0, -1):
        within[regions[index].parent] += within[index]
    total = within[0]
    labels: list[str | None] = [None]
    for index, region in enumerate(regions[1:], 1):
        wraps = region.label != "article" and total > 0 and within[index] * 2 > total
        labels.append(labels[region.parent] if wraps else region.label)
    return labels


def offsets(lines: list[Line]) -> list[tuple[int, int]]:
    """The span of each line in the text that joins them with newlines."""
    ends = list(accumulate(len(line.text) + 1 for line in lines))
    return [(end - 1 - len(line.text), end - 1) for line, end in zip(lines, ends, strict=True)]
