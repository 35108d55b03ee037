"""A vault of notes and a timeline show the words of pages, and nothing of them runs or breaks out."""

import io
import json
import re

import pytest
import samples
import yaml
from markdown_it import MarkdownIt
from samples import ORLEN

from dragoman.exchange import export
from dragoman.exchange.plain import slug
from dragoman.model import Status

from .filling import fill, hostile, state, told

PERU, SPAIN = state("PER", "Peru"), state("ESP", "Spain")
DONE = Status.HAPPENED


def timeline(project):
    out = io.BytesIO()
    export(project, "timeline", out)
    return json.loads(out.getvalue())


@pytest.fixture
def vault(project, tmp_path):
    def written():
        export(project, "vault", tmp_path / "vault")
        return tmp_path / "vault"

    return written


def front(note):
    return yaml.safe_load(note.read_text("utf-8").split("---\n")[1])


def links(note):
    tokens = MarkdownIt().parse(note.read_text("utf-8").split("---\n", 2)[2])
    return [child.attrs["href"] for token in tokens for child in token.children or () if child.type == "link_open"]


def test_notes_are_linked_both_ways(project, vault):
    fill(project, samples.reading(title="A title"))
    folder = vault()
    (event,), (document,) = (folder / "events").iterdir(), (folder / "documents").iterdir()
    assert f"../documents/{document.name}" in links(event)
    assert f"../events/{event.name}" in links(document)
    assert {"../actors/state-XKA.md", "../actors/state-XBE.md"} <= set(links(event))
    assert f"../events/{event.name}" in links(folder / "actors" / "state-XKA.md")
    assert f"../documents/{document.name}" in links(folder / "actors" / "person-orlen.md")
    assert "format version 3" in (folder / "README.md").read_text("utf-8")


def test_every_link_leads_to_a_note(project, vault):
    fill(project, samples.reading(), told(("AID", None, (PERU,), (SPAIN,), "2031-05", Status.DENIED, None)))
    folder = vault()
    for note in folder.glob("*/*.md"):
        assert all((note.parent / link).resolve().is_file() for link in links(note))


def test_the_head_of_a_note_is_yaml(project, vault):
    fill(project, samples.reading(title="A title"))
    folder = vault()
    (event,) = (folder / "events").iterdir()
    assert front(event) == {
        "format_version": 3,
        "id": event.stem,
        "type": "COERCE",
        "status": "happened",
        "date": "2031-05-03",
        "quad": 4,
        "context": ["diplomatic"],
    }
    assert front(folder / "actors" / "person-orlen.md")["aliases"] == list(ORLEN.aliases)


def test_hostile_words_make_no_markup_and_no_link(project, vault):
    import script

    vectors = (*script.VECTORS[::5], "](http://evil.example)", "[[evil]]", "---\nid: x", "# x", "```\n", "![](x)")
    hostile(project, vectors)
    folder = vault()
    for note in folder.glob("*/*.md"):
        head = front(note)
        assert head["format_version"] == 3
        text = note.read_text("utf-8").split("---\n", 2)[2]
        html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
        assert not re.search(r"<(?!/?(h1|p|a|ul|li|blockquote|br)\b)[a-z!/]", html)
        assert all(re.fullmatch(r"\.\./(actors|events|documents)/[A-Za-z0-9-]+\.md", link) for link in links(note))
        assert not re.search(r"(?<!\\)\[\[", text)


def test_names_of_notes_are_safe_and_differ():
    assert slug("state:AZE") == "state-AZE"
    ids = ["own:a b", "own:a/b", "own:../b", "a:b:c", "own:" + "x" * 200, "own:", "own:ä"]
    names = [slug(id) for id in ids]
    assert len({name.lower() for name in names}) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9-]{1,70}", name) for name in names)


def test_a_timeline_has_dates_as_full_as_they_are_known(project):
    dates = ("2031-05-03", "2031-05", "2031", "2031-21", "2031-05-01/2031-05-09", "2031-05-03~", "XXXX-05-03", None)
    fill(project, told(*(("AID", None, (PERU,), (SPAIN,), date, DONE, None) for date in dates)))
    found = timeline(project)
    assert found["format_version"] == 3
    slides = [(slide["start_date"], slide.get("end_date")) for slide in found["events"]]
    day = {"year": 2031, "month": 5, "day": 3}
    assert len(slides) == 6
    for expected in (
        (day, None),
        ({"year": 2031, "month": 5}, None),
        ({"year": 2031}, None),
        ({"year": 2031, "display_date": "2031-21"}, None),
        ({"year": 2031, "month": 5, "day": 1}, {"year": 2031, "month": 5, "day": 9}),
        ({**day, "display_date": "2031-05-03~"}, None),
    ):
        assert expected in slides


def test_a_timeline_says_what_did_not_happen_and_quotes_the_page(project):
    fill(project, told(("AID", None, (PERU,), (SPAIN,), "2031-05-03", Status.DENIED, None)))
    (slide,) = timeline(project)["events"]
    assert slide["text"]["headline"] == "Peru: aid → Spain [denied]"
    assert samples.CLAUSE in slide["text"]["text"]
    assert slide["group"] == "material cooperation"


def test_a_timeline_shows_hostile_words_as_words(project):
    import script

    hostile(project, script.VECTORS[::5])
    for slide in timeline(project)["events"]:
        html = slide["text"]["headline"] + slide["text"]["text"]
        assert not re.search(r"<(?!/?p>|br>)", html)
