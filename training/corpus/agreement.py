"""How far two annotators of the same texts agree: the first one's texts beside those in `second/`.

    PYTHONPATH=src python training/corpus/agreement.py [--json]
    PYTHONPATH=src python training/corpus/agreement.py --bare TEXT    prints a text without its annotation, for a second one

- speaker: over letters and digits that either one gives to a speaker, the share with the same innermost speaker (names and
  aliases of either count as the same), and Cohen's kappa (1960) of said, own voice or plain reporting over all of them.
- statements: F1 of spans that meet by half of their union; on those that met, agreement in act (with kappa), form and chain.
- stance: over the pairs of statement and actor that either one has on statements that met, the share with the same polarity;
  `where both` leaves out actors that only one of them lists.
- conditions: F1 of requirements that meet by half of their union and are required of the same.
- events: F1 of events whose evidence meets, with the same type, actors and recipients.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from annotated import Page, paths, text

sys.path.append(str(Path(__file__).parents[2] / "bench"))
from report import bootstrap, finish, interval, table
from said import innermost, union

HERE = Path(__file__).parent
MEETS = 0.5
Pair = tuple[Page, Page]


def bare(path: Path) -> str:
    """A text with its slots and labels, without statements, other names, conditions and events."""
    head, _, rest = path.read_text("utf-8").partition("===\n")
    words = re.sub(r"</?s(?:\s[^<>]*)?>", "", rest.partition("=== conditions")[0])
    kept = "".join(line for line in head.splitlines(keepends=True) if not line.startswith("same:"))
    return f"{kept}===\n{words}=== conditions\n=== events\n"


def same(one: Page, two: Page, a: str, b: str) -> bool:
    """Whether two annotators' names for somebody mean the same one."""

    def forms(page: Page, name: str) -> set[str]:
        first = page.same.get(name, name)
        return {f.casefold() for f in (name, first, *(o for o, f in page.same.items() if f == first))}

    return bool(forms(one, a) & forms(two, b))


def speakers(pairs: Sequence[Pair]) -> float:
    """Share of characters with the same speaker among those that either gives to one."""
    right = total = 0
    for one, two in pairs:
        for a, b in _characters(one, two):
            total += 1
            right += a >= 0 and b >= 0 and same(one, two, one.statements[a].speaker, two.statements[b].speaker)
    return right / total if total else float("nan")


def _characters(one: Page, two: Page) -> Iterable[tuple[int, int]]:
    maps = [innermost(len(page.text), [(s.start, s.end) for s in page.statements]) for page in (one, two)]
    for char, a, b in zip(one.text, *maps, strict=True):
        if char.isalnum() and (a, b) != (-1, -1):
            yield a, b


def voices(pairs: Sequence[Pair]) -> float:
    """Kappa of said, own or plain over letters and digits."""
    seen: Counter[tuple[str, str]] = Counter()
    for one, two in pairs:
        maps = [innermost(len(page.text), [(s.start, s.end) for s in page.statements]) for page in (one, two)]
        for char, a, b in zip(one.text, *maps, strict=True):
            if char.isalnum():
                seen[(_voice(one, a), _voice(two, b))] += 1
    return kappa(seen)


def _voice(page: Page, statement: int) -> str:
    return "plain" if statement < 0 else "own" if page.statements[statement].form == "own" else "said"


def kappa(seen: Counter[tuple[str, str]]) -> float:
    """Cohen's kappa of pairs of labels."""
    total = sum(seen.values())
    if not total:
        return float("nan")
    agreed = sum(n for (a, b), n in seen.items() if a == b) / total
    labels = {label for pair in seen for label in pair}
    shares = [[sum(n for pair, n in seen.items() if pair[side] == x) / total for x in labels] for side in (0, 1)]
    chance = sum(a * b for a, b in zip(*shares, strict=True))
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def met(one: Page, two: Page) -> list[tuple[int, int]]:
    """Statements of both that meet, each once, best first."""
    found = sorted(
        ((union(a, b), i, j) for i, a in enumerate(one.statements) for j, b in enumerate(two.statements)), reverse=True
    )
    left, right, out = set[int](), set[int](), []
    for overlap, i, j in found:
        if overlap >= MEETS and i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((i, j))
    return out


def spans(pairs: Sequence[Pair]) -> float:
    return _f1([(len(met(*pair)), len(pair[0].statements), len(pair[1].statements)) for pair in pairs])


def _f1(counts: Iterable[tuple[int, int, int]]) -> float:
    rows = list(counts)
    total = sum(a + b for _, a, b in rows)
    return 2 * sum(hit for hit, _, _ in rows) / total if total else float("nan")


def acts(pairs: Sequence[Pair]) -> Counter[tuple[str, str]]:
    return Counter((one.statements[i].act, two.statements[j].act) for one, two in pairs for i, j in met(one, two))


def agreed(seen: Counter[tuple[str, str]]) -> float:
    total = sum(seen.values())
    return sum(n for (a, b), n in seen.items() if a == b) / total if total else float("nan")


def forms(pairs: Sequence[Pair]) -> float:
    return agreed(
        Counter((one.statements[i].form, two.statements[j].form) for one, two in pairs for i, j in met(one, two))
    )


def chains(pairs: Sequence[Pair]) -> float:
    right = total = 0
    for one, two in pairs:
        for i, j in met(one, two):
            a, b = one.statements[i].chain, two.statements[j].chain
            total += 1
            right += len(a) == len(b) and all(same(one, two, x, y) for x, y in zip(a, b, strict=True))
    return right / total if total else float("nan")


def stance(pairs: Sequence[Pair], *, both: bool = False) -> float:
    right = total = 0
    for one, two in pairs:
        for i, j in met(one, two):
            mine = one.statements[i].about
            theirs = two.statements[j].about
            shared = [(a, b) for a in mine for b in theirs if same(one, two, a[0], b[0])]
            right += sum(a[1] == b[1] for a, b in shared)
            total += len(shared) if both else len(mine) + len(theirs) - len(shared)
    return right / total if total else float("nan")


def conditions(pairs: Sequence[Pair]) -> float:
    rows = []
    for one, two in pairs:
        free = list(two.conditions)
        hit = 0
        for a in one.conditions:
            for b in free:
                shared = min(a.requirement[1], b.requirement[1]) - max(a.requirement[0], b.requirement[0])
                whole = max(a.requirement[1], b.requirement[1]) - min(a.requirement[0], b.requirement[0])
                if 2 * shared >= whole and same(one, two, a.required_of or "-", b.required_of or "-"):
                    hit += 1
                    free.remove(b)
                    break
        rows.append((hit, len(one.conditions), len(two.conditions)))
    return _f1(rows)


def events(pairs: Sequence[Pair]) -> float:
    rows = []
    for one, two in pairs:
        free = list(two.events)
        hit = 0
        for a in one.events:
            for b in free:
                meets = min(a.end, b.end) > max(a.start, b.start)
                if meets and a.type == b.type and set(a.actor) == set(b.actor) and set(a.recipient) == set(b.recipient):
                    hit += 1
                    free.remove(b)
                    break
        rows.append((hit, len(one.events), len(two.events)))
    return _f1(rows)


ROWS = (
    ("innermost speaker, same", "speaker", speakers),
    ("said, own or plain, kappa", "voice_kappa", voices),
    ("statement spans, F1", "span_f1", spans),
    ("act, same", "act", lambda pairs: agreed(acts(pairs))),
    ("act, kappa", "act_kappa", lambda pairs: kappa(acts(pairs))),
    ("form, same", "form", forms),
    ("chain, same", "chain", chains),
    ("stance, same", "stance", stance),
    ("  where both list the actor", "stance_both", lambda pairs: stance(pairs, both=True)),
    ("conditions, F1", "conditions_f1", conditions),
    ("events, F1", "events_f1", events),
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bare", type=Path)
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    if args.bare:
        print(bare(args.bare), end="")
        return 0
    first = {path.name: path for path in paths(HERE)}
    pairs = [(text(first[path.name]), text(path)) for path in sorted((HERE / "second").glob("[0-9]*.txt"))]
    moved = [one.name for one, two in pairs if one.text != two.text]
    if moved or not pairs:
        print("texts that differ:", *moved, file=sys.stderr)
        return 1
    statements = [sum(len(pair[side].statements) for pair in pairs) for side in (0, 1)]
    print(f"{len(pairs)} texts, {statements[0]} statements of the first annotator, {statements[1]} of the second")
    rows = [(what, score(pairs), interval(*bootstrap(pairs, score, draws=200))) for what, _, score in ROWS]
    print(table([("what", "value", "95%"), *rows]))
    confused = Counter({pair: n for pair, n in acts(pairs).items() if pair[0] != pair[1]})
    print("acts most confused:", *(f"{a}/{b} {n}" for (a, b), n in confused.most_common(8)))
    finish(args, {**{key: score(pairs) for _, key, score in ROWS}, "n": len(pairs)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
