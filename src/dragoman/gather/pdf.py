"""The text of a PDF, read in a process of its own; what is known about it from its own metadata."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, TypedDict

from dragoman.errors import InputError
from dragoman.gather.isolated import Isolated
from dragoman.gather.source import Source

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_BYTES = 50_000_000
MAX_PAGES = 1000
MAX_TEXT = 10_000_000
"""Characters."""
_FIELD = 500
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})
_HYPHEN = re.compile(r"(?P<before>[^\W\d_]{2,40})(?P<mark>[-\u2010\u00ad])[ ]?\n[ ]?(?P<after>[^\W\d_]{2,40})")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_NO_TITLE = re.compile(r"(?:untitled|microsoft word|document\d*|\(anonymous\)|.*\.(?:docx?|indd|pdf|qxd|rtf)\Z)", re.I)


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a PDF holds. Its metadata are often those of the program that made it."""

    text: str
    """A line for each line of a page; a blank line where a page ends with a sentence."""
    pages: int
    title: str | None
    author: str | None
    published: str | None
    """An EDTF day: when the file says that it was made."""


class _Found(TypedDict):
    text: str
    pages: int
    title: str | None
    author: str | None
    published: str | None


def pdf_source(data: bytes, name: str, isolated: Isolated) -> Source:
    """The text, title and date of a PDF as a source. Raises InputError as `pdf_text` does."""
    found = pdf_text(data, name, isolated)
    return Source(name, found.text, published=found.published, title=found.title, author=found.author)


def pdf_text(data: bytes, name: str, isolated: Isolated) -> PdfText:
    """What the PDF in `data` holds, read within the limits of `isolated`. `name` says in messages which input it was.

    A PDF that is encrypted without a password for reading is read as any other. Raises InputError for one that needs a
    password, is a scan (pictures of pages, without text), is broken, has too many bytes or pages, or hits a limit.
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} has {len(data)} bytes; PDFs of at most {MAX_BYTES} are read")
    return PdfText(**isolated.run(_read, data, name))


def _read(data: bytes, name: str) -> _Found:
    """Runs in the other process."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

    logging.disable()
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileNotDecryptedError
        pages = len(reader.pages)
        if pages > MAX_PAGES:
            raise InputError(f"{name} has {pages} pages; PDFs of at most {MAX_PAGES} are read: split it")
        text = _text(reader, name)
        title, author, published = _metadata(reader)
    except (FileNotDecryptedError, DependencyError) as error:
        raise InputError(f"{name} is encrypted; save a copy that opens without a password") from error
    except LimitReachedError as error:
        raise InputError(f"{name} is a PDF that unpacks to more than is read: {error}") from error
    except RecursionError as error:
        raise InputError(f"{name} is a PDF whose parts are nested too deeply to be read") from error
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError) as error:
        raise InputError(f"{name} is a broken PDF; print it to a new one ({type(error).__name__})") from error
    if not text.strip():
        raise InputError(
            f"{name} shows no text on its {pages} pages: it is probably a scan; run text recognition (OCR) on it first"
        )
    return {"text": text, "pages": pages, "title": title, "author": author, "published": published}


def _text(reader: PdfReader, name: str) -> str:
    written: list[str] = []
    length = 0
    for page in reader.pages:
        text = _UNSEEN.sub("", page.extract_text().translate(_LIGATURES)).strip()
        length += len(text)
        if length > MAX_TEXT:
            raise InputError(f"{name} holds more than {MAX_TEXT} characters of text: split it")
        if written and text:
            written.append("\n" if text[0].islower() else "\n\n")
        written.append(text)
    return _joined("".join(written))


def _joined(text: str) -> str:
    """Words that a line's end divides in one piece again: with their hyphen where the text has it in them elsewhere."""
    words = {word.lower() for word in _WORDS.findall(text)} if _HYPHEN.search(text) else set()

    def mend(found: re.Match[str]) -> str:
        before, after = found["before"], found["after"]
        kept = after[0].isupper() or (f"{before}-{after}".lower() in words and f"{before}{after}".lower() not in words)
        return f"{before}-{after}" if kept and found["mark"] != "\u00ad" else f"{before}{after}"

    return _HYPHEN.sub(mend, text)


def _metadata(reader: PdfReader) -> tuple[str | None, str | None, str | None]:
    """Title, author and day, each None where it is missing or broken. What is wrong there does not cost the text."""
    found: dict[str, str] = {}
    info: Mapping[str, object] = reader.metadata or {}
    for key in ("/Title", "/Author", "/CreationDate"):
        try:
            value = info.get(key)
            found[key] = " ".join(_UNSEEN.sub(" ", str(value)).split())[:_FIELD] if value is not None else ""
        except Exception:
            found[key] = ""
    title = found["/Title"]
    return (
        (title if title and not _NO_TITLE.match(title) else None),
        found["/Author"] or None,
        _day(found["/CreationDate"]),
    )


def _day(value: str) -> str | None:
    """ISO 32000-1, 7.9.4: D:YYYYMMDDHHmmSS and a zone, of which all from the month on may be missing."""
    found = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", value)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None
