"""Makes `made_record` importable, and gives a project with a made record."""

import sys
from pathlib import Path

import pytest

from dragoman.record import Project

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def project(tmp_path):
    import made_record

    with Project(tmp_path / "project") as project:
        made_record.keep(project, made_record.readings(7, 30))
        yield project
