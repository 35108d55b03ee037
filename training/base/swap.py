"""Random swapping of countries and people in training data, so that the weights learn forms and not names."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence

from countryinfo import all_countries

Tagged = tuple[list[str], list[str]]


class Swapper:
    """Replaces single-word countries, demonyms, capitals and personal names by others, the same way throughout a window."""

    def __init__(self, entities: Iterable[Tagged]) -> None:
        self.countries = list(_countries())
        self.where = {
            form: (index, kind)
            for index, triple in enumerate(self.countries)
            for kind, form in enumerate(triple)
            if form
        }
        self.people = [word for word in _people(entities) if word not in self.where]
        self.is_person = frozenset(self.people)

    def __call__(
        self, words: Sequence[str], rng: random.Random, *, places: float = 0.7, people: float = 0.5
    ) -> list[str]:
        """A copy of `words`, token for token; `places` and `people` are the shares of windows in which those are swapped."""
        out = list(words)
        if rng.random() < places:
            moved: dict[int, int] = {}
            for i, word in enumerate(out):
                if word in self.where:
                    country, kind = self.where[word]
                    target = moved.setdefault(country, rng.randrange(len(self.countries)))
                    out[i] = self.countries[target][kind] or word
        if rng.random() < people:
            named: dict[str, str] = {}
            for i, word in enumerate(out):
                if word in self.is_person:
                    if word not in named:
                        named[word] = rng.choice(self.people)
                    out[i] = named[word]
        return out


def _countries() -> Iterable[tuple[str, str, str]]:
    for info in all_countries():
        forms = []
        for get in (info.name, info.demonym, info.capital):
            try:
                form = str(get() or "")
            except (KeyError, ValueError):
                form = ""
            forms.append(form if form.isalpha() and form.istitle() else "")
        if forms[0]:
            yield forms[0], forms[1], forms[2]


def _people(entities: Iterable[Tagged]) -> list[str]:
    person: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for words, tags in entities:
        for word, tag in zip(words, tags, strict=True):
            if tag.endswith("-PER") and word.istitle() and word.isalpha() and len(word) > 2:
                person[word] += 1
            else:
                other[word.title()] += 1
    return sorted(word for word, n in person.items() if other[word] * 8 < n)
