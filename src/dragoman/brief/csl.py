"""The documents that a brief cites as CSL-JSON, which reference managers read."""

from __future__ import annotations

import json

from dragoman.brief.parts import Brief, Evidence
from dragoman.exchange.csl import csl_item
from dragoman.exchange.reference import Reference


def csl(brief: Brief) -> bytes:
    """A JSON array in UTF-8 with an item for each document, in the order in which they are cited."""
    cited: dict[str, Evidence] = {}
    for _, _, sentence in brief.sentences():
        for one in sentence.evidence:
            cited.setdefault(one.document, one)
    items = [csl_item(_reference(one)) for one in cited.values()]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _reference(one: Evidence) -> Reference:
    return Reference(
        id=one.document,
        source=one.source,
        title=one.title,
        outlet=one.outlet,
        author=one.author,
        published=one.published,
        language=one.language,
    )
