"""`dragoman watch`: what is watched for a project, and the watch that asks, fetches and reads until it is stopped."""

from __future__ import annotations

import argparse
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from types import FrameType

from dragoman import settings
from dragoman.cli.arguments import Parser, count, meant, one_of
from dragoman.cli.report import failure_table, number
from dragoman.cli.terminal import plain, styled, table, width
from dragoman.errors import SettingsError
from dragoman.gather.addresses import shown
from dragoman.gather.fetch import Fetcher, FetchOptions
from dragoman.record import Project
from dragoman.record.watching import KINDS, TO_READ, Kind, Watched, Watching
from dragoman.run import Limits, Reader
from dragoman.run.watch import address, kind_of, watch
from dragoman.run.watch_options import Round, WatchOptions

VERBS = ("run", "add", "remove", "list")
MOST_BYTES = 20_000_000
"""Of a page or feed, unpacked."""
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:/\s]+)(?::([0-9]{1,5}))?")


def run(arguments: list[str]) -> int:
    """Returns 1 where nothing that was asked answered, else 0. Raises DragomanError where an address cannot be added."""
    args = parser().parse(arguments)
    if args.verb in ("add", "remove") and not args.urls:
        raise SettingsError(f"dragoman watch PROJECT {args.verb} takes the addresses to {args.verb}")
    if args.verb in ("run", "list") and args.urls:
        raise SettingsError(f"dragoman watch PROJECT {args.verb} takes no addresses: did you mean 'add'?")
    fetcher = Fetcher(_options(args))
    urls = [address(given, fetcher) for given in args.urls]
    with Project(args.project, create=args.verb == "add") as project, fetcher:
        if args.verb == "run":
            return _run(project, fetcher, args)
        with Watching(project.path) as rows:
            if args.verb == "add":
                _add(rows, fetcher, urls, args.kind)
            elif args.verb == "remove":
                _remove(rows, urls)
            else:
                print("\n".join(_listed(rows)))
    return 0


def _run(project: Project, fetcher: Fetcher, args: argparse.Namespace) -> int:
    with Watching(project.path) as rows:
        if not args.once and not rows.watched():
            folder = project.path
            raise SettingsError(f"nothing is watched in {folder}: 'dragoman watch {folder} add URL' adds an address")
    chosen = settings.load()
    base = args.language_base or chosen.language_base
    asked = answered = 0
    with _signals() as stop:
        options = WatchOptions(
            Limits(args.jobs or chosen.jobs, chosen.seconds), args.every * 60.0, args.once, lambda: bool(stop)
        )
        for one in watch(project, fetcher, partial(Reader, base, project.path), options):
            asked += one.asked + one.fetched + one.read + len(one.failed)
            answered += one.unchanged + one.found + one.fetched + one.read + one.known
            print("\n".join(_told(one)), flush=True)
    if not asked and args.once:
        print("Nothing is due.")
    return 1 if asked and not answered else 0


@contextmanager
def _signals() -> Iterator[list[int]]:
    """A list that holds something once SIGINT or SIGTERM came. The second one ends the process at once."""
    came: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        # Nothing here may wait for a lock, or write through a buffer: it interrupts whoever may hold them.
        came.append(number)
        os.write(2, b"\nStopping after the requests under way; the same signal again stops at once. All is kept.\n")
        signal.signal(number, signal.SIG_DFL)

    before = {one: signal.signal(one, note) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _add(rows: Watching, fetcher: Fetcher, urls: list[str], kind: Kind | None) -> None:
    for url in urls:
        watched = {one.url: one.kind for one in rows.watched()}
        if url in watched:
            print(f"{plain(url)} is watched already, as a {watched[url]}.")
            continue
        found = kind or kind_of(fetcher.fetch(url))
        rows.add(url, found, datetime.now(UTC))
        print(f"{plain(url)} is watched from now on, as a {found}.")


def _remove(rows: Watching, urls: list[str]) -> None:
    for url in urls:
        known = [one.url for one in rows.watched()]
        if not rows.remove(url):
            raise SettingsError(f"{plain(url)} is not watched{meant(url, known) if known else ''}")
        print(f"{plain(url)} is watched no longer; what was read of it stays.")


def _listed(rows: Watching) -> Iterator[str]:
    watched = rows.watched()
    if not watched:
        yield "Nothing is watched."
    else:
        header = ("address", "kind", "answered", "due", "problem")
        cells = [(one.url, one.kind, _time(one.checked), _time(one.due), _problem(one)) for one in watched]
        yield from table(header, cells, width())
    if waiting := rows.waiting():
        yield f"{number(waiting, 'page')} still to be fetched."
    if rows.to_read(1):
        yield f"Some pages were fetched and are {TO_READ}."


def _problem(one: Watched) -> str:
    times = f"{one.failures} times: " if one.failures > 1 else ""
    return times + _why(one.url, one.problem) if one.problem else ""


def _time(stamp: str | None) -> str:
    """To the minute, in the user's own time."""
    return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M") if stamp else "never"


def _told(one: Round) -> Iterator[str]:
    parts = [f"{number(one.read, 'page')} read"]
    if one.known:
        parts.append(f"{one.known} known")
    if one.found:
        parts.append(f"{one.found} new")
    if one.unchanged:
        parts.append(f"{one.unchanged} unchanged")
    if one.waiting:
        parts.append(f"{one.waiting} still to be fetched")
    yield f"{datetime.now():%Y-%m-%d %H:%M}  {', '.join(parts)}."
    if one.failed:
        yield styled(f"{len(one.failed)} failed:", "yellow")
        yield from failure_table((each.source, each.problem, _why(each.source, each.message)) for each in one.failed)


def _why(url: str, message: str) -> str:
    """A message in a table that names the address already."""
    return message.removeprefix(f"{shown(url)} is not fetched: ")


def _options(args: argparse.Namespace) -> FetchOptions:
    """`--allow HOST:PORT` lets pages be at that port, too."""
    hosts: set[str] = set()
    ports = set(FetchOptions().ports)
    for given in args.allow:
        parts = _HOST.fullmatch(given.lower())
        if not parts:
            raise SettingsError(f"--allow {given!r} is no host: write example.org, 127.0.0.1 or [::1]:8000")
        hosts.add(parts[1].strip("[]"))
        ports |= {int(parts[2])} if parts[2] else set()
    return FetchOptions(args.contact, decoded_bytes=MOST_BYTES, private_hosts=frozenset(hosts), ports=frozenset(ports))


def parser() -> Parser:
    parser = Parser(
        "watch",
        "Watches feeds, sitemaps and pages, and reads what is new into a project until it is stopped (Ctrl-C). Asks"
        " politely: what a site's robots.txt, its Retry-After and Cache-Control say is followed.",
        [
            "dragoman watch caucasus add https://news.example.org/feed https://ministry.example.org/statements",
            "dragoman watch caucasus list",
            "dragoman watch caucasus --contact desk@example.org",
            "dragoman watch caucasus --once",
            "dragoman watch caucasus remove https://news.example.org/feed",
        ],
    )
    parser.add_argument("project", metavar="PROJECT", help="the project's folder; 'add' makes it if it is not there")
    verbs = ", ".join(VERBS)
    parser.add_argument(
        "verb", nargs="?", default="run", type=one_of(*VERBS), metavar="VERB", help=f"{verbs} (default: run)"
    )
    parser.add_argument("urls", nargs="*", metavar="URL", help="add, remove: addresses of feeds, sitemaps and pages")
    kinds = ", ".join(KINDS)
    parser.add_argument(
        "--kind", type=one_of(*KINDS), metavar="KIND", help=f"add: {kinds} (default: told from what comes)"
    )
    parser.add_argument("--once", action="store_true", help="run: end when nothing is due")
    parser.add_argument(
        "--every", type=count, default=30, metavar="MINUTES", help="run: between two questions (default: 30)"
    )
    parser.add_argument(
        "--contact", default="", metavar="ADDRESS", help="an e-mail address or page, told to the servers that are asked"
    )
    parser.add_argument(
        "--allow", action="append", default=[], metavar="HOST", help="a host that may be on this machine or network"
    )
    parser.add_argument("--jobs", type=count, metavar="N", help="processes that read (default: as many as cores)")
    parser.add_argument(
        "--language-base", metavar="NAME", help="an installed spaCy pipeline, e.g. spacy:en_core_web_sm"
    )
    return parser
