"""What was read can be told from what was not, so that a gap is not taken for calm."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.analyze.coverage import coverage, coverage_of, rows
from dragoman.digest.documents import ReadDocument
from dragoman.model import Document, Published, Reading
from dragoman.record import Failure, Project


def read(number, published="2031-05-01", outlet="the tarn herald", language="en", text=None):
    return ReadDocument(f"doc-{number}", published, outlet, outlet, "unknown", language, text or f"doc-{number}")


def days(*days, outlet="the tarn herald"):
    return [read(f"{outlet}{day}", f"2031-05-{day:02}", outlet) for day in days]


def test_documents_are_counted_by_outlet_day_and_language():
    found = coverage_of(
        [
            read(1, "2031-05-02"),
            read(2, "2031-05-02~", text="doc-1"),
            read(3, "2031-05", language=None),
            read(4, "2031-05-01", outlet=None, language="tr"),
        ]
    )
    assert (found.documents, found.texts, found.undated) == (4, 3, 1)
    assert dict(found.days) == {"2031-05-01": 1, "2031-05-02": 2}
    assert dict(found.languages) == {"en": 2, "": 1, "tr": 1}
    herald, nobody = found.outlets
    assert (herald.documents, herald.texts, herald.undated, dict(herald.days)) == (3, 2, 1, {"2031-05-02": 2})
    assert (nobody.outlet, nobody.gaps) == (None, ())


def test_a_gap_is_longer_than_the_outlet_is_usually_silent():
    (herald,) = coverage_of(days(1, 2, 3, 6, 7, 8, 15, 16)).outlets
    assert herald.interval == 1.0
    assert [(gap.since, gap.until, gap.days, gap.open) for gap in herald.gaps] == [
        ("2031-05-09", "2031-05-14", 6, False)
    ]


def test_a_weekly_paper_has_no_gap_between_its_issues():
    (weekly,) = coverage_of(days(1, 8, 15, 22, 29)).outlets
    assert (weekly.interval, weekly.gaps) == (7.0, ())


def test_an_outlet_that_falls_silent_has_an_open_gap():
    herald = coverage_of([*days(1, 2, 3, 4), *days(20, outlet="evening post")]).outlets[0]
    assert [(gap.since, gap.until, gap.open) for gap in herald.gaps] == [("2031-05-05", "2031-05-20", True)]


def test_too_few_days_tell_no_usual_interval():
    (herald,) = coverage_of(days(1, 2, 30)).outlets
    assert (herald.interval, herald.gaps) == (None, ())


def test_what_could_not_be_read_is_told_with_the_reason(tmp_path):
    with Project(tmp_path / "project") as project:
        run = project.start_run("reader 1", {})
        for source in ("a.txt", "b.txt", "later.txt"):
            project.fail(run, source, "not read", "language 'fr' is not read yet")
        project.fail(run, "c.pdf", "InputError", "it is empty")
        text = "A page that was read in the end."
        document = Document(text, "later.txt", "TASS", published=Published("2031-05-01", "header"), language="en")
        project.add(Reading(document, "reader 1"), run)
        found = coverage(project)
    assert [(why.problem, why.message, why.sources) for why in found.not_read] == [
        ("not read", "language 'fr' is not read yet", ("a.txt", "b.txt")),
        ("InputError", "it is empty", ("c.pdf",)),
    ]
    assert [(one.outlet, one.name, one.state) for one in found.outlets] == [("outlet:tass", "TASS", "owned")]


def test_rows_have_the_same_columns():
    failures = [Failure("run-1", "a.txt", "not read", "why")]
    found = list(rows(coverage_of([*days(1, 2, 3, 4, 20), read(9, None)], failures)))
    assert [row["kind"] for row in found] == [*["read"] * 6, "gap", "not read"]
    assert len({tuple(row) for row in found}) == 1


def test_a_project_without_documents_has_read_nothing(tmp_path):
    with Project(tmp_path / "project") as project:
        assert coverage(project) == coverage_of([])


DOCUMENTS = st.lists(
    st.builds(
        read,
        st.integers(0, 99),
        st.sampled_from([None, "2031", "2031-05", *(f"2031-05-{day:02}" for day in range(1, 31))]),
        st.sampled_from([None, "the tarn herald", "evening post"]),
    ),
    unique_by=lambda one: one.id,
)


@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_order_moves_nothing_and_copies_are_no_new_texts(documents, chance):
    found = coverage_of(documents)
    chance.shuffle(documents)
    assert coverage_of(documents) == found
    doubled = coverage_of([*documents, *(replace(one, id=f"{one.id}-again") for one in documents)])
    assert (doubled.documents, doubled.texts) == (2 * found.documents, found.texts)
    gaps = [(one.outlet, one.interval, one.gaps) for one in doubled.outlets]
    assert sorted(gaps, key=str) == sorted([(one.outlet, one.interval, one.gaps) for one in found.outlets], key=str)


@pytest.mark.parametrize("text", [2, 5])
def test_every_document_is_of_one_outlet(text):
    found = coverage_of([read(at, outlet="x" if at % 2 else None) for at in range(text)])
    assert sum(one.documents for one in found.outlets) == found.documents == text
