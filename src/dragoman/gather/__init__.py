"""From files to documents: reading inputs, decoding, HTML to text, which lines are the article, language, metadata."""

from dragoman.gather.document import document
from dragoman.gather.language import language
from dragoman.gather.layout import Layout, article_spans
from dragoman.gather.openings import byline, dateline
from dragoman.gather.source import Failure, Source
from dragoman.gather.sources import sources

__all__ = ["Failure", "Layout", "Source", "article_spans", "byline", "dateline", "document", "language", "sources"]
