"""One value out of several that documents give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def settled(values: Iterable[T | None]) -> T | None:
    """The value given most often; of two given as often the one given first. None only where nothing else is given."""
    counts = Counter(value for value in values if value is not None)
    return max(counts, key=lambda value: counts[value], default=None)


def agreed(values: Iterable[T | None]) -> T | None:
    """The value given more often than any other; None where there is none, or two are given as often."""
    first = Counter(value for value in values if value is not None).most_common(2)
    return first[0][0] if first and (len(first) == 1 or first[0][1] > first[1][1]) else None
