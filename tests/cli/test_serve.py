"""`dragoman serve`, as a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import pytest

from dragoman.cli import main


def start(folder, *options):
    """The process and the address that it prints."""
    command = [sys.executable, "-m", "dragoman", "serve", str(folder), "--no-open", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)
    return process, re.search(r"is at (\S+)", process.stdout.readline())[1]


def test_it_prints_its_address_answers_and_ends_with_ctrl_c(examples):
    process, address = start(examples, "--port", "0")
    with urlopen(address) as answer:
        assert "Busiest relations" in answer.read().decode()
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=20)
    assert (process.returncode, complaint) in ((0, ""), (130, "dragoman: stopped\n"))


def test_a_port_that_is_taken_is_said(examples, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", str(examples), "--no-open", "--port", str(taken.getsockname()[1])]) == 2
    assert "give another with --port" in capsys.readouterr().err


def test_another_address_than_this_machine_needs_a_token(examples, capsys):
    assert main(["serve", str(examples), "--no-open", "--host", "0.0.0.0"]) == 2
    assert "--token" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["nothing", "."])
def test_what_is_no_project_is_said(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["serve", folder, "--no-open"]) == 2
    assert "there is no project" in capsys.readouterr().err
