"""`dragoman brief`: what a record says of two parties, written up for people, each sentence with its evidence."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from dragoman.brief import Brief, check, draft, load, save
from dragoman.brief.keep import write
from dragoman.brief.render import FORMATS, render
from dragoman.cli.arguments import Parser, day, one_of
from dragoman.cli.report import number
from dragoman.errors import SettingsError
from dragoman.record import Project


def run(arguments: list[str]) -> int:
    """Writes a new draft, or the brief that is kept under a name, to `--out` or standard output."""
    args = parser().parse(arguments)
    if args.format == "docx" and not args.out:
        raise SettingsError("a Word document is a file: say which with --out")
    with Project(args.project, create=False) as project:
        brief, fresh = _wanted(project, args)
        checked = check(project, brief, fresh)
    data = render(brief, checked, args.format)
    if args.out:
        write(Path(args.out), data)
        print(f"Wrote {args.out}.", file=sys.stderr)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    if unsupported := sum(not one.supported for one in checked):
        print(f"{number(unsupported, 'sentence')} without support: marked in the brief.", file=sys.stderr)
    return 0


def _wanted(project: Project, args: Namespace) -> tuple[Brief, Brief | None]:
    """The brief that is asked for, and the same where it is a new draft."""
    if args.b is not None:
        brief = draft(project, args.a, args.b, args.since, args.until)
        if args.name:
            print(f"Kept as {save(project, args.name, brief, new=True)}.", file=sys.stderr)
        return brief, brief
    if args.a is not None or not args.name:
        raise SettingsError("a brief is of two: name both, or with --name one that is kept")
    if args.since or args.until:
        raise SettingsError(
            "a brief that is kept has its time: leave out --since and --until, or name two for a new one"
        )
    return load(project, args.name), None


def parser() -> Parser:
    parser = Parser(
        "brief",
        "Drafts a brief of two parties from a record: what is reported to have happened, who says so, what is demanded,"
        " contested and answered, and what was read. Every sentence has its evidence.",
        [
            "dragoman brief caucasus NOR ISL --since 2031-05 --out brief.md",
            "dragoman brief caucasus NOR ISL --name 'The letters' --format docx --out brief.docx",
            "dragoman brief caucasus --name 'The letters' --format html --out brief.html",
        ],
    )
    parser.add_argument("project", metavar="DIR", help="the project's folder")
    parser.add_argument("a", nargs="?", metavar="A", help="the first party: ISO 3166 code, name or id")
    parser.add_argument("b", nargs="?", metavar="B", help="the second one")
    parser.add_argument("--since", type=day, metavar="DATE", help="2026, 2026-06 or 2026-06-23")
    parser.add_argument("--until", type=day, metavar="DATE", help="the same; the last day counts")
    parser.add_argument(
        "--name", metavar="NAME", help="keep the draft in the project under this name; without A and B: the one kept"
    )
    formats = ", ".join(FORMATS)
    parser.add_argument("--format", type=one_of(*FORMATS), default="md", metavar="F", help=f"{formats} (default: md)")
    parser.add_argument("--out", metavar="FILE", help="where to write it (default: standard output)")
    return parser
