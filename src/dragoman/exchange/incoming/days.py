"""The days of event data, however a format writes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from dragoman.exchange.incoming.coded import MalformedRow

_WRITTEN = ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%d-%B-%Y", "%d-%b-%Y")


@lru_cache(maxsize=65536)
def iso_day(cell: str) -> str:
    """The ISO day of "20310503", "2031-05-03", "2031-05-03 00:00:00" or "03 May 2031". Raises MalformedRow for others."""
    text = cell.strip()
    if len(text) > 10 and text[4:5] == text[7:8] == "-":
        text = text[:10]
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    for form in _WRITTEN:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    raise MalformedRow("no day")
