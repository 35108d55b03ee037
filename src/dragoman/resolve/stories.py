"""Stories: documents of a few days that tell of the same happening, though in other words.

Two texts are of one story where the names and actors that they share weigh enough of what each has (cosine of
weights by rarity) and they were published within `WINDOW` days. Groups are joined, the likest texts first, where the mean
over both is still enough. Copies stand together before. Depends on the texts alone, not on their order.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WINDOW = 7
"""Days between two documents that link a story, at most."""
ALIKE, MEAN = 0.1, 0.6
"""Cosine from which two texts may be of one story; and the share of it that the mean over two groups must reach, where texts
too far apart to be compared count as 0. Set on `training/corpus/same/dev.txt`."""
RARE, RAREST = 60, 12
"""Documents that a feature may stand in to lead to another document, and how many of a text's rarest lead so."""
NEAREST = 25
"""Documents of a feature, the last before it, that a text is compared with."""
HELD = 6
"""Texts by which a group of many is compared."""


@dataclass(frozen=True, slots=True)
class StoryText:
    """What is compared of a document: hashed names, in the order of the text, and actors. `day` counts from the year 1."""

    document: str
    day: int | None
    features: tuple[int, ...]
    """Each once."""
    group: str
    """The copies that it stands with: those of one group are one story from the start."""
    wording: int = 0
    """What `order.wording` gives of the text."""


def find_stories(texts: Iterable[StoryText]) -> dict[str, str]:
    """For each document the first document of its story."""
    ordered = sorted(texts, key=lambda text: (text.day is None, text.day or 0, text.wording, text.document))
    copies: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(ordered):
        copies[text.group].append(number)
    firsts = [group[0] for group in copies.values()]
    weights = _weights(ordered, firsts)
    norms = {i: math.sqrt(sum(weights[one] ** 2 for one in ordered[i].features)) for i in firsts}
    likeness = {}
    for a, b in _candidates(ordered, firsts, weights):
        shared = sum(weights[one] ** 2 for one in {*ordered[a].features}.intersection(ordered[b].features))
        if shared and (score := shared / (norms[a] * norms[b])) >= ALIKE / 2:
            likeness[a, b] = score
    found = {}
    for group in _grouped(firsts, likeness):
        members = sorted(number for first in group for number in copies[ordered[first].group])
        for number in members:
            found[ordered[number].document] = ordered[members[0]].document
    return found


def _weights(ordered: Sequence[StoryText], firsts: Sequence[int]) -> Mapping[int, float]:
    spread = Counter(one for i in firsts for one in ordered[i].features)
    many = len(firsts) + 1
    return {one: math.log(many / count) for one, count in spread.items()}


def _candidates(
    ordered: Sequence[StoryText], firsts: Sequence[int], weights: Mapping[int, float]
) -> Iterable[tuple[int, int]]:
    """Pairs of texts of a few days that share a rare feature."""
    most = math.log((len(firsts) + 1) / RARE) if len(firsts) >= RARE else 0.0
    having: dict[int, list[int]] = defaultdict(list)
    seen: set[tuple[int, int]] = set()
    for number in firsts:
        day = ordered[number].day
        if day is None:
            continue
        rare = [one for one in ordered[number].features if weights[one] >= most]
        for one in sorted(rare, key=lambda one: -weights[one])[: RAREST * 4]:
            for other in having[one][-NEAREST:]:
                before = ordered[other].day
                if before is not None and day - before <= WINDOW:
                    seen.add((other, number))
            having[one].append(number)
    return sorted(seen)


def _grouped(firsts: Sequence[int], likeness: Mapping[tuple[int, int], float]) -> list[list[int]]:
    members = {i: [i] for i in firsts}
    group = {i: i for i in firsts}
    for (a, b), score in sorted(likeness.items(), key=lambda item: (-item[1], item[0])):
        one, other = sorted((group[a], group[b]))
        if score < ALIKE or one == other:
            continue
        pairs = [(min(x, y), max(x, y)) for x in members[one][-HELD:] for y in members[other][:HELD]]
        known = [likeness[pair] for pair in pairs if pair in likeness]
        if sum(known) / len(pairs) < ALIKE * MEAN:
            continue
        members[one] = sorted(members[one] + members[other])
        for i in members.pop(other):
            group[i] = one
    return list(members.values())
