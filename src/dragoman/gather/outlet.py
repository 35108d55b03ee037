"""Whose page it is, where the text or the address says so beyond doubt."""

from __future__ import annotations

import re
from collections import Counter

from dragoman.gather.metadata import host_of
from dragoman.model import Block

_NAME = r"[A-Z][\w'’&.-]*(?: (?:of |the |and |& )?[A-Z][\w'’&.-]*){0,3}"
_MARK = r"(?:©|\([cC]\)|[Cc]opyright)"
_YEARS = r"\d{4}(?:\s?[-–]\s?\d{4})?,?"
_COPYRIGHT = re.compile(
    rf"{_MARK}(?:\s{{0,3}}(?:{_MARK}|by)){{0,3}}\s{{0,3}}{_YEARS}\s{{0,3}}(?:by\s)?(?P<name>{_NAME})"
)
_ASKS = r"(?:Support|Follow|Donate to|Subscribe to|Become a member of|Join)"
_ASKING = re.compile(rf"{_ASKS}\s(?:the\s)?(?P<name>[A-Z]\w*[A-Z]\w*(?: [A-Z]\w*){{0,2}})")
_NOT_NAMES = re.compile(
    r"(?:All|Us|Our|Inc|Ltd|LLC|Rights)\b.*|.*\b(?:Telegram|WhatsApp|YouTube|LinkedIn|TikTok|Facebook|RSS)\b.*"
)
_TOP = r"(?:com|org|net|info|int|news|media|press|gov|edu|tv|eu|io|co\.[a-z]{2}|[a-z]{2,12})"
_HOST = re.compile(
    rf"(?:https?[_-]+)?(?P<www>www\.)?(?P<host>(?:[a-z0-9-]{{1,63}}\.){{1,4}}{_TOP})(?=[_./\s-]|\Z)", re.I
)
_SUFFIX = re.compile(r"\.(?:txt|md|x?html?|jsonl(?::\d+)?)\Z")
_GENERIC = frozenset({"com", "org", "net", "info", "int", "news", "media", "press"})
_MIN_MENTIONS = 3


def outlet_in(text: str, boilerplate: tuple[Block, ...]) -> str | None:
    """The outlet that the boilerplate names: in a copyright line, or several times where it asks for support."""
    copyrights: Counter[str] = Counter()
    asking: Counter[str] = Counter()
    for block in boilerplate:
        content = text[block.start : min(block.end, block.start + 600)]
        for found in _COPYRIGHT.finditer(content):
            copyrights[_trimmed(found["name"])] += 1
        for found in _ASKING.finditer(content):
            asking[_trimmed(found["name"])] += 1
    for name, _ in copyrights.most_common(1):
        if not _NOT_NAMES.fullmatch(name):
            return name
    for name, _ in asking.most_common(1):
        if not _NOT_NAMES.fullmatch(name) and text.count(name) >= _MIN_MENTIONS:
            return name
    return None


def _trimmed(name: str) -> str:
    return re.split(r"\.? All\b|\. ", name)[0].rstrip(".")


def outlet_of(source: str) -> str | None:
    """The host in a source's address or file name ("www.example.org_page.html" -> "example.org"), or None."""
    if "://" in source:
        return host_of(source)
    name = _SUFFIX.sub("", source.rsplit("/", 1)[-1].lower())
    found = _HOST.match(name)
    if found is None:
        return None
    host = found["host"]
    sure = found["www"] or host.rsplit(".", 1)[-1] in _GENERIC or ".co." in host
    return host if sure else None
