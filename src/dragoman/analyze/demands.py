"""Demands: who wants what of whom, since when, on what condition, and what in the record may meet it.

A demand counts once however many documents carry it. Whether it was met is for people to say: an event is pointed out that
came later and is of a type that would meet it, with the reason, or it is said that the record has none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from dragoman.analyze.coverage import Cell
from dragoman.analyze.met import NEGATED, Deeds, Met, deeds_of, met_by, naming
from dragoman.analyze.network import Parties, parties_of
from dragoman.analyze.series import sides
from dragoman.digest import Digest
from dragoman.digest.documents import ReadDocument, documents_read
from dragoman.digest.utterances import utterance
from dragoman.model import Act, Event, Statement
from dragoman.ontology.fold import fold
from dragoman.ontology.stems import stems
from dragoman.record import Filter, Project
from dragoman.record.dates import bounds, sort_key
from dragoman.record.relations import acting

Basis = Literal["about", "report"]
BARGAINS = (Act.DEMAND, Act.CONDITION, Act.PROMISE, Act.THREATEN, Act.REJECT, Act.PREDICT)
"""Acts of demands, and of all that one may be tied with."""
ALIKE = 0.6
"""Share of words that two tellings of one demand have in common, at least (Jaccard index of stems)."""


@dataclass(frozen=True, slots=True)
class Tied:
    """A statement that hangs together with a demand: the whole condition, or what is promised or threatened."""

    statement: str
    act: Act
    text: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What one party wants of another. Demands with nearly the same words by and of the same are one."""

    by: str | None
    """The party of who demands; None where the text does not tell."""
    by_name: str | None
    of: str | None
    """The party of whom it is demanded; None where it is not known."""
    of_name: str | None
    of_basis: Basis | None
    """Read from whom the statement is about, or from the report of a request around it."""
    what: str
    """The words, as the earliest document has them."""
    otherwise: bool
    """The words tell what would bring what is threatened, so that their opposite is wanted: "if they are not back, ..."."""
    speakers: tuple[str, ...]
    """Ids or names of all who voice it, sorted."""
    first: str | None
    """EDTF: when the first and the last document with it were published. The demand itself may be older."""
    last: str | None
    texts: int
    """Different texts that carry it: how often it was repeated, copies left out."""
    days: int
    """Different dates of publication of these texts."""
    n_undated: int
    """Those texts whose date of publication is not known."""
    outlets: tuple[str, ...]
    conditions: tuple[Tied, ...]
    """The conditions in which it stands: it is what they require."""
    promised: tuple[Tied, ...]
    """What is promised in return."""
    threatened: tuple[Tied, ...]
    """What is threatened otherwise."""
    met_by: Met | None
    """The event that meets it most likely, if the record has one: of those that share most words with it, the earliest."""
    candidates: int
    """How many later events would meet it by type and parties."""
    standing: str
    """"may be met", or "not in the record" and, where that is so, why nothing could be found."""
    statements: tuple[Statement, ...]
    """All tellings, by document and place."""


def demands(
    project: Project,
    of: str | None = None,
    by: str | None = None,
    *,
    statements: Iterable[Statement] | None = None,
    events: Iterable[Event] | None = None,
) -> tuple[Demand, ...]:
    """Demands of the project or among the `statements` given, or only those `of` or `by` a party (an id, an ISO 3166 code or a
    name; officials demand for their state); the latest repeated first. `events` are those that may meet them.

    Raises SettingsError where a name means nobody or several.
    """
    if statements is None and events is None and (digest := Digest.open(project)) is not None:
        from dragoman.analyze.quick_demands import bargains

        return digest.ask(
            lambda tables: tables.recently(("demands", of, by), lambda: _demanded(*bargains(tables, project, of, by)))
        )
    with project.snapshot():
        wanted_of, wanted_by = (sides(project, [one])[0].ids if one is not None else None for one in (of, by))
        documents = documents_read(project)
        said = list(statements) if statements is not None else _bargains(project)
        happened = list(project.events() if events is None else events)
        asking = [one for one in said if one.act is Act.DEMAND]
        ids = {id for one in asking for id in (one.speaker.actor, *(about.actor for about in one.about)) if id}
        parties = parties_of(project, ids | {id for event in happened for id in acting(event)})
    return _demanded(said, happened, documents, parties, deeds_of(happened, parties), wanted_of, wanted_by)


def _demanded(
    said: Sequence[Statement],
    events: Iterable[Event],
    documents: Mapping[str, ReadDocument],
    parties: Parties,
    deeds: Deeds,
    wanted_of: frozenset[str] | None,
    wanted_by: frozenset[str] | None,
) -> tuple[Demand, ...]:
    """The demands among statements; `events` are those that may be requests, reported in the documents of these."""
    requests = _requests(events)
    groups: dict[tuple[str | None, str | None], list[tuple[Statement, Basis | None]]] = defaultdict(list)
    for one in said:
        if one.act is not Act.DEMAND:
            continue
        target, basis = _target(one, requests, parties)
        speaker = one.speaker.actor
        if (wanted_by is None or speaker in wanted_by) and (wanted_of is None or target in wanted_of):
            key = (parties.of(speaker) if speaker else fold(one.speaker.name), parties.of(target) if target else None)
            groups[key].append((one, basis))
    tied = _tied(said)
    found = [
        _demand(*pair, same, documents, parties, tied, deeds)
        for pair, group in groups.items()
        for same in _alike(group, naming(parties, (id for id in pair if id)))
    ]
    return tuple(sorted(sorted(found, key=_place), key=lambda one: _last_day(one.last), reverse=True))


def rows(result: Iterable[Demand]) -> Iterator[dict[str, Cell]]:
    """One row for each demand."""
    for one in result:
        yield {
            "by": one.by,
            "by_name": one.by_name,
            "of": one.of,
            "of_name": one.of_name,
            "of_basis": one.of_basis,
            "what": one.what,
            "otherwise": int(one.otherwise),
            "speakers": "; ".join(one.speakers),
            "first": one.first,
            "last": one.last,
            "texts": one.texts,
            "days": one.days,
            "n_undated": one.n_undated,
            "outlets": "; ".join(one.outlets) or None,
            "conditions": _joined(one.conditions),
            "promised": _joined(one.promised),
            "threatened": _joined(one.threatened),
            "standing": one.standing,
            "met_by": one.met_by.event if one.met_by else None,
            "met_on": one.met_by.date if one.met_by else None,
            "why": one.met_by.why if one.met_by else None,
            "candidates": one.candidates,
            "statements": "; ".join(statement.id for statement in one.statements),
        }


def _bargains(project: Project) -> list[Statement]:
    """Demands, and all statements that one may be tied with."""
    return [one for act in BARGAINS for one in project.statements(Filter(act=act.value))]


def _requests(events: Iterable[Event]) -> Mapping[str, list[tuple[int, int, str | None, Event]]]:
    """By document, where requests are reported, and in which statement."""
    found: dict[str, list[tuple[int, int, str | None, Event]]] = defaultdict(list)
    for event in events:
        if event.type == "REQUEST" and event.recipient:
            for report in event.reports:
                found[report.document].append((report.start, report.end, report.statement, event))
    return found


def _target(
    statement: Statement, requests: Mapping[str, list[tuple[int, int, str | None, Event]]], parties: Parties
) -> tuple[str | None, Basis | None]:
    """Of whom it is demanded, and what says so: whom the statement is about, unless that is the speaker's own side and a
    report of the request names another."""
    own = parties.of(statement.speaker.actor) if statement.speaker.actor else None
    about = statement.about[0].actor if statement.about else None
    if about and parties.of(about) != own:
        return about, "about"
    around = [
        (start, end, other[0])
        for start, end, within, event in requests.get(statement.document, ())
        if (within == statement.id or (start < statement.end and statement.start < end))
        and (own is None or own in parties.all(event.actor))
        and (other := [id for id in event.recipient if parties.of(id) != own])
    ]
    if around:
        return min(around)[2], "report"
    return (about, "about") if about else (None, None)


def _tied(statements: Iterable[Statement]) -> Mapping[tuple[str, str], list[Statement]]:
    """By document and id of a condition: itself, and all that names it as theirs."""
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in statements:
        found[one.document, one.id].append(one)
        if one.condition:
            found[one.document, one.condition].append(one)
    return found


def _alike(
    group: Sequence[tuple[Statement, Basis | None]], named: frozenset[str]
) -> Iterator[list[tuple[Statement, Basis | None]]]:
    """Statements of one pair that demand the same, together; in whatever order they come. `named` are words of their names.

    Only those are compared that share one of the rarest words of each, without which no two can have enough in common (prefix
    filtering: Chaudhuri, Ganti and Kaushik, ICDE 2006).
    """
    by_words: dict[tuple[bool, frozenset[str]], list[tuple[Statement, Basis | None]]] = defaultdict(list)
    for one, basis in group:
        words = stems(one.text) - named or frozenset((utterance(one),))
        by_words[NEGATED.search(one.text) is not None, words].append((one, basis))
    keys = sorted(by_words, key=lambda key: (key[0], sorted(key[1])))
    spread = Counter(word for _, words in keys for word in words)
    leader = list(range(len(keys)))

    def root(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    having: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for at, (negated, words) in enumerate(keys):
        enough = len(words) - ceil(ALIKE * len(words)) + 1
        rarest = sorted(words, key=lambda word: (spread[word], word))[:enough]
        for other in sorted({other for word in rarest for other in having[negated, word]}):
            theirs = keys[other][1]
            if len(words & theirs) >= ALIKE * len(words | theirs):
                first, second = sorted((root(at), root(other)))
                leader[second] = first
        for word in rarest:
            having[negated, word].append(at)
    together: dict[int, list[tuple[Statement, Basis | None]]] = defaultdict(list)
    for at, key in enumerate(keys):
        together[root(at)] += by_words[key]
    yield from together.values()


def _demand(
    by: str | None,
    of: str | None,
    same: Sequence[tuple[Statement, Basis | None]],
    documents: Mapping[str, ReadDocument],
    parties: Parties,
    tied: Mapping[tuple[str, str], list[Statement]],
    deeds: Deeds,
) -> Demand:
    told = [one for one, _ in sorted(same, key=lambda item: _order(item[0], documents))]
    dates: dict[str, str | None] = {}
    for one in told:  # the earliest first: a text that copies repeat has the date of the first copy that holds it
        dates.setdefault(documents[one.document].text, documents[one.document].published)
    known = sorted((date for date in dates.values() if date), key=sort_key)
    hangs = [other for one in told if one.condition for other in tied.get((one.document, one.condition), ())]
    required_by = {one.condition for one in told}
    conditions = [one for one in hangs if one.id in required_by]
    promised = _once(one for one in hangs if one.act is Act.PROMISE and one not in conditions)
    threatened = _once(one for one in hangs if one.act is Act.THREATEN and one not in conditions)
    otherwise = bool(threatened) and not promised
    since = known[0] if known else None
    met, candidates, standing = met_by([one.text for one in told], otherwise, (by, of), since, deeds, parties)
    first = told[0]
    return Demand(
        by=by,
        by_name=(parties.name(by) if first.speaker.actor and by else first.speaker.name),
        of=of,
        of_name=parties.name(of) if of else None,
        of_basis=min((basis for _, basis in same if basis), default=None),
        what=first.text,
        otherwise=otherwise,
        speakers=tuple(sorted({one.speaker.actor or one.speaker.name or "" for one in told} - {""})),
        first=since,
        last=max(known, key=_last_day) if known else None,
        texts=len(dates),
        days=len(set(known)),
        n_undated=sum(date is None for date in dates.values()),
        outlets=tuple(sorted({outlet for one in told if (outlet := documents[one.document].name)})),
        conditions=_once(conditions),
        promised=promised,
        threatened=threatened,
        met_by=met,
        candidates=candidates,
        standing=standing,
        statements=tuple(sorted(told, key=lambda one: (one.document, one.start, one.end, one.id))),
    )


def _once(statements: Iterable[Statement]) -> tuple[Tied, ...]:
    """The first statement of each wording."""
    found: dict[str, Tied] = {}
    for one in sorted(statements, key=lambda one: (one.document, one.start, one.end, one.id)):
        found.setdefault(utterance(one), Tied(one.id, one.act, one.text))
    return tuple(found[key] for key in sorted(found))


def _joined(tied: Iterable[Tied]) -> str | None:
    return " | ".join(one.text for one in tied) or None


def _order(statement: Statement, documents: Mapping[str, ReadDocument]) -> tuple[tuple[str, str], str, int, int]:
    return sort_key(documents[statement.document].published), statement.text, statement.start, statement.end


def _place(one: Demand) -> tuple[str, str, str]:
    return one.by or "", one.of or "", one.what


def _last_day(date: str | None) -> str:
    """The last day of a date; what has none comes before all others."""
    days = bounds(date)
    return days[1] if days else ""
