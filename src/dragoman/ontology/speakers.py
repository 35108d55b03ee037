"""Words for those who may speak without a name: people, bodies, and texts that speak for whoever wrote them."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files

from dragoman.errors import OntologyError


@dataclass(frozen=True, slots=True)
class Speaking:
    """The words of `speakers.json`, by what they are; endings are those of lemmas."""

    some: Set[str]
    people: Set[str]
    people_endings: tuple[str, ...]
    bodies: Set[str]
    abstract_endings: tuple[str, ...]
    texts: Set[str]
    things: Set[str]

    def person(self, lemma: str) -> bool:
        """Whether a noun in the singular is somebody, by the list or by its ending."""
        known = self.things | self.bodies | self.texts
        return lemma in self.people or (
            lemma.endswith(self.people_endings) and lemma not in known and not lemma.endswith(self.abstract_endings)
        )


@lru_cache(maxsize=1)
def speaking() -> Speaking:
    """The words. Raises OntologyError where the file lacks some of them."""
    loaded = json.loads(files("dragoman.ontology").joinpath("data", "speakers.json").read_text("utf-8"))
    names = [field.name for field in fields(Speaking)]
    if set(loaded) - {"about"} != set(names):
        raise OntologyError(f"speakers.json: its keys must be {', '.join(names)}")
    people, abstract = (tuple(loaded[f"{name}_endings"]) for name in ("people", "abstract"))
    some, persons, bodies, texts, things = (
        frozenset(loaded[name]) for name in ("some", "people", "bodies", "texts", "things")
    )
    return Speaking(some, persons, people, bodies, abstract, texts, things)
