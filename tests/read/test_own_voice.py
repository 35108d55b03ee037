"""Own voice in commentary, and none in plain reporting, in invented texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.encode import LanguageBase
from dragoman.model import Block, Document
from dragoman.read.index import Index
from dragoman.read.own_voice import Own, own_voice
from dragoman.read.quotes import quotations

OwnOf = Callable[..., list[Own]]

WITHOUT_I = (
    "Two ministries have now explained why the pier at Sarn fell into the sea, and neither explanation is honest.\n\n"
    "The government must publish the report of the divers. Nobody needs another commission.\n\n"
    "Who signed the contract? The harbour office signed it. It should say so, and it should pay for the cranes.\n\n"
    "Of course the fishermen will wait. They always do. But the sea will not."
)
REPORT = (
    "Peru closed the bridge at Ruun on Monday after two lorries collided.\n\n"
    "Police said that nobody was hurt. The minister of transport, Aldo Quesmi, visited the bridge on Tuesday.\n\n"
    "The bridge was built in 2004 and carries 900 lorries a day. It was closed twice last year.\n\n"
    "Bolivia has offered to send engineers. A commission will meet on Friday in La Paz.\n\n"
    "The two countries signed an agreement on bridges in 2019. It has never been ratified."
)


@pytest.fixture(scope="module")
def own_of(base: LanguageBase) -> OwnOf:
    def found(text: str, **fields: object) -> list[Own]:
        document = Document(text, "page.txt", body=((0, len(text)),), language="en", **fields)  # type: ignore[arg-type]
        analysis = base.analyze(text, document.body)
        index = Index(analysis)
        quoted = quotations(text, [index.span(paragraph) for paragraph in analysis.paragraphs])
        return own_voice(document, analysis, index, [(q.start, q.end) for q in quoted], quoted)

    return found


def test_commentary_needs_no_i(own_of: OwnOf) -> None:
    found = own_of(WITHOUT_I, author="Maren Tiltvik")
    assert found
    assert {own.name for own in found} == {"Maren Tiltvik"}
    assert any("must publish the report" in WITHOUT_I[own.start : own.end] for own in found)


def test_swapping_the_states_swaps_nothing_else(own_of: OwnOf) -> None:
    one = WITHOUT_I.replace("The government", "The Danish government")
    two = WITHOUT_I.replace("The government", "The Polish government")
    assert [(o.start, o.end) for o in own_of(one)] == [(o.start, o.end) for o in own_of(two)]


def test_plain_reporting_has_no_voice_of_its_own(own_of: OwnOf) -> None:
    assert own_of(REPORT, author="Maren Tiltvik") == []


@pytest.mark.parametrize(
    "headline", ["Read-out of the minister's call", "Press review: the pier", "As it happened: the pier", "Transcript"]
)
def test_what_calls_itself_a_report_is_none(own_of: OwnOf, headline: str) -> None:
    text = f"{headline}\n\n{WITHOUT_I}"
    assert own_of(text, parts=(Block(0, len(headline), "headline"),)) == []


def test_an_editorial_is_the_outlets_voice(own_of: OwnOf) -> None:
    headline = "Editorial: the divers know"
    text = f"{headline}\n\n{WITHOUT_I}"
    found = own_of(text, parts=(Block(0, len(headline), "headline"),), outlet="The Sarn Lantern")
    assert {own.name for own in found} == {"The Sarn Lantern"}


def test_a_name_with_a_date_above_the_text_signs_it(own_of: OwnOf) -> None:
    text = f"The pier has fallen\n\nMaren Tiltvik, 3 May 2031\n\n{WITHOUT_I}"
    body = ((text.index("Two ministries"), len(text)),)
    document = Document(text, "page.txt", body=body, language="en", parts=(Block(0, 19, "headline"),))
    found = own_of(text, parts=document.parts)
    assert {(own.name, text[slice(*own.mention)]) for own in found if own.mention} == {
        ("Maren Tiltvik", "Maren Tiltvik")
    }


def test_others_words_and_the_bare_past_are_not_the_authors(own_of: OwnOf) -> None:
    text = (
        "In April the envoy Sten Auvik travelled to Lima four times.\n\n"
        f"{WITHOUT_I}\n\nAccording to the harbour office, the pier was inspected in March."
    )
    voiced = " ".join(text[own.start : own.end] for own in own_of(text))
    assert "Sten Auvik travelled" not in voiced
    assert "inspected in March" not in voiced
    assert "must publish" in voiced


def test_an_appeal_in_one_paragraph_makes_no_commentary(own_of: OwnOf) -> None:
    appeal = "Dear reader, we need you. Without you we cannot go on. Give what you can, and we will stay on your side."
    assert own_of(f"{appeal}\n\n{REPORT}") == []
