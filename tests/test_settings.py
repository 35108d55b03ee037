"""Settings come from `dragoman.toml` in the current directory, and a slip in it is named."""

import pytest

from dragoman.errors import SettingsError
from dragoman.settings import Settings, load


def test_without_a_file_the_defaults_hold(tmp_path):
    assert load(tmp_path) == Settings()


def test_the_file_of_the_current_directory_is_used(tmp_path, monkeypatch):
    (tmp_path / "dragoman.toml").write_text('language_base = "spacy:own"\njobs = 2\nseconds = 1.5\n')
    monkeypatch.chdir(tmp_path)
    assert load() == Settings(language_base="spacy:own", jobs=2, seconds=1.5)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("job = 2", "no setting 'job': did you mean 'jobs'"),
        ("colour = 2", "known are language_base, jobs, seconds"),
        ("jobs = 'two'", "'jobs' must be a int"),
        ("jobs = true", "'jobs' must be a int"),
        ("jobs = 0", "must be more than 0"),
        ("jobs = ", "is not TOML"),
    ],
)
def test_a_slip_is_named_with_the_file(tmp_path, content, said):
    (tmp_path / "dragoman.toml").write_text(content)
    with pytest.raises(SettingsError, match=said) as caught:
        load(tmp_path)
    assert str(tmp_path) in str(caught.value)
