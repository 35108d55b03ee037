"""Which windows of time a screen cuts its series into."""

from __future__ import annotations

from dragoman.analyze.windows import KINDS, WindowKind, windows_between
from dragoman.record.dates import bounds
from dragoman.web.asked import Asked


def window_asked(asked: Asked) -> WindowKind:
    """The kind that is asked for; else months, or weeks where these would be too few. Raises SettingsError for another word,
    and for dates that are none."""
    chosen = asked.choice("window", KINDS)
    for kind in KINDS:
        if kind == chosen:
            return kind
    low, high = bounds(asked.day("since")), bounds(asked.day("until"))
    return "week" if low and high and len(windows_between(low[0], high[1], "month")) <= 4 else "month"
