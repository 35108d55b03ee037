"""Reads one text in the calling process: the function behind `dragoman.read`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from dragoman import settings
from dragoman.encode import LanguageBase, load
from dragoman.errors import InputError
from dragoman.gather import Failure, Source, sources
from dragoman.gather import document as make_document
from dragoman.model import Document, Reading
from dragoman.read import read


def read_one(given: str | Path | Document, *, source: str | None = None, published: str | None = None) -> Reading:
    """Who says what, and who did what to whom, in a text (str), a file (Path) or a Document.

    `source` says where the text comes from (an address or file name), `published` its date in EDTF ("2026-06-23").
    The first call loads the language base that the settings name; it is kept for the next. Opens no connection.
    Raises InputError where there is nothing to read, WeightsError where the weights are not installed.
    """
    if not isinstance(given, Document):
        given = make_document(_source(given, source, published))
    elif source is not None or published is not None:
        raise InputError("a Document says itself what its source is and when it was published: use dataclasses.replace")
    return read(given, _base(settings.load().language_base))


@lru_cache(maxsize=1)
def _base(name: str | None) -> LanguageBase:
    return load(name)


def _source(given: str | Path, source: str | None, published: str | None) -> Source:
    if isinstance(given, str):
        if not given.strip():
            raise InputError("the text is empty")
        return Source(source or "text", given, published=published)
    found = list(sources([given]))
    if len(found) != 1:
        raise InputError(f"{given} holds {len(found)} documents: read it into a project with 'dragoman read'")
    (only,) = found
    if isinstance(only, Failure):
        raise InputError(only.message)
    return Source(source or only.name, only.content, only.markup, published or only.published, only.outlet, only.title)
