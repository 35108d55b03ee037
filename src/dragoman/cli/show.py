"""`dragoman show`: a project, printed for people."""

from __future__ import annotations

from dragoman.cli.arguments import Parser, count, one_of
from dragoman.cli.filters import add_filters, filter_of
from dragoman.cli.views import VIEWS
from dragoman.record import Filter, Project


def run(arguments: list[str]) -> int:
    """Prints the view that is asked for; returns 0, also where it is empty."""
    args = parser().parse(arguments)
    with Project(args.project, create=False) as project:
        wanted = filter_of(args, project, args.limit)
        empty = True
        for line in VIEWS[args.view](project, wanted, args.ids):
            print(line)
            empty = False
        if empty:
            print(_why_empty(project, args.view, wanted))
    return 0


def _why_empty(project: Project, view: str, wanted: Filter) -> str:
    """What there is to say, and to do, where a view has no line."""
    if not project.counts()["documents"]:
        return f"The project holds no documents: 'dragoman read PAGES --project {project.path}' reads some."
    if view == "failures":
        return "Everything could be read."
    if wanted != Filter(limit=wanted.limit):
        return "Nothing found: no row meets all of these conditions. Take one away, or widen the time."
    return "Nothing found."


def parser() -> Parser:
    parser = Parser(
        "show",
        "Prints a project for people. Conditions that are given must all hold; case and accents do not matter.",
        [
            "dragoman show caucasus",
            "dragoman show caucasus relations --actor AZE --since 2026-06 --type ACCUSE",
            'dragoman show caucasus statements --actor "Foreign Ministry" --limit 10',
            "dragoman show caucasus actors --ids",
        ],
    )
    parser.add_argument("project", metavar="DIR", help="the project's folder")
    views = ", ".join(VIEWS)
    parser.add_argument(
        "view",
        nargs="?",
        default="relations",
        type=one_of(*VIEWS),
        metavar="VIEW",
        help=f"{views} (default: relations)",
    )
    add_filters(parser)
    parser.add_argument("--limit", type=count, metavar="N", help="at most so many rows, or pairs of actors")
    parser.add_argument("--ids", action="store_true", help="show ids and offsets, too")
    return parser
