"""The text of each document as a file of its own, and an index. The spans of the other formats count its characters."""

from __future__ import annotations

from pathlib import Path

from dragoman.exchange.csv import write_rows
from dragoman.exchange.selection import Selection


def write(selection: Selection, folder: Path) -> None:
    """Writes ID.txt in UTF-8, line ends as they were found, for each document, and index.csv."""
    index = []
    for document, _ in selection.documents():
        name = f"{document.id}.txt"
        (folder / name).write_bytes(document.text.encode())
        index.append(
            (name, document.source, document.outlet, document.title, document.published.value, document.sha256)
        )
    write_rows(folder / "index.csv", ("file", "source", "outlet", "title", "published", "sha256"), index)
