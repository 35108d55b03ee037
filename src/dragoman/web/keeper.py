"""Keeps the digest of a served project up to date, beside the threads that answer."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from dragoman.analyze.prepared import prepare
from dragoman.digest import Digest
from dragoman.errors import DragomanError
from dragoman.ontology.actors import names
from dragoman.record import Project

EVERY = 20.0
"""Seconds from one look to the next."""
log = logging.getLogger(__name__)


class Keeper:
    """A thread that makes the digest anew where the record has more than it. Screens are right without it, only slower."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="digest", daemon=True)

    def start(self) -> None:
        """Begins to look."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the looking; a digest that is being made is left for the next time."""
        self._stopped.set()
        self._thread.join(2)

    def _keep(self) -> None:
        names()  # read before the first screen needs it
        while not self._stopped.is_set():
            try:
                with Project(self._folder, create=False) as project:
                    if Digest.open(project) is None:
                        prepare(project, self._going_on)
            except _Stopped:
                return
            except DragomanError as problem:
                log.warning("the workbench goes on without a digest: %s", problem)
                return
            self._stopped.wait(EVERY)

    def _going_on(self, what: str, done: int) -> None:
        if self._stopped.is_set():
            raise _Stopped


class _Stopped(Exception):
    """The workbench ends while a digest is made."""
