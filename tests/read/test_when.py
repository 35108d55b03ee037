"""When: dates in sentences and the publication date of a page."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Block, Document, Published
from dragoman.read.when import dates, edtf_bounds, has_day, is_edtf, published

PROSE = (
    "The ministers of Ruvenia and Ostmark met again for talks about the border and the railway, and both sides called "
    "the meeting useful, a spokesman told reporters afterwards in the hall.\n"
)


def _cases() -> list[tuple[str, str, str]]:
    rows = Path(__file__).with_name("date_cases.tsv").read_text("utf-8").splitlines()
    return [(a, b, c) for a, b, c in (row.split("\t") for row in rows if not row.startswith("#"))]


@pytest.mark.parametrize(("day", "sentence", "expected"), _cases())
def test_a_sentence_gives_its_dates_and_no_other(day: str, sentence: str, expected: str) -> None:
    found = dates(sentence, [(0, len(sentence))], None if day == "-" else day)
    assert " ; ".join(f"{sentence[m.start : m.end]} = {m.value} {m.basis}" for m in found) == expected


def test_dates_outside_the_spans_are_not_read() -> None:
    text = "In 2019 one. In 2020 two. In 2021 three."
    found = dates(text, [(13, 25)], None)
    assert [(text[m.start : m.end], m.value) for m in found] == [("2020", "2020")]


def test_a_date_does_not_run_over_the_end_of_its_line() -> None:
    text = "The envoys left on 8 July\n2025 was a hard year"
    assert [m.value for m in dates(text, [(0, len(text))], None)] == ["XXXX-07-08"]


WORDS = sorted(
    {word for _, sentence, _ in _cases() for word in re.findall(r"\w+|[^\w\s]", sentence)} | {"9999", "0001"}
)
PHRASES = st.lists(st.sampled_from(WORDS), max_size=25).flatmap(
    lambda words: st.sampled_from(["", " ", "  ", "\n"]).map(lambda gap: gap.join(words))
)
PUBLISHED = st.one_of(
    st.none(),
    st.dates().map(str),
    st.sampled_from(["2025-07", "2025", "XXXX-06-23", "nonsense", "9999-12-31", "0001-01-01", "2025-22", "201X", ""]),
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), PHRASES), PUBLISHED)
def test_any_text_gives_sorted_disjoint_spans_with_valid_values(text: str, day: str | None) -> None:
    half = len(text) // 2
    for spans in ([(0, len(text))], [(0, half), (half, len(text))]):
        found = dates(text, spans, day)
        ends = 0
        for mention in found:
            assert ends <= mention.start < mention.end
            assert any(start <= mention.start and mention.end <= end for start, end in spans)
            assert is_edtf(mention.value), mention
            assert mention.basis in ("text", "relative")
            ends = mention.end


@settings(max_examples=100, deadline=None)
@given(PHRASES)
def test_no_year_is_given_without_one_in_the_text_or_a_publication_date(text: str) -> None:
    for mention in dates(text, [(0, len(text))], None):
        assert mention.value.startswith("XXXX") or any(
            character.isdigit() for character in text[mention.start : mention.end]
        )
        assert mention.basis == "text"


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), PHRASES))
def test_any_page_gives_a_valid_publication_date_or_none(text: str) -> None:
    found = published(Document(text, "page.txt"))
    assert (found.value is None) == (found.basis == "none")
    if found.value is not None:
        assert is_edtf(found.value)
        assert "1900" <= found.value[:4] <= "2100"


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "2025",
        "2025-",
        "1 ",
        "July ",
        "2000, ",
        "8-",
        ".",
        "from July 8 to ",
        "Friday will ",
        " ",
        "a\n",
        "late of the ",
    ],
)
def test_time_is_linear_in_the_length_of_junk(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        dates(text, [(0, len(text))], "2025-07-08")
        published(Document(text, "junk.txt"))
        return time.process_time() - start

    small, large = seconds(10_000), seconds(80_000)
    assert large < 8 * 4 * max(small, 0.02)


@pytest.mark.parametrize(
    ("text", "value", "basis"),
    [
        ("Published: 8 July 2025, 14:03\n" + PROSE, "2025-07-08", "header"),
        ("Envoys meet\nJul 8, 2025\n" + PROSE, "2025-07-08", "header"),
        ("08 июля 2025\n" + PROSE, "2025-07-08", "header"),
        ("Latest news date 2021-12-22 ENGLISH arrow icon\n" + PROSE, "2021-12-22", "header"),
        (" date 2025-02-20 By Anna Tolm\n" + PROSE, "2025-02-20", "header"),
        ("By Anna Tolm 8 July 2025\n" + PROSE, "2025-07-08", "header"),
        ("Ruvenia Daily | 8 July 2025 | Politics\n" + PROSE, "2025-07-08", "header"),
        ("Updated: 9 July 2025\nPublished: 8 July 2025\n" + PROSE, "2025-07-08", "header"),
        ("9 July 2025\nBy Anna Tolm | 8 July 2025\n" + PROSE, "2025-07-08", "header"),
        (PROSE + "Published: 8 July 2025\n", "2025-07-08", "header"),
        ("TESSALY, July 8, 2025 (Agency) - " + PROSE, "2025-07-08", "dateline"),
        ("Tessaly. 8 July 2025. RUVPRESS: " + PROSE, "2025-07-08", "dateline"),
        (PROSE + "This article was first published on 8 July 2025.", "2025-07-08", "text"),
    ],
)
def test_a_page_that_tells_its_date(text: str, value: str, basis: str) -> None:
    assert published(Document(text, "page.txt")) == Published(value, basis)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "TESSALY, July 8 (Agency) - " + PROSE,
        "Talks on 8 July 2025 in Tessaly\n" + PROSE,
        "8 July 2025 Envoys meet again\n" + PROSE,
        "Copyright 8 July 2025\n" + PROSE,
        "Event date: 8 July 2025\n" + PROSE,
        "Published 07/08/2025\n" + PROSE,
        "Published: 31.02.2025\n" + PROSE,
        "Published: 8 July 1812\n" + PROSE,
        "1 July 2025\n2 July 2025\n" + PROSE,
        "Most read\nEnvoys meet\n1 July 2025\n" + PROSE,
        PROSE + "Most read\nEnvoys meet\n1 July 2025\nPublished: 2 July 2025\n",
        PROSE + "A report published on 8 July 2025 says so.",
        "The war began on 24 February 2022, said the envoy of the northern state in a long talk with the paper.\n"
        + PROSE,
    ],
)
def test_a_page_that_does_not_tell_its_date(text: str) -> None:
    assert published(Document(text, "page.txt")) == Published()


def test_metadata_come_first_when_they_are_a_date() -> None:
    text = "Published: 8 July 2025\n" + PROSE
    assert published(Document(text, "a", published=Published("2025-07-07", "metadata"))).value == "2025-07-07"
    assert published(Document(text, "a", published=Published("2025-13-07", "metadata"))) == Published(
        "2025-07-08", "header"
    )


def test_a_labelled_list_of_other_articles_gives_no_date() -> None:
    text = "Envoys meet\n1 July 2025\n" + PROSE
    listed = Document(text, "a", body=((24, len(text)),), boilerplate=(Block(0, 23, "related"),))
    menu = Document(text, "a", body=((24, len(text)),), boilerplate=(Block(0, 23, "menu"),))
    assert published(listed) == Published()
    assert published(menu) == Published("2025-07-01", "header")


def test_a_labelled_dateline_gives_its_full_date() -> None:
    text = "From our office in Tessaly on 8 July 2025 " + PROSE
    document = Document(text, "a", body=((0, len(text)),), parts=(Block(0, 41, "dateline"),))
    assert published(document) == Published("2025-07-08", "dateline")


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("2025-07-08", ("2025-07-08", "2025-07-08")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2025", ("2025-01-01", "2025-12-31")),
        ("201X", ("2010-01-01", "2019-12-31")),
        ("2025-07-XX", ("2025-07-01", "2025-07-31")),
        ("2022-06/2022-09", ("2022-06-01", "2022-09-30")),
        ("2025-07-08/..", ("2025-07-08", "9999-12-31")),
        ("../2030", ("0001-01-01", "2030-12-31")),
        ("2025-21", ("2025-03-01", "2025-11-30")),
        ("2025-22", ("2024-12-01", "2026-02-28")),
        ("XXXX-06-23", None),
        ("8 July", None),
    ],
)
def test_bounds_are_the_earliest_and_latest_day(value: str, bounds: tuple[str, str] | None) -> None:
    assert edtf_bounds(value) == bounds


def test_what_is_edtf_and_what_is_not() -> None:
    for value in ("2025~", "XXXX-02-29", "XXXX-12", "1999/2001", "20XX"):
        assert is_edtf(value), value
    for value in (
        "",
        "25",
        "2025-02-29",
        "2025-13",
        "2025-25",
        "2001/1999",
        "../..",
        "XXXX-06/..",
        "XXXX",
        "2025-XX-08",
        "0000",
    ):
        assert not is_edtf(value), value


def test_a_day_is_a_whole_known_day() -> None:
    assert has_day("2025-07-08")
    assert not any(has_day(value) for value in ("2025-07", "XXXX-07-08", "2025-07-XX", "2025-02-30", "2025/2026"))


@given(st.text(alphabet="0123456789X-/.~?Y", max_size=14))
def test_bounds_never_raise_and_are_in_order(value: str) -> None:
    bounds = edtf_bounds(value)
    assert bounds is None or (bounds[0] <= bounds[1] and is_edtf(value))
