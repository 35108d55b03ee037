"""Whom speakers in the UN Security Council criticise: our polarity against the sentences of unscon_train.csv.

    PYTHONPATH=src python bench/unscon.py [--data ../shared/data/stance/unscon_train.csv] [--errors] [--json]

Each speech is read as a verbatim record prints it: a headline, the president giving the floor to "Mr. Adlen,
representative of COUNTRY", the label "Mr. Adlen (COUNTRY):", then the annotated sentences in their order, one a line. A
label alone would tell the reader no country, and whose side a speaker is on decides whom his words are aimed at. The
speaker's name is ours. The country is that of the file's name: the column `country` contradicts it on nine rows of ten.
The corpus cuts speeches into pieces of which some are missing; those there stand one after the other. Blanks before
marks and within hyphenated words, which its tokenisation put there, are taken out, and a remark in brackets ("spoke in
French") stands on the line of the sentence behind it, as in the records.

- A sentence is negative in the gold where it has a negative evaluation (A0), and told negative where a statement that
  overlaps it is about somebody with polarity -1. Challenges and corrections alone (B1) are no evaluation of anybody.
- Target accuracy: of the gold-negative sentences with a target country (A4) that were told negative, the share where one
  of those whom the overlapping statements are against belongs to that country. Target recall: the same over all of them.
- Speaker's country: the share of sentences that lie in words of one who is read to be of the country that spoke.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from report import bootstrap, finish, interval, table

from dragoman.encode import LanguageBase, load
from dragoman.gather import Source, document
from dragoman.model import ActorType, Reading, Span
from dragoman.ontology.actors import find_names, state
from dragoman.read import read

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = frozenset(("file_id", "sentence_text", "filename", "A0", "A4"))
NONE = frozenset(("_", "-NONE-"))
SPEAKER = "Adlen"

Tally = Counter[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    negative: bool
    target: str | None
    """ISO3 of the country that it is against."""


@dataclass(slots=True)
class Speech:
    """The annotated sentences of one speech, and the ISO3 of the country that speaks."""

    name: str
    country: str
    sentences: list[Sentence] = field(default_factory=list)

    def transcript(self) -> tuple[str, list[Span]]:
        """The speech as a verbatim record prints it, and where each sentence stands in it."""
        name = state(self.country).name
        whose = f"the {name}" if name.startswith("United") else name
        text = (
            "Provisional record of a meeting of the Security Council\n\n"
            f"The President: I give the floor to Mr. {SPEAKER}, representative of {whose}.\n\n"
            f"Mr. {SPEAKER} ({whose}): "
        )
        spans: list[Span] = []
        for sentence in self.sentences:
            spans.append((len(text), len(text) + len(sentence.text)))
            remark = sentence.text.startswith("(") and sentence.text.endswith(")")
            text += sentence.text + (" " if remark else "\n")
        return text, spans


def speeches(path: Path) -> list[Speech]:
    """The speeches of a file of UNSCon, in its order. Raises ValueError where its columns or countries are not known."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if not rows or not rows[0].keys() >= COLUMNS:
        raise ValueError(f"{path} is no file of UNSCon: it wants the columns {', '.join(sorted(COLUMNS))}")
    order = {name: n for n, name in enumerate(dict.fromkeys(row["filename"] for row in rows))}
    rows.sort(key=lambda row: (order[row["filename"]], row["file_id"]))  # stable: sentences keep their order
    found: dict[str, Speech] = {}
    for row in rows:
        name = row["filename"]
        if name not in found:
            found[name] = Speech(name, code(row["file_id"].removeprefix(name)))
        target = None if row["A4"] in NONE else code(row["A4"].title())
        found[name].sentences.append(Sentence(plain(row["sentence_text"]), row["A0"] not in NONE, target))
    return list(found.values())


def code(name: str) -> str:
    """The ISO3 of a country as UNSCon writes it: "russian_federation", "_Ukraine2_01_GD.txt". Raises ValueError."""
    words = re.findall("[A-Z][a-z]+", name)
    for _, _, names in find_names(words):
        for listed in names:
            if listed.actor.type is ActorType.STATE and listed.actor.country:
                return listed.actor.country
    raise ValueError(f"{name!r} names no country that the ontology knows")


def plain(tokens: str) -> str:
    """A tokenised sentence as it is written: "Russia 's anti - Semitic forces ,  " becomes "Russia's anti-Semitic forces,"."""
    text = re.sub(r"(?<=\w) ([-/]) (?=\w)", r"\1", tokens.strip())
    text = _quoted(re.sub(r"\s+", " ", text))
    return re.sub(r" (?=[.,;:?!)]|'s?(?:\W|$)|n't\b)|(?<=\() ", "", text)


def _quoted(text: str) -> str:
    """`text` with its quotation marks beside what they hold. One without a partner closes, save at a beginning or a colon."""
    out, *parts = text.split('"')
    inside = len(parts) % 2 == 1 and not re.search(r"(?:^|[:,]) *$", out)
    for part in parts:
        inside = not inside
        out = f'{out}"{part.lstrip()}' if inside else f'{out.rstrip()}"{part}'
    return out


def measure(speech: Speech, base: LanguageBase) -> tuple[Tally, list[str]]:
    """Reads one speech; its counts, and its misses in words."""
    text, spans = speech.transcript()
    reading = read(document(Source(f"{speech.name}.txt", text)), base)
    tally: Tally = Counter()
    misses = []
    for sentence, span in zip(speech.sentences, spans, strict=True):
        against = blamed(reading, span)
        told, target = against is not None, sentence.target if sentence.negative else None
        tally["n"] += 1
        tally["hit"] += told and sentence.negative
        tally["told"] += told
        tally["gold"] += sentence.negative
        tally["targets"] += target is not None
        tally["reached"] += target is not None and told
        tally["right"] += target is not None and target in (against or ())
        tally["own"] += speech.country in _speaking(reading, span)
        wrong = target is not None and told and target not in (against or ())
        if told != sentence.negative or wrong:
            what = "wrong target" if wrong else "missed" if sentence.negative else "not negative"
            found = f", told {' '.join(sorted(x or '?' for x in against))}" if against is not None else ""
            misses.append(f"  {what}: {target or '-'}{found}: {sentence.text}")
    return tally, misses


def blamed(reading: Reading, span: Span) -> frozenset[str | None] | None:
    """The countries of those whom the statements over `span` are against; None where they are against nobody."""
    country = {actor.id: actor.country for actor in reading.actors}
    over = (s for s in reading.statements if s.start < span[1] and span[0] < s.end)
    found = [country.get(about.actor) for s in over for about in s.about if about.polarity < 0]
    return frozenset(found) if found else None


def _speaking(reading: Reading, span: Span) -> set[str | None]:
    country = {actor.id: actor.country for actor in reading.actors}
    return {
        country.get(s.speaker.actor)
        for s in reading.statements
        if s.speaker.actor is not None and s.start < span[1] and span[0] < s.end
    }


def _ratio(above: str, below: str) -> Callable[[list[Tally]], float]:
    def score(tallies: list[Tally]) -> float:
        n = sum(t[below] for t in tallies)
        return sum(t[above] for t in tallies) / n if n else float("nan")

    return score


def _f1(tallies: list[Tally]) -> float:
    both = sum(t["told"] + t["gold"] for t in tallies)
    return 2 * sum(t["hit"] for t in tallies) / both if both else float("nan")


ROWS: tuple[tuple[str, str, Callable[[list[Tally]], float], str], ...] = (
    ("negative, precision", "negative_precision", _ratio("hit", "told"), "told"),
    ("negative, recall", "negative_recall", _ratio("hit", "gold"), "gold"),
    ("negative, F1", "negative_f1", _f1, "n"),
    ("target, accuracy where told negative", "target_accuracy", _ratio("right", "reached"), "reached"),
    ("target, recall", "target_recall", _ratio("right", "targets"), "targets"),
    ("speaker's country", "speaker_country", _ratio("own", "n"), "n"),
)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared/data/stance/unscon_train.csv", help="unscon_train.csv"
    )
    options.add_argument("--sentences", type=int, metavar="N", help="read only the first N speeches, for a quick look")
    options.add_argument("--errors", action="store_true", help="print each sentence that is told wrongly")
    options.add_argument("--json", action="store_true", help="print the figures as one object on the last line")
    args = options.parse_args()
    try:
        found = speeches(args.data)[: args.sentences]
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    base = load()
    results = [measure(speech, base) for speech in found]
    if args.errors:
        for speech, (_, misses) in zip(found, results, strict=True):
            print(f"{speech.name} ({speech.country})", *misses, "", sep="\n")
    tallies = [tally for tally, _ in results]
    n = sum(tally["n"] for tally in tallies)
    print(f"{len(found)} speeches, {n} sentences, {base.name}")
    print(
        table(
            [("what", "value", "n", "95%")]
            + [
                (what, score(tallies), sum(t[below] for t in tallies), interval(*bootstrap(tallies, score)))
                for what, _, score, below in ROWS
            ]
        )
    )
    figures: dict[str, object] = {key: score(tallies) for _, key, score, _ in ROWS}
    finish(args, figures | {"n": n, "speeches": len(found)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
