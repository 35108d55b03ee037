"""The project folder: what was read, kept in SQLite with its provenance, and asked for."""

from dragoman.record.decisions import Decided
from dragoman.record.filter import Filter
from dragoman.record.naming import Imprint, Naming
from dragoman.record.page import Provenance
from dragoman.record.passages import Passage
from dragoman.record.project import Project
from dragoman.record.relations import Relation
from dragoman.record.reviewed import Reviewed, Words
from dragoman.record.search import Hit
from dragoman.record.view import Failure, Kinship, Run
from dragoman.resolve.sources import IndependentSource

__all__ = [
    "Decided",
    "Failure",
    "Filter",
    "Hit",
    "Imprint",
    "IndependentSource",
    "Kinship",
    "Naming",
    "Passage",
    "Project",
    "Provenance",
    "Relation",
    "Reviewed",
    "Run",
    "Words",
]
