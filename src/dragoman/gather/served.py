"""What a server sent, as a source: a web page, a PDF or a DOCX, told from what it holds and not from what the server calls it.

Only the bytes are kept of a page that is watched, so that what they are must show in them."""

from __future__ import annotations

import codecs
import re

from dragoman.gather.decode import decode
from dragoman.gather.docx import docx_source
from dragoman.gather.isolated import Isolated
from dragoman.gather.pdf import pdf_source
from dragoman.gather.source import Source

_PDF_STARTS = 1024
"""Bytes in which a PDF may begin."""
_MARKUP_STARTS = 65_536
"""Characters in which a web page shows that it is one."""
_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p)\b", re.I)


def served(data: bytes, name: str, isolated: Isolated) -> Source:
    """The source that `data` are. Raises InputError where a PDF or DOCX cannot be read, and where they are no text."""
    if data[:_PDF_STARTS].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"%PDF-"):
        return pdf_source(data, name, isolated)
    if data.startswith(b"PK\x03\x04") and b"word/document.xml" in data:
        return docx_source(data, name, isolated)
    text = decode(data, name)
    return Source(name, text, markup=_MARKUP.search(text, 0, _MARKUP_STARTS) is not None)
