"""Who asserts, who denies, who is silent: an account is somebody's, and nothing says who is right."""

import tempfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analyze.test_network import BANKER, CHILE, ENVOY, MINISTER, NORWAY, PERU, keep, page, rare, said, told, twice
from tests.record import samples

from dragoman.analyze.accounts import accounts, rows
from dragoman.analyze.demands import demands
from dragoman.analyze.network import network
from dragoman.analyze.reactions import reactions
from dragoman.errors import SettingsError
from dragoman.model import Act, Actor, ActorType, ChainLink, Form, Status
from dragoman.record import Project


@pytest.fixture
def project(tmp_path):
    with Project(tmp_path / "project") as project:
        yield project


CLAUSE = "Norway seized the trawler Alma"
SEIZED = page(f"{CLAUSE} on 3 May. {rare('a')}", [told(CLAUSE, NORWAY, CHILE)], source="a.txt")
QUOTE = "Norway seized the trawler Alma at night"
ACCUSED = page(
    f"Inés Rojas said {QUOTE}. {rare('b')}",
    [told(QUOTE, NORWAY, CHILE, within=QUOTE)],
    [said(QUOTE, ENVOY, Act.ACCUSE, (NORWAY, -1))],
    source="b.txt",
    outlet="Fjord Post",
    published="2031-05-05",
)
DENIAL = page(
    f"Signe Øvrum said no one seized the trawler Alma. {rare('c')}",
    (),
    [said("no one seized the trawler Alma", MINISTER, Act.DENY, NORWAY)],
    source="c.txt",
    outlet="Fjord Post",
    published="2031-05-06",
)
OTHER = page(
    f"Norway and Chile met. {rare('d')}",
    [told("Norway and Chile met", (CHILE, NORWAY), None, "CONSULT", "2031-05-20")],
    source="d.txt",
    outlet="Andes Weekly",
    published="2031-05-21",
)


def held(result):
    return {(one.position, one.name) for one in result.accounts}


def of_the_seizure(project, *pages):
    keep(project, *pages)
    event = next(event for event in project.events() if event.type == "COERCE")
    return accounts(project, event)


def test_own_voice_is_the_outlets_and_words_are_the_speakers(project):
    assert held(of_the_seizure(project, SEIZED)) == {("asserts", "The Tarn Herald")}


def test_the_speaker_holds_what_is_told_in_his_words(project):
    found = of_the_seizure(project, ACCUSED)
    assert held(found) == {("asserts", "Inés Rojas")}
    (one,) = found.accounts
    assert (one.kind, one.party, one.outlets, one.first) == ("actor", "state:CHL", ("Fjord Post",), "2031-05-05")
    assert one.evidence[0].text == QUOTE


def test_a_denial_that_shares_its_words_contests_it(project):
    found = of_the_seizure(project, SEIZED, DENIAL)
    assert held(found) == {("asserts", "The Tarn Herald"), ("denies", "Signe Øvrum")}
    assert found.contested
    assert found.independent_sources == 2
    assert found.first == "2031-05-04"


@pytest.mark.parametrize(
    ("quote", "published"),
    [("nobody was hurt on the island", "2031-05-06"), ("no one seized the trawler Alma", "2031-04-01")],
)
def test_other_and_earlier_denials_do_not(project, quote, published):
    other = page(
        f"Signe Øvrum said {quote}. {rare('c')}",
        (),
        [said(quote, MINISTER, Act.DENY, NORWAY)],
        source="c.txt",
        published=published,
    )
    assert not of_the_seizure(project, SEIZED, other).contested


def test_one_agency_behind_two_outlets_is_one_source(project):
    passed_on = []
    for name, outlet in (("k", "Fjord Post"), ("l", "Andes Weekly")):
        one = page(
            f"Signe Øvrum said no one seized the trawler Alma. {rare(name)}",
            (),
            [said("no one seized the trawler Alma", MINISTER, Act.DENY, NORWAY)],
            source=f"{name}.txt",
            outlet=outlet,
            published="2031-05-06",
        )
        (words,) = one.statements
        chain = (words.chain[0], ChainLink("outlet:reuters", "Reuters"), words.chain[-1])
        agency = Actor("outlet:reuters", "Reuters", ActorType.OUTLET, "GBR", "JRN")
        told_by = (replace(words, chain=chain),)
        passed_on.append(replace(one, actors=(*one.actors, agency), statements=told_by))
    denials = [one for one in of_the_seizure(project, SEIZED, *passed_on).accounts if one.position == "denies"]
    assert [(one.texts, one.outlets, one.independent_sources) for one in denials] == [
        (2, ("Andes Weekly", "Fjord Post"), 1)
    ]


def test_a_report_that_denies_it_is_a_denial(project):
    clause = "Norway has not seized the trawler Alma"
    denied = page(
        f"{clause}, it is said. {rare('e')}",
        [told(clause, NORWAY, CHILE, status=Status.DENIED)],
        source="e.txt",
        outlet="Fjord Post",
    )
    keep(project, SEIZED, denied)
    for event in project.events():
        assert held(accounts(project, event)) == {("asserts", "The Tarn Herald"), ("denies", "Fjord Post")}


def test_who_rejects_the_accusation_denies_it(project):
    text = f"{CLAUSE} on 3 May. Norway rejected the accusation. {rare('f')}"
    rejected = told("Norway rejected the accusation", NORWAY, CHILE, "REJECT", None)
    found = of_the_seizure(project, page(text, [told(CLAUSE, NORWAY, CHILE), rejected]))
    assert held(found) == {("asserts", "The Tarn Herald"), ("denies", "Norway")}


def test_who_rejects_something_else_does_not_deny_it(project):
    text = f"{CLAUSE} on 3 May. Norway rejected the invitation. {rare('f')}"
    rejected = told("Norway rejected the invitation", NORWAY, CHILE, "REJECT", None)
    found = of_the_seizure(project, page(text, [told(CLAUSE, NORWAY, CHILE), rejected]))
    assert held(found) == {("asserts", "The Tarn Herald")}


def test_a_denial_of_the_same_deed_to_another_is_none_of_it(project):
    clause = "Norway has not seized the trawler Alma"
    denied = page(f"{clause}. {rare('e')}", [told(clause, NORWAY, PERU, status=Status.DENIED)], source="e.txt")
    keep(project, SEIZED, denied)
    found = accounts(project, SEIZED.events[0], events=[*SEIZED.events, *denied.events])
    assert held(found) == {("asserts", "The Tarn Herald")}


def test_a_plan_is_neither_asserted_nor_denied(project):
    planned = page(f"{CLAUSE} soon. {rare('g')}", [told(CLAUSE, NORWAY, CHILE, status=Status.PLANNED)])
    found = of_the_seizure(project, planned)
    assert [one.position for one in found.accounts] == ["expects"]
    assert not found.contested


def test_parties_and_outlets_that_cover_the_two_are_silent(project):
    found = of_the_seizure(project, SEIZED, DENIAL, OTHER)
    assert [(one.name, one.kind, one.texts) for one in found.silent] == [
        ("Chile", "party", 0),
        ("Andes Weekly", "outlet", 1),
    ]


def test_an_outlet_of_which_nothing_was_read_since_is_not_called_silent(project):
    early = page(
        f"Norway and Chile met. {rare('d')}",
        [told("Norway and Chile met", (CHILE, NORWAY), None, "CONSULT", "2031-04-20")],
        source="d.txt",
        outlet="Andes Weekly",
        published="2031-04-21",
    )
    assert {one.kind for one in of_the_seizure(project, SEIZED, early).silent} == {"party"}


def test_somebody_without_a_name_holds_it_as_nobody(project):
    nobody = page(f"{CLAUSE}. {rare('h')}", [told(CLAUSE, NORWAY, CHILE)], outlet=None)
    (one,) = of_the_seizure(project, nobody).accounts
    assert (one.holder, one.name, one.kind, one.outlets) == (None, None, "unknown", ())


def test_a_question_finds_events_and_statements_by_their_words(project):
    own = page(
        f"The trawler Alma was seized by nobody. {rare('i')}",
        (),
        [said("The trawler Alma was seized by nobody", BANKER, Act.DENY, PERU, form=Form.DIRECT)],
        source="i.txt",
    )
    keep(project, SEIZED, ACCUSED, own, OTHER)
    found = accounts(project, "seized trawler")
    assert held(found) == {
        ("asserts", "The Tarn Herald"),
        ("asserts", "Inés Rojas"),
        ("denies", "Pål Lunde"),
    }
    assert {event.type for event in found.events} == {"COERCE"}
    assert accounts(project, "volcano").accounts == ()


def test_an_event_that_is_not_there_is_told(project):
    with pytest.raises(SettingsError, match="no event"):
        accounts(project, "event-0000000000000000")


def test_an_event_can_be_given_by_its_id(project):
    keep(project, SEIZED)
    (event,) = project.events()
    assert accounts(project, event.id) == accounts(project, event)


def test_order_and_copies_change_nothing(tmp_path):
    pages, results = [SEIZED, ACCUSED, DENIAL, OTHER], []
    for number, some in enumerate((pages, pages[::-1], twice(pages), twice(pages)[::-1])):
        with Project(tmp_path / str(number)) as project:
            found = of_the_seizure(project, *some)
            about = [
                (one.position, one.holder, one.first, one.texts, one.outlets, one.independent_sources)
                for one in found.accounts
            ]
            results.append((about, found.silent, found.first, found.independent_sources, found.outlets))
    assert all(result == results[0] for result in results)


def test_rows_have_the_same_columns(project):
    found = list(rows(of_the_seizure(project, SEIZED, DENIAL, OTHER)))
    assert {row["position"] for row in found} == {"asserts", "denies", "silent"}
    assert len({tuple(row) for row in found}) == 1


@settings(max_examples=25, deadline=None)
@given(st.lists(samples.strange_readings(), max_size=3, unique_by=lambda reading: reading.document.id))
def test_whatever_was_read_has_accounts_whose_words_stand_in_the_text(readings):
    with tempfile.TemporaryDirectory() as folder, Project(folder) as project:
        keep(project, *readings)
        for event in project.events():
            found = accounts(project, event)
            assert found.accounts
            for one in (words for account in found.accounts for words in account.evidence):
                assert project.document(one.document).text[one.start : one.end] == one.text
            assert len(list(rows(found))) == len(found.accounts) + len(found.silent)
        assert sum(len(demand.statements) for demand in demands(project)) == sum(
            statement.act is Act.DEMAND for statement in project.statements()
        )
        for reaction in reactions(project):
            for one in reaction.wordings:
                assert project.document(one.document).text[one.start : one.end] == one.text
        network(project)
        network(project, by="actor", kind="statements")
