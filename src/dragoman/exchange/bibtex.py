"""The documents as BibTeX, of the type @misc, which BibTeX and BibLaTeX both know.

`date` is EDTF, as BibLaTeX takes it (its manual, 2.3.8); `year` and `month` are for BibTeX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from dragoman.exchange.reference import Reference, date_parts, references
from dragoman.exchange.selection import FORMAT_VERSION, Selection

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": "$<$",
    ">": "$>$",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
_SPECIAL = re.compile(r"[\\{}~^<>#$%&_]")
_IN_ADDRESS = re.compile(r"[\\{}\s^~<>\"]")


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes an entry for each document, with its id as the key."""
    out.write(f"@comment{{Dragoman, format version {FORMAT_VERSION}}}\n".encode())
    for one in references(selection):
        fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(one))
        out.write(f"\n@misc{{{one.id},\n{fields}\n}}\n".encode("utf-8", "replace"))


def _fields(one: Reference) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{{{_tex(one.title or one.source)}}}}}"
    if one.author:
        yield "author", f"{{{{{_tex(one.author)}}}}}"
    if one.outlet:
        yield "howpublished", f"{{{_tex(one.outlet)}}}"
    parts = date_parts(one.published)
    if len(parts) == 1:
        yield "year", f"{{{parts[0][0]:04}}}"
        if len(parts[0]) > 1 and parts[0][1] <= 12:
            yield "month", _MONTHS[parts[0][1] - 1]
    if parts:
        yield "date", f"{{{one.published}}}"
    if one.url:
        yield "url", f"{{{_IN_ADDRESS.sub(_percent, one.url)}}}"
    if one.language:
        yield "language", f"{{{_tex(one.language)}}}"
    if not one.url:
        yield "note", f"{{Source: {_tex(one.source)}}}"


def _tex(text: str) -> str:
    braces = {"{": r"\{", "}": r"\}"} if _balanced(text) else {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    return _SPECIAL.sub(lambda found: (_TEX | braces)[found[0]], text)


def _balanced(text: str) -> bool:
    """Whether each brace has its other. BibTeX counts those behind a backslash, too."""
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
