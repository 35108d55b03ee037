"""PLOVER 2.0: event types, modes and contexts, read from `data/plover.json` and checked; and what CAMEO codes become.

Halterman, Bagozzi, Beger, Schrodt, Scarborough: PLOVER and POLECAT, a new political event ontology and dataset (2023).
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from dragoman.errors import OntologyError

TYPES, MODES, CONTEXTS = 16, 67, 37


@dataclass(frozen=True, slots=True)
class Mode:
    """How an event of a type was done. `score` replaces the type's where the mode is known."""

    name: str
    score: float | None
    definition: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One of PLOVER's event types."""

    name: str
    quad: int
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    score: float
    """Severity from -10 (conflict) to 10 (cooperation)."""
    needs_recipient: bool
    symmetric: bool
    """All sides are actors and none is the recipient."""
    definition: str
    rules: tuple[str, ...]
    """What decides between this type and its neighbours."""
    modes: dict[str, Mode] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Plover:
    """The whole ontology."""

    version: str
    quads: dict[int, str] = field(hash=False)
    types: dict[str, EventType] = field(hash=False)
    contexts: dict[str, str] = field(hash=False)
    old_modes: dict[str, tuple[str, ...]] = field(hash=False)
    """Modes of earlier drafts, which files made with them still hold."""

    def score(self, type_: str, mode: str | None = None) -> float:
        """Severity of a type, or of its mode where that has a score of its own."""
        event_type = self.types[type_]
        known = event_type.modes.get(mode) if mode else None
        return event_type.score if known is None or known.score is None else known.score

    def has(self, type_: str, mode: str | None) -> bool:
        """Whether the type exists and the mode, if any, is one of it."""
        return type_ in self.types and (mode is None or mode in self.types[type_].modes)


@dataclass(frozen=True, slots=True)
class FromCameo:
    """What a CAMEO code becomes."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]


@lru_cache(maxsize=1)
def plover() -> Plover:
    """The ontology, loaded once. Raises `OntologyError` where the data file breaks its schema."""
    return parse_plover(_data("plover.json"))


def parse_plover(text: str) -> Plover:
    """The ontology in the JSON `text`. Raises `OntologyError` saying what is wrong with it."""
    try:
        data = json.loads(text)
        ontology = Plover(
            version=str(data["version"]),
            quads={int(number): name for number, name in data["quads"].items()},
            types={name: _event_type(name, row) for name, row in data["types"].items()},
            contexts=dict(data["contexts"]),
            old_modes={name: tuple(modes) for name, modes in data["old_modes"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OntologyError(f"plover.json: {type(error).__name__}: {error}") from error
    _check(ontology)
    return ontology


def _event_type(name: str, row: dict[str, Any]) -> EventType:
    modes = {mode: Mode(mode, values["score"], values["definition"]) for mode, values in row["modes"].items()}
    if row["recipient"] not in ("required", "optional"):
        raise ValueError(f"{name}: recipient is {row['recipient']!r}, not required or optional")
    return EventType(
        name=name,
        quad=int(row["quad"]),
        score=float(row["score"]),
        needs_recipient=row["recipient"] == "required",
        symmetric=bool(row["symmetric"]),
        definition=row["definition"],
        rules=tuple(row["rules"]),
        modes=modes,
    )


def _check(ontology: Plover) -> None:
    counts = (len(ontology.types), sum(len(t.modes) for t in ontology.types.values()), len(ontology.contexts))
    if counts != (TYPES, MODES, CONTEXTS):
        raise OntologyError(f"plover.json: {counts} types, modes and contexts, not {(TYPES, MODES, CONTEXTS)}")
    for event_type in ontology.types.values():
        scores = [event_type.score, *(m.score for m in event_type.modes.values() if m.score is not None)]
        if any(not -10 <= score <= 10 for score in scores):
            raise OntologyError(f"plover.json: a score of {event_type.name} lies outside -10..10")
        if event_type.quad not in ontology.quads:
            raise OntologyError(f"plover.json: {event_type.name} has quad {event_type.quad}, which is none")
    if unknown := sorted(set(ontology.old_modes) - set(ontology.types)):
        raise OntologyError(f"plover.json: old modes of unknown types {unknown}")


@lru_cache(maxsize=1)
def cameo_table() -> dict[str, FromCameo]:
    """What each CAMEO code that `data/cameo.tsv` lists becomes."""
    table = {}
    for row in csv.DictReader(_data("cameo.tsv").splitlines(), delimiter="\t"):
        contexts = tuple(name for name in row["contexts"].split(" ") if name)
        entry = FromCameo(row["type"], row["mode"] or None, contexts)
        if not plover().has(entry.type, entry.mode) or not set(contexts) <= set(plover().contexts):
            raise OntologyError(f"cameo.tsv: code {row['cameo']} becomes {entry}, which PLOVER 2.0 does not have")
        table[row["cameo"]] = entry
    return table


def from_cameo(code: str) -> FromCameo | None:
    """What a CAMEO code ("042", "1031") becomes in PLOVER, or None for those it leaves out (01 and 02, unknown codes).

    A code that is not listed is read as the nearest listed one above it: 0423 as 042, and so on up to the root.
    """
    table = cameo_table()
    digits = code.strip()
    return next((table[digits[:n]] for n in range(len(digits), 1, -1) if digits[:n] in table), None)


def _data(name: str) -> str:
    return files("dragoman.ontology").joinpath("data", name).read_text("utf-8")
