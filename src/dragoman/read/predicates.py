"""Finds the lexicon's predicates in a tree: the word, the entry whose conditions hold, and the event it governs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.model import ActorType
from dragoman.ontology.predicates import Condition, Predicate, lexicon

from .actor_map import ActorMap
from .syntax import CLAUSES, OBJECTS, OBLIQUE, PASSIVE_SUBJECTS, SUBJECTS, Syntax

CONTENT_PREPOSITIONS = {
    "do": ("in",),
    "stop": ("in", "from"),
    "agree": ("to", "on", "for"),
    "vow": ("of", "for", "to", "on"),
    "refuse": ("in", "of", "to"),
    "request": ("for", "of", "to", "on", "from"),
    "threaten": ("with", "of", "against"),
}
"""Where an operator's event may stand besides complement and object: "called for", "threatened with"."""
BODIES = frozenset({ActorType.ORGANISATION, ActorType.GROUP, ActorType.OUTLET})
OBLIGING = frozenset({"must", "should", "ought"})
AUXILIARIES = frozenset({"aux"})
DEPTH = 4
"""How many operators may govern one another: "agreed to begin withdrawing"."""
LOOSE = 0.5
"""What a condition that holds of any word counts for beside one on words, and what a particle that an entry ignores
takes away."""


@dataclass(frozen=True, slots=True)
class Match:
    """A predicate found at `token`. `content` is the event that its operator works on."""

    token: int
    entry: Predicate
    type: str | None
    mode: str | None
    content: Match | None = None

    @property
    def weight(self) -> float:
        """The entry's weight, or that of the verb that it only helps ("began to withdraw")."""
        if self.content is not None and self.entry.operator in ("do", "occur") and self.content.entry.kind == "verb":
            return self.content.weight
        return self.entry.weight

    @property
    def sites(self) -> tuple[int, ...]:
        """The predicate's token and those of the events below it."""
        return (self.token, *(self.content.sites if self.content else ()))


class Matcher:
    """Matches the tokens of one document."""

    def __init__(self, syntax: Syntax, actors: ActorMap) -> None:
        self._syntax = syntax
        self._actors = actors
        self._lexicon = lexicon()
        self._known: dict[int, Match | None] = {}

    def match(self, token: int, depth: int = DEPTH) -> Match | None:
        """The most specific entry that fits at a token, or None."""
        if token not in self._known:
            found = self._match(token, depth) if depth else None
            if not depth:
                return None
            self._known[token] = found
        return self._known[token]

    def knows(self, token: int) -> bool:
        """Whether the lexicon has a word, under whatever conditions."""
        return bool(self._entries(token))

    def _match(self, token: int, depth: int) -> Match | None:
        entries = self._entries(token)
        if not entries:
            return None
        particles = self._syntax.kid_lemmas(token, frozenset({"compound:prt"}))
        best: tuple[float, float, Match] | None = None
        for entry in entries:
            if not all(self._holds(condition, token) for condition in entry.conditions if condition.slot != "content"):
                continue
            content = self._content(token, entry, depth) if entry.operator else None
            found = self._applied(token, entry, content)
            if found is None:
                continue
            size = sum(LOOSE if _is_loose(condition) else 1.0 for condition in entry.conditions)
            if particles and all(condition.slot != "prt" for condition in entry.conditions):
                size -= LOOSE
            if best is None or (size, entry.weight) > best[:2]:
                best = size, entry.weight, found
        return best[2] if best and best[2].type else None

    def _entries(self, token: int) -> tuple[Predicate, ...]:
        upos, xpos = self._syntax[token].upos, self._syntax[token].xpos
        if upos == "VERB" and self._syntax[token].relation != "amod":
            return self._listed("verb", token) or (self._listed("noun", token) if xpos == "VBG" else ())
        if upos in ("NOUN", "ADJ"):
            return self._listed("noun" if upos == "NOUN" else "adj", token)
        return ()

    def _listed(self, kind: str, token: int) -> tuple[Predicate, ...]:
        known = self._lexicon.predicates
        return next((known[kind, form] for form in self._syntax.forms(token) if (kind, form) in known), ())

    def _applied(self, token: int, entry: Predicate, content: Match | None) -> Match | None:
        if content is None or content.type is None or entry.operator is None:
            wanted = entry.operator is not None and entry.type is None
            return None if wanted or _wants_content(entry) else Match(token, entry, entry.type, entry.mode)
        if entry.operator in ("do", "occur"):
            return Match(token, entry, content.type, content.mode, content)
        become = self._lexicon.becomes(entry.operator, content.type, content.mode)
        return Match(token, entry, *become, content) if become else None

    def _content(self, token: int, entry: Predicate, depth: int) -> Match | None:
        for candidate in self._candidates(token, entry):
            found = self.match(candidate, depth - 1)
            if found is not None and found.type is not None:
                return found
        return None

    def _candidates(self, token: int, entry: Predicate) -> Iterator[int]:
        syntax, operator = self._syntax, entry.operator or ""
        if operator == "occur":
            yield from syntax.subjects(token) or syntax.objects(token)
            return
        if entry.kind == "noun":
            yield from syntax.kids(token, frozenset({"acl"}))
        else:
            yield from syntax.kids(token, frozenset({"xcomp"}) if operator in ("do", "stop") else CLAUSES)
            if operator not in ("do", "stop"):
                yield from (kid for kid in syntax.kids(token, frozenset({"advcl"})) if self._syntax.is_infinitive(kid))
            yield from (self._whole(head) for head in syntax.objects(token))
            yield from self._attached(token)
        if operator == "do" and entry.conditions and entry.conditions[0].slot == "content":
            return
        for preposition in CONTENT_PREPOSITIONS[operator]:
            yield from syntax.obliques(token, preposition)

    def _attached(self, token: int) -> Iterator[int]:
        """Infinitives that a parser hangs on whom the verb addresses: "called on the rebels to withdraw"."""
        phrases = [kid for kid in self._syntax.children[token] if self._syntax[kid].relation in ("obj", "obl")]
        for head in phrases:
            yield from (kid for kid in self._syntax.kids(head, frozenset({"acl"})) if self._syntax.is_infinitive(kid))

    def _whole(self, head: int) -> int:
        """What a part is a part of: in "a series of strikes" the strikes."""
        if set(self._syntax.forms(head)) & self._lexicon.nouns["partitive"]:
            return next(iter(self._syntax.obliques(head, "of")), head)
        return head

    def _holds(self, condition: Condition, token: int) -> bool:
        syntax, slot, words = self._syntax, condition.slot, condition.words
        if slot == "prt":
            return bool(self._particles(token) & words)
        if slot == "adv":
            return bool(syntax.kid_lemmas(token, frozenset({"advmod"})) & words)
        if slot == "comp":
            return self._complement(token, words)
        if slot == "mod":
            places = [token, *syntax.objects(token)] if syntax[token].upos != "NOUN" else [token]
            return any(bool(self._modifiers(place) & words) for place in places)
        heads = self._heads(slot, token)
        return any(self._is(head, words) for head in heads) if "none" not in words else not heads

    def _heads(self, slot: str, token: int) -> list[int]:
        syntax = self._syntax
        if slot == "obj":
            return syntax.objects(token)
        if slot == "subj":
            return syntax.subjects(token)
        if slot == "compsubj":
            return [head for clause in syntax.kids(token, CLAUSES) for head in syntax.kids(clause, SUBJECTS)]
        if slot == "iobj":
            passive = syntax.is_passive(token) and syntax.kids(token, frozenset({"obj"}))
            return syntax.kids(token, frozenset({"iobj"})) or (syntax.objects(token)[:1] if passive else [])
        found = syntax.obliques(token, slot)
        if syntax[token].upos != "NOUN":
            sufferers = syntax.kids(token, OBJECTS | PASSIVE_SUBJECTS)
            found += [below for head in sufferers for below in syntax.obliques(head, slot)]
        times = self._lexicon.nouns["time"]
        found = [head for head in found if not times & set(syntax.forms(head))]
        return found + [kid for kid in syntax.kids(token, frozenset({"advcl"})) if slot in self._marks(kid)]

    def _is(self, head: int, words: frozenset[str]) -> bool:
        if "any" in words:
            return True
        together = self._syntax.coordinated(head)
        if "plural" in words and (len(together) > 1 or self._syntax[head].xpos in ("NNS", "NNPS")):
            return True
        return any(self._names(one) & words or self._is_actor(one, words) for one in together)

    def _is_actor(self, head: int, words: frozenset[str]) -> bool:
        kinds = words & {"actor", "state", "person", "organisation"}
        if not kinds:
            return False
        found = [self._actors.actor(id) for id in self._actors.actor_at(head)]
        if "actor" in kinds and found:
            return True
        if "state" in kinds and any(actor.type is ActorType.STATE for actor in found):
            return True
        if "organisation" in kinds and any(actor.type in BODIES for actor in found):
            return True
        people = bool(self._names(head) & self._lexicon.nouns["people"])
        return "person" in kinds and (people or any(actor.type is ActorType.PERSON for actor in found))

    def _names(self, head: int) -> set[str]:
        """Forms of a head and of what it is a part of: "a number of soldiers"."""
        names = set(self._syntax.forms(head))
        if names & self._lexicon.nouns["partitive"]:
            names |= {form for below in self._syntax.obliques(head, "of") for form in self._syntax.forms(below)}
        return names

    def _particles(self, token: int) -> set[str]:
        """Particles, which parsers also call adverbs or bare prepositions."""
        return self._syntax.kid_lemmas(token, frozenset({"compound:prt", "advmod"}))

    def _modifiers(self, noun: int) -> set[str]:
        before = self._syntax.kids(noun, frozenset({"amod", "compound", "nmod"}))
        return {form for kid in before for form in self._syntax.forms(kid)}

    def _marks(self, clause: int) -> set[str]:
        return {self._syntax[kid].text.lower() for kid in self._syntax.kids(clause, frozenset({"mark"}))}

    def _is_wished(self, clause: int) -> bool:
        """Whether a clause tells what should be: "that it withdraw", "that it be released", not "that it withdrew"."""
        auxiliaries = [
            self._syntax[kid].text.lower() for kid in self._syntax.kids(clause, AUXILIARIES | {"aux:pass", "cop"})
        ]
        if auxiliaries:
            return auxiliaries[0] in OBLIGING | {"be"}
        return self._syntax[clause].text.lower() == self._syntax.lemma(clause)

    def _complement(self, token: int, words: frozenset[str]) -> bool:
        syntax = self._syntax
        clauses = syntax.kids(token, CLAUSES | {"acl"})
        purposes = [kid for kid in syntax.kids(token, frozenset({"advcl"})) if self._syntax.is_infinitive(kid)]
        if "any" in words:
            return bool(clauses)
        if "inf" in words and any(self._syntax.is_infinitive(kid) for kid in clauses + purposes):
            return True
        if "that" in words and syntax.kids(token, frozenset({"ccomp"})):
            return True
        if "base" in words:
            return any(self._is_wished(clause) for clause in syntax.kids(token, frozenset({"ccomp"})))
        if "must" in words:
            return any(syntax.lemma(aux) in OBLIGING for clause in clauses for aux in syntax.kids(clause, AUXILIARIES))
        near = [*clauses, *syntax.kids(token, OBLIQUE | {"advcl", "advmod", "obj"})]
        near += [below for head in syntax.objects(token) for below in syntax.kids(head, frozenset({"amod", "acl"}))]
        return any(words & set(syntax.forms(kid)) for kid in near)


def _is_loose(condition: Condition) -> bool:
    return condition.slot == "content" or bool(condition.words & {"any", "plural"})


def _wants_content(entry: Predicate) -> bool:
    return any(condition.slot == "content" for condition in entry.conditions)
