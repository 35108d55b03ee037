"""The encoder never sees which states a text is about."""

from __future__ import annotations

import pytest

from dragoman.encode.disguise import disguised


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Russia told Azerbaijan that Moscow would wait", "Egypt told Togo that Cairo would wait"),
        ("The Ukrainian envoy left KYIV for Iran", "The Kenyan envoy left NAIROBI for Oman"),
        ("Russians and Armenians met in Baku", "Latvians and Albanians met in Tunis"),
    ],
)
def test_texts_about_other_states_look_the_same(one: str, two: str) -> None:
    assert disguised(one.split()) == disguised(two.split())


def test_words_keep_their_kind_case_and_number() -> None:
    assert disguised("POLAND and Poland and Polish Warsaw".split()) == "NORWAY and Norway and Norwegian Oslo".split()


@pytest.mark.parametrize(
    "text", ["South Sudan and North Korea", "Jordan Ward met Georgia Lind", "polish the table", "US"]
)
def test_what_is_ambiguous_or_has_several_words_stays(text: str) -> None:
    assert disguised(text.split()) == text.split()


def test_more_states_than_stand_ins_do_no_harm() -> None:
    from dragoman.encode.disguise import _words

    names = [word for word, (_, kind) in _words().items() if kind == 0]
    assert len(disguised(names)) == len(names) > 100
