"""Questions to a dependency tree (Universal Dependencies v2): whose subject is who, also where it is not written out.

A subject that a clause shares with another is found through coordination, control ("urged Baku to return"), relative
and adverbial clauses; a passive's through its agent. All walks are bounded: no tree, however deep, costs much.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from dragoman.encode import Analysis, Token

SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass"})
OBJECTS = frozenset({"obj"})
CLAUSES = frozenset({"xcomp", "ccomp"})
COPULA = frozenset({"cop"})
OBLIQUE = frozenset({"obl", "obl:agent", "obl:unmarked", "nmod", "nmod:unmarked"})
BEFORE_NOUN = frozenset({"amod", "compound", "nmod:poss", "nmod:desc"})
BESIDE_NOUN = frozenset({"appos", "flat", "nmod:desc"})
RELATIVE = frozenset({"WDT", "WP", "WP$"})
_ENDINGS = {"ies": ("y",), "ied": ("y",), "es": ("", "e"), "s": ("",), "ed": ("", "e"), "ing": ("", "e")}
OF_OBJECT = frozenset({"of", "for", "from", "against", "into"})
"""Words after which a gerund tells of the object of the verb before."""
STEPS = 8
"""How many clauses a search climbs."""


@lru_cache(maxsize=20_000)
def _bases(text: str) -> tuple[str, ...]:
    """What may be left of an inflected form: "freed" is of "free" or "fre", "cities" of "city"."""
    found: list[str] = []
    for ending, others in _ENDINGS.items():
        if text.endswith(ending) and len(text) > len(ending) + 1:
            stem = text[: -len(ending)]
            found += [stem + other for other in others]
            if ending in ("ed", "ing") and stem[-1] == stem[-2:-1]:
                found.append(stem[:-1])
    return tuple(found)


class Syntax:
    """One analysis, asked about by token index."""

    def __init__(self, analysis: Analysis) -> None:
        self.tokens = analysis.tokens
        self.children = analysis.children
        self._forms: dict[int, tuple[str, ...]] = {}

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    def lemma(self, index: int) -> str:
        """The lemma in lower case."""
        return self.tokens[index].lemma.lower()

    def forms(self, index: int) -> tuple[str, ...]:
        """Lower-case words that a token may be a form of, its lemma first: taggers err, and then so does the lemma."""
        if index not in self._forms:
            token = self.tokens[index]
            text = token.text.lower()
            found = (*self._hyphened(index), token.lemma.lower(), text, *_bases(text))
            self._forms[index] = tuple(dict.fromkeys(found))
        return self._forms[index]

    def _hyphened(self, index: int) -> tuple[str, ...]:
        """The whole of a word that tokenizers part at its hyphen: "cease-fire"."""
        before = self.tokens[max(index - 2, 0) : index]
        if len(before) < 2 or before[1].text != "-" or before[0].end != before[1].start:
            return ()
        return tuple(
            f"{before[0].text.lower()}-{form}" for form in (self.lemma(index), self.tokens[index].text.lower())
        )

    def kids(self, index: int, relations: frozenset[str]) -> list[int]:
        """Dependents of a token in one of these relations, in order."""
        return [child for child in self.children[index] if self.tokens[child].relation in relations]

    def kid_lemmas(self, index: int, relations: frozenset[str]) -> set[str]:
        return {self.lemma(child) for child in self.kids(index, relations)}

    def prepositions(self, index: int) -> set[str]:
        """The words that mark a noun's case."""
        return {self.tokens[child].text.lower() for child in self.kids(index, frozenset({"case"}))}

    def obliques(self, index: int, preposition: str) -> list[int]:
        """Dependents of a verb or noun that this preposition joins to it."""
        return [kid for kid in self.kids(index, OBLIQUE) if preposition in self.prepositions(kid)]

    def coordinated(self, index: int) -> list[int]:
        """A token and all that is joined to it by "and" or a comma."""
        return [index, *self.kids(index, frozenset({"conj"}))]

    def is_passive(self, verb: int, steps: int = STEPS) -> bool:
        """Whether a verb is passive, by its auxiliary, its subject, its use as an adjective, or its first conjunct."""
        relations = {self.tokens[child].relation for child in self.children[verb]}
        if relations & {"nsubj:pass", "aux:pass", "csubj:pass"}:
            return True
        token = self.tokens[verb]
        if token.xpos not in ("VBN", "VBD") or relations & (SUBJECTS | OBJECTS):
            return False
        if token.relation in ("acl", "amod"):
            return token.xpos == "VBN"
        if token.relation in ("advcl", "xcomp"):
            return token.xpos == "VBN" and "aux" not in relations
        return token.relation == "conj" and token.xpos == "VBN" and steps > 0 and self.is_passive(token.head, steps - 1)

    def subjects(self, verb: int) -> list[int]:
        """Heads of the phrases that do what the verb says; empty where nobody is named."""
        found = self._agents(verb) if self.is_passive(verb) else self._doers(verb, STEPS)
        return [self.antecedent(index, verb) for index in found]

    def implied_subjects(self, verb: int) -> list[int]:
        """Who does what a participle says of a thing: in "issued a decree granting it" who issued it."""
        noun = self.tokens[verb].head
        if self.tokens[verb].relation != "acl" or self.is_passive(verb) or noun < 0:
            return []
        if self.tokens[noun].relation not in ("obj", "obl"):
            return []
        head = self.tokens[noun].head
        return self.subjects(head) if head >= 0 and self._is_verb(head) else []

    def speakers(self, clause: int) -> list[int]:
        """Subjects of the verb that reports a clause: who "it" is in "Baku said it would" where nothing else tells."""
        token = self.tokens[clause]
        return self.subjects(token.head) if token.relation == "ccomp" and token.head >= 0 else []

    def objects(self, verb: int) -> list[int]:
        """Heads of the phrases that suffer what the verb says: objects, or subjects of a passive."""
        if not self.is_passive(verb):
            return [self.antecedent(index, verb) for index in self._active_objects(verb)]
        found = self.kids(verb, PASSIVE_SUBJECTS | SUBJECTS)
        return [self.antecedent(index, verb) for index in found or self._doers(verb, STEPS)] + self.kids(verb, OBJECTS)

    def _active_objects(self, verb: int) -> list[int]:
        """Objects; where there is none, an indirect object, a second subject behind the verb, or whom a verb calls
        something ("found the firm guilty"), which parsers mistake for one another."""
        if found := self.kids(verb, OBJECTS) or self.kids(verb, frozenset({"iobj"})):
            return found
        subjects = self.kids(verb, SUBJECTS)
        if len(subjects) > 1 and (behind := [index for index in subjects[1:] if index > verb]):
            return behind
        called = [index for index in self.kids(verb, CLAUSES) if self.tokens[index].upos in ("ADJ", "NOUN")]
        return [index for clause in called if not self.kids(clause, COPULA) for index in self.kids(clause, SUBJECTS)]

    def _agents(self, verb: int) -> list[int]:
        return [kid for kid in self.kids(verb, OBLIQUE) if "by" in self.prepositions(kid)]

    def _doers(self, verb: int, steps: int) -> list[int]:
        """Who the grammatical subject of a verb is, written out or shared."""
        if own := self.kids(verb, SUBJECTS | PASSIVE_SUBJECTS):
            before = [index for index in own if index < verb]
            return before if len(own) > 1 and before else own
        token = self.tokens[verb]
        if token.head < 0 or steps == 0:
            return []
        if token.relation == "xcomp" or (token.relation == "advcl" and self._is_of_object(verb)):
            return self.kids(token.head, OBJECTS) or self._doers(token.head, steps - 1)
        if token.relation in ("conj", "advcl", "ccomp", "parataxis") and self._is_verb(token.head):
            return self._doers(token.head, steps - 1)
        if token.relation in ("acl", "acl:relcl"):
            return self._of_noun(verb, token.head, steps)
        return []

    def _is_of_object(self, verb: int) -> bool:
        """Whether a gerund is what the object does: "accused the army of shelling", "kept the press from reporting"."""
        marks = self.kids(verb, frozenset({"mark", "case"}))
        return any(self.tokens[mark].text.lower() in OF_OBJECT for mark in marks)

    def _of_noun(self, verb: int, noun: int, steps: int) -> list[int]:
        """In "men guarding it" the men, in "Baku's decision to close it" Baku, in "took steps to close it" who did."""
        if not self.is_infinitive(verb):
            return [noun]
        if owners := self.kids(noun, frozenset({"nmod:poss"})) + self.obliques(noun, "by"):
            return owners
        head = self.tokens[noun].head
        if head >= 0 and self._is_verb(head) and self.tokens[noun].relation not in SUBJECTS:
            return self._agents(head) if self.is_passive(head) else self._doers(head, steps - 1)
        return self.kids(noun, BEFORE_NOUN)

    def antecedent(self, index: int, verb: int) -> int:
        """The noun that a relative pronoun stands for, climbing from `verb`, else the word itself."""
        if self.tokens[index].xpos not in RELATIVE and self.lemma(index) != "that":
            return index
        for _ in range(STEPS):
            token = self.tokens[verb]
            if token.relation in ("acl:relcl", "acl", "advcl:relcl"):
                return token.head
            if token.head < 0:
                break
            verb = token.head
        return index

    def _is_verb(self, index: int) -> bool:
        """Whether a word is the predicate of a clause."""
        if self.tokens[index].upos in ("VERB", "AUX", "ADJ"):
            return True
        return bool(self.kids(index, SUBJECTS | COPULA))

    def is_infinitive(self, verb: int) -> bool:
        """Whether "to" marks the verb."""
        return any(self.tokens[child].text.lower() == "to" for child in self.kids(verb, frozenset({"mark"})))

    def purposes(self, verb: int) -> list[int]:
        """The infinitives that say what something is done for, hanging on the verb or on one of its phrases."""
        places = [verb, *self.kids(verb, OBJECTS | OBLIQUE)]
        clauses = [kid for place in places for kid in self.kids(place, frozenset({"advcl", "acl"}))]
        return [clause for clause in clauses if self.is_infinitive(clause)]

    def clause_root(self, verb: int) -> int:
        """The verb that a chain of infinitives and gerunds hangs on: of "began to plan to leave" the first."""
        for _ in range(STEPS):
            if self.tokens[verb].relation != "xcomp" or self.tokens[verb].head < 0 or self._is_of_object(verb):
                break
            verb = self.tokens[verb].head
        return verb

    def ancestors(self, index: int, limit: int = 40) -> Iterator[int]:
        """The heads above a token, nearest first, at most `limit`."""
        head = self.tokens[index].head
        while head >= 0 and limit:
            yield head
            head = self.tokens[head].head
            limit -= 1

    def subtree(self, index: int, without: frozenset[str] = frozenset()) -> set[int]:
        """A token and all below it, leaving out what hangs on it by one of the relations `without`."""
        found = {index}
        pending = [index]
        while pending:
            for child in self.children[pending.pop()]:
                if self.tokens[child].relation not in without and child not in found:
                    found.add(child)
                    pending.append(child)
        return found
