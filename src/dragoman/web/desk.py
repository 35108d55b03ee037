"""The threads that ask the project: each has it open for itself, since a project is not to be shared between threads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from dragoman.digest import also_behind
from dragoman.record import Project

T = TypeVar("T")
Job = Callable[[Project | None, Exception | None], None]
THREADS = 3
LARGE = 2_000
"""Documents from which on a digest that is a little behind is asked, in place of all rows."""


class Desk:
    """Answers questions to one project, several at a time. Close it when done."""

    def __init__(self, folder: Path, threads: int = THREADS) -> None:
        self.folder = folder
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"desk-{n}", daemon=True) for n in range(threads)]
        for thread in self._threads:
            thread.start()

    async def ask(self, question: Callable[[Project], T]) -> T:
        """The answer, or the error that the question, or opening the project, raises."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def settle(result: T | None, error: BaseException | None) -> None:
            if answer.cancelled():
                return
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(result)  # type: ignore[arg-type]

        def job(project: Project | None, problem: Exception | None) -> None:
            result: T | None = None
            error: BaseException | None = problem
            if project is not None:
                try:
                    with patience(project):
                        result = question(project)
                except Exception as raised:
                    error = raised
            loop.call_soon_threadsafe(settle, result, error)

        self._jobs.put(job)
        return await answer

    def close(self) -> None:
        """Waits for what is being answered, and closes the project."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        project: Project | None = None
        while job := self._jobs.get():
            problem: Exception | None = None
            if project is None:
                try:
                    project = Project(self.folder, create=False)
                except Exception as raised:
                    problem = raised
            job(project, problem)
        if project is not None:
            project.close()


def patience(project: Project) -> AbstractContextManager[None]:
    """Of a large record an answer of a moment ago is better than one of all rows, which takes long."""
    return also_behind() if project.has_more_than(LARGE) else nullcontext()
