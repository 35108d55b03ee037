"""The command line. `main` finds the verb; each verb is a module of this room, imported only when it is called."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

VERBS = {
    "read": "read files, folders or JSON Lines into a project",
    "watch": "watch feeds, sitemaps and pages, and read what is new",
    "show": "print a project for people: relations, statements, actors, documents, failures",
    "analyze": "relations in time, change points, demands, accounts, balance, coverage, networks",
    "compare": "a relation beside event data that others made",
    "brief": "write up what a record says of two parties, each sentence with its evidence",
    "serve": "open the workbench: the project in a browser, on this machine",
    "search": "find documents by words, fields and dates",
    "actors": "tell who is who, and merge, split or rename actors",
    "review": "show what to look at first, and correct what was read",
    "check": "tell whether a project is whole, and what to do where it is not",
    "backup": "copy a project, also while it is written, or restore a copy",
    "export": "write a record for other tools: tables, event data, networks, references, notes",
    "demo": "read the bundled examples and show what was found",
    "doctor": "tell what is installed, which weights and which limits",
}

HELP = f"""\
usage: dragoman VERB ...

Reads news about how states deal with each other, and keeps a record whose every row points at its words.

verbs:
{chr(10).join(f"  {verb:<8}{line}" for verb, line in VERBS.items())}

options:
  -h, --help   show this help ('dragoman VERB --help' tells more)
  --version    show the version

examples:
  dragoman demo
  dragoman read pages/ --project caucasus
  dragoman show caucasus statements --actor "Foreign Ministry"
  dragoman export caucasus --format jsonl --out caucasus.jsonl
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit status: 0 done, 1 nothing could be read, 2 failure, 130 Ctrl-C."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that has no “ or é shall see something else there, and not a traceback.
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _dispatch(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has enough (`| head`); the interpreter must not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("dragoman: stopped", file=sys.stderr)
        return 130
    return status


def _dispatch(arguments: list[str]) -> int:
    from dragoman.errors import DragomanError

    verb = arguments[0] if arguments else "--help"
    if verb in ("-h", "--help", "help"):
        print(HELP, end="")
        return 0
    if verb in ("-V", "--version"):
        import dragoman

        print(f"dragoman {dragoman.__version__}")
        return 0
    try:
        if verb not in VERBS:
            raise _unknown(verb)
        return int(import_module(f"dragoman.cli.{verb}").run(arguments[1:]))
    except DragomanError as error:
        from dragoman.cli.terminal import plain

        print(f"dragoman: {plain(str(error))}", file=sys.stderr)
        return 2


def _unknown(verb: str) -> Exception:
    from difflib import get_close_matches

    from dragoman.errors import SettingsError

    close = get_close_matches(verb, VERBS, 1)
    hint = f"did you mean '{close[0]}'?" if close else f"known are {', '.join(VERBS)}"
    return SettingsError(f"there is no verb '{verb}': {hint}")
