"""What several test rooms share: the language base with the installed weights, loaded once."""

import pytest

from dragoman.encode import LanguageBase, load


@pytest.fixture(scope="session")
def base() -> LanguageBase:
    return load()
