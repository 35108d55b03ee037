"""EDTF dates compared by the days that they may mean, and the time that is noted beside a row."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from dragoman.model.edtf import edtf_bounds


@lru_cache(maxsize=4096)
def bounds(date: str | None) -> tuple[str, str] | None:
    """The first and the last day of an EDTF date or interval; None where it is unknown or leaves its year open."""
    return edtf_bounds(date) if date else None


def sort_key(date: str | None) -> tuple[str, str]:
    """Sorts dates by their first day, then their last, and undated things after all others."""
    return bounds(date) or ("9999-99", "9999-99")


def now() -> str:
    """This second, in UTC (ISO 8601)."""
    return datetime.now(UTC).isoformat(timespec="seconds")
