"""A brief for people who do not have Dragoman: Markdown, a Word document, a page, and its documents for reference managers."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.brief.check import Checked
from dragoman.brief.csl import csl
from dragoman.brief.markdown import markdown
from dragoman.brief.notes import laid
from dragoman.brief.page import page
from dragoman.brief.parts import Brief
from dragoman.errors import SettingsError

FORMATS = ("md", "docx", "html", "csl")


def render(brief: Brief, checked: Sequence[Checked], format: str) -> bytes:
    """The brief in one of the `FORMATS`, as the bytes of a file; `checked` is what `check` found of it, and marks what is
    unsupported. Raises SettingsError for another format."""
    if format == "csl":
        return csl(brief)
    if format == "md":
        return markdown(laid(brief, checked))
    if format == "html":
        return page(laid(brief, checked))
    if format == "docx":
        from dragoman.brief.docx import docx

        return docx(laid(brief, checked))
    raise SettingsError(f"there is no format '{format}': known are {', '.join(FORMATS)}")
