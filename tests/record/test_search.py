"""Search finds words as people of many scripts write them, and shows exactly where they stand."""

import re
import sqlite3
import unicodedata
from contextlib import suppress
from dataclasses import replace
from itertools import accumulate

import pytest
import samples
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_query import queries

from dragoman.errors import SettingsError
from dragoman.ontology.fold import fold
from dragoman.record import search_sql, writer
from dragoman.record.ngrams import Folded, folding, indexed, phrase
from dragoman.record.passages import WIDTH
from dragoman.record.query import DEPTH, PARTS
from dragoman.record.schema import migrate, steps
from dragoman.record.search import MOST, search


def opened(path=":memory:", version=None):
    """A database of the schema `version`, with the functions that the application gives to SQLite."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.create_function("indexed", 1, indexed, deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    migrate(connection, steps()[:version])
    connection.execute("INSERT INTO runs (id, reader, options, started) VALUES ('run', 'reader 1', '{}', '')")
    return connection


def holding(*readings, connection=None):
    connection = connection or opened()
    for reading in readings:
        writer.write_reading(connection, reading, "run", None)
    return connection


def texts(*texts):
    return holding(*(samples.reading(text, f"{number}.txt") for number, text in enumerate(texts)))


def sources(connection, query, **more):
    return [hit.source for hit in search(connection, query, **more)]


def shown(connection, query):
    """What is highlighted in the only hit, checked against the original."""
    (hit,) = search(connection, query)
    (text,) = connection.execute("SELECT text FROM documents WHERE id = ?", (hit.document,)).fetchone()
    passage = hit.passage
    assert text[passage.start : passage.start + len(passage.text)] == passage.text
    assert all(passage.start <= start < end <= passage.start + len(passage.text) for start, end in passage.spans)
    return [text[start:end] for start, end in passage.spans]


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Министр заявил: ЁЛКА стоит", "елка", "ЁЛКА"),
        ("переговоры в Киеве", "ПЕРЕГОВОРЫ", "переговоры"),
        ("мои\u0306 ответ", "мой", "мои\u0306"),
        ("У Києві та Україні", "україні", "Україні"),
        ("Cumhurbaşkanı İstanbul'da konuştu", "istanbul", "İstanbul"),
        ("ISPARTA valisi", "ısparta", "ISPARTA"),
        ("ısrarla DIŞİŞLERİ dedi", "dışişleri", "DIŞİŞLERİ"),
        ("Erdoğan geldi", "Erdogan", "Erdoğan"),
        ("Əliyev getdi", "eliyev", "Əliyev"),
        ("وصل أحمد إلى القاهرة", "احمد", "أحمد"),
        ("في المدرسة", "المدرسه", "المدرسة"),
        ("قال مُحَمَّدٌ ذلك", "محمد", "مُحَمَّدٌ"),
        ("الســــلام عليكم", "السلام", "الســــلام"),
        ("مصطفى هنا", "مصطفي", "مصطفى"),
        ("رییس جمهور ایران", "ايران", "ایران"),
        ("سنة ٢٠٣١ كانت", "2031", "٢٠٣١"),
        ("中国外交部发言人表示", "外交部", "外交部"),
        ("中国外交部发言人表示", "示", "示"),
        ("中国外交部发言人表示", "交", "交"),
        ("東京で会談が行われた", "会談", "会談"),
        ("トヨタのｶﾞｿﾘﾝ車", "ガソリン", "ｶﾞｿﾘﾝ"),
        ("한국은 회담을 열었다", "한국", "한국"),
        (unicodedata.normalize("NFD", "한국은"), "국은", unicodedata.normalize("NFD", "국은")),
        ("รัฐมนตรีต่างประเทศกล่าวว่า", "ต่างประเทศ", "ต่างประเทศ"),
        ("他说GDP增长了", "GDP增长", "GDP增长"),
        ("Die Straße ist GROß", "strasse", "Straße"),
        ("Die STRASSE", "straße", "STRASSE"),
        ("naïve café", "cafe", "café"),
        ("nai\u0308ve cafe\u0301 bar", "café", "cafe\u0301"),
        ("Łódź i Øresund", "lodz", "Łódź"),
        ("Η Αθήνα και ο ΛΌΓΟΣ", "λογος", "ΛΌΓΟΣ"),
        ("שָׁלוֹם לכם", "שלום", "שָׁלוֹם"),
        ("विदेश मंत्री ने", "मंत्री", "मंत्री"),
        ("an anti-war rally", "anti-war", "anti-war"),
        ("Russia's ministry", "russia", "Russia"),
        ("Oʻzbekiston va", "o'zbekiston", "Oʻzbekiston"),
        ("the so\u00adcalled deal", "socalled", "so\u00adcalled"),
        ("🦊 the ﬁnal deal 🦊", "final", "ﬁnal"),
        ("foreign \r\n minister", '"foreign minister"', "foreign \r\n minister"),
        ("lighthouses stand", "lightho*", "lighthouses"),
    ],
)
def test_it_is_found_and_shown(text, query, found):
    assert shown(texts(text, "something else"), query) == [found]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("外部交涉", "外交"),
        ("外 交", "外交"),
        ("が行く", "か"),
        ("свои дела", "свой"),
        ("lighthouses", "lighthouse"),
        ("minister foreign", '"foreign minister"'),
    ],
)
def test_what_is_another_word_is_not_found(text, query):
    assert sources(texts(text), query) == []


def test_words_phrases_or_and_not_mean_what_they_say():
    connection = texts("red lamp", "red boat", "blue lamp at sea", "nothing")
    assert set(sources(connection, "red")) == {"0.txt", "1.txt"}
    assert sources(connection, "red lamp") == ["0.txt"]
    assert sources(connection, "lamp -red") == ["2.txt"]
    assert set(sources(connection, "boat OR (lamp -red)")) == {"1.txt", "2.txt"}
    assert set(sources(connection, "-lamp")) == {"1.txt", "3.txt"}
    assert set(sources(connection, "boat OR -lamp OR source:2.txt")) == {"1.txt", "2.txt", "3.txt"}
    assert sources(connection, "-red -lamp") == ["3.txt"]


def test_a_word_of_the_title_counts_more_and_can_be_asked_for_alone():
    connection = holding(
        samples.reading("A lamp was lit, and many other words stand here.", "text.txt"),
        samples.reading("Here are as many words as there are in the other one.", "title.txt", title="The Lämp"),
    )
    assert sources(connection, "lamp") == ["title.txt", "text.txt"]
    (hit,) = search(connection, "title:lamp")
    assert [hit.title[start:end] for start, end in hit.title_spans] == ["Lämp"]
    assert hit.passage.spans == ()


def test_what_counts_the_same_comes_with_the_newest_first_and_the_undated_last():
    dates = ["2031-05-03", None, "2032", "2031-05-04"]
    connection = holding(*(samples.reading("a lamp", f"{date}.txt", published=date) for date in dates))
    newest = ["2032.txt", "2031-05-04.txt", "2031-05-03.txt", "None.txt"]
    for query in ("lamp", "lamp -sea", "-sea"):
        assert sources(connection, query) == newest
        assert [source for at in range(5) for source in sources(connection, query, limit=1, offset=at)] == newest
    assert sources(connection, "lamp language:en") == []


def test_of_very_many_the_newest_come_by_relevance_and_the_others_after_them_by_date(monkeypatch):
    monkeypatch.setattr(search_sql, "RANKED", 3)
    lamps = {"2031": 9, "2032": 1, "2033": 2, "2034": 1, "2035": 1}
    connection = holding(
        *(
            samples.reading("lamp " * count + "boat " * (9 - count), f"{year}.txt", published=year)
            for year, count in lamps.items()
        ),
        samples.reading("a lighthouse", "2036.txt", published="2036"),
    )
    found = ["2033.txt", "2035.txt", "2034.txt", "2032.txt", "2031.txt"]
    assert sources(connection, "lamp") == found
    assert [source for at in range(6) for source in sources(connection, "lamp", limit=1, offset=at)] == found
    assert sources(connection, "lamp before:2035") == ["2033.txt", "2034.txt", "2032.txt", "2031.txt"]
    assert sources(connection, "lamp boat -source:2035", limit=2) == ["2033.txt", "2034.txt"]


@pytest.fixture(scope="module")
def read():
    """The article, with all that was read from it, and a page of another outlet."""
    article = samples.reading(language="en", author="Ada Quill")
    other = samples.reading("Nothing of note.", "https://wire.example/b", outlet="Harbour Wire", published="2031-06")
    return holding(article, other, samples.reading("Undated.", "c.txt", outlet=None, published=None))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("outlet:herald", "a.txt"),
        ('outlet:"the TARN"', "a.txt"),
        ("outlet:harb*", "https://wire.example/b"),
        ("outlet:harb", ""),
        ("-outlet:herald -outlet:wire", "c.txt"),
        ("source:wire.example", "https://wire.example/b"),
        ("author:quill", "a.txt"),
        ("language:EN", "a.txt"),
        ("actor:orlen", "a.txt"),
        ('actor:"dana orlen"', "a.txt"),
        ("actor:dana", "a.txt"),
        ("actor:dan", ""),
        ("actor:XKA", "a.txt"),
        ("speaker:örlén", "a.txt"),
        ("speaker:XKA", ""),
        ("type:coerce", "a.txt"),
        ("act:demand", "a.txt"),
        ("type:aid", ""),
        ("after:2031-06", "https://wire.example/b"),
        ("after:2031-05-05", "https://wire.example/b"),
        ("before:2031-06", "a.txt"),
        ("on:2031-05", "a.txt"),
        ("on:2031-06-15", "https://wire.example/b"),
        ("after:2032", ""),
        ("-on:2031", "c.txt"),
        ("belmark type:coerce before:2032", "a.txt"),
        ("undated OR author:quill", "c.txt a.txt"),
    ],
)
def test_fields_find_what_was_read(read, query, found):
    assert set(sources(read, query)) == set(found.split())


def test_a_passage_is_where_most_of_it_stands_together_and_not_long():
    filler = "and so on and on " * 60
    (hit,) = search(texts(f"A lamp. {filler} A boat with a lamp at sea. {filler}"), "lamp boat sea")
    assert "boat with a lamp at sea" in hit.passage.text
    assert len(hit.passage.text) <= WIDTH
    assert len(hit.passage.spans) == 3


def test_a_passage_stays_short_whatever_stands_in_the_text():
    gap = "red" + " " * 100_000 + "lamp"
    (hit,) = search(texts(f"{gap} {'lamp' * 50_000} " + "red lamp " * 50_000), '"red lamp" OR lamp*')
    assert len(hit.passage.text) <= 4 * WIDTH


def test_what_is_searched_for_by_fields_alone_shows_the_beginning_of_the_article():
    text = "Menu\n\n  The article begins."
    of = samples.document(text)
    reading = replace(samples.reading(text), document=replace(of, body=((6, len(text)),)))
    (hit,) = search(holding(reading), "outlet:herald")
    assert (hit.passage.start, hit.passage.text, hit.passage.spans) == (8, "The article begins.", ())


def test_an_older_project_is_indexed_anew(tmp_path):
    connection = opened(tmp_path / "project.db", version=3)
    holding(samples.reading("中国外交部", "old.txt", title="Straße"), connection=connection)
    migrate(connection, steps())
    assert sources(connection, "外交 strasse") == ["old.txt"]
    holding(samples.reading("外交", "new.txt"), connection=connection)
    assert set(sources(connection, "外交")) == {"old.txt", "new.txt"}
    assert_whole(connection)


def test_the_index_follows_what_is_replaced_and_removed():
    first = samples.reading("a lamp", title="Örlén")
    connection = holding(first, samples.reading("a boat", "b.txt"), replace(first, reader="reader 2"))
    assert sources(connection, "orlen") == ["a.txt"]
    connection.execute("DELETE FROM documents WHERE source = 'a.txt'")
    assert sources(connection, "lamp OR orlen") == []
    assert_whole(connection)


def test_the_index_of_a_text_that_is_no_utf_8_can_still_be_compared_and_made_anew():
    connection = texts("a lamp")
    connection.execute("UPDATE documents SET text = CAST(x'ff' || text AS TEXT)")
    assert_whole(connection)
    connection.execute("INSERT INTO documents_text (documents_text) VALUES ('rebuild')")
    connection.execute("DELETE FROM documents")
    assert_whole(connection)


def assert_whole(connection):
    connection.execute("INSERT INTO documents_text (documents_text, rank) VALUES ('integrity-check', 1)")


def test_the_deepest_and_longest_query_is_no_burden(read):
    search(read, "(a -b OR " * DEPTH + "c" + ") d" * DEPTH)
    search(read, "a -(b OR " * DEPTH + "c" + ") d" * DEPTH)
    search(read, " OR ".join(f"-lamp{number}" for number in range(PARTS)))
    search(read, " OR ".join(f"outlet:lamp{number}" for number in range(PARTS)))


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (MOST + 1, 0), (1, -1), (1, 2**70)])
def test_a_limit_or_offset_out_of_range_is_refused(read, limit, offset):
    with pytest.raises(SettingsError, match="limit"):
        search(read, "a", limit, offset)


@given(query=queries)
@settings(deadline=None)
def test_nothing_that_is_typed_makes_sqlite_fail(read, query):
    with suppress(SettingsError):
        search(read, query)


SEA = {"0": "red lamp", "1": "red boat", "2": "lamp boat", "3": "red lamp boat", "4": "sea"}
plain = st.sampled_from(["red", "lamp", "boat", "source:3", "source:4", "before:2031", "on:2031"])
trees = st.recursive(
    plain,
    lambda inner: (
        st.tuples(st.just("-"), inner) | st.tuples(st.sampled_from([" ", " OR "]), st.lists(inner, min_size=1))
    ),
    max_leaves=8,
)


def written(tree):
    if isinstance(tree, str):
        return tree
    joint, inner = tree
    return f"-({written(inner)})" if joint == "-" else f"({joint.join(map(written, inner))})"


def holds(tree, source, text):
    """What a query means, said once more."""
    if isinstance(tree, str):
        field, _, value = tree.rpartition(":")
        return tree in text.split() if not field else value == source if field == "source" else field == "on"
    joint, inner = tree
    if joint == "-":
        return not holds(inner, source, text)
    return (all if joint == " " else any)(holds(part, source, text) for part in inner)


@pytest.fixture(scope="module")
def sea():
    return holding(*(samples.reading(text, source) for source, text in SEA.items()))


@given(tree=trees)
@settings(deadline=None, max_examples=300)
def test_parts_of_a_query_combine_as_they_do_in_logic(sea, tree):
    query = written(tree)
    assume(max(accumulate((sign == "(") - (sign == ")") for sign in query)) <= DEPTH)
    assert sorted(sources(sea, query)) == [source for source, text in SEA.items() if holds(tree, source, text)]


LETTERS = "aAß é\u0301İıI中国外が か\u3099ก็ำ한\u1112\u1161\u11ab½ﷺ\u200dـ.-'७यй\ufff9\ufffa"
strange = st.text(st.sampled_from(LETTERS), max_size=12) | st.text(max_size=6)


@given(text=strange, wanted=strange, beginning=st.booleans())
@settings(deadline=None, max_examples=400)
def test_what_the_index_finds_is_what_is_highlighted(text, wanted, beginning):
    sought = phrase(wanted, beginning=beginning)
    if sought is None:
        return
    connection = opened_index(indexed(text))
    found = connection.execute("SELECT 1 FROM words WHERE words MATCH ?", (sought.match,)).fetchone() is not None
    folded = Folded(text)
    matches = list(re.finditer(sought.pattern, folded.text))
    assert found == bool(matches)
    for match in matches:
        start, end = folded.span(*match.span())
        assert match[0] in folding(text[start:end])


def opened_index(tokens):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (tokens, tokenize = 'ascii')")
    connection.execute("INSERT INTO words VALUES (?)", (tokens,))
    return connection


@given(strange | st.text())
def test_folded_text_knows_every_character_it_came_from(text):
    folded = Folded(text)
    assert folded.text == folding(text)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert folded.text[at] in folding(text[start:end])


def test_a_letter_and_its_parts_are_indexed_alike():
    for letter in "éğıйїўガ한ǿṩçאָأ":
        assert indexed(unicodedata.normalize("NFD", letter)) == indexed(letter)


def test_a_letter_under_a_tower_of_accents_costs_no_time():
    assert indexed("a" + "\u0300\u0316" * 100_000) == "a"
