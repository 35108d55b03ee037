"""A reader that asks a model who said what and what happened. Who is who and when, our own language base tells."""

from __future__ import annotations

from dragoman.ask.asking import tell
from dragoman.ask.ledger import Ledger, Spent
from dragoman.ask.options import AskOptions
from dragoman.ask.prompt import version
from dragoman.ask.rows import rows
from dragoman.ask.windows import windows
from dragoman.encode import LanguageBase
from dragoman.model import Document, Reading
from dragoman.read import reader_name
from dragoman.read.material import dated, finished, material


class ModelReader:
    """Follows `dragoman.read.DocumentReader`."""

    def __init__(self, options: AskOptions, base: LanguageBase) -> None:
        self._options = options
        self._base = base

    @property
    def name(self) -> str:
        return f"{reader_name(self._base)}, asked {self._options.model} (prompt {version()})"

    def read(self, document: Document) -> Reading:
        """What the model says of a document. Raises AnswerError where it gives no answer to a part of it."""
        document = dated(document)
        found = material(document, self._base)
        if isinstance(found, str):
            return Reading(document, self.name, notes=(found,))
        sentences = [found.index.span(sentence) for sentence in found.analysis.sentences]
        told = tuple(tell(document.text, tuple(windows(sentences)), self._options))
        made = rows(found, told)
        Ledger(self._options.ledger).note(Spent(rows=made.given, dropped=made.dropped))
        notes = (
            f"{made.dropped} of {made.given} statements and events were dropped: not in the text, or without a known actor",
        )
        return finished(found, self.name, made.statements, made.events, notes if made.dropped else ())
