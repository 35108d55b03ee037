"""What several test rooms share: the language base with the installed weights, loaded once."""

import os

import pytest
from hypothesis import settings

from dragoman.encode import LanguageBase, load

# Everywhere else each run tries new examples; what it finds is mended, and does not stop an unrelated change from landing.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def base() -> LanguageBase:
    return load()
