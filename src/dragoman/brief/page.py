"""A brief as one HTML page that needs nothing else: no script, no address, everything that a page says escaped."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from dragoman.brief.notes import Laid, Line
from dragoman.brief.wording import say


def page(laid: Laid) -> bytes:
    """The page in UTF-8; unsupported sentences are outlined, and say so in words."""
    title = escape(laid.title)
    body = [f"<h1>{title}</h1>", f"<p>{escape(laid.about)}</p>"]
    for part in laid.parts:
        body += [f"<h2>{escape(part.title)}</h2>", "<ul>", *(_line(line) for line in part.lines), "</ul>"]
    if laid.notes:
        body += [
            f"<h2>{escape(say('notes'))}</h2>",
            "<ol>",
            *map(_note, range(1, len(laid.notes) + 1), laid.notes),
            "</ol>",
        ]
    style = files("dragoman.brief").joinpath("page.css").read_text("utf-8")
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    )
    return (head + "\n".join(body) + "\n</body>\n</html>\n").encode("utf-8", "replace")


def _line(line: Line) -> str:
    marks = "".join(f'<a href="#note-{number}">{number}</a>' for number in line.notes)
    text = escape(line.text) + (f"<sup>{marks}</sup>" if marks else "")
    if line.unsupported:
        return f'<li class="unsupported"><strong>{escape(line.unsupported)}</strong> {text}</li>'
    return f"<li>{text}</li>"


def _note(number: int, note: str) -> str:
    return f'<li id="note-{number}">{escape(note)}</li>'
