"""HTML to tokens, in one pass and linear time whatever the input: no tree, no recursion, no backtracking.

Follows the tokenization rules of the HTML standard (13.2.5) as far as a reader of visible text needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_NAME = re.compile(r"[a-zA-Z][^\s/>\x00]*")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"'][^\s>]*))?""")
_GAP = re.compile(r"[\s/=]*")
_ENDLESS = re.compile(r"&#\d{1000,};?")
"""Numbers of no character, and so long that Python refuses to read them."""
_RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript"})
_MAX_ATTRIBUTES = 100


@dataclass(slots=True)
class Tag:
    """A start tag, or an end tag."""

    name: str
    closing: bool = False
    self_closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    raw: str = ""
    """What stands in an element whose content is not markup (script, title); its end tag is taken with it."""


def tokens(html: str) -> Iterator[Tag | str]:
    """Tags and the text between them, with character references resolved; comments and declarations are left out."""
    position, end = 0, len(html)
    text_from = 0
    while position < end:
        opening = html.find("<", position)
        if opening < 0 or opening + 1 >= end:
            break
        following = html[opening + 1]
        if following in "!?":
            if opening > text_from:
                yield resolved(html[text_from:opening])
            position = text_from = _after_declaration(html, opening)
            continue
        name = _NAME.match(html, opening + 2 if following == "/" else opening + 1)
        if name is None:
            position = opening + 1
            continue
        if opening > text_from:
            yield resolved(html[text_from:opening])
        if following == "/":
            yield Tag(name[0].lower(), closing=True)
            position = _after(html, ">", name.end())
        else:
            tag, position = _start_tag(html, name[0].lower(), name.end())
            yield tag
        text_from = position
    if text_from < end:
        yield resolved(html[text_from:])


def resolved(text: str) -> str:
    """The text with its character references resolved, however long one of them is."""
    return unescape(_without_endless(text)) if "&" in text else text


def _without_endless(text: str) -> str:
    return _ENDLESS.sub("\ufffd", text) if "&#" in text else text


def _start_tag(html: str, name: str, position: int) -> tuple[Tag, int]:
    attributes: dict[str, str] = {}
    while found := _ATTRIBUTE.match(html, position):
        position = found.end()
        if len(attributes) < _MAX_ATTRIBUTES:
            value = found[2] or ""
            attributes.setdefault(found[1].lower(), resolved(value[1:-1] if value[:1] in ("'", '"') else value))
    gap = _GAP.match(html, position)
    stop = gap.end() if gap else position
    self_closing = html[stop - 1 : stop + 1] == "/>"
    if html[stop : stop + 1] != ">":
        stop = _after(html, ">", stop) - 1
    tag = Tag(name, self_closing=self_closing, attributes=attributes)
    position = min(stop + 1, len(html))
    if name in _RAW and not self_closing:
        close = re.compile(rf"</{name}(?=[\s/>])", re.I).search(html, position)
        until = close.start() if close else len(html)
        tag.raw = _without_endless(html[position:until])
        position = _after(html, ">", until)
    return tag, position


def _after(html: str, mark: str, position: int) -> int:
    found = html.find(mark, position)
    return len(html) if found < 0 else found + len(mark)


def _after_declaration(html: str, opening: int) -> int:
    if html.startswith("<!--", opening):
        if html.startswith(("<!-->", "<!--->"), opening):
            return html.find(">", opening) + 1
        return _after(html, "-->", opening + 4)
    if html.startswith("<![CDATA[", opening):
        return opening + len("<![CDATA[")
    return _after(html, ">", opening)
