"""`dragoman show`: a project, printed for people."""

from __future__ import annotations

from difflib import get_close_matches

from dragoman.cli.arguments import Parser, count, day, one_of
from dragoman.cli.views import VIEWS
from dragoman.errors import SettingsError
from dragoman.model import Act
from dragoman.ontology.plover import plover
from dragoman.record import Filter, Project


def run(arguments: list[str]) -> int:
    """Prints the view that is asked for; returns 0, also where it is empty."""
    args = parser().parse(arguments)
    wanted = Filter(args.actor, args.since, args.until, args.type, args.outlet, args.act, args.limit)
    with Project(args.project, create=False) as project:
        if args.actor:
            _require_actor(project, args.actor)
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


def _require_actor(project: Project, actor: str) -> None:
    if next(project.actors(Filter(actor=actor)), None) is not None:
        return
    names = {name for found in project.actors() for name in (found.name, *found.aliases)}
    close = get_close_matches(actor, names, 1)
    hint = f"did you mean '{close[0]}'?" if close else f"'dragoman show {project.path} actors' lists all"
    raise SettingsError(f"no actor in {project.path} is called '{actor}': {hint}")


def _type(word: str) -> str:
    return one_of(*plover().types)(word.upper())


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
    parser.add_argument("--actor", metavar="NAME", help="a name, alias, ISO 3166 code or id")
    parser.add_argument("--since", type=day, metavar="DATE", help="2026, 2026-06 or 2026-06-23")
    parser.add_argument("--until", type=day, metavar="DATE", help="the same; the last day counts")
    parser.add_argument("--type", type=_type, metavar="TYPE", help="a PLOVER type: ACCUSE, CONSULT, REQUEST, ...")
    parser.add_argument("--outlet", metavar="NAME", help="who published the page")
    parser.add_argument("--act", type=one_of(*Act), metavar="ACT", help=f"an act: {', '.join(Act)}")
    parser.add_argument("--limit", type=count, metavar="N", help="at most so many rows, or pairs of actors")
    parser.add_argument("--ids", action="store_true", help="show ids and offsets, too")
    return parser
