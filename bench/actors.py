"""Whose an actor phrase is: its country at the date of the text.

    PYTHONPATH=src python bench/actors.py [--data FILE] [--errors] [--json]

FILE is a TSV with a header and the columns phrase, date (EDTF, may be empty) and country (ISO 3166 alpha-3, or UNO, EUR,
IGO ...; empty: the phrase names no country, and none must be told), or the JSON of ngec_actor_gold. Default:
bench/actors-test.tsv, whose author saw neither the lists nor bench/actors.tsv, on whose errors the rules were made. `right`,
`wrong` and `abstained` are shares of all cases; to abstain where there is no country is right.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report import bootstrap, finish, interval, table

from dragoman.resolve.mentions import resolve_mention

TODAY = "2022-10-01"
"""The day that the cases of ngec_actor_gold call today."""
OWN = Path(__file__).parent / "actors-test.tsv"


@dataclass(frozen=True, slots=True)
class Case:
    phrase: str
    date: str | None
    country: str | None


def cases(path: Path) -> list[Case]:
    if path.suffix == ".json":
        return [case for row in json.loads(path.read_text("utf-8")) if (case := _public(row))]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    if not rows or not {"phrase", "date", "country"} <= rows[0].keys():
        raise SystemExit(f"{path} has no columns phrase, date, country")
    return [Case(row["phrase"], row["date"] or None, row["country"] or None) for row in rows]


def _public(row: dict[str, Any]) -> Case | None:
    """A case of ngec_actor_gold that expects a country: those without one mean "not asked" as often as "none". Cases that
    are given a country as context are left out."""
    expected, given, args = row["expect"], row["kw"], [*row["args"], "", ""]
    country = expected.get("country") or expected.get("cc")
    if not country or len(country) != 3 or args[0]:
        return None
    return Case(row["text"], _edtf(given.get("query_date") or args[1]), country)


def _edtf(date: str) -> str | None:
    """ "10 May 2015" and "October 1, 2021" as EDTF; as EDTF."""
    months = "January February March April May June July August September October November December".split()
    parts = date.replace(",", " ").split()
    month = next((name for name in months if name in parts), None)
    if month:
        year = next(part for part in parts if len(part) == 4 and part.isdigit())
        day = next(part for part in parts if len(part) < 3)
        return f"{year}-{months.index(month) + 1:02}-{int(day):02}"
    return TODAY if date in ("", "today") else date


def verdict(case: Case) -> str:
    told = resolve_mention(case.phrase, case.date).country
    if told == case.country:
        return "right"
    return "wrong" if told else "abstained"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=OWN)
    options.add_argument("--errors", action="store_true", help="print what was not right")
    options.add_argument("--json", action="store_true")
    args = options.parse_args()
    given = cases(args.data)
    verdicts = [verdict(case) for case in given]
    if args.errors:
        for case, found in zip(given, verdicts, strict=True):
            if found != "right":
                told = resolve_mention(case.phrase, case.date)
                print(f"{found:9}  {case.phrase!r} ({case.date}): {case.country}, told {told.country} ({told.why})")
    counts = Counter(verdicts)
    rows: list[list[object]] = [["country of a phrase", "share", "n", "95%"]]
    shares = {}
    for name in ("right", "wrong", "abstained"):
        shares[name] = counts[name] / len(given)
        low, high = bootstrap(verdicts, lambda drawn, name=name: drawn.count(name) / len(drawn))  # type: ignore[misc]
        rows.append([name, shares[name], len(given), interval(low, high)])
    print(table(rows))
    finish(args, {**shares, "n": len(given)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
