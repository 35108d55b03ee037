"""One value out of several that documents give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")


def settled(values: Iterable[T | None]) -> T | None:
    """The value given most often; of two given as often the one given first. None only where nothing else is given."""
    return most(Counter(value for value in values if value is not None))


def most(counts: Mapping[T, int]) -> T | None:
    """As `settled`, of values with how often each is given."""
    return max(counts, key=lambda value: counts[value], default=None)


def agreed(counts: Mapping[T, int]) -> T | None:
    """The value given more often than any other; None where there is none, or two are given as often."""
    value = most(counts)
    return value if value is not None and list(counts.values()).count(counts[value]) == 1 else None
