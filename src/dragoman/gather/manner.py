"""How a unit is written: signs, capitals, digits, whom it speaks to."""

from __future__ import annotations

import re

from dragoman.gather.lexicon import markers
from dragoman.gather.shape import Shape

_SAMPLE = 600
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SIGN = re.compile(r"""[^\w\s.,;:!?'"“”‘’«»()–—…-]|_""")
_SIGNS = 4
"""More signs say no more."""
_QUOTES = frozenset('"“”«»„')
_CLOSING = '”"’ )'
_OPENING = 30
_CAPITALS = 0.6
_BRIEF, _LONG = 8, 20


def manner(text: str, given: Shape) -> dict[str, float]:
    """Features of the first 600 characters and the end of `text`, whose shape is `given`."""
    head = text[:_SAMPLE]
    words = _WORD.findall(head)
    lettered = [word for word in words if word[0].isalpha()]
    end = text.rstrip(_CLOSING)[-1:]
    quoted = not _QUOTES.isdisjoint(head)
    capitals = sum(len(word) > 1 and word.isupper() for word in lettered)
    found = {
        "titled": sum(word[0].isupper() for word in lettered) / max(1, len(lettered)) if len(words) > 1 else 0.0,
        "capitals": float(capitals > _CAPITALS * len(lettered)),
        "symbols": min(len(_SIGN.findall(head)), _SIGNS) / _SIGNS,
        "question": float(end == "?"),
        "full_stop": float(end == "." and given.words > 3),
        "quoted": float(quoted),
        "spoken": float(not quoted and not markers().spoken.isdisjoint(word.lower() for word in words)),
        "digits": min(1.0, 2 * sum(word[0].isdigit() for word in words) / max(1, len(words))),
        "brief_sentence": float(given.terminal and given.words < _BRIEF),
        "long": float(given.words >= _LONG),
        "name": float(given.name),
        "clock": float(given.clock),
        "colon": float(":" in text[:_OPENING]),
    }
    return {name: value for name, value in found.items() if value}
