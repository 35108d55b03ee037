"""A query is read as it was meant, or refused with the place where it cannot be understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import SettingsError
from dragoman.record.ngrams import phrase
from dragoman.record.query import DEPTH, LENGTH, PARTS, All, Holds, Is, Not, Some, When, Words, parse, positive

PIECES = ['"', "“", "(", ")", "-", "*", " ", "OR", "AND", "NOT", "title:", "outlet:", "after:", "on:2024", "type:", "^"]
PIECES += [
    "NEAR(",
    "a",
    "ß",
    "中",
    "中国",
    "ก็",
    "\u0301",
    "\x00",
    "{",
    "+",
    ":",
    "'",
    "documents_text",
    "\ud800",
    "İ",
    ";--",
]
queries = st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)
"""What people type, paste and try."""


def words(text, **more):
    return Words(phrase(text), **more)


def test_words_beside_each_other_must_all_be_there():
    assert parse("border treaty") == parse("border AND treaty") == All((words("border"), words("treaty")))


def test_or_parts_what_stands_on_either_side_of_it():
    assert parse("a b OR c") == Some((All((words("a"), words("b"))), words("c")))
    assert parse("a (b OR c)") == All((words("a"), Some((words("b"), words("c")))))


def test_small_or_is_a_word():
    assert parse("a or b") == All((words("a"), words("or"), words("b")))


@pytest.mark.parametrize("quoted", ['"border treaty"', "“border treaty”", "„border treaty“", "«border treaty»"])
def test_a_phrase_may_have_any_quotation_marks(quoted):
    assert parse(quoted) == words("border treaty")


def test_a_minus_or_not_leaves_out_a_word_a_phrase_a_field_or_a_group():
    assert parse("a -b") == parse("a NOT b") == All((words("a"), Not(words("b"))))
    assert parse('-"b c"') == Not(words("b c"))
    assert parse("-outlet:Post") == Not(Holds("outlet", phrase("Post")))
    assert parse("-(a b)") == Not(All((words("a"), words("b"))))


def test_a_minus_within_a_word_is_part_of_it():
    assert parse("anti-war") == words("anti war")


def test_a_star_lets_a_word_or_phrase_go_on():
    assert parse("lightho*") == parse('"lightho"*') == Words(phrase("lightho", beginning=True))
    assert parse('"lightho*"') == words("lightho")


def test_fields_take_a_word_or_a_phrase():
    assert parse("title:treaty") == words("treaty", title=True)
    assert parse('outlet:"Tarn Herald"') == Holds("outlet", phrase("tarn herald"))
    assert parse("TYPE:accuse") == Is("type", "ACCUSE")
    assert parse("act:Demand") == Is("act", "demand")
    assert parse("speaker:“Dana Orlen”") == Is("speaker", "Dana Orlen")


@pytest.mark.parametrize("date", ["2031", "2031-05", "2031-05-03", "2031-05~", "2031-05-03/2031-05-09"])
def test_dates_are_edtf(date):
    node = parse(f"on:{date}")
    assert isinstance(node, When)
    assert node.first <= node.last
    assert node.first.startswith("2031-0")


def test_what_has_no_letter_or_digit_is_passed_over():
    assert parse("Barnes & Noble — 🦊") == All((words("Barnes"), words("Noble")))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "no word to look for"),
        (" … ! ", "no word to look for"),
        ('talks "border', "character 7, '\"border': this quotation mark is never closed"),
        ('outlet:"Tarn', "character 8, '\"Tarn': this quotation mark is never closed"),
        ("a (b", "character 3, '(b': this parenthesis is never closed"),
        ("a) b", "character 2, ') b': this parenthesis was never opened"),
        (")", "was never opened"),
        ("()", "character 1, '()': this parenthesis holds no word"),
        ("OR a", "character 1, 'OR a': OR needs a word before it"),
        ("a OR", "character 3, 'OR': OR needs a word after it"),
        ("a OR OR b", "OR needs a word after it"),
        ("a AND", "AND needs a word after it"),
        ("NOT", "NOT needs a word after it"),
        ("a - b", "character 3, '- b': - stands alone"),
        ("a --b", "cannot be left out again"),
        ("-!", "character 2, '!': there is no letter or digit"),
        ("a*b", "character 2, '*b': * can only stand at the end"),
        ("outlt:Post", "character 1, 'outlt:Post': there is no field outlt: - did you mean outlet:?"),
        ("https://example.org", "put quotation marks around words with a colon"),
        ("a outlet: Post", "character 3, 'outlet: Post': outlet: needs a value right after the colon"),
        ("outlet:(a OR b)", "needs a value right after the colon"),
        ("title:!", "character 7, '!': there is no letter or digit"),
        ("after:yesterday", "character 7, 'yesterday': this is not a date"),
        ("on:XXXX-06-23", "this is not a date"),
        ("type:ACUSE", "there is no such type: did you mean ACCUSE?"),
        ("act:sing", "there is no such act"),
        ("a\ud800", "character 2, '\\ud800': half of a surrogate pair"),
        ("(" * (DEPTH + 1) + "a", f"at most {DEPTH} parentheses"),
        ("a " * (PARTS + 1), f"may have {PARTS} words"),
        ("a" * (LENGTH + 1), "2,001 characters"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_place(query, told):
    with pytest.raises(SettingsError) as refused:
        parse(query)
    assert told in str(refused.value)


@given(queries)
def test_any_text_is_read_or_refused(query):
    try:
        node = parse(query)
    except SettingsError:
        return
    assert all(word.phrase.tokens for word in positive(node))
