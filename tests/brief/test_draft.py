"""A draft tells what is reported, by whom and how surely, and takes no side."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.brief.pages import CHILE, ENVOY, MINISTER, NORWAY, PERU, keep, page, quarrel, rare, said, saying, texts, told

from dragoman.brief import check, draft
from dragoman.errors import SettingsError
from dragoman.model import Act, Status
from dragoman.record import Project


def test_an_event_is_told_with_its_sources_its_date_and_its_words(brief):
    sentence = saying(brief, "expulsion directed at Norway on 5 May 2031", "according to The Tarn Herald")
    assert sentence.text.startswith("Chile is reported to have carried out an expulsion")
    assert "“Chile expelled two diplomats of Norway on 5 May 2031”" in sentence.text
    (evidence,) = sentence.evidence
    assert (evidence.kind, evidence.outlet, evidence.published) == ("event", "The Tarn Herald", "2031-05-06")
    assert evidence.text == "Chile expelled two diplomats of Norway on 5 May 2031."


def test_words_that_are_too_few_are_cited_up_to_the_end_of_their_sentence(project):
    text = f"Norway accused Chile of cutting the nets, and left. Chile said nothing.\n\n{rare('a')}"
    keep(project, page(text, [told("Norway accused Chile", NORWAY, CHILE, "ACCUSE")]))
    sentence = saying(draft(project, "NOR", "CHL"), "criticised or accused")
    assert sentence.text.endswith(": “Norway accused Chile of cutting the nets, and left”.")
    assert sentence.evidence[0].text == text[: text.index(" Chile said")]


def test_a_period_is_as_short_as_its_events_are_many(brief):
    assert brief.sections[0].title == "What happened from April 2031 to June 2031"
    assert brief.sections[0].sentences[0].text == (
        "From April 2031 to June 2031, two events are reported to have happened (all of conflict in deeds)"
        " and one is told as planned."
    )


def test_who_denies_an_event_is_no_source_of_it(brief):
    sentence = saying(brief, "Norway is reported to have taken property", "two independent sources")
    assert "(The Tarn Herald and Harbour Post)" in sentence.text
    assert "Told as denied, or as not having been, in Northern Mail." in sentence.text


def test_what_is_planned_is_not_told_as_done(brief):
    sentence = saying(brief, "reported as planned")
    assert "that Norway and Chile will hold talks in June 2031" in sentence.text


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.HYPOTHETICAL, "It is spoken of as possible, not as done, that Norway would give aid to Chile"),
        (Status.DENIED, "It is denied, or said not to be so, that Norway has given aid to Chile"),
        (Status.HAPPENED, "Norway is reported to have given aid to Chile"),
    ],
)
def test_the_status_of_an_event_is_said(project, status, words):
    clause = "Norway helped Chile"
    keep(project, page(f"{clause}.\n\n{rare('a')}", [told(clause, NORWAY, CHILE, "AID", None, status)]))
    assert any(text.startswith(words) for text in texts(draft(project, "NOR", "CHL")))


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2031-05-03", "on 3 May 2031"),
        ("2031-05", "in May 2031"),
        ("2031", "in 2031"),
        ("2031-05~", "in or about May 2031"),
        ("2031-22", "in summer 2031"),
        ("203X", "in the 2030s"),
        ("XXXX-05-03", "on 3 May of an unknown year"),
        ("2031-05-01/2031-05-03", "between 1 May 2031 and 3 May 2031"),
        ("../2031-05-03", "not after 3 May 2031"),
        (None, "published on 4 May 2031"),
    ],
)
def test_a_date_is_told_as_closely_as_it_is_known(project, date, words):
    clause = "Norway helped Chile"
    keep(project, page(f"{clause}.\n\n{rare('a')}", [told(clause, NORWAY, CHILE, "AID", date)]))
    assert words in saying(draft(project, "NOR", "CHL"), "given aid").text


def test_copies_count_as_one_source(project):
    clause = "Norway helped Chile on 3 May 2031"
    wire = [told(clause, NORWAY, CHILE, "AID")]
    text = f"{clause}.\n\n{rare('wire')}"
    keep(project, *(page(text, wire, source=f"{name}.txt", outlet=name) for name in ("Harbour Post", "Northern Mail")))
    assert (
        "according to one source (Harbour Post and Northern Mail)" in saying(draft(project, "NOR", "CHL"), "aid").text
    )


def test_reports_that_do_not_agree_on_who_it_was_are_told(project):
    pages = []
    for number, (who, outlet) in enumerate([(NORWAY, "A"), (PERU, "B"), (MINISTER, "C")]):
        clause = f"{who.name} helped Chile with ships, tents, nets and bread on 3 May 2031"
        event = told(clause, who, CHILE, "AID")
        pages.append(page(f"{clause}.\n\n{rare(number)}", [event], source=f"{number}.txt", outlet=outlet))
    brief = draft(keep(project, *pages), "NOR", "CHL")
    (event,) = (one for one in project.events() if one.differing)
    assert "actor" in {one.what for one in event.differing}
    text = saying(brief, "given aid").text
    assert text.startswith("Norway is reported to have given aid")
    assert "according to two independent sources (A and C)" in text
    assert text.endswith("The reports do not agree on who it was: Norway, Signe Øvrum (Norway) and Peru.")
    assert all(one.supported for one in check(project, brief))


def test_a_statement_is_somebodys(brief):
    sentence = saying(brief, "making a denial")
    assert sentence.text.startswith("On Chile, Signe Øvrum (Norway) is reported as making a denial")
    assert sentence.evidence[0].kind == "statement"
    assert sentence.evidence[0].chain == "Signe Øvrum, through Northern Mail"


def test_a_demand_has_its_condition_and_what_may_meet_it(project):
    want = "Chile must release the trawler"
    whole = f"if {want} there will be talks"
    deed = "Chile released the trawler on 1 June 2031"
    keep(
        project,
        page(
            f"{MINISTER.name} said: {whole}.\n\n{rare('a')}",
            (),
            [
                said(whole, MINISTER, Act.CONDITION, CHILE),
                said(want, MINISTER, Act.DEMAND, CHILE, condition=whole),
                said("there will be talks", MINISTER, Act.PROMISE, CHILE, condition=whole),
            ],
        ),
        page(
            f"{deed}.\n\n{rare('b')}",
            [told(deed, CHILE, NORWAY, "RETREAT", "2031-06-01", mode="release")],
            source="b.txt",
        ),
    )
    text = saying(draft(project, "NOR", "CHL"), "reported to want").text
    assert text.startswith("Signe Øvrum (Norway) is reported to want of Chile: “Chile must release the trawler”.")
    assert "It is part of a condition: “if Chile must release the trawler there will be talks”." in text
    assert "In return this is promised: “there will be talks”." in text
    assert "A later event may meet it, on 1 June 2031: “Chile released the trawler on 1 June 2031”." in text


def test_a_demand_that_nothing_meets_says_so(brief):
    assert "The record has no event that would meet it." in saying(brief, "reported to want").text


def test_both_sides_of_what_is_contested_are_told(brief):
    text = saying(brief, "It is contested whether").text
    assert "It is asserted by The Tarn Herald and Harbour Post" in text
    assert "It is denied by Signe Øvrum (Northern Mail)" in text
    assert "Chile has said nothing of it that was read." in text


def test_an_answer_is_told_with_the_words_that_say_so(brief):
    text = saying(brief, "in answer to this").text
    assert "(The Tarn Herald: “In retaliation”)" in text


def test_silence_is_not_taken_for_calm(project):
    found = texts(draft(keep(project, page(f"Nothing.\n\n{rare('a')}")), "NOR", "CHL"))
    assert "The record has no event between Norway and Chile in this time." in found
    assert found[-1].startswith("What was not read is not in this brief")


def test_a_gap_of_an_outlet_is_told(project):
    clause = "Norway helped Chile"
    days = ["2031-05-01", "2031-05-02", "2031-05-03", "2031-05-04", "2031-05-20"]
    keep(
        project,
        *(
            page(f"{clause}.\n\n{rare(day)}", [told(clause, NORWAY, CHILE, "AID", day)], source=day, published=day)
            for day in days
        ),
    )
    text = saying(draft(project, "NOR", "CHL"), "no sign of calm").text
    assert text == (
        "Nothing of The Tarn Herald was read between 5 May 2031 and 19 May 2031 (15 days), which is no sign of calm."
    )


def test_a_change_of_level_is_told(project):
    pages = []
    for month in range(1, 13):
        kinds = ("AID", "COOPERATE", "SUPPORT", "AGREE") if month < 7 else ("ACCUSE", "COERCE", "THREATEN", "SANCTION")
        for day, kind in enumerate(kinds, 1):
            date = f"2031-{month:02}-{day:02}"
            clause = f"Norway dealt with Chile ({date})"
            event = told(clause, NORWAY, CHILE, kind, date)
            pages.append(page(f"{clause}.\n\n{rare(date)}", [event], source=date, published=date))
    text = saying(draft(keep(project, *pages), "NOR", "CHL"), "are of conflict, against").text
    assert text.startswith("From July 2031 on, 100% of the events are of conflict, against 0% until then (")


def test_only_the_time_that_is_asked_for_is_told(project):
    brief = draft(keep(project, *quarrel()), "NOR", "CHL", "2031-06", "2031-06")
    assert brief.title == "Norway and Chile, June 2031"
    told_ = " ".join(texts(brief))
    assert "will hold talks" in told_
    assert "expulsion" not in told_


def test_a_brief_of_nobody_or_of_one_is_refused(project):
    keep(project, *quarrel())
    with pytest.raises(SettingsError, match="Atlantis"):
        draft(project, "NOR", "Atlantis")
    with pytest.raises(SettingsError, match="same actor"):
        draft(project, "NOR", "Norway")


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["AID", "ACCUSE", "COERCE", "CONSULT", "REQUEST", "RETREAT", "ASSAULT"]),
        st.sampled_from(["x", "y", "official of x", "official of y", "other"]),
        st.sampled_from([None, "x", "y", "official of y"]),
        st.sampled_from(Status),
        st.sampled_from([None, "2031-05-03", "2031", "XXXX-05-03", "203X", "2031-21", "2031-05-01/2031-05-03"]),
        st.sampled_from([None, "2031-05-04", "2031-07"]),
        st.sampled_from([None, "The Tarn Herald", "Harbour Post 24", "O'Brien's “Post”"]),
    ),
    max_size=12,
)
"""Events with type, actor, recipient, status, date, and when and by whom they are published."""


def made(rows, x=NORWAY, y=CHILE, official_of_x=MINISTER, official_of_y=ENVOY):
    """A page for each row."""
    who = {"x": x, "y": y, "official of x": official_of_x, "official of y": official_of_y, "other": PERU, None: None}
    for number, (type_, actor, recipient, status, date, published, outlet) in enumerate(rows):
        doer, target = who[actor], who[recipient if recipient != actor else None]
        clause = f"{doer.name} did something “number {number}” to {target.name if target else 'others'} on May 5"
        event = told(clause, doer, target, type_, date, status)
        text = f"{clause}.\n\n{rare(number)}"
        yield page(text, [event], source=f"{number}.txt", published=published, outlet=outlet)


@settings(max_examples=15, deadline=None)
@given(ROWS)
def test_every_sentence_of_a_draft_is_supported(tmp_path_factory, rows):
    with Project(tmp_path_factory.mktemp("some") / "project") as project:
        brief = draft(keep(project, *made(rows)), "NOR", "CHL")
        assert [one for one in check(project, brief) if not one.supported] == []


def swapped(folder, pages, pair):
    """What a draft of the pages says, with marks in the place of the pair's names."""
    with Project(folder) as project:
        brief = draft(keep(project, *pages), pair[0].id, pair[1].id)
    found = [brief.title, *(section.title for section in brief.sections), *texts(brief)]
    for place, actor in enumerate(pair):
        found = [text.replace(actor.name, f"<{place}>") for text in found]
    return found


BOTH = [(NORWAY, CHILE, MINISTER, ENVOY), (CHILE, NORWAY, ENVOY, MINISTER)]


def test_swapping_two_states_swaps_them_in_the_brief_and_changes_nothing_else(tmp_path):
    one, other = (swapped(tmp_path / str(n), quarrel(*pair), pair) for n, pair in enumerate(BOTH))
    assert one == other
    assert "<0>" in " ".join(one)


@settings(max_examples=15, deadline=None)
@given(ROWS)
def test_swapping_two_states_in_any_record_swaps_them_in_its_brief(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("swap")
    one, other = (swapped(folder / str(n), made(rows, *pair), pair) for n, pair in enumerate(BOTH))
    assert one == other
