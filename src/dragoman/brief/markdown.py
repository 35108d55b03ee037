"""A brief as Markdown with footnotes. Nothing that a page says becomes a link, an image, HTML or any other markup."""

from __future__ import annotations

from dragoman.brief.notes import Laid, Line
from dragoman.exchange.markdown import escaped


def markdown(laid: Laid) -> bytes:
    """The brief in UTF-8, its notes as footnotes in the form of GitHub and Pandoc."""
    lines = [f"# {escaped(laid.title)}", "", escaped(laid.about), ""]
    for part in laid.parts:
        lines += [f"## {escaped(part.title)}", "", *(_line(line) for line in part.lines), ""]
    lines += [f"[^{number}]: {escaped(note)}" for number, note in enumerate(laid.notes, 1)]
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8")


def _line(line: Line) -> str:
    marks = "".join(f"[^{number}]" for number in line.notes)
    text = f"{escaped(line.text)}{marks}"
    return f"- **{escaped(line.unsupported)}** {text}" if line.unsupported else f"- {text}"
