"""The heads of events: words that trigger one, its type, mode and status, who does it and upon whom it is done.

A trigger is tagged word by word; its parties are the words of its sentence for which a biaffine head says so more loudly
than for its root. What is between two given parties is read from the words that look like a trigger of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dragoman.encode.analysis import Between, Happened
from dragoman.encode.decode import Floats
from dragoman.encode.heads import Heads, softmax
from dragoman.encode.labels import EVENTS, MODES, STATUSES

Range = tuple[int, int]
TRIGGERS, PARTY = 0.5, 0.5
"""Probability from which a word is a trigger, and from which a word belongs to a party; set on training/corpus/events/dev."""
NEAR = 2
"""Words between two triggers of one type that still make one of them ("opened fire")."""


def happened(heads: Heads, states: Floats, sentences: Sequence[Range]) -> tuple[Happened, ...]:
    """The events of a text in the order of their triggers. `states` [N, width] are those of its words."""
    types = heads.probabilities("event", states)
    likely = 1 - types[:, 0]
    best = types[:, 1:].argmax(1) + 1
    out: list[Happened] = []
    for first, last in sentences:
        found = _peaks(likely, best, first, last)
        if not found:
            continue
        here = states[found]
        odds = [_odds(heads, name, here, states[first:last]) for name in ("doer", "sufferer")]
        doers, sufferers = (1 / (1 + np.exp(-side)) for side in odds)
        modes, statuses = heads.linear("mode", here), heads.probabilities("status", here)
        for n, at in enumerate(found):
            name = EVENTS[best[at]]
            out.append(
                Happened(
                    trigger=at,
                    type=name,
                    mode=_mode(modes[n], name),
                    status=STATUSES[int(statuses[n].argmax())],
                    actors=_runs(doers[n] > PARTY, first),
                    recipients=_runs(sufferers[n] > PARTY, first),
                    score=float(likely[at]),
                    sides=np.stack([side[n] for side in odds]),
                )
            )
    return tuple(out)


def between(heads: Heads, states: Floats, actor: Sequence[int], recipient: Sequence[int]) -> Between:
    """What is between two parties of a sentence, given by their words; either may be empty. `states` are the sentence's."""
    weights = np.log(1 - heads.probabilities("event", states)[:, 0] + 1e-4)
    parties = []
    for name, side in (("doer", actor), ("sufferer", recipient)):
        if len(side):
            weights = weights + _odds(heads, name, states, states)[:, list(side)].mean(1)
        parties.append(states[list(side)].mean(0) if len(side) else np.zeros(states.shape[1], np.float32))
    told = softmax(weights[None])[0] @ states
    hidden = heads.project("pair", np.concatenate([told, *parties])[None].astype(np.float32))
    return Between(heads.probabilities("plv", hidden)[0], heads.probabilities("quad", hidden)[0])


def _peaks(likely: Floats, best: np.ndarray[tuple[int], np.dtype[np.int64]], first: int, last: int) -> list[int]:
    """The triggers of a sentence; of those of one type that stand close together the likeliest."""
    out: list[int] = []
    for at in range(first, last):
        if likely[at] < TRIGGERS:
            continue
        if out and at - out[-1] <= NEAR and best[at] == best[out[-1]]:
            if likely[at] > likely[out[-1]]:
                out[-1] = at
            continue
        out.append(at)
    return out


def _mode(scores: Floats, name: str) -> str | None:
    known = [0, *(i for i, mode in enumerate(MODES) if mode.startswith(f"{name}/"))]
    best = max(known, key=lambda i: float(scores[i]))
    return MODES[best].partition("/")[2] if best else None


def _odds(heads: Heads, name: str, triggers: Floats, words: Floats) -> Floats:
    """Log odds that a word belongs to that party of a trigger, [triggers, words]."""
    projected = heads.project(f"{name}.head", words)
    scores = heads.biaffine(name, heads.project(f"{name}.dependent", triggers), projected)
    result: Floats = scores[:, 1:] - scores[:, :1]
    return result


def _runs(marked: np.ndarray[tuple[int], np.dtype[np.bool_]], offset: int) -> tuple[Range, ...]:
    """Runs of marked words as ranges of the text's."""
    out: list[Range] = []
    for i in np.flatnonzero(marked).tolist():
        if out and out[-1][1] == offset + i:
            out[-1] = (out[-1][0], offset + i + 1)
        else:
            out.append((offset + i, offset + i + 1))
    return tuple(out)
