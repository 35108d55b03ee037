"""What a server sent, as a source: a web page, or a PDF or DOCX, told from its bytes and not from what the server calls it."""

from __future__ import annotations

import codecs
from dataclasses import replace

from dragoman.gather.docx import docx_source
from dragoman.gather.isolated import Isolated
from dragoman.gather.pdf import pdf_source
from dragoman.gather.source import Source

_START = 1024
"""Bytes in which a PDF may begin."""


def unpacked(data: bytes, name: str, isolated: Isolated) -> Source | None:
    """The text, title and date in a PDF or DOCX; None where `data` is neither. Raises InputError where it cannot be read."""
    if data[:_START].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"%PDF-"):
        return pdf_source(data, name, isolated)
    if data.startswith(b"PK\x03\x04") and b"word/document.xml" in data:
        return docx_source(data, name, isolated)
    return None


def titled(source: Source, published: str | None, title: str | None) -> Source:
    """The source with the date and title that whoever named the page gave it, where they gave any."""
    return replace(source, published=published or source.published, title=title or source.title)
