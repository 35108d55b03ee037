"""What somebody says is cut where the act changes, and a condition into what it requires and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pytest

from dragoman.encode import Analysis, LanguageBase, Meant
from dragoman.encode.labels import ACTS, RELAYED, REQUIRED, VOICES
from dragoman.model import Act
from dragoman.read.conditions import parts
from dragoman.read.cuts import cuts
from dragoman.read.index import Index
from dragoman.read.who import cast


@dataclass(frozen=True)
class Sure:
    """Acts by word, whatever the cue."""

    rows: npt.NDArray[np.float32]

    def of(self, content: Sequence[int], cue: tuple[int, int] | None) -> npt.NDArray[np.float32]:
        mean: npt.NDArray[np.float32] = self.rows[list(content)].mean(0)
        return mean


def meaning(analysis: Analysis, acts: dict[str, str] | None = None, required: dict[str, str] | None = None) -> Analysis:
    """The analysis with heads that are sure: acts by the words of a stretch, parts of conditions by theirs."""
    n = len(analysis.tokens)
    rows = {
        size: np.full((n, size), 0.01, np.float32) for size in (len(ACTS), len(VOICES), 3, len(REQUIRED), len(RELAYED))
    }
    meant = Meant(
        Sure(rows[len(ACTS)]),
        np.full((n, len(VOICES)), 0.01, np.float32),
        rows[3].copy(),
        rows[len(REQUIRED)],
        rows[len(RELAYED)],
    )
    meant.conditions[:, 0] = 0.5
    index = Index(analysis)

    def tokens(words: str) -> range:
        start = analysis.text.index(words)
        return range(*index.tokens((start, start + len(words))))

    for words, act in (acts or {}).items():
        for i in tokens(words):
            rows[len(ACTS)][i, ACTS.index(act)] = 0.9
    for words, part in (required or {}).items():
        for k, i in enumerate(tokens(words)):
            meant.conditions[i, REQUIRED.index(f"{'I' if k else 'B'}-{part}")] = 0.9
    return replace(analysis, meant=meant)


def cut(base: LanguageBase, text: str, acts: dict[str, str]) -> list[tuple[str, str]]:
    analysis = meaning(base.analyze(text, [(0, len(text))]), acts)
    index = Index(analysis)
    found = cuts(analysis, index, (0, len(analysis.tokens)), None, frozenset(), lambda _: Act.ASSERT)
    return [(text[slice(*index.span(part))], act) for part, act in found]


def test_sentences_of_one_act_stay_together_and_another_act_begins_a_statement(base: LanguageBase) -> None:
    text = "They broke the treaty. They lied about it. Let them pay for the bridge."
    acts = {
        "They broke the treaty.": "accuse",
        "They lied about it.": "accuse",
        "Let them pay for the bridge.": "demand",
    }
    assert cut(base, text, acts) == [
        ("They broke the treaty. They lied about it.", "accuse"),
        ("Let them pay for the bridge.", "demand"),
    ]


def test_two_main_clauses_with_two_acts_are_two_statements(base: LanguageBase) -> None:
    text = "The fleet must leave the bay, or we will close the harbour to every ship."
    acts = {"The fleet must leave the bay,": "demand", "or we will close the harbour to every ship.": "threaten"}
    assert [act for _, act in cut(base, text, acts)] == ["demand", "threaten"]


def test_a_new_paragraph_begins_a_statement(base: LanguageBase) -> None:
    text = "They broke the treaty.\nThey lied about it."
    acts = {"They broke the treaty.": "accuse", "They lied about it.": "accuse"}
    assert [act for _, act in cut(base, text, acts)] == ["accuse", "accuse"]


@pytest.mark.parametrize("meant", [Act.CONDITION, Act.THREATEN])
def test_a_condition_gives_a_demand_for_each_thing_and_what_follows(base: LanguageBase, meant: Act) -> None:
    text = "Talks can begin if Norway withdraws its inspectors and the Norwegian side pays for the nets."
    required = {
        "Talks can begin": "follows",
        "Norway withdraws its inspectors": "required",
        "the Norwegian side pays for the nets": "required",
    }
    analysis = meaning(base.analyze(text, [(0, len(text))]), required=required)
    index = Index(analysis)
    found = parts(
        analysis, (0, len(analysis.tokens)), meant, cast(analysis, index, frozenset(), None, "document"), None
    )
    told = [(text[slice(*index.span(part.tokens))], part.act, part.required_of) for part in found]
    follows = Act.THREATEN if meant is Act.THREATEN else Act.PROMISE
    assert told == [
        ("Norway withdraws its inspectors", Act.DEMAND, "state:NOR"),
        ("the Norwegian side pays for the nets", Act.DEMAND, "state:NOR"),
        ("Talks can begin", follows, None),
    ]
