"""Reading many sources: nothing stops the batch, nothing is stored in part, and what failed is told."""

import time

import pytest

from dragoman.errors import WeightsError
from dragoman.gather import Failure, Source
from dragoman.record import Project
from dragoman.run import Limits, read_into

from .stub import Stub, Unfit


@pytest.fixture
def project(tmp_path):
    with Project(tmp_path / "project") as opened:
        yield opened


def read(project, found, make=Stub, jobs=2, seconds=30.0):
    return list(read_into(project, found, make, Limits(jobs, seconds), {}))


def kinds(outcomes):
    return {outcome.source: outcome.kind for outcome in outcomes}


def articles(number):
    return [Source(f"{n}.txt", f"Anna said: sentence {n}. Boris said: another one.") for n in range(number)]


def test_all_sources_are_read_and_kept(project):
    assert set(kinds(read(project, articles(12))).values()) == {"read"}
    assert project.counts()["documents"] == 12
    assert project.counts()["statements"] == 24
    (run,) = project.runs()
    assert run.reader == "stub 1"
    assert run.finished


def test_what_is_there_already_is_not_read_again(project):
    read(project, articles(3))
    outcomes = read(project, articles(5))
    assert sorted(outcome.kind for outcome in outcomes) == ["known"] * 3 + ["read"] * 2
    assert project.counts()["documents"] == 5


def test_the_same_article_twice_in_one_batch_is_kept_once(project):
    outcomes = read(project, articles(1) * 6)
    assert sorted(outcome.kind for outcome in outcomes) == ["known"] * 5 + ["read"]


def test_a_process_that_is_killed_costs_its_document_only(project):
    outcomes = read(project, [*articles(4), Source("bad.txt", "KILL"), *articles(8)[4:]])
    found = kinds(outcomes)
    assert found.pop("bad.txt") == "failed"
    assert set(found.values()) == {"read"}
    (failure,) = project.failures()
    assert (failure.source, failure.problem) == ("bad.txt", "crash")
    assert "signal 9" in failure.message


def test_a_document_that_takes_too_long_is_given_up(project):
    start = time.monotonic()
    outcomes = read(project, [Source("slow.txt", "SLOW"), *articles(4)], seconds=6.0)
    assert time.monotonic() - start < 55
    assert kinds(outcomes)["slow.txt"] == "failed"
    assert project.counts()["documents"] == 4
    assert "longer than 6 seconds" in project.failures()[0].message


@pytest.mark.parametrize(
    ("text", "problem", "said"),
    [
        ("UNREADABLE", "InputError", "is not for us"),
        ("FAULT", "fault", "ValueError: something nobody thought of"),
        ("BONJOUR", "not read", "language 'fr' is not read yet"),
    ],
)
def test_what_fails_is_a_row_with_its_reason(project, text, problem, said):
    outcomes = read(project, [Source("bad.txt", text), *articles(2)])
    (bad,) = [outcome for outcome in outcomes if outcome.kind == "failed"]
    assert (bad.source, bad.problem) == ("bad.txt", problem)
    assert said in bad.message
    assert [failure.source for failure in project.failures()] == ["bad.txt"]
    assert project.counts()["documents"] == 2


def test_inputs_that_gave_no_source_are_rows_too(project):
    outcomes = read(project, [Failure("none.txt", "missing", "none.txt does not exist"), *articles(1)])
    assert kinds(outcomes) == {"none.txt": "failed", "0.txt": "read"}


def test_without_a_source_no_process_is_started(project):
    outcomes = read(project, [Failure("none.txt", "missing", "none.txt does not exist")], make=Unfit)
    assert kinds(outcomes) == {"none.txt": "failed"}


def test_a_reader_that_cannot_begin_says_why(project):
    with pytest.raises(WeightsError, match="install them"):
        read(project, articles(2), make=Unfit)


def test_one_process_and_several_give_the_same_record(project, tmp_path):
    read(project, articles(9), jobs=3)
    with Project(tmp_path / "other") as other:
        read(other, reversed(articles(9)), jobs=1)
        assert list(other.statements()) == list(project.statements())
        assert other.counts() == project.counts()
