"""The workbench as an ASGI application."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from dragoman.errors import DragomanError
from dragoman.record import Project
from dragoman.web.access import Access
from dragoman.web.asked import Asked
from dragoman.web.desk import Desk
from dragoman.web.frame import frame
from dragoman.web.keeper import Keeper
from dragoman.web.plain import plain
from dragoman.web.policy import Policy
from dragoman.web.screen import Action, Answer, Download, Missing, Screen
from dragoman.web.templates import page
from dragoman.web.views import ACTIONS, DOWNLOADS, SCREENS

Endpoint = Callable[[Request], Awaitable[Response]]


def workbench(folder: str | Path, access: Access | None = None) -> Starlette:
    """The application for the project in `folder`. Raises ProjectError where there is none."""
    Project(folder, create=False).close()
    desk, keeper = Desk(Path(folder)), Keeper(Path(folder))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        keeper.start()
        yield
        keeper.stop()
        desk.close()

    return Starlette(
        routes=list(_routes(desk)),
        middleware=[Middleware(Policy, access=access or Access())],
        lifespan=lifespan,
        exception_handlers={HTTPException: partial(_http_error, desk), Exception: _error},
    )


def _routes(desk: Desk) -> list[BaseRoute]:
    static = StaticFiles(directory=str(files("dragoman.web") / "static"))
    routes: list[BaseRoute] = [Mount("/static", static, name="static")]
    for screen in SCREENS:
        twin = "/index.json" if screen.path == "/" else f"{screen.path}.json"
        routes.append(Route(twin, partial(_as_json, desk, screen), methods=["GET"]))
    routes += [Route(one.path, partial(_download, desk, one), methods=["GET"]) for one in DOWNLOADS]
    routes += [Route(action.path, partial(_act, desk, action), methods=["POST"]) for action in ACTIONS]
    routes += [Route(screen.path, partial(_as_page, desk, screen), methods=["GET"]) for screen in SCREENS]
    return routes


async def _as_page(desk: Desk, screen: Screen, request: Request) -> Response:
    asked = _asked(request)
    try:
        shown = await desk.ask(lambda project: _answer(project, screen, asked, framed=True))
    except (Missing, DragomanError) as problem:
        return await _refused(desk, asked, str(problem), _status(problem), screen)
    return HTMLResponse(page(screen.template, {**shown, "asked": asked, "menu": screen.menu}))


async def _as_json(desk: Desk, screen: Screen, request: Request) -> Response:
    asked = _asked(request)
    try:
        shown = await desk.ask(lambda project: _answer(project, screen, asked, framed=False))
    except (Missing, DragomanError) as problem:
        return _json({"error": str(problem)}, _status(problem))
    return _json(plain(shown))


async def _download(desk: Desk, download: Download, request: Request) -> Response:
    asked = _asked(request)
    try:
        file = await desk.ask(lambda project: download.make(project, asked))
    except (Missing, DragomanError) as problem:
        return await _refused(desk, asked, str(problem), _status(problem))
    name = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "-" for letter in file.name
    )
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(file.content, media_type=file.media_type, headers=headers)


async def _act(desk: Desk, action: Action, request: Request) -> Response:
    asked = _asked(request)
    try:
        async with request.form(max_files=0, max_fields=1000) as form:
            given: FormData = form
            target = await desk.ask(lambda project: action.do(project, asked, given))
    except (Missing, DragomanError) as problem:
        return await _refused(desk, asked, str(problem), _status(problem))
    return RedirectResponse(local(target), 303)


async def _refused(desk: Desk, asked: Asked, problem: str, status: int, screen: Screen | None = None) -> HTMLResponse:
    """A page that says what is wrong, with the frame around it where that can still be had, and the way back to the screen
    without what could not be followed."""
    again = asked.path if screen and status == 400 else None
    about = {"problem": problem, "status": status, "again": again, "menu": screen.menu if screen else None}
    try:
        around = await desk.ask(lambda project: frame(project, asked))
    except DragomanError:
        around = {}
    return HTMLResponse(page("problem.html", {**around, **about, "asked": asked.followed()}), status)


async def _http_error(desk: Desk, request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = {404: "There is nothing at this address.", 405: "This address is not asked that way."}
    problem = said.get(status, str(getattr(error, "detail", error)))
    if request.url.path.endswith(".json"):
        return _json({"error": problem}, status)
    return await _refused(desk, _asked(request), problem, status)


async def _error(request: Request, error: Exception) -> Response:
    problem = f"This is a fault of Dragoman's ({type(error).__name__}); the terminal shows where."
    about = {"problem": problem, "status": 500, "again": None, "menu": None}
    return HTMLResponse(page("problem.html", {**about, "asked": Asked("/")}), 500)


def _answer(project: Project, screen: Screen, asked: Asked, framed: bool) -> Answer:
    with project.snapshot():
        shown = screen.answer(project, asked)
        return {**frame(project, asked), **shown} if framed else shown


def _asked(request: Request) -> Asked:
    path = request.url.path.removesuffix(".json") if request.url.path.endswith(".json") else request.url.path
    parts = {name: str(value) for name, value in request.path_params.items()}
    return Asked("/" if path == "/index" else path, dict(request.query_params), parts)


def _status(problem: Exception) -> int:
    return 404 if isinstance(problem, Missing) else 400


def _json(value: object, status: int = 200) -> Response:
    content = json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")
    return Response(content, status, media_type="application/json")


def local(target: str) -> str:
    """An address of the workbench: one of another place becomes the first screen."""
    plain_path = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if plain_path else "/"
