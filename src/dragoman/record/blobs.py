"""The originals as they were fetched: `blobs/ab/abcd...zz`, named after their SHA-256 and packed with zlib."""

from __future__ import annotations

import hashlib
import os
import zlib
from pathlib import Path

from dragoman.errors import ProjectError

SUFFIX = ".zz"


class Blobs:
    """A folder of bytes, each under its own hash. What is there already is not written again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keeps `data`; returns its SHA-256 in hexadecimal digits."""
        digest = hashlib.sha256(data).hexdigest()
        file = self._file(digest)
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            # A name of its own for each process: a killed one leaves a part under a name that nobody reads.
            part = file.with_name(f"{digest}.{os.getpid()}.part")
            with part.open("wb") as out:
                out.write(zlib.compress(data))
                out.flush()
                os.fsync(out.fileno())
            part.replace(file)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes with this SHA-256. Raises ProjectError where they are missing or are not what was kept."""
        file = self._file(digest)
        try:
            data = zlib.decompress(file.read_bytes())
        except FileNotFoundError as error:
            raise ProjectError(f"{file} is missing: restore it from a backup") from error
        except zlib.error as error:
            raise ProjectError(f"{file} is damaged: restore it from a backup") from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise ProjectError(f"{file} is not what was kept: restore it from a backup")
        return data

    def _file(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}{SUFFIX}"
