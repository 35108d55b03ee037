"""The command line answers quickly, helps, and says what was probably meant."""

import json
import os
import resource
import subprocess
import sys

import pytest

from dragoman.cli import VERBS, main


def dragoman(*arguments, **options):
    command = [sys.executable, "-m", "dragoman", *arguments]
    return subprocess.run(command, capture_output=True, text=True, **options)


def test_help_names_every_verb_with_examples():
    done = dragoman("--help")
    assert done.returncode == 0
    assert all(f"  {verb} " in done.stdout for verb in VERBS)
    assert "examples:" in done.stdout


def test_help_imports_nothing_heavy():
    code = "import sys, json\nfrom dragoman.cli import main\nmain(['--help'])\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert not loaded & {"numpy", "onnxruntime", "sqlite3", "rich", "tokenizers", "argparse", "dragoman.record"}


def test_help_answers_in_under_300_ms():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    dragoman("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.3


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help_with_examples(verb, capsys):
    with pytest.raises(SystemExit) as caught:
        main([verb, "--help"])
    assert caught.value.code == 0
    assert f"  dragoman {verb}" in capsys.readouterr().out


def test_the_version_is_that_of_the_package():
    import dragoman as package

    assert dragoman("--version").stdout == f"dragoman {package.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["raed", "pages"], "there is no verb 'raed': did you mean 'read'?"),
        (
            ["x"],
            f"there is no verb 'x': known are {', '.join(VERBS)}",
        ),
        (["read", "pages", "--projct", "p"], "there is no option '--projct': did you mean '--project'?"),
        (["read", "pages"], "the following arguments are required: --project"),
        (["read", "pages", "--project", "p", "--jobs", "0"], "'0' is not a whole number from 1"),
        (["show", "p", "statments"], "there is no 'statments': did you mean 'statements'?"),
        (["show", "p", "--since", "June"], "'June' is no date: write 2026, 2026-06 or 2026-06-23"),
        (["export", "p", "--format", "jsno"], "there is no 'jsno': did you mean 'jsonl'?"),
    ],
)
def test_wrong_use_is_told_without_a_traceback(arguments, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.startswith("dragoman: ")
    assert "Traceback" not in printed.err
    assert not list(tmp_path.iterdir())


def test_a_project_that_is_not_there_is_told(tmp_path, capsys):
    assert main(["show", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_a_pipe_that_is_closed_early_is_no_error():
    read, write = os.pipe()
    os.close(read)
    process = subprocess.Popen([sys.executable, "-m", "dragoman", "--help"], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    _, complaints = process.communicate()
    assert process.returncode == 0
    assert complaints == b""
