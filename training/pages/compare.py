"""Whether a reading and the gold mean the same speaker or actor."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gold import GoldStatement, Page

from dragoman.model import ActorType, ChainLink, Reading, Statement

_ARTICLE = re.compile(r"^(?:the|a|an|some|one of the|several|many)\s+", re.IGNORECASE)
_AFTER_HEAD = re.compile(r"\s(?:of|in|at|on|from|for|to|with|by|near|close|familiar|who|which|that)\s", re.IGNORECASE)


class Names:
    """Compares names of the gold with actors of the reading."""

    def __init__(self, page: Page, reading: Reading) -> None:
        self._page = page
        self._reading = reading
        self._actors = {actor.id: actor for actor in reading.actors}

    def same(self, gold: str, actor: str | None, *others: str | None) -> bool:
        """Whether `actor` (an id), or one of the `others` (names), is who the gold calls `gold`."""
        if gold == "?":
            return actor is None and not any(others)
        forms = {gold, *(other for other, first in self._page.same.items() if first == gold)}
        known = self._actors.get(actor or "")
        found = [name for name in (known.name if known else None, *others) if name]
        return any(_alike(form, name) for form in forms for name in found)

    def link(self, gold: str, link: ChainLink) -> bool:
        return self.same(gold, link.actor, link.name)

    def code(self, actor: str) -> str:
        """ISO3 of whoever is of a state, else the name in plain form."""
        known = self._actors.get(actor)
        if known is None:
            return actor
        own = known.type is ActorType.OUTLET or known.country is None
        return _plain(known.name) if own else str(known.country)

    def codes(self, gold: Iterable[str]) -> frozenset[str]:
        return frozenset(name if re.fullmatch("[A-Z]{3}", name) else _plain(name) for name in gold)

    def chain(self, statement: Statement) -> list[ChainLink]:
        """The chain without the page's own outlet, the speaker always kept."""
        first, *rest = statement.chain or (ChainLink(statement.speaker.actor, statement.speaker.name),)
        outlets = (self._page.outlet or "?", self._reading.document.outlet or "?")
        return [first, *(x for x in rest if x.mention is not None and not any(self.link(o, x) for o in outlets))]

    def gold_chain(self, statement: GoldStatement) -> list[str]:
        first, *rest = statement.chain
        return [first, *(name for name in rest if name != self._page.outlet)]


def _plain(name: str) -> str:
    words = re.sub(r"[^\w\s'’-]", " ", re.sub(r"['’]s\b", "", name)).casefold().split()
    return _ARTICLE.sub("", " ".join(words))


def _head(phrase: str) -> str:
    words = _AFTER_HEAD.split(f" {phrase} ")[0].split()
    return words[-1] if words else phrase


def _alike(gold: str, found: str) -> bool:
    one, two = _plain(gold), _plain(found)
    if not one or not two:
        return False
    if one == two:
        return True
    if gold[0].isupper() and found[0].isupper():
        return one.split()[-1] == two.split()[-1]
    within = set(one.split()) <= set(two.split()) or set(two.split()) <= set(one.split())
    return within and _head(one) == _head(two)
