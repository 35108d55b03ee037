"""`dragoman actors` tells who is who, and keeps what people decide."""

import pytest

from dragoman.cli import main


def said(capsys, *arguments, status=0):
    assert main(["actors", *map(str, arguments)]) == status
    printed = capsys.readouterr()
    return printed.out if status == 0 else printed.err


def test_actors_are_listed_merged_named_and_parted_again(project, capsys):
    assert "Orlan Tessik" in said(capsys, project)
    assert "Decision 1" in said(capsys, project, "merge", "Orlan Tessik", "Harbour Post", "--by", "mk")
    assert "merged by mk" in said(capsys, project, "why", "Orlan Tessik")
    assert "Decision 2" in said(capsys, project, "rename", "Orlan Tessik", "O. Tessik")
    assert "O. Tessik" in said(capsys, project, "list", "Orlan Tessik")
    table = said(capsys, project, "decisions")
    assert "merge" in table
    assert "mk" in table
    assert "undone" in said(capsys, project, "undo", 1)
    assert "undone" in said(capsys, project, "decisions")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["why", "Nobody"], "no actor in"),
        (["merge", "Orlan Tessik"], "takes 2 further words"),
        (["undo", "x"], "no number of a decision"),
        (["undo", "7"], "no decision 7 holds"),
        (["mrge", "a", "b"], "did you mean 'merge'?"),
        (["refresh"], "--contact"),
    ],
)
def test_wrong_use_is_told(project, capsys, words, message):
    assert message in said(capsys, project, *words, status=2)


def test_refresh_asks_only_when_told_and_writes_into_the_project(tmp_path, capsys, monkeypatch):
    from dragoman.gather import wikidata

    asked = []

    def fetch(service, *, countries, skipped):
        asked.append((service.contact, countries))
        skipped["no name"] += 1
        yield wikidata.Holding("XKX", "head_of_state", "Dana Orlen", "Orlen", (), "2031-01-02", "..")

    monkeypatch.setattr(wikidata, "fetch_holders", fetch)
    out = said(capsys, tmp_path / "new", "refresh", "--contact", "desk@example.org", "--countries", "XKX")
    assert asked == [("desk@example.org", ["XKX"])]
    assert "1 tenures" in out
    assert "Dana Orlen" in (tmp_path / "new" / "offices.csv").read_text("utf-8")
