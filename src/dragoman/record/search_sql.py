"""A query of search as SQL: what FTS5 can say as a match, the rest as conditions of a document."""

from __future__ import annotations

import json
import sqlite3

from dragoman.ontology.fold import fold
from dragoman.record.filter import actor_ids
from dragoman.record.ngrams import Phrase, phrase
from dragoman.record.query import All, Holds, Is, Node, Not, Some, When, Words

RANKED = 10_000
"""Of more documents that hold what is looked for only the newest are compared, for each costs a microsecond."""


class Compiled:
    """A query as SQL over `documents d`, of which `limit` hits are wanted after the first `offset`. All that the query brings is
    a bound value."""

    def __init__(self, connection: sqlite3.Connection, limit: int, offset: int) -> None:
        self._connection = connection
        self._last = limit + offset
        self.values: dict[str, str | int] = {"limit": limit, "offset": offset, "last": self._last, "ranked": RANKED}

    def select(self, node: Node) -> str:
        """The hits in their order."""
        columns = "d.id, d.source, d.outlet, d.title, d.published, d.text, d.body"
        return f"""SELECT {columns} FROM ({self._hits(node)}) f CROSS JOIN documents d ON d.number = f.number
            ORDER BY f.rank, d.earliest DESC, d.id DESC"""

    def _hits(self, node: Node) -> str:
        parts = node.parts if isinstance(node, All) else (node,)
        others = [part for part in parts if _match(part) is None and not (isinstance(part, Not) and _match(part.part))]
        match = _match(All(tuple(part for part in parts if part not in others)))
        if match is None:
            return f"""SELECT d.number, 0 AS rank FROM documents d WHERE {self.condition(node)}
                ORDER BY d.earliest DESC, d.id DESC LIMIT :limit OFFSET :offset"""
        wanted = " AND ".join(map(self.condition, others))
        self.values["match"] = match
        return self._newest_ranked(wanted or "1") if self._many(match) else self._all_ranked(wanted)

    def _many(self, match: str) -> bool:
        """Whether more documents hold what is looked for than are ranked."""
        if "*" in match:  # All words that begin so are joined for each match, which takes longer than to rank.
            return False
        some = "SELECT count(*) FROM (SELECT 1 FROM documents_text WHERE documents_text MATCH :match LIMIT :ranked + 1)"
        (found,) = self._connection.execute(some, self.values).fetchone()
        return bool(found > RANKED)

    def _all_ranked(self, wanted: str) -> str:
        near = "m.rank <= coalesce((SELECT rank FROM matching ORDER BY rank LIMIT 1 OFFSET :last - 1), 1)"
        # Only documents as near as the last one that is asked for need their dates compared.
        return f"""WITH matching AS MATERIALIZED (
                SELECT rowid AS number, {_RANK} AS rank FROM documents_text WHERE documents_text MATCH :match
            ) SELECT d.number, m.rank FROM matching m CROSS JOIN documents d ON d.number = m.number
            WHERE {wanted or near} ORDER BY m.rank, d.earliest DESC, d.id DESC LIMIT :limit OFFSET :offset"""

    def _newest_ranked(self, wanted: str) -> str:
        """The newest by relevance, and where more are asked for the others after them, by date."""
        # The plus keeps SQLite from looking for each of them and sorting: it walks along the dates.
        by_date = f"""SELECT d.number FROM documents d WHERE +d.number IN (SELECT number FROM matching) AND {wanted}
            ORDER BY d.earliest DESC, d.id DESC"""
        others = f"UNION ALL SELECT number, 1 FROM ({by_date} LIMIT -1 OFFSET :ranked)" if self._last > RANKED else ""
        return f"""WITH matching AS MATERIALIZED (
                SELECT rowid AS number FROM documents_text WHERE documents_text MATCH :match
            ), newest AS MATERIALIZED ({by_date} LIMIT :ranked), ordered AS MATERIALIZED (
                SELECT rowid AS number, {_RANK} AS rank FROM documents_text
                WHERE documents_text MATCH :match AND +rowid IN (SELECT number FROM newest) {others}
            ) SELECT d.number, o.rank FROM ordered o CROSS JOIN documents d ON d.number = o.number
            WHERE o.rank <= coalesce((SELECT rank FROM ordered ORDER BY rank LIMIT 1 OFFSET :last - 1), 1)
            ORDER BY o.rank, d.earliest DESC, d.id DESC LIMIT :limit OFFSET :offset"""

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


_RANK = "bm25(documents_text, 4.0, 1.0)"
"""A word of the title counts more."""


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
