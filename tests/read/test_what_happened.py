"""Events of hand-made trees: who did what to whom, read clause by clause."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from parse import COUNTRIES, PEOPLE, Names, parse, trees

from dragoman.encode import Analysis, Token
from dragoman.model import About, Act, ChainLink, Document, Event, Form, Speaker, Statement, Status
from dragoman.read.what_happened import THRESHOLD, events
from dragoman.read.when import DateMention

NORLAND, SARVIA, DORR, KESH = "state:NOR", "state:SAR", "person-dorr", "person-kesh"


def read(*sentences: str, dates: Sequence[DateMention] = (), said: Sequence[Statement] = ()) -> tuple[Event, ...]:
    analysis = parse(*sentences)
    return events(Document(analysis.text, "trees.txt"), analysis, Names(analysis), dates, said)


def only(*sentences: str) -> Event:
    (event,) = read(*sentences)
    return event


def date(text: str, words: str, value: str) -> DateMention:
    start = text.index(words)
    return DateMention(start, start + len(words), value, "text")


def statement(
    text: str,
    content: str,
    cue: str | None,
    speaker: str,
    act: Act = Act.ASSERT,
    form: Form = Form.INDIRECT,
    about: tuple[About, ...] = (),
) -> Statement:
    start = text.index(content)
    at = (text.index(cue), text.index(cue) + len(cue)) if cue else None
    chain = (ChainLink(speaker, speaker), ChainLink("outlet:post", "The Invented Post"))
    who = Speaker(speaker, speaker)
    return Statement("statement-1", "doc", start, start + len(content), content, form, act, at, who, chain, about)


@pytest.mark.parametrize(
    ("sentence", "type_", "mode", "actor", "recipient"),
    [
        ("Norland accused Sarvia of shelling a border village.", "ACCUSE", "allege", [NORLAND], [SARVIA]),
        ("Norland urged Sarvia to release the prisoners.", "REQUEST", "yield", [NORLAND], [SARVIA]),
        ("Norland demanded that Sarvia withdraw its troops.", "REQUEST", "yield", [NORLAND], [SARVIA]),
        ("Norland threatened to attack Sarvia.", "THREATEN", "violence", [NORLAND], [SARVIA]),
        ("Norland refused to withdraw its troops from Sarvia.", "REJECT", "yield", [NORLAND], [SARVIA]),
        ("Norland agreed to lift sanctions on Sarvia.", "AGREE", None, [NORLAND], [SARVIA]),
        ("Norland cancelled talks with Sarvia.", "REJECT", "meet", [NORLAND], [SARVIA]),
        ("Norland called off its visit to Sarvia.", "REJECT", "meet", [NORLAND], [SARVIA]),
        ("Norland stopped bombing Sarvia.", "RETREAT", "ceasefire", [NORLAND], [SARVIA]),
        ("Norland held joint exercises with Sarvia.", "COOPERATE", None, [NORLAND], [SARVIA]),
        ("Norland held military exercises near the border.", "MOBILIZE", "troops", [NORLAND], []),
        ("Norland expelled two Sarvian diplomats.", "SANCTION", "expel", [NORLAND], [SARVIA]),
        ("Norland expelled Kesh.", "COERCE", "deport", [NORLAND], [KESH]),
        ("Norland sent aid to Sarvia on March 3.", "AID", None, [NORLAND], [SARVIA]),
        ("Norland reportedly shelled Sarvian villages.", "ASSAULT", "heavy-weapons", [NORLAND], [SARVIA]),
        ("Norland launched a raid on Sarvia on May 2, 2031.", "ASSAULT", None, [NORLAND], [SARVIA]),
        ("The raid by Norland on Sarvian offices angered traders.", "COERCE", "restrict", [NORLAND], [SARVIA]),
        ("The visit of Dorr to Sarvia ended.", "CONSULT", "visit", [DORR], [SARVIA]),
    ],
)  # fmt: skip
def test_a_clause_tells_who_did_what_to_whom(
    sentence: str, type_: str, mode: str | None, actor: list[str], recipient: list[str]
) -> None:
    event = only(sentence)
    assert (event.type, event.mode, list(event.actor), list(event.recipient)) == (type_, mode, actor, recipient)


def test_a_passive_names_its_actor_after_by() -> None:
    event = only("Kesh was arrested by Norland.")
    assert (event.type, event.actor, event.recipient) == ("COERCE", (NORLAND,), (KESH,))


@pytest.mark.parametrize("sentence", ["Kesh was arrested in Hesk.", "Several citizens were arrested."])
def test_there_is_no_event_without_an_actor(sentence: str) -> None:
    assert read(sentence) == ()


def test_a_fight_against_somebody_is_no_event_of_that_side_alone() -> None:
    assert read("The rebels fought against Sarvia.") == ()


def test_aid_needs_somebody_who_gets_it() -> None:
    assert read("Norland sent aid.") == ()


TWO_PARTIES = (
    "Norland accused Sarvia of shelling a border village.",
    "Norland urged Sarvia to release the prisoners.",
)
"""Enough mentions of two states to make them a text's parties."""


def test_what_is_done_to_nobody_named_is_done_to_the_other_of_two_parties() -> None:
    *_, recall = read(*TWO_PARTIES, "Norland recalled its ambassador.")
    assert (recall.type, recall.mode, recall.actor, recall.recipient) == ("SANCTION", "withdraw", (NORLAND,), (SARVIA,))
    assert recall.reports[0].confidence < 0.7


def test_there_is_no_other_party_where_hardly_anybody_is_named_or_three_are() -> None:
    assert read("Norland recalled its ambassador.") == ()
    third = ("Norland praised Sarvia and Vesk for the ceasefire.",) * 8
    assert all(event.mode != "withdraw" for event in read(*TWO_PARTIES, *third, "Norland recalled its ambassador."))


def test_whom_a_state_arrests_at_home_is_not_taken_for_the_other_party() -> None:
    *_, arrest = read(*TWO_PARTIES, "Norland arrested two journalists.")
    assert (arrest.mode, arrest.recipient) == ("arrest", ())


@pytest.mark.parametrize(
    ("sentence", "type_", "mode"),
    [
        ("Norland closed two harbours to Sarvian boats.", "SANCTION", "discontinue"),
        ("Norland stopped forty Sarvian milk trucks.", "COERCE", "restrict"),
    ],
)
def test_an_adjective_tells_whose_goods_are_stopped(sentence: str, type_: str, mode: str) -> None:
    event = only(sentence)
    assert (event.type, event.mode, event.actor, event.recipient) == (type_, mode, (NORLAND,), (SARVIA,))


def test_both_countries_are_the_two_that_the_text_names() -> None:
    *_, talks = read(*TWO_PARTIES, "Both countries held talks.")
    assert (talks.type, set(talks.actor)) == ("CONSULT", {NORLAND, SARVIA})
    assert read("Both countries held talks.") == ()


def test_it_is_the_state_that_acted_last() -> None:
    *_, expulsion = read(*TWO_PARTIES, "It expelled two diplomats.")
    assert (expulsion.mode, expulsion.actor, expulsion.recipient) == ("expel", (NORLAND,), (SARVIA,))


def test_we_is_who_speaks_for_a_state() -> None:
    text = "We opened the border."
    (opening,) = read(text, said=[statement(text, text, None, NORLAND)])
    assert (opening.mode, opening.actor) == ("access", (NORLAND,))
    assert read(text, said=[statement(text, text, None, DORR)]) == ()


def test_what_a_state_says_that_another_should_do_is_its_demand() -> None:
    text = "Sarvia should withdraw its troops first."
    said = statement(text, text, None, NORLAND, Act.DEMAND, Form.DIRECT)
    (demand,) = read(text, said=[said])
    assert (demand.type, demand.mode, demand.actor, demand.recipient) == ("REQUEST", "yield", (NORLAND,), (SARVIA,))
    assert (demand.reports[0].statement, demand.reports[0].chain) == (said.id, said.chain[1:])


def test_what_a_state_blames_another_for_is_its_accusation() -> None:
    text = "Sarvia has broken its word."
    about = (About(SARVIA, -1),)
    (charge,) = read(text, said=[statement(text, text, None, NORLAND, Act.ACCUSE, Form.DIRECT, about)])
    assert (charge.type, charge.mode, charge.actor, charge.recipient) == ("ACCUSE", "allege", (NORLAND,), (SARVIA,))


def test_nobody_does_anything_to_a_state_by_a_commentary() -> None:
    for text, act in (
        ("Sarvia should withdraw its troops first.", Act.DEMAND),
        ("Sarvia has broken its word.", Act.ACCUSE),
    ):
        for speaker, form in ((DORR, Form.DIRECT), (NORLAND, Form.OWN)):
            said = statement(text, text, None, speaker, act, form, (About(SARVIA, -1),))
            assert all(event.type not in ("REQUEST", "ACCUSE") for event in read(text, said=[said]))


def test_a_command_is_no_event() -> None:
    assert all(event.type != "RETREAT" for event in read(*TWO_PARTIES, "Let Sarvia attack."))


def test_all_who_meet_are_actors() -> None:
    event = only("Norland and Sarvia held talks in Hesk on Tuesday.")
    assert (event.type, event.actor, event.recipient) == ("CONSULT", (NORLAND, SARVIA), ())


def test_a_person_and_its_apposition_are_one_side() -> None:
    assert only("Dorr, the foreign minister of Norland, met Kesh in Hesk.").actor == (DORR, KESH)


def test_compound_recipients_stay_together() -> None:
    event, *_ = read("Norland praised Sarvia and Vesk for the ceasefire.")
    assert (event.type, event.recipient) == ("SUPPORT", (SARVIA, "state:VES"))


def test_a_visit_on_the_side_belongs_to_the_subject() -> None:
    visit, thanks = read("During a visit to Sarvia, Dorr thanked Kesh.")
    assert (visit.type, visit.mode, visit.actor, visit.recipient) == ("CONSULT", "visit", (DORR,), (SARVIA,))
    assert (thanks.type, thanks.actor, thanks.recipient) == ("SUPPORT", (DORR,), (KESH,))


def test_two_clauses_are_two_events_with_the_words_of_each() -> None:
    arrest, deportation = read("Norland arrested Kesh and deported Dorr.")
    assert (arrest.mode, arrest.recipient, arrest.reports[0].text) == ("arrest", (KESH,), "Norland arrested Kesh")
    assert (deportation.mode, deportation.actor, deportation.reports[0].text) == ("deport", (NORLAND,), "deported Dorr")


def test_a_relative_clause_has_its_antecedent_as_subject() -> None:
    criticised, detained = read("Kesh, who criticised Norland, was detained by Sarvia.")
    assert (detained.actor, detained.recipient) == ((SARVIA,), (KESH,))
    assert (criticised.type, criticised.actor, criticised.recipient) == ("ACCUSE", (KESH,), (NORLAND,))


def test_a_demonym_acts_and_a_capital_leads_to_its_state() -> None:
    event = only("Norlandish strikes on Tolm continued.")
    assert (event.type, event.actor, event.recipient) == ("ASSAULT", (NORLAND,), (SARVIA,))


def test_the_topic_of_a_protest_is_no_second_event() -> None:
    event = only("Norland's teachers rallied against Sarvia to demand talks.")
    assert (event.type, event.mode, event.actor, event.recipient) == ("PROTEST", "demo", (NORLAND,), (SARVIA,))


def test_force_moved_for_an_attack_is_part_of_the_attack() -> None:
    assert [event.type for event in read("Norland deployed troops and attacked Sarvia.")] == ["ASSAULT"]


def test_an_anniversary_is_no_event() -> None:
    assert read("May 4 is the anniversary of the invasion of Sarvia by Norland.") == ()


def test_what_is_planned_in_friendship_is_an_agreement() -> None:
    for sentence in ("Dorr will visit Sarvia on June 23.", "Dorr is expected to visit Sarvia on June 23."):
        event = only(sentence)
        assert (event.type, event.mode, event.status) == ("AGREE", None, Status.PLANNED)
        assert (event.actor, event.recipient) == ((DORR,), (SARVIA,))


def test_a_date_without_a_year_stays_without_one() -> None:
    sentence = "Dorr is expected to visit Sarvia on June 23."
    (event,) = read(sentence, dates=[date(sentence, "June 23", "XXXX-06-23")])
    assert (event.date, event.date_basis) == ("XXXX-06-23", "text")


def test_the_day_of_an_event_makes_its_id_whatever_the_words() -> None:
    sentence = "Norland launched a raid on Sarvia on May 2, 2031."
    (dated,) = read(sentence, dates=[date(sentence, "May 2, 2031", "2031-05-02")])
    (undated,) = read(sentence)
    before = "Several citizens were arrested."
    (again,) = read(before, sentence, dates=[date(f"{before} {sentence}", "May 2, 2031", "2031-05-02")])
    assert dated.date == "2031-05-02"
    assert dated.id == again.id != undated.id


@pytest.mark.parametrize(
    "sentence",
    ["On May 2, Norland closed the border and expelled Kesh.", "Here is how: On May 2 Norland closed the border."],
)
def test_a_date_that_opens_a_clause_holds_for_all_that_its_subject_did(sentence: str) -> None:
    found = read(sentence, dates=[date(sentence, "May 2", "XXXX-05-02")])
    assert found
    assert {event.date for event in found} == {"XXXX-05-02"}


def test_an_event_in_a_statement_has_its_chain() -> None:
    sentence = "Norland arrested Kesh and deported Dorr."
    said = statement(sentence, "Norland arrested Kesh", None, SARVIA)
    inside, outside = (event.reports[0] for event in read(sentence, said=[said]))
    assert (inside.statement, inside.chain) == ("statement-1", said.chain)
    assert (outside.statement, outside.chain) == (None, ())


def test_an_accusation_and_its_statement_are_one_event_told_by_who_relays_it() -> None:
    sentence = "Norland accused Sarvia of shelling a border village."
    said = statement(sentence, "village", "accused", NORLAND)
    (event,) = read(sentence, said=[said])
    assert (event.type, event.reports[0].statement, event.reports[0].chain) == ("ACCUSE", "statement-1", said.chain[1:])


def test_what_somebody_is_accused_of_is_a_claim_inside_the_statement() -> None:
    sentence = "Norland accused Sarvia of shelling a border village."
    said = statement(sentence, "of shelling a border village", "accused", NORLAND)
    accusation, claim = read(sentence, said=[said])
    assert (claim.type, claim.actor, claim.reports[0].chain) == ("ASSAULT", (SARVIA,), said.chain)
    assert accusation.reports[0].chain == said.chain[1:]


def test_harm_that_a_state_announces_itself_is_a_threat() -> None:
    sentence = "Norland plans to attack Sarvia."
    assert (only(sentence).type, only(sentence).mode) == ("THREATEN", "violence")


def test_a_verdict_takes_in_the_charge_but_not_a_charge_against_another() -> None:
    verdict, charge = read("A court in Norland convicted Kesh and accused Dorr.")
    assert (verdict.type, verdict.mode, verdict.actor, verdict.recipient) == (
        "SANCTION",
        "convict",
        (NORLAND,),
        (KESH,),
    )
    assert (charge.type, charge.actor, charge.recipient) == ("ACCUSE", (NORLAND,), (DORR,))


def test_every_report_is_the_text_at_its_offsets_and_sure_enough() -> None:
    sentences = list(trees())
    text = " ".join(sentences)
    found = read(*sentences)
    assert len(found) > 30
    for event in found:
        assert event.actor
        for report in event.reports:
            assert text[report.start : report.end] == report.text
            assert THRESHOLD <= report.confidence <= 1


def test_swapping_the_countries_swaps_them_in_the_events_and_changes_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sentences = list(trees())
    before = read(*sentences)
    swap = {"NOR": "SAR", "SAR": "NOR", "VES": "VES"}
    swapped = {word: swap[code] for word, code in COUNTRIES.items()}
    monkeypatch.setattr("parse.COUNTRIES", swapped)
    ids = {f"state:{a}": f"state:{b}" for a, b in swap.items()} | {id: id for id in PEOPLE.values()}
    after = read(*sentences)
    assert [(e.type, e.mode, e.status, [ids[i] for i in e.actor], [ids[i] for i in e.recipient]) for e in before] == [
        (e.type, e.mode, e.status, list(e.actor), list(e.recipient)) for e in after
    ]


def chained(words: int, relation: str, upos: str, xpos: str, form: str) -> Analysis:
    """A sentence in which each word hangs on the one before it."""
    text = " ".join([form] * words)
    size = len(form) + 1
    tokens = tuple(
        Token(i * size, i * size + len(form), form, form.lower(), upos, xpos, i - 1, relation if i else "root")
        for i in range(words)
    )
    below = (*((i + 1,) for i in range(words - 1)), ())
    return Analysis(text, tokens, ((0, words),), ((0, words),), children=below)


@pytest.mark.parametrize("relation", ["conj", "xcomp", "ccomp", "advcl", "acl", "acl:relcl", "obj", "nmod", "fixed"])
def test_endless_sentences_cost_little_and_break_nothing(relation: str) -> None:
    for upos, xpos, form in (("VERB", "VBN", "attacked"), ("NOUN", "NN", "Norland"), ("NOUN", "NN", "visit")):
        analysis = chained(2500, relation, upos, xpos, form)
        events(Document(analysis.text, "trees.txt"), analysis, Names(analysis), (), ())
