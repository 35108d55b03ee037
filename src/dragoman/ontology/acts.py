"""Words and phrases by which a statement's act is told when its cue does not name it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from dragoman.errors import OntologyError
from dragoman.model import Act


@dataclass(frozen=True, slots=True)
class Signs:
    """What points to an act: modal verbs, words by lemma, and phrases by their lower-cased words."""

    modals: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    markers: frozenset[str] = frozenset()
    phrases: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def signs() -> dict[Act, Signs]:
    """The signs of each act that has any. Raises OntologyError where the file breaks its schema."""
    loaded = json.loads(files("dragoman.ontology").joinpath("data", "acts.json").read_text("utf-8"))
    out = {}
    for act, kinds in loaded.items():
        if act not in set(Act) or not set(kinds) <= {"modals", "words", "markers", "phrases"}:
            raise OntologyError(
                f"acts.json: {act!r} is no act, or has a key other than modals, words, markers, phrases"
            )
        sets = {kind: frozenset(kinds.get(kind, ())) for kind in ("modals", "words", "markers")}
        out[Act(act)] = Signs(phrases=tuple(f" {phrase} " for phrase in kinds.get("phrases", ())), **sets)
    return out
