"""Asking about a text, window by window: what was answered before is not asked again, what is no answer is asked once more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.ask.anchors import Anchors
from dragoman.ask.answer import Answer, parse_answer, schema
from dragoman.ask.cache import Answers
from dragoman.ask.endpoint import ask
from dragoman.ask.ledger import Ledger, Spent
from dragoman.ask.options import AskOptions
from dragoman.ask.prompt import messages, version
from dragoman.ask.windows import Window, shown
from dragoman.errors import AnswerError

TRIES = 2
INVENTED = 0.5
"""Share of its statements and events that an answer may have invented before it counts as none."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered about a window of the text."""

    window: Window
    anchors: Anchors
    answer: Answer


def tell(text: str, parts: Sequence[Window], options: AskOptions) -> Iterator[Told]:
    """An answer for each window. Raises AnswerError where one cannot be had; those that were had are kept."""
    for window in parts:
        anchors = Anchors(text, window)
        yield Told(window, anchors, _about(shown(text, window), anchors, options))


def _about(text: str, anchors: Anchors, options: AskOptions) -> Answer:
    answers, ledger = Answers(options.answers), Ledger(options.ledger)
    asked = (text, options.model, version())
    if (kept := answers.get(*asked)) is not None:
        try:
            answer = _sound(kept, anchors)
        except AnswerError:
            pass  # The file was changed since, or is cut.
        else:
            ledger.note(Spent(kept=1))
            return answer
    for rest in reversed(range(TRIES)):
        try:
            said = _asked(text, ledger, options, again=rest + 1 < TRIES)
            answer = _sound(said, anchors)
        except AnswerError as error:
            if rest and error.again:
                continue
            raise
        answers.put(said, *asked)
        return answer
    raise AssertionError("the last try returns or raises")


def _asked(text: str, ledger: Ledger, options: AskOptions, *, again: bool) -> str:
    if options.budget is not None and ledger.total().tokens >= options.budget:
        message = f"the budget of {options.budget:,} tokens is spent: the same command goes on from here"
        raise AnswerError("budget", message, again=False)
    question = messages(text, again=again)
    try:
        said = ask(options, question, schema())
    except AnswerError:
        ledger.note(Spent(asked=1))
        raise
    ledger.note(Spent(1, 0, said.tokens_in, said.tokens_out, said.guessed))
    if said.refusal or said.finish == "content_filter":
        raise AnswerError("refused", "the model refuses to read this text")
    if said.finish == "length":
        raise AnswerError("cut", f"the answer was cut at {options.tokens:,} tokens")
    return said.text


def _sound(said: str, anchors: Anchors) -> Answer:
    """The answer, where it keeps to the schema and the text has most of its words."""
    try:
        answer = parse_answer(said)
    except ValueError as error:
        raise AnswerError("schema", f"the answer breaks the schema: {str(error)[:200]}") from error
    quoted = [one.content for one in answer.statements] + [one.clause for one in answer.events]
    invented = sum(anchors.after(words, 0) is None for words in quoted)
    if invented > INVENTED * len(quoted):
        raise AnswerError("invented", f"{invented} of {len(quoted)} quotations of the answer are not in the text")
    return answer
