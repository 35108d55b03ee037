"""A user's own actors and office holders beside those of the package: `actors.csv` and `offices.csv` of a project."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from dragoman.errors import OntologyError
from dragoman.ontology.table import Row, parse_table

ACTORS = "actors.csv"
"""Columns name, type, country, sector, aliases (parted by |) and qid; all but name and type may be empty."""
OFFICES = "offices.csv"
"""Columns as those of the package's own table; `dragoman actors PROJECT refresh` writes such a file."""
_COLUMNS = ("name", "type", "country", "sector", "aliases", "qid")
_texts: dict[str, str] = {}


def use(folder: Path | None) -> str | None:
    """Takes the two files of `folder` into what is known, in place of those of an earlier call; None: neither.

    Returns a digest of them, or None where there are none. Raises OntologyError naming file and line where one is broken.
    """
    from dragoman.ontology import actors, offices

    _texts.clear()
    for name in (ACTORS, OFFICES):
        path = folder / name if folder else None
        if path and path.is_file():
            try:
                _texts[name] = path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                raise OntologyError(f"{path} cannot be read as UTF-8 text: {error}") from error
    own_rows.cache_clear()
    actors.forget()
    offices.forget()
    if not _texts:
        return None
    own_rows()
    actors.names()
    return in_use()


def in_use() -> str | None:
    """A digest of the user's files that are taken in, None where there are none."""
    texts = "\0".join(f"{name}\0{text}" for name, text in sorted(_texts.items()))
    return hashlib.sha256(texts.encode()).hexdigest()[:12] if _texts else None


@lru_cache(maxsize=1)
def own_rows() -> tuple[Row, ...]:
    """The rows of the user's actors."""
    return parse_table(ACTORS, _texts[ACTORS], _COLUMNS) if ACTORS in _texts else ()


def own_offices() -> str | None:
    """The text of the user's office holders."""
    return _texts.get(OFFICES)
