"""How well whole pages are read: our annotated pages (training/pages) against what gather and read make of them.

    PYTHONPATH=src python bench/pages.py [--data training/pages] [--seeds DIR] [--errors] [--json]

Every figure stands with its sample size and a bootstrap interval over pages. How each is counted:

- lines: non-blank lines told rightly article or junk; a line that holds both counts as most of its characters do.
- speaker: over letters and digits; right where the innermost statement on both sides has the same speaker: the same
  name or alias, the same surname, or the same unnamed phrase, whole or with the same head ("skippers" for "many
  skippers in X").
- act, form, chain: on gold statements whose span some statement meets with intersection over union of at least .5.
  The page's own outlet at the end of a chain is left out on both sides, for plain text often does not name it.
- events: each gold event against the one that meets its evidence and agrees with it best. Pair: actors and recipients,
  as ISO3 where they act for a state; what is mutual has no direction. Type, status and date on those that met; no date
  is right where the page tells none. Precision of the pair is over those that meet some gold evidence.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from report import bootstrap, finish, interval, table

from dragoman.encode import LanguageBase, load
from dragoman.gather import Source, document
from dragoman.model import Event, Reading, Statement
from dragoman.read import read

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "training" / "pages"))
from compare import Names  # noqa: E402
from gold import JUNK, BrokenPage, GoldEvent, GoldStatement, Page  # noqa: E402
from load import pages  # noqa: E402
from standoff import seeds  # noqa: E402

Tally = Counter[str]
MEETS = 0.5


class _Ranged(Protocol):
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
        self.misses.append(f"  {what:<9} {detail}\n            {_shown(self.page.text, start, end)}")

    def count(self, what: str, right: bool) -> bool:
        self.tally[f"{what}_right"] += right
        self.tally[f"{what}_n"] += 1
        return right


def measure(page: Page, base: LanguageBase) -> Result:
    """Reads one page and tallies it against its gold."""
    reading = read(document(Source(f"{page.name}.txt", page.text)), base)
    result = Result(page)
    names = Names(page, reading)
    _lines(result, reading)
    _published(result, reading)
    _speakers(result, reading, names)
    _statements(result, reading, names)
    _events(result, reading, names)
    return result


def _lines(result: Result, reading: Reading) -> None:
    page = result.page
    gold = _mask(len(page.text), ((x.start, x.end) for x in page.labels if x.name in JUNK))
    found = _mask(len(page.text), ((b.start, b.end) for b in reading.document.boilerplate))
    for match in re.finditer(r"[^\n]+", page.text):
        at = [i for i in range(*match.span()) if not page.text[i].isspace()]
        if at:
            wanted, got = (sum(mask[i] for i in at) * 2 > len(at) for mask in (gold, found))
            if not result.count("line", wanted == got):
                result.miss(
                    "line", *match.span(), f"{'junk' if wanted else 'article'} told {'junk' if got else 'article'}"
                )


def _published(result: Result, reading: Reading) -> None:
    page, found = result.page, reading.document.published.value
    if page.basis != "unmarked" and not result.count("published", found == page.published):
        result.miss("published", 0, 0, f"{page.published} told {found}")


def _speakers(result: Result, reading: Reading, names: Names) -> None:
    """The innermost speaker over letters and digits; `told` leaves out what either side calls own voice."""
    page = result.page
    gold = _innermost(len(page.text), [(s.start, s.end) for s in page.statements])
    found = _innermost(len(page.text), [(s.start, s.end) for s in reading.statements])
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


def _statements(result: Result, reading: Reading, names: Names) -> None:
    page = result.page
    for gold in page.statements:
        best = max(reading.statements, key=lambda s: _union(s, gold), default=None)
        if not result.count("span", best is not None and _union(best, gold) >= MEETS) or best is None:
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
    junk = _mask(len(page.text), ((x.start, x.end) for x in page.labels if x.name in JUNK))
    for statement in reading.statements:
        inside = sum(junk[statement.start : statement.end]) * 2 > statement.end - statement.start
        result.tally["junk_statements"] += inside
        if inside:
            result.miss("junk", statement.start, statement.end, "a statement inside junk")


def _events(result: Result, reading: Reading, names: Names) -> None:
    page = result.page
    result.tally["no_actor"] += sum(not event.actor for event in reading.events)
    result.tally["invented_years"] += sum(_invented(event, page) for event in reading.events)
    if not page.has_events:
        return
    reports = [(event, event.reports[0]) for event in reading.events if event.reports]
    meeting = [
        (_agreement(gold, event, names) + _union(report, gold), g, f)
        for g, gold in enumerate(page.events)
        for f, (event, report) in enumerate(reports)
        if min(report.end, gold.end) > max(report.start, gold.start)
    ]
    result.tally["pair_gold"] += len(page.events)
    result.tally["pair_found"] += len({f for _, _, f in meeting})
    taken: dict[int, int] = {}
    for _, g, f in sorted(meeting, reverse=True):
        if g not in taken and f not in taken.values():
            taken[g] = f
    for g, gold in enumerate(page.events):
        if not result.count("met", g in taken):
            result.miss("event", gold.start, gold.end, f"{gold.type} {gold.actor} {gold.recipient} not found")
            continue
        event = reports[taken[g]][0]
        pair = _same_pair(gold, event, names)
        result.tally["pair_hit"] += pair
        if not pair:
            got = ([names.code(a) for a in event.actor], [names.code(a) for a in event.recipient])
            result.miss("pair", gold.start, gold.end, f"{gold.actor} to {gold.recipient} told {got[0]} to {got[1]}")
        for what, wanted, told in (
            ("type", gold.type, event.type),
            ("status", gold.status, event.status),
            ("date", gold.date, event.date),
        ):
            if not result.count(what, wanted == told):
                result.miss(what, gold.start, gold.end, f"{wanted} told {told}")
        if gold.date:
            result.count("dated", gold.date == event.date)


def _same_pair(gold: GoldEvent, event: Event, names: Names) -> bool:
    wanted = names.codes(gold.actor), names.codes(gold.recipient)
    got = frozenset(map(names.code, event.actor)), frozenset(map(names.code, event.recipient))
    if gold.mode != "visit" and (gold.type in ("CONSULT", "COOPERATE") or (len(gold.actor) > 1 and not gold.recipient)):
        return wanted[0] | wanted[1] == got[0] | got[1]
    return wanted == got


def _agreement(gold: GoldEvent, event: Event, names: Names) -> int:
    return 2 * (gold.type == event.type) + _same_pair(gold, event, names)


def _invented(event: Event, page: Page) -> bool:
    """A year that neither the page's words nor its publication date give."""
    year = (event.date or "XXXX")[:4]
    return "X" not in year and year not in page.text and page.published is None


def _union(one: _Ranged, two: _Ranged) -> float:
    """Intersection over union."""
    shared = min(one.end, two.end) - max(one.start, two.start)
    return max(0, shared) / (max(one.end, two.end) - min(one.start, two.start))


def _mask(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    mask = bytearray(length)
    for start, end in spans:
        mask[start:end] = b"\1" * (end - start)
    return mask


def _innermost(length: int, spans: Sequence[tuple[int, int]]) -> list[int]:
    """For each character the index of the shortest span around it, or -1."""
    out = [-1] * length
    for index in sorted(range(len(spans)), key=lambda i: spans[i][0] - spans[i][1]):
        start, end = spans[index]
        out[start:end] = [index] * (end - start)
    return out


def _shown(text: str, start: int, end: int) -> str:
    before, inside, after = text[max(0, start - 40) : start], text[start:end], text[end : end + 30]
    if len(inside) > 160:
        inside = f"{inside[:100]} ... {inside[-50:]}"
    return re.sub(r"\s+", " ", f"{before}[{inside}]{after}")


def _share(what: str) -> Callable[[list[Tally]], float]:
    def score(tallies: list[Tally]) -> float:
        n = sum(t[f"{what}_n"] for t in tallies)
        return sum(t[f"{what}_right"] for t in tallies) / n if n else float("nan")

    return score


def _f1(what: str) -> Callable[[list[Tally]], float]:
    def score(tallies: list[Tally]) -> float:
        both = sum(t[f"{what}_gold"] + t[f"{what}_found"] for t in tallies)
        return 2 * sum(t[f"{what}_hit"] for t in tallies) / both if both else float("nan")

    return score


ROWS = (
    ("lines: article or junk", "line_accuracy", "lines", _share("line"), "line_n"),
    ("publication date", "published", "pages", _share("published"), "published_n"),
    ("innermost speaker, F1", "speaker_f1", "characters", _f1("speaker"), "speaker_gold"),
    ("  without own voice, F1", "told_f1", "characters", _f1("told"), "told_gold"),
    ("statement span met", "span", "statements", _share("span"), "span_n"),
    ("act", "act", "statements", _share("act"), "act_n"),
    ("form", "form", "statements", _share("form"), "form_n"),
    ("chain, exact", "chain", "statements", _share("chain"), "chain_n"),
    ("event found", "met", "events", _share("met"), "met_n"),
    ("event pair, F1", "pair_f1", "events", _f1("pair"), "pair_gold"),
    ("event type", "type", "events", _share("type"), "type_n"),
    ("event status", "status", "events", _share("status"), "status_n"),
    ("event date", "date", "events", _share("date"), "date_n"),
    ("  where one is told", "dated", "events", _share("dated"), "dated_n"),
)
NEVER = (
    ("statements inside junk", "junk_statements"),
    ("events without an actor", "no_actor"),
    ("years invented", "invented_years"),
)
CONTRACT = ("line_accuracy", "speaker_f1", "act", "chain", "pair_f1", "type", "status", "date")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "training" / "pages", help="folder of annotated pages")
    parser.add_argument("--seeds", type=Path, help="measure the seed pages in this folder, with seeds.json of --data")
    parser.add_argument("--base", help='another language base, e.g. "spacy:en_core_web_sm"')
    parser.add_argument("--errors", action="store_true", help="print each miss with its context")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    args = parser.parse_args()
    try:
        found = seeds(args.data / "seeds.json", args.seeds) if args.seeds else pages(args.data)
    except (BrokenPage, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    if not found:
        print(f"{args.data} holds no annotated pages: give training/pages with --data", file=sys.stderr)
        return 1
    base = load(args.base)
    results = [measure(page, base) for page in found]
    if args.errors:
        for result in results:
            print(f"{result.page.name} ({result.page.kind})", *result.misses, "", sep="\n")
    tallies = [result.tally for result in results]
    print(f"{len(found)} pages, {base.name}")
    print(
        table(
            [("what", "value", "n", "of", "95%")]
            + [
                (what, score(tallies), sum(t[n] for t in tallies), unit, interval(*bootstrap(tallies, score)))
                for what, _, unit, score, n in ROWS
                if any(t[n] for t in tallies)
            ]
            + [(what, sum(t[key] for t in tallies), "", "must be 0", "") for what, key in NEVER]
        )
    )
    figures = {key: score(tallies) for _, key, _, score, _ in ROWS}
    finish(args, {**{key: figures[key] for key in CONTRACT}, "n": len(found)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
