"""Swap the states of a text, and its reading swaps with them and changes in nothing else."""

from __future__ import annotations

import pytest

from dragoman.encode import LanguageBase
from dragoman.model import Document, Reading
from dragoman.read import read

TEMPLATE = (
    "{A} expelled two {b} diplomats on 3 March 2031, the foreign ministry in {a_capital} said.\n\n"
    "“{B} must lift the sanctions first,” {a} Foreign Minister Iven Harlo told Reuters. He accused {b_capital} of "
    "breaking the fishing agreement.\n\n"
    "Harlo will visit {B} in May. A {b} analyst said that {A} was bluffing."
)
STATES = {
    "NOR": {"": "Norway", "adjective": "Norwegian", "capital": "Oslo"},
    "KEN": {"": "Kenya", "adjective": "Kenyan", "capital": "Nairobi"},
    "CHL": {"": "Chile", "adjective": "Chilean", "capital": "Santiago"},
    "RUS": {"": "Russia", "adjective": "Russian", "capital": "Moscow"},
    "USA": {"": "America", "adjective": "American", "capital": "Washington"},
    "IRN": {"": "Iran", "adjective": "Iranian", "capital": "Tehran"},
    "AZE": {"": "Azerbaijan", "adjective": "Azerbaijani", "capital": "Baku"},
    "UKR": {"": "Ukraine", "adjective": "Ukrainian", "capital": "Kyiv"},
}
PAIRS = [("NOR", "KEN"), ("KEN", "NOR"), ("RUS", "USA"), ("USA", "RUS"), ("CHL", "IRN"), ("AZE", "UKR"), ("UKR", "RUS")]


def rows(base: LanguageBase, first: str, second: str) -> list[object]:
    a, b = STATES[first], STATES[second]
    text = TEMPLATE.format(
        A=a[""], B=b[""], a=a["adjective"], b=b["adjective"], a_capital=a["capital"], b_capital=b["capital"]
    )
    reading = read(Document(text, "page.txt", body=((0, len(text)),), language="en"), base)
    return told(reading, {first: "A", second: "B"})


def told(reading: Reading, sides: dict[str, str]) -> list[object]:
    """Statements and events with the states called A and B."""
    side = {actor.id: (actor.type, sides.get(actor.country or "", actor.country)) for actor in reading.actors}
    statements = [
        (s.form, s.act, s.speaker.actor and side[s.speaker.actor], [(side[x.actor], x.polarity) for x in s.about])
        for s in reading.statements
    ]
    events = [
        (e.type, e.mode, e.status, e.date, [side[x] for x in e.actor], [side[x] for x in e.recipient])
        for e in reading.events
    ]
    return [statements, events]


@pytest.mark.parametrize(("first", "second"), PAIRS[1:])
def test_swapping_the_states_swaps_the_reading(base: LanguageBase, first: str, second: str) -> None:
    assert rows(base, first, second) == rows(base, *PAIRS[0])
