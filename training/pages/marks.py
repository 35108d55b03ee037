"""The marks in which annotated texts are written: header, labels and statements inside the text, lines behind it.

Shared by the pages of this folder and the corpus (training/corpus), whose statements say more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from gold import JUNK, PARTS, BrokenPage, GoldEvent, Label

from dragoman.model import Span, Status
from dragoman.ontology.actors import states
from dragoman.ontology.plover import plover
from dragoman.ontology.table import ABOVE_STATES

BASES = frozenset({"header", "dateline", "text", "none"})
REACH = 240
"""A cue stands at most so many characters before or after its content."""

_TAG = re.compile(r"<(/?)([a-z]+)((?:\s[^<>]*)?)>")
_EDTF = re.compile(r"[\dX]{4}(-[\dX]{2}(-[\dX]{2})?)?[?~%]?(/(\.\.|[\dX]{4}(-[\dX]{2}(-[\dX]{2})?)?[?~%]?))?")
_ISO3 = re.compile(r"[A-Z]{3}")


def sections(path: Path, raw: str, names: tuple[str, ...]) -> list[str]:
    """The header, the marked text and the sections called `names`, in this order. Raises BrokenPage."""
    parts = re.split(r"^===(.*)\n", raw, flags=re.MULTILINE)
    if [part.strip() for part in parts[1::2]] != ["", *names]:
        wanted = ", ".join(f"'=== {name}'" for name in names)
        raise BrokenPage(f"{path.name}: expected header, '===', text and {wanted}")
    return [parts[0], parts[2].rstrip("\n"), *parts[4::2]]


def header(path: Path, head: str) -> tuple[dict[str, str], dict[str, str]]:
    """Fields and other names of a header. Raises BrokenPage."""
    fields: dict[str, str] = {}
    same: dict[str, str] = {}
    for line in head.splitlines():
        key, _, value = (part.strip() for part in line.partition(":"))
        if key == "same":
            first, *others = (name.strip() for name in value.split("="))
            same.update(dict.fromkeys(others, first))
        elif key in {"kind", "outlet", "author", "published"} and key not in fields:
            fields[key] = value
        else:
            raise BrokenPage(f"{path.name}: header line {line!r} is unknown or a second one")
    if "kind" not in fields:
        raise BrokenPage(f"{path.name}: the header names no kind")
    return fields, same


_Open = tuple[str, int, str, int]


def strip(path: Path, marked: str) -> tuple[str, tuple[Label, ...], list[tuple[int, int, str, int]]]:
    """The text without marks, its labels, and its statements: start, end, attributes, index of the enclosing one."""
    out: list[str] = []
    size = last = 0
    stack: list[_Open] = []
    labels: list[Label] = []
    spans: list[tuple[int, int, str, int]] = []
    for tag in _TAG.finditer(marked):
        out.append(marked[last : tag.start()])
        size, last = size + tag.start() - last, tag.end()
        closing, name, attributes = tag.groups()
        if name != "s" and name not in JUNK | PARTS:
            raise BrokenPage(f"{path.name}: unknown mark {tag.group()!r}")
        if not closing:
            outer = next((index for kind, _, _, index in reversed(stack) if kind == "s"), -1)
            if name == "s":
                spans.append((size, size, attributes, outer))
            elif stack:
                raise BrokenPage(f"{path.name}: {tag.group()!r} stands inside {stack[-1][0]!r}")
            stack.append((name, size, attributes, len(spans) - 1))
            continue
        if not stack or stack[-1][0] != name:
            raise BrokenPage(f"{path.name}: {tag.group()} closes nothing, after {marked[: tag.start()][-40:]!r}")
        kind, start, attributes, index = stack.pop()
        if start == size:
            raise BrokenPage(f"{path.name}: empty {kind!r} before {marked[tag.end() :][:40]!r}")
        if kind == "s":
            spans[index] = (start, size, attributes, spans[index][3])
        else:
            labels.append(Label(start, size, kind))
    if stack:
        raise BrokenPage(f"{path.name}: {stack[-1][0]!r} is never closed: {stack[-1][2]!r}")
    text = "".join([*out, marked[last:]])
    if stray := re.search(r"[<>]", text):
        raise BrokenPage(f"{path.name}: stray {stray.group()!r} at {text[stray.start() :][:40]!r}")
    return text, tuple(labels), spans


@dataclass(frozen=True, slots=True)
class Marks:
    """Turns attributes and event lines of one page into gold, checking each against the page's text."""

    name: str
    text: str
    fields: dict[str, str]
    same: dict[str, str]

    def published(self) -> tuple[str | None, str]:
        """The publication date of the header and where it is told. Raises BrokenPage."""
        told = self.fields.get("published", "- none")
        date, _, basis = told.partition(" ")
        if basis not in BASES or (date == "-") != (basis == "none"):
            raise BrokenPage(f"{self.name}: published is {told!r}, not DATE and one of {sorted(BASES)}")
        return None if date == "-" else self.edtf(date), basis

    def known(self, name: str) -> str:
        """`name` if the page, its header or an alias knows it."""
        places = [self.text, self.fields.get("outlet", ""), self.fields.get("author", "")]
        names = [name, *(other for other, first in self.same.items() if first == name)]
        if name != "?" and not any(form.casefold() in place.casefold() for form in names for place in places):
            raise BrokenPage(f"{self.name}: {name!r} stands nowhere on the page")
        return name

    def cue(self, word: str, start: int, end: int) -> tuple[int, int] | None:
        """The occurrence of `word` nearest to the content and outside it; None for "-". Raises BrokenPage."""
        if word == "-":
            return None
        found = self.nearest(word, (start, end), (start, end))
        if found is None:
            raise BrokenPage(f"{self.name}: no cue {word!r} near {self.text[start:end][:50]!r}")
        return found

    def nearest(self, words: str, place: Span, content: Span) -> Span | None:
        """Where `words` stand nearest to `place`, within reach and outside `content`."""
        found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", self.text)]
        free = [(s, e) for s, e in found if e <= content[0] or s >= content[1]]
        near = [(min(abs(s - place[1]), abs(place[0] - e)), s, e) for s, e in free]
        return min(near)[1:] if near and min(near)[0] <= REACH else None

    def event(self, line: str) -> GoldEvent:
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 6:
            raise BrokenPage(f"{self.name}: {line!r} is not TYPE | ACTORS | RECIPIENTS | STATUS | DATE | EVIDENCE")
        type_, _, mode = parts[0].partition("/")
        if not plover().has(type_, mode or None) or parts[3] not in set(Status):
            raise BrokenPage(f"{self.name}: unknown type, mode or status in {line!r}")
        actor, recipient = self.actors(parts[1]), self.actors(parts[2])
        if not actor:
            raise BrokenPage(f"{self.name}: no actor in {line!r}")
        if plover().types[type_].needs_recipient and not recipient:
            raise BrokenPage(f"{self.name}: {type_} needs a recipient in {line!r}")
        date = None if parts[4] == "-" else self.edtf(parts[4])
        start, end = self.evidence(parts[5])
        return GoldEvent(type_, mode or None, actor, recipient, parts[3], date, start, end)

    def actors(self, part: str) -> tuple[str, ...]:
        names = [name.strip() for name in part.split(";") if name.strip() != "-"]
        if wrong := [n for n in names if _ISO3.fullmatch(n) and f"state:{n}" not in states() and n not in ABOVE_STATES]:
            raise BrokenPage(f"{self.name}: {wrong} are no ISO 3166 codes")
        return tuple(name if _ISO3.fullmatch(name) else self.known(name) for name in names)

    def edtf(self, date: str) -> str:
        if not _EDTF.fullmatch(date):
            raise BrokenPage(f"{self.name}: {date!r} is not an EDTF date")
        return date

    def evidence(self, words: str) -> tuple[int, int]:
        """Where `words` stand; they must stand once, or end in "#2" for the second time."""
        words, _, number = words.partition(" #")
        found = [match.start() for match in re.finditer(re.escape(words), self.text)]
        if not found or (len(found) > 1 and not number) or int(number or 1) > len(found):
            raise BrokenPage(f"{self.name}: evidence {words!r} stands {len(found)} times on the page")
        start = found[int(number or 1) - 1]
        return start, start + len(words)
