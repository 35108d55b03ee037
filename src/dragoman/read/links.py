"""Who of a sentence is a party of an event of it: a weighing of what the base, the lexicon's frame and the tree say.

Two logistic regressions, one for actors and one for recipients (`links.json`; `training/corpus/fit_links.py` learns them from
our passages and texts, and from CoPED).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from dragoman.encode import Happened

from .actor_map import ActorMap
from .index import Index
from .participants import Actors, Participants
from .party_features import Candidate, candidates, features
from .syntax import Syntax
from .tie_breaks import Coded

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Somebody whom a sentence mentions, and what speaks for him as a party of an event of it."""

    candidate: Candidate
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Links:
    """Finds the parties of events in one document."""

    syntax: Syntax
    index: Index
    actors: ActorMap
    people: Participants

    def of(self, event: Happened, same: Coded | None, marked: tuple[Actors, Actors]) -> tuple[Actors, Actors]:
        """Actors and recipients among those whom the sentence mentions. `same` is the event as the lexicon tells it,
        `marked` whom the words mean that the base marks."""
        sides: tuple[list[str], list[str]] = ([], [])
        weights = learnt()
        for one in self.weighed(event, same, marked):
            scores = [sum(known.get(name, 0.0) * value for name, value in one.features.items()) for known in weights]
            if max(scores) > 0:
                sides[scores.index(max(scores))].extend(one.candidate.ids)
        actor, recipient = (tuple(dict.fromkeys(side)) for side in sides)
        return actor, recipient

    def weighed(self, event: Happened, same: Coded | None, marked: tuple[Actors, Actors]) -> Iterator[Weighed]:
        """Everybody whom the event's sentence mentions, with what speaks for and against him."""
        sentence = self.index.sentence_range(event.trigger)
        ruled = (same.actor, same.recipient) if same is not None else ((), ())
        for candidate in candidates(self.syntax, self.actors, self.people, sentence):
            found = features(self.syntax, self.actors, event, candidate, sentence)
            if same is not None:
                found["ruled"] = 1.0
                found["ruled same"] = float(same.type == event.type)
            for by, sides in (("marked", marked), ("ruled", ruled)):
                for name, side in zip(("actor", "recipient"), sides, strict=True):
                    if set(candidate.ids) & set(side):
                        found[f"{by} {name}"] = 1.0
            yield Weighed(candidate, found)


@lru_cache(maxsize=1)
def learnt() -> tuple[Weights, Weights]:
    """The weights of actors and of recipients."""
    known = json.loads((resources.files(__package__) / "links.json").read_text("utf-8"))
    return known["actor"], known["recipient"]
