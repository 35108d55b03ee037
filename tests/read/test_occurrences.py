"""Events as the base sees them, on hand-made trees: its words become actors, and grammar and lexicon have their say."""

from __future__ import annotations

from dataclasses import replace

from parse import Names, parse

from dragoman.encode import Happened
from dragoman.model import Document, Event, Status
from dragoman.read.what_happened import events

NORLAND, SARVIA = "state:NOR", "state:SAR"
ACCUSED = "Norland accused Sarvia of shelling a border village."
VISIT = "Dorr will visit Sarvia on June 23."
TALKS = "Norland and Sarvia held talks in Hesk on Tuesday."


def read(sentence: str, *happened: Happened) -> tuple[Event, ...]:
    analysis = replace(parse(sentence), happened=happened)
    return events(Document(analysis.text, "trees.txt"), analysis, Names(analysis), (), ())


def at(
    trigger: int,
    type_: str,
    actors: tuple[tuple[int, int], ...] = (),
    recipients: tuple[tuple[int, int], ...] = (),
    *,
    mode: str | None = None,
    status: str = "happened",
    score: float = 0.9,
) -> Happened:
    return Happened(trigger, type_, mode, status, actors, recipients, score)


def sides(event: Event) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return event.type, event.actor, event.recipient


def test_ranges_of_words_become_actors() -> None:
    (event,) = read(ACCUSED, at(1, "ACCUSE", ((0, 1),), ((2, 3),), mode="allege"))
    assert sides(event) == ("ACCUSE", (NORLAND,), (SARVIA,))
    assert event.mode == "allege"
    assert event.reports[0].confidence == 0.9


def test_what_is_less_sure_is_left_to_the_lexicon() -> None:
    (event,) = read(ACCUSED, at(1, "SUPPORT", ((0, 1),), ((2, 3),), score=0.3))
    assert event.type == "ACCUSE"


def test_the_lexicon_fills_in_a_party_that_the_base_leaves_open() -> None:
    (event,) = read(ACCUSED, at(1, "ACCUSE", ((0, 1),)))
    assert sides(event) == ("ACCUSE", (NORLAND,), (SARVIA,))


def test_an_event_of_nobody_known_is_none() -> None:
    assert not read(VISIT, at(4, "ASSAULT", (), ((3, 4),)))[1:]
    assert all(event.actor for event in read(VISIT, at(4, "ASSAULT", (), ((3, 4),))))


def test_the_grammar_of_its_clause_decides_the_status() -> None:
    (event,) = read(VISIT, at(2, "CONSULT", ((0, 1),), ((3, 4),), mode="visit"))
    assert (event.type, event.status) == ("AGREE", Status.PLANNED)


def test_two_triggers_of_one_act_are_one_event() -> None:
    both = ((0, 1), (2, 3))
    (event,) = read(TALKS, at(3, "CONSULT", both), at(4, "CONSULT", both, score=0.8))
    assert sides(event) == ("CONSULT", (NORLAND, SARVIA), ())


def test_without_any_from_the_base_the_lexicon_still_reads() -> None:
    assert [event.type for event in read(ACCUSED)] == ["ACCUSE"]
