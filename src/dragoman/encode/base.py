"""The language base: one small encoder over a document, and the heads that read its word states.

The encoder is MiniLM (Wang et al. 2020) in int8 ONNX; the heads are matrices applied with numpy: sentence starts, tags,
biaffine dependencies (Dozat and Manning 2017), entities, and attribution roles with links from source and content to cue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime

from dragoman.encode import weights
from dragoman.encode.analysis import Analysis, Entity, RoleSpan, Token
from dragoman.encode.decode import Floats, bio_spans, tree
from dragoman.encode.labels import ENTITY, ROLES, UPOS
from dragoman.encode.lemmas import Lemmatizer
from dragoman.encode.pieces import Pieces, WordPieces
from dragoman.encode.tokens import paragraphs, tokenize
from dragoman.encode.windows import Window, following, pack
from dragoman.model import Span

BATCH = 256
"""Pieces a call of the encoder, padding included: about one window, which the processor's caches like best."""

AFTER_STOP = 1.0
"""Log odds added to a sentence start behind a full stop and before a capital or an opening mark; set on GUM and EWT dev."""
_CLOSING = frozenset(('"', "”", "’", "'", ")"))


@dataclass(slots=True)
class _Words:
    """Scores for the tokens of a document, filled window by window."""

    upos: Floats
    xpos: Floats
    entity: Floats
    role: Floats
    head: list[int]
    relation: list[str]
    link: list[int]
    sentences: list[tuple[int, int]]


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
        self._heads = self._weights.heads

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

    def _read(self, forms: list[str], lines: list[tuple[int, int]]) -> _Words:
        n = len(forms)
        costs = [len(self._pieces.of(form)) for form in forms]
        ends = {i: last for first, last in lines for i in range(first, last)}
        opens = {first for first, _ in lines}
        words = _Words(
            np.empty((n, len(UPOS)), np.float32),
            np.empty((n, len(self._weights.xpos)), np.float32),
            np.empty((n, len(ENTITY)), np.float32),
            np.empty((n, 9), np.float32),
            [-1] * n,
            [""] * n,
            [-1] * n,
            [],
        )
        pending = pack(lines, costs)
        while pending:
            later: list[Window] = []
            for window, states in self._states(pending, forms, opens):
                starts = self._starts(window, states, opens, forms)
                cut = window.last
                if window.open:
                    cut, after = following(window, starts, ends[window.keep], costs)
                    later.append(after)
                self._fill(words, window, states, [s for s in starts if window.keep <= s < cut], cut)
            pending = later
        words.sentences.sort()
        return words

    def _states(self, windows: list[Window], forms: list[str], opens: set[int]) -> list[tuple[Window, Floats]]:
        """Word states [last - first, width] of each window."""
        inputs = []
        for window in windows:
            bounds = [window.first, *(i for i in range(window.first + 1, window.last) if i in opens), window.last]
            runs = (forms[a:b] for a, b in pairwise(bounds))
            inputs.append((window, self._pieces.window(runs)))
        inputs.sort(key=lambda pair: len(pair[1].ids))
        out: list[tuple[Window, Floats]] = []
        batch: list[tuple[Window, Pieces]] = []
        for pair in inputs:
            if batch and (len(batch) + 1) * len(pair[1].ids) > BATCH:
                out += self._encode(batch)
                batch = []
            batch.append(pair)
        return out + self._encode(batch)

    def _encode(self, batch: list[tuple[Window, Pieces]]) -> list[tuple[Window, Floats]]:
        width = max(len(pieces.ids) for _, pieces in batch)
        ids = np.zeros((len(batch), width), np.int64)
        cases = np.zeros_like(ids)
        mask = np.zeros_like(ids)
        for row, (_, pieces) in enumerate(batch):
            ids[row, : len(pieces.ids)] = pieces.ids
            cases[row, : len(pieces.ids)] = pieces.cases
            mask[row, : len(pieces.ids)] = 1
        (states,) = self._session.run(None, {"ids": ids, "cases": cases, "mask": mask})
        return [(window, states[row, pieces.first]) for row, (window, pieces) in enumerate(batch)]

    def _starts(self, window: Window, states: Floats, opens: set[int], forms: list[str]) -> list[int]:
        scores = self._linear("start", states)
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
        words.upos[keep:cut] = self._linear("upos", part)
        words.xpos[keep:cut] = self._linear("xpos", part)
        words.entity[keep:cut] = self._linear("entity", part)
        words.role[keep:cut] = self._linear("role", part)
        self._fill_links(words, states, first, keep, cut)
        arc_d, arc_h = self._project("arc.dependent", part), self._project("arc.head", part)
        rel_d, rel_h = self._project("relation.dependent", part), self._project("relation.head", part)
        bounds = [*starts, cut] if starts and starts[0] == keep else [keep, *starts, cut]
        for a, b in pairwise(bounds):
            words.sentences.append((a, b))
            rows = slice(a - keep, b - keep)
            heads = tree(self._biaffine("arc", arc_d[rows], arc_h[rows]))
            names = self._labels(rel_d[rows], rel_h[rows], heads)
            for i, head in enumerate(heads):
                words.head[a + i] = int(head) + a if head >= 0 else -1
                words.relation[a + i] = names[i]

    def _fill_links(self, words: _Words, states: Floats, first: int, keep: int, cut: int) -> None:
        """For each word that may be part of a source or content: the first word of the cue it belongs to."""
        roles = self._linear("role", states).reshape(-1, 3, 3)
        cues = np.flatnonzero(roles[:, ROLES.index("cue")].argmax(1) == 1)
        if not len(cues):
            return
        scores = self._biaffine(
            "link", self._project("link.dependent", states), self._project("link.head", states[cues])
        )
        best = scores[:, 1:].argmax(1)
        for i in range(keep, cut):
            words.link[i] = first + int(cues[best[i - first]])

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

    def _linear(self, name: str, states: Floats) -> Floats:
        result: Floats = states @ self._heads[f"{name}.weight"] + self._heads[f"{name}.bias"]
        return result

    def _project(self, name: str, states: Floats) -> Floats:
        hidden = self._linear(name, states)
        result: Floats = hidden * _normal_cdf(hidden)
        return result

    def _biaffine(self, name: str, dependents: Floats, heads: Floats) -> Floats:
        padded = np.hstack([dependents, np.ones((len(dependents), 1), np.float32)])
        governors = np.vstack([self._heads[f"{name}.root"][None], heads])
        result: Floats = padded @ self._heads[f"{name}.weight"] @ governors.T
        return result

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
        return Analysis(
            text,
            tuple(tokens),
            tuple(words.sentences),
            tuple(lines),
            tuple(_entities(words)),
            tuple(_roles(words, lines)),
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


def _roles(words: _Words, lines: list[tuple[int, int]]) -> list[RoleSpan]:
    scores = words.role.reshape(-1, 3, 3)
    exp = np.exp(scores - scores.max(2, keepdims=True))
    probabilities = exp / exp.sum(2, keepdims=True)
    tags = scores.argmax(2)
    out = []
    for first, last in lines:
        for r, role in enumerate(ROLES):
            for a, b in bio_spans(tags[first:last, r].tolist()):
                start, end = first + a, first + b
                links = words.link[start:end]
                link = -1 if role == "cue" else max(set(links), key=lambda i: (links.count(i), -i))
                score = 1 - float(probabilities[start:end, r, 0].mean())
                out.append(RoleSpan(start, end, role, link, score))
    return sorted(out, key=lambda span: (span.start, span.end, span.role))


def _normal_cdf(x: Floats) -> Floats:
    """Gaussian distribution function by Abramowitz and Stegun 7.1.26 (error below 2e-7), for the GELU of the heads."""
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = 1 - poly * np.exp(-z * z)
    result: Floats = np.where(x < 0, (1 - erf) / 2, (1 + erf) / 2).astype(np.float32)
    return result
