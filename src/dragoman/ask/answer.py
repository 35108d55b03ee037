"""An answer: statements and events in the words of the text, never as offsets; its JSON schema, and what keeps to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dragoman.model import Act, Status
from dragoman.ontology.plover import plover

MOST = 200
"""Statements, and events, of one answer."""


@dataclass(frozen=True, slots=True)
class ToldStatement:
    """Each string is said to be copied from the text."""

    content: str
    own: bool
    """Whether the author of the text says it himself."""
    speaker: str | None
    cue: str | None
    chain: tuple[str, ...]
    act: Act
    about: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ToldEvent:
    clause: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    type: str
    mode: str | None
    """None where the type has no such mode."""
    status: Status
    date: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    statements: tuple[ToldStatement, ...] = ()
    events: tuple[ToldEvent, ...] = ()


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The JSON schema of an answer, with the words of the ontology."""
    types = plover().types.values()
    words, maybe = {"type": "string"}, {"type": ["string", "null"]}
    several = {"type": "array", "items": words}
    about = _object({"mention": words, "polarity": {"type": "integer", "enum": [-1, 0, 1]}})
    modes = sorted({mode for one in types for mode in one.modes})
    statement = {
        "content": words,
        "own": {"type": "boolean"},
        "speaker": maybe,
        "cue": maybe,
        "chain": several,
        "act": {"type": "string", "enum": [act.value for act in Act]},
        "about": {"type": "array", "items": about},
    }
    event = {
        "clause": words,
        "actor": several,
        "recipient": several,
        "type": {"type": "string", "enum": [one.name for one in types]},
        "mode": {"anyOf": [{"type": "string", "enum": modes}, {"type": "null"}]},
        "status": {"type": "string", "enum": [status.value for status in Status]},
        "date": maybe,
    }
    return _object(
        {
            "statements": {"type": "array", "items": _object(statement)},
            "events": {"type": "array", "items": _object(event)},
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def parse_answer(text: str) -> Answer:
    """The answer in the JSON `text`, which may stand in a fence of Markdown. Raises ValueError, saying where, for what breaks
    the schema."""
    try:
        data = json.loads(text.strip().removeprefix("```json").removesuffix("```"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    given = _fields(data, "the answer", "statements", "events")
    statements, events = (_list(given[name], name, MOST) for name in ("statements", "events"))
    return Answer(tuple(map(_statement, statements)), tuple(map(_event, events)))


def _statement(data: Any) -> ToldStatement:
    names = ("content", "own", "speaker", "cue", "chain", "act", "about")
    content, own, speaker, cue, chain, act, about = _fields(data, "a statement", *names).values()
    if not isinstance(own, bool):
        raise ValueError("'own' is neither true nor false")
    return ToldStatement(
        _words(content, "content"),
        own,
        _maybe(speaker, "speaker"),
        _maybe(cue, "cue"),
        _several(chain, "chain"),
        Act(_words(act, "act")),
        tuple(_about(one) for one in _list(about, "about")),
    )


def _about(data: Any) -> tuple[str, int]:
    mention, polarity = _fields(data, "about", "mention", "polarity").values()
    if isinstance(polarity, bool) or polarity not in (-1, 0, 1):
        raise ValueError("a polarity is not -1, 0 or 1")
    return _words(mention, "mention"), int(polarity)


def _event(data: Any) -> ToldEvent:
    names = ("clause", "actor", "recipient", "type", "mode", "status", "date")
    clause, actor, recipient, type_, mode, status, date = _fields(data, "an event", *names).values()
    known = plover().types.get(_words(type_, "type"))
    if known is None:
        raise ValueError("a type is not one of PLOVER's")
    mode = _maybe(mode, "mode")
    return ToldEvent(
        _words(clause, "clause"),
        _several(actor, "actor"),
        _several(recipient, "recipient"),
        known.name,
        mode if mode in known.modes else None,
        Status(_words(status, "status")),
        _maybe(date, "date"),
    )


def _fields(data: Any, what: str, *names: str) -> dict[str, Any]:
    """The fields of an object, in the order of `names`."""
    if not isinstance(data, dict) or set(data) != set(names):
        raise ValueError(f"{what} is no object of {', '.join(names)}")
    return {name: data[name] for name in names}


def _list(data: Any, what: str, most: int = 40) -> list[Any]:
    if not isinstance(data, list) or len(data) > most:
        raise ValueError(f"'{what}' is no list of {most} at most")
    return data


def _words(data: Any, what: str) -> str:
    if not isinstance(data, str):
        raise ValueError(f"'{what}' is no string")
    return data


def _maybe(data: Any, what: str) -> str | None:
    """A string, or None also where it is blank."""
    return None if data is None or not _words(data, what).strip() else data


def _several(data: Any, what: str) -> tuple[str, ...]:
    return tuple(_words(one, what) for one in _list(data, what))
