"""One value out of several that documents give, whatever their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")


def settled(values: Iterable[T | None]) -> T | None:
    """The value given most often; of two given as often the first in order. None only where nothing else is given."""
    return most(Counter(value for value in values if value is not None))


def most(counts: Mapping[T, int]) -> T | None:
    """As `settled`, of values with how often each is given."""
    return min(counts, key=lambda value: (-counts[value], str(value)), default=None)
