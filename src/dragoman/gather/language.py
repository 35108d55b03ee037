"""Which language a text is in."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from dragoman.gather.lexicon import languages_of

SAMPLE = 20_000
MIN_WORDS = 4
MIN_LETTERS = 20
FEW = 25
"""Of fewer words of plain Latin letters the model's guess counts only where one of them is a frequent word of that language:
"Brazil sent medicine to Rwanda" is no Shona."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENOUGH = 12
"""So many words that only English has, and four times as many as of any other language, settle it without the model."""


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language of `text`, or None where it is too short to tell.

    Frequent words decide plain cases; otherwise py3langid's model, which comes with the package: nothing is downloaded.
    """
    sample = text[:SAMPLE]
    words = [word.lower().replace("’", "'") for word in _WORD.findall(sample)]
    if sum(map(len, words)) < MIN_LETTERS or (len(words) < MIN_WORDS and sample.isascii()):
        return None
    owned = [languages_of().get(word, ()) for word in words]
    votes = Counter(codes[0] for codes in owned if len(codes) == 1)
    others = max((count for code, count in votes.items() if code != "en"), default=0)
    if votes["en"] >= max(_ENOUGH, 4 * others, len(words) // 8):
        return "en"
    guess = str(_identifier().classify(" ".join(words))[0])
    if guess != "en" and len(words) < FEW and sample.isascii() and not any(guess in codes for codes in owned):
        return "en" if votes["en"] else None
    return guess


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    return LanguageIdentifier.from_model_file(MODEL_FILE)
