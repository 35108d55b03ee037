"""When a page was published by elements that we do not know and htmldate does, such as unusual meta elements.

htmldate (Apache-2.0, a part of trafilatura) sees only elements that hold a whole date in an attribute: what it guesses from
the words of a page, from its address or from the year of a copyright is no evidence.
"""

from __future__ import annotations

from html import escape

from dragoman.errors import DragomanError
from dragoman.gather.extract import kept_process
from dragoman.gather.metadata import Metadata

_FIRST, _LAST = "1900-01-01", "2100-12-31"


def claimed_date(metadata: Metadata) -> str | None:
    """The day (ISO 8601) on which the page was published; None where htmldate knows none of the elements."""
    claims = metadata.claimed_dates
    if not claims:
        return None
    elements = "".join(f"<{name}{_written(given)}>" for name, given, _ in claims if name == "meta")
    shown = "".join(f"<{name}{_written(given)}>{day}</{name}>" for name, given, day in claims if name != "meta")
    page = f"<html><head>{elements}</head><body>{shown}</body></html>"
    try:
        found = kept_process().run(_found, page.encode("utf-8", "replace"), "the page")
    except DragomanError:
        return None
    return found if found in {day for _, _, day in claims} else None


def _written(attributes: dict[str, str]) -> str:
    return "".join(
        f' {name}="{escape(attributes[name])}"'
        for name in ("name", "property", "itemprop", "class", "content", "datetime", "title", "pubdate")
        if name in attributes
    )


def _found(page: bytes, _: str) -> str | None:
    """Runs in the process."""
    from htmldate import find_date

    found: str | None = find_date(
        page.decode(), extensive_search=False, original_date=True, min_date=_FIRST, max_date=_LAST
    )
    return found
