"""How text becomes what the full-text index holds, and how what is looked for is found again in the text.

Case, accents and ways of writing one letter are folded. Where a script puts no spaces between words (Chinese, Japanese,
Korean, Thai, Lao, Khmer, Burmese), each character is a token with the one that follows it, the last of a run alone.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

from dragoman.model import Span

_LETTERS = {
    **dict(zip("ٱىیےةکہھە", "اييييكههه".replace("يييي", "يييه"), strict=True)),
    **dict(zip("ıøłđħŧəƶ", "ioldhtez", strict=True)),
    **{"æ": "ae", "œ": "oe", "þ": "th", "ð": "d"},
    **dict.fromkeys("ءـʾʿʹʺˈ", ""),
    **dict.fromkeys("ʻʼʽ", " "),
}
"""Letters that Unicode does not decompose: Arabic and Persian spellings of one letter, Latin letters with strokes. A lone
hamza, tatweel, and the signs of transliterations go; letters that are apostrophes part words, as ' does."""
_WHOLE = re.compile("[йїўѓќ\u3041-\u30ff\uac00-\ud7a3]")
"""Letters that are not their base with an accent: Cyrillic й is not и, Japanese が is not か, Korean has its syllables."""
_MARKS = {1, *range(10, 37), *range(200, 241)}
"""Combining classes of accents and vowel points; those of kana, viramas, nuktas and Thai tones are others."""
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Variation selectors and fillers."""

_SECOND = re.compile("[\u0301\u0306\u0308\u3099\u309a\uff9e\uff9f\u1161-\u1175]")
_PARTED = re.compile(
    "[иіугкИІУГК][\u0301\u0306\u0308]|[\u3041-\u30ff\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]"
    "|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)
"""Letters of `_WHOLE` that a text writes in parts."""

_SCRIPTS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3005-\u3007\u3021-\u3029"
    "\u3041-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7ff"
    "\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_SCRIPTS}]+")
_UNIT = re.compile(f"[{_SCRIPTS}]+|[^ {_SCRIPTS}]+")


class _Folds(dict[int, str]):
    """What each character becomes: letters and digits, nothing, or a space where words part."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


class _Shapes(dict[int, str]):
    """ "1" for each character that becomes one character, else "0"."""

    def __missing__(self, code: int) -> str:
        self[code] = shape = "1" if len(_FOLDS[code]) == 1 else "0"
        return shape


_FOLDS = _Folds()
_SHAPES = _Shapes({0xFFF9: "2", 0xFFFA: "3"})


def indexed(text: str | bytes | None) -> str | None:
    """The tokens of `text`, one space between them. SQLite calls this by the same name for all that it indexes.

    The schema gives it bytes, which are UTF-8 unless the database is damaged; then, too, they are indexed.
    """
    if text is None:
        return None
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    folded = folding(text)
    if not folded.isascii() and _RUN.search(folded):
        folded = _RUN.sub(_pairs, folded)
    return " ".join(folded.split())


def folding(text: str) -> str:
    """`text` with its letters folded and a space for all that is no letter or digit."""
    if not text.isascii() and _SECOND.search(text):
        text = _PARTED.sub(lambda parts: unicodedata.normalize("NFKC", parts[0]), text)
    return text.translate(_FOLDS)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand beside each other."""

    tokens: str
    """What the index has for them."""
    open: bool
    """Whether the last token is only the beginning of what the index has."""
    pattern: str
    """A regular expression that finds them in folded text."""

    @property
    def match(self) -> str:
        """The phrase in the query language of FTS5. Tokens hold letters and digits only."""
        return f'"{self.tokens}"' + "*" * self.open


def phrase(text: str, *, beginning: bool = False) -> Phrase | None:
    """`text` as it is looked for, `beginning`: its last word may go on; None where it has no letter and no digit."""
    folded = folding(text)
    units = list(_UNIT.finditer(folded))
    if not units:
        return None
    tokens = (indexed(text) or "").split()
    pattern = ""
    for unit, after in zip(units, [*units[1:], None], strict=True):
        run = _RUN.match(unit[0])
        if run:
            pattern += re.escape(unit[0]) + (f"(?![{_SCRIPTS}])" if after else "")
        else:
            goes_on = beginning and not after
            pattern += f"(?<![^ {_SCRIPTS}]){re.escape(unit[0])}" + (
                f"[^ {_SCRIPTS}]*" if goes_on else f"(?![^ {_SCRIPTS}])"
            )
        if after:
            pattern += " +" if bool(run) == bool(_RUN.match(after[0])) else " *"
    if run:
        # The last character of a run is a token of its own only where the run ends.
        single = len(units[-1][0]) == 1
        return Phrase(" ".join(tokens if single else tokens[:-1]), single, pattern)
    return Phrase(" ".join(tokens), beginning, pattern)


class Folded:
    """Folded text that knows which characters of the original each of its own stands for."""

    def __init__(self, original: str) -> None:
        self.text = folding(original)
        self._at, self._origin, self._even = [0], [0], [True]
        shape = original
        if _SECOND.search(original):
            shape = _PARTED.sub(lambda parts: "\ufff9" + "\ufffa" * (len(parts[0]) - 1), original)
        shape = shape.translate(_SHAPES)
        at = origin = 0
        for piece in re.finditer("23*|[03]", shape):
            at += piece.start() - origin
            self._add(at, piece.start(), False)
            at += len(folding(original[piece.start() : piece.end()]))
            origin = piece.end()
            self._add(at, origin, True)
        self._add(len(self.text), len(original), True)

    def span(self, start: int, end: int) -> Span:
        """The characters of the original behind `text[start:end]`, which is not empty, with marks that follow them."""
        first = bisect_right(self._at, start) - 1
        low = self._origin[first] + (start - self._at[first] if self._even[first] else 0)
        last = bisect_right(self._at, end - 1) - 1
        high = self._origin[last] + end - self._at[last] if self._even[last] else self._origin[last + 1]
        if high == self._origin[last + 1]:
            # What became nothing belongs to the letter before it.
            high = self._origin[max(last + 1, bisect_right(self._at, self._at[last + 1]) - 1)]
        return low, high

    def _add(self, at: int, origin: int, even: bool) -> None:
        self._at.append(at)
        self._origin.append(origin)
        self._even.append(even)


def _fold(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Me") or _UNSEEN.match(character):
        return ""
    if category[0] not in "LMN":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    folded = ""
    for small in character.casefold():
        parts = small if _WHOLE.match(small) else unicodedata.normalize("NFKD", small)
        for part in parts:
            if part in _LETTERS:
                folded += _LETTERS[part]
            elif not (unicodedata.combining(part) in _MARKS or unicodedata.category(part) == "Cf"):
                folded += part if unicodedata.category(part)[0] in "LMN" else " "
    return folded


def _pairs(run: re.Match[str]) -> str:
    characters = run[0]
    return f" {' '.join(map(str.__add__, characters, characters[1:]))} {characters[-1]} "
