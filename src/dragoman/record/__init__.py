"""The project folder: what was read, kept in SQLite with its provenance, and asked for."""

from dragoman.record.filter import Filter
from dragoman.record.project import Project
from dragoman.record.relations import Relation
from dragoman.record.view import Failure, Kinship, Run

__all__ = ["Failure", "Filter", "Kinship", "Project", "Relation", "Run"]
