"""Words without their endings, by which two texts are compared."""

from __future__ import annotations

import re

from dragoman.ontology.fold import fold

_WORD = re.compile(r"[^\W\d_]+|\d+")
_ENDINGS = re.compile(r"(?:ations?|ings?|ments?|ers?|als?|ies|ied|es|ed|s|y|e)$")
_COMMON = frozenset(
    "the a an and or that which who whom whose with from for was were been has have had his her hers its their they them he she "
    "it we you i my our your this these those there will would could should must shall can may might be is are am to of in on at "
    "by as into than not but after before until over out off about also more most one two do does did done so all any some each "
    "if when while where what how very just then too again demand demands want wants call calls urge urges ask asks need".split()
)


def stems(text: str) -> frozenset[str]:
    """The words of a text that carry its meaning, without case, accents and common endings."""
    return frozenset(stem(word) for word in words_of(text) if word not in _COMMON and (len(word) > 2 or word.isdigit()))


def stem(word: str) -> str:
    """A word in small letters without a common ending."""
    return _ENDINGS.sub("", word) if len(word) > 4 else word


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, without case and accents."""
    return _WORD.findall(fold(text) or "")
