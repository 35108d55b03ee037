"""Every format that a record can be written in: its name, what it is, and what opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import BinaryIO, Literal

from dragoman.exchange.selection import Selection


@dataclass(frozen=True, slots=True)
class Format:
    """A format. Its module has a function `write`, which takes a selection and an open file or a new folder."""

    name: str
    kind: Literal["file", "folder"]
    what: str
    opened_by: str
    drawn: bool = False
    """Whether it holds a network, so that a drawing says of what."""

    def write_file(self, selection: Selection, out: BinaryIO) -> None:
        """Writes a format that is one file."""
        write: Callable[[Selection, BinaryIO], None] = _module(self.name).write
        write(selection, out)

    def write_folder(self, selection: Selection, folder: Path) -> None:
        """Writes a format that is a folder of files."""
        write: Callable[[Selection, Path], None] = _module(self.name).write
        write(selection, folder)


FORMATS = {
    one.name: one
    for one in (
        Format("jsonl", "file", "the whole record without loss, one object a line", "jq, any language"),
        Format("csv", "folder", "tables: documents, actors, statements, events, reports", "spreadsheets, R, pandas"),
        Format("xlsx", "file", "the same tables as one workbook", "Excel, LibreOffice"),
        Format("parquet", "folder", "the same tables, typed and compressed", "DuckDB, Arrow, Polars, R"),
        Format("text", "folder", "the text of each document", "any editor, corpus tools"),
        Format("plover", "file", "events as PLOVER's JSON records, one a line", "PLOVER tools"),
        Format("polecat", "folder", "events in the 40 columns of POLECAT", "scripts made for POLECAT"),
        Format("gdelt", "folder", "events and mentions in the columns of GDELT 2.0", "scripts made for GDELT"),
        Format("icews", "folder", "events in the 20 columns of ICEWS", "scripts made for ICEWS"),
        Format("graphml", "file", "a network of actors", "Gephi, Cytoscape, igraph, NetworkX", drawn=True),
        Format("gexf", "file", "a network of actors, in time", "Gephi", drawn=True),
        Format("ftm", "file", "FollowTheMoney entities, one a line", "OpenAleph, the ftm command"),
        Format("csl", "file", "the documents as CSL-JSON", "Zotero, Pandoc"),
        Format("ris", "file", "the documents as RIS", "Zotero, EndNote, Mendeley"),
        Format("bibtex", "file", "the documents as BibTeX", "LaTeX, JabRef, Zotero"),
        Format("annotations", "file", "statements and reports as W3C Web Annotations", "annotation tools"),
        Format("timeline", "file", "dated events for TimelineJS", "TimelineJS"),
        Format("vault", "folder", "a linked Markdown note for each actor, event and document", "Obsidian, any editor"),
        Format("prov", "file", "what was read from what, by which run: PROV-JSON", "PROV tools"),
    )
}


def _module(name: str) -> ModuleType:
    return import_module(f"dragoman.exchange.{name}")
