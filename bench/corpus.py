"""How well statements are read: our annotated corpus (training/corpus) against what gather and read make of its texts.

    PYTHONPATH=src python bench/corpus.py [--data training/corpus/test] [--seed N] [--errors] [--json]

`--data` is a folder of annotated texts or one of them. Countries are filled into their slots by `--seed`. Every figure
stands with its sample size and a bootstrap interval over texts. Counted are

- speaker, act, form, chain as said.py says;
- stance: of the actors whom both a statement of the gold and the one that met it are about, the share with the same polarity.
  Whom a statement is about is a matter of taste where its words do not name them (two annotators list the same actor for a
  statement in about half of all cases), so that is a figure of its own: `actors found`, and F1 of actor and polarity together;
- conditions: F1 of what is required: somewhere a demand tied to a condition whose span overlaps the requirement by half of
  their union; and it is about whoever it is required of, where the gold says whom;
- events: as happened.py says; type is the F1 of events with pair and type right, status and date are given the pair.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from happened import events
from report import bootstrap, finish, interval, table
from said import ROOT, Result, Tally, f1, share, speakers, statements, union
from said import lines as tally_lines

from dragoman.encode import LanguageBase, load
from dragoman.gather import Source, document
from dragoman.model import Reading, Statement
from dragoman.read import read

sys.path += [str(ROOT / "training" / "pages"), str(ROOT / "training" / "corpus")]
from annotated import text, texts
from compare import Names
from gold import BrokenPage, GoldCondition, Page

DATA = ROOT / "training" / "corpus" / "test"


def measure(page: Page, base: LanguageBase) -> Result:
    """Reads one text and tallies it against its gold."""
    source = Source(f"{page.name}.txt", page.text, outlet=page.outlet)
    reading = read(document(source), base)
    result, names = Result(page), Names(page, reading)
    tally_lines(result, reading)
    speakers(result, reading, names)
    statements(result, reading, names)
    _stance(result, reading, names)
    _conditions(result, reading, names)
    events(result, reading, names)
    return result


def _stance(result: Result, reading: Reading, names: Names) -> None:
    for gold in result.page.statements:
        best = max(reading.statements, key=lambda s: union(s, gold), default=None)
        if best is None or union(best, gold) < 0.5:
            continue
        result.tally["about_gold"] += len(gold.about)
        result.tally["about_found"] += len(best.about)
        for name, sign in gold.about:
            found = [a.polarity for a in best.about if _is(names, name, a.actor)]
            right = sign in found[:1]
            result.tally["about_hit"] += right
            result.count("listed", bool(found))
            if found:
                result.count("stance", right)
            if not right:
                result.miss("stance", gold.start, gold.end, f"{name} {sign} told {found or 'not about'}")


def _is(names: Names, gold: str, actor: str) -> bool:
    return names.code(actor) == gold or names.same(gold, actor)


def _conditions(result: Result, reading: Reading, names: Names) -> None:
    found = [s for s in reading.statements if s.condition is not None and s.act == "demand"]
    gold = result.page.conditions
    result.tally["conditions_gold"] += len(gold)
    result.tally["conditions_found"] += len(found)
    taken: set[str] = set()
    for one in gold:
        hit = next((s for s in found if s.id not in taken and _requires(one, s, names)), None)
        if hit is not None:
            taken.add(hit.id)
            result.tally["conditions_hit"] += 1
        else:
            result.miss("condition", *one.requirement, f"required of {one.required_of} not found")
    for s in found:
        if s.id not in taken:
            result.miss("condition", s.start, s.end, f"told in vain, of {[a.actor for a in s.about]}")


def _requires(gold: GoldCondition, found: Statement, names: Names) -> bool:
    start, end = gold.requirement
    shared = min(end, found.end) - max(start, found.start)
    whole = max(end, found.end) - min(start, found.start)
    meets = 2 * shared >= whole
    return meets and (gold.required_of is None or any(_is(names, gold.required_of, a.actor) for a in found.about))


ROWS = (
    ("lines of the article, F1", "lines_f1", "lines", f1("body"), "line_n"),
    ("innermost speaker, F1", "speaker_f1", "characters", f1("speaker"), "speaker_gold"),
    ("  without own voice, F1", "told_f1", "characters", f1("told"), "told_gold"),
    ("statement span met", "span", "statements", share("span"), "span_n"),
    ("chain, exact", "chain", "statements", share("chain"), "chain_n"),
    ("form", "form", "statements", share("form"), "form_n"),
    ("act", "act", "statements", share("act"), "act_n"),
    ("stance", "stance", "actors", share("stance"), "stance_n"),
    ("  actors found", "listed", "actors", share("listed"), "listed_n"),
    ("  actor and polarity, F1", "about_f1", "actors", f1("about"), "about_gold"),
    ("conditions, F1", "conditions_f1", "required", f1("conditions"), "conditions_gold"),
    ("event found", "met", "events", share("met"), "met_n"),
    ("event pair, F1", "pair_f1", "events", f1("pair"), "pair_gold"),
    ("event pair and type, F1", "type_f1", "events", f1("coded"), "coded_gold"),
    ("  type of those met", "type_met", "events", share("type"), "type_n"),
    ("event status, pair right", "status", "events", share("pair_status"), "pair_status_n"),
    ("event date, pair right", "date", "events", share("pair_date"), "pair_date_n"),
    ("events told that meet some", "told", "events", share("told"), "told_n"),
)
CONTRACT = ("speaker_f1", "chain", "act", "stance", "conditions_f1", "pair_f1", "type_f1", "status", "date")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=DATA, help="folder of annotated texts, or one text")
    options.add_argument("--seed", type=int, default=0, help="draws the countries")
    options.add_argument("--errors", action="store_true", help="print each miss with its context")
    options.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    args = options.parse_args()
    try:
        found = [text(args.data, args.seed)] if args.data.is_file() else texts(args.data, args.seed)
    except (BrokenPage, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    if not found:
        print(f"{args.data} holds no annotated texts", file=sys.stderr)
        return 1
    base = load()
    results = [measure(page, base) for page in found]
    if args.errors:
        for result in results:
            print(f"{result.page.name} ({result.page.kind})", *result.misses, "", sep="\n")
    tallies: list[Tally] = [result.tally for result in results]
    print(f"{len(found)} texts, {base.name}")
    lines = [
        (what, score(tallies), sum(t[n] for t in tallies), unit, interval(*bootstrap(tallies, score)))
        for what, _, unit, score, n in ROWS
    ]
    print(table([("what", "value", "n", "of", "95%"), *lines]))
    figures = {key: score(tallies) for _, key, _, score, _ in ROWS}
    finish(args, {**{key: figures[key] for key in CONTRACT}, "n": sum(t["span_n"] for t in tallies)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
