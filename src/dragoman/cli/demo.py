"""`dragoman demo`: reads the bundled examples, shows what was found, and opens the workbench on it."""

from __future__ import annotations

import sys
from importlib.resources import as_file, files

from dragoman.cli.arguments import Parser
from dragoman.cli.read import read_inputs
from dragoman.cli.serve import serve
from dragoman.cli.terminal import styled
from dragoman.cli.views import VIEWS
from dragoman.record import Filter, Project
from dragoman.web.access import Access

FOLDER = "dragoman-demo"
SCREENS = (
    ("--actor Brazil --until 2032-03-09 --limit 1", "relations", Filter(actor="Brazil", until="2032-03-09", limit=1)),
    ('--outlet "Encarnación Observer" --limit 5', "statements", Filter(outlet="Encarnación Observer", limit=5)),
)
"""What is shown of the examples: the options as they are typed, the view, and the options as they are meant."""


def run(arguments: list[str]) -> int:
    """Returns 1 where none of the examples could be read, else 0. On a terminal it ends with the workbench, until Ctrl-C."""
    args = parser().parse(arguments)
    folder = args.project
    print("The examples are ours; their people, outlets and events do not exist.\n")
    with as_file(files("dragoman") / "examples") as examples:
        inputs = sorted(path for path in examples.iterdir() if path.stem != "README")
        report = read_inputs(inputs, folder)
    print("\n".join(report.lines()))
    with Project(folder, create=False) as project:
        for options, view, wanted in SCREENS:
            print(f"\n{styled(f'$ dragoman show {folder} {view} {options}', 'dim')}")
            print("\n".join(VIEWS[view](project, wanted, False)).rstrip())
    print(f"\nMore: dragoman show {folder} [statements | actors | documents], dragoman export {folder} --format jsonl")
    if not (report.read or report.known):
        return 1
    if args.serve and sys.stdout.isatty():
        serve(folder, Access(), open_browser=True, port=None)
    else:
        print(f"In a browser: dragoman serve {folder}")
    return 0


def parser() -> Parser:
    parser = Parser(
        "demo",
        "Reads the bundled examples, which are invented, into a project and shows what was found. On a terminal it then opens "
        "the workbench on them, until Ctrl-C.",
        ["dragoman demo", "dragoman demo --project /tmp/demo --no-serve"],
    )
    parser.add_argument("--no-serve", dest="serve", action="store_false", help="end without opening the workbench")
    parser.add_argument("--project", default=FOLDER, metavar="DIR", help=f"the project's folder (default: {FOLDER})")
    return parser
