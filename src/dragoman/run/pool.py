"""A pool of reading processes in which one may die, or take too long, without the others noticing."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait

from dragoman.errors import DragomanError
from dragoman.gather import Source
from dragoman.run.reader import Reads
from dragoman.run.worker import Answer, Failed, Found, Ready, work

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_GRACE = 2.0
"""Seconds a process has to end by itself."""


class Pool:
    """`jobs` processes, each with a reader of its own made by `make` (which must be picklable).

    At most one source is under way in each process, so that nothing piles up. A process that dies (kill -9, no memory)
    or takes longer than `seconds` costs the document it was reading; another process takes its place.
    """

    def __init__(self, make: Callable[[], Reads], jobs: int, seconds: float) -> None:
        self._workers = [_Worker(make, seconds) for _ in range(jobs)]

    def __enter__(self) -> Pool:
        for worker in self._workers:
            worker.start()
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()

    @property
    def reader(self) -> str:
        """Name and version of the reader; waits for the first process. Raises the DragomanError that it begins with."""
        while not any(worker.reader for worker in self._workers):
            for worker, said in self._hear():
                if isinstance(said, Ready):
                    worker.reader = said.reader
        return next(worker.reader for worker in self._workers if worker.reader)

    def read(self, sources: Iterable[Source], wanted: Callable[[str], bool]) -> Iterator[tuple[Source, Answer]]:
        """Each source with what became of it, as they get done. `wanted` is asked with the id of each document."""
        queue = iter(sources)
        source = next(queue, None)
        while source is not None or any(worker.source is not None for worker in self._workers):
            for worker in self._workers:
                if source is not None and worker.idle and worker.give(source):
                    source = next(queue, None)
            for worker, said in self._hear():
                if isinstance(said, Ready):
                    worker.reader = said.reader
                elif isinstance(said, Found):
                    worker.tell(wanted(said.document))
                else:
                    yield worker.take(), said

    def _hear(self) -> Iterator[tuple[_Worker, Ready | Found | Answer]]:
        """What the processes say next, and what has to be said of those that cannot."""
        by_pipe = {worker.pipe: worker for worker in self._workers}
        deadlines = [worker.deadline for worker in self._workers if worker.deadline is not None]
        patience = max(min(deadlines) - time.monotonic(), 0.0) if deadlines else None
        for pipe in wait(list(by_pipe), patience):
            worker = by_pipe[pipe]  # type: ignore[index]
            said = worker.listen()
            if said is not None:
                yield worker, said
        for worker in self._workers:
            if worker.deadline is not None and worker.deadline <= time.monotonic():
                yield worker, worker.give_up()


class _Worker:
    """One process, seen from the parent; started again under the same roof when it dies."""

    def __init__(self, make: Callable[[], Reads], seconds: float) -> None:
        self._make = make
        self._seconds = seconds
        self.source: Source | None = None
        self.deadline: float | None = None
        self.reader = ""

    def start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe: Connection
        self.pipe, other = context.Pipe()
        self._process = context.Process(target=work, args=(other, self._make))
        with _one_thread():
            self._process.start()
        other.close()
        self.reader = ""

    def stop(self) -> None:
        """Ends the process: at once where it is reading, else it finds its pipe closed and goes."""
        if self.source is not None or not self.reader:
            self._process.kill()
        self.pipe.close()
        self._process.join(_GRACE)
        if self._process.is_alive():
            self._process.kill()

    @property
    def idle(self) -> bool:
        return bool(self.reader) and self.source is None

    def give(self, source: Source) -> bool:
        """Hands `source` over; False where the process has died meanwhile."""
        if not self.tell(source):
            return False
        self.source = source
        self.deadline = time.monotonic() + self._seconds
        return True

    def tell(self, message: Source | bool) -> bool:
        """Sends `message`; a process that has died is noticed by `listen`."""
        try:
            self.pipe.send(message)
        except OSError:
            return False
        return True

    def take(self) -> Source:
        """The source that is done."""
        source, self.source, self.deadline = self.source, None, None
        assert source is not None
        return source

    def listen(self) -> Ready | Found | Answer | None:
        """The next message; Failed where the process has died over a document, None where it had none.

        Raises DragomanError where the process could not begin.
        """
        try:
            said: Ready | Found | Answer | DragomanError = self.pipe.recv()
        except (EOFError, OSError):
            return self._died()
        if isinstance(said, DragomanError):
            raise said
        return said

    def give_up(self) -> Failed:
        """Ends the process over a document that takes too long."""
        self._process.kill()
        self._again()
        return Failed(
            "time", f"took longer than {self._seconds:g} seconds ('seconds' in dragoman.toml) and was given up"
        )

    def _died(self) -> Failed | None:
        code = self._again()
        if self.source is None:
            return None
        cause = f"by signal {-code}, perhaps for want of memory" if code < 0 else f"with status {code}"
        return Failed("crash", f"the process that read it was ended {cause}")

    def _again(self) -> int:
        self.pipe.close()
        self._process.join()
        code = self._process.exitcode or 0
        if not self.reader:
            raise DragomanError(f"a process for reading ended (status {code}) before it had begun")
        self.start()
        return code


@contextmanager
def _one_thread() -> Iterator[None]:
    """Processes started meanwhile compute with one thread each: as many processes as cores is parallel enough."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
