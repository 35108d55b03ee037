"""When a document was published: from its metadata, a header line, the dateline, or the words "published on".

A date in the sentences of an article is not its publication date, and neither is one in a list of other articles.
Where the evidence does not settle on one day the date stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.model import Block, Document, Published
from dragoman.model.edtf import edtf_bounds, has_day
from dragoman.read.calendar_dates import Calendar, calendar_at
from dragoman.read.date_words import Line, date_words, lines
from dragoman.read.page_lines import PageLine, page_lines

_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})[/-](\d{1,2})[/-](?:19|20)\d{2}(?![\d/-])")
_AGENCY = re.compile(r"\(([^()\n]{2,40})\)")
_FIRST_YEAR, _LAST_YEAR = "1900", "2100"
_SEPARATORS = frozenset("|•·-–—,:()[]/*»«.;~")
_HEADER_WORDS_LEFT = 6
_WORDS_BEFORE_MARKER = 4
_OPENING_LINES = 2
_DATELINE_TOKENS = 10


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A date on a line: between which tokens it stands, and the index where its "Published:" or "Updated" begins."""

    line: Line
    first: int
    end: int
    marker: int
    value: Calendar

    @property
    def marks(self) -> set[str]:
        """The words from its marker up to the date."""
        return {token.word for token in self.line.tokens[self.marker : self.first]}

    @property
    def announced(self) -> bool:
        """Whether words before it say that something was published or updated."""
        words = date_words()
        return bool(self.marks & (words.published_words | words.updated_words)) and not self.marks & words.not_published

    @property
    def firm(self) -> bool:
        """Whether a label, not a sentence, announces it: "date 2025-02-20", "Published: 8 July 2025"."""
        return self.announced and (bool(self.marks & {"date", ":"}) or self.words_left <= _HEADER_WORDS_LEFT)

    @property
    def words_left(self) -> int:
        """How many words the line has beside the date and the words of a header."""
        header = date_words().header_words
        beside = (*self.line.tokens[: self.first], *self.line.tokens[self.end :])
        return sum(token.text[0].isalpha() and token.word not in header for token in beside)

    @property
    def signed(self) -> bool:
        """Whether it stands beside a byline or a time of day, as dates of articles do."""
        byline = self.line.tokens[0].word in date_words().byline_words or self.line.near(self.end) == "by"
        after = self.end + (self.line.near(self.end) in (",", "|", "-", "–", "at", "t"))
        return byline or (self.line.number(after) >= 0 and self.line.glued(after + 1) == ":")

    @property
    def alone(self) -> bool:
        """Whether nothing but a byline, a time or short labels set apart from it share its line."""
        words = date_words()
        if self.words_left > _HEADER_WORDS_LEFT or {token.word for token in self.line.tokens} & words.not_published:
            return False
        left = (
            self.marker == 0
            or self.line.tokens[0].word in words.byline_words
            or self._apart(self.marker - 1, self.marker)
        )
        right = self.end == len(self.line.tokens) or self._apart(self.end, self.end) or self.line.number(self.end) >= 0
        return left and right

    def _apart(self, beside: int, gap: int) -> bool:
        """Whether the token `beside` the date, or the gap before token `gap`, parts it from the rest of the line."""
        token = self.line.tokens[beside]
        return token.text[0] in _SEPARATORS or token.word in date_words().header_words or not self.line.near(gap)


def published(document: Document) -> Published:
    """The publication date of `document` at day or month precision, between 1900 and 2100, and what says so."""
    if document.published.basis == "metadata" and document.published.value is not None:
        value = document.published.value.partition("T")[0]
        if _acceptable(value):
            return Published(value, "metadata")
    page = page_lines(document)
    header = _header(page, _day_first(document.text))
    if header is not None:
        return Published(header, "header")
    dateline = _dateline(document.text, page, document.parts)
    if dateline is not None:
        return Published(dateline, "dateline")
    text = _own_words(page)
    return Published(text, "text") if text is not None else Published()


def _acceptable(value: str) -> bool:
    bounds = edtf_bounds(value)
    dated = has_day(value) or (len(value) == 7 and bounds is not None and bounds[0][:7] == bounds[1][:7])
    return dated and _FIRST_YEAR <= value[:4] <= _LAST_YEAR


def _day_first(text: str) -> bool | None:
    """Whether the page writes the day before the month in dates of numbers; None where no date of it settles that."""
    found = [(int(first), int(second)) for first, second in _NUMERIC.findall(text)]
    day, month = any(first > 12 for first, _ in found), any(second > 12 for _, second in found)
    return day if day != month else None


def _settled(value: Calendar, line: Line, first: int, day_first: bool | None) -> str:
    """`value` as EDTF; a date such as 07/08/2025, which could be two days, as the page writes its other dates."""
    one, two = line.number(first), line.number(first + 2)
    if value.month is not None or day_first is None or line.glued(first + 1) not in ("/", "-") or min(one, two) < 1:
        return value.edtf
    month, day = (two, one) if day_first else (one, two)
    settled = Calendar(value.year, month, day)
    return settled.edtf if settled.possible else value.edtf


def _header(page: list[PageLine], day_first: bool | None) -> str | None:
    """The best class of evidence in the head, the first lines of the body, and what announces itself in the foot."""
    announced: list[str] = []
    signed: list[str] = []
    updated: list[str] = []
    lone: list[str] = []
    for line in page:
        for candidate in _candidates(line.line):
            value = _settled(candidate.value, candidate.line, candidate.first, day_first)
            if not _acceptable(value):
                continue
            words_before = sum(token.text[0].isalpha() for token in candidate.line.tokens[: candidate.marker])
            labelled = candidate.firm and words_before <= (_WORDS_BEFORE_MARKER if line.place == "head" else 0)
            if labelled:
                (announced if candidate.marks & date_words().published_words else updated).append(value)
            elif not line.early or line.listed or not has_day(value):
                continue
            elif line.byline or (candidate.alone and candidate.signed):
                signed.append(value)
            elif candidate.alone:
                lone.append(value)
    if announced:
        return announced[0]
    return next((values[0] for values in (signed, updated, lone) if len(set(values)) == 1), None)


def _candidates(line: Line) -> Iterator[_Candidate]:
    words = date_words()
    index = 0
    while index < len(line.tokens):
        found = (calendar_at(line, index) or _dotted(line, index)) if line.may_start(index) else None
        if found is None:
            index += 1
            continue
        if _acceptable(found[0].edtf) or _is_numeric(line, index, found[1]):
            marker = index
            while marker > 0 and (
                line.tokens[marker - 1].word in words.header_words | words.not_published | {":", "("}
            ):
                marker -= 1
            yield _Candidate(line, index, found[1], marker, found[0])
        index = found[1]


def _is_numeric(line: Line, index: int, end: int) -> bool:
    return end - index == 5 and line.number(index) > 0 and line.number(index + 2) > 0 and line.number(index + 4) > 0


def _dotted(line: Line, index: int) -> tuple[Calendar, int] | None:
    """ "16. Februar 2032": a dot after the day, as many languages set it."""
    words = date_words()
    month = words.foreign_months.get(line.near(index + 2)) or words.months.get(line.near(index + 2))
    if month is None or line.glued(index + 1) != "." or not 1 <= line.number(index) <= 31:
        return None
    after = index + 3 + (line.glued(index + 3) == ".")
    value = Calendar(line.number(after), month, line.number(index))
    return (value, after + 1) if line.number(after) > 31 and value.possible else None


def _dateline(text: str, page: list[PageLine], parts: tuple[Block, ...]) -> str | None:
    """The full date of "BAKU, July 8, 2025 (Agency) -" at the start of the body."""
    for line in page:
        if line.dateline is not None:
            for part in lines(text, *line.dateline):
                for candidate in _candidates(part):
                    if has_day(candidate.value.edtf):
                        return candidate.value.edtf
    for block in parts:
        if block.label == "dateline" and (undated := _agency_year(text, block.start, block.end)) is not None:
            return undated
    openings = [line.line for line in page if line.place == "body" and line.opening][:_OPENING_LINES]
    for opening in openings:
        first = next(_candidates(opening), None)
        if first is not None and has_day(first.value.edtf) and _is_dateline(first):
            return first.value.edtf
    return None


def _agency_year(text: str, start: int, end: int) -> str | None:
    """The date of "Tokyo, May 30 (Agency)" where the page says "Copyright 2031 Agency": the year is the text's own."""
    agency = _AGENCY.search(text, start, end)
    if agency is None:
        return None
    owned = set(re.findall(rf"(?i:©|\(c\)|copyright)\s{{0,3}}(\d{{4}}),?\s{{1,3}}{re.escape(agency[1])}\b", text))
    if len(owned) != 1:
        return None
    for line in lines(text, start, end):
        for index in range(len(line.tokens)):
            found = calendar_at(line, index) if line.may_start(index) else None
            if found is not None and found[0].day is not None and found[0].year is None:
                value = replace(found[0], year=int(owned.pop()))
                return value.edtf if value.possible and _acceptable(value.edtf) else None
    return None


def _is_dateline(candidate: _Candidate) -> bool:
    """Names of places and agencies, a mark, the date, and a mark that parts it from the first sentence."""
    tokens = candidate.line.tokens
    before = tokens[: candidate.first]
    if not 2 <= len(before) <= _DATELINE_TOKENS or before[-1].text not in (",", ".", "(", "/"):
        return False
    named = all(token.capital or not token.text[0].isalnum() for token in before)
    return named and candidate.line.near(candidate.end)[:1] in ("(", "/", "-", "–", "—", ":", ".", ")")


def _own_words(page: list[PageLine]) -> str | None:
    """The date of "This article was published on 8 July 2025": the text speaks of itself."""
    words = date_words()
    for line in page:
        if line.place != "body" or line.byline:
            continue
        for candidate in _candidates(line.line):
            start = candidate.first
            while (
                start > 0
                and not _ends_sentence(candidate.line, start - 1)
                and candidate.first - start < _DATELINE_TOKENS
            ):
                start -= 1
            subject = [token.word for token in candidate.line.tokens[start : candidate.first]]
            today = line.opening and _says_today(candidate)
            own = subject[:1] == ["this"] and bool(words.own_text & set(subject[1:3]))
            if today or (own and words.published_words & set(subject)):
                return candidate.value.edtf
    return None


def _says_today(candidate: _Candidate) -> bool:
    """ "today, 19 January 2033": the writer's own day, unless somebody is quoted."""
    before = [token.text for token in candidate.line.tokens[: candidate.first]]
    quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    near = [word.lower() for word in before[-2:]]
    return (
        has_day(candidate.value.edtf)
        and not quoted
        and (near[-1:] == ["today"] or near in (["today", ","], ["today", "("]))
    )


def _ends_sentence(line: Line, index: int) -> bool:
    mark = line.tokens[index].word
    return mark in ("(", "[") or (mark[-1] in ".!?" and not line.glued(index + 1))
