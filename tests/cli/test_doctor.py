"""`dragoman doctor` tells what is there and what is wrong."""

import json

from dragoman.cli import main


def test_a_sound_installation_is_well(capsys):
    assert main(["doctor"]) == 0
    printed = capsys.readouterr().out
    assert "All is well." in printed
    assert "as in the manifest" in printed


def test_json_holds_the_same(capsys):
    assert main(["doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["wrong"] == []
    assert told["network"]["used"] == "never"
    assert told["storage"]["full text (FTS5)"] == "yes"


def test_a_slip_in_the_settings_is_told(capsys, tmp_path, monkeypatch):
    (tmp_path / "dragoman.toml").write_text("job = 1\n")
    monkeypatch.chdir(tmp_path)
    assert main(["doctor"]) == 1
    assert "did you mean 'jobs'?" in capsys.readouterr().out
