"""Whether the clause of a hand-made tree happened, is to come, is supposed or is denied."""

from __future__ import annotations

import pytest
from parse import Names, parse

from dragoman.model import Document, Status
from dragoman.read.status import Modality, modality
from dragoman.read.syntax import Syntax
from dragoman.read.what_happened import events


def status_of(sentence: str, word: str) -> Status:
    analysis = parse(sentence)
    (token,) = [i for i, token in enumerate(analysis.tokens) if token.text == word]
    return modality(Syntax(analysis), token).status


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Norland expelled Kesh.", "expelled"),
        ("Norland reportedly shelled Sarvian villages.", "shelled"),
        ("The visit of Dorr to Sarvia ended.", "visit"),
        ("The raid by Norland on Sarvian offices angered traders.", "raid"),
        ("During a visit to Sarvia, Dorr thanked Kesh.", "visit"),
    ],
)
def test_plain_clauses_happened(sentence: str, word: str) -> None:
    assert status_of(sentence, word) is Status.HAPPENED


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Dorr will visit Sarvia on June 23.", "visit"),
        ("Dorr is expected to visit Sarvia on June 23.", "visit"),
        ("Norland plans to attack Sarvia.", "attack"),
        ("Sarvia said it would send aid to Norland.", "send"),
        ("The planned visit by Dorr to Sarvia worries traders.", "visit"),
    ],
)
def test_what_is_to_come_is_planned(sentence: str, word: str) -> None:
    assert status_of(sentence, word) is Status.PLANNED


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("If Sarvia attacks Norland, Kesh will resign.", "attacks"),
        ("If Sarvia attacks Norland, Kesh will resign.", "resign"),
        ("Norland may impose sanctions on Sarvia.", "impose"),
        ("Norland must attack Sarvia.", "attack"),
        ("Norland wants to visit Sarvia.", "visit"),
        ("Will Norland attack Sarvia?", "attack"),
    ],
)
def test_conditions_modals_wishes_and_questions_are_hypothetical(sentence: str, word: str) -> None:
    assert status_of(sentence, word) is Status.HYPOTHETICAL


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Norland did not attack Sarvia.", "attack"),
        ("Norland denied attacking Sarvia.", "attacking"),
        ("Without talks Norland could not help Sarvia.", "talks"),
    ],
)
def test_negation_and_verbs_of_denial_deny(sentence: str, word: str) -> None:
    assert status_of(sentence, word) is Status.DENIED


def test_denial_outweighs_supposition_and_supposition_the_future() -> None:
    assert Modality(denied=True, unreal=True).status is Status.DENIED
    assert Modality(unreal=True, future=True).status is Status.HYPOTHETICAL


def test_what_one_will_not_do_is_a_refusal_that_happened() -> None:
    sentence = "Norland will not meet Sarvia."
    analysis = parse(sentence)
    (event,) = events(Document(sentence, "trees.txt"), analysis, Names(analysis), (), ())
    assert (event.type, event.mode, event.status) == ("REJECT", "meet", Status.HAPPENED)
