"""What holds for every reading of any text."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dragoman.encode import LanguageBase
from dragoman.errors import InputError
from dragoman.gather import Source, document
from dragoman.model import Document, Reading
from dragoman.read import read

PIECES = st.sampled_from(
    [
        "“We will respond,” said Norway's foreign minister Kari Solbakk.",
        "According to him, the talks — ‘if any’ — failed. ",
        "Baku and Moscow signed an agreement on 5 March 2031.",
        "\r\n",
        "\n\n",
        "Most read\n1\nA scandal in the port\n",
        '"',
        "”",
        "She told Radio Tarn that Kenya had expelled 😀 two diplomats.",
        "Ankara’s envoy said: ",
        "\u2028",
        "é́ ",
        "…",
        "If they come, we close the gate.",
        "By Lena Harkov\n",
        "MOSCOW (Interfax) - ",
        "the U.S. ",
        "\t",
        "中文。",
        "\u200f",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=14).map("".join)


def check(reading: Reading) -> None:
    text = reading.document.text
    known = {actor.id for actor in reading.actors}
    for statement in reading.statements:
        assert text[statement.start : statement.end] == statement.text
        assert statement.text.strip()
        for link in statement.chain:
            assert link.actor is None or link.actor in known
            assert link.mention is None or text[slice(*link.mention)].strip()
        assert all(about.actor in known for about in statement.about)
        assert statement.cue is None or text[slice(*statement.cue)].strip()
    for event in reading.events:
        assert event.actor, "an event without an actor"
        assert {*event.actor, *event.recipient} <= known
        for report in event.reports:
            assert text[report.start : report.end] == report.text
            assert report.statement is None or report.statement in {s.id for s in reading.statements}
    for mention in reading.mentions:
        assert mention.actor in known
        assert text[mention.start : mention.end].strip()
    for block in (*reading.document.boilerplate,):
        for statement in reading.statements:
            assert statement.end <= block.start or block.end <= statement.start


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
@example(text="“" * 50 + "said" + "”" * 50)
def test_every_row_lies_in_the_text(base: LanguageBase, text: str) -> None:
    check(read(Document(text, "x.txt", body=((0, len(text)),), language="en"), base))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_every_row_of_a_gathered_page_lies_in_its_article(base: LanguageBase, text: str) -> None:
    with suppress(InputError):
        check(read(document(Source("x.txt", text)), base))


def test_the_same_document_gives_the_same_reading(base: LanguageBase) -> None:
    text = "Kenya's minister Asha Werru said that Tanzania had closed the border. “We regret it,” she added."
    page = Document(text, "x.txt", body=((0, len(text)),), language="en")
    assert read(page, base) == read(page, base)


def test_a_language_that_is_not_read_gives_no_rows_and_says_so(base: LanguageBase) -> None:
    text = "Le ministre a déclaré que la frontière resterait fermée."
    reading = read(Document(text, "x.txt", body=((0, len(text)),), language="fr"), base)
    assert reading.statements == reading.events == ()
    assert reading.notes == ("language 'fr' is not read yet",)


def test_ten_thousand_nested_quotes_are_read_in_linear_time(base: LanguageBase) -> None:
    text = "“‘" * 5000 + " The minister said no. " + "’”" * 5000
    check(read(Document(text, "x.txt", body=((0, len(text)),), language="en"), base))
