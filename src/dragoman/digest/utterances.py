"""Statements that say the same: the words of one speaker with one act, in however many documents they stand."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.model import Statement
from dragoman.ontology.fold import fold


def utterances(statements: Iterable[Statement]) -> list[tuple[str, Statement]]:
    """Statements by their key, which the same words of one speaker with one act share, in however many documents they stand;
    of those that share it, the first by document and place."""
    found: dict[str, Statement] = {}
    for one in statements:
        key = utterance(one)
        if key not in found or _where(one) < _where(found[key]):
            found[key] = one
    return sorted(found.items())


def utterance(statement: Statement) -> str:
    """What tells a statement from others, wherever it stands: speaker, act and words."""
    words = " ".join((fold(statement.text) or "").strip("\"'“”‘’«».,;:!? ").split())
    return "\t".join((statement.speaker.actor or fold(statement.speaker.name) or "", statement.act.value, words))


def _where(statement: Statement) -> tuple[str, int, int, str]:
    return statement.document, statement.start, statement.end, statement.id
