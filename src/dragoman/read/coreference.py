"""Who "the political scientist" and "he" are, in the plain cases."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field

from dragoman.encode import Analysis

from .index import Index
from .people import Person, RoleMention

REACH = 3
"""Paragraphs that a pronoun or description looks back, at most."""

_SINGULAR = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
_FEMALE = frozenset(("she", "her", "hers", "herself"))
_OWN = frozenset(("his", "her", "himself", "herself"))


@dataclass(slots=True)
class Coreference:
    """Resolves descriptions and pronouns in the order of the text, so that each helps those behind it."""

    analysis: Analysis
    index: Index
    people: Sequence[Person]
    quoted: Set[int]
    """Tokens within quotation marks: whom a quotation names is not whom the text speaks of next."""
    mentions: list[int] = field(default_factory=list)
    meant: dict[int, Person] = field(default_factory=dict)
    female: dict[int, bool] = field(default_factory=dict)
    """By the id() of a person: whether "she" or "he" is said of them, as their role or an earlier pronoun tells."""

    def resolve(
        self, roles: Sequence[RoleMention]
    ) -> tuple[list[tuple[RoleMention, Person]], list[tuple[int, Person]]]:
        """Those of `roles` ("the political scientist") and those pronouns that mean a person named before, with him."""
        for person in self.people:
            for start, _ in person.mentions:
                self._note(start, person)
            for role in person.roles:
                noun = self.analysis.tokens[role.end - 1].lemma.lower()
                if noun.endswith(("man", "woman")):
                    self.female[id(person)] = noun.endswith("woman")
        definite = {r.end - 1: r for r in roles if not r.plural and _definite(self.analysis, r)}
        described: list[tuple[RoleMention, Person]] = []
        pronouns: list[tuple[int, Person]] = []
        for i, token in enumerate(self.analysis.tokens):
            described_by = definite.get(i)
            if described_by is not None:
                if (meant := self._described(described_by)) is not None:
                    described.append((described_by, meant))
                    self._note(i, meant)
            elif token.text.lower() in _SINGULAR and (meant := self._pronoun(i)) is not None:
                pronouns.append((i, meant))
                self._note(i, meant)
        return described, pronouns

    def _pronoun(self, token: int) -> Person | None:
        female = self.analysis.tokens[token].text.lower() in _FEMALE
        person = self._best(
            token,
            lambda where: not self._excluded(where, token) and self.female.get(id(self.meant[where]), female) is female,
        )
        if person is not None:
            self.female[id(person)] = female
        return person

    def _note(self, token: int, person: Person) -> None:
        insort(self.mentions, token)
        self.meant[token] = person

    def _described(self, role: RoleMention) -> Person | None:
        """The one whose own role shares words with the description; else, for those who comment, the most prominent."""
        tokens = self.analysis.tokens
        named = range(role.first, role.start) if role.country is not None else ()
        words = {
            tokens[i].lemma.lower()
            for i in range(role.first, role.end)
            if i not in named or not tokens[i].text[:1].isupper()
        }
        shared: dict[int, int] = {}
        for person in self.people:
            own = {self.analysis.tokens[i].lemma.lower() for r in person.roles for i in range(r.first, r.last)}
            if role.country is None or any(r.country == role.country for r in person.roles):
                shared[id(person)] = len(words & own)
        most = max((n for key, n in shared.items() if self._before(key, role.first)), default=0)
        if most == 0 and not (role.country is None and role.role.comments):
            return None
        return self._best(role.first, lambda where: shared.get(id(self.meant[where]), -1) == most, far=most > 0)

    def _before(self, key: int, token: int) -> bool:
        return any(id(self.meant[where]) == key for where in self.mentions[: bisect_left(self.mentions, token)])

    def _best(self, token: int, fits: Callable[[int], bool], *, far: bool = False) -> Person | None:
        best: tuple[float, Person] | None = None
        for where in reversed(self.mentions[: bisect_left(self.mentions, token)]):
            if not far and self.index.paragraph(token) - self.index.paragraph(where) > REACH:
                break
            if fits(where):
                score = self._prominence(where, token)
                if best is None or score > best[0]:
                    best = (score, self.meant[where])
        return best[1] if best else None

    def _excluded(self, where: int, token: int) -> bool:
        """Whether both depend on one verb, as subject and object do: a pronoun there is somebody else."""
        tokens = self.analysis.tokens
        return tokens[token].text.lower() not in _OWN and tokens[where].head == tokens[token].head >= 0

    def _prominence(self, where: int, at: int) -> float:
        """Subjects of main clauses before those of others, these before the rest; near ones and unquoted ones first."""
        tokens = self.analysis.tokens
        head = where
        if tokens[where].relation in ("flat", "compound") and tokens[where].head >= 0:
            head = tokens[where].head
        subject = tokens[head].relation.startswith("nsubj")
        verb = tokens[head].head
        main = subject and verb >= 0 and tokens[verb].relation in ("root", "parataxis", "conj")
        foreign = where in self.quoted and at not in self.quoted
        paragraphs = self.index.paragraph(at) - self.index.paragraph(where)
        return 2.0 * main + 1.0 * subject - 2.0 * foreign - 1.2 * paragraphs - 0.01 * (at - where)


def _definite(analysis: Analysis, role: RoleMention) -> bool:
    return role.first > 0 and analysis.tokens[role.first - 1].text.lower() in ("the", "this", "that")
