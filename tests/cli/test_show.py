"""`dragoman show` prints names, dates, words and who says so, on any width."""

import pytest

from dragoman.cli import main
from dragoman.cli.terminal import cells
from dragoman.cli.views import VIEWS
from dragoman.record import Project


def shown(capsys, *arguments):
    assert main(["show", *arguments]) == 0
    return capsys.readouterr().out


def test_a_relation_shows_each_event_with_its_words_and_who_says_so(project, capsys):
    printed = shown(capsys, project)
    assert "Karsovia and Veldonia: 1 event, 2026-06-22" in printed
    assert "2026-06-22  Karsovia -> Veldonia: accuse (allege), happened" in printed
    assert "“Karsovia accused Veldonia of spying”" in printed
    assert "says Harbour" in printed
    assert "and 1 other document; 2 independent sources" in printed


def test_a_statement_shows_its_chain_innermost_first(project, capsys):
    printed = shown(capsys, project, "statements")
    assert "2026-06-23 Harbour Post, post.html" in printed
    assert "Orlan Tessik -> Harbour Post" in printed
    assert "accuse, direct; foreign minister; against Veldonia" in printed
    assert "“They opened our letters,”" in printed


def test_actors_come_with_their_aliases(project, capsys):
    line = next(line for line in shown(capsys, project, "actors").splitlines() if line.startswith("Karsovia"))
    assert line.split("  ")[0] == "Karsovia"
    assert line.endswith("Karsovian, Portmark")


def test_documents_and_failures_are_listed(project, capsys):
    printed = shown(capsys, project, "documents")
    assert "post.html" in printed
    assert "wire.txt" in printed
    assert "has the suffix '.pdf'" in shown(capsys, project, "failures")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("columns", ["80", "100"])
def test_every_view_fits_the_width(project, capsys, monkeypatch, view, columns):
    monkeypatch.setenv("COLUMNS", columns)
    assert all(cells(line) <= int(columns) for line in shown(capsys, project, view, "--ids").splitlines())


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (["--actor", "karsovian"], True),
        (["--actor", "VEL"], True),
        (["--since", "2026-06-22", "--until", "2026-06"], True),
        (["--since", "2026-07"], False),
        (["--type", "accuse"], True),
        (["--type", "AID"], False),
        (["--outlet", "harbour wire"], True),
        (["--outlet", "nobody"], False),
    ],
)
def test_conditions_choose_events(project, capsys, conditions, found):
    assert ("accused" in shown(capsys, project, "relations", *conditions)) is found


def test_what_is_empty_says_so(project, capsys):
    assert shown(capsys, project, "statements", "--act", "praise").startswith("Nothing found: no row meets all")


def test_an_empty_project_says_how_to_fill_it(tmp_path, capsys):
    Project(tmp_path / "empty").close()
    assert "'dragoman read PAGES --project" in shown(capsys, str(tmp_path / "empty"))


def test_ids_are_shown_only_when_asked_for(project, capsys):
    assert "evt-letters" not in shown(capsys, project)
    assert "evt-letters" in shown(capsys, project, "--ids")


def test_an_actor_that_is_not_there_is_told_with_the_nearest(project, capsys):
    assert main(["show", project, "--actor", "Karsovai"]) == 2
    assert "did you mean 'Karsovia'?" in capsys.readouterr().err


def test_a_type_that_does_not_exist_is_told_with_the_nearest(project, capsys):
    assert main(["show", project, "--type", "acuse"]) == 2
    assert "did you mean 'ACCUSE'?" in capsys.readouterr().err
