"""Dates as metadata write them, as EDTF (ISO 8601-2) to the day. Dates in running text are read elsewhere."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:?\d{2}.*)?\Z", re.S)
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}.*)?\Z", re.S)
_EDTF = re.compile(
    r"(?:\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(?:0[1-9]|1[0-2]|2[1-4]|XX)(?:-(?:0[1-9]|[12]\d|3[01]|XX))?)?[?~%]?\Z"
)
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[T ].*)?\Z", re.S)
_SPELLED = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%B %d %Y")
_WEEKDAY = re.compile(r"^[A-Za-z]{3}, ")


def edtf(value: str) -> str | None:
    """The day (or month, or year) that `value` names, or None. A time of day is dropped; the time zone is the page's.

    Reads ISO 8601, EDTF levels 0 and 1 (single dates), RFC 2822, and dates with English months spelled out.
    """
    value = value.strip()[:80]
    for pattern in (_ISO, _BASIC, _SLASHED):
        if found := pattern.match(value):
            return _valid(int(found[1]), int(found[2]), int(found[3]))
    if _EDTF.match(value):
        return value
    for spelled in _SPELLED:
        try:
            return datetime.strptime(value, spelled).date().isoformat()
        except ValueError:
            continue
    if _WEEKDAY.match(value):
        try:
            return parsedate_to_datetime(value).date().isoformat()
        except (ValueError, TypeError, IndexError):
            return None
    return None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
