"""A sentence is supported where its rows stand and what it names stands in them; else it is told why not."""

from dataclasses import replace

import pytest
from tests.brief.pages import CHILE, NORWAY, keep, page, rare, saying, told

from dragoman.brief import Brief, Section, Sentence, check, cite, draft
from dragoman.errors import SettingsError
from dragoman.record import Reviewed


def reasons(project, brief, text, like):
    """Why `text` is unsupported with the evidence of the sentence `like`."""
    one = Brief(brief.title, brief.a, brief.b, None, None, (Section("", (replace(like, text=text),)),))
    (found,) = check(project, one)
    assert found.supported == (not found.reasons)
    return found.reasons


@pytest.fixture
def seizure(brief):
    return saying(brief, "Norway is reported to have taken property")


def test_a_draft_is_supported(project, brief):
    assert all(one.supported for one in check(project, brief))


def test_a_sentence_without_evidence_is_not(project, brief):
    assert reasons(project, brief, "Norway took a trawler.", Sentence("")) == ("it has no evidence",)


@pytest.mark.parametrize(
    "text",
    [
        "Norway took a trawler from Chile.",
        "It was Norway’s catch.",
        "In May 2031 Norway seized it: “seized a … of Chile”.",
        "On May 3, 2031, a trawler was seized by the Norwegians.",
        "Two independent sources tell of it.",
        "Harbour Post published it on 7 May.",
    ],
)
def test_an_edited_sentence_that_names_only_what_its_evidence_has_is_supported(project, brief, seizure, text):
    assert reasons(project, brief, text, seizure) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Norway took a trawler from Peru.", "“Peru” does not stand in its evidence"),
        ("Peru took a trawler.", "“Peru” does not stand in its evidence"),
        ("Signe Øvrum and Gro Lie took a trawler.", "“Gro” does not stand in its evidence"),
        ("Norway took it on 4 May 2031.", "the date 2031-05-04 does not stand in its evidence"),
        ("Norway took it in June 2031.", "the date 2031-06 does not stand in its evidence"),
        ("Norway took it in 2030.", "the date 2030 does not stand in its evidence"),
        ("Norway took three trawlers.", "the number 3 does not stand in its evidence"),
        ("Four independent sources tell of it.", "the number 4 does not stand in its evidence"),
        ("Norway took 12,000 trawlers.", "the number 12000 does not stand in its evidence"),
        ("Norway “stole a trawler of Chile”.", "“stole a trawler of chile” does not stand in its evidence"),
        ("Norway “of Chile … a trawler”.", "“of chile … a trawler” does not stand in its evidence"),
        ("Norway took “a trawler.", "a quotation mark has no other"),
    ],
)
def test_what_a_sentence_names_must_stand_in_its_evidence(project, brief, seizure, text, why):
    assert why in reasons(project, brief, text, seizure)


def test_the_first_word_of_a_sentence_is_no_name_unless_somebody_is_called_so(project, brief, seizure):
    assert reasons(project, brief, "Trawlers are taken by Norway.", seizure) == ()


def test_words_that_were_changed_are_told(project, brief, seizure):
    evidence = replace(seizure.evidence[0], text="Chile seized a trawler of Norway on 3 May 2031")
    found = reasons(project, brief, "Norway took it.", Sentence("", (evidence,)))
    assert found == (f"the words of {evidence.row} are not the same any more",)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"row": "event-0"}, "the record has no event event-0 any more, or a person rejected it"),
        ({"document": "doc-0"}, "the record has no document doc-0"),
        ({"start": 0}, "the words of"),
        ({"kind": "statement"}, "the words of"),
    ],
)
def test_evidence_that_the_record_does_not_have_is_told(project, brief, seizure, change, why):
    evidence = replace(saying(brief, "expulsion directed at Norway on", "according").evidence[0], **change)
    (found,) = reasons(project, brief, "Norway took it.", Sentence("", (evidence,)))[:1]
    assert found.startswith(why)


def test_a_row_that_a_person_rejected_supports_nothing_any_more(project, brief):
    row = saying(brief, "expulsion directed at Norway on", "according").evidence[0].row
    project.review(Reviewed("reject", row, "Ada"))
    unsupported = {
        brief.sections[one.section].sentences[one.sentence].text: one.reasons
        for one in check(project, brief)
        if not one.supported
    }
    (told_,) = (why for text, why in unsupported.items() if text.startswith("Chile is reported to have carried out"))
    assert told_ == (f"the record has no event {row} any more, or a person rejected it",)


def test_a_row_that_a_person_corrected_does_not_support_what_was_said_of_it_before(project, brief):
    old = saying(brief, "expulsion directed at Norway on", "according")
    project.review(Reviewed("status", old.evidence[0].row, "Ada", "denied"))
    (why,) = reasons(project, brief, old.text, old)
    assert why.endswith(
        "for something else: SANCTION expel denied: state:CHL -> state:NOR, and not SANCTION expel happened:"
        " state:CHL -> state:NOR"
    )


def test_figures_are_counted_anew(project, brief):
    clause = "Norway helped Chile on 9 May 2031"
    keep(project, page(f"{clause}.\n\n{rare('z')}", [told(clause, NORWAY, CHILE, "AID", "2031-05-09")], source="z.txt"))
    old = saying(brief, "two events are reported to have happened (")
    found = next(one for one in check(project, brief) if brief.sections[one.section].sentences[one.sentence] == old)
    assert "the record now gives another figure: happened 2031-Q2, 3 and not 2" in found.reasons
    assert all(one.supported for one in check(project, draft(project, "NOR", "CHL")))


def test_a_sentence_of_ones_own_gets_its_evidence_by_ids(project, brief):
    rows = [one.row for _, _, sentence in brief.sentences() for one in sentence.evidence]
    evidence = cite(project, rows)
    assert {one.row for one in evidence} == set(rows)
    assert all(one in evidence for one in saying(brief, "making a denial").evidence)
    assert reasons(project, brief, "Chile wants Norway to pay for the nets.", Sentence("", evidence)) == ()
    with pytest.raises(SettingsError, match="no statement or event event-0"):
        cite(project, ["event-0"])
