"""Actors and documents of a digest by their ids, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from dragoman.digest.documents import ReadDocument
from dragoman.digest.sides import named
from dragoman.digest.tables import Tables
from dragoman.digest.weight import outlets_of
from dragoman.model import Actor
from dragoman.ontology.outlets import State


class ActorsById(Mapping[str, Actor]):
    """The actors that the record has."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._known: dict[str, Actor | None] = {}

    def __getitem__(self, id: str) -> Actor:
        if id not in self._known:
            self._known[id] = next(named(self._tables, [id]), None)
        found = self._known[id]
        if found is None:
            raise KeyError(id)
        return found

    def __iter__(self) -> Iterator[str]:
        return (id for (id,) in self._tables.connection.execute("SELECT id FROM actors WHERE used ORDER BY id"))

    def __len__(self) -> int:
        return int(self._tables.connection.execute("SELECT count(*) FROM actors WHERE used").fetchone()[0])


class DocumentsById(Mapping[str, ReadDocument]):
    """The documents that were read."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._known: dict[str, ReadDocument] = {}

    def __getitem__(self, id: str) -> ReadDocument:
        if id not in self._known:
            query = "SELECT number, published, name, language FROM documents WHERE id = ?"
            row = self._tables.connection.execute(query, (id,)).fetchone()
            if row is None:
                raise KeyError(id)
            number, published, name, language = row
            of = int(self._tables("documents", "outlet")[number])
            outlet, state = outlets_of(self._tables).get(of, (None, "unknown"))
            text = self._tables("documents", "id")[self._tables("documents", "text")[number]].decode()
            found = ReadDocument(id, published, outlet, name, cast(State, state), language, text)
            self._known[id] = found
        return self._known[id]

    def __iter__(self) -> Iterator[str]:
        return (id.decode() for id in self._tables("documents", "id"))

    def __len__(self) -> int:
        return len(self._tables("documents", "id"))
