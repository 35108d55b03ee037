"""The one way to fail: `DragomanError` and its children. A message says what happened, to which input, and what to do."""


class DragomanError(Exception):
    """Anything that Dragoman itself finds wrong. The command line prints it without a traceback."""


class InputError(DragomanError):
    """An input cannot be read: missing, binary, empty, too large, of an unknown encoding. In a batch: a row of the report."""


class AnswerError(InputError):
    """A model that was asked about a text gave no answer that can be used. `problem` is the reason in a word; `again` tells
    whether it may be asked once more."""

    def __init__(self, problem: str, message: str, again: bool = True) -> None:
        super().__init__(message)
        self.problem = problem
        self.again = again


class LanguageError(DragomanError):
    """A text is in a language that is not read yet."""


class WeightsError(DragomanError):
    """The weights of the language base are missing, damaged or of another version."""


class SettingsError(DragomanError):
    """An option or the settings file says something that cannot be followed."""


class QueryError(SettingsError):
    """A query of the query language cannot be understood; `at` is where, in characters from its beginning."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class ProjectError(DragomanError):
    """A project folder is not one, is locked by another process, or was written by a newer version."""


class OntologyError(DragomanError):
    """A data file of the ontology breaks its schema."""
