"""`dragoman serve`: the workbench, in a browser on this machine."""

from __future__ import annotations

import secrets
import socket
import sys
import webbrowser
from argparse import ArgumentTypeError, Namespace

from dragoman.analyze.prepared import prepare
from dragoman.cli.arguments import Parser
from dragoman.digest import Digest
from dragoman.errors import ProjectError, SettingsError
from dragoman.record import Project
from dragoman.web.access import Access, loopback
from dragoman.web.desk import LARGE

PORT = 8100
TRIED = 20
"""Ports that are tried from the first one on where none was asked for."""


def run(arguments: list[str]) -> int:
    """Serves until stopped with Ctrl-C; returns 0. Raises SettingsError where the address cannot be listened on."""
    args = parser().parse(arguments)
    serve(args.project, _access(args), args.open, args.port)
    return 0


def serve(folder: str, access: Access, open_browser: bool, port: int | None) -> None:
    """Listens, prints the address, opens a browser where that is wanted, and answers until Ctrl-C."""
    import uvicorn

    from dragoman.web.app import workbench

    with Project(folder, create=False) as project:
        if project.has_more_than(LARGE):
            _prepare(project)
    listening = _listen(access.host, port)
    access = Access(access.host, listening.getsockname()[1], access.token, access.names)
    address = access.address + (f"?token={access.token}" if access.token else "")
    print(f"The workbench of {folder} is at {address}  (Ctrl-C stops it)", flush=True)
    if open_browser:
        webbrowser.open(address)
    config = uvicorn.Config(
        workbench(folder, access),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
        limit_concurrency=100,
    )
    server = uvicorn.Server(config)
    with listening:
        server.run(sockets=[listening])


def _prepare(project: Project) -> None:
    """Makes what the screens of a large record need, where it is not there, and tells how far it is."""
    if Digest.open(project, behind_too=True) is not None:
        return
    print("The first time a large project is opened takes some minutes.", file=sys.stderr)
    seen = ""

    def told(what: str, done: int) -> None:
        nonlocal seen
        if sys.stderr.isatty():
            print(f"\r\x1b[K{what} {done:,}", end="", file=sys.stderr, flush=True)
        elif what != seen:
            print(what, file=sys.stderr, flush=True)
        seen = what

    try:
        prepare(project, told)
    except ProjectError as problem:
        print(f"dragoman: it goes on without, slower: {problem}", file=sys.stderr)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)


def _access(args: Namespace) -> Access:
    if loopback(args.host):
        return Access(args.host, args.port or PORT, args.token)
    if not args.token:
        made = secrets.token_urlsafe(18)
        raise SettingsError(
            f"{args.host} can be reached from other machines, so that a token is needed: add '--token {made}', or one of "
            f"your own. The connection is not encrypted"
        )
    return Access(args.host, args.port or PORT, args.token, tuple(args.name))


def _listen(host: str, port: int | None) -> socket.socket:
    """A socket on the port, or where None is given on the first free one of some."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    wanted = range(PORT, PORT + TRIED) if port is None else [port]
    problem: OSError | None = None
    for one in wanted:
        found = socket.socket(family, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((host, one))
            found.listen(128)
        except OSError as error:
            found.close()
            problem = error
        else:
            return found
    where = f"{host}, port {port}" if port is not None else f"{host}, ports {PORT} to {PORT + TRIED - 1}"
    reason = problem.strerror if problem else "nothing was tried"
    raise SettingsError(f"cannot listen on {where}: {reason}; give another with --port")


def _port(word: str) -> int:
    """An argument type for a port, 0 being any that is free."""
    if not (word.isascii() and word.isdigit() and len(word) <= 5 and int(word) <= 65535):
        raise ArgumentTypeError(f"'{word}' is no port: give one from 1 to 65535, or 0 for any that is free")
    return int(word)


def parser() -> Parser:
    parser = Parser(
        "serve",
        "Opens the workbench: a project in a browser. Only this machine can reach it; another address needs a token.",
        ["dragoman serve caucasus", "dragoman serve caucasus --port 9000 --no-open"],
    )
    parser.add_argument("project", metavar="DIR", help="the project's folder")
    parser.add_argument("--port", type=_port, metavar="N", help=f"where it listens (default: {PORT}, or the next free)")
    parser.add_argument("--no-open", dest="open", action="store_false", help="do not open a browser")
    parser.add_argument("--host", default="127.0.0.1", metavar="HOST", help="the address (default: 127.0.0.1)")
    parser.add_argument("--token", metavar="WORD", help="what a browser or program must show")
    parser.add_argument("--name", action="append", default=[], metavar="HOST", help="a further host name it goes by")
    return parser
