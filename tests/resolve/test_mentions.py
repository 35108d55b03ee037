"""Whom a phrase names at a date, and what it leaves open."""

import pytest

from dragoman.resolve.mentions import resolve_mention


@pytest.mark.parametrize(
    ("phrase", "date", "country"),
    [
        ("the Azerbaijani side", None, "AZE"),
        ("Baku", None, "AZE"),
        ("BAKU", None, "AZE"),
        ("the Kremlin", None, "RUS"),
        ("Zhongnanhai", None, "CHN"),
        ("four Peruvian sailors", None, "PER"),
        ("Russia's ambassador to Poland", "2022-05-01", "RUS"),
        ("US-backed Kurdish fighters in Syria", "2019-01-01", "SYR"),
        ("the Turkish foreign minister's Greek counterpart", "2020-08-28", "GRC"),
        ("Shanghai police", None, "CHN"),
        ("Mariupol's defenders", "2022-04-01", "UKR"),
        ("the United Nations Security Council", None, "UNO"),
        ("European Union legislators", None, "EUR"),
        ("Kaja Kallas", "2022-05-01", "EST"),
        ("Kaja Kallas", "2025-03-01", "EUR"),
        ("Abkhazia", None, "GEO"),
        ("the Knesset", None, "ISR"),
    ],
)
def test_a_phrase_has_its_country(phrase, date, country):
    assert resolve_mention(phrase, date).country == country


@pytest.mark.parametrize(
    "phrase",
    [
        "the ministry",
        "rebels",
        "the two leaders",
        "General Hassan",
        "Minister Silva",
        "Anna, a nurse",
        "the Liberal Party",
        "",
        "—",
    ],
)
def test_what_the_words_leave_open_stays_open(phrase):
    assert resolve_mention(phrase, "2018-05-01").country is None


def test_an_office_has_the_holder_of_the_day():
    then = resolve_mention("the Russian foreign minister", "2022-03-01")
    assert then.actor is not None
    assert (then.actor.name, then.sector) == ("Sergey Lavrov", "GOV")
    assert resolve_mention("the Russian foreign minister", None).actor is None
    former = resolve_mention("the former Russian foreign minister", "2022-03-01")
    assert (former.actor, former.country, former.sector) == (None, "RUS", "ELI")


def test_a_surname_means_the_one_in_office_and_nobody_where_several_are():
    assert resolve_mention("Prime Minister Johnson", "2020-05-01").country == "GBR"
    assert resolve_mention("Ambassador Johnson", "2020-05-01").country is None
    assert resolve_mention("Zelenskiy", "2022-05-01").actor == resolve_mention("Volodymyr Zelensky", "2022-05-01").actor
    assert resolve_mention("Rodríguez", "2018-07-06").country is None


def test_a_known_name_inside_a_longer_one_is_not_he():
    assert resolve_mention("Juan Carlos Jobet", "2022-04-01").country is None
    assert resolve_mention("Juan Carlos", "2012-04-01").country == "ESP"


def test_it_says_what_decided():
    assert "demonym" in resolve_mention("an Iraqi court", None).why
    assert "place in" in resolve_mention("Lagos traders", None).why
