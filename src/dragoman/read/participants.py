"""Who acts in an event and upon whom: actors at the places where a predicate's frame looks for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.model import ActorType
from dragoman.ontology.predicates import lexicon

from .actor_map import ActorMap
from .stand_ins import StandIns
from .syntax import BEFORE_NOUN, BESIDE_NOUN, CLAUSES, Syntax

OWNED_BY = ("of", "against", "from", "to", "with", "for", "by", "on", "in", "between", "at", "into", "over")
"""Prepositions by which a noun that is no actor leads to one: "villages of", "a camp in"."""

OWN = frozenset({"its", "it", "our", "we", "their", "they"})
"""Owners that are mostly the actor's own side: "withdrew its troops from"."""

Actors = tuple[str, ...]


class Participants:
    """Looks up actors in one document. A slot is a place in the tree: subj, obj, poss, or a preposition."""

    def __init__(self, syntax: Syntax, actors: ActorMap, stand_ins: StandIns) -> None:
        self._syntax = syntax
        self._actors = actors
        self._stand_ins = stand_ins

    def at(self, token: int) -> Actors:
        """The actors that the word itself names."""
        return self._actors.actor_at(token)

    def meant(self, token: int) -> Actors:
        """The actors that a word stands for beyond a name of its own: "both", "it", "Norwegian and Kenyan ministers"."""
        return self._stand_ins.of(token) or self._several(token)

    def named(self, head: int, *, acting: bool) -> Actors:
        """The actors that a phrase names or stands for, by its head; with `acting` only those that act."""
        return self._acting(head) if acting else self._suffering(head)

    def doers(self, slots: Sequence[str], sites: Sequence[int]) -> Actors:
        """The actors in the first of the slots that holds any. A name that stands for a place is none."""
        return self._first(slots, sites, acting=True)

    def sufferers(self, slots: Sequence[str], sites: Sequence[int]) -> Actors:
        """The actors in the first slot that holds any; things lead to their owners ("shelled Sarvian villages")."""
        return self._first(slots, sites, acting=False)

    def all_sides(self, slots: Sequence[str], sites: Sequence[int]) -> Actors:
        """The actors in all of the slots: the sides of a meeting or a fight."""
        return _unique(id for slot in slots for head in self._heads(slot, sites) for id in self._acting(head))

    def _first(self, slots: Sequence[str], sites: Sequence[int], *, acting: bool) -> Actors:
        resolve = self._acting if acting else self._suffering
        for slot in slots:
            if found := _unique(id for head in self._heads(slot, sites) for id in resolve(head)):
                return found
        return ()

    def _heads(self, slot: str, sites: Sequence[int]) -> list[int]:
        syntax, first = self._syntax, sites[0]
        slot, _, condition = slot.partition("&")
        if condition and not any(syntax.obliques(site, condition) for site in sites):
            return []
        if slot == "subj":
            heads = syntax.subjects(first)
            if not any(self._acting(head) for head in heads):
                heads = self._meant(first, heads)
        elif slot == "obj":
            heads = [head for site in sites if syntax[site].upos != "NOUN" for head in syntax.objects(site)]
        elif slot == "iobj":
            heads = syntax.kids(first, frozenset({"iobj"})) or (syntax.objects(first) if len(sites) == 1 else [])
        elif slot == "poss":
            heads = [head for site in sites for head in syntax.kids(site, frozenset({"nmod:poss"}))]
        elif slot == "mod":
            heads = [head for site in sites for head in syntax.kids(site, BEFORE_NOUN - {"nmod:poss"})]
        elif slot == "purpose":
            heads = [head for clause in syntax.purposes(first) for head in syntax.objects(clause)]
        elif slot == "comp":
            heads = [head for clause in syntax.kids(first, CLAUSES) for head in syntax.subjects(clause)]
        else:
            heads = self._by_preposition(slot, sites)
        return [one for head in heads if head not in sites for one in syntax.coordinated(head)]

    def _meant(self, verb: int, subjects: Sequence[int]) -> list[int]:
        """Who acts where the subject names nobody: the speaker behind a pronoun, or the author of a participle's noun."""
        if subjects and all(self._syntax[subject].upos == "PRON" for subject in subjects):
            return self._syntax.speakers(verb)
        return self._syntax.implied_subjects(verb)

    def _by_preposition(self, preposition: str, sites: Sequence[int]) -> list[int]:
        """Phrases joined by a preposition to the sites or, since parsers disagree where, to their objects."""
        syntax = self._syntax
        places = [*sites, *(head for site in sites if syntax[site].upos != "NOUN" for head in syntax.objects(site))]
        places += [below for place in tuple(places) for part in ("of", "in") for below in syntax.obliques(place, part)]
        return [head for place in dict.fromkeys(places) for head in syntax.obliques(place, preposition)]

    def _acting(self, head: int) -> Actors:
        """The actor at a head: itself, whom it stands for, or whose government, army or citizens it is."""
        if found := self._stand_ins.of(head):
            return found
        if several := self._several(head):
            return several
        if found := self._actors.actor_at(head):
            return () if self._actors.is_place(head) else found
        syntax = self._syntax
        for beside in syntax.kids(head, BESIDE_NOUN):
            if (found := self._actors.actor_at(beside)) and not self._actors.is_place(beside):
                return found
        if not lexicon().nouns["government"] & self._names(head):
            return ()
        owners = syntax.kids(head, BEFORE_NOUN)
        for preposition in ("of", "from", "in"):
            owners += syntax.obliques(head, preposition)
        return _unique(id for owner in owners for one in syntax.coordinated(owner) for id in self._actors.actor_at(one))

    def _several(self, head: int) -> Actors:
        """The states of a plural that is of several: "Norwegian and Kenyan ministers"."""
        syntax = self._syntax
        if syntax[head].xpos not in ("NNS", "NNPS"):
            return ()
        before = [one for kid in syntax.kids(head, BEFORE_NOUN) for one in syntax.coordinated(kid)]
        states = _unique(
            id for one in before for id in self._actors.actor_at(one) if self._actors.actor(id).type is ActorType.STATE
        )
        return states if len(states) > 1 else ()

    def _suffering(self, head: int) -> Actors:
        if (
            found := self._stand_ins.of(head)
            or self._several(head)
            or self._actors.actor_at(head)
            or self._acting(head)
        ):
            return found
        syntax = self._syntax
        for before in syntax.kids(head, BEFORE_NOUN):
            if syntax.lemma(before) in OWN:
                continue
            if found := self._actors.actor_at(before) or self._acting(before):
                return found
        for preposition in OWNED_BY:
            for below in syntax.obliques(head, preposition):
                if found := self._actors.actor_at(below) or self._acting(below):
                    return found
                for before in syntax.kids(below, BEFORE_NOUN):
                    if found := self._actors.actor_at(before):
                        return found
        return ()

    def _names(self, head: int) -> set[str]:
        """The lemma of a head and of its parts: "defence ministry", "a number of soldiers"."""
        names = set(self._syntax.forms(head))
        if names & lexicon().nouns["partitive"]:
            names |= {form for below in self._syntax.obliques(head, "of") for form in self._syntax.forms(below)}
        return names


def _unique(ids: Iterable[str]) -> Actors:
    return tuple(dict.fromkeys(ids))
