"""Files made to hurt: each is bounded in time and memory and reported, and what comes after it is read."""

from __future__ import annotations

import gzip
import os
import random
import signal
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
import pytest
from tests.gather.test_docx import CORE, docx, p, part
from tests.gather.test_pdf import pdf
from tests.gather.test_warc import names, read, record

from dragoman.errors import DragomanError, InputError
from dragoman.gather import Failure, Source
from dragoman.gather import isolated as module
from dragoman.gather.docx import docx_source
from dragoman.gather.isolated import Isolated, Limits
from dragoman.gather.mail import mail_source
from dragoman.gather.pdf import pdf_source
from dragoman.gather.warc import warc_sources

MEGABYTE = 1 << 20
LIMITS = Limits(seconds=5.0, memory=300 * MEGABYTE, answer=4 * MEGABYTE)


@pytest.fixture(scope="module")
def isolated() -> Iterator[Isolated]:
    with Isolated(LIMITS) as process:
        yield process


def length(data: bytes, name: str) -> int:
    return len(data)


def where(data: bytes, name: str) -> int:
    return os.getpid()


def hang(data: bytes, name: str) -> None:
    while True:
        pass


def eat(data: bytes, name: str) -> int:
    return len(b"x" * (1 << 40))


def eat_slowly(data: bytes, name: str) -> int:
    held = []
    while True:
        held.append(bytes(MEGABYTE))


def talk(data: bytes, name: str) -> str:
    return "x" * (5 * MEGABYTE)


def die(data: bytes, name: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave(data: bytes, name: str) -> None:
    os._exit(3)


def leave_politely(data: bytes, name: str) -> None:
    sys.exit(3)


def fail(data: bytes, name: str) -> None:
    raise RuntimeError("a fault")


def refuse(data: bytes, name: str) -> None:
    raise InputError(f"{name} is refused")


def sink(data: bytes, name: str) -> None:
    sink(data, name)


def answer_what_is_no_json(data: bytes, name: str) -> object:
    return object()


def shout(data: bytes, name: str) -> str:
    print("shouting")
    os.write(1, b"shouting")
    os.write(2, b"shouting")
    return "\ud800 said"


def leak(data: bytes, name: str) -> int:
    module.KEPT = bytes(200 * MEGABYTE)  # type: ignore[attr-defined]
    return os.getpid()


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (hang, "took longer than 1 seconds"),
        (eat, "more than 300 MB of memory"),
        (eat_slowly, "more than 300 MB of memory"),
        (talk, "more than 4194304 bytes of text"),
        (die, "signal 9"),
        (leave, "status 3"),
        (leave_politely, "SystemExit"),
        (fail, "RuntimeError: a fault"),
        (refuse, "is refused"),
        (sink, "RecursionError"),
        (answer_what_is_no_json, "TypeError"),
    ],
)
def test_whatever_a_function_does_it_costs_its_own_input_only(function: object, why: str) -> None:
    limits = Limits(seconds=1.0, memory=300 * MEGABYTE, answer=4 * MEGABYTE)
    with Isolated(limits) as process:
        with pytest.raises(InputError, match=f"x.pdf .*{why}"):
            process.run(function, b"abc", "x.pdf")  # type: ignore[arg-type]
        assert process.run(length, b"abc", "x.pdf") == 3


def test_one_process_serves_many_calls_and_is_replaced_after_a_failure(isolated: Isolated) -> None:
    first = isolated.run(where, b"", "a")
    assert first not in (os.getpid(), isolated.run(refuse_quietly, b"", "a"))
    assert isolated.run(where, b"", "a") == first
    with pytest.raises(InputError):
        isolated.run(fail, b"", "a")
    assert isolated.run(where, b"", "a") != first


def refuse_quietly(data: bytes, name: str) -> None:
    return None


def test_a_process_killed_between_two_calls_is_replaced(isolated: Isolated) -> None:
    os.kill(isolated.run(where, b"", "a"), signal.SIGKILL)
    time.sleep(0.2)
    assert isolated.run(length, b"abc", "a") == 3


def test_a_process_that_has_grown_is_replaced_and_its_answer_kept(isolated: Isolated) -> None:
    first = isolated.run(leak, b"", "a")
    assert isolated.run(where, b"", "a") != first


def test_the_process_has_no_standard_streams_of_ours(capfd: pytest.CaptureFixture[str]) -> None:
    with Isolated(LIMITS) as process:
        assert process.run(shout, b"", "a") == "\ud800 said"
    assert capfd.readouterr() == ("", "")


def test_many_megabytes_go_through_and_threads_wait_for_each_other(isolated: Isolated) -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(isolated.run(length, bytes(n * MEGABYTE), "a")))
        for n in range(1, 9)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [n * MEGABYTE for n in range(1, 9)]


def test_a_closed_process_is_gone_and_the_next_call_begins_another() -> None:
    process = Isolated(LIMITS)
    number = process.run(where, b"", "a")
    process.close()
    process.close()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
    assert process.run(length, b"abc", "a") == 3
    process.close()


def test_a_function_that_cannot_go_to_a_process_is_a_fault_of_the_caller_and_leaves_no_process() -> None:
    with Isolated(LIMITS) as process:
        with pytest.raises((AttributeError, TypeError, Exception), match=r"pickle|local|lambda"):
            process.run(lambda data, name: 1, b"", "a")
        assert process.run(length, b"abc", "a") == 3


def said(read_it: Callable[..., Source], data: bytes, name: str, isolated: Isolated) -> str:
    """The text, or what is said instead."""
    try:
        return str(read_it(data, name, isolated).content)
    except InputError as error:
        return str(error)


# PDF


def stream_bomb() -> bytes:
    data = zlib.compress(zlib.compress(b"0" * 100 * MEGABYTE, 9), 9)
    return pdf([["x"]], objects=(b"<<>>",)).replace(b"/Contents 5 0 R", b"/Contents 7 0 R") + (
        b"7 0 obj\n<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream\nendobj\n" % (len(data), data)
    )


PDFS: dict[str, Callable[[], Any]] = {
    "a stream that unpacks to 100 MB": lambda: stream_bomb(),
    "pages that hold themselves": lambda: pdf([["x"]]).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]"),
    "10,000 nested arrays": lambda: pdf([["x"]], info="/Title " + "[" * 10_000 + "]" * 10_000),
    "a font that refers to itself": lambda: pdf([["x"]]).replace(b"<</F 3 0 R>>", b"<</F 5 0 R>>"),
    "a million pages": lambda: (
        pdf([["x"]]).replace(b"/Count 1", b"/Count 1000000").replace(b"[4 0 R]", b"[" + b"4 0 R " * 30_000 + b"]")
    ),
    "a table of objects that leads to itself": lambda: (
        b"%PDF-1.4\nxref\n0 1\ntrailer\n<</Prev 9/Root 1 0 R>>\nstartxref\n9\n%%EOF"
    ),
    "5 MB of opening brackets": lambda: b"%PDF-1.4\n1 0 obj\n" + b"<<" * 2_500_000,
    "noise": lambda: b"%PDF-1.7\n" + random.Random(1).randbytes(MEGABYTE),
}


@pytest.mark.parametrize("kind", PDFS)
def test_a_pdf_made_to_hurt_is_bounded(isolated: Isolated, kind: str) -> None:
    data = PDFS[kind]()
    start = time.monotonic()
    assert len(said(pdf_source, data, "x.pdf", isolated)) < 10_000
    assert time.monotonic() - start < LIMITS.seconds + 30
    assert pdf_source(pdf([["Nobody saw her."]]), "b.pdf", isolated).content == "Nobody saw her."


def test_a_pdf_with_any_bytes_damaged_is_read_or_reported(isolated: Isolated) -> None:
    sound, chance = pdf([["Nobody saw her leave the capital."]] * 3), random.Random(7)
    for _ in range(60):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert said(pdf_source, bytes(data), "x.pdf", isolated)


# docx


def archive(*members: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return out.getvalue()


def named(name: str) -> bytes:
    return archive(("word/document.xml", part(p("Hello.")).encode()), ("z" * len(name), b"")).replace(
        b"z" * len(name), name.encode()
    )


LAUGHS = "<!DOCTYPE x [" + "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9)) + '<!ENTITY l0 "ha">]>'
FILE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
DOCUMENTS: dict[str, Callable[[], Any]] = {
    "entities that multiply": lambda: (
        archive(("word/document.xml", part(p("&l9;"), before=LAUGHS).encode())),
        "document type",
    ),
    "an entity that is a file": lambda: (
        archive(("word/document.xml", part(p("&f;"), before=FILE).encode())),
        "document type",
    ),
    "a DTD in the properties": lambda: (docx(p("Hello."), docProps_core="<!DOCTYPE x>" + CORE), "document type"),
    "a part of 500 MB": lambda: (archive(("word/document.xml", b" " * 500 * MEGABYTE)), "unpacks to more than"),
    "a name that climbs": lambda: (named("../../../tmp/evil.xml"), "leads out"),
    "a name that climbs by backslash": lambda: (named("..\\..\\evil.xml"), "leads out"),
    "an absolute name": lambda: (named("/etc/evil.xml"), "leads out"),
    "a name with a drive": lambda: (named("C:evil.xml"), "leads out"),
    "a name with NUL": lambda: (named("word/evil\0.xml"), "leads out"),
    "one name twice": lambda: (named("word/document.xml"), "two parts"),
    "6,000 parts": lambda: (archive(*((f"{n}.xml", b"") for n in range(6000))), "6000 parts"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_made_to_hurt_is_refused(isolated: Isolated, kind: str) -> None:
    data, why = DOCUMENTS[kind]()
    start = time.monotonic()
    with pytest.raises(InputError, match=f"x.docx.* {why}"):
        docx_source(data, "x.docx", isolated)
    assert time.monotonic() - start < LIMITS.seconds + 30


def test_10_000_nested_elements_and_tables_are_read(isolated: Isolated) -> None:
    table, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    for opening, closing in (("<w:sdt>", "</w:sdt>"), (table, end)):
        data = docx(opening * 10_000 + p("Deep.") + closing * 10_000)
        assert docx_source(data, "x.docx", isolated).content == "Deep."


def test_a_document_with_any_bytes_damaged_is_read_or_reported(isolated: Isolated) -> None:
    sound, chance = docx(p("Nobody saw her leave."), docProps_core=CORE), random.Random(7)
    for _ in range(100):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert said(docx_source, bytes(data), "x.docx", isolated)


# Mail

HEAD = b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


def nested(depth: int) -> bytes:
    data = b"Content-Type: text/plain\r\n\r\nDeep.\r\n"
    for number in range(depth):
        mark = b"=%d=" % number
        data = b'Content-Type: multipart/mixed; boundary="%s"\r\n\r\n--%s\r\n%s\r\n--%s--\r\n' % (
            mark,
            mark,
            data,
            mark,
        )
    return HEAD + data


def test_parts_are_read_to_a_depth_of_20_and_no_deeper(isolated: Isolated) -> None:
    assert str(mail_source(nested(20), "x.eml", isolated).content).strip() == "Deep."
    for depth in (21, 400, 5000):
        with pytest.raises(InputError, match=r"x.eml has parts nested more than 20 deep"):
            mail_source(nested(depth), "x.eml", isolated)


MANY = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 100_000
MAILS: dict[str, Callable[[], Any]] = {
    "100,000 parts": lambda: MANY,
    "a header of 10 MB": lambda: HEAD + b"X: " + b"a, " * 3 * MEGABYTE + b"\r\n\r\nHello.",
    "a million headers": lambda: HEAD + b"X: y\r\n" * 1_000_000 + b"\r\nHello.",
    "a million nested comments in Content-Type": lambda: (
        HEAD + b"Content-Type: text/plain" + b"(" * MEGABYTE + b"\r\n\r\nHello."
    ),
    "parameters without end": lambda: HEAD + b"Content-Type: text/plain" + b"; x*0*=a" * 200_000 + b"\r\n\r\nHello.",
    "20 MB of base64": lambda: HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUFB" * 5 * MEGABYTE,
    "a slow codec": lambda: HEAD + b"Content-Type: text/plain; charset=punycode\r\n\r\n\xff" + b"b9" * 2 * MEGABYTE,
    "an endless line": lambda: HEAD + b"\r\n" + b"=" * 20 * MEGABYTE,
    "26 MB": lambda: HEAD + b"\r\n" + b"x" * 26_000_000,
    "noise": lambda: HEAD + b"\r\n" + random.Random(1).randbytes(MEGABYTE),
}


@pytest.mark.parametrize("kind", MAILS)
def test_a_message_made_to_hurt_is_bounded(isolated: Isolated, kind: str) -> None:
    data = MAILS[kind]()
    start = time.monotonic()
    assert said(mail_source, data, "x.eml", isolated)
    assert time.monotonic() - start < LIMITS.seconds + 30


def test_a_message_with_any_bytes_damaged_is_read_or_reported(isolated: Isolated) -> None:
    made, chance = EmailMessage(), random.Random(7)
    made["From"], made["Subject"] = "Lina Orsk <l@x.example>", "Never – again"
    made.set_content("Nobody saw her leave – never.")
    made.add_alternative("<p>Nobody saw her leave.</p>", subtype="html")
    sound = made.as_bytes()
    for _ in range(200):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert said(mail_source, bytes(data), "x.eml", isolated)


# WARC

A, B = record("https://a.example/"), record("https://b.example/")
HTML = "Content-Type: text/html\r\n"


@pytest.mark.parametrize("length", [10**10, "ten", -5, 10**30, 10, ""], ids=str)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_a_record_that_says_a_wrong_length_is_reported_and_the_next_one_read(
    tmp_path: Path, length: object, packed: bool
) -> None:
    records = [A, record("https://x.example/", length=length), B]
    found = read(tmp_path, b"".join(map(gzip.compress, records) if packed else records))
    assert names(found) == ["https://a.example/", "unreadable", "https://b.example/"]
    assert isinstance(found[1], Failure)
    assert f"crawl.warc is broken at byte {len(gzip.compress(A) if packed else A)}" in found[1].message


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_an_archive_cut_off_anywhere_gives_what_was_whole(tmp_path: Path, packed: bool) -> None:
    records = [gzip.compress(one) if packed else one for one in (A, B)]
    whole = len(records[0])
    for cut in range(whole, whole + len(records[1]) - 12, 7):
        found = names(read(tmp_path, b"".join(records)[:cut]))
        assert found[0] == "https://a.example/"
        assert found[1:] == (["unreadable"] if cut > whole else [])


def test_a_page_that_is_cut_off_cannot_pass_its_own_bytes_for_records(tmp_path: Path) -> None:
    forged = record("https://trusted.example/", b"Forged.")
    cut = record("https://evil.example/", b"<p>\r\n\r\n" + forged + b"x" * 1000)[:-500]
    assert names(read(tmp_path, A + cut)) == ["https://a.example/", "unreadable"]


@cache
def bombs() -> dict[str, bytes]:
    zeros = bytes(60 * MEGABYTE)
    packer = zlib.compressobj(9, wbits=31)
    block = packer.compress(zeros)
    great = block + b"".join(packer.compress(zeros) for _ in range(9)) + packer.flush()
    many = gzip.compress(b"", mtime=0) * 200_000
    coded = [
        ("gzip", "gzip", great),
        ("br", "br", brotli.compress(zeros, quality=5)),
        ("gzip in gzip", "gzip, gzip", gzip.compress(great)),
        ("200,000 members", "gzip", many),
        ("50 codings", "gzip, " * 50, great),
    ]
    made = {
        name: record("https://x.example/", body, headers=f"{HTML}Content-Encoding: {coding}\r\n")
        for name, coding, body in coded
    }
    made["a page of 60 MB"] = record("https://x.example/", zeros)
    made["a header of 2 MB"] = record("https://x.example/", headers=f"{HTML}X: {'x' * 2 * MEGABYTE}\r\n")
    made["a coding nobody knows"] = record("https://x.example/", headers=f"{HTML}Content-Encoding: \x07zip\r\n")
    made["gzip cut off"] = record(
        "https://x.example/", gzip.compress(b"<p>Hello.")[:-6], headers=f"{HTML}Content-Encoding: gzip\r\n"
    )
    return made


BOMBS = ["gzip", "br", "gzip in gzip", "200,000 members", "50 codings"]
OTHERS = ["a page of 60 MB", "a header of 2 MB", "a coding nobody knows", "gzip cut off"]


@pytest.mark.parametrize("kind", [*BOMBS, *OTHERS])
def test_a_page_that_unpacks_to_too_much_is_reported_and_the_next_one_read(tmp_path: Path, kind: str) -> None:
    bomb = bombs()[kind]
    for records in ([A, bomb, B], [gzip.compress(one, 1) for one in (A, bomb, B)]):
        start = time.monotonic()
        found = read(tmp_path, b"".join(records))
        assert time.monotonic() - start < 60
        assert [one.name if isinstance(one, Source) else one.source for one in found] == [
            "https://a.example/",
            "https://x.example/",
            "https://b.example/",
        ]


def test_an_archive_that_unpacks_without_end_is_given_up(tmp_path: Path) -> None:
    packer = zlib.compressobj(1, wbits=31)
    head = packer.compress(record("https://x.example/", b"", kind="request", length=1 << 40))
    body = b"".join(packer.compress(bytes(32 * MEGABYTE)) for _ in range(40))
    start = time.monotonic()
    found = read(tmp_path, gzip.compress(A) + head + body + packer.flush())
    assert time.monotonic() - start < 60
    assert names(found) == ["https://a.example/", "too large"]


def test_a_million_empty_pieces_behind_an_archive_cost_little(tmp_path: Path) -> None:
    start = time.monotonic()
    assert names(read(tmp_path, gzip.compress(A) + gzip.compress(b"", mtime=0) * 200_000)) == ["https://a.example/"]
    assert time.monotonic() - start < 60


def test_an_archive_broken_in_many_places_is_given_up(tmp_path: Path) -> None:
    found = read(tmp_path, record("https://x.example/", length=10**10) * 300 + A)
    assert set(names(found)) == {"unreadable"}
    assert len(found) == 101


def test_an_address_with_line_breaks_or_without_end_makes_no_such_name(tmp_path: Path) -> None:
    found = read(tmp_path, record("https://x.example/\x00\x1b[2J" + "a" * 5000) + record(""))
    assert all(isinstance(one, Source) and one.name.isprintable() and len(one.name) <= 2000 for one in found)
    assert all(isinstance(one, Source) and one.name for one in found)


def test_an_archive_with_any_bytes_damaged_is_read_or_reported(tmp_path: Path) -> None:
    chance = random.Random(7)
    packed = record("https://x.example/", brotli.compress(b"<p>Hello."), headers=f"{HTML}Content-Encoding: br\r\n")
    for sound in (A + packed + B, gzip.compress(A) + gzip.compress(packed) + gzip.compress(B)):
        for _ in range(300):
            data = bytearray(sound)
            for _ in range(chance.randint(1, 8)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            assert all(isinstance(one, Source | Failure) for one in read(tmp_path, bytes(data)))


def test_a_file_that_is_no_archive_is_one_row_of_the_report(tmp_path: Path) -> None:
    for data in (b"<html>", random.Random(1).randbytes(100_000), gzip.compress(b"x" * 100_000), bytes(100_000)):
        assert names(read(tmp_path, data)) == ["unreadable"]
    (tmp_path / "folder").mkdir()
    assert names(list(warc_sources(tmp_path / "folder", "folder"))) == ["unreadable"]


def test_a_process_that_cannot_begin_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STARTING", 0.0)
    with Isolated(LIMITS) as process, pytest.raises(DragomanError, match="could not begin"):
        process.run(length, b"", "a")
