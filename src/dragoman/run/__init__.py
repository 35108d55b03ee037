"""Runs the reading: of one text here, of many documents in processes, resumable and with a row for each failure."""

from dragoman.run.local import Limits, Outcome, read_into
from dragoman.run.one import read_one
from dragoman.run.reader import Reader, plugged

__all__ = ["Limits", "Outcome", "Reader", "plugged", "read_into", "read_one"]
