"""Lemmas: the dictionary forms of words, by a table of what is irregular and by rules for the rest.

The table, `lemmas.tsv` of the weights, is made by `training/base/lemmas.py`. Its rows are `tag, form, lemma`: the lemma
of a lower-cased form under a Penn tag, or, with the lemma left out, a base form that the rules may count on (that
"hope" is one keeps "hoped" from "hop"). Lemmas follow the English treebanks of Universal Dependencies: names and
demonyms keep their capitals.
"""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.errors import WeightsError

CACHE = 200_000

BASE_TAG = {
    "VBD": "VB", "VBN": "VB", "VBG": "VB", "VBZ": "VB", "NNS": "NN", "NNPS": "NN",
    "JJR": "JJ", "JJS": "JJ", "RBR": "JJ", "RBS": "JJ", "JJ": "JJ", "NN": "NN",
}  # fmt: skip
"""The tag under which the table lists the base forms that a form of the first tag can come from."""

_ENDINGS = {
    "VBD": "ed", "VBN": "ed", "VBG": "ing", "VBZ": "s", "NNS": "s", "NNPS": "s",
    "JJR": "er", "RBR": "er", "JJS": "est", "RBS": "est",
}  # fmt: skip

_PREFIX = re.compile(r"(?:re|un|over|under|out|mis|fore|with|up|inter|pre)-?(?=\w{3})")
_SILENT_E = re.compile(
    r"""(?x)(?:
      [cvuez] | [^s]s                               # force, save, argue, organize, close
    | (?:[rd]|[^aeiou][aeiou]|ie|[aeu]n)g          # charge, judge, manage, besiege, change
    | [^aeiouywrl]l | [^aeiouw][iou]l              # handle, compile, rule
    | [^aeou][aiu]r | [^aeiou][iu][nmd]            # declare, require, secure, define, assume, include
    | [^aeiou]od | [^aeiou][aou]k | [^aeiou][ay]p | [^aeiou]am
    | (?:[^aeiou]|i|e(?=at)|u(?=at))(?:at|ot|ut)   # escalate, mediate, promote, execute
    )$"""
)
_SHORT = re.compile(r"[^aeiou]*[aeiouy][^aeiouywx]")
_ROMAN = re.compile(r"[IVXLCDM]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DOUBLED = re.compile(r"\w*[^aeiou]?[aeiouy]([bdgklmnprtvz])\1")


class Lemmatizer:
    """Looks lemmas up in a table and makes the rest by rule; the same word and tags always give the same lemma."""

    def __init__(self, path: Path) -> None:
        self._irregular: dict[tuple[str, str], str] = {}
        self._bases: dict[str, set[str]] = {tag: set() for tag in BASE_TAG.values()}
        self._known: dict[tuple[str, str, str], str] = {}
        try:
            rows = path.read_text("utf-8").splitlines()
        except OSError as error:
            raise WeightsError(f"cannot read the table of lemmas {path}: {error.strerror}") from error
        for row in rows:
            tag, form, *lemma = row.split("\t")
            if lemma:
                self._irregular[form, tag] = lemma[0]
            else:
                self._bases[tag].add(form)

    def lemma(self, form: str, upos: str, xpos: str) -> str:
        """The lemma of `form` under a universal and a Penn tag; of an unknown tag, the form in lower case."""
        key = (form, upos, xpos)
        found = self._known.get(key)
        if found is None:
            found = self._lemma(form, upos, xpos)
            if len(self._known) < CACHE:
                self._known[key] = found
        return found

    def _lemma(self, form: str, upos: str, xpos: str) -> str:
        low = form.lower().replace("’", "'")
        if listed := self._irregular.get((low, xpos)):
            return listed
        if xpos != "NNPS" and (upos == "PROPN" or xpos == "NNP"):
            return form
        if xpos == "CD":
            return form if _ROMAN.fullmatch(form) else _THOUSANDS.sub("", low)
        if low[:1].isdigit():  # decades: "the 1990's"
            return low.replace("'", "")
        base = self._base(low, xpos)
        return _as_written(form, base) if self._keeps_capitals(form, base, xpos) else base

    def _keeps_capitals(self, form: str, base: str, xpos: str) -> bool:
        """Names, acronyms ("GDP"), and demonyms ("Peruvian"): no base form that is written small is known for them."""
        if xpos == "NNPS" or base == form:
            return True
        if base in self._bases.get(BASE_TAG.get(xpos, ""), ()):
            return False
        if xpos == "JJ":
            return form.istitle() or (form.isupper() and len(form) < 5)
        return xpos in ("NN", "NNS") and len(base) < 6 and form[: len(base)].isupper()

    def _base(self, low: str, xpos: str) -> str:
        ending = _ENDINGS.get(xpos)
        if ending is None:
            return low
        bases = self._bases[BASE_TAG[xpos]]
        if (prefix := _PREFIX.match(low)) and (rest := self._irregular.get((low[prefix.end() :], xpos))):
            return prefix.group() + rest
        if low.endswith(("men", "children")) and ending == "s":
            return low[:-2] + "an" if low.endswith("men") else low[:-3]
        if not low.endswith(ending) or len(low) < len(ending) + 2:
            return low
        stem = low[: -len(ending)]
        candidates = _before_s(stem) if ending == "s" else _before_vowel(stem, ending)
        return next((word for word in candidates if word in bases), candidates[0])


def _as_written(form: str, base: str) -> str:
    """`base` with the capitals of `form`; but headlines' "SANCTIONS" is no acronym."""
    written = form[: len(base)] if form.lower().startswith(base) else form[:1] + base[1:]
    return written.title() if written.isupper() and len(written) > 5 else written


def _before_s(stem: str) -> list[str]:
    """Possible bases of `stem` + "s", the likeliest first."""
    if stem.endswith("ie") and len(stem) > 3:
        return [stem[:-2] + "y", stem]
    if re.search(r"(?:[sx]|[sc]h|zz|[^aeiou]o)e$", stem) and not re.search(r"[^s]se$|[ao]che$", stem):
        return [stem[:-1], stem]
    if stem.endswith("s"):
        return [stem + "s", stem]
    return [stem, stem[:-1]] if stem.endswith("e") else [stem]


def _before_vowel(stem: str, ending: str) -> list[str]:
    """Possible bases of `stem` + "ed", "ing", "er" or "est", the likeliest first."""
    if stem.endswith("i") and ending != "ing":
        return [stem[:-1] + "y", stem + "e", stem]
    if stem.endswith("y") and len(stem) == 2 and ending == "ing":
        return [stem[:-1] + "ie", stem]
    if stem.endswith("ck"):
        return [stem, stem[:-1]]
    if _DOUBLED.fullmatch(stem):
        monosyllable = len(re.findall(r"[aeiouy]+", stem)) == 1
        return [stem, stem[:-1]] if stem.endswith("ll") and monosyllable else [stem[:-1], stem, stem + "e"]
    silent = _SILENT_E.search(stem) or _SHORT.fullmatch(stem)
    return [stem + "e", stem] if silent else [stem, stem + "e"]
