"""The templates' environment: everything is escaped, and a name that is missing is an error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from dragoman.ontology.plover import plover
from dragoman.web.asked import segment
from dragoman.web.words import FILTERS


def page(template: str, names: Mapping[str, object]) -> str:
    """The page that a template makes of these names; text that UTF-8 cannot hold is shown as its escape."""
    around = {"project": None, "entries": (), "brush": None, "behind": False}
    return (
        _environment().get_template(template).render({**around, **names}).encode("utf-8", "backslashreplace").decode()
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dragoman.web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.filters["segment"] = segment
    environment.globals["quads"] = {quad: name.replace("_", " ") for quad, name in sorted(plover().quads.items())}
    return environment
