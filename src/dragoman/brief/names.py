"""How the actors of a brief are called in a sentence, and in which order they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.analyze.network import Parties
from dragoman.analyze.series import Side
from dragoman.brief.english import called, is_many, listed, with_article
from dragoman.brief.wording import say
from dragoman.model import ActorType, ChainLink, Event, EventReport, Statement
from dragoman.ontology.actors import agencies
from dragoman.record.meant import linked
from dragoman.record.relations import acting

Row = Statement | Event
_PARTIES = ("actor", "recipient")


def concerned(row: Row) -> frozenset[str]:
    """Ids of all who take part in an event, in any of its reports, or tell of it; or speak, relay or are spoken of in a
    statement."""
    if isinstance(row, Statement):
        return frozenset(linked(row))
    tellers = {link.actor for report in row.reports for link in report.chain if link.actor}
    accounts = (value for one in row.differing if one.what in _PARTIES for value, _ in one.accounts)
    return frozenset((*acting(row), *tellers, *(id for value in accounts for id in value.split("; "))))


@dataclass(frozen=True, slots=True)
class Names:
    """The actors of a record as a brief of two parties calls them."""

    a: Side
    b: Side
    parties: Parties

    def of(self, id: str) -> str:
        """The name of an actor, and the state for which it acts: "Signe Halvard (Norway)"."""
        actor = self.parties.actor(id)
        if actor is None:
            return called(id)
        state = self.parties.of(id)
        own = with_article(actor, actor.name)
        name = self.parties.name(state)
        return own if state == id or called(name).lower() in own.lower() else f"{own} ({called(name)})"

    def who(self, ids: Sequence[str], text: str = "") -> str:
        """Several actors in a list: those of the first party, of the second, others; each as they stand in `text`."""
        return listed([self.of(id) for id in self.ordered(ids, text)])

    def ordered(self, ids: Sequence[str], text: str = "") -> list[str]:
        """Ids of actors in the order in which a sentence names them."""
        return sorted(ids, key=lambda id: (self.side([id]), self._place(id, text), ids.index(id)))

    def many(self, ids: Sequence[str]) -> bool:
        """Whether the verb behind these actors is a plural."""
        return len(ids) > 1 or any(is_many(actor, actor.name) for id in ids if (actor := self.parties.actor(id)))

    def speaker(self, said: Statement) -> str:
        """Who speaks, with the office that the page gives."""
        speaker = said.speaker
        if not speaker.actor and not speaker.name:
            return say("nobody")
        name = self.of(speaker.actor) if speaker.actor else with_article(None, speaker.name or "")
        role = called(speaker.role or "")
        return name if not role or role.lower() in name.lower() else f"{name}, {role},"

    def speak(self, said: Statement) -> bool:
        """Whether the verb behind a speaker is a plural."""
        actor = said.speaker.actor
        return self.many([actor]) if actor else is_many(None, said.speaker.name or "")

    def outlet(self, report: EventReport | Statement, published_by: str | None) -> str:
        """Who brings the words to the reader: the outlet of the document, else the last that relays them."""
        last = report.chain[-1] if report.chain else None
        if published_by:
            return called(published_by)
        return called(last.name or "") if last and self._carries(last) and last.name else say("no_outlet_named")

    def tellers(self, event: Event) -> list[str]:
        """Who tells of an event, where in all reports it is somebody else than an outlet or an agency."""
        first = [report.chain[0] if report.chain else None for report in event.reports]
        found = [self._teller(link) for link in first]
        return list(dict.fromkeys(name for name in found if name)) if all(found) else []

    def _teller(self, link: ChainLink | None) -> str | None:
        if link is None or not (link.name or link.actor) or self._carries(link):
            return None
        return self.of(link.actor) if link.actor else with_article(None, link.name or "")

    def _carries(self, link: ChainLink) -> bool:
        """Whether a link is an outlet or an agency."""
        actor = self.parties.actor(link.actor) if link.actor else None
        return (
            link.mention is None or link.actor in agencies() or (actor is not None and actor.type is ActorType.OUTLET)
        )

    def side(self, ids: Sequence[str]) -> int:
        """0 where one of the actors is of the first party, 1 of the second, else 2."""
        return min(0 if id in self.a.ids else 1 if id in self.b.ids else 2 for id in ids)

    def _place(self, id: str, text: str) -> int:
        actor = self.parties.actor(id)
        found = [place for name in (actor.name, *actor.aliases) if (place := text.find(name)) >= 0] if actor else []
        return min(found, default=len(text))
