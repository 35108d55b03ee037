"""The same pages under other file names: nothing that a screen counts without copies moves, and no actor is there twice."""

import shutil
from importlib.resources import files

import pytest
from tests.serving import serving, twin

from dragoman.cli import main


@pytest.fixture(scope="module")
def once_and_twice(examples, tmp_path_factory):
    folder = tmp_path_factory.mktemp("doubled")
    for path in sorted((files("dragoman") / "examples").iterdir(), key=lambda path: path.name):
        if path.name[0].isdigit():
            (folder / f"again-{path.name}").write_bytes(path.read_bytes())
    project = tmp_path_factory.mktemp("twice") / "project"
    shutil.copytree(examples, project)
    assert main(["read", str(folder), "--project", str(project), "--jobs", "1"]) == 0
    with serving(examples) as once, serving(project) as twice:
        yield once, twice


def without(answer, *names):
    """What an answer counts: without ids, whose order decides between equals, and without what counts each copy."""
    left_out = {"id", "path", "row", "words", "events", "other_events", "only", "sources_why", "documents", *names}
    if isinstance(answer, dict):
        return {name: without(value, *names) for name, value in answer.items() if name not in left_out}
    return [without(one, *names) for one in answer] if isinstance(answer, list) else answer


def test_no_relation_moves_and_none_is_new(once_and_twice):
    once, twice = (without(twin(access, "/relations.json")) for access in once_and_twice)
    assert once == twice


@pytest.mark.parametrize("pair", ["state:BRA/state:PRY", "state:KAZ/state:UZB", "state:CHL/state:PRY"])
def test_no_series_moves(once_and_twice, pair):
    once, twice = (without(twin(access, f"/relation/{pair}.json"), "answers") for access in once_and_twice)
    assert once == twice


def test_nobody_is_there_twice_and_no_statement_counts_twice(once_and_twice):
    once, twice = once_and_twice
    assert twin(once, "/actors.json")["total"] == twin(twice, "/actors.json")["total"]
    for screen, counted in (("statements", "total"), ("demands", "found"), ("accounts", "found")):
        assert twin(once, f"/{screen}.json")[counted] == twin(twice, f"/{screen}.json")[counted]
