"""What a request asks for. All state of a screen stands in its address, so that an address can be kept and sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, urlencode

from dragoman.errors import SettingsError
from dragoman.record import Filter

SHARED: tuple[Literal["since", "until"], ...] = ("since", "until")
"""What goes along from screen to screen: the time that all of them show."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An address in its parts. Of a parameter given twice the last counts; empty ones are as if not given."""

    path: str
    values: Mapping[str, str] = field(default_factory=dict)
    """The query's parameters."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """What the path holds in its places: `{id}`."""

    def text(self, name: str) -> str | None:
        """A parameter's words."""
        return self.values.get(name, "").strip() or None

    def day(self, name: Literal["since", "until"]) -> str | None:
        """An EDTF date. Raises SettingsError for what is none, and for an end of the time before its beginning."""
        since, until = self.text("since"), self.text("until")
        time = Filter(since=since) if name == "since" else Filter(since=since, until=until)
        return time.since if name == "since" else time.until

    def number(self, name: str, otherwise: int, most: int) -> int:
        """A whole number from 0 to `most`. Raises SettingsError for anything else."""
        value = self.text(name)
        if value is None:
            return otherwise
        if not (value.isascii() and value.isdigit() and len(value) < 10 and int(value) <= most):
            raise SettingsError(f"'{value}' is no number from 0 to {most:,} ({name})")
        return int(value)

    def choice(self, name: str, known: Iterable[str]) -> str | None:
        """One of the known words. Raises SettingsError for another."""
        value, words = self.text(name), list(known)
        if value is not None and value not in words:
            raise SettingsError(f"'{value}' is none of {', '.join(words)} ({name})")
        return value

    def url(self, **changes: object) -> str:
        """This address with some parameters changed, or without those that are None."""
        return _address(self.path, {**self.values, **changes})

    def to(self, path: str, **values: object) -> str:
        """The address of another screen, showing the same time."""
        return _address(path, {**{name: self.values.get(name) for name in SHARED}, **values})

    def followed(self) -> Asked:
        """This address with nothing but the time, where that can be followed."""
        try:
            time: dict[str, str] = {name: day for name in SHARED if (day := self.day(name))}
        except SettingsError:
            time = {}
        return Asked(self.path, time, self.parts)

    @property
    def twin(self) -> str:
        """The address of the same as JSON."""
        return _address(f"{self.path.rstrip('/') or '/index'}.json", self.values)


def segment(text: str) -> str:
    """Text as one part of a path."""
    return quote(text, safe=":@")


def _address(path: str, values: Mapping[str, object]) -> str:
    given = [(name, str(value)) for name, value in values.items() if value not in (None, "")]
    return f"{path}?{urlencode(given)}" if given else path
