"""The heads of events on running text, with the weights that are installed."""

from __future__ import annotations

import pytest

from dragoman.encode import Analysis, LanguageBase
from dragoman.encode.base import Base
from dragoman.encode.labels import EVENTS, MODES, PLV, QUADS
from dragoman.ontology.plover import plover

SENTENCE = "On Monday Norland expelled two Sarvian diplomats."


def texts(analysis: Analysis, ranges: tuple[tuple[int, int], ...]) -> list[str]:
    return [analysis.text[analysis.tokens[a].start : analysis.tokens[b - 1].end] for a, b in ranges]


def test_labels_are_those_of_the_ontology() -> None:
    types = plover().types
    assert set(EVENTS[1:]) == set(types)
    assert all(plover().has(*mode.split("/")) for mode in MODES[1:])
    assert set(PLV) - {"YIELD"} == set(types) - {"CONCEDE", "RETREAT"}


def test_an_event_has_trigger_type_and_parties(base: LanguageBase) -> None:
    found = base.analyze(SENTENCE, [(0, len(SENTENCE))])
    assert found.happened is not None
    (one,) = found.happened
    assert (found.tokens[one.trigger].text, one.type, one.mode, one.status) == (
        "expelled",
        "SANCTION",
        "expel",
        "happened",
    )
    assert texts(found, one.actors) == ["Norland"]
    assert texts(found, one.recipients) == ["two Sarvian diplomats"]


@pytest.mark.parametrize(
    "sentence",
    ["The archive of the old harbour is open on weekdays.", "Relations between the two towns are friendly.", "12 %"],
)
def test_where_nothing_is_done_nothing_is_told(base: LanguageBase, sentence: str) -> None:
    assert base.analyze(sentence, [(0, len(sentence))]).happened == ()


def test_a_given_pair_has_a_type_and_a_quad(base: Base) -> None:
    between = base.between(SENTENCE, [(10, 17)], [(27, 48)])
    assert PLV[int(between.roots.argmax())] == "SANCTION"
    assert between.roots.shape == (len(PLV),)
    assert between.quads.shape == (len(QUADS),)
    assert float(between.roots.sum()) == pytest.approx(1, abs=1e-3)


def test_a_party_may_be_unknown(base: Base) -> None:
    between = base.between(SENTENCE, [(10, 17)], [])
    assert float(between.quads.sum()) == pytest.approx(1, abs=1e-3)


def test_an_empty_sentence_is_an_error(base: Base) -> None:
    with pytest.raises(ValueError, match="empty"):
        base.between("", [], [])
