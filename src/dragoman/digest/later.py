"""Rows of the record that are read only when they are looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from dragoman.model import Event
from dragoman.record import Project

_AT_ONCE = 500


class EventsLater(Sequence[Event]):
    """The events with these ids, in their order. They are read from the project each time that they are looked at, so keep what
    you want to keep; the project must be open then."""

    def __init__(self, project: Project, ids: Sequence[str]) -> None:
        self._project = project
        self.ids = tuple(ids)

    @overload
    def __getitem__(self, at: int) -> Event: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Event]: ...

    def __getitem__(self, at: int | slice) -> Event | Sequence[Event]:
        if isinstance(at, slice):
            return EventsLater(self._project, self.ids[at])
        return next(self._project.events_with([self.ids[at]]))

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Event]:
        for start in range(0, len(self.ids), _AT_ONCE):
            yield from self._project.events_with(self.ids[start : start + _AT_ONCE])

    def __eq__(self, other: object) -> bool:
        """Whether the other sequence holds the same events."""
        if isinstance(other, EventsLater | tuple) and len(self) == len(other):
            return tuple(self) == tuple(other)
        return False

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"EventsLater({len(self.ids)} events)"
