"""A workbench that listens on loopback, in a thread of the tests' own process."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import uvicorn

from dragoman.web.access import Access
from dragoman.web.app import workbench


@contextmanager
def serving(folder: Path, token: str | None = None) -> Iterator[Access]:
    """Serves the project in `folder` until left; what it was served as tells the address."""
    listening = socket.create_server(("127.0.0.1", 0))
    access = Access("127.0.0.1", listening.getsockname()[1], token)
    server = uvicorn.Server(uvicorn.Config(workbench(folder, access), log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        until = time.monotonic() + 20
        while not server.started and thread.is_alive() and time.monotonic() < until:
            time.sleep(0.01)
        yield access
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


def page(access: Access, path: str) -> str:
    """The body of an answer that must be 200."""
    connection = HTTPConnection("127.0.0.1", access.port, timeout=20)
    connection.request("GET", path, headers={"Host": f"127.0.0.1:{access.port}"})
    answer = connection.getresponse()
    body = answer.read().decode()
    assert answer.status == 200, body
    return body


def twin(access: Access, path: str) -> dict[str, Any]:
    """What a JSON twin answers."""
    found: dict[str, Any] = json.loads(page(access, path))
    return found
