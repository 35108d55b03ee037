"""Messages of electronic mail: which of their texts is read, and what their headers say."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from dragoman.errors import InputError
from dragoman.gather import document
from dragoman.gather.isolated import Isolated
from dragoman.gather.mail import mail_source, mail_text

LEDE = "Velmark has called its ambassador home from Tarsia after talks on the fishing grounds broke down on Monday."
CYRILLIC = "Совет Девяти Портов собрался в понедельник и ничего не решил."
PAGE = f"<html><body><h1>Velmark recalls its envoy</h1><p>{LEDE}</p><p>{LEDE}</p><p>{LEDE}</p></body></html>"
HEAD = b"From: Harbour Gazette <news@gazette.example>\r\nSubject: Velmark recalls\r\n  its envoy\r\n"


@pytest.fixture(scope="module")
def isolated() -> Iterator[Isolated]:
    with Isolated() as process:
        yield process


def message(plain: str | None = LEDE, page: str | None = None, cte: str = "quoted-printable") -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"] = "Harbour Gazette <news@gazette.example>"
    made["Subject"] = "Velmark recalls its envoy – “never again”"
    made["Date"] = "Mon, 07 Apr 2031 23:30:00 -0500"
    if plain is not None:
        made.set_content(plain, cte=cte)
    if page is not None:
        made.add_alternative(page, subtype="html") if plain is not None else made.set_content(page, subtype="html")
    return made


def test_a_message_is_a_source_of_its_text_subject_sender_and_day(isolated: Isolated) -> None:
    source = mail_source(message().as_bytes(), "a.eml", isolated)
    assert source.content.strip() == LEDE
    assert (source.title, source.outlet) == ("Velmark recalls its envoy – “never again”", "Harbour Gazette")
    assert (source.published, source.markup) == ("2031-04-07", False)
    assert document(source).published.value == "2031-04-07"


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
def test_a_text_is_read_in_whatever_way_it_was_sent(isolated: Isolated, cte: str) -> None:
    assert mail_text(message(CYRILLIC, cte=cte).as_bytes(), "a.eml", isolated).text.strip() == CYRILLIC


@pytest.mark.parametrize("declared", ["koi8-r", "us-ascii", "x-unheard-of", "punycode", '"'])
def test_a_charset_is_believed_where_it_fits(isolated: Isolated, declared: str) -> None:
    data = CYRILLIC.encode("koi8-r" if declared == "koi8-r" else "utf-8")
    raw = HEAD + f"Content-Type: text/plain; charset={declared}\r\n\r\n".encode() + data
    assert mail_text(raw, "a.eml", isolated).text == CYRILLIC


def test_plain_text_comes_before_the_page_unless_it_only_says_that_there_is_one(isolated: Isolated) -> None:
    assert not mail_text(message(LEDE, PAGE).as_bytes(), "a.eml", isolated).markup
    for plain in (None, "\n", "Please see this in a browser."):
        found = mail_source(message(plain, PAGE).as_bytes(), "a.eml", isolated)
        assert found.markup
        assert LEDE in document(found).text


def test_attachments_are_counted_and_not_read(isolated: Isolated) -> None:
    made = message(LEDE, PAGE)
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    made.add_attachment("A very long text of another kind. " * 50, filename="notes.txt")
    made.add_attachment(message("Forwarded. " * 50))
    found = mail_text(made.as_bytes(), "a.eml", isolated)
    assert (found.text.strip(), found.attachments) == (LEDE, 3)


def test_headers_in_utf_8_or_broken_ones_cost_nothing_but_themselves(isolated: Isolated) -> None:
    for head, sender, subject, day in (
        (
            f"From: Лина <l@x.example>\nSubject: {CYRILLIC}\nDate: 7 Apr 2031 10:00 +0000",
            "Лина",
            CYRILLIC,
            "2031-04-07",
        ),
        ("From: l@x.example\nSubject: =?utf-8?b?!!!?=\nDate: yesterday", None, None, None),
        ("From: ;;;<<>>\nSubject:\nDate: Mon, 99 Foo 2031", None, None, None),
        (f"From: {'(' * 5000}\nSubject: {'a' * 5000}\nDate: {'1' * 5000}", None, None, None),
    ):
        found = mail_text(f"{head}\n\n{LEDE}".encode(), "a.eml", isolated)
        assert found.text == LEDE
        assert (found.author, found.subject, found.published) == (sender, subject, day)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no e-mail message"),
        (LEDE.encode(), "no e-mail message"),
        (HEAD + b"\r\n \r\n", "without any text"),
        (HEAD + b"Content-Type: image/png\r\n\r\nx", "without any text .1 attach"),
    ],
    ids=["empty", "text", "blank", "picture"],
)
def test_a_message_that_cannot_be_read_says_why(isolated: Isolated, data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=f"a.eml .*{why}"):
        mail_source(data, "a.eml", isolated)
