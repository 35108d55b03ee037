"""The predicate lexicon: which words tell of which event, under which conditions, and who acts in it upon whom.

Tables under `data/`: `predicates.csv` (words), `frames.csv` (where actor and recipient stand), `noun_classes.csv`
(nouns that conditions name as `@class`), `event_rules.csv` (PLOVER's tie-breaks: what becomes of an event that is
agreed to, refused, demanded, threatened, stopped or yet to come), `toward.csv` (events that are done toward somebody
even where the clause does not say whom), `status_words.csv` and `contexts.csv`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from dragoman.errors import OntologyError
from dragoman.ontology.plover import plover
from dragoman.ontology.table import Row, read_table

KINDS = frozenset({"verb", "noun", "adj"})
OPERATORS = frozenset({"do", "occur", "stop", "agree", "vow", "refuse", "request", "threaten"})
"""What a word does to the event that it governs: it carries it out, ends it, promises it, demands it ..."""
EFFECTS = frozenset({"future", "unreal", "denied"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A word in `slot` must be one of `words`.

    Slots are obj, subj, iobj, comp, compsubj, prt, mod, adv, content and prepositions. Some values are kinds, no words:
    any, actor, state, person, organisation, plural, inf, that, base, must and none.
    """

    slot: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where actor and recipient stand, as slots in order of preference."""

    name: str
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    symmetric: bool
    """All that stand in any of the actor slots are actors; there is no recipient."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """One entry. `type` is None for operators that mean nothing without the event they govern, and for words that tell
    of no event under these conditions (weight 0)."""

    kind: str
    lemma: str
    conditions: tuple[Condition, ...]
    frame: Frame
    type: str | None
    mode: str | None
    operator: str | None
    weight: float
    """How sure the word makes the event, 0..1."""


@dataclass(frozen=True, slots=True)
class Toward:
    """That events of a type and mode are done toward somebody also where the clause does not say whom."""

    things: frozenset[str] | None
    """What the object must be, or None."""
    personal: bool
    """Whether the object is the recipient itself, so that where it is somebody unknown nobody else is."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables, joined."""

    predicates: dict[tuple[str, str], tuple[Predicate, ...]] = field(hash=False)
    """By kind and lemma."""
    nouns: dict[str, frozenset[str]] = field(hash=False)
    rules: dict[tuple[str, str, str], tuple[str, str | None]] = field(hash=False)
    status: dict[tuple[str, str], str] = field(hash=False)
    """Kind of status word and lemma to its effect."""
    contexts: dict[str, tuple[str, ...]] = field(hash=False)
    """Lemma to contexts."""
    toward: dict[tuple[str, str | None], Toward] = field(hash=False)
    """By type and mode."""

    def becomes(self, operator: str, type_: str, mode: str | None) -> tuple[str, str | None] | None:
        """Type and mode of an event of `type_` under an operator, or None where no rule speaks of it."""
        keys = ((type_, mode or ""), (type_, "*"), ("*", "*"))
        return next((self.rules[operator, *key] for key in keys if (operator, *key) in self.rules), None)

    def __len__(self) -> int:
        return sum(len(entries) for entries in self.predicates.values())


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, loaded once. Raises `OntologyError` where a table breaks its schema."""
    nouns = {row.text("class"): frozenset(row.many("words")) for row in _rows("noun_classes.csv", "class,words")}
    frames = {frame.name: frame for frame in map(_frame, _rows("frames.csv", "frame,actor,recipient,symmetric"))}
    predicates: dict[tuple[str, str], list[Predicate]] = defaultdict(list)
    for row in _rows("predicates.csv", "kind,lemma,when,frame,type,mode,operator,weight"):
        for entry in _entries(row, frames, nouns):
            listed = predicates[entry.kind, entry.lemma]
            if any(entry.conditions == other.conditions for other in listed):
                raise row.fail(f"{entry.lemma} is listed twice under the same conditions")
            listed.append(entry)
    return Lexicon(
        predicates={key: tuple(entries) for key, entries in predicates.items()},
        nouns=nouns,
        rules=dict(map(_rule, _rows("event_rules.csv", "operator,type,mode,to_type,to_mode"))),
        status={
            (row.text("kind"), word): row.choice("effect", EFFECTS)
            for row in reversed(_rows("status_words.csv", "kind,words,effect"))
            for word in row.many("words")
        },
        contexts=_contexts(),
        toward=dict(
            entry for row in _rows("toward.csv", "type,modes,things,personal") for entry in _toward(row, nouns)
        ),
    )


def _rows(file: str, columns: str) -> tuple[Row, ...]:
    return read_table(file, columns.split(","))


def _frame(row: Row) -> Frame:
    return Frame(row.text("frame"), row.many("actor"), row.many("recipient"), row.flag("symmetric"))


def _entries(row: Row, frames: dict[str, Frame], nouns: dict[str, frozenset[str]]) -> list[Predicate]:
    conditions = tuple(_condition(row, part, nouns) for part in row.cells["when"].split())
    type_, mode, operator = row.optional("type"), row.optional("mode"), row.optional("operator")
    if type_ and not plover().has(type_, mode):
        raise row.fail(f"PLOVER has no {type_}/{mode}")
    if operator and operator not in OPERATORS:
        raise row.fail(f"operator is {operator!r}, not one of {', '.join(sorted(OPERATORS))}")
    weight = _weight(row)
    if not type_ and not operator and weight:
        raise row.fail("an entry with neither type nor operator tells of no event: its weight must be 0")
    kind, frame = row.choice("kind", KINDS), frames[row.choice("frame", frames.keys())]
    return [Predicate(kind, lemma, conditions, frame, type_, mode, operator, weight) for lemma in row.many("lemma")]


def _weight(row: Row) -> float:
    try:
        weight = float(row.text("weight"))
    except ValueError as error:
        raise row.fail(f"weight is no number: {error}") from error
    if not 0 <= weight <= 1:
        raise row.fail(f"weight is {weight}, not within 0..1")
    return weight


def _condition(row: Row, text: str, nouns: dict[str, frozenset[str]]) -> Condition:
    slot, colon, values = text.partition(":")
    words: set[str] = set()
    for value in values.split("|"):
        if value.startswith("@") and value[1:] not in nouns:
            raise row.fail(f"there is no noun class {value}")
        words |= nouns[value[1:]] if value.startswith("@") else {value}
    if not colon or "" in words:
        raise row.fail(f"{text!r} is no condition: write slot:word|word")
    return Condition(slot, frozenset(words))


def _rule(row: Row) -> tuple[tuple[str, str, str], tuple[str, str | None]]:
    become = (row.text("to_type"), row.optional("to_mode"))
    if not plover().has(*become):
        raise row.fail(f"PLOVER has no {become[0]}/{become[1]}")
    return (row.text("operator"), row.text("type"), row.text("mode")), become


def _toward(row: Row, nouns: dict[str, frozenset[str]]) -> list[tuple[tuple[str, str | None], Toward]]:
    type_ = row.choice("type", plover().types.keys())
    if unknown := [name for name in row.many("things") if name not in nouns]:
        raise row.fail(f"there is no noun class {unknown[0]}")
    things = frozenset(noun for name in row.many("things") for noun in nouns[name]) or None
    known = plover().types[type_].modes
    modes = [None, *known] if row.text("modes") == "*" else [None if m == "none" else m for m in row.many("modes")]
    if wrong := [mode for mode in modes if not plover().has(type_, mode)]:
        raise row.fail(f"PLOVER has no {type_}/{wrong[0]}")
    return [((type_, mode), Toward(things, row.flag("personal"))) for mode in modes]


def _contexts() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in _rows("contexts.csv", "context,words"):
        for word in row.many("words"):
            found[word].append(row.choice("context", plover().contexts.keys()))
    if missing := sorted(set(plover().contexts) - {context for contexts in found.values() for context in contexts}):
        raise OntologyError(f"contexts.csv: no words for {missing}")
    return {word: tuple(contexts) for word, contexts in found.items()}
