"""A package that is installed beside Dragoman offers a language base and a reader; they are listed and can be named."""

import json
import os
import subprocess
import sys

import pytest

from dragoman.errors import SettingsError
from dragoman.plugins import LANGUAGE_BASES, load_plugin, plugins

MODULE = '''
from dataclasses import replace
from dragoman.encode import load
from dragoman.read import OwnReader


class Quiet:
    """Reads nothing but who is named."""

    def __init__(self, base, argument):
        self._own = OwnReader(base)
        self.name = f"quiet {argument}, {base.name}"

    def read(self, document):
        return replace(self._own.read(document), statements=(), events=())


def base(argument):
    found = load()
    return found


'''
ENTRIES = """[dragoman.language_bases]
other = quiet:base
lost = quiet:not_there

[dragoman.readers]
quiet = quiet:Quiet
"""
ARTICLE = 'Talks\n\nNorway recalled its ambassador from Kenya. "We demand an apology," Dana Oru said.\n'


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder with the package, as it looks when it is installed."""
    folder = tmp_path / "site"
    about = folder / "quiet-1.0.dist-info"
    about.mkdir(parents=True)
    (folder / "quiet.py").write_text(MODULE)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: quiet\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(ENTRIES)
    monkeypatch.syspath_prepend(folder)
    return folder


def test_what_is_installed_is_listed_and_not_imported(site):
    found = [(one.name, one.package) for one in plugins()]
    own = [("spacy", "dragoman"), ("llm", "dragoman")]
    assert found == [*own, ("lost", "quiet 1.0"), ("other", "quiet 1.0"), ("quiet", "quiet 1.0")]
    assert "quiet" not in sys.modules


def test_what_cannot_be_loaded_says_whose_it_is(site):
    with pytest.raises(SettingsError, match=r"'lost' of quiet 1\.0 cannot be loaded: AttributeError"):
        load_plugin(LANGUAGE_BASES, "lost")


def test_a_plugged_in_reader_and_base_read_into_a_project(site, tmp_path):
    (tmp_path / "post.txt").write_text(ARTICLE)
    path = os.pathsep.join([str(site), *sys.path])

    def dragoman(*arguments):
        command = [sys.executable, "-m", "dragoman", *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "--reader quiet         quiet 1.0" in dragoman("plugins")
    plugged = ("--reader", "quiet:much", "--language-base", "other")
    report = json.loads(dragoman("read", "post.txt", "--project", "p", "--json", *plugged))
    assert (report["read"], report["counts"]["statements"]) == (1, 0)
    assert report["counts"]["actors"] > 1
