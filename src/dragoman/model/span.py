"""Spans: half-open ranges of Unicode code points in a document's text."""

Span = tuple[int, int]
