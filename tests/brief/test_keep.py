"""A brief survives JSON whole, and is kept in its project under a name."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.brief import Brief, Evidence, Figure, Section, Sentence, from_json, kept, load, save, to_json
from dragoman.errors import InputError, ProjectError, SettingsError

_TEXT = st.text(max_size=8)
_MAYBE = st.none() | _TEXT
_DATE = st.sampled_from([None, "2031", "2031-05-03~", "../2031", "XXXX-05-03"])
_EVIDENCE = st.builds(
    Evidence,
    kind=st.sampled_from(["statement", "event"]),
    row=_TEXT,
    document=_TEXT,
    start=st.integers(0, 9),
    end=st.integers(0, 9),
    text=_TEXT,
    chain=_TEXT,
    outlet=_MAYBE,
    title=_MAYBE,
    author=_MAYBE,
    published=_DATE,
    source=_TEXT,
    language=_MAYBE,
    told=_TEXT,
)
_FIGURE = st.builds(
    Figure,
    what=_TEXT,
    value=st.integers(0, 9) | st.floats(allow_nan=False, allow_infinity=False),
    when=_DATE,
    rows=st.lists(_TEXT, max_size=2).map(tuple),
)
_SENTENCE = st.builds(
    Sentence,
    text=_TEXT,
    evidence=st.lists(_EVIDENCE, max_size=2).map(tuple),
    figures=st.lists(_FIGURE, max_size=2).map(tuple),
)
_SECTION = st.builds(Section, title=_TEXT, sentences=st.lists(_SENTENCE, max_size=2).map(tuple))
BRIEFS = st.builds(
    Brief, title=_TEXT, a=_TEXT, b=_TEXT, since=_DATE, until=_DATE, sections=st.lists(_SECTION, max_size=2).map(tuple)
)


@settings(deadline=None)
@given(BRIEFS)
def test_every_brief_comes_back_from_json_as_it_was(brief):
    assert from_json(to_json(brief)) == brief


def test_json_says_what_it_is(brief):
    data = json.loads(to_json(brief))
    assert (data["kind"], data["format_version"], data["a"]) == ("brief", 1, "state:NOR")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "event"}, "another kind"),
        ({"format_version": 2}, "of format 2, not 1"),
        ({"title": None}, "the brief: title is not of the type str"),
        ({"since": "last week"}, "since is no EDTF date"),
        ({"sections": [{"title": "x", "sentences": [{"text": 1}]}]}, r"sections\[0\], sentences\[0\]: text is not"),
        ({"sections": "none"}, "sections is not of the type list"),
    ],
)
def test_what_is_no_brief_is_refused_with_the_place(brief, change, message):
    with pytest.raises(InputError, match=message):
        from_json(json.dumps({**json.loads(to_json(brief)), **change}))


@pytest.mark.parametrize("text", ["", "[]", "nothing", "[" * 100_000])
def test_what_is_no_object_is_refused(text):
    with pytest.raises(InputError):
        from_json(text)


def test_a_brief_is_kept_and_edited(project, brief):
    file = save(project, "The letters", brief)
    assert file == project.path / "briefs" / "The letters.json"
    edited = replace(brief, title="The letters of May")
    save(project, "The letters", edited)
    assert load(project, "The letters") == edited
    assert kept(project) == ["The letters"]
    assert [one.name for one in file.parent.iterdir()] == ["The letters.json"]


def test_a_new_brief_replaces_none(project, brief):
    save(project, "letters", brief)
    with pytest.raises(ProjectError, match="is there already"):
        save(project, "letters", replace(brief, title="Other"), new=True)
    assert load(project, "letters") == brief
    assert kept(project) == ["letters"]


@pytest.mark.parametrize("name", ["", "../letters", "a/b", ".hidden", "x" * 81, "a\0b", "con\nsole"])
def test_a_name_that_is_a_way_out_of_the_folder_is_refused(project, brief, name):
    with pytest.raises(SettingsError, match="no name for a brief"):
        save(project, name, brief)


def test_a_brief_that_is_not_there_or_damaged_is_told(project, brief):
    with pytest.raises(ProjectError, match="there is no brief 'letters'"):
        load(project, "letters")
    save(project, "letters", brief).write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match=r"letters\.json"):
        load(project, "letters")
