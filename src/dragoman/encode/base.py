"""The language base: one small encoder over a document, and the heads that read its word states.

The encoder is MiniLM (Wang et al. 2020) in int8 ONNX; the heads are matrices applied with numpy: sentence starts, tags,
biaffine dependencies (Dozat and Manning 2017) and entities from the states of the encoder's layers, all that concerns
statements from those of two layers above them, and events from those of layers that branch off after the encoder's first two.
Whether a place's name means those who govern it is read from all three, the act of what is said from language and events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime

from dragoman.encode import events, statements, weights
from dragoman.encode.acts import acts, reads
from dragoman.encode.analysis import Analysis, Between, Entity, Meant, Token
from dragoman.encode.decode import Floats, tree
from dragoman.encode.disguise import disguised
from dragoman.encode.heads import Heads
from dragoman.encode.labels import ENTITY, UPOS
from dragoman.encode.lemmas import Lemmatizer
from dragoman.encode.pieces import Pieces, WordPieces
from dragoman.encode.tokens import paragraphs, tokenize
from dragoman.encode.windows import Window, following, pack
from dragoman.model import Span

BATCH = 256
"""Pieces a call of the encoder, padding included: about one window, which the processor's caches like best."""

AFTER_STOP = 1.0
"""Log odds added to a sentence start behind a full stop and before a capital or an opening mark; set on GUM and EWT dev."""
MEANT = ("voice", "polarity", "condition", "relay")
"""Heads that label single words of statements, in the order of the fields of `Meant` behind the acts."""
_CLOSING = frozenset(('"', "”", "’", "'", ")"))


States = tuple[Window, Floats, Floats, Floats]


@dataclass(slots=True)
class _Words:
    """Scores for the tokens of a document, filled window by window."""

    upos: Floats
    xpos: Floats
    entity: Floats
    language: Floats
    said: Floats
    happened: Floats
    head: list[int]
    relation: list[str]
    sentences: list[tuple[int, int]]

    def together(self) -> Floats:
        """States for language, statements and events side by side, [N, 3 * width]."""
        return np.hstack([self.language, self.said, self.happened])


class Base:
    """Analyzes English text with the installed weights. One thread a session: parallel work is done by processes."""

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        self._weights = weights.load(folder or weights.directory())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = self._weights.directory / "encoder.onnx"
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._pieces = WordPieces(self._weights.directory / "tokenizer.json")
        self._lemmas = Lemmatizer(self._weights.directory / "lemmas.tsv")
        self._heads = Heads(self._weights.heads)

    @property
    def name(self) -> str:
        return f"dragoman-weights-en {self._weights.version}"

    def analyze(self, text: str, spans: Sequence[Span]) -> Analysis:
        """See `LanguageBase.analyze`. Time grows linearly with the text."""
        tokens: list[Span] = []
        lines: list[tuple[int, int]] = []
        for start, end in spans:
            for first, last in paragraphs(text[start:end]):
                before = len(tokens)
                tokens += tokenize(text, start + first, start + last)
                lines.append((before, len(tokens)))
        if not tokens:
            return Analysis(text)
        forms = [text[s:e] for s, e in tokens]
        words = self._read(forms, lines)
        return self._analysis(text, tokens, forms, lines, words)

    def between(self, text: str, actor: Sequence[Span], recipient: Sequence[Span]) -> Between:
        """What is between two parties of a sentence, given by where they stand in it; either may be unknown (empty)."""
        tokens = tokenize(text)
        if not tokens:
            raise ValueError("an empty sentence")
        states = self._read([text[s:e] for s, e in tokens], [(0, len(tokens))]).happened
        sides = (
            [i for i, (s, e) in enumerate(tokens) if any(s < b and a < e for a, b in x)] for x in (actor, recipient)
        )
        return events.between(self._heads, states, *sides)

    def word_states(self, text: str) -> tuple[list[Span], Floats]:
        """The tokens of a paragraph, and their states for language, statements and events side by side: what a head that
        reads all three is trained on."""
        tokens = tokenize(text)
        words = self._read([text[s:e] for s, e in tokens], [(0, len(tokens))])
        return tokens, words.together()

    def _read(self, forms: list[str], lines: list[tuple[int, int]]) -> _Words:
        n = len(forms)
        forms = disguised(forms)
        costs = [len(self._pieces.of(form)) for form in forms]
        ends = {i: last for first, last in lines for i in range(first, last)}
        opens = {first for first, _ in lines}
        width = self._heads["role.weight"].shape[0]
        words = _Words(
            np.empty((n, len(UPOS)), np.float32),
            np.empty((n, len(self._weights.xpos)), np.float32),
            np.empty((n, len(ENTITY)), np.float32),
            np.empty((n, width), np.float32),
            np.empty((n, width), np.float32),
            np.empty((n, width), np.float32),
            [-1] * n,
            [""] * n,
            [],
        )
        pending = pack(lines, costs)
        while pending:
            later: list[Window] = []
            for window, states, said, told in self._states(pending, forms, opens):
                starts = self._starts(window, states, opens, forms)
                cut = window.last
                if window.open:
                    cut, after = following(window, starts, ends[window.keep], costs)
                    later.append(after)
                words.said[window.keep : cut] = said[window.keep - window.first : cut - window.first]
                words.happened[window.keep : cut] = told[window.keep - window.first : cut - window.first]
                self._fill(words, window, states, [s for s in starts if window.keep <= s < cut], cut)
            pending = later
        words.sentences.sort()
        return words

    def _states(self, windows: list[Window], forms: list[str], opens: set[int]) -> list[States]:
        """Word states [last - first, width] of each window, for language, for statements and for events."""
        inputs = []
        for window in windows:
            bounds = [window.first, *(i for i in range(window.first + 1, window.last) if i in opens), window.last]
            runs = (forms[a:b] for a, b in pairwise(bounds))
            inputs.append((window, self._pieces.window(runs)))
        inputs.sort(key=lambda pair: len(pair[1].ids))
        out: list[States] = []
        batch: list[tuple[Window, Pieces]] = []
        for pair in inputs:
            if batch and (len(batch) + 1) * len(pair[1].ids) > BATCH:
                out += self._encode(batch)
                batch = []
            batch.append(pair)
        return out + self._encode(batch)

    def _encode(self, batch: list[tuple[Window, Pieces]]) -> list[States]:
        width = max(len(pieces.ids) for _, pieces in batch)
        ids = np.zeros((len(batch), width), np.int64)
        cases = np.zeros_like(ids)
        mask = np.zeros_like(ids)
        for row, (_, pieces) in enumerate(batch):
            ids[row, : len(pieces.ids)] = pieces.ids
            cases[row, : len(pieces.ids)] = pieces.cases
            mask[row, : len(pieces.ids)] = 1
        found = self._session.run(["states", "said", "happened"], {"ids": ids, "cases": cases, "mask": mask})
        states, said, told = found
        return [
            (window, states[row, pieces.first], said[row, pieces.first], told[row, pieces.first])
            for row, (window, pieces) in enumerate(batch)
        ]

    def _starts(self, window: Window, states: Floats, opens: set[int], forms: list[str]) -> list[int]:
        scores = self._heads.linear("start", states)
        margins = (scores[:, 1] - scores[:, 0]).tolist()
        return [
            i
            for i, margin in enumerate(margins, window.first)
            if i == window.first or i in opens or margin + AFTER_STOP * _after_stop(forms, i, window.first) > 0
        ]

    def _fill(self, words: _Words, window: Window, states: Floats, starts: list[int], cut: int) -> None:
        keep, first = window.keep, window.first
        part = states[keep - first : cut - first]
        if not len(part):
            return
        words.language[keep:cut] = part
        words.upos[keep:cut] = self._heads.linear("upos", part)
        words.xpos[keep:cut] = self._heads.linear("xpos", part)
        words.entity[keep:cut] = self._heads.linear("entity", part)
        arc_d, arc_h = self._heads.project("arc.dependent", part), self._heads.project("arc.head", part)
        rel_d, rel_h = self._heads.project("relation.dependent", part), self._heads.project("relation.head", part)
        bounds = [*starts, cut] if starts and starts[0] == keep else [keep, *starts, cut]
        for a, b in pairwise(bounds):
            words.sentences.append((a, b))
            rows = slice(a - keep, b - keep)
            heads = tree(self._heads.biaffine("arc", arc_d[rows], arc_h[rows]))
            names = self._labels(rel_d[rows], rel_h[rows], heads)
            for i, head in enumerate(heads):
                words.head[a + i] = int(head) + a if head >= 0 else -1
                words.relation[a + i] = names[i]

    def _labels(
        self, dependents: Floats, heads: Floats, tree_: np.ndarray[tuple[int], np.dtype[np.int64]]
    ) -> list[str]:
        governors = np.concatenate([self._heads["relation.root"][None], heads])[tree_ + 1]
        ones = np.ones((len(dependents), 1), np.float32)
        left, right = np.hstack([dependents, ones]), np.hstack([governors, ones])
        weight = self._heads["relation.weight"]
        size, labels = weight.shape[1], weight.shape[0]
        flat = left @ weight.transpose(1, 0, 2).reshape(size, labels * size)
        scores = np.einsum("nre,ne->nr", flat.reshape(-1, labels, size), right)
        root = self._weights.relations.index("root")
        scores[:, root] = -np.inf
        names = [self._weights.relations[i] for i in scores.argmax(1)]
        return ["root" if head < 0 else name for head, name in zip(tree_, names, strict=True)]

    def _analysis(
        self, text: str, spans: list[Span], forms: list[str], lines: list[tuple[int, int]], words: _Words
    ) -> Analysis:
        upos = [UPOS[i] for i in words.upos.argmax(1)]
        xpos = [self._weights.xpos[i] for i in words.xpos.argmax(1)]
        tokens = []
        children: list[list[int]] = [[] for _ in forms]
        for i, (start, end) in enumerate(spans):
            lemma = self._lemmas.lemma(forms[i], upos[i], xpos[i])
            head = words.head[i]
            tokens.append(Token(start, end, forms[i], lemma, upos[i], xpos[i], head, words.relation[i]))
            if head >= 0:
                children[head].append(i)
        roles = statements.roles(self._heads, words.said, lines)
        return Analysis(
            text,
            tuple(tokens),
            tuple(words.sentences),
            tuple(lines),
            tuple(_entities(words)),
            roles,
            statements.attributions(self._heads, words.said, lines, roles),
            statements.who(self._heads, words.said, lines),
            Meant(
                acts(self._heads, reads(words.language, words.happened), tokens),
                *(self._heads.probabilities(name, words.said) for name in MEANT),
            ),
            events.happened(self._heads, words.happened, words.sentences),
            self._heads.probabilities("metonym", words.together())[:, 1],
            tuple(map(tuple, children)),
        )


def _after_stop(forms: list[str], i: int, first: int) -> bool:
    before = i - 1
    while before > first and forms[before] in _CLOSING:
        before -= 1
    return before >= first and forms[before] in (".", "?", "!") and (forms[i][:1].isupper() or forms[i] in ('"', "“"))


def _entities(words: _Words) -> list[Entity]:
    best = words.entity.argmax(1)
    out: list[Entity] = []
    for first, last in words.sentences:
        start = -1
        for i in range(first, last + 1):
            label = ENTITY[best[i]] if i < last else "O"
            if start >= 0 and (label[0] != "I" or label[2:] != ENTITY[best[start]][2:]):
                out.append(Entity(start, i, ENTITY[best[start]][2:]))
                start = -1
            if label != "O" and start < 0:
                start = i
    return out
