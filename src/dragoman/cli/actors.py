"""`dragoman actors`: who is who in a project, what resolve joined and why, and what people decide about it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dragoman.cli.arguments import Parser, one_of
from dragoman.cli.terminal import table, width
from dragoman.errors import SettingsError
from dragoman.model import Actor
from dragoman.ontology.own import OFFICES
from dragoman.record import Decided, Filter, Project
from dragoman.record.account import account

VERBS = ("list", "why", "merge", "split", "rename", "decisions", "undo", "refresh")


def run(arguments: list[str]) -> int:
    """Returns 0; raises SettingsError where an actor is not known or what was said is incomplete."""
    args = parser().parse(arguments)
    if args.verb == "refresh":
        _require(args.names, 0, "refresh")
        return _refresh(Path(args.project), args.countries, args.contact)
    with Project(args.project, create=False) as project:
        for line in _answer(project, args.verb, args.names, args.document, args.by or account()):
            print(line)
    return 0


def _answer(project: Project, verb: str, names: list[str], document: str | None, by: str) -> Iterator[str]:
    if verb == "list":
        yield from _list(project, names)
    elif verb == "why":
        _require(names, 1, verb)
        yield from _why(project, _actor(project, names[0]))
    elif verb == "decisions":
        _require(names, 0, verb)
        yield from _decisions(project)
    elif verb == "undo":
        _require(names, 1, verb)
        if not names[0].isdigit():
            raise SettingsError(
                f"'{names[0]}' is no number of a decision: 'dragoman actors {project.path} decisions' lists them"
            )
        project.undo(int(names[0]))
        yield f"Decision {names[0]} is undone."
    else:
        yield _decide(project, verb, names, document, by)


def _decide(project: Project, verb: str, names: list[str], document: str | None, by: str) -> str:
    _require(names, 1 if verb == "split" and document else 2, verb)
    actor = _actor(project, names[0], as_read=verb == "split")
    if verb == "rename":
        number = project.decide(Decided("rename", actor.id, by, name=names[1]))
        return f"Decision {number}: {actor.id} is called {names[1]}."
    if document:
        number = project.decide(Decided("split", actor.id, by, document=document))
        return f"Decision {number}: {actor.name} of {document} is another one."
    other = _actor(project, names[1], as_read=verb == "split")
    if verb == "merge":
        number = project.decide(Decided("merge", actor.id, by, other=other.id))
        return f"Decision {number}: {actor.name} ({actor.id}) and {other.name} ({other.id}) are one."
    number = project.decide(Decided("split", actor.id, by, other=other.id))
    return f"Decision {number}: {actor.name} ({actor.id}) and {other.name} ({other.id}) are not one."


def _list(project: Project, names: list[str]) -> Iterator[str]:
    _require(names, min(len(names), 1), "list")
    found = list(project.actors(Filter(actor=names[0] if names else None)))
    rows = [(one.id, one.name, one.type.value, one.country or "", ", ".join(one.aliases)) for one in found]
    yield from table(("id", "name", "type", "country", "also called"), rows, width()) if rows else ["Nothing found."]


def _why(project: Project, actor: Actor) -> Iterator[str]:
    yield f"{actor.name} ({actor.id}), {actor.type.value}" + (f", {actor.country}" if actor.country else "")
    joined = project.why(actor.id)
    for id, why in joined:
        yield f"  {id}: {why}"
    if not joined:
        yield "  as the documents have it; nothing was joined to it."


def _decisions(project: Project) -> Iterator[str]:
    made = project.decisions()
    rows = [
        (
            str(one.number),
            one.kind,
            one.actor,
            one.other or one.name or one.document or "",
            one.made_by,
            one.made[:10],
            f"undone {one.undone[:10]}" if one.undone else "",
        )
        for one in made
    ]
    header = ("number", "what", "actor", "other, name or document", "by", "on", "")
    yield from table(header, rows, width()) if rows else ["No decisions."]


def _actor(project: Project, name: str, *, as_read: bool = False) -> Actor:
    """The one actor that an id or a name means; `as_read`: an id that documents have is taken as it is."""
    found = list(project.actors(Filter(actor=name)))
    if as_read and (own := next((one for one in found if name in (id for id, _ in project.why(one.id))), None)):
        return Actor(name, own.name, own.type, own.country)
    if exact := [one for one in found if one.id == name]:
        return exact[0]
    if not found:
        raise SettingsError(
            f"no actor in {project.path} is called '{name}': 'dragoman actors {project.path}' lists all"
        )
    if len(found) > 1:
        ids = ", ".join(f"{one.id} ({one.name})" for one in found[:5])
        raise SettingsError(f"'{name}' may be {ids}: give the id")
    return found[0]


def _refresh(project: Path, countries: list[str] | None, contact: str | None) -> int:
    """Fetches office holders from Wikidata into the project, where reading finds them."""
    # Imported here because the client of HTTP takes longer to load than all other verbs to run.
    from dragoman.gather.wikidata import Service, fetch_holders, write_holders

    if contact is None:
        raise SettingsError("Wikidata asks who is calling: give an address or page with --contact")
    project.mkdir(parents=True, exist_ok=True)
    skipped: Counter[str] = Counter()
    holdings = fetch_holders(Service(contact=contact), countries=countries, skipped=skipped)
    count = write_holders(project / OFFICES, holdings, date.today())
    print(f"{count:,} tenures are in {project / OFFICES}; what is read from now on knows them.")
    for why, many in skipped.most_common():
        print(f"  left out, {why}: {many:,}", file=sys.stderr)
    return 0


def _require(names: list[str], many: int, verb: str) -> None:
    if len(names) != many:
        raise SettingsError(f"dragoman actors PROJECT {verb} takes {many} further words, not {len(names)}")


def parser() -> Parser:
    parser = Parser(
        "actors",
        "Who is who in a project. Decisions hold for all that is read later, and can be undone.",
        [
            "dragoman actors caucasus",
            "dragoman actors caucasus why Orlen",
            'dragoman actors caucasus merge "Dana Orlen" "D. Orlen" --by mk',
            "dragoman actors caucasus split person-1a2b person-3c4d",
            "dragoman actors caucasus rename person-1a2b 'Dana Orlen'",
            "dragoman actors caucasus undo 3",
            "dragoman actors caucasus refresh --contact desk@example.org",
        ],
    )
    parser.add_argument("project", metavar="DIR", help="the project's folder")
    verbs = ", ".join(VERBS)
    parser.add_argument(
        "verb", nargs="?", default="list", type=one_of(*VERBS), metavar="VERB", help=f"{verbs} (default: list)"
    )
    parser.add_argument("names", nargs="*", metavar="ACTOR", help="an id, or a name that one actor goes by")
    parser.add_argument("--document", metavar="ID", help="split: the actor of this document is another one")
    parser.add_argument("--by", metavar="NAME", help="who decides (default: the name of the user's account)")
    parser.add_argument("--countries", nargs="+", metavar="ISO3", help="refresh: only these states")
    parser.add_argument("--contact", metavar="ADDRESS", help="refresh: an address or page that Wikidata can write to")
    return parser
