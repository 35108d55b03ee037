"""What several test rooms share: the language base with the installed weights, loaded once."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from dragoman.cli.read import read_inputs
from dragoman.encode import LanguageBase, load

EXAMPLES = Path(__file__).parents[1] / "src" / "dragoman" / "examples"

# Everywhere else each run tries new examples; what it finds is mended, and does not stop an unrelated change from landing.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def base() -> LanguageBase:
    return load()


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the bundled examples. Not to be changed: `shutil.copytree` makes one that may be."""
    folder = tmp_path_factory.mktemp("examples") / "examples"
    inputs = sorted(path for path in EXAMPLES.iterdir() if path.stem not in ("README", "__init__"))
    assert read_inputs(inputs, folder).read > 20
    return folder
