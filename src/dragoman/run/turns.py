"""Asks many addresses at once: hosts beside each other, those of one host one after the other."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from dragoman.errors import InputError
from dragoman.gather.addresses import shown
from dragoman.gather.fetch import FetchError
from dragoman.record.watching import host_of

THREADS = 8
"""Hosts that are asked at the same time."""
NAP = 0.25
"""Seconds between two looks whether to stop."""


class _Addressed(Protocol):
    @property
    def url(self) -> str: ...


T = TypeVar("T", bound=_Addressed)
R = TypeVar("R")


def in_turn(
    jobs: Sequence[T], ask: Callable[[T], R], stopped: Callable[[], bool], stop: Callable[[], None]
) -> Iterator[tuple[T, R | InputError]]:
    """What became of each job, as they get done: hosts beside each other, those of one host one after the other.

    Jobs are left out once `stopped` says so, when `stop` is called to end those under way, and those of a host once it wants or
    needs a pause.
    """
    hosts: dict[str, list[T]] = {}
    for job in jobs:
        hosts.setdefault(host_of(job.url), []).append(job)
    waiting = queue.SimpleQueue[list[T]]()
    for each in hosts.values():
        waiting.put(each)
    done = queue.Queue[tuple[T, R | InputError] | None](maxsize=THREADS)
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            try:
                each = waiting.get_nowait()
            except queue.Empty:
                break
            for job in each:
                if ended.is_set() or stopped():
                    break
                said = _said(ask, job)
                if isinstance(said, FetchError) and said.problem == "stopped":
                    break
                done.put((job, said))
                if isinstance(said, FetchError) and is_of_host(said):
                    break
        done.put(None)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(min(THREADS, len(hosts)))]
    for thread in threads:
        thread.start()
    running = len(threads)
    try:
        while running:
            if stopped() and not ended.is_set():
                ended.set()
                stop()
            try:
                result = done.get(timeout=NAP)
            except queue.Empty:
                continue
            if result is None:
                running -= 1
            else:
                yield result
    finally:
        ended.set()
        while running:
            running -= done.get() is None


class Fault(InputError):
    """What a fetch came to that nobody thought of."""


def _said(ask: Callable[[T], R], job: T) -> R | InputError:
    try:
        return ask(job)
    except InputError as error:
        return error
    except Exception as error:
        what = f"{type(error).__name__}: {str(error)[:200]} (a fault of Dragoman: please report it)"
        return Fault(f"{shown(job.url)} is not fetched: {what}")


def is_of_host(error: FetchError) -> bool:
    """Whether the other pages of the host had better not be asked for now either."""
    return (
        error.retry_after is not None
        or error.status == 429
        or (error.later and error.problem in ("network", "time", "robots"))
    )
