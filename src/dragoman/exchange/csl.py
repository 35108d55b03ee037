"""The documents as CSL-JSON, which reference managers read.

https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from dragoman.exchange.reference import Reference, date_parts, references
from dragoman.exchange.selection import FORMAT_VERSION, Selection

_SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}


def write(selection: Selection, out: BinaryIO) -> None:
    """Writes an array with an item for each document; the date in EDTF stands in its `custom`."""
    out.write(b"[")
    for number, one in enumerate(references(selection)):
        custom = {"format_version": FORMAT_VERSION, "published": one.published}
        item = json.dumps(csl_item(one) | {"custom": custom}, ensure_ascii=False)
        out.write((",\n" if number else "\n").encode() + item.encode("utf-8", "replace"))
    out.write(b"\n]\n")


def csl_item(one: Reference) -> dict[str, Any]:
    """An item; keys that are unknown are not there."""
    item = {
        "id": one.id,
        "type": "webpage" if one.url else "article-newspaper",
        "title": one.title,
        "container-title": one.outlet,
        "author": [{"literal": one.author}] if one.author else None,
        "issued": _issued(one.published),
        "language": one.language,
        "URL": one.url,
        "source": None if one.url else one.source,
    }
    return {key: value for key, value in item.items() if value is not None}


def _issued(edtf: str | None) -> dict[str, Any] | None:
    """A date or interval as CSL has it; None where its year is not known."""
    parts = date_parts(edtf)
    if not parts:
        return None
    issued: dict[str, Any] = {"date-parts": parts}
    if len(parts) == 1 and len(parts[0]) == 2 and parts[0][1] in _SEASONS:
        issued = {"date-parts": [parts[0][:1]], "season": _SEASONS[parts[0][1]]}
    return issued | ({"circa": True} if edtf and edtf.endswith(("~", "?", "%")) else {})
