import pytest
from tests.brief.pages import keep, quarrel

from dragoman.brief import draft
from dragoman.record import Project


@pytest.fixture
def project(tmp_path):
    with Project(tmp_path / "project") as project:
        yield project


@pytest.fixture
def brief(project):
    """The draft of the quarrel of two states."""
    return draft(keep(project, *quarrel()), "NOR", "CHL")
