"""Whether the right thing changes in an event, and nothing else, when its sentence is changed.

    PYTHONPATH=src python bench/invariance.py [--data FILE] [--draws 3] [--seed 7] [--errors] [--json]

FILE (default: bench/invariance.tsv, ours) has a clause a line, with tabs: type, past, base form, present, rest; the clause
is "{A} PAST REST" with {A} and {B} in it. Each is read about drawn countries, alone and changed in one way:

- parties: {A} and {B} exchanged; actor and recipient must be exchanged.
- countries: other ones drawn; the same event about them.
- future: "{A} will BASE REST next week"; status planned (what is said may have happened), and the type that PLOVER
  gives to what is to come: AGREE for friendly acts, CONCEDE for a retreat, THREATEN allowed for harm.
- negated: "{A} did not BASE REST"; status denied, or REJECT where something friendly is not done.
- condition: "If {A} PRESENT REST, the harbour will be closed"; status hypothetical; AGREE and CONCEDE allowed as for future.
- placed: a date line before and an attribution behind ("..., an official said"); nothing changes.

A change counts as right where the record of the plain sentence holds the event of the line, and that of the changed one
holds it as changed and no event between others. Invariance is the share of right changes, with a bootstrap over lines.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from renaming import countries, drawable
from report import bootstrap, finish, interval, table

from dragoman.encode import LanguageBase, load
from dragoman.gather import Source, document
from dragoman.model import Event
from dragoman.ontology.actors import state
from dragoman.read import read

DATA = Path(__file__).parent / "invariance.tsv"
FRIENDLY = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE"})
HARMFUL = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST"})
SAID = frozenset({"THREATEN", "REJECT", "REQUEST", "ACCUSE"})
SYMMETRIC = frozenset({"CONSULT", "COOPERATE"})
Tally = Counter[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A clause: its type and its words."""

    type: str
    past: str
    base: str
    present: str
    rest: str


Seen = tuple[str, str, frozenset[str], frozenset[str]]
"""Type, status, actors and recipients as ISO3."""
Check = Callable[[Seen, "Line", str, str], bool]


def lines(path: Path) -> list[Line]:
    """Raises OSError, and ValueError for a line that has not five cells."""
    found = []
    for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
        if row.strip() and not row.startswith("#"):
            cells = row.split("\t")
            if len(cells) != 5:
                raise ValueError(f"{path.name}:{number}: {len(cells)} cells instead of 5")
            found.append(Line(*cells))
    return found


def seen(text: str, base: LanguageBase) -> list[Seen]:
    reading = read(document(Source("line", text)), base)
    known = {actor.id: actor.country or actor.name for actor in reading.actors}

    def sides(event: Event) -> tuple[frozenset[str], frozenset[str]]:
        actors = frozenset(known[id] for id in event.actor)
        recipients = frozenset(known[id] for id in event.recipient)
        return (actors | recipients, frozenset()) if event.type in SYMMETRIC else (actors, recipients)

    return [(event.type, event.status.value, *sides(event)) for event in reading.events]


def _parties(event: Seen, a: str, b: str, symmetric: bool) -> bool:
    if symmetric or event[0] in SYMMETRIC:
        return event[2] | event[3] == {a, b}
    return event[2] == {a} and event[3] == {b}


def _plain(event: Seen, line: Line, a: str, b: str) -> bool:
    return event[0] == line.type and event[1] == "happened" and _parties(event, a, b, False)


def _future(event: Seen, line: Line, a: str, b: str) -> bool:
    statuses = ("happened", "planned") if line.type in SAID or event[0] == "THREATEN" else ("planned",)
    return event[0] in _to_come(line.type) and event[1] in statuses and _parties(event, a, b, line.type in SYMMETRIC)


def _to_come(kind: str) -> set[str]:
    if kind in FRIENDLY:
        return {"AGREE"}
    if kind == "RETREAT":
        return {"CONCEDE", "AGREE"}
    return {kind, "THREATEN"} if kind in HARMFUL else {kind}


def _negated(event: Seen, line: Line, a: str, b: str) -> bool:
    refused = line.type in FRIENDLY | {"RETREAT", "CONCEDE"} and event[:2] == ("REJECT", "happened")
    return (refused or event[:2] == (line.type, "denied")) and _parties(event, a, b, line.type in SYMMETRIC)


def _condition(event: Seen, line: Line, a: str, b: str) -> bool:
    kinds = _to_come(line.type) | {line.type}
    return event[0] in kinds and event[1] == "hypothetical" and _parties(event, a, b, line.type in SYMMETRIC)


CHANGES: dict[str, tuple[str, Check, bool]] = {
    "parties": ("{B} %(past)s %(tser)s.", _plain, True),
    "countries": ("{A} %(past)s %(rest)s.", _plain, False),
    "future": ("{A} will %(base)s %(rest)s next week.", _future, False),
    "negated": ("{A} did not %(base)s %(rest)s.", _negated, False),
    "condition": ("If {A} %(present)s %(rest)s, the harbour will be closed.", _condition, False),
    "placed": ("Zlatograd, 4 May 2032. {A} %(past)s %(rest)s on Monday, an official said.", _plain, False),
}


def filled(frame: str, line: Line, a: str, b: str) -> str:
    other = line.rest.replace("{B", "{\0").replace("{A", "{B").replace("{\0", "{A")
    words = frame % {
        "past": line.past,
        "base": line.base,
        "present": line.present,
        "rest": line.rest,
        "tser": other,
    }
    for slot, iso3 in (("A", a), ("B", b)):
        words = words.replace(f"{{{slot}}}", state(iso3).name)
        words = words.replace(f"{{{slot}.adj}}", countries()[iso3]["adjective"][0])
    return words


def measure(line: Line, base: LanguageBase, dice: random.Random, errors: list[str]) -> Tally:
    tally: Tally = Counter()
    pool = [iso3 for iso3 in drawable() if countries()[iso3]["adjective"]]
    a, b, c, d = dice.sample(pool, 4)
    plain = filled("{A} %(past)s %(rest)s.", line, a, b)
    held = any(_plain(event, line, a, b) for event in seen(plain, base))
    tally += Counter(plain_n=1, plain=held)
    if not held:
        errors.append(f"plain: {plain} {seen(plain, base)}")
    for name, (frame, check, swapped) in CHANGES.items():
        sides = (c, d) if name == "countries" else (a, b)
        text = filled(frame, line, *sides)
        found = seen(text, base)
        ends = sides[::-1] if swapped else sides
        right = held and any(check(event, line, *ends) for event in found)
        right = right and all((event[2] | event[3]) <= set(sides) for event in found)
        tally += Counter({f"{name}_n": 1, name: right, "all_n": 1, "all": right})
        if held and not right:
            errors.append(f"{name}: {text} {found}")
    return tally


def share(what: str) -> Callable[[list[Tally]], float]:
    def score(tallies: list[Tally]) -> float:
        n = sum(t[f"{what}_n"] for t in tallies)
        return sum(t[what] for t in tallies) / n if n else float("nan")

    return score


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DATA, help="a table of clauses")
    options.add_argument("--draws", type=int, default=3, help="pairs of countries a line")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--errors", action="store_true", help="print each sentence that changes wrongly")
    options.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    args = options.parse_args()
    try:
        found = lines(args.data)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    base, errors = load(), list[str]()
    tallies = []
    for number, line in enumerate(found):
        dice = random.Random(f"{args.seed} {number}")
        tallies.append(sum((measure(line, base, dice, errors) for _ in range(args.draws)), Counter[str]()))
    if args.errors:
        print(*errors, sep="\n")
    names = {"plain": "the event of the line"} | {name: f"  {name}" for name in CHANGES} | {"all": "all changes"}
    rows = [
        (what, share(name)(tallies), sum(t[f"{name}_n"] for t in tallies), interval(*bootstrap(tallies, share(name))))
        for name, what in names.items()
    ]
    print(table([("change", "right", "n", "95%"), *rows]))
    finish(args, {"invariance": share("all")(tallies), "n": sum(t["all_n"] for t in tallies)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
