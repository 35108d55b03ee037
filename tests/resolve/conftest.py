"""Makes `samples` importable, and gives each test a project of its own."""

import sys
from pathlib import Path

import pytest

from dragoman.record import Project

sys.path.insert(0, str(Path(__file__).parents[1] / "record"))


@pytest.fixture
def project(tmp_path):
    with Project(tmp_path / "project") as project:
        yield project
