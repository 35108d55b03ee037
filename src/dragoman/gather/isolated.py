"""Runs a function on hostile bytes in a process of its own, within limits of time, memory and size of the answer.

Answers come back as JSON, so that a parser that was taken over can send nothing that runs here.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any, TypeVar

from dragoman.errors import DragomanError, InputError

Answer = TypeVar("Answer")
_STARTING = 120.0
"""Seconds in which a process must have begun."""
_GRACE = 2.0
_LONGEST = 300
"""Characters of a foreign message that are passed on."""
_CPU = 4
"""So many times its time limit a process may compute: it ends by itself where nobody is left to end it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may use."""

    seconds: float = 30.0
    """By the clock on the wall, without the start of the process."""
    memory: int = 1 << 30
    """Bytes of address space beyond what the process has when the call begins; not kept where the platform cannot."""
    answer: int = 50_000_000
    """Bytes of the answer as JSON."""


class Isolated:
    """A process in which functions are run on bytes, one call at a time. Begins with the first call, serves many.

    Over a call that fails by a limit, a crash or a fault the process is ended, and the next call begins a new one; an
    InputError of the function costs nothing. Calls of
    several threads wait for each other. Close it, or use it in a `with`. The process has no standard streams.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._process: Any = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Isolated:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process. A later call begins a new one."""
        with self._lock:
            self._end()

    def run(self, function: Callable[[bytes, str], Answer], data: bytes, name: str) -> Answer:
        """What `function(data, name)` returns. `function` stands in a module, and its answer is made of None, bool,
        numbers, str, and lists and dicts of these. `name` says in messages which input it was.

        Raises InputError where the function does, where it raises anything else, takes too long or too much memory, answers
        too much, or dies; DragomanError where no process can begin.
        """
        with self._lock:
            pipe = self._begun()
            late = threading.Event()
            timer = threading.Timer(self._limits.seconds, self._too_late, (late, self._process))
            timer.daemon = True
            timer.start()
            try:
                pipe.send((function, data, name))
                kind, rest = _split(pipe.recv_bytes(self._limits.answer + 100))
                answer = json.loads(rest.decode("utf-8", "surrogatepass"))
            except (EOFError, OSError, ValueError) as error:
                raise InputError(f"{name} {self._ended(late)}") from error
            except BaseException:
                self._end()
                raise
            finally:
                timer.cancel()
            if kind not in (b"done", b"deny"):
                self._end()
            if kind in (b"done", b"worn"):
                return answer  # type: ignore[no-any-return]
            raise InputError(str(answer))

    def _begun(self) -> Connection:
        if self._pipe is not None and self._process.is_alive():
            return self._pipe
        self._end()
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, self._limits), daemon=True)
        with _without_main():
            self._process.start()
        other.close()
        try:
            if not self._pipe.poll(_STARTING):
                raise EOFError
            self._pipe.recv_bytes(0)
        except (EOFError, OSError) as error:
            self._end()
            raise DragomanError("a process to read files in could not begin; is there memory left?") from error
        return self._pipe

    @staticmethod
    def _too_late(late: threading.Event, process: Any) -> None:
        late.set()
        with suppress(ValueError):  # It was closed meanwhile.
            process.kill()

    def _ended(self, late: threading.Event) -> str:
        """What became of a process that gives no answer."""
        self._process.join(0 if late.is_set() else _GRACE)
        code = self._process.exitcode
        self._end()
        if late.is_set():
            return f"took longer than {self._limits.seconds:g} seconds and was given up"
        if code is None:
            return "gave an answer that cannot be understood"
        cause = f"signal {-code}, perhaps for want of memory" if code < 0 else f"status {code}"
        return f"ended the process that read it, with {cause}"

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join(_GRACE)
            self._pipe = self._process = None


@contextmanager
def _without_main() -> Iterator[None]:
    """A process started meanwhile does not run the caller's script again: it needs nothing of it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _split(message: bytes) -> tuple[bytes, bytes]:
    return message[:4], message[4:]


def _serve(pipe: Connection, limits: Limits) -> None:
    """In the process: answers each call until the other side is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    start = _address_space()
    pipe.send_bytes(b"")
    while True:
        try:
            function, data, name = pipe.recv()
        except (EOFError, OSError):
            return
        except Exception as error:  # The function cannot be imported.
            pipe.send_bytes(_message(b"fail", f"a function cannot be run in a process: {_told(error)}"))
            return
        _limit(limits)
        said = _called(function, data, name, limits)
        _limit(None)
        if said.startswith(b"done") and _address_space() > start + limits.memory // 2:
            said = b"worn" + said[4:]
        pipe.send_bytes(said)
        del data, said


def _called(function: Callable[[bytes, str], object], data: bytes, name: str, limits: Limits) -> bytes:
    try:
        said = _message(b"done", function(data, name))
    except InputError as error:
        return _message(b"deny", str(error))
    except MemoryError:
        return _message(b"fail", f"{name} needs more than {limits.memory // (1 << 20)} MB of memory and was given up")
    except BaseException as error:
        return _message(b"fail", f"{name} cannot be read: {_told(error)}")
    if len(said) - 4 > limits.answer:
        return _message(b"fail", f"{name} holds more than {limits.answer} bytes of text and was given up")
    return said


def _told(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {str(error)[:_LONGEST]}"
    except Exception:
        return type(error).__name__


def _message(kind: bytes, answer: object) -> bytes:
    return kind + json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _address_space() -> int:
    """Bytes of address space in use; 0 where the platform does not tell."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _limit(limits: Limits | None) -> None:
    """Sets the limits of one call; None takes that of memory away again."""
    try:
        import resource
    except ImportError:
        return
    used = _address_space()
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = used + limits.memory if limits and used else hard
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    if limits is None:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        spent = resource.getrusage(resource.RUSAGE_SELF)
        cpu = math.ceil(spent.ru_utime + spent.ru_stime + _CPU * limits.seconds) + 1
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (cpu if hard == resource.RLIM_INFINITY else min(cpu, hard), hard))
