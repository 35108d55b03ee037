"""What an element of a page says about the text in it, by its name, role, class and id."""

from __future__ import annotations

import re
from functools import cache

from dragoman.gather.lexicon import load
from dragoman.gather.markup import Tag

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS = re.compile(r"[a-z]+")
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_UNSEEN = frozenset(
    {"visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screen-reader", "hidden", "is-hidden"}
)
_MAX_CLASS = 300
_WHOLE_PAGE = frozenset({"html", "body"})


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str], dict[str, str]]:
    data = load("regions")
    words = {word: label for label, listed in data["words"].items() for word in listed.split()}
    whole = {name: label for label, listed in data["whole"].items() for name in listed.split()}
    return data["elements"], data["roles"], words, whole


def region_of(tag: Tag) -> str | None:
    """The label that the element suggests for its text: a label of boilerplate, "article", or None."""
    if tag.name in _WHOLE_PAGE:
        return None
    elements, roles, words, whole = _tables()
    names = " ".join(tag.attributes.get(key, "")[:_MAX_CLASS] for key in ("class", "id", "itemprop"))
    named: str | None = None
    for name in names.split():
        plain = name.lower().replace("-", "").replace("_", "")
        if plain in whole:
            return whole[plain]
        named = named or next((words[w] for w in _WORDS.findall(_CAMEL.sub("-", name).lower()) if w in words), None)
    if tag.name in elements and elements[tag.name] == "article":
        return "article"
    return named or roles.get(tag.attributes.get("role", "").lower()) or elements.get(tag.name)


def is_hidden(tag: Tag) -> bool:
    """The element is not shown."""
    attributes = tag.attributes
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    if tag.name == "dialog" and "open" not in attributes:
        return True
    if _HIDING.search(attributes.get("style", "")[:500]):
        return True
    return not _UNSEEN.isdisjoint(attributes.get("class", "")[:_MAX_CLASS].lower().split())
