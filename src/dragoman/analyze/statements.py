"""Statements found by what they are, and how many there are of each kind: who speaks, about whom, what is done by saying it.

The same words of one speaker with one act are one statement, in however many documents they stand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dragoman.analyze.network import Parties, parties_of
from dragoman.digest import Digest
from dragoman.digest.utterances import utterance
from dragoman.errors import SettingsError
from dragoman.model import Statement
from dragoman.ontology.actors import states
from dragoman.ontology.outlets import publisher
from dragoman.record import Filter, Imprint, Project
from dragoman.record.dates import bounds
from dragoman.record.ngrams import folding, phrase

Facet = Literal["speaker", "side", "about", "polarity", "act", "form", "outlet"]
Grouping = Literal["speaker", "act"]
FACETS: tuple[Facet, ...] = ("speaker", "side", "about", "polarity", "act", "form", "outlet")
GROUPINGS: tuple[Grouping, ...] = ("speaker", "act")
MOST = 40
"""Values of a facet that are told."""
HITS = 300
"""Documents in which words are looked for, where the record is so large that it has a digest."""
NOBODY = "unknown"
"""The value of speakers whom the record does not know as actors, and of documents that name no outlet."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; all that is given must hold."""

    speaker: str | None = None
    """Id of the actor that speaks."""
    side: str | None = None
    """Id of the state that speaks, itself or through an official."""
    about: str | None = None
    """Id of an actor that it is about."""
    polarity: str | None = None
    """-1, 0 or 1: toward `about` where that is given, else toward any that it is about."""
    act: str | None = None
    form: str | None = None
    outlet: str | None = None
    """Id of the listed outlet that published it, else the outlet's name without case and accents."""
    since: str | None = None
    """EDTF: of the publication, as `until`."""
    until: str | None = None
    words: str | None = None
    """Words that stand beside each other in it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement, and where else it is told."""

    statement: Statement
    """As the newest of the documents tells it."""
    others: tuple[Statement, ...]
    """The same words in other documents, newest first."""
    group: str | None
    """Its value of what the statements are grouped by."""


@dataclass(frozen=True, slots=True)
class Found:
    """The statements that are wanted: how many, some of them, and how many there are of each kind."""

    total: int
    tellings: int
    """The same as they stand in documents, each time that one is told."""
    documents: int
    some: tuple[Told, ...]
    facets: Mapping[Facet, Mapping[str, int]]
    """By facet, how many of the statements have each value, most first, at most `MOST`. One may have several: it may be about
    two actors."""
    different: Mapping[Facet, int]
    """By facet, how many values there are."""
    groups: Mapping[str, int]
    """How many are in each of the groups of these statements; empty where they are not grouped."""
    outlets: Mapping[str, str]
    """What the outlets of the facet are called."""
    cut: bool = False
    """Whether the words stand in more documents than the `HITS` best that were looked at."""


@dataclass(frozen=True, slots=True)
class _Telling:
    statement: Statement
    kinds: Mapping[Facet, frozenset[str]]
    date: str
    """The last day on which the document was published; empty where that is not known."""


def found(
    project: Project, wanted: Wanted, group: Grouping | None = None, *, limit: int = 20, offset: int = 0
) -> Found:
    """Statements that are wanted, `limit` of them from `offset` on, the newest first, or group by group, the largest first.

    Raises SettingsError where the words have no letter or digit, or a date is none.
    """
    matches = None if wanted.words is None else words_of(wanted.words)
    if (digest := Digest.open(project)) is not None:
        from dragoman.analyze.quick_statements import Finder

        return digest.ask(lambda tables: Finder(tables, project, wanted).found(group, limit, offset))
    with project.snapshot():
        documents = project.imprints()
        actor = wanted.about or (None if wanted.speaker == NOBODY else wanted.speaker)
        filter = Filter(actor, wanted.since, wanted.until, act=wanted.act)
        said = [one for one in project.statements(filter) if matches is None or matches.search(folding(one.text))]
        parties = parties_of(project, (one.speaker.actor for one in said if one.speaker.actor))
    told: dict[str, list[_Telling]] = defaultdict(list)
    for telling in _wanted(said, wanted, documents, parties):
        told[utterance(telling.statement)].append(telling)
    rows = [_newest_first(same) for same in told.values()]
    kinds: dict[Facet, Counter[str]] = {facet: Counter() for facet in FACETS}
    for same in rows:
        for facet in FACETS:
            kinds[facet].update(frozenset[str]().union(*(one.kinds[facet] for one in same)))
    rows.sort(key=_where)
    rows.sort(key=lambda same: same[0].date, reverse=True)
    if group:
        place = {value: number for number, value in enumerate(_ordered(kinds[group]))}
        rows.sort(key=lambda same: place[_group(same, group)])
    some = tuple(
        Told(same[0].statement, tuple(one.statement for one in same[1:]), _group(same, group) if group else None)
        for same in rows[offset : offset + limit]
    )
    facets = {facet: dict(list(_ordered(counts).items())[:MOST]) for facet, counts in kinds.items()}
    names = {
        outlet_of(name): name for name in sorted({one.outlet or NOBODY for one in documents.values()}, reverse=True)
    }
    return Found(
        total=len(rows),
        tellings=sum(map(len, rows)),
        documents=len({one.statement.document for same in rows for one in same}),
        some=some,
        facets=facets,
        different={facet: len(counts) for facet, counts in kinds.items()},
        groups={one.group: kinds[group][one.group] for one in some if group and one.group},
        outlets={outlet: names[outlet] for outlet in facets["outlet"]},
    )


def _wanted(
    said: Iterable[Statement], wanted: Wanted, documents: Mapping[str, Imprint], parties: Parties
) -> Iterator[_Telling]:
    asked = [(facet, value) for facet in FACETS if (value := getattr(wanted, facet)) is not None]
    for one in said:
        imprint = documents[one.document]
        kinds: Mapping[Facet, frozenset[str]] = {
            "speaker": frozenset((one.speaker.actor or NOBODY,)),
            "side": frozenset(filter(states().__contains__, map(parties.of, filter(None, (one.speaker.actor,))))),
            "about": frozenset(about.actor for about in one.about),
            "polarity": frozenset(
                str(about.polarity) for about in one.about if wanted.about is None or about.actor == wanted.about
            ),
            "act": frozenset((one.act.value,)),
            "form": frozenset((one.form.value,)),
            "outlet": frozenset((outlet_of(imprint.outlet),)),
        }
        if all(value in kinds[facet] for facet, value in asked):
            days = bounds(imprint.published)
            yield _Telling(one, kinds, days[1] if days else "")


@lru_cache(maxsize=4096)
def outlet_of(name: str | None) -> str:
    """What tells an outlet of this name from others."""
    return publisher(name)[0] if name else NOBODY


def _newest_first(same: Sequence[_Telling]) -> list[_Telling]:
    return sorted(sorted(same, key=lambda one: _where([one])), key=lambda one: one.date, reverse=True)


def _where(same: Sequence[_Telling]) -> tuple[str, int, int, str]:
    """Sorts as the text goes, the longer of what begins together first."""
    one = same[0].statement
    return one.document, one.start, -one.end, one.id


def _group(same: Sequence[_Telling], group: Grouping) -> str:
    """All tellings of one statement have one speaker and one act."""
    (value,) = same[0].kinds[group]
    return value


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def words_of(words: str) -> re.Pattern[str]:
    """What finds the words in folded text. Raises SettingsError where they have no letter or digit."""
    looked_for = phrase(words)
    if looked_for is None:
        raise SettingsError(f"'{words}' has no letter or digit to look for in what is said")
    return re.compile(looked_for.pattern)
