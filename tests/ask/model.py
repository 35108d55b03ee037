"""An endpoint on loopback that says what a test wants: well, badly, slowly or not at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


class Model(ThreadingHTTPServer):
    """Answers each question with the next of `says`, and any further one with the last."""

    daemon_threads = True

    def __init__(self, *says: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.says = list(says)
        self.asked: list[tuple[dict[str, Any], dict[str, str]]] = []
        self.endpoint = f"http://127.0.0.1:{self.server_address[1]}/v1"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def __enter__(self) -> Model:
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def questions(self) -> list[str]:
        return [sent["messages"][-1]["content"] for sent, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((sent, dict(self.headers)))
        say = self.server.says.pop(0) if len(self.server.says) > 1 else self.server.says[0]
        with suppress(OSError):
            say(self, sent)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def body(handler: BaseHTTPRequestHandler, data: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def says(answer: object, usage: object = None, **choice: Any) -> Behaviour:
    """An answer in the form of the interface; what is no string is written as JSON."""
    text = answer if isinstance(answer, str) else json.dumps(answer)
    message = {"role": "assistant", "content": text, **choice.pop("message", {})}
    whole = {"choices": [{"message": message, "finish_reason": "stop", **choice}]}
    told = {"prompt_tokens": 100, "completion_tokens": 20} if usage is None else usage
    return lambda handler, sent: body(handler, json.dumps({**whole, "usage": told}).encode())


def statement(content: str, **more: Any) -> dict[str, Any]:
    return {
        "content": content,
        "own": False,
        "speaker": None,
        "cue": None,
        "chain": [],
        "act": "assert",
        "about": [],
        **more,
    }


def event(clause: str, type: str, actor: list[str], recipient: list[str], **more: Any) -> dict[str, Any]:
    return {
        "clause": clause,
        "actor": actor,
        "recipient": recipient,
        "type": type,
        "mode": None,
        "status": "happened",
        "date": None,
        **more,
    }


def record(statements: list[dict[str, Any]] = (), events: list[dict[str, Any]] = ()) -> dict[str, Any]:  # type: ignore[assignment]
    return {"statements": list(statements), "events": list(events)}
