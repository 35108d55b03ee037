"""Briefs as JSON objects, and back, checked value by value."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from math import isfinite
from typing import TypeVar

from dragoman.brief.parts import Brief, Evidence, Figure, Section, Sentence
from dragoman.errors import InputError
from dragoman.model.edtf import is_edtf

FORMAT_VERSION = 1
T = TypeVar("T")
P = TypeVar("P")


def to_json(brief: Brief) -> str:
    """The brief as a JSON object with a `format_version`; `from_json` gives an equal brief back."""
    data = {"kind": "brief", "format_version": FORMAT_VERSION, **asdict(brief)}
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def from_json(text: str) -> Brief:
    """The brief that a JSON object holds. Raises InputError, saying where, for what is no brief or of a newer version."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"the brief is no JSON: {error}") from error
    given = _Given("the brief", data)
    if given.value("kind", str) != "brief":
        raise InputError("the brief has another kind: give a file that Dragoman kept as a brief")
    version = given.value("format_version", int)
    if version != FORMAT_VERSION:
        raise InputError(f"the brief is of format {version}, not {FORMAT_VERSION}: install the Dragoman that wrote it")
    return Brief(
        title=given.value("title", str),
        a=given.value("a", str),
        b=given.value("b", str),
        since=given.date("since"),
        until=given.date("until"),
        sections=given.many("sections", _section),
    )


class _Given:
    """A JSON object and where it stands; what is missing or of another type raises InputError."""

    def __init__(self, where: str, data: object) -> None:
        if not isinstance(data, dict):
            raise InputError(f"{where} is no JSON object")
        self.where, self.data = where, data

    def value(self, name: str, type: type[T]) -> T:
        found = self.data.get(name)
        if not isinstance(found, type) or isinstance(found, bool):
            raise InputError(f"{self.where}: {name} is not of the type {type.__name__}")
        return found

    def optional(self, name: str) -> str | None:
        return None if self.data.get(name) is None else self.value(name, str)

    def date(self, name: str) -> str | None:
        found = self.optional(name)
        if found is not None and not is_edtf(found):
            raise InputError(f"{self.where}: {name} is no EDTF date: {found!r}")
        return found

    def number(self, name: str) -> float:
        found = self.data.get(name)
        if not isinstance(found, int | float) or isinstance(found, bool) or not isfinite(found):
            raise InputError(f"{self.where}: {name} is no number")
        return found

    def many(self, name: str, read: Callable[[_Given], P]) -> tuple[P, ...]:
        each = enumerate(self.value(name, list))
        return tuple(read(_Given(f"{self.where}, {name}[{at}]", data)) for at, data in each)

    def texts(self, name: str) -> tuple[str, ...]:
        found = self.value(name, list)
        if not all(isinstance(one, str) for one in found):
            raise InputError(f"{self.where}: {name} has something that is no text")
        return tuple(found)


def _section(given: _Given) -> Section:
    return Section(given.value("title", str), given.many("sentences", _sentence))


def _sentence(given: _Given) -> Sentence:
    return Sentence(given.value("text", str), given.many("evidence", _evidence), given.many("figures", _figure))


def _evidence(given: _Given) -> Evidence:
    kind = given.value("kind", str)
    if kind not in ("statement", "event"):
        raise InputError(f"{given.where}: kind is {kind!r}, not statement or event")
    return Evidence(
        kind="statement" if kind == "statement" else "event",
        row=given.value("row", str),
        document=given.value("document", str),
        start=given.value("start", int),
        end=given.value("end", int),
        text=given.value("text", str),
        chain=given.value("chain", str),
        outlet=given.optional("outlet"),
        title=given.optional("title"),
        author=given.optional("author"),
        published=given.date("published"),
        source=given.value("source", str),
        language=given.optional("language"),
        told=given.value("told", str),
    )


def _figure(given: _Given) -> Figure:
    return Figure(given.value("what", str), given.number("value"), given.date("when"), given.texts("rows"))
