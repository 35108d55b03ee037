"""The wording of briefs is whole, and its pieces make plain English."""

import re
from pathlib import Path

import pytest

import dragoman.brief
from dragoman.brief.english import called, counted, is_many, listed, quoted, with_article
from dragoman.brief.naming import named, plain
from dragoman.brief.wording import TEMPLATES, deed, doing, say, templates, words
from dragoman.errors import OntologyError
from dragoman.model import Act, Actor, ActorType, Status
from dragoman.ontology.actors import find_names
from dragoman.ontology.plover import plover
from dragoman.ontology.table import parse_table, read_table

NAMES = {row.text("name") for row in read_table("brief_sentences.csv", TEMPLATES)}


def test_every_type_and_mode_has_words_with_a_recipient_and_without():
    for type in plover().types.values():
        for mode in (None, *type.modes):
            assert deed(type.name, mode, True).did.count("{whom}") == 1
            assert "{" not in deed(type.name, mode, False).does


def test_a_mode_that_is_not_known_is_left_out():
    assert deed("AID", "of long ago", True) == deed("AID", None, True)


def test_every_act_status_and_quad_has_words():
    assert all(doing(act) for act in Act)
    assert {status.value for status in Status} <= NAMES
    assert set(words().quads) == set(plover().quads)


def test_every_template_that_is_used_is_there_and_none_is_there_for_nothing():
    code = "".join(file.read_text("utf-8") for file in Path(dragoman.brief.__file__).parent.glob("*.py"))
    used = set(re.findall(r'(?:say|none)\(\s*["\'](\w+)["\']', code))
    assert used <= NAMES
    starts = tuple(re.findall(r'f"(\w+_)\{', code))
    idle = [name for name in NAMES if not re.search(rf"[\"\']{name}[\"\']", code) and not name.startswith(starts)]
    assert set(idle) <= {status.value for status in Status}


def test_a_template_whose_fields_are_not_given_is_refused():
    with pytest.raises(KeyError):
        say("happened", who="Norway")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("x,a,{a} and {b}", "line 2: the fields in the text are a, b"),
        ("x,a|b,{a}", "line 2: the fields in the text are a"),
        ("x,,", "line 2: text is empty"),
        ("x,,y\nx,,y", "line 3: x is there twice"),
    ],
)
def test_a_data_file_that_breaks_its_schema_is_refused(row, problem):
    with pytest.raises(OntologyError, match=re.escape(problem)):
        templates(parse_table("x.csv", f"name,fields,text\n{row}\n", TEMPLATES))


def test_lists_and_numbers():
    assert [listed("ABCDEF"[:n]) for n in (1, 2, 3, 4, 5)] == [
        *("A", "A and B", "A, B and C", "A, B, C and D", "A, B, C and others"),
    ]
    assert [counted(n, "event") for n in (0, 1, 2, 1200)] == ["no events", "one event", "two events", "1,200 events"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("we will see", "“we will see”"),
        ("“We will see,”", "“We will see”"),
        ("they call “aid” so", "“they call ‘aid’ so”"),
        ("one\n\ntwo  three", "“one two three”"),
        ("one two three four, five six", "“one two three four…”"),
        ("our envoy,” she said", "“our envoy, she said”"),
        ("", "“”"),
    ],
)
def test_a_quotation_has_whole_words_between_one_pair_of_marks(text, said):
    assert quoted(text, 4) == said


def test_a_text_without_blanks_is_cut_too():
    assert len(quoted("界" * 5000)) < 300


@pytest.mark.parametrize(
    ("name", "type", "said"),
    [
        ("Chile", ActorType.STATE, "Chile"),
        ("United States", ActorType.STATE, "the United States"),
        ("Senate", ActorType.ORGANISATION, "the Senate"),
        ("Ministry of Foreign Affairs", ActorType.ORGANISATION, "the Ministry of Foreign Affairs"),
        ("The Senate", ActorType.ORGANISATION, "The Senate"),
        ("Norway's Senate", ActorType.ORGANISATION, "Norway's Senate"),
        ("Norwegian naval attaché", ActorType.PERSON, "the Norwegian naval attaché"),
        ("Two members of the council", ActorType.GROUP, "two members of the council"),
        ("Norwegian officials", ActorType.GROUP, "Norwegian officials"),
        ("Signe House", ActorType.PERSON, "Signe House"),
        ("Harbour “Post”", ActorType.OUTLET, "Harbour ‘Post’"),
    ],
)
def test_names_have_their_article(name, type, said):
    assert with_article(Actor("x", name, type), name) == said


def test_only_people_are_many():
    assert is_many(None, "Two members of the council")
    assert is_many(Actor("x", "Rebels", ActorType.GROUP), "Rebels")
    assert not is_many(Actor("x", "United States", ActorType.STATE), "United States")
    assert not is_many(Actor("x", "Honduras", ActorType.STATE), "Honduras")


def test_what_a_sentence_names():
    found = named(
        "On 5 March 2032, as Ada Quill’s “Post … herald” wrote, two reports told of nine barges, 1,200 men and 3.5%."
    )
    assert found.quotes == (("post", "herald"),)
    assert found.dates == ("2032-03-05",)
    assert found.numbers == (1200, 3.5, 9)
    assert found.counts == (2,)
    assert (found.names, found.begins) == (("Ada", "Quill"), ("On",))


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("May 5, 2032", ("2032-05-05",)),
        ("5th May", ("XXXX-05-05",)),
        ("May 2032", ("2032-05",)),
        ("spring 2032", ("2032-21",)),
        ("the 2030s", ("203X",)),
        ("2032-05", ("2032-05",)),
        ("in 2032.", ("2032",)),
        ("it may take 20 years", ()),
        ("1.2032 or 12,032", ()),
    ],
)
def test_dates_are_found_as_people_write_them(text, dates):
    assert named(text).dates == dates


def test_quotations_are_compared_without_marks_and_case():
    assert plain("“We  ‘will’\nsee”") == plain("we will see")
    assert called('the "Post"') == "the ’Post’"


def test_the_wording_names_nobody():
    for file, columns in (
        ("brief_sentences.csv", TEMPLATES),
        ("brief_events.csv", ("type", "mode", "toward", "alone")),
    ):
        for row in read_table(file, columns):
            assert find_names(re.findall(r"\w+", " ".join(list(row.cells.values())[2:]))) == []
