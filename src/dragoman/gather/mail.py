"""A message of electronic mail (.eml): its best text, with who sent it, when, and under which subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.headerregistry import AddressHeader, DateHeader
from email.message import Message
from email.policy import compat32, default
from typing import TypedDict

from dragoman.errors import InputError
from dragoman.gather.decode import decode, without_surrogates
from dragoman.gather.isolated import Isolated
from dragoman.gather.source import Source

MAX_BYTES = 25_000_000
MAX_DEPTH = 20
"""So deep parts may be nested in each other."""
MAX_PARTS = 1000
MAX_HEADER = 2000
"""Characters of a header that are read: long ones take a time that grows with the square of their length."""
_STUB = 300
"""A plain text that is so short and ten times shorter than the page beside it only says that there is one."""
_TAGS = re.compile(r"<[^>]{0,1000}>")
_UNSAFE = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs", "oem"})
"""Codecs that are slow on purpose-made bytes, or that no page and no mail is written in."""


@dataclass(frozen=True, slots=True)
class MailText:
    """What a message holds."""

    text: str
    markup: bool
    """The text is HTML: the message has no plain text, or only one that says so."""
    subject: str | None
    author: str | None
    """The name in From; None where it gives an address alone."""
    address: str | None
    published: str | None
    """An EDTF day, in the sender's time zone."""
    attachments: int
    """Files and messages attached, none of which is read."""


class _Found(TypedDict):
    text: str
    markup: bool
    subject: str | None
    author: str | None
    address: str | None
    published: str | None
    attachments: int


def mail_source(data: bytes, name: str, isolated: Isolated) -> Source:
    """A message as a source, whose outlet is who sent it. Raises InputError as `mail_text` does."""
    found = mail_text(data, name, isolated)
    sender = found.author or found.address
    return Source(name, found.text, found.markup, found.published, outlet=sender, title=found.subject)


def mail_text(data: bytes, name: str, isolated: Isolated) -> MailText:
    """What the message in `data` holds, read within the limits of `isolated`. `name` says in messages which input it was.

    Raises InputError for what is no message, has no text, has too many bytes or parts or too deep ones, or hits a limit.
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} has {len(data)} bytes; messages of at most {MAX_BYTES} are read")
    return MailText(**isolated.run(_read, data, name))


def in_charset(data: bytes, charset: str | None) -> str | None:
    """The text of `data` where it is UTF-8, or in the charset that stood beside it and not in conflict with that; else None."""
    for label in ("utf-8", {"iso-8859-1": "cp1252", "latin-1": "cp1252"}.get((charset or "").lower(), charset)):
        if label and label.lower().replace("-", "_").strip() not in {name.replace("-", "_") for name in _UNSAFE}:
            try:
                return data.decode(label)
            except (UnicodeError, LookupError, ValueError):
                continue
    return None


def _read(data: bytes, name: str) -> _Found:
    """Runs in the other process."""
    try:
        # The older policy parses no headers that it is not asked for, and stumbles over none.
        message = message_from_bytes(data.lstrip(b"\r\n"), policy=compat32)
        if not any(key in message for key in ("from", "subject", "date", "received")):
            raise InputError(f"{name} is no e-mail message: it has none of the headers From, Subject, Date")
        plain, pages, attachments = _parts(message, name)
    except RecursionError as error:
        raise InputError(f"{name} has parts nested more than {MAX_DEPTH} deep") from error
    text, page = (max(texts, key=len, default="") for texts in (plain, pages))
    markup = bool(page.strip()) and _is_stub(text, page)
    chosen = without_surrogates(page if markup else text)
    if not chosen.strip():
        raise InputError(f"{name} is a message without any text ({attachments} attachments are not read)")
    author, address = _sender(message)
    return {
        "text": chosen,
        "markup": markup,
        "subject": _header(message, "subject"),
        "author": author,
        "address": address,
        "published": _day(message),
        "attachments": attachments,
    }


def _parts(message: Message, name: str) -> tuple[list[str], list[str], int]:
    """The plain texts and the pages in it, and how many attachments."""
    plain: list[str] = []
    pages: list[str] = []
    attachments = 0
    for count, part in enumerate(_leaves(message, name)):
        if count >= MAX_PARTS:
            raise InputError(f"{name} has more than {MAX_PARTS} parts")
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or _is_attached(part):
            attachments += 1
            continue
        (plain if kind == "text/plain" else pages).append(_content(part, name))
    return plain, pages, attachments


def _leaves(message: Message, name: str) -> Iterator[Message]:
    """The parts that hold something. A message in a message is one of them."""
    waiting: list[tuple[Message, int]] = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise InputError(f"{name} has parts nested more than {MAX_DEPTH} deep")
        # Asked for a text, get_payload decodes it with whatever codec the part names.
        inner = part.get_payload() if part.is_multipart() else None
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += [(each, depth + 1) for each in reversed(inner) if isinstance(each, Message)]
        else:
            yield part


def _is_attached(part: Message) -> bool:
    return _raw(part, "content-disposition").lstrip().lower().startswith("attachment")


def _content(part: Message, name: str) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    text = in_charset(data, part.get_content_charset())
    if text is None:
        try:
            text = decode(data, name)
        except InputError:
            return ""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _is_stub(plain: str, page: str) -> bool:
    return len(plain.strip()) < _STUB and len(_TAGS.sub("", page)) > 10 * len(plain.strip())


def _raw(message: Message, key: str) -> str:
    """The first header of that name as it stands there, in the UTF-8 that some write without saying so."""
    found = next((str(value) for given, value in message.raw_items() if given.lower() == key), "")
    return found[: MAX_HEADER + 1].encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _value(message: Message, key: str) -> object:
    """The header parsed, unless it is longer than any honest one or cannot be parsed."""
    raw = _raw(message, key)
    if not raw or len(raw) > MAX_HEADER:
        return None
    try:
        return default.header_fetch_parse(key, raw)
    except Exception:  # The parsers of headers fail in many ways on broken ones.
        return None


def _header(message: Message, key: str) -> str | None:
    return _tidy(_value(message, key))


def _tidy(value: object) -> str | None:
    text = without_surrogates(" ".join(str(value or "").split()))
    return "".join(character for character in text if character.isprintable())[:500] or None


def _sender(message: Message) -> tuple[str | None, str | None]:
    value = _value(message, "from")
    if not isinstance(value, AddressHeader) or not value.addresses:
        return None, None
    first = value.addresses[0]
    return _tidy(first.display_name), _tidy(first.addr_spec if first.domain else "")


def _day(message: Message) -> str | None:
    value = _value(message, "date")
    moment = value.datetime if isinstance(value, DateHeader) else None
    return moment.date().isoformat() if moment and 1970 <= moment.year < 2200 else None
