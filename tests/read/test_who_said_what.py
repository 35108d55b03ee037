"""Statements with their speakers and chains, as the installed reader finds them in invented pages."""

from __future__ import annotations

import pytest

from dragoman.encode import LanguageBase
from dragoman.model import Document, Form, Reading, Statement
from dragoman.read import read


@pytest.fixture(scope="module")
def reading_of(base: LanguageBase):  # type: ignore[no-untyped-def]
    def reading(text: str, **fields: object) -> Reading:
        document = Document(text, "page.txt", body=((0, len(text)),), language="en", **fields)  # type: ignore[arg-type]
        return read(document, base)

    return reading


def said(reading: Reading, words: str) -> Statement:
    """The innermost statement that holds `words`."""
    at = reading.document.text.index(words)
    around = [s for s in reading.statements if s.start <= at and at + len(words) <= s.end]
    assert around, f"nobody says {words!r}: {[s.text for s in reading.statements]}"
    return min(around, key=lambda s: s.end - s.start)


def names(statement: Statement) -> list[str | None]:
    return [link.name for link in statement.chain]


def test_a_direct_quote_has_the_speaker_and_his_role(reading_of) -> None:  # type: ignore[no-untyped-def]
    text = "“The strait must stay open to all,” Peruvian Foreign Minister Ruben Salcaza said on Monday."
    found = said(reading_of(text), "strait must stay open")
    assert (found.speaker.name, found.speaker.role) == ("Ruben Salcaza", "Peruvian Foreign Minister")
    assert found.form is Form.DIRECT
    assert found.act == "demand"


def test_a_colon_introduces_the_quote_of_the_next_paragraph(reading_of) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Political scientist Tomas Weyler said that the two governments had stopped talking:\n\n"
        "“Nobody in either capital wants to be the first to call. That is how small quarrels grow.”"
    )
    assert said(reading_of(text), "small quarrels grow").speaker.name == "Tomas Weyler"


def test_one_man_is_one_speaker_however_he_is_named(reading_of) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Kenyan analyst Joram Tilva said that Tanzania had broken the fishing agreement.\n\n"
        "According to Tilva, the patrols began in spring.\n\n"
        "The analyst noted that both sides had gained from the old rules.\n\n"
        "He added that the lake would not wait for the lawyers."
    )
    reading = reading_of(text)
    speakers = {said(reading, w).speaker.actor for w in ("broken the fishing", "patrols began", "old rules", "lawyers")}
    assert len(speakers) == 1
    actor = next(a for a in reading.actors if a.id in speakers)
    assert (actor.name, actor.country) == ("Joram Tilva", "KEN")


def test_who_was_told_stands_in_the_chain(reading_of) -> None:  # type: ignore[no-untyped-def]
    text = "Deputy minister Oda Brekkan told Reuters that the talks had been postponed."
    found = said(reading_of(text, outlet="Fjord Daily"), "talks had been postponed")
    assert names(found) == ["Oda Brekkan", "Reuters", "Fjord Daily"]


def test_a_speaker_inside_a_speaker_is_reported_through_him(reading_of) -> None:  # type: ignore[no-untyped-def]
    text = (
        "“Yesterday the Bolivian envoy Marta Quispal said that her country would close the pass,” "
        "observer Iván Rojeda told the audience."
    )
    found = said(reading_of(text), "her country would close the pass")
    assert names(found)[:2] == ["Marta Quispal", "Iván Rojeda"]


def test_a_quotation_over_four_paragraphs_is_one_mans(reading_of) -> None:  # type: ignore[no-untyped-def]
    text = (
        "According to the expert Lale Ormanci, three things have changed:\n\n"
        "“First, the pipeline is finished.\n\n"
        "Second, the old guarantees have lapsed.\n\n"
        "Third, nobody trusts the inspectors any more”."
    )
    reading = reading_of(text)
    for words in ("pipeline is finished", "guarantees have lapsed", "nobody trusts"):
        assert said(reading, words).speaker.name == "Lale Ormanci"


def test_an_agency_that_quotes_is_a_relayer_and_not_the_speaker(reading_of) -> None:  # type: ignore[no-untyped-def]
    text = "“We have nothing to hide,” the Interfax news agency quoted government spokesman Pavel Druzin as saying."
    found = said(reading_of(text), "nothing to hide")
    assert found.speaker.name == "Pavel Druzin"
    assert any("Interfax" in (name or "") for name in names(found)[1:])


def test_the_writer_of_commentary_speaks_in_his_own_voice(reading_of) -> None:  # type: ignore[no-untyped-def]
    text = (
        "I have heard this song before. Our neighbours say they want peace, and then they close the road.\n\n"
        "We should not be surprised. You will tell me that trade comes first; I do not believe it.\n\n"
        "The road must be opened, and our government must say so."
    )
    reading = reading_of(text, author="Nils Ravnborg", outlet="Coast Letter")
    found = said(reading, "The road must be opened")
    assert (found.form, found.act, found.speaker.name) == (Form.OWN, "demand", "Nils Ravnborg")
    assert names(found) == ["Nils Ravnborg", "Coast Letter"]


def test_a_wire_report_without_quotes_has_no_statement(reading_of) -> None:  # type: ignore[no-untyped-def]
    text = "Customs officers of both countries met on Tuesday at the border post. The meeting lasted two hours."
    assert reading_of(text).statements == ()


def test_a_quote_without_a_speaker_has_none(reading_of) -> None:  # type: ignore[no-untyped-def]
    found = said(
        reading_of("“There will be no second meeting this year, and nobody should expect one.”"), "second meeting"
    )
    assert found.speaker.actor is None
    assert found.speaker.name is None


def test_a_condition_with_two_requirements_gives_two_demands_tied_to_it(reading_of) -> None:  # type: ignore[no-untyped-def]
    text = (
        "Relations with Peru can only be normalized if those involved are punished and compensation is paid, "
        "Bolivian analyst Rocío Mamanta said on Monday."
    )
    reading = reading_of(text)
    (whole,) = [s for s in reading.statements if s.act == "condition"]
    demands = [s for s in reading.statements if s.act == "demand"]
    assert [s.text for s in demands] == ["those involved are punished", "compensation is paid"]
    assert {s.condition for s in demands} == {whole.id}
    assert all(s.about[0].actor == "state:PER" for s in demands)
    assert {s.speaker.name for s in reading.statements} == {"Rocío Mamanta"}
