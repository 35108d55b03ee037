"""One writer at a time, where that is wanted: a lock file in the project that tells who holds it.

The kernel lets go of the lock when the process that holds it ends, however it ends. Readers never need it.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import stat
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from dragoman.errors import ProjectError

try:
    import fcntl
except ImportError:  # pragma: no cover (Windows)
    fcntl = None  # type: ignore[assignment]

FILE = "writing.lock"
"""The lock's file in the project's folder. It stays when the lock is let go, and means nothing then."""
PATIENCE = 10.0
"""Seconds that a writer waits for the one before it."""
_PAUSE = 0.05
_GRACE = 0.2
"""Seconds that even a writer without patience tries: somebody may just be asking who holds the lock."""
_LONGEST = 200
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds the lock: its id, its machine, its command, and since when (UTC)."""

    pid: int
    host: str
    command: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} ('{self.command}', since {self.since})"


@contextmanager
def writing_lock(project: str | Path, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the project's lock; waits up to `patience` seconds for whoever holds it.

    Raises ProjectError that says who holds it, and where the folder cannot be written. A second lock of one process waits
    as another process would. Where platform or file system have no such locks, it warns and goes on without.
    """
    file = Path(project) / FILE
    handle = _open(file, os.O_RDWR | os.O_CREAT)
    _held.add(handle)
    locked = False
    try:
        locked = _take(handle, file, patience)
        if locked:
            _write(handle, file)
        yield
    finally:
        if handle in _held:
            _held.discard(handle)
            with suppress(OSError):
                # Whoever waits must not read the name of one who is gone.
                if locked:
                    os.ftruncate(handle, 0)
            os.close(handle)


def holder(project: str | Path) -> Holder | None:
    """Who holds the project's lock now; None where nobody does, or where it cannot be told."""
    if fcntl is None:
        return None
    try:
        handle = _open(Path(project) / FILE, os.O_RDONLY)
    except ProjectError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return _read(handle) if error.errno in (errno.EWOULDBLOCK, errno.EACCES) else None
    finally:
        os.close(handle)
    return None


_held: set[int] = set()


def _let_go_in_child() -> None:
    # A forked child shares the lock, and would keep it when its parent dies.
    while _held:
        os.close(_held.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go_in_child)


def _open(file: Path, flags: int) -> int:
    # A project may come from a stranger: a link in it must not lead our writing elsewhere, a pipe not make us wait.
    try:
        handle = os.open(file, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0), 0o644)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ProjectError(f"{file} is a link: remove it, Dragoman makes that file itself") from error
        raise ProjectError(
            f"{file} cannot be made: {error.strerror}: see that the folder is there, may be written, and has space"
        ) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise ProjectError(f"{file} is no ordinary file: remove it, Dragoman makes that file itself")
    return handle


def _take(handle: int, file: Path, patience: float) -> bool:
    """Whether there is a lock now; False where there are none on this platform or file system."""
    if fcntl is None:
        return _without(file, "this platform has no such locks")
    deadline = time.monotonic() + max(patience, _GRACE)
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return _without(file, f"its file system has no such locks ({error.strerror})")
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise ProjectError(f"{file} cannot be locked: {error.strerror}") from error
            if time.monotonic() > deadline:
                who = _read(handle) or "another process"
                raise ProjectError(
                    f"{file.parent} is being written by {who}: wait until that is done, or stop it"
                ) from None
        time.sleep(_PAUSE)


def _without(file: Path, why: str) -> bool:
    message = f"{file.parent} is written without a lock, for {why}: see that no other process writes it now"
    warnings.warn(message, stacklevel=4)
    return False


def _write(handle: int, file: Path) -> None:
    command = " ".join([Path(sys.argv[0] or "python").name, *sys.argv[1:]])[:_LONGEST]
    who = Holder(os.getpid(), socket.gethostname(), command, datetime.now(UTC).isoformat(timespec="seconds"))
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(asdict(who)).encode(), 0)
    except OSError as error:
        raise ProjectError(f"{file} cannot be written: {error.strerror}: free some space and try again") from error


def _read(handle: int) -> Holder | None:
    try:
        said = json.loads(os.pread(handle, 4096, 0))
        return Holder(int(said["pid"]), *(str(said[name])[:_LONGEST] for name in ("host", "command", "since")))
    except (OSError, ValueError, TypeError, KeyError):
        return None
