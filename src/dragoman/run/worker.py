"""The process that reads. It takes one source at a time from its pipe, and ends when the other side is gone."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from dragoman.errors import AnswerError, DragomanError
from dragoman.gather import Source
from dragoman.model import Reading
from dragoman.run.reader import Reads


@dataclass(frozen=True, slots=True)
class Ready:
    """The language base is loaded; `reader` is its name."""

    reader: str


@dataclass(frozen=True, slots=True)
class Found:
    """The document has been made from the source. The process waits for a bool: is it wanted?"""

    document: str


@dataclass(frozen=True, slots=True)
class Done:
    """The document has been read."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class Known:
    """The document was not wanted."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The source could not be read: the name of the failure and its message."""

    problem: str
    message: str


Answer = Done | Known | Failed


def work(pipe: Connection, make: Callable[[], Reads]) -> None:
    """Answers each source from `pipe` until None comes or the parent dies: Found, then Done or Known; or Failed."""
    # Ctrl-C reaches every process of the terminal; the parent alone decides what follows.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        try:
            reader = make()
        except DragomanError as error:
            pipe.send(error)
            return
        pipe.send(Ready(reader.name))
        while (source := pipe.recv()) is not None:
            pipe.send(_answer(reader, source, pipe))
    except (EOFError, OSError):
        return


def _answer(reader: Reads, source: Source, pipe: Connection) -> Answer:
    try:
        document = reader.document(source)
    except Exception as error:
        return _failed(error)
    pipe.send(Found(document.id))
    if not pipe.recv():
        return Known()
    try:
        return Done(reader.read(document))
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> Failed:
    if isinstance(error, AnswerError):
        return Failed(error.problem, str(error))
    if isinstance(error, DragomanError):
        return Failed(type(error).__name__, str(error))
    if isinstance(error, MemoryError):
        return Failed("memory", "there is not enough memory to read this document")
    return Failed("fault", f"{type(error).__name__}: {error} (a fault of Dragoman: please report it)")
