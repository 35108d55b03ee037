"""Trees written by hand: an Analysis from lines of `form lemma upos xpos head relation` in `event_trees.txt`.

A line `## ` with the sentence opens a tree. Heads count from 1 within the sentence, 0 is the root; a lemma `=` is the
form in lower case. A form that begins with `+` is written without a space before it. All names in it are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.encode import Analysis, Token
from dragoman.model import Actor, ActorType

COUNTRIES = {
    "Norland": "NOR",
    "Norlandish": "NOR",
    "Sarvia": "SAR",
    "Sarvian": "SAR",
    "Vesk": "VES",
    "Tolm": "SAR",
    "Hesk": "NOR",
}
PEOPLE = {"Dorr": "person-dorr", "Kesh": "person-kesh"}
CAPITALS = frozenset({"Tolm", "Hesk"})


@lru_cache(maxsize=1)
def trees() -> dict[str, list[str]]:
    """The lines of each tree by its sentence."""
    blocks = Path(__file__).with_name("event_trees.txt").read_text("utf-8").strip().split("\n\n")
    return {lines[0].removeprefix("## "): lines[1:] for lines in (block.splitlines() for block in blocks)}


def parse(*sentences: str) -> Analysis:
    """The analysis of sentences that stand in the file, one paragraph."""
    text = ""
    tokens: list[Token] = []
    ranges: list[tuple[int, int]] = []
    for sentence in sentences:
        first = len(tokens)
        for line in trees()[sentence]:
            form, lemma, upos, xpos, head, relation = line.split(" ")
            text += "" if form.startswith("+") or not text else " "
            form = form.removeprefix("+")
            lemma = form.lower() if lemma == "=" else lemma
            above = int(head) - 1 + first if head != "0" else -1
            tokens.append(Token(len(text), len(text) + len(form), form, lemma, upos, xpos, above, relation))
            text += form
        ranges.append((first, len(tokens)))
    assert text == " ".join(sentences)
    children: list[list[int]] = [[] for _ in tokens]
    for index, token in enumerate(tokens):
        if token.head >= 0:
            children[token.head].append(index)
    below = tuple(tuple(found) for found in children)
    return Analysis(text, tuple(tokens), tuple(ranges), ((0, len(tokens)),), children=below)


@dataclass(frozen=True)
class Names:
    """Who is meant in these trees: three states and two persons."""

    analysis: Analysis

    def actor_at(self, token: int) -> tuple[str, ...]:
        word = self.analysis.tokens[token].text
        if word in COUNTRIES:
            return (f"state:{COUNTRIES[word]}",)
        return (PEOPLE[word],) if word in PEOPLE else ()

    def is_place(self, token: int) -> bool:
        return self.analysis.tokens[token].text in CAPITALS

    def actor(self, id: str) -> Actor:
        if id.startswith("state:"):
            return Actor(id, id, ActorType.STATE, country=id.removeprefix("state:"), sector="GOV")
        return Actor(id, id, ActorType.PERSON)
