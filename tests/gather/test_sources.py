"""Files, folders and JSON Lines in; sources and failures out."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.gather import Failure, Source, document, sources

TEXT = "The council of the Nine Ports met on Monday and decided nothing."
CYRILLIC = "Совет Девяти Портов собрался в понедельник и ничего не решил, хотя гавани закрыты уже месяц."


def only(found: list[Source | Failure]) -> Source | Failure:
    assert len(found) == 1
    return found[0]


def test_a_folder_is_read_with_its_folders_in_order_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("z.txt", "a.md", "b/c.html", ".hidden.txt", ".git/d.txt"):
        (tmp_path / name).write_text(f"{TEXT} {name}", "utf-8")
    found = list(sources([tmp_path]))
    assert [(type(one), one.name) for one in found if isinstance(one, Source)] == [
        (Source, "a.md"),
        (Source, "z.txt"),
        (Source, "b/c.html"),
    ]


def test_a_file_of_another_kind_is_reported_as_skipped(tmp_path: Path) -> None:
    (tmp_path / "scan.odt").write_text(TEXT, "utf-8")
    failure = only(list(sources([tmp_path])))
    assert isinstance(failure, Failure)
    assert failure.problem == "skipped"
    assert "scan.odt" in failure.message


def test_a_link_that_leads_back_to_its_folder_ends_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    found = list(sources([tmp_path]))
    assert [one.name for one in found if isinstance(one, Source)] == ["a.txt"]
    assert [one.problem for one in found if isinstance(one, Failure)] == ["skipped"]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \r\n\t", "empty"),
        ("zeros.txt", bytes(range(256)) * 20, "not text"),
        ("report.txt", b"%PDF-1.7 ...", "not text"),
        ("photo.html", b"\xff\xd8\xff\xe0" + bytes(200), "not text"),
        ("marked.txt", b"\xff\xfe\x00\xd8\x41", "not text"),
    ],
)
def test_a_file_that_is_no_text_is_a_row_of_the_report(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(content)
    failure = only(list(sources([tmp_path / name])))
    assert isinstance(failure, Failure)
    assert (failure.source, failure.problem) == (name, problem)
    with pytest.raises(InputError, match=name):
        document(Source(name, content))


def test_what_is_missing_or_no_file_is_a_row_of_the_report_and_the_rest_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone.txt")
    inputs = [
        "https://example.org/a.html",
        "no\0name",
        tmp_path / "pipe.txt",
        tmp_path / "nowhere.txt",
        tmp_path / "a.txt",
    ]
    found = list(sources(inputs))
    assert [one.problem for one in found if isinstance(one, Failure)] == ["skipped", "unreadable", "skipped", "missing"]
    assert [one.name for one in found if isinstance(one, Source)] == ["a.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_a_row_of_the_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.txt").chmod(0)
    failure = only(list(sources([tmp_path])))
    assert isinstance(failure, Failure)
    assert failure.problem == "unreadable"


def test_a_file_above_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["dragoman.gather.sources"], "MAX_BYTES", 1000)
    (tmp_path / "large.txt").write_bytes(b"a" * 1001)
    (tmp_path / "lines.jsonl").write_bytes(b'{"text": "' + b"a" * 1001 + b'"}\n' + json.dumps({"text": TEXT}).encode())
    found = list(sources([tmp_path]))
    assert [one.source for one in found if isinstance(one, Failure)] == ["large.txt", "lines.jsonl:1"]
    assert [one.name for one in found if isinstance(one, Source)] == ["lines.jsonl:2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1251", "koi8-r"])
def test_a_text_is_read_in_whatever_encoding_it_was_saved(tmp_path: Path, encoding: str) -> None:
    written = (CYRILLIC + " Velmark.\r\n") * 20
    (tmp_path / "a.txt").write_bytes(written.encode(encoding))
    source = only(list(sources([tmp_path])))
    assert isinstance(source, Source)
    assert source.content == written
    assert document(source).text == written


@pytest.mark.parametrize("word", [b"abc\0", b"abc\0def\n", b"a letter\0"])
def test_words_with_zero_bytes_between_are_no_utf_16(word: bytes) -> None:
    with pytest.raises(InputError, match="is binary, not text"):
        document(Source("a.txt", word * 200))


@pytest.mark.parametrize(
    "text", ["Velmark recalls its envoy. ", "Tarsia says 中 and a little more. ", "Вельмарк a b c d. "]
)
def test_utf_16_without_a_mark_is_read(text: str) -> None:
    assert document(Source("a.txt", (text * 20).encode("utf-16-le"))).text == text * 20


def test_a_page_is_read_in_the_charset_that_it_declares() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body><p>{CYRILLIC}</p></body></html>'
    assert document(Source("a.html", page.encode("cp1251"), markup=True)).text == CYRILLIC


def test_a_stray_byte_does_not_cost_the_whole_text() -> None:
    data = ("“Never,” she said. " * 50).encode() + b"\xff and " + TEXT.encode()
    assert document(Source("a.txt", data)).text.count("\ufffd") == 1


def test_json_lines_bring_their_metadata_from_standard_input() -> None:
    row = {
        "text": TEXT,
        "source": "https://www.example.org/a",
        "published": "2031-04-07T10:00:00Z",
        "title": "No decision",
    }
    source = only(list(sources(["-"], io.BytesIO(json.dumps(row).encode() + b"\n\n"))))
    assert isinstance(source, Source)
    found = document(source)
    assert (found.source, found.title, found.outlet) == ("https://www.example.org/a", "No decision", "example.org")
    assert (found.published.value, found.published.basis) == ("2031-04-07", "metadata")


def test_each_bad_line_is_named_with_its_number_and_the_good_ones_are_read(tmp_path: Path) -> None:
    good = json.dumps({"text": TEXT})
    bad = ["{", "[]", "{}", '{"text": 5}', '{"text": " "}', '{"text": "a", "source": 5}', "[" * 100_000, "\ufeff{"]
    (tmp_path / "rows.jsonl").write_text("\n".join([good, *bad, good]), "utf-8")
    found = list(sources([tmp_path / "rows.jsonl"]))
    failures = [one for one in found if isinstance(one, Failure)]
    assert [f"line {number} of" in one.message for number, one in enumerate(failures, 2)] == [True] * len(bad)
    assert [one.name for one in found if isinstance(one, Source)] == ["rows.jsonl:1", f"rows.jsonl:{len(bad) + 2}"]


def test_a_line_whose_date_is_none_is_read_without_it_and_says_so() -> None:
    row = json.dumps({"text": TEXT, "published": "last week"})
    failure, source = sources(["-"], io.StringIO(row))
    assert isinstance(failure, Failure)
    assert failure.problem == "date"
    assert isinstance(source, Source)
    assert document(source).published.value is None


def test_half_a_surrogate_pair_in_json_keeps_its_place() -> None:
    source = only(list(sources(["-"], io.StringIO('{"text": "a\\ud83d b"}'))))
    assert isinstance(source, Source)
    assert document(source).text == "a\ufffd b"
