"""CSV and TSV files of articles in; sources and failures out."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import SettingsError
from dragoman.gather import csv_rows as module
from dragoman.gather.csv_columns import parse_column_map
from dragoman.gather.csv_rows import Row, rows
from dragoman.gather.csv_sources import csv_sources
from dragoman.gather.source import Failure, Source

TEXT = "The council of the Nine Ports met on Monday."
CYRILLIC = "Совет Девяти Портов собрался в понедельник и ничего не решил, хотя гавани закрыты уже месяц."


def read(path: Path, content: str | bytes, given: str | None = None) -> list[Source | Failure]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(csv_sources(path, None if given is None else parse_column_map(given)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "articles.csv"


def test_columns_are_guessed_from_their_names(path: Path) -> None:
    found = read(
        path,
        f'Title,Body,URL,Publish Date,media_name\r\nTolls,"{TEXT}\r\nAgain.",https://h.example/1,2024-05-06,Harbour\r\n',
    )
    assert found == [
        Source("https://h.example/1", f"{TEXT}\r\nAgain.", published="2024-05-06", outlet="Harbour", title="Tolls")
    ]


def test_a_map_says_which_column_is_what(path: Path) -> None:
    found = read(path, f"a;b;text;c\n{TEXT};Tolls;no;6 May 2024\n", "text=a,title=b,published=c,source=text")
    assert found == [Source("no", TEXT, published="2024-05-06", title="Tolls")]


def test_a_row_without_a_source_is_named_by_its_line(path: Path) -> None:
    found = read(path, f'text\n"{TEXT}\nTwo."\n\n{TEXT}\n')
    assert [one.name for one in found if isinstance(one, Source)] == ["articles.csv:2", "articles.csv:5"]


def test_a_source_column_beside_addresses_is_the_outlet(path: Path) -> None:
    assert read(path, f"source,url,text\nHarbour,https://h.example/1,{TEXT}\n") == [
        Source("https://h.example/1", TEXT, outlet="Harbour")
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1251"])
def test_delimiter_and_encoding_are_told_from_the_file(path: Path, delimiter: str, encoding: str) -> None:
    out = io.StringIO(newline="")
    table = csv.writer(out, delimiter=delimiter)
    table.writerow(["title", "text"])
    table.writerows([f"Порты, {n}", f"{CYRILLIC}\n{n}; {n} | {n}"] for n in range(20))
    found = read(path, out.getvalue().encode(encoding))
    assert found[7] == Source("articles.csv:16", f"{CYRILLIC}\n7; 7 | 7", title="Порты, 7")
    assert len(found) == 20


def test_one_row_in_another_encoding_is_read_in_it(path: Path) -> None:
    lines = [f"title;text\n1;{TEXT}\n".encode(), f"2;{CYRILLIC}\n".encode("cp1251"), f"3;{CYRILLIC}\n".encode()]
    contents = [one.content for one in read(path, b"".join(lines)) if isinstance(one, Source)]
    assert contents == [TEXT, CYRILLIC, CYRILLIC]


def test_excel_s_separator_line_is_followed(path: Path) -> None:
    assert read(path, f"sep=;\r\ntext;title\r\n{TEXT};a,b\r\n") == [Source("articles.csv:3", TEXT, title="a,b")]


def test_nul_bytes_are_taken_out(path: Path) -> None:
    assert read(path, f"te\0xt,title\n{TEXT}\0,\0a\n") == [Source("articles.csv:2", TEXT, title="a")]


def test_a_broken_row_is_reported_with_its_line_and_the_rest_goes_on(path: Path) -> None:
    lines = [
        "title,text",
        f"1,{TEXT}",
        f'2,"{TEXT}" he said, "and left"',
        "3",
        f"4,{TEXT},,",
        f"5,{TEXT},more",
        f'6,"{TEXT}',
        f'7,"{TEXT}"',
        "8,",
        f'9,"{TEXT}',
    ]
    found = read(path, "\n".join(lines))
    assert [one.title for one in found if isinstance(one, Source)] == ["1", "4", "7"]
    failures = {one.source: one.message for one in found if isinstance(one, Failure)}
    assert sorted(failures) == [f"articles.csv:{line}" for line in (10, 3, 4, 6, 7, 9)]
    assert "after a closing quote" in failures["articles.csv:3"]
    assert "has 1 fields, the header 2" in failures["articles.csv:4"]
    assert "empty text" in failures["articles.csv:9"]
    assert "does not close" in failures["articles.csv:10"]


def test_quotes_between_tabs_may_be_plain(path: Path) -> None:
    found = read(path, f'title\ttext\n"Tolls" again\t{TEXT}\n"Open\t{TEXT}\n"Quoted\ttab"\t{TEXT}\n')
    assert [one.title for one in found if isinstance(one, Source)] == ['"Tolls" again', '"Open', "Quoted tab"]


def test_a_row_that_is_too_long_is_passed_over(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ROW", 1_000)
    long = f'1,{"x" * 1_500}\n2,{TEXT}\n3,"{"y" * 900}\n{"y" * 900}"\n4,{TEXT}\n'
    found = read(path, f"title,text\n{long}")
    assert [one.title for one in found if isinstance(one, Source)] == ["2", "4"]
    assert [one.source for one in found if isinstance(one, Failure) and one.problem == "too large"] == [
        "articles.csv:2",
        "articles.csv:4",
    ]


def test_a_file_made_to_be_read_again_and_again_is_read_in_bounded_time(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_ROW", 200_000)
    monkeypatch.setattr(module, "_RESCANS", 200_000)
    start = time.monotonic()
    found = read(path, "title,text\n" + 'a""","x""\n' * 400_000)
    assert time.monotonic() - start < 20
    assert all(isinstance(one, Failure) for one in found)
    assert any("are passed over with it" in one.message for one in found if isinstance(one, Failure))


def test_a_date_that_cannot_be_read_is_reported_and_the_text_still_read(path: Path) -> None:
    failure, source = read(path, f"text,date\n{TEXT},05/06/24\n")
    assert isinstance(failure, Failure)
    assert failure.problem == "date"
    assert source == Source("articles.csv:2", TEXT)


@pytest.mark.parametrize(
    ("content", "given", "problem", "says"),
    [
        (b"", None, "empty", "is empty"),
        (b" \r\n", None, "empty", "is empty"),
        (b"title,text\n", None, "empty", "no rows"),
        (
            b"a,b\n1,2\n",
            None,
            "unreadable",
            "no column of texts; its columns are a, b: give one of them as text=COLUMN",
        ),
        (b"a,b\n1,2\n", "text=body", "unreadable", "no column 'body' for text; its columns are a, b"),
        (b'a,"b\n1,2\n', None, "unreadable", "no column of texts"),
        (b'text,"b\n1,2\n', None, "unreadable", "columns are"),
        (b"PK\x03\x04" + b"x" * 50, None, "not text", "ZIP archive"),
        (bytes(range(256)) * 20, None, "not text", "save it as UTF-8"),
        (bytes(1000), None, "not text", "binary"),
    ],
)
def test_a_file_without_articles_is_a_failure(
    path: Path, content: bytes, given: str | None, problem: str, says: str
) -> None:
    (failure,) = read(path, content, given)
    assert isinstance(failure, Failure)
    assert failure.problem == problem
    assert says in failure.message


def test_a_file_that_is_not_there_and_a_folder_are_failures(tmp_path: Path) -> None:
    (missing,) = csv_sources(tmp_path / "none.csv")
    (folder,) = csv_sources(tmp_path)
    assert isinstance(missing, Failure)
    assert isinstance(folder, Failure)
    assert (missing.problem, folder.problem) == ("missing", "skipped")


def test_a_column_map_is_parsed() -> None:
    assert parse_column_map('text=body, url=link ,"title=Head, line"') == {
        "text": "body",
        "source": "link",
        "title": "Head, line",
    }


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("body=text", "'body' is no field of an article: there are text, source, url, title, published, outlet"),
        ("text", "names no column"),
        ("text=", "names no column"),
        ("", "names no column"),
        ("text=a,text=b", "text twice"),
        ("url=a,source=b", "source twice"),
        ('"text=a', "does not close"),
        ('"text=a"b', "closing quote"),
    ],
)
def test_a_column_map_that_cannot_be_followed_says_why(given: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        parse_column_map(given)


CELLS = st.text(st.sampled_from("ab\"',;\t\n\r é"), max_size=8)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_what_the_csv_module_writes_is_read_back(table: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    found = list(rows(io.StringIO(out.getvalue(), newline=""), delimiter))
    assert [row.fields for row in found if isinstance(row, Row)] == table
