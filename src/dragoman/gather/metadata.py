"""What a page says about itself: meta elements (OpenGraph, Dublin Core ...), JSON-LD, time elements, its title."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from dragoman.gather.dates import edtf
from dragoman.gather.lexicon import load
from dragoman.gather.markup import Tag, resolved

_KEYS = load("metadata")
_ARTICLE = re.compile(r"[A-Za-z]{0,40}(?:Article|Posting)\Z")
_MAX_JSON = 500_000
_MAX_NODES = 2_000
_DATED = {"meta": "content", "time": "datetime", "abbr": "title"}
_MAX_DATED = 100
_CHANGED = re.compile("updat|modif|chang|revis|lastmod|expir", re.I)
_PUBLISHED = re.compile("publ|post|entry", re.I)
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Metadata:
    """Collected while the page is rendered; the properties below say what was found."""

    meta: dict[str, str] = field(default_factory=dict)
    times: list[str] = field(default_factory=list)
    page_title: str | None = None
    canonical: str | None = None
    articles: list[dict[str, Any]] = field(default_factory=list)
    """JSON-LD objects of a kind of article."""
    rest: int = _MAX_JSON
    dated: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Elements with a date in an attribute, and their attributes."""

    def see(self, tag: Tag, heading: bool) -> None:
        """Take up what the start tag tells; `heading` says that it stands in the head of the page."""
        given = tag.attributes
        holder = _DATED.get(tag.name)
        if holder and len(self.dated) < _MAX_DATED and edtf(given.get(holder, "")):
            self.dated.append((tag.name, given))
        if tag.name == "meta" and given.get("content", "").strip():
            self.meta.setdefault(_key(given).lower(), _tidy(given["content"]))
        elif tag.name == "link" and "canonical" in given.get("rel", "").lower().split():
            self.canonical = self.canonical or given.get("href")
        elif tag.name == "title" and (heading or self.page_title is None):
            self.page_title = self.page_title or _tidy(resolved(tag.raw))
        elif tag.name == "script" and "ld+json" in given.get("type", "").lower():
            self._json(tag.raw)
        elif given.get("datetime") and len(self.times) < 50:
            if given.get("itemprop", "").lower() == "datepublished" or "pubdate" in given:
                self.meta.setdefault("datepublished", given["datetime"])
            elif not _CHANGED.search(f"{given.get('class')} {given.get('itemprop')}"):
                self.times.append(given["datetime"])

    def _json(self, raw: str) -> None:
        if len(raw) > self.rest:
            return
        self.rest -= len(raw)
        try:
            found = json.loads(raw)
        except (ValueError, RecursionError):
            return
        self.articles += [
            node for node in _nodes(found) if any(_ARTICLE.match(kind) for kind in _strings(node.get("@type")))
        ]

    @property
    def published(self) -> str | None:
        """EDTF: JSON-LD, then meta elements, then the only date that the time elements give."""
        candidates = [_text(node.get(key)) for node in self.articles for key in ("datePublished", "dateCreated")]
        candidates += [self.meta.get(key) for key in _KEYS["dates"]]
        for candidate in candidates:
            if candidate and (date := edtf(candidate)):
                return date
        days = {date for time in self.times if (date := edtf(time)) and len(date) == 10}
        return days.pop() if len(days) == 1 else None

    @property
    def claimed_dates(self) -> list[tuple[str, dict[str, str], str]]:
        """Name, attributes and day of meta elements that hold one, and of time and abbr elements whose class says that they tell
        of publishing, where these agree: those of other articles on the page do not."""
        days = [(name, given, day) for name, given in self.dated if len(day := edtf(given[_DATED[name]]) or "") == 10]
        stated = [one for one in days if one[0] == "meta" and not _CHANGED.search(_key(one[1]))]
        shown = [
            one
            for one in days
            if one[0] != "meta" and _PUBLISHED.search(kind := one[1].get("class", "")) and not _CHANGED.search(kind)
        ]
        return stated + (shown if len({day for _, _, day in shown}) == 1 else [])

    @property
    def titles(self) -> list[str]:
        """Titles that the page claims, the best first; the title element last, as it often names the outlet too."""
        found = (
            [_text(node.get("headline")) for node in self.articles]
            + [self.meta.get(key) for key in _KEYS["titles"]]
            + [self.page_title]
        )
        return list(dict.fromkeys(_tidy(title) for title in found if title and title.strip()))

    @property
    def author(self) -> str | None:
        """Names, joined with commas; addresses of profiles are not names."""
        names = [name for node in self.articles[:1] for name in _names(node.get("author"))]
        names = names or [self.meta[key] for key in _KEYS["authors"] if key in self.meta]
        names = [_tidy(name) for name in names if not name.startswith(("http", "@", "/")) and len(name) <= 100]
        if not names:
            return None
        chosen = names if self.articles and len(names) <= 5 else names[:1]
        return ", ".join(dict.fromkeys(chosen))

    @property
    def outlet(self) -> str | None:
        """What the page calls its site or publisher."""
        named = next(
            (self.meta[key] for key in _KEYS["outlets"] if key in self.meta and not self.meta[key].startswith("http")),
            None,
        )
        return named or next((name for node in self.articles for name in _names(node.get("publisher"))), None)

    @property
    def host(self) -> str | None:
        """The host of the page's own address, without "www."."""
        for address in (self.canonical, *(self.meta.get(key) for key in _KEYS["addresses"])):
            if address and (host := host_of(address)):
                return host
        return None

    @property
    def body(self) -> str:
        """The text of the article as JSON-LD states it, or nothing."""
        return max((_text(node.get("articleBody")) or "" for node in self.articles), key=len, default="")


def _key(attributes: dict[str, str]) -> str:
    """What a meta element is about."""
    return attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""


def host_of(address: str) -> str | None:
    """The host of an http(s) address in lower case, without "www."."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if parts.scheme in ("http", "https") and host and "." in host else None


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    """All objects in a JSON value, outermost first, without recursion."""
    waiting, seen = deque([value]), 0
    while waiting and seen < _MAX_NODES:
        seen += 1
        found = waiting.popleft()
        if isinstance(found, dict):
            yield found
            waiting += [inner for key, inner in found.items() if isinstance(inner, dict | list) and key != "comment"]
        elif isinstance(found, list):
            waiting += found[:_MAX_NODES]


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]


def _text(value: object) -> str | None:
    return next(iter(_strings(value)), None)


def _names(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    found = [_text(item.get("name")) if isinstance(item, dict) else item for item in values]
    return [name for name in found if isinstance(name, str) and name.strip()]


def _tidy(text: str) -> str:
    return _SPACE.sub(" ", resolved(text)).strip()[:500]
