"""One question to an OpenAI-compatible endpoint, and what it said. Nothing else is connected to: no proxy, no redirect."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from typing import Any

import httpx2

from dragoman.ask.options import KEY, AskOptions
from dragoman.errors import AnswerError, SettingsError

CONNECT = 10.0
"""Seconds to reach the endpoint, at most."""
CHARACTERS = 3
"""For a token, where the endpoint does not tell how many there were."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an endpoint said. `finish` is "stop" where it came to its end by itself."""

    text: str
    refusal: str
    finish: str
    tokens_in: int
    tokens_out: int
    guessed: int


def ask(options: AskOptions, messages: list[dict[str, str]], schema: dict[str, Any]) -> Said:
    """The answer to a question. Raises AnswerError where none comes in time, or what comes is none."""
    sent = {
        "model": options.model,
        "messages": messages,
        "temperature": 0,
        "max_tokens": options.tokens,
        "response_format": {"type": "json_schema", "json_schema": {"name": "record", "strict": True, "schema": schema}},
    }
    body = _post(options, json.dumps(sent, ensure_ascii=False).encode("utf-8", "replace"))
    try:
        data = json.loads(body)
        choice = data["choices"][0]
        message = choice["message"]
        text, refusal, finish = message.get("content"), message.get("refusal"), choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise AnswerError("answer", "the endpoint's answer is not that of an OpenAI-compatible interface") from error
    text, refusal, finish = (one if isinstance(one, str) else "" for one in (text, refusal, finish))
    told = data.get("usage")
    asked = sum(len(one["content"]) for one in messages)
    tokens_in, guessed_in = _tokens(told, "prompt_tokens", asked)
    tokens_out, guessed_out = _tokens(told, "completion_tokens", len(text))
    return Said(text, refusal, finish, tokens_in, tokens_out, guessed_in + guessed_out)


def _tokens(told: object, name: str, characters: int) -> tuple[int, int]:
    """How many tokens the endpoint tells, or else a guess by the characters; and how many of them are guessed."""
    many = told.get(name) if isinstance(told, dict) else None
    if isinstance(many, int) and not isinstance(many, bool) and 0 <= many < 10**9:
        return many, 0
    return characters // CHARACTERS + 1, characters // CHARACTERS + 1


def _post(options: AskOptions, sent: bytes) -> bytes:
    """The body of the answer."""
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    if key := os.environ.get(KEY):
        if not key.isascii() or not key.isprintable():
            raise SettingsError(f"{KEY} holds what no key holds: a blank line or a letter outside ASCII")
        headers["Authorization"] = f"Bearer {key}"
    until = time.monotonic() + options.seconds
    patience = httpx2.Timeout(options.seconds, connect=min(CONNECT, options.seconds))
    body = bytearray()
    try:
        with (
            httpx2.Client(timeout=patience, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", f"{options.endpoint}/chat/completions", content=sent, headers=headers) as answer,
        ):
            if answer.status_code != 200:
                raise AnswerError("status", f"the endpoint answers with status {answer.status_code}")
            for piece in answer.iter_raw():
                body += piece
                if len(body) > options.longest:
                    raise AnswerError("size", f"the answer is longer than {options.longest:,} bytes")
                if time.monotonic() > until:
                    raise _too_slow(options)
    except httpx2.TimeoutException as error:
        raise _too_slow(options) from error
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        raise AnswerError("network", f"the connection to the endpoint failed: {str(error)[:200]}") from error
    return bytes(body)


def _too_slow(options: AskOptions) -> AnswerError:
    return AnswerError("time", f"the endpoint gave no answer within {options.seconds:g} seconds")
