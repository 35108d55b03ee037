"""How well attributions are found: PolNeAR articles (Newell, Cohen and Ruths 2018) against the heads of statements.

    PYTHONPATH=src python bench/polnear.py --data ../shared/data/attribution/polnear_dev.jsonl [--errors] [--json]

A line of the data is an article: `text`, and `attributions` with `source`, `cue` and `content` as lists of spans of
characters and their `kind` (direct, indirect, mixed). Spans become ranges of our tokens. Counted are, over articles:

- exact, begin, Jaccard: precision and recall of spans of a role as in CofeNet's paper (Wang et al. 2022): a span is right
  where both bounds, or the first token, are; Jaccard gives each span its overlap over its union with the best on the other
  side. A content in two parts is two spans.
- tokens: F1 of the tokens of a role.
- linked: an attribution is right where its content (all parts) and that of an attribution of the gold overlap by half of
  their union, and its cue and source do, too; where the gold has no source there must be none.
- by form: the share of gold attributions of a kind that are linked rightly.

PolNeAR rarely annotates an attribution inside the content of another (7 in 1,000); what the heads find there is left out.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from report import bootstrap, finish, interval, table

from dragoman.encode import Analysis, LanguageBase, load

ROLES = ("source", "cue", "content")
KINDS = ("direct", "indirect", "mixed")
COFENET = {"source": 0.832, "cue": 0.753, "content": 0.729}
HALF = 0.5
Range = tuple[int, int]
Tally = dict[str, float]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Ranges of tokens of each role; `kind` is "" for what was found."""

    parts: dict[str, tuple[Range, ...]]
    kind: str = ""

    def tokens(self, role: str) -> frozenset[int]:
        return frozenset(i for part in self.parts[role] for i in range(*part))


@dataclass(slots=True)
class Result:
    tally: Tally = field(default_factory=lambda: defaultdict(float))
    misses: list[str] = field(default_factory=list)


def articles(path: Path) -> list[dict[str, object]]:
    """The articles of a file. Raises SystemExit with what is wrong."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise SystemExit(f"{path} cannot be read: {error}") from error
    if not rows or any("text" not in row or "attributions" not in row for row in rows):
        raise SystemExit(f"{path} holds no articles with 'text' and 'attributions', one a line")
    return rows


def measure(row: dict[str, object], base: LanguageBase) -> Result:
    """Tallies of one article."""
    text = str(row["text"])
    analysis = base.analyze(text, [(0, len(text))])
    annotated = row["attributions"]
    assert isinstance(annotated, list)
    gold = [one for one in (_gold(analysis, a) for a in annotated) if one.parts["cue"] or one.parts["content"]]
    spans: dict[str, list[Range]] = {role: [] for role in ROLES}
    for span in analysis.roles:
        if not span.inner:
            spans[span.role].append((span.start, span.end))
    found = [
        Attribution({"source": (a.source,) if a.source else (), "cue": (a.cue,), "content": a.contents})
        for a in analysis.attributions
        if a.contents and not a.inner
    ]
    result = Result()
    for role in ROLES:
        _spans(result.tally, role, sorted({part for one in gold for part in one.parts[role]}), sorted(set(spans[role])))
    _linked(result, gold, found, analysis)
    return result


def _gold(analysis: Analysis, annotated: dict[str, list[Range]]) -> Attribution:
    starts = [token.start for token in analysis.tokens]
    ends = [token.end for token in analysis.tokens]
    parts = {}
    for role in ROLES:
        ranges = ((bisect_right(ends, s), bisect_left(starts, e)) for s, e in annotated[role])
        parts[role] = tuple((a, b) for a, b in ranges if a < b)
    return Attribution(parts, str(annotated.get("kind", "")))


def _spans(tally: Tally, role: str, gold: Sequence[Range], found: Sequence[Range]) -> None:
    tally[f"{role}_gold"] += len(gold)
    tally[f"{role}_found"] += len(found)
    tally[f"{role}_exact"] += len(set(gold) & set(found))
    tally[f"{role}_begin"] += len({a for a, _ in gold} & {a for a, _ in found})
    for name, one, two in (("recall", gold, found), ("precision", found, gold)):
        tally[f"{role}_jaccard_{name}"] += sum(max((_union(a, b) for b in two), default=0.0) for a in one)
    here, there = ({i for part in parts for i in range(*part)} for parts in (gold, found))
    tally[f"{role}_tokens_gold"] += len(here)
    tally[f"{role}_tokens_found"] += len(there)
    tally[f"{role}_tokens_both"] += len(here & there)


def _union(one: Range, two: Range) -> float:
    both = min(one[1], two[1]) - max(one[0], two[0])
    return both / (max(one[1], two[1]) - min(one[0], two[0])) if both > 0 else 0.0


def _overlap(one: frozenset[int], two: frozenset[int]) -> float:
    return len(one & two) / len(one | two) if one or two else 1.0


def _linked(result: Result, gold: Sequence[Attribution], found: Sequence[Attribution], analysis: Analysis) -> None:
    pairs = sorted(
        (
            (_overlap(g.tokens("content"), f.tokens("content")), _agree(g, f), i, j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g.tokens("content") & f.tokens("content")
        ),
        reverse=True,
        key=lambda pair: (pair[1], pair[0]),
    )
    taken: dict[int, int] = {}
    for overlap, _, i, j in pairs:
        if overlap >= HALF and i not in taken and j not in taken.values():
            taken[i] = j
    result.tally["gold"] += len(gold)
    result.tally["found"] += len(found)
    for i, one in enumerate(gold):
        right = i in taken and _agree(one, found[taken[i]]) == 2
        result.tally["content_met"] += i in taken
        result.tally["linked"] += right
        result.tally[f"{one.kind}_gold"] += 1
        result.tally[f"{one.kind}_linked"] += right
        if not right:
            result.misses.append(_shown(analysis, one, found[taken[i]] if i in taken else None))
    result.misses += [_shown(analysis, None, one) for j, one in enumerate(found) if j not in taken.values()]


def _agree(one: Attribution, two: Attribution) -> int:
    """How many of cue and source are matched."""
    return sum(_overlap(one.tokens(role), two.tokens(role)) >= HALF for role in ("cue", "source"))


def _shown(analysis: Analysis, gold: Attribution | None, found: Attribution | None) -> str:
    def words(one: Attribution | None) -> str:
        if one is None:
            return "-"
        parts = (
            (
                role,
                " … ".join(
                    analysis.text[analysis.tokens[a].start : analysis.tokens[b - 1].end] for a, b in one.parts[role]
                ),
            )
            for role in ROLES
        )
        return " | ".join(f"{role}: {text}" for role, text in parts)

    return f"  gold  {words(gold)}\n  found {words(found)}"


def _f1(right: float, found: float, gold: float) -> float:
    return 2 * right / (found + gold) if found + gold else float("nan")


def score(tallies: Sequence[Tally], name: str) -> float:
    """The figure called `name` ("source exact", "linked", "direct recall") of some articles together."""

    def total(key: str) -> float:
        return sum(tally[key] for tally in tallies)

    role, _, what = name.partition(" ")
    if role in KINDS:
        return total(f"{role}_linked") / n if (n := total(f"{role}_gold")) else float("nan")
    if role in ("linked", "content_met"):
        return _f1(total(role), total("found"), total("gold"))
    gold, found = total(f"{role}_gold"), total(f"{role}_found")
    if what == "tokens":
        return _f1(total(f"{role}_tokens_both"), total(f"{role}_tokens_found"), total(f"{role}_tokens_gold"))
    if what == "jaccard":
        precision = total(f"{role}_jaccard_precision") / found if found else 0.0
        recall = total(f"{role}_jaccard_recall") / gold if gold else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return _f1(total(f"{role}_{what}"), found, gold)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--errors", action="store_true", help="print what was missed, wrong or found in vain")
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    base = load()
    results = [measure(row, base) for row in articles(args.data)]
    if args.errors:
        print("\n".join(miss for result in results for miss in result.misses))
    tallies = [result.tally for result in results]
    names = [f"{role} {what}" for role in ROLES for what in ("exact", "begin", "jaccard", "tokens")]
    names += ["content_met", "linked", *(f"{kind} recall" for kind in KINDS)]
    total = {key: int(sum(tally[key] for tally in tallies)) for key in sorted({k for tally in tallies for k in tally})}
    rows: list[list[object]] = [["figure", "value", "95%", "n", "best known"]]
    for name in names:
        role, _, what = name.partition(" ")
        n = total[f"{role}_gold"] if role in (*ROLES, *KINDS) else total["gold"]
        known = f"{COFENET[role]:.3f}" if what == "exact" else ""
        bounds = bootstrap(tallies, partial(score, name=name))
        rows.append(
            [name.replace("content_met", "content met by half"), score(tallies, name), interval(*bounds), n, known]
        )
    print(
        f"{len(results)} articles, {total['gold']} attributions; {base.name}; best known: CofeNet on the test part, on a GPU"
    )
    print(table(rows))
    figures = {f"{role}_exact_f1": score(tallies, f"{role} exact") for role in ROLES}
    finish(args, {**figures, "linked_f1": score(tallies, "linked"), "n": total["gold"]})


if __name__ == "__main__":
    main()
