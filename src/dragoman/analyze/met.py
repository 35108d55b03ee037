"""Which event of the record may meet a demand, by its type, its parties, its date and its words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.analyze.network import Parties
from dragoman.model import Event, Status
from dragoman.ontology.plover import plover
from dragoman.ontology.stems import stem, stems, words_of
from dragoman.record.dates import bounds

Deeds = Callable[[str, str, frozenset[str], str], Iterable[Event]]
"""Gives, for a party and another, the events that happened in which the one acts toward the other: at least those of these types
that began after a day."""
NOT_IN_RECORD = "not in the record"
_MEETING: tuple[tuple[str, tuple[tuple[str, str | None], ...]], ...] = (
    ("withdraw pull leave vacate evacuat", (("RETREAT", "withdraw"),)),
    ("release free return hand extradit", (("RETREAT", "release"), ("COOPERATE", None))),
    ("disarm dismantl", (("RETREAT", "disarm"),)),
    ("ceasefire truce", (("RETREAT", "ceasefire"),)),
    ("open reopen access lift unblock admit allow let", (("RETREAT", "access"), ("CONCEDE", None))),
    ("resign", (("RETREAT", "resign"),)),
    ("stop halt end ceas suspend cancel drop revok abandon", (("RETREAT", None), ("CONCEDE", None))),
    ("apologis apologiz apology regret", (("CONCEDE", None),)),
    ("pardon acquit reduc lower eas soften", (("CONCEDE", None), ("RETREAT", None))),
    ("pay compensat damag reparation repay refund", (("AID", None), ("COOPERATE", None))),
    ("talk negotiat meet meeting visit dialogu call", (("CONSULT", None),)),
    ("agre accept consent sign approv ratif", (("AGREE", None), ("SUPPORT", None))),
    ("support back recognis recogniz prais endors", (("SUPPORT", None),)),
    ("help aid suppl deliv fund send", (("AID", None), ("COOPERATE", None))),
    ("trade buy sell cooperat shar join", (("COOPERATE", None),)),
    ("investigat explain punish", (("ACCUSE", "investigate"), ("COERCE", "arrest"), ("SANCTION", "convict"))),
)
"""Stems of a demand's words, and the PLOVER types, with a mode where only that would do, of events that would meet it."""
NEGATED = re.compile(r"\b(?:not|never|refrain|cannot|no longer)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Met:
    """An event that may meet a demand, and why it is taken to."""

    event: str
    type: str
    mode: str | None
    date: str
    why: str


def would_meet(what: str, otherwise: bool = False) -> tuple[tuple[str, tuple[str, str | None]], ...]:
    """PLOVER types, and the modes of some, of events that would meet a demand in these words, each with its word. None would
    where something is not to happen; `otherwise` says that the opposite of the words is wanted."""
    if (NEGATED.search(what) is None) == otherwise:
        return ()
    found: dict[tuple[str, str | None], str] = {}
    for word in words_of(what):
        for known, kinds in _MEETING:
            if word in known.split() or (len(word) > 4 and stem(word) in _known_stems(known)):
                for kind in kinds:
                    found.setdefault(kind, word)
    return tuple((word, kind) for kind, word in found.items())


@lru_cache(maxsize=256)
def _known_stems(known: str) -> frozenset[str]:
    return frozenset(stem(word) for word in known.split()) | frozenset(known.split())


def naming(parties: Parties, ids: Iterable[str]) -> frozenset[str]:
    """The words of all names of these actors."""
    actors = (actor for id in ids if (actor := parties.actor(id)))
    return frozenset[str]().union(*(stems(name) for actor in actors for name in (actor.name, *actor.aliases)))


def deeds_of(events: Iterable[Event], parties: Parties) -> Deeds:
    """The events that happened among those given."""
    found: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.status is not Status.HAPPENED:
            continue
        doers, done_to = parties.all(event.actor), parties.all(event.recipient)
        known = plover().types.get(event.type)
        toward = done_to or (doers if known and known.symmetric else frozenset())
        for pair in {(x, y) for x in doers for y in toward if x != y}:
            found[pair].append(event)

    def toward_another(doer: str, other: str, types: frozenset[str], after: str) -> Iterable[Event]:
        return found.get((doer, other), ())

    return toward_another


def met_by(
    told: Sequence[str],
    otherwise: bool,
    pair: tuple[str | None, str | None],
    since: str | None,
    deeds: Deeds,
    parties: Parties,
) -> tuple[Met | None, int, str]:
    """The event that may meet what is told to be demanded by one of the other, how many would, and how it stands.

    Beside its type, one of its words must be a word of the demand, other than a name of the two; but any meeting meets a
    demand to talk.
    """
    by, of = pair
    if by is None or of is None:
        return (
            None,
            0,
            f"{NOT_IN_RECORD}: it is not known {'who demands it' if by is None else 'of whom it is demanded'}",
        )
    days = bounds(since)
    if days is None:
        return None, 0, f"{NOT_IN_RECORD}: it is not known when it was demanded"
    kinds = {kind: word for text in sorted(told) for word, kind in would_meet(text, otherwise)}
    if not kinds:
        return None, 0, f"{NOT_IN_RECORD}: its words do not tell what event would meet it"
    words = {stem(word): word for text in sorted(told) for word in words_of(text)}
    content = frozenset[str]().union(*(stems(text) for text in told)) - naming(parties, (by, of))
    found = []
    for event in deeds(of, by, frozenset(type for type, _ in kinds), days[1]):
        happened = bounds(event.date)
        word = kinds.get((event.type, event.mode)) or kinds.get((event.type, None))
        if happened and word and event.date and happened[0] > days[1]:
            both = sorted(content & frozenset[str]().union(*(stems(report.text) for report in event.reports)))
            if both or event.type == "CONSULT":
                found.append((-len(both), event.date, event.id, word, both, event))
    if not found:
        return None, 0, NOT_IN_RECORD
    _, date, id, word, shared, event = min(found, key=lambda item: item[:3])
    kind = f"{event.type} {event.mode}" if event.mode else event.type
    why = f"later, by the one of whom it is demanded, and {kind} would meet “{word}”"
    if shared:
        why += f"; both speak of {', '.join(f'“{words[one]}”' for one in shared)}"
    return Met(id, event.type, event.mode, date, why), len(found), "may be met"
