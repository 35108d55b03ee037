"""`dragoman read --reader llm`: a model on loopback is asked, in processes of their own; what it cannot answer is told."""

import json

import pytest
from tests.ask.model import Model, event, record, says, statement

from dragoman.ask.options import KEY
from dragoman.cli import main
from dragoman.record import Project

ARTICLE = """Karsovia recalls ambassador

Norway recalled its ambassador from Kenya on Monday. "We demand an apology," Foreign Minister Dana Oru said.
"""
GOOD = says(
    record(
        [
            statement("We demand an apology", speaker="Dana Oru", cue="said", act="demand"),
            statement("No one said this"),
        ],
        [event("Norway recalled its ambassador from Kenya", "REJECT", ["Norway"], ["Kenya"])],
    )
)


def told(handler, sent):
    """Answers well, but about Tuesday."""
    wrong = "Tuesday" in sent["messages"][1]["content"]
    (says("no JSON") if wrong else GOOD)(handler, sent)


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "post.txt").write_text(ARTICLE)
    (folder / "wire.txt").write_text(ARTICLE.replace("Monday", "Tuesday"))
    return folder


def read(pages, project, model, *more):
    asked = ["--reader", "llm", "--endpoint", model.endpoint, "--model", "small-1"]
    return main(["read", str(pages), "--project", str(project), "--jobs", "2", *asked, *more])


def test_answers_are_kept_failures_are_rows_and_the_cost_is_told(pages, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv(KEY, "sesame")
    project = tmp_path / "project"
    with Model(told) as model:
        assert read(pages, project, model) == 0
        printed = capsys.readouterr().out
        assert "Read 1 document in " in printed
        assert "wire.txt  schema   the answer breaks the schema" in printed
        assert "Asked the model 3 questions: 300 tokens in, 60 out." in printed
        assert "1 of 3 rows of the answers were dropped" in printed

        assert read(pages, project, model, "--json") == 0
        again = json.loads(capsys.readouterr().out)
        assert (again["read"], again["known"], len(again["failed"]), again["asked"]["asked"]) == (0, 1, 1, 2)
    with Project(project) as kept:
        (said,) = kept.statements()
        assert (said.text, said.speaker.name) == ("We demand an apology", "Dana Oru")
        assert {run.options["model"] for run in kept.runs()} == {"small-1"}
        assert "small-1" in kept.runs()[0].reader
    assert main(["check", str(project)]) == 0
    assert not any(b"sesame" in file.read_bytes() for file in project.rglob("*") if file.is_file())


def test_a_run_that_spent_its_budget_is_finished_by_the_next(pages, tmp_path, capsys):
    project = tmp_path / "project"
    with Model(GOOD) as model:
        assert read(pages, project, model, "--budget", "1", "--jobs", "1") == 0
        assert "the budget of 1 tokens is spent" in " ".join(capsys.readouterr().out.split())
        assert read(pages, project, model) == 0
        assert len(model.asked) == 2
    with Project(project) as kept:
        assert kept.counts()["documents"] == 2


def test_an_endpoint_that_is_not_there_costs_no_more_than_its_documents(pages, tmp_path, capsys):
    with Model(GOOD) as model:
        pass
    assert read(pages, tmp_path / "project", model) == 1
    assert "network" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--reader", "llm"], "give both"),
        (["--endpoint", "http://127.0.0.1/v1"], "goes with '--reader llm' only"),
        (["--reader", "llm:small-1"], "takes its model from --model"),
        (["--reader", "lln"], "did you mean 'llm'"),
        (["--language-base", "spacey:x"], "did you mean 'spacy'"),
        (["--language-base", "spacy"], "name an installed spaCy pipeline"),
    ],
)
def test_options_that_do_not_go_together_are_told(pages, tmp_path, capsys, options, said):
    assert main(["read", str(pages), "--project", str(tmp_path / "project"), *options]) == 2
    assert said in capsys.readouterr().err
