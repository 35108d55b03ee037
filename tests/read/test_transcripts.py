"""Turns of transcripts, interviews and posts, as they are found in invented pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.encode import LanguageBase
from dragoman.model import Block, Document
from dragoman.read.index import Index
from dragoman.read.quotes import quotations
from dragoman.read.transcripts import Turn, turns
from dragoman.read.who import cast

TurnsOf = Callable[..., list[tuple[str | None, str, bool]]]


@pytest.fixture(scope="module")
def turns_of(base: LanguageBase) -> TurnsOf:
    def found(text: str, **fields: object) -> list[tuple[str | None, str, bool]]:
        """Speaker, first two words and whether they ask, of each turn."""
        document = Document(text, "page.txt", body=((0, len(text)),), language="en", **fields)  # type: ignore[arg-type]
        analysis = base.analyze(text, document.body)
        index = Index(analysis)
        quoted = quotations(text, [index.span(paragraph) for paragraph in analysis.paragraphs])
        inside = {i for quotation in quoted for i in range(*index.tokens((quotation.start, quotation.end)))}
        said: list[Turn] = turns(document, analysis, index, cast(analysis, index, inside, None, document.id))
        return [(t.speaker.name, " ".join(text[t.start : t.end].split()[:2]), t.asks) for t in said]

    return found


def test_a_briefing_has_a_turn_for_every_label(turns_of: TurnsOf) -> None:
    text = (
        "MS TORVALL: Good morning. The minister called her colleague in Oslo last night.\n\n"
        "QUESTION: Was the ferry part of the call?\n\n"
        "MS TORVALL: It was. We will publish the letter on Friday.\n\n"
        "And I have nothing to add on the harbour.\n\n"
        "(The briefing ended at noon.)"
    )
    assert turns_of(text) == [
        ("TORVALL", "Good morning.", False),
        ("QUESTION", "Was the", True),
        ("TORVALL", "It was.", False),
    ]


def test_a_surname_as_a_label_means_the_person_the_text_introduces(turns_of: TurnsOf) -> None:
    text = (
        "Harbour historian Ilmar Tasuja spoke to the Pier Gazette about the closed lighthouse.\n\n"
        "Pier Gazette: Who switched it off?\n\n"
        "Tasuja: The ministry did, and nobody asked the pilots.\n\n"
        "Pier Gazette: Will it shine again?\n\n"
        "Tasuja: Not before the spring."
    )
    assert turns_of(text) == [
        ("Pier Gazette", "Who switched", True),
        ("Ilmar Tasuja", "The ministry", False),
        ("Pier Gazette", "Will it", True),
        ("Ilmar Tasuja", "Not before", False),
    ]


def test_letters_stand_for_the_interviewer_and_the_one_introduced(turns_of: TurnsOf) -> None:
    text = (
        "We met the economist Brana Velkova in her garden.\n\nQ: Is the tariff legal?\n\nA: It is not.\n\n"
        "Q: Who pays?\n\nA: The growers pay, as always."
    )
    assert [(name, asks) for name, _, asks in turns_of(text)] == [("Q", True), ("Brana Velkova", False)] * 2


def test_questions_without_labels_are_answered_by_the_one_who_was_asked(turns_of: TurnsOf) -> None:
    text = (
        "Peru closed the bridge on Monday. We asked the engineer Wari Ccosi why.\n\n"
        "Is the bridge unsafe?\n\n"
        "It stands. I walked over it this morning.\n\n"
        "The ministry says that two cables are broken.\n\n"
        "I counted them. All are there.\n\n"
        "When will it open?\n\n"
        "After the elections, I suppose."
    )
    assert turns_of(text) == [
        (None, "Is the", True),
        ("Wari Ccosi", "It stands.", False),
        (None, "The ministry", True),
        ("Wari Ccosi", "I counted", False),
        (None, "When will", True),
        ("Wari Ccosi", "After the", False),
    ]


def test_a_label_that_passed_for_a_dateline_is_a_label(turns_of: TurnsOf) -> None:
    text = "MR OLDRIN: The road is open.\nQUESTION: Since when?\nMR OLDRIN: Since six this morning."
    part = Block(0, 10, "dateline")
    assert [name for name, _, _ in turns_of(text, parts=(part,))] == ["OLDRIN", "QUESTION", "OLDRIN"]


def test_posts_belong_to_the_author_named_above_them(turns_of: TurnsOf) -> None:
    text = (
        "The two ministers quarrelled on their channels.\n\n"
        "Minister Pavlo Drenk, 14:05\nThe patrol was cancelled without a call.\n\n"
        "Minister Sanna Ruutu, 14:40\nNothing was cancelled. The boat is in repair."
    )
    assert [(name, words) for name, words, _ in turns_of(text)] == [
        ("Pavlo Drenk", "The patrol"),
        ("Sanna Ruutu", "Nothing was"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Note: prices are in euros.\n\nRead also: The ferry that never came\n\nThe ferry came at noon on Tuesday.",
        "14:05\nThe talks have begun.\n\n13:20: The delegations arrived in Lima.\n\n12:00: Good morning.",
        "Opinion: The bridge must open\n\nAnalysis: Why it will not\n\nThe bridge over the Ruun was closed on Monday.",
        "Who needs a new port?\n\nThe government of Peru says that the country does.\n\nBut who will pay for it?\n\n"
        "Nobody in Lima has said so, the newspaper El Faro writes.",
        "Norway: the port stays closed until May.\n\nSweden: parliament votes on the fee.\n\nDenmark: no news today.",
    ],
    ids=["notes", "clock", "headlines", "rhetorical questions", "digest"],
)
def test_what_is_no_conversation_has_no_turns(turns_of: TurnsOf, text: str) -> None:
    assert turns_of(text) == []
