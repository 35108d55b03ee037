"""How statements of an annotated text are scored, for the benches that have such texts.

- speaker: over letters and digits; right where the innermost statement on both sides has the same speaker: the same
  name or alias, the same surname, or the same unnamed phrase, whole or with the same head ("skippers" for "many
  skippers in X").
- act, form, chain: on gold statements whose span some statement meets with intersection over union of at least .5.
  The page's own outlet at the end of a chain is left out on both sides, for plain text often does not name it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from dragoman.model import Reading, Statement

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "training" / "pages"))
from compare import Names  # noqa: E402
from gold import JUNK, GoldStatement, Page  # noqa: E402

Tally = Counter[str]
MEETS = 0.5


class Ranged(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(slots=True)
class Result:
    """The tallies of one page, and its misses in words."""

    page: Page
    tally: Tally = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def miss(self, what: str, start: int, end: int, detail: str) -> None:
        self.misses.append(f"  {what:<9} {detail}\n            {shown(self.page.text, start, end)}")

    def count(self, what: str, right: bool) -> bool:
        self.tally[f"{what}_right"] += right
        self.tally[f"{what}_n"] += 1
        return right


def lines(result: Result, reading: Reading) -> None:
    """Lines of text told rightly article or junk; `body` counts those of the article for its F1."""
    page = result.page
    gold = mask(len(page.text), ((x.start, x.end) for x in page.labels if x.name in JUNK))
    found = mask(len(page.text), ((b.start, b.end) for b in reading.document.boilerplate))
    for match in re.finditer(r"[^\n]+", page.text):
        at = [i for i in range(*match.span()) if not page.text[i].isspace()]
        if at:
            wanted, got = (sum(marked[i] for i in at) * 2 > len(at) for marked in (gold, found))
            result.tally["body_gold"] += not wanted
            result.tally["body_found"] += not got
            result.tally["body_hit"] += not wanted and not got
            if not result.count("line", wanted == got):
                told = f"{'junk' if wanted else 'article'} told {'junk' if got else 'article'}"
                result.miss("line", *match.span(), told)


def speakers(result: Result, reading: Reading, names: Names) -> None:
    """The innermost speaker over letters and digits; `told` leaves out what either side calls own voice."""
    page = result.page
    gold = innermost(len(page.text), [(s.start, s.end) for s in page.statements])
    found = innermost(len(page.text), [(s.start, s.end) for s in reading.statements])
    verdict: dict[tuple[int, int], bool] = {}
    runs: list[tuple[int, int, tuple[int, int]]] = []
    for i, character in enumerate(page.text):
        pair = (gold[i], found[i])
        if not character.isalnum() or pair == (-1, -1):
            continue
        if pair not in verdict:
            verdict[pair] = min(pair) >= 0 and _same_speaker(
                page.statements[pair[0]], reading.statements[pair[1]], names
            )
        kinds = ["speaker"]
        if "own" not in (page.statements[pair[0]].form if pair[0] >= 0 else "", _form(reading, pair[1])):
            kinds.append("told")
        for kind in kinds:
            result.tally[f"{kind}_hit"] += verdict[pair]
            result.tally[f"{kind}_gold"] += pair[0] >= 0
            result.tally[f"{kind}_found"] += pair[1] >= 0
        if not verdict[pair]:
            if runs and runs[-1][2] == pair and i - runs[-1][1] < 5:
                runs[-1] = (runs[-1][0], i + 1, pair)
            else:
                runs.append((i, i + 1, pair))
    for start, end, (one, two) in runs:
        if end - start > 8:
            wanted = page.statements[one].speaker if one >= 0 else "nobody"
            got = reading.statements[two].speaker.name or "unknown" if two >= 0 else "nobody"
            result.miss("speaker", start, end, f"{wanted!r} told {got!r}")


def _form(reading: Reading, index: int) -> str:
    return reading.statements[index].form if index >= 0 else ""


def _same_speaker(gold: GoldStatement, found: Statement, names: Names) -> bool:
    return names.same(gold.speaker, found.speaker.actor, found.speaker.name)


def statements(result: Result, reading: Reading, names: Names) -> None:
    page = result.page
    for gold in page.statements:
        best = max(reading.statements, key=lambda s: union(s, gold), default=None)
        if not result.count("span", best is not None and union(best, gold) >= MEETS) or best is None:
            continue
        if gold.act and not result.count("act", best.act == gold.act):
            result.miss("act", gold.start, gold.end, f"{gold.act} told {best.act}")
        if gold.form and not result.count("form", best.form == gold.form):
            result.miss("form", gold.start, gold.end, f"{gold.form} told {best.form}")
        if gold.chain:
            wanted, got = names.gold_chain(gold), names.chain(best)
            right = len(wanted) == len(got) and all(map(names.link, wanted, got))
            if not result.count("chain", right):
                result.miss("chain", gold.start, gold.end, f"{wanted} told {[x.name for x in got]}")
    junk = mask(len(page.text), ((x.start, x.end) for x in page.labels if x.name in JUNK))
    for statement in reading.statements:
        inside = sum(junk[statement.start : statement.end]) * 2 > statement.end - statement.start
        result.tally["junk_statements"] += inside
        if inside:
            result.miss("junk", statement.start, statement.end, "a statement inside junk")


def union(one: Ranged, two: Ranged) -> float:
    """Intersection over union."""
    shared = min(one.end, two.end) - max(one.start, two.start)
    return max(0, shared) / (max(one.end, two.end) - min(one.start, two.start))


def mask(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    marked = bytearray(length)
    for start, end in spans:
        marked[start:end] = b"\1" * (end - start)
    return marked


def innermost(length: int, spans: Sequence[tuple[int, int]]) -> list[int]:
    """For each character the index of the shortest span around it, or -1."""
    out = [-1] * length
    for index in sorted(range(len(spans)), key=lambda i: spans[i][0] - spans[i][1]):
        start, end = spans[index]
        out[start:end] = [index] * (end - start)
    return out


def shown(text: str, start: int, end: int) -> str:
    before, inside, after = text[max(0, start - 40) : start], text[start:end], text[end : end + 30]
    if len(inside) > 160:
        inside = f"{inside[:100]} ... {inside[-50:]}"
    return re.sub(r"\s+", " ", f"{before}[{inside}]{after}")


def share(what: str) -> Callable[[list[Tally]], float]:
    def score(tallies: list[Tally]) -> float:
        n = sum(t[f"{what}_n"] for t in tallies)
        return sum(t[f"{what}_right"] for t in tallies) / n if n else float("nan")

    return score


def f1(what: str) -> Callable[[list[Tally]], float]:
    def score(tallies: list[Tally]) -> float:
        both = sum(t[f"{what}_gold"] + t[f"{what}_found"] for t in tallies)
        return 2 * sum(t[f"{what}_hit"] for t in tallies) / both if both else float("nan")

    return score
