"""Event data that others made, as series to compare ours with: one module a format. Files are read and never kept.

A format is known by its columns, and not by the name of its file.
"""

from __future__ import annotations

from dragoman.exchange.incoming.coded import CodedEvent
from dragoman.exchange.incoming.series import FileRead, Theirs, read_theirs

__all__ = ["CodedEvent", "FileRead", "Theirs", "read_theirs"]
