"""What is sent with a window: the instruction, with the words of the ontology, and the text."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from dragoman.ask.answer import schema
from dragoman.model import Act, content_id
from dragoman.ontology.plover import plover

Messages = list[dict[str, str]]


@lru_cache(maxsize=1)
def instruction() -> str:
    types = plover().types.values()
    return (
        files("dragoman.ask")
        .joinpath("prompt.txt")
        .read_text("utf-8")
        .replace("{acts}", ", ".join(Act))
        .replace("{types}", "\n".join(f"  {one.name}: {one.definition}" for one in types))
        .replace("{modes}", "\n".join(f"  {one.name}: {', '.join(one.modes)}" for one in types if one.modes))
    )


@lru_cache(maxsize=1)
def version() -> str:
    """Changes whenever the instruction or the schema does."""
    return content_id("prompt", instruction(), schema()).removeprefix("prompt-")[:8]


def messages(text: str, *, again: bool = False) -> Messages:
    """The question about one window; `again` where the answer to it was none."""
    asked = f"The article:\n\n{text}\n\n(End of the article.)"
    if again:
        asked += "\n\nThe answer before could not be used: keep to the schema, and copy each string from the article."
    return [{"role": "system", "content": instruction()}, {"role": "user", "content": asked}]
