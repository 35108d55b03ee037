"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from html import escape
from typing import Any

from dragoman.errors import InputError
from dragoman.gather.dates import edtf
from dragoman.gather.decode import decode, without_surrogates
from dragoman.gather.markup import Tag, tokens
from dragoman.gather.sitemaps import xml_events
from dragoman.gather.url_lists import Entry, Listing, web_address

MAX_BYTES = 20_000_000
MAX_ENTRIES = 10_000
_MAX_PIECES = 500_000
"""Tags and comments of an XML feed."""
_MAX_VALUES = 1_000_000
"""Values in a JSON feed."""
_ROOTS = frozenset({"rss", "feed", "rdf"})
_NOT_FEEDS = {"html": "an HTML page: give the address of its feed", "urlset": "a sitemap", "sitemapindex": "a sitemap"}
_HTML = frozenset({"description", "summary", "content", "content:encoded", "title"})
"""Elements whose markup, where it is not escaped, is part of their text."""
_PUBLISHED = ("published", "pubDate", "dc:date", "issued", "dcterms:issued", "dcterms:created", "created")
_MODIFIED = ("updated", "modified", "dcterms:modified")
_AUTHORS = ("author/name", "dc:creator", "author")
_SUMMARIES = ("description", "summary", "content:encoded", "content")
_MAILED = re.compile(r"\S+@\S+\s+\(([^()]+)\)\Z")
_LONGEST = 10_000
"""Characters of a title or a name, with their markup; the rest is cut off."""
_NEVER = ("0001-01-01", "1970-01-01")
"""What programs write that know no date."""
_YEAR_ONE = re.compile(r"\b0001\b")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's pages in its order, each once."""

    title: str | None
    entries: tuple[Entry, ...]
    dropped: Mapping[str, int]
    """How many were left out, by reason: "again", "not a web address", "no address", "too many"."""
    damaged: str | None = None
    """What is broken in it, where some of it could be read all the same."""


def parse_feed(body: bytes, url: str) -> Feed:
    """Reads the feed that `url` answered with. Nothing is fetched, and no entity expanded.

    Links are made absolute by xml:base and `url`. An entry without a date of publication has none, even if it tells when it
    was modified. Raises `InputError` for what is no feed, is larger than 20 MB, or is built to hurt.
    """
    if len(body) > MAX_BYTES:
        raise InputError(f"{url} has {len(body)} bytes; of a feed at most {MAX_BYTES} are read")
    text = decode(body, url)
    listing = Listing(MAX_ENTRIES)
    damage: list[str] = []
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        title = _read_json(text, url, listing)
    else:
        title = _read_xml(text, url, listing, damage)
    return Feed(title, tuple(listing.entries), dict(listing.dropped), "; ".join(damage) or None)


@dataclass(slots=True)
class _Node:
    name: str
    attributes: Mapping[str, str]
    base: str
    parts: list[str]
    markup: bool = False
    """It is part of the text of an element above it."""


@dataclass(slots=True)
class _Item:
    """What an entry's elements say, the first of each name."""

    atom: bool
    about: str
    facts: dict[str, str] = field(default_factory=dict)
    links: list[tuple[int, str]] = field(default_factory=list)
    """Absolute or not, the best first when sorted."""


def _read_xml(text: str, url: str, listing: Listing, damage: list[str]) -> str | None:
    stack: list[_Node] = []
    title: str | None = None
    item: _Item | None = None
    root = ""
    for event in xml_events(text, url, damage, _MAX_PIECES):
        if isinstance(event, str):
            stack[-1].parts.append(escape(event, quote=False) if stack[-1].markup else event)
        elif not event.closing:
            if not stack:
                root = _root(event, url)
            stack.append(_opened(event, stack, url))
            if event.name in ("item", "entry") and not stack[-1].markup and item is None:
                item = _Item(event.name == "entry", event.attributes.get("rdf:about", ""))
        else:
            node = stack.pop()
            parent = stack[-1].name if stack else ""
            if node.markup:
                node.parts.append(f"</{node.name.rpartition(':')[2]}>")
            elif item is not None and node.name in ("item", "entry") and parent not in ("item", "entry"):
                _add(item, node.base, listing)
                item = None
            elif item is not None:
                _take(item, node, parent)
            elif node.name == "title" and parent in ("channel", "feed") and title is None:
                title = _plain("".join(node.parts), node.attributes.get("type", "text" if root == "feed" else "html"))
    if not root:
        raise InputError(f"{url} is no feed: neither XML nor JSON stands in it")
    return title


def _root(tag: Tag, url: str) -> str:
    root = tag.name.rpartition(":")[2].lower()
    if root not in _ROOTS:
        what = _NOT_FEEDS.get(root, f"XML that begins with <{root[:40]}>")
        raise InputError(f"{url} is no feed but {what}")
    return root


def _opened(tag: Tag, stack: list[_Node], url: str) -> _Node:
    above = stack[-1] if stack else None
    base = above.base if above else url
    if given := tag.attributes.get("xml:base"):
        base = web_address(given, base) or base
    if above is None or not (above.markup or above.name in _HTML):
        return _Node(tag.name, tag.attributes, base, [])
    if not above.markup and _is_text(above):
        above.parts[:] = [escape("".join(above.parts), quote=False)]
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in tag.attributes.items())
    above.parts.append(f"<{tag.name.rpartition(':')[2]}{attributes}>")
    return _Node(tag.name, tag.attributes, base, above.parts, markup=True)


def _is_text(node: _Node) -> bool:
    return node.attributes.get("type") == "text"


def _take(item: _Item, node: _Node, parent: str) -> None:
    text = "".join(node.parts).strip()
    name = node.name
    if parent == "source" and name == "title":
        item.facts.setdefault("source", text)
    elif parent == "author" and name == "name":
        item.facts.setdefault("author/name", text)
    elif parent not in ("item", "entry"):
        return
    elif name in ("link", "guid", "id"):
        _link(item, node, text)
    elif name == "title":
        kind = node.attributes.get("type", "text" if item.atom else "html")
        item.facts.setdefault(name, _plain(text, kind) or "")
    elif name in _HTML and text:
        kind = node.attributes.get("type", "text" if item.atom else "html")
        if kind in ("html", "xhtml", "text/html", "application/xhtml+xml"):
            item.facts.setdefault(name, text)
        elif kind in ("text", "text/plain"):
            item.facts.setdefault(name, escape(text, quote=False))
    elif text:
        item.facts.setdefault(name, text)


def _link(item: _Item, node: _Node, text: str) -> None:
    href = node.attributes.get("href")
    if node.name == "link" and href is not None:
        if node.attributes.get("rel", "alternate") == "alternate":
            item.links.append((0 if "html" in node.attributes.get("type", "html") else 1, _joined(href, node.base)))
    elif node.name == "link":
        if text:
            item.links.append((0, _joined(text, node.base)))
    elif node.attributes.get("isPermaLink", "true") != "false" and text.startswith(("http://", "https://")):
        item.links.append((2, text))


def _joined(link: str, base: str) -> str:
    """The link made absolute, or as it is where that cannot be done."""
    return web_address(link, base) or link


def _add(item: _Item, base: str, listing: Listing) -> None:
    facts = item.facts
    links = [link for _, link in sorted(item.links, key=lambda one: one[0])]
    if not links and item.about:
        links = [item.about]
    link = next((link for link in links if web_address(link, base)), links[0] if links else "")
    author = next((facts[name] for name in _AUTHORS if facts.get(name)), None)
    if author and (mailed := _MAILED.match(author[:300])):
        author = mailed[1]
    summary = next((facts[name] for name in _SUMMARIES if facts.get(name)), None)
    entry = Entry(
        link,
        title=facts.get("title") or None,
        published=_date(facts, _PUBLISHED),
        outlet=_plain(facts.get("source", ""), "html"),
        author=_plain(author or "", "html"),
        summary=summary,
        modified=_date(facts, _MODIFIED),
    )
    listing.add(entry, base)


def _date(facts: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    for value in (facts[name].strip()[:80] for name in names if facts.get(name)):
        date = edtf(value) or _mail_date(value)
        if date and date not in _NEVER and not _YEAR_ONE.search(value):
            return date
    return None


def _mail_date(value: str) -> str | None:
    """RFC 822 dates without a weekday, or with one written out."""
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _plain(text: str, kind: str) -> str | None:
    """One line of text, with the markup of HTML taken out."""
    text = text[:_LONGEST]
    if "html" in kind and ("<" in text or "&" in text):
        text = "".join(piece for piece in tokens(text) if isinstance(piece, str))
    return " ".join(text.split()) or None


def _read_json(text: str, url: str, listing: Listing) -> str | None:
    """https://www.jsonfeed.org/version/1.1/. What has another type than it says is passed over."""
    if sum(text.count(mark) for mark in "{[,") > _MAX_VALUES:
        raise InputError(f"{url} has more than {_MAX_VALUES} JSON values; it is no feed to read")
    try:
        feed = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{url} begins like a JSON feed and is not JSON: {str(error)[:200]}") from error
    items = feed.get("items")
    if not isinstance(items, list):
        raise InputError(f"{url} is JSON, and no feed: it has no list of items")
    for item in items:
        if isinstance(item, dict):
            _add_json(item, url, listing)
        else:
            listing.dropped["no address"] += 1
    return _plain(_string(feed, "title"), "text")


def _add_json(item: dict[str, Any], url: str, listing: Listing) -> None:
    facts = {name: _string(item, name) for name in ("date_published", "date_modified")}
    given = [value for name in ("url", "id", "external_url") if (value := _string(item, name))]
    link = next((link for link in given if web_address(link, url if link == given[0] else "")), "")
    entry = Entry(
        link or (given[0] if given else ""),
        title=_plain(_string(item, "title"), "text"),
        published=_date(facts, ("date_published",)),
        author=next(_names(item), None),
        summary=_json_summary(item),
        modified=_date(facts, ("date_modified",)),
    )
    listing.add(entry, url)


def _json_summary(item: dict[str, Any]) -> str | None:
    for name in ("summary", "content_html", "content_text"):
        if text := _string(item, name).strip():
            return text if name == "content_html" else escape(text, quote=False)
    return None


def _names(item: dict[str, Any]) -> Iterator[str]:
    authors = item.get("authors")
    for author in [*(authors if isinstance(authors, list) else []), item.get("author")]:
        if isinstance(author, dict) and (name := _plain(_string(author, "name"), "text")):
            yield name


def _string(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    return without_surrogates(value) if isinstance(value, str) else ""
