"""The annotated corpus of this folder (docs/annotation.md says how it is written), with countries filled into its slots."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from slots import fill

sys.path.append(str(Path(__file__).parent.parent / "pages"))
from gold import BrokenPage, GoldCondition, GoldEvent, GoldStatement, Page
from marks import Marks, header, sections, strip

from dragoman.model import Act, Form, Span

KINDS = frozenset(
    "wire interview readout op-ed editorial press-review live-blog transcript aggregator scraped translated analysis "
    "briefing profile fact-check newsletter bulletin statement".split()
)
PARTS = ("train", "dev", "test")
TEXTS = "[0-9][0-9][0-9]-*.txt"
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")


def texts(folder: Path, seed: int = 0) -> list[Page]:
    """The texts of a part, or of all parts where `folder` holds parts. `seed` draws the countries; each text draws its own.

    Raises BrokenPage for the first broken one.
    """
    return [text(path, seed) for path in paths(folder)]


def paths(folder: Path) -> list[Path]:
    """The files of a part, or of all parts, in the order of their names."""
    return sorted([*folder.glob(TEXTS), *(p for part in PARTS for p in (folder / part).glob(TEXTS))])


def text(path: Path, seed: int = 0) -> Page:
    """One annotated text. Raises BrokenPage."""
    raw, codes = fill(path.read_text("utf-8"), random.Random(f"{seed} {path.name}"))
    head, marked, conditions, events = sections(path, raw, ("conditions", "events"))
    fields, same = header(path, head)
    if fields["kind"] not in KINDS:
        raise BrokenPage(f"{path.name}: kind is {fields['kind']!r}, none of {', '.join(sorted(KINDS))}")
    page, labels, spans = strip(path, marked)
    datelines = [page[label.start : label.end] for label in labels if label.name == "dateline"]
    agencies = tuple(name.strip() for line in datelines[:1] for name in _IN_BRACKETS.findall(line))
    read = _Reader(path.name, page, fields, same, agencies, codes)
    published, basis = read.published()
    return Page(
        name=path.stem,
        kind=fields["kind"],
        text=page,
        outlet=fields.get("outlet"),
        author=fields.get("author"),
        published=published,
        basis=basis,
        labels=labels,
        statements=tuple(read.statements(spans)),
        events=tuple(read.event(line) for line in _lines(events)),
        same=same,
        conditions=tuple(read.condition(line) for line in _lines(conditions)),
    )


def _lines(section: str) -> Iterator[str]:
    return (line for line in section.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class _Reader(Marks):
    """Marks of the corpus: statements that tell their speaker's mention and whom they are about, and conditions."""

    agencies: tuple[str, ...]
    codes: dict[str, str]

    def statements(self, spans: list[tuple[int, int, str, int]]) -> list[GoldStatement]:
        """The statements of a text, outer before inner. Raises BrokenPage."""
        done: list[GoldStatement] = []
        outlet = tuple(filter(None, [self.fields.get("outlet")]))
        for start, end, attributes, outer in spans:
            parts = [part.strip() for part in attributes.split("|")]
            if len(parts) not in (5, 6) or len(parts[3].split()) != 2:
                wanted = "SPEAKER | MENTION | CUE | FORM ACT | ABOUT [| VIA; VIA]"
                raise BrokenPage(f"{self.name}: {attributes!r} is not {wanted}")
            form, act = parts[3].split()
            if form not in set(Form) or act not in set(Act):
                raise BrokenPage(f"{self.name}: {parts[3]!r} is no form and act")
            speaker = self.known(parts[0])
            via = [self.known(name.strip()) for name in parts[5].split(";")] if len(parts) == 6 and parts[5] else []
            beyond = done[outer].chain if outer >= 0 else (*self.agencies, *outlet)
            chain = tuple(dict.fromkeys((speaker, *via, *beyond)))
            cue = self.cue(parts[2], start, end)
            mention = self.mention(parts[1], (start, end), cue)
            about = tuple(self.polarity(part.strip()) for part in parts[4].split(";") if part.strip() != "-")
            done.append(GoldStatement(start, end, speaker, form, act, cue, chain, mention, about, outer))
        return done

    def mention(self, words: str, content: Span, cue: Span | None) -> Span | None:
        """Where the speaker is named: the occurrence of `words` nearest to the cue, outside the content."""
        if words == "-":
            return None
        found = self.nearest(words, cue or content, content)
        if found is None:
            raise BrokenPage(f"{self.name}: no mention {words!r} near {self.text[slice(*content)][:50]!r}")
        return found

    def polarity(self, part: str) -> tuple[str, int]:
        name, _, sign = part.rpartition(" ")
        if sign not in ("-1", "0", "1") or not name:
            raise BrokenPage(f"{self.name}: {part!r} is not ACTOR and -1, 0 or 1")
        return self.codes.get(name) or self.known(name), int(sign)

    def actors(self, part: str) -> tuple[str, ...]:
        names = [name.strip() for name in part.split(";") if name.strip() != "-"]
        return tuple(self.codes.get(name) or self.known(name) for name in names)

    def condition(self, line: str) -> GoldCondition:
        """A line of the section of conditions. Raises BrokenPage."""
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != 4:
            raise BrokenPage(f"{self.name}: {line!r} is not SPEAKER | REQUIRED OF | REQUIREMENT | CONSEQUENCE")
        required_of = None if parts[1] == "-" else self.codes.get(parts[1]) or self.known(parts[1])
        consequence = None if parts[3] == "-" else self.evidence(parts[3])
        return GoldCondition(self.known(parts[0]), required_of, self.evidence(parts[2]), consequence)


def frame(page: Page, statement: GoldStatement) -> str:
    """How a statement is introduced: the words from its mention and cue to its content, with M and C in their places."""
    if statement.cue is None:
        return "C"
    marks = [(*statement.cue, "")] + ([(*statement.mention, "M")] if statement.mention else [])
    marks.append((statement.start, statement.end, "C"))
    marks.sort()
    first, last = min(m[0] for m in marks), max(m[1] for m in marks)
    out, at = [], first
    for start, end, sign in marks:
        if start >= at:
            out += [page.text[at:start], sign or page.text[start:end]]
            at = end
    out.append(page.text[at:last] if at < last else "")
    return " ".join(re.findall(r"[\w’'-]+|[^\w\s]", " ".join(out).lower()))[:80]


__all__ = ["PARTS", "BrokenPage", "GoldEvent", "Page", "frame", "paths", "text", "texts"]
