"""Whether the reading is the same whoever a text is about: countries and persons exchanged, and both records compared.

    PYTHONPATH=src python bench/neutral.py [--data PATH] [--n 200] [--seed 7] [--errors] [--json]

PATH is a folder of annotated texts (training/corpus, whose countries are filled in with the seed, or training/pages), a
folder of plain .txt files, or a .jsonl file with a "text" a line; its folder `test` is read only where it is itself
named. Of more than `n` texts `n` are drawn. How it is counted:

- Names, adjectives, peoples and capitals of countries that are one unambiguous word become those of other countries that
  the text does not name, surnames and first names those of `renaming.py`. Texts that name nobody so are left out.
- A row has its counterpart where the other record has the same row once the exchange is taken out on both sides. Of a
  statement: characters, form, act, cue, the speaker's name, role and country, the names of the chain, whom it is about
  with which polarity. Of an event: characters, type, mode, status, date, actors, recipients. Rows count as sets.
- Invariance: rows with a counterpart over all rows of both records; unchanged: texts all whose rows have one.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from renaming import Side, Swap, swap
from report import bootstrap, finish, interval, table

from dragoman.encode import LanguageBase, load
from dragoman.gather import Source, document
from dragoman.model import ActorType, Reading, Span
from dragoman.ontology.actors import actors
from dragoman.read import read

TRAINING = Path(__file__).resolve().parent.parent / "training"
sys.path += [str(TRAINING / "pages"), str(TRAINING / "corpus")]
from annotated import paths  # noqa: E402
from annotated import text as filled  # noqa: E402
from gold import BrokenPage  # noqa: E402
from load import page  # noqa: E402

Text = tuple[str, str]
"""A name and a text."""
Party = tuple[str, str | None, str | None]
"""An actor: its id where it is listed, else its type; its name where no list knows it; its country."""


class Said(NamedTuple):
    """A statement as the comparison sees it."""

    span: Span
    form: str
    act: str
    cue: Span | None
    speaker: str | None
    role: str | None
    country: str | None
    chain: tuple[str | None, ...]
    about: frozenset[tuple[Party, int]]


class Done(NamedTuple):
    """An event as the comparison sees it."""

    span: tuple[Span, ...]
    type: str
    mode: str | None
    status: str
    date: str | None
    actor: frozenset[Party]
    recipient: frozenset[Party]


Row = Said | Done


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of both readings of a text, each told so that rows that mean the same are equal."""

    name: str
    swap: Swap
    first: frozenset[Row]
    second: frozenset[Row]

    def pairs(self) -> list[tuple[Row | None, Row | None]]:
        """Rows without a counterpart beside the one most like it, of the same kind and place; None where there is none."""
        left, right = (sorted(a - b, key=repr) for a, b in ((self.first, self.second), (self.second, self.first)))
        close = [(_likeness(one, two), n, m) for n, one in enumerate(left) for m, two in enumerate(right)]
        met: dict[int, int] = {}
        for like, n, m in sorted(close, key=lambda triple: (-triple[0], *triple[1:])):
            if like and n not in met and m not in met.values():
                met[n] = m
        paired: list[tuple[Row | None, Row | None]] = [
            (row, right[met[n]] if n in met else None) for n, row in enumerate(left)
        ]
        return paired + [(None, row) for m, row in enumerate(right) if m not in met.values()]


def measure(name: str, text: str, base: LanguageBase, dice: random.Random) -> Result | None:
    """Reads a text and its swap; None where the text names nobody who can be exchanged."""
    reading = read(document(Source(name, text)), base)
    exchange = swap(text, reading, base.analyze(text, [(0, len(text))]), dice)
    if exchange is None:
        return None
    again = read(document(Source(name, exchange.text)), base)
    first = rows(reading, exchange.first, exchange.offsets.span)
    return Result(name, exchange, first, rows(again, exchange.second, lambda span: span))


def rows(reading: Reading, side: Side, place: Callable[[Span], Span]) -> frozenset[Row]:
    """The statements and events of a reading, with `side`'s keys for names and characters where `place` puts them."""
    known = {actor.id: actor for actor in reading.actors}

    def party(id: str) -> Party:
        actor = known[id]
        country = side.code(actor.country)
        if actor.type is ActorType.STATE:
            return id if id.count("-") else actor.type, None, country
        return (id, None, country) if id in actors() else (actor.type, side.told(actor.name), country)

    said = (
        Said(
            place((s.start, s.end)),
            s.form,
            s.act,
            place(s.cue) if s.cue else None,
            side.told(s.speaker.name),
            side.told(s.speaker.role),
            side.code(known[s.speaker.actor].country) if s.speaker.actor in known else None,
            tuple(side.told(link.name) for link in s.chain),
            frozenset((party(about.actor), about.polarity) for about in s.about),
        )
        for s in reading.statements
    )
    done = (
        Done(
            tuple(place((report.start, report.end)) for report in e.reports),
            e.type,
            e.mode,
            e.status,
            e.date,
            frozenset(map(party, e.actor)),
            frozenset(map(party, e.recipient)),
        )
        for e in reading.events
    )
    return frozenset((*said, *done))


def differs(one: Row, two: Row) -> list[str]:
    """The fields in which two rows of a kind differ."""
    return [name for name, a, b in zip(one._fields, one, two, strict=True) if a != b]


def _likeness(one: Row, two: Row) -> int:
    if type(one) is not type(two) or not _extent(one)[0] < _extent(two)[1] or not _extent(two)[0] < _extent(one)[1]:
        return 0
    return len(one._fields) - len(differs(one, two)) + 1


def _extent(row: Row) -> Span:
    spans = [row.span] if isinstance(row, Said) else row.span
    return min(abs(span[0]) for span in spans), max(abs(span[1]) for span in spans)


def texts(path: Path, seed: int) -> list[Text]:
    """The texts of a folder or a file of JSON lines. Raises OSError, ValueError, KeyError, BrokenPage."""
    if path.is_file():
        lines = path.read_text("utf-8").splitlines()
        return [(f"{path.name}:{n}", str(json.loads(line)["text"])) for n, line in enumerate(lines, 1) if line.strip()]
    corpus = [file for file in paths(path) if file.parent.name != "test" or path.name == "test"]
    if corpus:
        return [(file.name, filled(file, seed).text) for file in corpus]
    files = [file for file in sorted(path.rglob("*.txt")) if "test" not in file.relative_to(path).parent.parts]
    if not files:
        raise ValueError(f"{path} holds no .txt file: give a folder of texts, or a .jsonl file, with --data")
    start = files[0].read_text("utf-8")
    if re.search("^=== events$", start, re.MULTILINE):
        return [(file.name, page(file).text) for file in files]
    return [(file.name, file.read_text("utf-8")) for file in files]


def invariance(*kinds: type[Row]) -> Callable[[list[Result]], float]:
    """The share of rows of these kinds, in both readings, that have a counterpart."""

    def score(results: list[Result]) -> float:
        n = sum(_size(result, kinds) for result in results)
        shared = sum(isinstance(row, kinds) for result in results for row in result.first & result.second)
        return 2 * shared / n if n else float("nan")

    return score


def _size(result: Result, kinds: tuple[type[Row], ...]) -> int:
    return sum(isinstance(row, kinds) for side in (result.first, result.second) for row in side)


def _unchanged(results: list[Result]) -> float:
    return sum(result.first == result.second for result in results) / len(results) if results else float("nan")


def _shown(result: Result) -> list[str]:
    exchanged = {**result.swap.countries, **result.swap.persons}
    lines = [f"{result.name}: {', '.join(f'{old} {new}' for old, new in exchanged.items())}"]
    for one, two in result.pairs():
        row = two or one
        assert row is not None
        start, end = _extent(row)
        kind = "statement" if isinstance(row, Said) else "event"
        if one is None or two is None:
            lines.append(f"  {kind} only in the {'second' if one is None else 'first'}: {row[1:]}")
        else:
            lines += [f"  {kind}, {name}: {getattr(one, name)} / {getattr(two, name)}" for name in differs(one, two)]
        lines.append(f"            {' '.join(result.swap.text[start:end].split())[:160]}")
    return lines


def _causes(results: Sequence[Result]) -> Counter[str]:
    """How often which field differs, or a whole row is missing in one of the two readings."""
    counts: Counter[str] = Counter()
    for one, two in (pair for result in results for pair in result.pairs()):
        kind = "statement" if isinstance(one or two, Said) else "event"
        fields = differs(one, two) if one and two else ["missing"]
        counts.update(f"{kind}, {field}" for field in fields)
    return counts


ROWS: tuple[tuple[str, str, Callable[[list[Result]], float], tuple[type[Row], ...]], ...] = (
    ("statements", "statements", invariance(Said), (Said,)),
    ("events", "events", invariance(Done), (Done,)),
    ("both: invariance", "invariance", invariance(Said, Done), (Said, Done)),
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "--data", type=Path, default=TRAINING / "corpus", help="folder of texts, or a file of JSON lines"
    )
    options.add_argument("--n", type=int, default=200, help="texts at most")
    options.add_argument("--seed", type=int, default=7, help="of the texts, their countries and the exchange")
    options.add_argument("--errors", action="store_true", help="print each row without a counterpart")
    options.add_argument("--json", action="store_true", help="print the figures as one object on the last line")
    args = options.parse_args()
    try:
        found = [(name, text) for name, text in texts(args.data, args.seed) if text.strip()]
    except KeyError:
        print(f'{args.data} has a line without "text"', file=sys.stderr)
        return 1
    except (BrokenPage, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    if len(found) > args.n:
        found = sorted(random.Random(args.seed).sample(found, args.n))
    base = load()
    measured = [measure(name, text, base, random.Random(f"{args.seed} {name}")) for name, text in found]
    results = [result for result in measured if result is not None]
    if args.errors:
        for result in results:
            print(*_shown(result), "", sep="\n")
    print(f"{len(results)} texts, {base.name}; {len(found) - len(results)} name nobody who could be exchanged")
    exchanged = sum(len(r.swap.countries) for r in results), sum(len(r.swap.persons) for r in results)
    print(f"{exchanged[0]} countries and {exchanged[1]} words of persons' names exchanged")
    print(
        table(
            [("what", "value", "n", "95%")]
            + [
                (what, score(results), sum(_size(r, kinds) for r in results), interval(*bootstrap(results, score)))
                for what, _, score, kinds in ROWS
            ]
            + [("texts unchanged", _unchanged(results), len(results), interval(*bootstrap(results, _unchanged)))]
        )
    )
    for what, count in _causes(results).most_common():
        print(f"{count:>5}  {what} differs")
    figures: dict[str, object] = {key: score(results) for _, key, score, _ in ROWS}
    finish(args, figures | {"unchanged": _unchanged(results), "n": len(results)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
