"""Settings: `dragoman.toml` in the current directory, and nothing else. Options of the command line come before it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dragoman.errors import SettingsError

FILE = "dragoman.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose once for all commands run in one directory."""

    language_base: str | None = None
    """An installed spaCy pipeline ("spacy:en_core_web_sm") in place of our own language base."""
    jobs: int | None = None
    """Processes that read at the same time; None: as many as there are cores."""
    seconds: float = 300.0
    """How long one document may take before it is given up and reported."""


_KINDS: dict[str, tuple[type, ...]] = {"language_base": (str,), "jobs": (int,), "seconds": (int, float)}


def load(folder: Path | None = None) -> Settings:
    """The settings of `folder` (the current directory), or the defaults where it holds no `dragoman.toml`.

    Raises SettingsError for what is not TOML, a key that does not exist, or a value of the wrong kind.
    """
    path = (folder or Path.cwd()) / FILE
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not TOML: {error}") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error
    for key, value in found.items():
        _check(path, key, value)
    return Settings(**found)


def _check(path: Path, key: str, value: Any) -> None:
    names = [field.name for field in fields(Settings)]
    if key not in names:
        close = get_close_matches(key, names, 1)
        hint = f"did you mean '{close[0]}'?" if close else f"known are {', '.join(names)}"
        raise SettingsError(f"{path}: there is no setting '{key}': {hint}")
    kinds = _KINDS[key]
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise SettingsError(f"{path}: '{key}' must be a {' or '.join(kind.__name__ for kind in kinds)}, not {value!r}")
    if isinstance(value, int | float) and value <= 0:
        raise SettingsError(f"{path}: '{key}' must be more than 0, not {value!r}")
