"""Copies are found whether cut, extended, or lightly edited; texts that merely share phrases are none."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Block, Document
from dragoman.resolve.copies import Text, find_copies, own_words

VOCABULARY = [
    f"{head}{tail}" for head in ("bor", "mar", "tel", "sun", "kra", "vel") for tail in ("din", "ok", "est", "um", "ari")
]


def words(count, seed):
    chance = random.Random(seed)
    return " ".join(f"{chance.choice(VOCABULARY)}{chance.randrange(60)}" for _ in range(count))


WIRE = words(300, seed=1)


def cut(text, first, last):
    return " ".join(text.split()[first:last])


def kin(*texts):
    """copy_of of each text, by its number; the texts were published day after day."""
    found = find_copies(Text(f"doc-{n}", f"2031-01-{n + 1:02}", text) for n, text in enumerate(texts))
    return [found[f"doc-{n}"].copy_of for n in range(len(texts))], [found[f"doc-{n}"].story for n in range(len(texts))]


@pytest.mark.parametrize(
    "copy",
    [
        WIRE,
        WIRE.upper().replace(" ", "\r\n"),
        cut(WIRE, 0, 150),
        cut(WIRE, 150, 300),
        cut(WIRE, 0, 30),
        cut(WIRE, 140, 165),
        f"{words(200, seed=2)} {WIRE} {words(200, seed=3)}",
        f"By our staff, Tarn. {cut(WIRE, 0, 120)} Also read this. {cut(WIRE, 120, 300)}",
    ],
    ids=["whole", "reset", "first half", "second half", "teaser", "short teaser", "within a longer page", "two parts"],
)
def test_a_copy_is_found_whatever_was_cut_or_added(copy):
    copies, stories = kin(WIRE, copy)
    assert copies == [None, "doc-0"]
    assert stories[0] == stories[1]


def test_light_editing_leaves_a_copy_and_rewriting_does_not():
    chance = random.Random(3)

    def edited(share):
        return " ".join("other" if chance.random() < share else word for word in WIRE.split())

    assert kin(WIRE, edited(0.03))[0] == [None, "doc-0"]
    assert kin(WIRE, edited(0.30))[0] == [None, None]


def test_unrelated_texts_are_none_even_if_they_share_a_credit_and_a_quote():
    credit = "Reporting by the staff of the agency in Tarn, editing by the desk, all rights are reserved by it."
    texts = [f"{words(150, seed=seed)} {cut(WIRE, 0, 40)} {credit}" for seed in range(10, 40)]
    copies, stories = kin(*texts[:28])
    assert set(copies) == {None}
    assert len(set(stories)) == 28


def test_texts_too_short_to_tell_are_none():
    assert kin("Read more about this story here.", "Read more about this story here.", "", "")[0] == [None] * 4


def test_a_page_that_holds_two_articles_makes_neither_a_copy_of_the_other():
    one, other = words(100, seed=50), words(100, seed=51)
    copies, stories = kin(one, other, f"{one} {other}")
    assert copies == [None, None, "doc-0"]
    assert len(set(stories)) == 1


def test_the_original_is_the_earliest_and_the_undated_come_last():
    texts = [
        Text("doc-a", None, WIRE),
        Text("doc-b", "2031-02-01", WIRE),
        Text("doc-c", "2031-01-01", cut(WIRE, 0, 200)),
    ]
    found = find_copies(texts)
    assert (found["doc-a"].copy_of, found["doc-b"].copy_of, found["doc-c"].copy_of) == ("doc-c", "doc-c", None)


def test_every_text_of_scripts_without_spaces_is_compared_by_characters():
    chance = random.Random(9)
    text = "".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(200))
    assert kin(text, text[:100])[0] == [None, "doc-0"]
    assert kin(text, text[::-1])[0] == [None, None]


def test_many_copies_of_one_wire_story_are_all_copies_of_the_first():
    chance = random.Random(4)
    texts = [WIRE]
    for number in range(300):
        start = chance.randrange(0, 150)
        texts.append(f"{words(20, seed=1000 + number)} {cut(WIRE, start, start + 150)}")
    found = find_copies(Text(f"doc-{n:04}", f"2031-01-{n // 20 + 1:02}", text) for n, text in enumerate(texts))
    assert found["doc-0000"].copy_of is None
    assert {found[f"doc-{n:04}"].copy_of for n in range(1, 301)} == {"doc-0000"}


PIECES = [words(40, seed=seed) for seed in range(60, 65)]


@settings(deadline=None, max_examples=40)
@given(
    chosen=st.lists(st.lists(st.sampled_from(PIECES), max_size=4), max_size=8),
    days=st.lists(st.sampled_from([None, "2031-01-01", "2031-01-02"]), min_size=8, max_size=8),
    data=st.data(),
)
def test_the_order_of_the_documents_does_not_matter(chosen, days, data):
    texts = [Text(f"doc-{n}", day, " ".join(pieces)) for n, (pieces, day) in enumerate(zip(chosen, days, strict=False))]
    found = find_copies(texts)
    assert find_copies(data.draw(st.permutations(texts))) == found
    for kin in found.values():
        # A copy is one of an original, and both tell one story.
        assert kin.copy_of is None or found[kin.copy_of].copy_of is None
        assert kin.copy_of is None or found[kin.copy_of].story == kin.story


def test_only_the_body_counts_without_headline_and_byline():
    text = "MENU\nA headline\nBy D. Örlén\nThe news itself.\nRead also"
    document = Document(
        text,
        "a.txt",
        body=((5, 45),),
        boilerplate=(Block(0, 4, "menu"), Block(46, 55, "related")),
        parts=(Block(16, 27, "byline"), Block(5, 15, "headline")),
    )
    assert own_words(document).split() == ["The", "news", "itself."]


def test_a_text_in_which_nobody_marked_a_body_counts_whole():
    assert own_words(Document("All of it.", "a.txt")) == "All of it."
    assert own_words(Document("Only a menu", "a.txt", boilerplate=(Block(0, 11, "menu"),))) == ""


def test_two_edited_copies_are_copies_of_one_text_even_if_its_original_is_undated():
    edited = WIRE.split(), WIRE.split()
    for number, text in enumerate(edited):
        for place in range(4 + 9 * number, 300, 20):
            text[place] = "other"
    texts = [Text(f"doc-{n}", f"2031-01-0{n + 1}", " ".join(text)) for n, text in enumerate(edited)]
    found = find_copies([*texts, Text("doc-2", None, WIRE)])
    assert [found[f"doc-{n}"].copy_of for n in range(3)] == [None, "doc-0", "doc-0"]


def test_a_later_page_that_quotes_what_a_teaser_holds_is_no_copy():
    teaser, quoting = cut(WIRE, 0, 60), f"{words(150, seed=70)} {cut(WIRE, 5, 60)} {words(80, seed=71)}"
    assert kin(WIRE, teaser, quoting)[0] == [None, "doc-0", None]
    assert kin(WIRE, quoting, teaser)[0] == [None, None, "doc-0"]
