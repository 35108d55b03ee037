"""What an answer says of when it is worth asking again."""

from __future__ import annotations

import re

from dragoman.gather.fetch import Fetched
from dragoman.gather.sitemaps import Sitemap
from dragoman.record.watching import Kind

SITEMAPS = 50
"""Sitemaps of an index that are asked each time, the last modified first."""
_TTL = re.compile(rb"<ttl>\s*([0-9]{1,6})\s*</ttl>", re.I)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?([0-9]{1,9})", re.I)
_NO_STORE = re.compile(r"\bno-(?:cache|store)\b", re.I)


def sitemaps_below(sitemap: Sitemap, checked: str | None) -> list[str]:
    """The sitemaps of an index that may have changed since the last time, the last modified first."""
    since = (checked or "")[:10]
    named = sorted(sitemap.sitemaps, key=lambda one: one.modified or "9", reverse=True)
    return [one.link for one in named if not one.modified or one.modified[:10] >= since][:SITEMAPS]


def asked_again(fetched: Fetched, kind: Kind) -> float | None:
    """Seconds for which an answer says that it holds; None where it does not say."""
    said = fetched.headers.get("cache-control", "")
    age = None if _NO_STORE.search(said) else _MAX_AGE.search(said)
    ttl = _TTL.search(fetched.body[:65_536]) if kind == "feed" else None
    waits = [float(age[1])] if age else []
    waits += [60.0 * int(ttl[1])] if ttl else []
    return max(waits) if waits else None
