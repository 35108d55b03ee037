"""Whom words mean that name nobody: "it", "we" in a statement, "they" and "both countries" of two states."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import ActorType, Statement
from dragoman.ontology.predicates import lexicon

from .actor_map import ActorMap, is_official
from .index import Index
from .parties import Parties
from .syntax import BEFORE_NOUN, Syntax

REACH = 60
"""Tokens that "it" and "they" look back, at most."""
OWN = frozenset({"we", "us", "our", "ours"})
TOGETHER = frozenset({"both", "two", "the"})
BODIES = frozenset({ActorType.STATE, ActorType.ORGANISATION})
PLACES = frozenset({"nsubj", "nsubj:pass", "nmod:poss"})
AMONG = frozenset({"of", "between", "by"})
"""Prepositions after which "the two" are sides: "talks between the two countries"."""


class StandIns:
    """Looks up stand-ins in one document."""

    def __init__(
        self, syntax: Syntax, index: Index, actors: ActorMap, parties: Parties, statements: Sequence[Statement]
    ) -> None:
        self._syntax = syntax
        self._actors = actors
        self._parties = parties
        self._speakers: dict[int, str | None] = {}
        for said in sorted(statements, key=lambda s: s.start - s.end):
            for token in range(*index.tokens((said.start, said.end))):
                self._speakers[token] = said.speaker.actor

    def of(self, token: int) -> tuple[str, ...]:
        """The actors that a word stands for; empty where it does not stand for any, or nobody knows for whom."""
        syntax = self._syntax
        word = syntax[token].text.lower()
        if word in OWN:
            speaker = self._speakers.get(token)
            return (speaker,) if speaker and is_official(self._actors.actor(speaker)) else ()
        if syntax[token].relation not in PLACES and not syntax.prepositions(token) & AMONG:
            return ()
        if word in ("it", "its"):
            return self._body(token)
        if own := self._own_country(token):
            return own
        if word == "they":
            return self._those(token)
        return self._both(token)

    def _own_country(self, token: int) -> tuple[str, ...]:
        """The state behind "his country"."""
        if not lexicon().nouns["country"] & set(self._syntax.forms(token)):
            return ()
        owners = [id for kid in self._syntax.kids(token, frozenset({"nmod:poss"})) for id in self._actors.actor_at(kid)]
        if len(owners) != 1 or self._actors.actor(owners[0]).type is not ActorType.PERSON:
            return ()
        return (self._parties.side(owners[0]) or owners[0],)

    def _body(self, token: int) -> tuple[str, ...]:
        """The last subject before "it" that is a state or an organisation."""
        for before in range(token - 1, max(-1, token - REACH), -1):
            found = self._actors.actor_at(before)
            subject = self._syntax[before].relation.startswith("nsubj") and not self._actors.is_place(before)
            if found and subject and self._actors.actor(found[0]).type in BODIES:
                return found
        return ()

    def _those(self, token: int) -> tuple[str, ...]:
        """The last subject before "they", where it is two sides."""
        syntax = self._syntax
        for before in range(token - 1, max(-1, token - REACH), -1):
            if syntax[before].relation.startswith("nsubj") and syntax[before].upos != "PRON":
                together = [id for one in syntax.coordinated(before) for id in self._actors.actor_at(one)]
                if len(together) > 1:
                    return tuple(together)
                if syntax[before].xpos in ("NNS", "NNPS"):
                    return self._both(before)
        return ()

    def _both(self, token: int) -> tuple[str, ...]:
        """The two states behind "both countries", "the two leaders", "the foreign ministers" or plain "both"."""
        syntax = self._syntax
        word = syntax[token].text.lower()
        plural = syntax[token].xpos in ("NNS", "NNPS")
        before = syntax.kid_lemmas(token, frozenset({"det", "nummod", "det:predet"}))
        if word not in ("both", "two") and not (plural and before & TOGETHER):
            return ()
        if plural and not lexicon().nouns["sides"] & set(syntax.forms(token)):
            return ()
        named = [kid for kid in syntax.kids(token, BEFORE_NOUN) if self._named(kid)]
        if named or any(self._named(kid) for part in ("of", "from") for kid in syntax.obliques(token, part)):
            return ()
        if before & {"the"} and not before & {"both", "two"} and "minister" not in syntax.forms(token):
            return ()
        return self._parties.both(token)

    def _named(self, token: int) -> bool:
        return any(self._actors.actor(id).country for id in self._actors.actor_at(token))
