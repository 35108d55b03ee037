"""Where words begin and end."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.encode.tokens import paragraphs, tokenize


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They can't say who's right.", ["They", "ca", "n't", "say", "who", "'s", "right", "."]),
        ("“We won’t,” said Velden’s envoy.", ["“", "We", "wo", "n’t", ",", "”", "said", "Velden", "’s", "envoy", "."]),
        ("Larnia cannot wait.", ["Larnia", "can", "not", "wait", "."]),
        ("a long-time ally", ["a", "long", "-", "time", "ally"]),
        ("at 4.30 a.m. in the U.S. Senate", ["at", "4.30", "a.m.", "in", "the", "U.S.", "Senate"]),
        ("Gen. J. Marn met Dr. Sol.", ["Gen.", "J.", "Marn", "met", "Dr.", "Sol", "."]),
        ("$2,500 or 3.5% (net)", ["$", "2,500", "or", "3.5", "%", "(", "net", ")"]),
        ("on 2031-04-05, the 1990s", ["on", "2031-04-05", ",", "the", "1990s"]),
        ("see https://news.example/a?b=1, please", ["see", "https://news.example/a?b=1", ",", "please"]),
        ("desk@news.example wrote", ["desk@news.example", "wrote"]),
        ("Why?! Well... no", ["Why", "?!", "Well", "...", "no"]),
        ("O'Sell and d’Arn", ["O'Sell", "and", "d’Arn"]),
        ("Әли Мәмедов сказал", ["Әли", "Мәмедов", "сказал"]),
    ],
)
def test_words_follow_the_treebanks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("aB.'’“\" \n\r\t-1,U")), max_size=80
)


SEPARATORS = "\x1c\x1d\x1e\x1f"
"""Controls that Python counts as white space and Unicode does not."""


@given(TEXTS)
@example("e\u0301 \U0001f1e6\U0001f1fc\r\n\u00a0x\u200b")
@example("U.S.A.'s-can't")
def test_every_visible_character_is_in_one_word_and_words_are_in_order(text: str) -> None:
    spans = tokenize(text)
    ends = 0
    for start, end in spans:
        assert ends <= start < end
        ends = end
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(i in covered for i, letter in enumerate(text) if not letter.isspace())
    assert not any(text[i].isspace() for i in covered if text[i] not in SEPARATORS)


@given(TEXTS, TEXTS, TEXTS)
def test_a_part_has_the_offsets_of_the_whole(before: str, part: str, after: str) -> None:
    shift = len(before)
    found = tokenize(before + part + after, shift, shift + len(part))
    assert found == [(shift + start, shift + end) for start, end in tokenize(part)]


def test_paragraphs_are_lines_without_the_blanks_around_them() -> None:
    text = "  One line.\r\n\r\n\tAnother \n \nLast"
    assert [text[start:end] for start, end in paragraphs(text)] == ["One line.", "Another", "Last"]


@given(TEXTS)
def test_no_word_crosses_a_paragraph(text: str) -> None:
    lines = paragraphs(text)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in lines)
    in_lines = [span for start, end in lines for span in tokenize(text, start, end)]
    assert all(any(a <= start and end <= b for a, b in lines) for start, end in in_lines)


def test_a_line_of_half_a_million_characters_is_cut_into_words() -> None:
    assert len(tokenize("word, " * 80_000)) == 160_000
