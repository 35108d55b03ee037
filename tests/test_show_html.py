"""A reading in a notebook: statements and events are marked, and nothing of the page is run."""

from dragoman.model import (
    Act,
    Actor,
    ActorType,
    Block,
    ChainLink,
    Document,
    Event,
    EventReport,
    Form,
    Reading,
    Speaker,
    Statement,
    Status,
)
from dragoman.show_html import reading_html

TEXT = 'Menu\nNorway left. <script>alert("x")</script> "We left," said Halvard.\n'
NORWAY = Actor("state:NOR", "Norway", ActorType.STATE)


def reading() -> Reading:
    document = Document(
        TEXT, '<img src="x">', "Post & Mail", body=((5, len(TEXT)),), boilerplate=(Block(0, 4, "menu"),)
    )
    start = TEXT.index('"We left')
    link = ChainLink("p", 'Hal"vard', None)
    act = (Form.DIRECT, Act.ASSERT, None, Speaker("p", 'Hal"vard'), (link,))
    said = Statement("s", document.id, start, start + 10, TEXT[start : start + 10], *act)
    report = EventReport(document.id, 5, 16, TEXT[5:16])
    when = (Status.HAPPENED, None, None, None, (report,))
    left = Event("e", "RETREAT", None, (), 2, ("state:NOR",), (), *when)
    return Reading(document, "test", (NORWAY,), (), (said,), (left,), ("a <note>",))


def test_statements_and_events_are_marked_with_who_and_what():
    page = reading_html(reading())
    assert 'title="undated Norway: retreat, happened">Norway left</span>' in page
    assert 'title="Hal&quot;vard: assert">&quot;We left,&quot;</span>' in page
    assert 'title="menu">Menu</span>' in page


def test_what_comes_from_the_page_is_escaped():
    page = reading_html(reading())
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;note&gt;" in page
    assert "Post &amp; Mail" in page


def test_a_long_text_is_cut():
    document = Document("word " * 10_000, "long.txt", body=((0, 50_000),))
    assert "and 30,000 more characters" in reading_html(Reading(document, "test"))
