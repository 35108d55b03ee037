"""What speaks for somebody being a party of an event: how loudly the base says so, where the name hangs, who it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dragoman.encode import Happened
from dragoman.model import ActorType

from .actor_map import ActorMap, is_official
from .participants import Actors, Participants
from .syntax import OBLIQUE, Syntax

LOUD = 6.0
"""Log odds beyond which a base is as sure as it can be."""
COMMON = frozenset("of to with against by for from in on at between toward towards over into among upon".split())
"""Prepositions that have a feature of their own."""
SUBTYPES = frozenset({"nsubj:pass", "nmod:poss", "acl:relcl"})
ASIDES = frozenset({"ccomp", "parataxis", "advcl", "acl:relcl", "conj"})
CLOSE = 12
"""Words within which a name stands near an event's trigger."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `[start, end)` of a sentence that name or stand for actors, and the token that heads them."""

    start: int
    end: int
    head: int
    ids: Actors


def candidates(
    syntax: Syntax, actors: ActorMap, people: Participants, sentence: tuple[int, int]
) -> Iterator[Candidate]:
    """Everybody whom a sentence mentions: by name, role or pronoun, or as "both countries"."""
    at, end = sentence
    while at < end:
        found, last = actors.actor_at(at), at + 1
        while found and last < end and actors.actor_at(last) == found:
            last += 1
        head = [i for i in range(at, last) if not at <= syntax[i].head < last][-1]
        if ids := people.meant(head) or found:
            yield Candidate(at, last, head, ids)
        at = last


def features(
    syntax: Syntax, actors: ActorMap, event: Happened, candidate: Candidate, sentence: tuple[int, int]
) -> dict[str, float]:
    """Names and values of what speaks for and against `candidate` as a party of an event of its sentence."""
    together = event.type == "CONSULT" and event.mode != "visit"
    path = _path(syntax, event.trigger, candidate.head)
    actor = actors.actor(candidate.ids[0])
    away = candidate.head - event.trigger
    names = [
        "bias",
        *path,
        "noun" if syntax[event.trigger].upos in ("NOUN", "PROPN") else "verb",
        "before" if away < 0 else "behind",
        f"is {actor.type.value}",
    ]
    names += _grammar(syntax, event.trigger, candidate)
    if together:
        names += ["together", f"together {path[0]}"]
    if actor.type is not ActorType.STATE and is_official(actor):
        names.append("is official")
    if actors.is_place(candidate.head):
        names.append("is place")
    if len(candidate.ids) > 1:
        names.append("several")
    found = dict.fromkeys(names, 1.0) | {"far": min(abs(away), 4 * CLOSE) / CLOSE}
    return found | _loudness(event, candidate, sentence[0])


def _grammar(syntax: Syntax, trigger: int, candidate: Candidate) -> list[str]:
    """Whether somebody is the subject or object of the trigger's clause, or somebody else is."""
    words = range(candidate.start, candidate.end)
    found = []
    for name, heads in (("subject", syntax.subjects(trigger)), ("object", syntax.objects(trigger))):
        places = {one for head in heads for one in syntax.coordinated(head)}
        if places:
            found.append(f"{name} here" if places & {*words} else f"{name} elsewhere")
            if not places & {*words} and any(above in places for above in syntax.ancestors(candidate.head, 3)):
                found.append(f"{name} above")
    return found


def _loudness(event: Happened, candidate: Candidate, first: int) -> dict[str, float]:
    """What the base says of the words of a name, and how far that is behind what it says of the loudest word."""
    assert event.sides is not None
    found = {}
    for name, side in zip(("doer", "sufferer"), np.clip(event.sides, -LOUD, LOUD) / LOUD, strict=True):
        words = side[candidate.start - first : candidate.end - first]
        found[f"{name} head"] = float(side[candidate.head - first])
        found[f"{name} most"] = float(words.max())
        found[f"{name} mean"] = float(words.mean())
        found[f"{name} behind"] = float(side.max() - words.max())
    return found


def _path(syntax: Syntax, trigger: int, head: int) -> list[str]:
    """Where a name hangs, seen from the trigger, from the most exact way to say so to the roughest."""
    depth = {token: n for n, token in enumerate((trigger, *syntax.ancestors(trigger)))}
    down: list[int] = []
    token = head
    while token >= 0 and token not in depth:
        down.append(token)
        token = syntax[token].head
    if token < 0:
        return ["apart"]
    up = [_plain(syntax[i].relation) for i in list(depth)[: depth[token]]]
    steps = [_step(syntax, i) for i in reversed(down)]
    way = [" ".join(up[:2]) + "+" * (len(up) > 2), " ".join(steps[:2]) + "+" * (len(steps) > 2)]
    names = ["|".join(way), f"up {min(len(up), 3)} down {min(len(steps), 3)}"]
    names += [f"first {steps[0]}", f"last {steps[-1]}"] if steps else []
    names += [f"lift {up[-1]}"] if up else []
    return names + sorted(f"across {relation}" for relation in {*up} & ASIDES)


def _step(syntax: Syntax, token: int) -> str:
    relation = _plain(syntax[token].relation)
    if syntax[token].relation not in OBLIQUE:
        return relation
    marked = syntax.prepositions(token)
    return f"{relation}:{min(marked & COMMON, default='other' if marked else 'bare')}"


def _plain(relation: str) -> str:
    return relation if relation in SUBTYPES else relation.partition(":")[0]
