"""A brief as a Word document, with numbered notes at its end."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_UNDERLINE

from dragoman.brief.notes import Laid, Line
from dragoman.brief.wording import say


def docx(laid: Laid) -> bytes:
    """The document's bytes; unsupported sentences have a broken line under them, and say so in words."""
    word = Document()
    word.core_properties.title = laid.title[:255]
    word.core_properties.author = "Dragoman"
    word.core_properties.comments = ""
    word.add_heading(laid.title, 0)
    word.add_paragraph(laid.about)
    for part in laid.parts:
        word.add_heading(part.title, 1)
        for line in part.lines:
            _line(word, line)
    if laid.notes:
        word.add_heading(say("notes"), 1)
    for number, note in enumerate(laid.notes, 1):
        paragraph = word.add_paragraph()
        paragraph.add_run(str(number)).font.superscript = True
        paragraph.add_run(f" {note}")
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def _line(word: Word, line: Line) -> None:
    paragraph = word.add_paragraph(style="List Bullet")
    if line.unsupported:
        paragraph.add_run(f"{line.unsupported} ").bold = True
    text = paragraph.add_run(line.text)
    if line.unsupported:
        text.font.underline = WD_UNDERLINE.DASH
    if line.notes:
        paragraph.add_run(", ".join(map(str, line.notes))).font.superscript = True
