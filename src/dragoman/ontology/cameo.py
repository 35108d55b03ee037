"""PLOVER into CAMEO: the code of a type and mode, and those of actors, for formats that are made of CAMEO codes.

Several CAMEO codes become one PLOVER type, so that the way back is often open. It is taken as far as it is certain: a code
that alone means the type and mode; else the code above all that do, if it means the type too; else the root of the type, which
`data/cameo_out.csv` names. ASSAULT is in three roots of CAMEO, 18, 19 and 20: its root here is 18, which has its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import takewhile

from dragoman.ontology.plover import cameo_table, plover
from dragoman.ontology.table import ABOVE_STATES, SECTORS, read_table


@lru_cache(maxsize=256)
def to_cameo(type_: str, mode: str | None) -> str:
    """The CAMEO code of a type and mode, of three or four digits. "040" is "04, not specified below"."""
    means = {code: entry.mode for code, entry in cameo_table().items() if entry.type == type_ and len(code) > 2}
    above = _shared([code for code, found in means.items() if found == mode] if mode else [])
    code = f"{above}0" if len(above) == 2 else above
    return code if code in means and means[code] in (mode, None) else f"{_roots()[type_]}0"


def _shared(codes: list[str]) -> str:
    """The digits that all the codes begin with."""
    alike = takewhile(lambda digits: len(set(digits)) == 1, zip(*codes, strict=False))
    return "".join(digits[0] for digits in alike)


def root_quad(code: str) -> int:
    """The quad that a CAMEO code is counted to: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material
    conflict (Schrodt and Yonamine 2013)."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


@lru_cache(maxsize=1)
def actor_types() -> Mapping[str, str]:
    """CAMEO's actor types by PLOVER's sectors, and by its codes for those above states."""
    return {plover_code: cameo for plover_code, (column, cameo) in _actors().items() if column == "type"}


@lru_cache(maxsize=1)
def known_groups() -> Mapping[str, str]:
    """CAMEO's known groups by PLOVER's codes for those above states."""
    return {plover_code: cameo for plover_code, (column, cameo) in _actors().items() if column == "group"}


@lru_cache(maxsize=1)
def _roots() -> Mapping[str, str]:
    rows = read_table("cameo_out.csv", ("type", "root"))
    roots = {row.choice("type", plover().types): row.choice("root", cameo_table()) for row in rows}
    if missing := set(plover().types) - set(roots):
        raise rows[-1].fail(f"no root for {', '.join(sorted(missing))}")
    return roots


@lru_cache(maxsize=1)
def _actors() -> Mapping[str, tuple[str, str]]:
    rows = read_table("cameo_actors.csv", ("plover", "column", "cameo"))
    return {
        row.choice("plover", SECTORS | ABOVE_STATES): (row.choice("column", ("type", "group")), row.text("cameo"))
        for row in rows
    }
