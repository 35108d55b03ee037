"""Where tokens stand: lookups between characters, tokens, sentences and paragraphs of an analysis."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from dragoman.encode import Analysis
from dragoman.model import Span

Range = tuple[int, int]
"""Token indices `[first, last + 1)`."""


class Index:
    """Binary searches over one analysis."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self._starts = [token.start for token in analysis.tokens]
        self._ends = [token.end for token in analysis.tokens]
        self._sentences = [start for start, _ in analysis.sentences]
        self._paragraphs = [start for start, _ in analysis.paragraphs]

    def tokens(self, span: Span) -> Range:
        """The tokens that lie at least partly in a span of characters."""
        return bisect_right(self._ends, span[0]), bisect_left(self._starts, span[1])

    def span(self, tokens: Range) -> Span:
        """The characters of a range of tokens that is not empty."""
        return self._starts[tokens[0]], self._ends[tokens[1] - 1]

    def sentence(self, token: int) -> int:
        return bisect_right(self._sentences, token) - 1

    def paragraph(self, token: int) -> int:
        return bisect_right(self._paragraphs, token) - 1

    def sentence_range(self, token: int) -> Range:
        return self.analysis.sentences[self.sentence(token)]

    def paragraph_range(self, token: int) -> Range:
        return self.analysis.paragraphs[self.paragraph(token)]
