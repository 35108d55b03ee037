"""How well whole pages are read: our annotated pages (training/pages) against what gather and read make of them.

    PYTHONPATH=src python bench/pages.py [--data training/pages] [--seeds DIR] [--errors] [--json]

Every figure stands with its sample size and a bootstrap interval over pages. How each is counted:

- lines: non-blank lines told rightly article or junk; a line that holds both counts as most of its characters do.
- speaker, act, form, chain: as said.py says.
- events: as happened.py says.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from happened import events
from report import bootstrap, finish, interval, table
from said import ROOT, Result, f1, lines, share, speakers, statements

from dragoman.encode import LanguageBase, load
from dragoman.gather import Source, document
from dragoman.model import Event, Reading
from dragoman.read import read

sys.path.append(str(ROOT / "training" / "pages"))
from compare import Names
from gold import BrokenPage, Page
from load import pages
from standoff import seeds


def measure(page: Page, base: LanguageBase) -> Result:
    """Reads one page and tallies it against its gold."""
    reading = read(document(Source(f"{page.name}.txt", page.text)), base)
    result = Result(page)
    names = Names(page, reading)
    lines(result, reading)
    _published(result, reading)
    speakers(result, reading, names)
    statements(result, reading, names)
    _unlikely(result, reading)
    if page.has_events:
        events(result, reading, names)
    return result


def _published(result: Result, reading: Reading) -> None:
    page, found = result.page, reading.document.published.value
    if page.basis != "unmarked" and not result.count("published", found == page.published):
        result.miss("published", 0, 0, f"{page.published} told {found}")


def _unlikely(result: Result, reading: Reading) -> None:
    """Events that must not be."""
    result.tally["no_actor"] += sum(not event.actor for event in reading.events)
    result.tally["invented_years"] += sum(_invented(event, result.page) for event in reading.events)


def _invented(event: Event, page: Page) -> bool:
    """A year that neither the page's words nor its publication date give."""
    year = (event.date or "XXXX")[:4]
    return "X" not in year and year not in page.text and page.published is None


ROWS = (
    ("lines: article or junk", "line_accuracy", "lines", share("line"), "line_n"),
    ("publication date", "published", "pages", share("published"), "published_n"),
    ("innermost speaker, F1", "speaker_f1", "characters", f1("speaker"), "speaker_gold"),
    ("  without own voice, F1", "told_f1", "characters", f1("told"), "told_gold"),
    ("statement span met", "span", "statements", share("span"), "span_n"),
    ("act", "act", "statements", share("act"), "act_n"),
    ("form", "form", "statements", share("form"), "form_n"),
    ("chain, exact", "chain", "statements", share("chain"), "chain_n"),
    ("event found", "met", "events", share("met"), "met_n"),
    ("event pair, F1", "pair_f1", "events", f1("pair"), "pair_gold"),
    ("  events told that meet some", "told", "events", share("told"), "told_n"),
    ("event type", "type", "events", share("type"), "type_n"),
    ("event status", "status", "events", share("status"), "status_n"),
    ("event date", "date", "events", share("date"), "date_n"),
    ("  where one is told", "dated", "events", share("dated"), "dated_n"),
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
