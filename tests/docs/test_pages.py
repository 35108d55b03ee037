"""Every command and every piece of Python in README and docs is run, and prints what the page says."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.exchange.others import acled, clash, did, gdelt, mentions

from dragoman.settings import load

from .blocks import agrees, blocks

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))
FIRST = "read-a-folder.md"
"""This page makes the project that the others find."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    tools = tmp_path_factory.mktemp("tools")
    command = tools / "dragoman"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dragoman "$@"\n')
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}


@pytest.fixture(scope="module")
def made(tmp_path_factory, environment):
    """A folder with the pages, and the project that was read from them."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(Path(__file__).with_name("pages"), folder / "pages")
    run("dragoman read pages --project caucasus", folder, environment)
    make_theirs(folder / "theirs")
    return folder


def make_theirs(folder):
    """Event data as others ship them, with rows that are made up."""
    folder.mkdir()
    soldiers, police = "Military Forces of Norway (2021-)", "Police Forces of Iceland (2024-)"
    raids = [clash(f"ISL{at}", day, soldiers, police) for at, day in enumerate(("2031-05-03", "2031-05-20", "soon"))]
    (folder / "raids.csv").write_bytes(acled(*raids))
    (folder / "20310503.export.CSV").write_bytes(gdelt(did(1, "20310503", "NOR", "ISL", "112")))
    told = {"GlobalEventID": 1, "MentionIdentifier": "https://harbour-post.example/1"}
    (folder / "20310503.mentions.CSV").write_bytes(mentions(told))


def run(command, folder, environment):
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_print_what_it_says(page, made, environment, tmp_path):
    for folder in ("pages", "theirs"):
        shutil.copytree(made / folder, tmp_path / folder)
    if page.name != FIRST:
        shutil.copytree(made / "caucasus", tmp_path / "caucasus")
    python = ""
    for block in blocks(page):
        if block.language == "console":
            for command, said in block.commands():
                printed = run(command, tmp_path, environment)
                assert agrees(said, printed), f"{command}\nsays:\n{said}\nprinted:\n{printed}"
        elif block.language == "python":
            python += block.code
            (tmp_path / "page.py").write_text(python, "utf-8")
            run(f"{sys.executable} page.py", tmp_path, environment)
        else:
            tomllib.loads(block.code)
            (tmp_path / "settings").mkdir(exist_ok=True)
            (tmp_path / "settings" / "dragoman.toml").write_text(block.code, "utf-8")
            load(tmp_path / "settings")


def test_every_page_is_in_the_index():
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    assert all(f"({page.name})" in index for page in PAGES if page.name != "index.md")


def test_every_verb_and_every_option_is_documented():
    from importlib import import_module

    from dragoman.cli import VERBS

    written = "".join(page.read_text("utf-8") for page in [*PAGES, ROOT / "README.md"])
    for verb in VERBS:
        module = import_module(f"dragoman.cli.{verb}")
        assert f"dragoman {verb}" in written
        for option in module.parser().options:
            assert option == "--help" or re.search(rf"{option}\b", written), f"{verb} {option} is on no page"
