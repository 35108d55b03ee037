"""The documents that a brief cites as CSL-JSON, which reference managers read.

https://docs.citationstyles.org/en/stable/specification.html
"""

from __future__ import annotations

import json
import re
from typing import Any

from dragoman.brief.english import clean
from dragoman.brief.parts import Brief, Evidence

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[?~%]?")
_SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}


def csl(brief: Brief) -> bytes:
    """A JSON array in UTF-8 with an item for each document, in the order in which they are cited."""
    cited: dict[str, Evidence] = {}
    for _, _, sentence in brief.sentences():
        for one in sentence.evidence:
            cited.setdefault(one.document, one)
    items = [_item(one) for one in cited.values()]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _item(one: Evidence) -> dict[str, Any]:
    address = one.source if one.source.lower().startswith(("http://", "https://")) else None
    item = {
        "id": one.document,
        "type": "webpage" if address else "article-newspaper",
        "title": clean(one.title or "") or None,
        "container-title": clean(one.outlet or "") or None,
        "author": [{"literal": clean(one.author)}] if one.author else None,
        "issued": _issued(one.published),
        "language": one.language,
        "URL": clean(address) if address else None,
        "source": None if address else clean(one.source),
    }
    return {key: value for key, value in item.items() if value is not None}


def _issued(edtf: str | None) -> dict[str, Any] | None:
    """A date or interval as CSL has it; None where its year is not known."""
    sides = [_DATE.fullmatch(side.replace("-XX", "")) for side in edtf.split("/")] if edtf else []
    if not sides or not all(sides):
        return None
    parts = [[int(part) for part in side.groups() if part] for side in sides if side]
    issued: dict[str, Any] = {"date-parts": parts}
    if len(parts) == 1 and len(parts[0]) == 2 and parts[0][1] in _SEASONS:
        issued = {"date-parts": [parts[0][:1]], "season": _SEASONS[parts[0][1]]}
    return issued | ({"circa": True} if edtf and edtf.endswith(("~", "?", "%")) else {})
