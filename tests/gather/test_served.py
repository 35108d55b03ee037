"""What servers send: PDFs and documents are told from web pages by their bytes, whatever the server calls them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.gather.test_docx import docx, p
from tests.gather.test_pdf import pdf
from tests.run.test_watch import Site

from dragoman.gather import Failure, Source, sources
from dragoman.gather.fetch import Fetcher, FetchOptions

LEDE = "Velmark has called its ambassador home from Tarsia after talks on the fishing grounds broke down."
PDF = pdf([[LEDE]], "/Title(Velmark recalls its envoy)/CreationDate(D:20310407)")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site
        site.shutdown()


def served(site: Site, body: bytes, **headers: str) -> Source | Failure:
    site.put("/it", body, **headers)
    options = FetchOptions(pause=0, private_hosts=frozenset({"127.0.0.1"}), ports=frozenset({site.port}))
    with Fetcher(options) as fetcher:
        (found,) = sources([site.url("/it")], fetcher=fetcher)
    return found


@pytest.mark.parametrize("kind", ["application/pdf", "application/octet-stream", "text/html", ""])
@pytest.mark.parametrize("body", [PDF, b"\xef\xbb\xbf\n" + PDF, docx(p(LEDE))], ids=["PDF", "PDF after a mark", "DOCX"])
def test_a_document_is_read_as_its_text(site: Site, body: bytes, kind: str) -> None:
    found = served(site, body, Content_Type=kind)
    assert isinstance(found, Source)
    assert (found.name, found.content, found.markup) == (site.url("/it"), LEDE, False)


def test_its_title_and_date_come_with_it(site: Site) -> None:
    found = served(site, PDF)
    assert isinstance(found, Source)
    assert (found.title, found.published) == ("Velmark recalls its envoy", "2031-04-07")


@pytest.mark.parametrize("body", [b"%PDF-1.7 and no more", b"PK\x03\x04 word/document.xml and no more"])
def test_a_broken_document_says_so(site: Site, body: bytes) -> None:
    found = served(site, body)
    assert isinstance(found, Failure)
    assert found.source == site.url("/it")
    assert "broken" in found.message or "not a" in found.message


def test_a_page_that_speaks_of_a_pdf_is_a_page(site: Site) -> None:
    found = served(site, b"<html><p>Files that begin with %PDF-1.7 are PDFs.</p></html>", Content_Type="text/html")
    assert isinstance(found, Source)
    assert found.markup
