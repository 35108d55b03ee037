"""`dragoman search` prints what a query finds, with the words that it was found for."""

import json
import re

import pytest

from dragoman.cli import main
from dragoman.cli.terminal import cells
from dragoman.record import Project


def said(capsys, *arguments):
    assert main(["search", *arguments]) == 0
    return capsys.readouterr().out


def test_a_hit_shows_its_document_and_the_words_in_their_passage(project, capsys):
    printed = said(capsys, project, '"opened our letters" outlet:post')
    assert "2026-06-23 Harbour Post, post.html" in printed
    assert '"They **opened our letters**," Orlan Tessik said.' in printed
    assert "wire.txt" not in printed


def test_words_of_the_title_are_marked_too(project, capsys):
    assert "**Letters**\n" in said(capsys, project, "letters")


def test_the_newest_of_equals_comes_first_and_the_limit_is_told(project, capsys):
    printed = said(capsys, project, "spying", "--limit", "1")
    assert "wire.txt" in printed
    assert "post.html" not in printed
    assert "These are the first 1; there may be more (--limit)." in printed


def test_nothing_found_is_said_and_no_failure(project, capsys):
    assert said(capsys, project, "lighthouse") == "Nothing found.\n"


def test_json_has_spans_that_are_exact_in_the_original(project, capsys):
    answer = json.loads(said(capsys, project, "tessik veldonia", "--json"))
    assert answer["query"] == "tessik veldonia"
    with Project(project, create=False) as opened:
        for hit in answer["hits"]:
            text = opened.document(hit["document"]).text
            passage = hit["passage"]
            assert text[passage["start"] :].startswith(passage["text"])
            assert [text[start:end] for start, end in passage["spans"]] == ["Veldonia", "Tessik"]


def test_a_query_that_begins_with_a_minus_goes_after_two(project, capsys):
    assert "wire.txt" in said(capsys, project, "--", "-outlet:post")


@pytest.mark.parametrize("query", ['"never closed', "outlt:Post", "(", ""])
def test_a_query_that_cannot_be_understood_is_told_on_one_line(project, capsys, query):
    assert main(["search", project, query]) == 2
    told = capsys.readouterr().err
    assert told.startswith("dragoman: the query ")
    assert told.count("\n") == 1


def test_lines_fit_and_hits_are_in_colour_on_a_terminal(project, capsys, monkeypatch):
    monkeypatch.setattr("dragoman.cli.search.coloured", lambda stream: True)
    monkeypatch.setattr("dragoman.cli.terminal.coloured", lambda stream: True)
    monkeypatch.setenv("COLUMNS", "80")
    printed = said(capsys, project, '"accused veldonia"')
    assert "\x1b[33maccused\x1b[0m \x1b[33mVeldonia\x1b[0m" in printed
    assert all(cells(re.sub("\x1b.*?m", "", line)) <= 80 for line in printed.splitlines())
