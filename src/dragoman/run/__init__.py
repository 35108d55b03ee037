"""Runs the reading: of one text here, of many documents in processes, resumable and with a row for each failure."""

from dragoman.run.local import Limits, Outcome, read_into
from dragoman.run.one import read_one
from dragoman.run.reader import Reader

__all__ = ["Limits", "Outcome", "Reader", "read_into", "read_one"]
