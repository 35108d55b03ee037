"""What somebody does by saying something is told from his words and from those that introduce them, whoever he is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from dragoman.encode import LanguageBase
from dragoman.encode.acts import buckets, lemma
from dragoman.encode.labels import ACTS


def odds(base: LanguageBase, text: str, content: str, cue: str | None = None) -> npt.NDArray[np.float32]:
    analysis = base.analyze(text, [(0, len(text))])
    assert analysis.meant is not None

    def tokens(words: str) -> range:
        start = text.index(words)
        inside = [i for i, t in enumerate(analysis.tokens) if start <= t.start < start + len(words)]
        return range(inside[0], inside[-1] + 1)

    where = tokens(cue) if cue else None
    return analysis.meant.acts.of(tokens(content), (where.start, where.stop) if where else None)


def act(base: LanguageBase, text: str, content: str, cue: str | None = None) -> str:
    return ACTS[int(odds(base, text, content, cue).argmax())]


@pytest.mark.parametrize(
    ("content", "cue", "meant"),
    [
        ("the fishermen must be released at once", "said", "demand"),
        ("the talks can resume only if the fishermen are released", "said", "condition"),
        ("not a single shot had been fired from its side of the river", "said", "deny"),
        ("the harvest will probably be poor in both countries", "said", "predict"),
        ("violating the ceasefire and shelling villages", "accused the neighbour of", "accuse"),
        ("its generous help after the earthquake", "praised", "praise"),
    ],
)
def test_plain_words_tell_their_act(base: LanguageBase, content: str, cue: str, meant: str) -> None:
    assert act(base, f"The foreign ministry on Monday {cue} {content}.", content, cue) == meant


def test_probabilities_do_not_depend_on_which_states_are_named(base: LanguageBase) -> None:
    told = [
        odds(base, f"{one} said {other} had moved its troops to the border.", f"{other} had moved its troops", "said")
        for one, other in (("Norway", "Finland"), ("Kenya", "Chile"))
    ]
    assert np.allclose(*told, atol=1e-3)


def test_names_are_hidden_from_the_model_of_words(base: LanguageBase) -> None:
    text = "Dana Oru never met the Norwegian minister."
    hidden = [lemma(token) for token in base.analyze(text, [(0, len(text))]).tokens]
    assert hidden == ["*", "*", "never", "meet", "the", "*", "minister", "."]


def test_words_and_their_order_fall_into_buckets_each_once() -> None:
    assert buckets(["no", "no"], ()) != buckets(["no"], ())
    assert buckets(["we", "will"], ()) != buckets(["will", "we"], ())
    assert buckets(["pay"], ["threaten"]) != buckets(["pay"], ["promise"])
