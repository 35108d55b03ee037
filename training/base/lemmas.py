"""Makes the table of lemmas from the train treebanks, and measures it on the dev treebanks with their own tags.

    python training/base/lemmas.py --data ../shared/data

Writes `lemmas.tsv` into the data folder of the package, from the treebanks and the package's own `irregular.tsv`: rows
of `tag, form, lemma` where the rules of `dragoman.encode.lemmas` go wrong, and `tag, form` for base forms that they
count on. Prints the share of words with the right lemma on EWT dev and GUM dev.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from conllu import TreeDocument, Word, read_treebank
from dragoman.encode.lemmas import BASE_TAG, Lemmatizer

LOWER_BASES = {"VB": "VB", "VBP": "VB", "NN": "NN", "JJ": "JJ", "RB": "JJ"}
"""Tags whose forms, written small and being their own lemma, are base forms, and the tag they are listed under."""


Entry = tuple[str, str, str, str]
Table = dict[tuple[str, str], str]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--package", type=Path, default=Path("packages/dragoman-weights-en"))
    args = options.parse_args()
    banks = args.data / "treebank"
    table = args.package / "src" / "dragoman_weights_en" / "data" / "lemmas.tsv"
    words, single = shared(banks / "ewt-train.conllu", banks / "gumclean-train.conllu")
    listed = irregular(args.package / "irregular.tsv")
    bases = base_forms(words, single, listed)
    write(table, bases, listed)
    write(table, bases, exceptions(words, single, Lemmatizer(table)) | listed)
    print(f"{table}: {table.stat().st_size:,} bytes")
    lemmatizer = Lemmatizer(table)
    for name in ("ewt-dev", "gumclean-dev"):
        words_of = [word for document in read_treebank(banks / f"{name}.conllu") for word in _words(document)]
        right = sum(lemmatizer.lemma(w.form, w.upos, w.xpos) == w.lemma for w in words_of)
        print(f"{name}: {right / len(words_of):.4f} of {len(words_of):,} words")


def _words(document: TreeDocument) -> Iterator[Word]:
    return (word for sentence in document.sentences for word in sentence.words)


def shared(*paths: Path) -> tuple[Counter[Entry], set[Entry]]:
    """Words with tags and lemma, counted, and those that one document alone has: its slips are to teach nothing."""
    times: Counter[Entry] = Counter()
    documents: Counter[Entry] = Counter()
    for path in paths:
        for document in read_treebank(path):
            entries = [(w.form.replace("’", "'"), w.upos, w.xpos, w.lemma) for w in _words(document)]
            times.update(entries)
            documents.update(set(entries))
    return times, {entry for entry, n in documents.items() if n == 1}


def irregular(path: Path) -> Table:
    """Lemmas of irregular forms, from our own list. Where several verbs share a form, the first keeps it."""
    columns = {"VB": ("VBD", "VBN"), "NN": ("NNS",), "JJ": ("JJR", "JJS")}
    table: Table = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        tag, base, *groups = line.split("\t")
        for inflected, forms in zip(columns[tag], groups, strict=True):
            for form in forms.split():
                table.setdefault((form, inflected), base)
    return table


def base_forms(words: Iterable[Entry], single: set[Entry], listed: Table) -> set[tuple[str, str]]:
    """Base forms with the tag they are listed under; those of inflected forms only if several documents have them."""
    bases = {(lemma, BASE_TAG[tag]) for (_, tag), lemma in listed.items()}
    for entry in words:
        form, _, xpos, lemma = entry
        tag = LOWER_BASES.get(xpos) if form == lemma else BASE_TAG.get(xpos) if entry not in single else None
        if tag and lemma.isalpha() and lemma.islower() and len(lemma) > 1:
            bases.add((lemma, tag))
    return bases


def exceptions(words: Counter[Entry], single: set[Entry], rules: Lemmatizer) -> Table:
    """The commonest lemma of each lower-cased form and tag, where the rules mostly give another."""
    lemmas: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    ruled: Counter[tuple[str, str]] = Counter()
    for entry, times in words.items():
        form, upos, xpos, lemma = entry
        if entry in single or xpos in ("NNP", "GW") or upos in ("X", "PUNCT", "SYM") or "_" in (form, lemma):
            continue
        if xpos in ("JJ", "NN", "NNS") and lemma != form.lower() == lemma.lower():
            continue  # capitals are for the rules, so that all demonyms fare alike
        key = form.lower(), xpos
        lemmas[key][lemma] += times
        if rules.lemma(form, upos, xpos) == lemma:
            ruled[key] += times
    best = {key: found.most_common(1)[0] for key, found in lemmas.items()}
    return {key: lemma for key, (lemma, times) in best.items() if times > 2 * ruled[key]}


def write(path: Path, bases: set[tuple[str, str]], lemmas: Table) -> None:
    rows = [f"{tag}\t{form}" for form, tag in bases]
    rows += [f"{tag}\t{form}\t{lemma}" for (form, tag), lemma in lemmas.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(sorted(rows)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
