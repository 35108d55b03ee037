"""The options that say which part of a record is meant, as several verbs have them."""

from __future__ import annotations

from argparse import Namespace
from difflib import get_close_matches

from dragoman.cli.arguments import Parser, day, one_of
from dragoman.errors import SettingsError
from dragoman.model import Act
from dragoman.ontology.plover import plover
from dragoman.record import Filter, Project


def add_filters(parser: Parser) -> None:
    """Adds --actor, --since, --until, --type, --outlet and --act."""
    parser.add_argument("--actor", metavar="NAME", help="a name, alias, ISO 3166 code or id")
    parser.add_argument("--since", type=day, metavar="DATE", help="2026, 2026-06 or 2026-06-23")
    parser.add_argument("--until", type=day, metavar="DATE", help="the same; the last day counts")
    parser.add_argument("--type", type=_type, metavar="TYPE", help="a PLOVER type: ACCUSE, CONSULT, REQUEST, ...")
    parser.add_argument("--outlet", metavar="NAME", help="who published the page")
    parser.add_argument("--act", type=one_of(*Act), metavar="ACT", help=f"an act: {', '.join(Act)}")


def filter_of(args: Namespace, project: Project, limit: int | None = None) -> Filter:
    """What was asked for. Raises SettingsError, with the nearest name, where the project has no such actor."""
    if args.actor and next(project.actors(Filter(actor=args.actor)), None) is None:
        names = {name for found in project.actors() for name in (found.name, *found.aliases)}
        close = get_close_matches(args.actor, names, 1)
        hint = f"did you mean '{close[0]}'?" if close else f"'dragoman show {project.path} actors' lists all"
        raise SettingsError(f"no actor in {project.path} is called '{args.actor}': {hint}")
    return Filter(args.actor, args.since, args.until, args.type, args.outlet, args.act, limit)


def _type(word: str) -> str:
    return one_of(*plover().types)(word.upper())
