"""Who of a sentence is a party of its events, with the installed language base."""

from __future__ import annotations

import dragoman
from dragoman.read.links import learnt


def parties(text: str, type_: str) -> tuple[set[str], set[str]]:
    event = next(event for event in dragoman.read(text).events if event.type == type_)
    return set(event.actor), set(event.recipient)


def test_all_who_agree_are_actors() -> None:
    actors, recipients = parties("Kenya and Peru have agreed to hold talks in Oslo.", "AGREE")
    assert actors == {"state:KEN", "state:PER"}
    assert not recipients


def test_who_only_reports_an_event_is_no_party_of_it() -> None:
    actors, recipients = parties("Kenya expelled two Peruvian diplomats on Monday, Norway said.", "SANCTION")
    assert actors == {"state:KEN"}
    assert "state:NOR" not in recipients


def test_the_subject_of_another_clause_does_not_act() -> None:
    actors, recipients = parties("Peru closed the port because Kenya had accused Norway of smuggling.", "ACCUSE")
    assert actors == {"state:KEN"}
    assert recipients == {"state:NOR"}


def test_an_official_does_nothing_to_the_state_he_acts_for() -> None:
    for event in dragoman.read("Peruvian Foreign Minister Alba Quinto thanked Kenya for its support of Peru.").events:
        assert not ("state:PER" in event.recipient and any(id.startswith("person") for id in event.actor))


def test_both_sides_have_weights() -> None:
    actor, recipient = learnt()
    assert actor["ruled actor"] > 0 > actor["ruled recipient"]
    assert recipient["ruled recipient"] > 0 > recipient["ruled actor"]
