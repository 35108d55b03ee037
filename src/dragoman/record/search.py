"""Search over the documents of a project: a query as SQL, the hits in order, and the words that they are shown for."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.errors import SettingsError
from dragoman.model import Span
from dragoman.record.database import viewing
from dragoman.record.filter import Condition, actor_ids
from dragoman.record.fold import fold
from dragoman.record.ngrams import Folded, Phrase, phrase
from dragoman.record.query import (
    All,
    Holds,
    Is,
    Node,
    Not,
    Some,
    When,
    Words,
    parse,
    positive,
)
from dragoman.record.review import NOTHING, Applied

WIDTH = 240
"""Code points of a passage, about."""
_WORD = 30
"""How far from where a passage would be cut the gap between two words is looked for."""
MOST = 1000
"""Hits that can be asked for at once, and places of one word in one text that are looked at."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document's text."""

    start: int
    """Where it stands: it is `text[start : start + len(passage.text)]` of the document."""
    text: str
    spans: tuple[Span, ...]
    """What was looked for, as code points of the document's text, in order and apart."""
    goes_on: bool
    """Whether more of the document's text follows."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found. All spans are half-open, in code points of the original text."""

    document: str
    source: str
    outlet: str | None
    title: str | None
    title_spans: tuple[Span, ...]
    published: str | None
    """EDTF."""
    passage: Passage
    """Where most of what was looked for stands together; the beginning of the article where none does."""


def search(
    connection: sqlite3.Connection, query: str, limit: int = 20, offset: int = 0, reviewed: Applied = NOTHING
) -> list[Hit]:
    """Documents that the query finds, by relevance (BM25, a word of the title counting more) and then the newest first;
    by date alone where the query has no word that all of them must have.

    Raises SettingsError for a query that cannot be understood, and for a limit or offset out of range.
    """
    if not 1 <= limit <= MOST or not 0 <= offset <= 1_000_000:
        raise SettingsError(f"the limit must be from 1 to {MOST:,} and the offset from 0 to 1,000,000")
    node = parse(query)
    words = list(positive(node))
    with viewing(connection):
        compiled = _Compiled(connection)
        found = reviewed.sql + compiled.select(node)
        rows = connection.execute(found, {**compiled.values, **reviewed.values, "limit": limit, "offset": offset})
        return [_hit(row, words) for row in rows.fetchall()]


def documents_that(connection: sqlite3.Connection, query: str) -> Condition:
    """A query as a condition of a query over `documents d`. Raises SettingsError where it cannot be understood."""
    compiled = _Compiled(connection)
    return Condition(compiled.condition(parse(query)), dict(compiled.values))


class _Compiled:
    """A query as SQL over `documents d`. All that the query brings is a bound value."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.values: dict[str, str] = {}

    def select(self, node: Node) -> str:
        columns = "d.id, d.source, d.outlet, d.title, d.published, d.text, d.body"
        parts = node.parts if isinstance(node, All) else (node,)
        others = [part for part in parts if _match(part) is None and not (isinstance(part, Not) and _match(part.part))]
        ranking = _match(All(tuple(part for part in parts if part not in others)))
        if ranking is None:
            found = f"""SELECT d.number, 0 AS rank FROM documents d WHERE {self.condition(node)}
                ORDER BY d.earliest DESC, d.id DESC LIMIT :limit OFFSET :offset"""
        else:
            matching = f"""matching AS MATERIALIZED (SELECT rowid AS number, bm25(documents_text, 4.0, 1.0) AS rank
                FROM documents_text WHERE documents_text MATCH {self._bound(ranking)})"""
            wanted = " AND ".join(map(self.condition, others))
            # Only documents as near as the last one that is asked for need their dates compared.
            near = (
                "m.rank <= coalesce((SELECT rank FROM matching ORDER BY rank LIMIT 1 OFFSET :limit + :offset - 1), 1)"
            )
            found = f"""SELECT d.number, m.rank FROM matching m CROSS JOIN documents d ON d.number = m.number
                WHERE {wanted or near} ORDER BY m.rank, d.earliest DESC, d.id DESC LIMIT :limit OFFSET :offset"""
            found = f"WITH {matching} {found}"
        return f"""SELECT {columns} FROM ({found}) f CROSS JOIN documents d ON d.number = f.number
            ORDER BY f.rank, d.earliest DESC, d.id DESC"""

    def condition(self, node: Node) -> str:
        """Of a document; NULL where it has not the field."""
        if match := _match(node):
            return f"d.number IN (SELECT rowid FROM documents_text WHERE documents_text MATCH {self._bound(match)})"
        match node:
            case Not(part):
                return f"NOT coalesce({self.condition(part)}, 0)"
            case All(parts):
                return f"({' AND '.join(map(self.condition, parts))})"
            case Some(parts):
                return f"({' OR '.join(map(self.condition, parts))})"
            case When("after", first, _):
                return f"d.latest >= {self._bound(first)}"
            case When("before", first, _):
                return f"d.earliest < {self._bound(first)}"
            case When(_, first, last):
                return f"(d.latest >= {self._bound(first)} AND d.earliest <= {self._bound(last)})"
            case Holds(field, words):
                column = "outlet" if field == "outlet" else f"d.{field}"
                holds = f"instr(' ' || indexed({column}) || ' ', {self._bound(_within(words))}) > 0"
                if field == "outlet":  # Outlets are few, and an index has them.
                    outlets = "WITH all_of AS MATERIALIZED (SELECT DISTINCT outlet FROM documents)"
                    return f"d.outlet IN ({outlets} SELECT outlet FROM all_of WHERE {holds})"
                return holds
            case Is("language", value):
                return f"d.language = {self._bound(value)}"
            case Is("type", value):
                return f"d.id IN (SELECT document FROM event_reports WHERE type = {self._bound(value)})"
            case Is("act", value):
                return f"d.id IN (SELECT document FROM statements WHERE act = {self._bound(value)})"
            case Is(field, value):
                ids = self._bound(json.dumps(sorted(self._actors(value))))
                those = f"(SELECT value FROM json_each({ids}))"
                if field == "speaker":
                    return f"d.id IN (SELECT document FROM statements WHERE speaker IN {those})"
                return f"d.id IN (SELECT document FROM actors WHERE used AND id IN {those})"
        raise AssertionError(node)

    def _actors(self, value: str) -> set[str]:
        """Actors of this id, code or name; where there are none, those with a name in which its words stand."""
        words = phrase(fold(value) or "")
        found = actor_ids(value, self._connection)
        if found or not words:
            return found
        holding = """WITH names AS MATERIALIZED (SELECT DISTINCT folded FROM actor_names)
            SELECT folded FROM names WHERE instr(' ' || indexed(folded) || ' ', ?) > 0"""
        names = self._connection.execute(holding, (_within(words),)).fetchall()
        return {id for (name,) in names for id in actor_ids(name, self._connection)}

    def _bound(self, value: str) -> str:
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def _match(node: Node) -> str | None:
    """The node in the language of FTS5, which knows "and not" but no "not"; None where that cannot say it."""
    if isinstance(node, Words):
        return f"title : {node.phrase.match}" if node.title else node.phrase.match
    if isinstance(node, Some):
        either = [_match(part) for part in node.parts]
        return None if None in either else f"({' OR '.join(filter(None, either))})"
    if isinstance(node, All):
        wanted = [_match(part) for part in node.parts if not isinstance(part, Not)]
        without = [_match(part.part) for part in node.parts if isinstance(part, Not)]
        if not wanted or None in wanted or None in without:
            return None
        both = f"({' AND '.join(filter(None, wanted))})"
        return f"({both} NOT ({' OR '.join(filter(None, without))}))" if without else both
    return None


def _within(words: Phrase) -> str:
    """What stands in the tokens of a text, with a space on either side of them, where these words do."""
    return f" {words.tokens}" + ("" if words.open else " ")


def _hit(row: sqlite3.Row, words: list[Words]) -> Hit:
    title = row["title"]
    in_title = [word.phrase.pattern for word in words]
    in_text = [word.phrase.pattern for word in words if not word.title]
    return Hit(
        document=row["id"],
        source=row["source"],
        outlet=row["outlet"],
        title=title,
        title_spans=_apart(_places(Folded(title), in_title)) if title else (),
        published=row["published"],
        passage=_passage(row["text"], json.loads(row["body"]), in_text),
    )


Place = tuple[int, int, int]
"""Start and end in the original, and which pattern is found there."""


def _places(folded: Folded, patterns: list[str]) -> list[Place]:
    found = []
    for number, pattern in enumerate(patterns):
        for count, match in enumerate(re.finditer(pattern, folded.text)):
            if count == MOST:
                break
            found.append((*folded.span(*match.span()), number))
    return sorted(found)


def _passage(text: str, body: list[list[int]], patterns: list[str]) -> Passage:
    places = _places(Folded(text), patterns) if patterns else []
    if not places:
        start = body[0][0] if body else 0
        start += len(text[start : start + WIDTH]) - len(text[start : start + WIDTH].lstrip())
        end = _cut(text, start + WIDTH)
        return Passage(start, text[start:end].rstrip(), (), bool(text[end:].strip()))
    first, last = _densest(places)
    low, high = places[first][0], places[last][1]
    start = _cut(text, max(low - min(max(WIDTH - (high - low), 0) // 2, WIDTH // 4), 0))
    end = min(max(_cut(text, start + WIDTH), high), start + 4 * WIDTH)
    inside = [(low, min(high, end), number) for low, high, number in places if low >= start and low < end]
    return Passage(start, text[start:end], _apart(inside), bool(text[end:].strip()))


def _densest(places: list[Place]) -> tuple[int, int]:
    """The first and the last of the places, not farther apart than a passage, that show most of what was looked for."""
    best, chosen = (0, 0), (0, 0)
    inside: Counter[int] = Counter()
    first = 0
    for last, (_, end, number) in enumerate(places):
        inside[number] += 1
        while end - places[first][0] > WIDTH and first < last:
            inside[places[first][2]] -= 1
            first += 1
        score = (len(+inside), last - first)
        if score > best:
            best, chosen = score, (first, last)
    return chosen


def _apart(places: Iterable[Place]) -> tuple[Span, ...]:
    """The places without their overlaps."""
    spans: list[Span] = []
    for start, end, _ in places:
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)


def _cut(text: str, at: int) -> int:
    """`at`, or a little before it where a word begins; where there is none, not within a letter and its marks."""
    if at <= 0 or at >= len(text):
        return min(max(at, 0), len(text))
    low = max(at - _WORD, 0)
    blank = max((place for place in range(low, at) if text[place].isspace()), default=None)
    if blank is not None:
        return blank + 1
    while at > low and unicodedata.category(text[at])[0] == "M":
        at -= 1
    return at
