"""Answers that were given before: a file each, named by what was asked. The folder may be deleted at any time."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import ProjectError
from dragoman.model import content_id


@dataclass(frozen=True, slots=True)
class Answers:
    folder: Path

    def get(self, *asked: str) -> str | None:
        """The answer to what was asked, if there is one."""
        try:
            return self._path(asked).read_text("utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        except OSError as error:
            raise self._refused(error) from error

    def put(self, answer: str, *asked: str) -> None:
        """Keeps an answer, whole or not at all."""
        path = self._path(asked)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new = path.with_suffix(f".{secrets.token_hex(4)}")
            new.write_bytes(answer.encode("utf-8", "replace"))
            os.replace(new, path)
        except OSError as error:
            raise self._refused(error) from error

    def _path(self, asked: tuple[str, ...]) -> Path:
        return self.folder / f"{content_id('answer', *asked)}.json"

    def _refused(self, error: OSError) -> ProjectError:
        return ProjectError(f"{self.folder} cannot be used to keep answers: {error.strerror}")
