"""Sitemaps: XML, indexes of sitemaps, Google's news tags, plain text; and the reading of XML that feeds share with them.

Follows https://www.sitemaps.org/protocol.html.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from dragoman.errors import InputError
from dragoman.gather.dates import edtf
from dragoman.gather.decode import decode
from dragoman.gather.markup import Tag
from dragoman.gather.url_lists import Entry, Listing

MAX_BYTES = 52_428_800
"""Of a sitemap, decoded: what the protocol allows."""
MAX_PAGES = 50_000
MAX_DEPTH = 200
MAX_PIECES = 1_000_000
"""Tags and comments of a sitemap; 50,000 pages with news tags have 800,000."""
_MAX_ATTRIBUTES = 100
_LONGEST = 10_000

_OPENING = re.compile(r"<(?=/?[^\W\d]|!(?:--|\[CDATA\[|DOCTYPE)|\?)", re.I)
_NAME = re.compile(r"[^\s/>=<\"'\x00]{1,200}")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>=<"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"'<]+))?""")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_PREFIXES = {
    "www.w3.org/2005/Atom": "",
    "purl.org/atom/ns": "",
    "purl.org/rss/1.0": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "backend.userland.com/rss2": "",
    "www.sitemaps.org/schemas/sitemap/0.9": "",
    "www.google.com/schemas/sitemap/0.84": "",
    "www.google.com/schemas/sitemap-news/0.9": "news",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/terms": "dcterms",
    "purl.org/rss/1.0/modules/content": "content",
    "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "www.w3.org/1999/xhtml": "xhtml",
}
"""Namespaces without scheme and last character, and the prefix under which they are known here."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages of a sitemap, or of an index the sitemaps, in their order and each once."""

    pages: tuple[Entry, ...]
    sitemaps: tuple[Entry, ...]
    dropped: Mapping[str, int]
    """How many were left out, by reason: "again", "not a web address", "no address", "too many"."""
    damaged: str | None = None
    """What is broken in it, where some of it could be read all the same."""


def parse_sitemap(body: bytes, url: str) -> Sitemap:
    """Reads the sitemap that `url` answered with; gzip is unpacked. Nothing is fetched. Raises `InputError`.

    Whether pages of other hosts than the sitemap's are believed is for the caller to say; the protocol forbids them.
    """
    body, cut = _unpacked(body, url)
    text = decode(body, url)
    damage = ["its gzip stream ends early"] if cut else []
    pages, sitemaps = Listing(MAX_PAGES), Listing(MAX_PAGES)
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        _read_xml(text, url, damage, pages, sitemaps)
    else:
        for line in text.splitlines():
            if line.strip():
                pages.add(Entry(line))
        if not pages.entries:
            raise InputError(f"{url} is no sitemap: neither XML nor addresses one a line")
    dropped = pages.dropped + sitemaps.dropped
    return Sitemap(tuple(pages.entries), tuple(sitemaps.entries), dict(dropped), "; ".join(damage) or None)


def _unpacked(body: bytes, url: str) -> tuple[bytes, bool]:
    """The body without its gzip, and whether that ended too early."""
    if not body.startswith(b"\x1f\x8b"):
        if len(body) > MAX_BYTES:
            raise InputError(f"{url} has {len(body)} bytes; of a sitemap at most {MAX_BYTES} are read")
        return body, False
    unpacked, cut = bytearray(), False
    while body.startswith(b"\x1f\x8b") and not cut:
        packed = zlib.decompressobj(wbits=31)
        try:
            unpacked += packed.decompress(body, MAX_BYTES + 1 - len(unpacked))
        except zlib.error as error:
            if not unpacked:
                raise InputError(f"{url} begins like gzip and is none: {error}") from error
            return bytes(unpacked), True
        if len(unpacked) > MAX_BYTES:
            raise InputError(f"{url} unpacks to more than {MAX_BYTES} bytes; a sitemap may not have more")
        body, cut = packed.unused_data, not packed.eof
    return bytes(unpacked), cut


def _read_xml(text: str, url: str, damage: list[str], pages: Listing, sitemaps: Listing) -> None:
    root, path = "", list[str]()
    parts: list[str] = []
    facts: dict[str, str] = {}
    for event in xml_events(text, url, damage):
        if isinstance(event, str):
            parts.append(event)
        elif not event.closing:
            if not path:
                root = event.name.rpartition(":")[2].lower()
                if root not in ("urlset", "sitemapindex"):
                    kind = {"html": "an HTML page", "rss": "a feed", "feed": "a feed", "rdf": "a feed"}
                    raise InputError(f"{url} is no sitemap but {kind.get(root, f'XML that begins with <{root[:40]}>')}")
            path.append(event.name)
            parts.clear()
            if len(path) == 2:
                facts = {}
        else:
            if len(path) > 2:
                facts.setdefault(f"{path[-2]}/{path[-1]}", " ".join("".join(parts)[:_LONGEST].split()))
            elif len(path) == 2 and path[1] in ("url", "sitemap"):
                (pages if path[1] == "url" else sitemaps).add(_entry(facts, path[1]), url)
            path.pop()
            parts.clear()
    if not root:
        raise InputError(f"{url} is no sitemap: no XML element stands in it")


def _entry(facts: Mapping[str, str], kind: str) -> Entry:
    published = edtf(facts.get("news:news/news:publication_date", ""))
    modified = edtf(facts.get(f"{kind}/lastmod", ""))
    title = facts.get("news:news/news:title") or None
    outlet = facts.get("news:publication/news:name") or None
    return Entry(facts.get(f"{kind}/loc", ""), title, published, outlet, modified=modified)


@dataclass(slots=True)
class _Open:
    tag: Tag
    written: str
    prefixes: dict[str, str] = field(default_factory=dict)


def xml_events(text: str, name: str, damage: list[str], most: int = MAX_PIECES) -> Iterator[Tag | str]:
    """Start tags, texts and end tags of XML, each start tag with its end tag, in linear time whatever the text is.

    There is no expansion: references are those of XML and HTML, and a document type with declarations of its own is refused.
    Names carry the prefixes that are usual for their namespaces ("dc:date", whatever the text calls them). What is not
    well-formed is read as far as it goes, and told in `damage`. Nothing before the first tag counts.

    Raises `InputError` for a document type with declarations, nesting beyond `MAX_DEPTH`, and more than `most` tags.
    """
    stack: list[_Open] = []
    position, end, pieces, begun = 0, len(text), 0, False
    while position < end:
        found = _OPENING.search(text, position)
        opening = found.start() if found else end
        if opening > position and stack:
            yield _resolved(text[position:opening])
        pieces += 1
        if pieces > most:
            raise InputError(f"{name} has more than {most} pieces of markup; it is no feed or sitemap to read")
        if opening == end:
            break
        following = text[opening + 1]
        if following == "/":
            close = _NAME.match(text, opening + 2)
            written = close[0] if close else ""
            yield from _closed(stack, written, damage)
            position = _after(text, ">", opening)
        elif following == "?":
            position = _after(text, "?>", opening)
        elif following == "!":
            position = yield from _declaration(text, opening, name, bool(stack), damage)
        elif begun and not stack:
            damage.append("something follows after its last element")
            return
        else:
            begun = True
            one, self_closing, position = _start(text, opening, stack[-1].prefixes if stack else {})
            if len(stack) >= MAX_DEPTH:
                raise InputError(f"{name} nests elements deeper than {MAX_DEPTH}; it is no feed or sitemap to read")
            stack.append(one)
            yield one.tag
            if self_closing:
                yield from _closed(stack, one.written, damage)
    if stack:
        damage.append(f"it ends inside <{stack[-1].written}>")
    while stack:
        yield Tag(stack.pop().tag.name, closing=True)


def _closed(stack: list[_Open], written: str, damage: list[str]) -> Iterator[Tag]:
    """The end tags that an end tag means: of what was left open inside, too. One without a start means none."""
    if not any(one.written == written for one in stack):
        _note(damage, f"</{written[:40]}> closes nothing")
        return
    while True:
        one = stack.pop()
        yield Tag(one.tag.name, closing=True)
        if one.written == written:
            return
        _note(damage, f"<{one.written[:40]}> is not closed")


def _note(damage: list[str], what: str) -> None:
    if len(damage) < 3 and what not in damage:
        damage.append(what)


def _declaration(text: str, opening: int, name: str, inside: bool, damage: list[str]) -> Generator[str, None, int]:
    """Passes over a comment or document type, or yields a CDATA section's text. Returns where it ends."""
    if text.startswith("<!--", opening):
        return _after(text, "-->", opening + 4)
    if text.startswith("<![", opening):
        stop = text.find("]]>", opening + 9)
        if stop < 0:
            _note(damage, "a CDATA section does not end")
        if inside:
            yield text[opening + 9 : stop if stop >= 0 else len(text)]
        return stop + 3 if stop >= 0 else len(text)
    stop = _after(text, ">", opening)
    if "[" in text[opening : min(stop, opening + 10_000)]:
        raise InputError(f"{name} declares entities or elements of its own, which no feed needs; it is not read")
    return stop


def _start(text: str, opening: int, prefixes: dict[str, str]) -> tuple[_Open, bool, int]:
    matched = _NAME.match(text, opening + 1)
    written = matched[0] if matched else ""
    position = opening + 1 + len(written)
    attributes: dict[str, str] = {}
    declared: dict[str, str] = {}
    while found := _ATTRIBUTE.match(text, position):
        position = found.end()
        if len(attributes) + len(declared) >= _MAX_ATTRIBUTES:
            continue
        key, value = found[1], found[2] or ""
        value = _resolved(value[1:-1] if value[:1] in ("'", '"') else value)
        if key == "xmlns" or key.startswith("xmlns:"):
            declared[key[6:]] = value
        else:
            attributes.setdefault(key, value)
    if declared:
        prefixes = prefixes | {own: _known(own, uri) for own, uri in declared.items()}
    stop = text.find(">", position)
    stop = len(text) if stop < 0 else stop
    own, _, local = written.rpartition(":")
    prefix = prefixes.get(own, own)
    tag = Tag(f"{prefix}:{local}" if prefix else local, attributes=attributes)
    return _Open(tag, written, prefixes), text[stop - 1 : stop] == "/", stop + 1


def _known(own: str, uri: str) -> str:
    bare = uri.strip().removeprefix("http://").removeprefix("https://").rstrip("/#")
    return _PREFIXES.get(bare, own)


def _resolved(text: str) -> str:
    return _REFERENCE.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def _after(text: str, mark: str, position: int) -> int:
    found = text.find(mark, position)
    return len(text) if found < 0 else found + len(mark)
