"""A brief leaves as Markdown, a page, a Word document and CSL-JSON, and nothing of a page is obeyed by any of them."""

import io
import json
from dataclasses import replace
from html.parser import HTMLParser

import docx
import pytest
from markdown_it import MarkdownIt

from dragoman.brief import Brief, Checked, Evidence, Section, Sentence, check
from dragoman.brief.render import FORMATS, render
from dragoman.errors import SettingsError

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](https://evil.example/p.png)",
    "<https://evil.example>",
    "https://evil.example/a_b_c",
    "www.evil.example",
    "[a]: https://evil.example",
    "[^1]: note",
    "# heading",
    "- list",
    "1. list",
    "> quote",
    "```\ncode",
    "`code`",
    "**bold** __bold__ ~~gone~~",
    "| a | b |\n|---|---|",
    "&lt;script&gt; &amp; &#x3c;",
    "\\<script>\\[a\\](b)",
    "=cmd|'/c calc'!A1",
    "+1 --- ===",
    "a\n\n<b>paragraph</b>",
    "\u202eright to left\u202c\x00\x1b[31m\ud800\ufffe",
    "javascript:alert(1)",
    "]]> --> </style> </title>",
    "$x^2$ @somebody #1 {{template}} :smile:",
)


class Reader(HTMLParser):
    """The tags, attributes and texts of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.links, self.found, self.marked, self._in = [], [], [], [], []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self._in.append((tag, dict(attributes).get("class")))
        self.links += [
            value for name, value in attributes if name in ("href", "src", "action") or name.startswith("on")
        ]

    def handle_endtag(self, tag):
        while self._in and self._in.pop()[0] != tag:
            pass

    def handle_data(self, data):
        self.found.append(data)
        if ("li", "unsupported") in self._in:
            self.marked.append(data)


def hostile(words):
    """A brief all of whose texts are these words."""
    evidence = Evidence(
        *("event", words, words, 0, 9, words, words, words, words, words, "2031-05-03", words, "en", words)
    )
    return Brief(words, "a", "b", None, None, (Section(words, (Sentence(words, (evidence,)),)),))


def written(brief, format, reasons=()):
    return render(brief, [Checked(0, 0, reasons)], format)


def shown(words):
    """What is left of words on one line: no controls, and no character that turns the reading direction."""
    return " ".join(word for word in words.translate(dict.fromkeys([0x202E, 0x202C, 0, 0x1B, 0xFFFE], " ")).split())


@pytest.mark.parametrize("words", HOSTILE)
def test_markdown_shows_hostile_words_and_obeys_none(words):
    text = written(hostile(words), "md").decode("utf-8")
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(text.partition("\n[^1]:")[0])
    kinds = {token.type for block in tokens for token in (block, *(block.children or ()))}
    assert kinds <= {
        *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "text_special"),
        *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
    }
    assert [block.content for block in tokens if block.type == "heading_open"] == ["", ""]
    plain = "".join(child.content for block in tokens for child in block.children or ())
    assert shown(words).replace("\ud800", "\ufffd") in plain
    assert "://" not in text.replace("\\://", "")
    assert "\u202e" not in text


@pytest.mark.parametrize("words", HOSTILE)
def test_a_page_shows_hostile_words_and_obeys_none(words):
    page = Reader(written(hostile(words), "html", (words,)))
    assert set(page.tags) <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "ol", "li", "sup", "a", "strong"),
    }
    assert page.links == ["#note-1"]
    assert shown(words).replace("\ud800", "\ufffd") in page.found


@pytest.mark.parametrize("words", HOSTILE)
def test_a_word_document_shows_hostile_words(words):
    word = docx.Document(io.BytesIO(written(hostile(words), "docx")))
    assert shown(words).replace("\ud800", "\ufffd") in [
        run.text for paragraph in word.paragraphs for run in paragraph.runs
    ]
    assert not any(rel.is_external for rel in word.part.rels.values())


@pytest.mark.parametrize("words", HOSTILE)
def test_csl_holds_hostile_words_as_text(words):
    (item,) = json.loads(written(hostile(words), "csl"))
    assert "URL" not in item or item["URL"].startswith("https://")


@pytest.mark.parametrize("format", ["md", "html", "docx"])
def test_all_formats_mark_what_is_unsupported_in_words(project, brief, format):
    sections = (replace(brief.sections[0], sentences=(Sentence("Norway won."), *brief.sections[0].sentences)),)
    edited = replace(brief, sections=sections)
    data = render(edited, check(project, edited), format)
    if format == "docx":
        text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    else:
        text = data.decode("utf-8")
    assert text.count("Unsupported: it has no evidence.") == 1
    assert "One sentence is unsupported, and marked." in text
    if format == "html":
        assert "".join(Reader(data).marked) == "Unsupported: it has no evidence. Norway won."


def test_markdown_has_a_footnote_for_each_evidence(project, brief):
    text = render(brief, check(project, brief), "md").decode("utf-8")
    assert text.startswith("# Norway and Chile\n")
    note = next(line for line in text.splitlines() if line.startswith("[^1]: "))
    assert note.startswith(
        "[^1]: The Tarn Herald, “Trawler”, 6 May 2031: “Norway seized a trawler of Chile on 3 May 2031”."
    )
    assert "Source: herald.txt." in note
    cited = {mark for line in text.splitlines() if line.startswith("- ") for mark in line.split("[^")[1:]}
    assert {mark.partition("]")[0] for mark in cited} == {
        line[2:].partition("]")[0] for line in text.splitlines() if line.startswith("[^")
    }


def test_a_word_document_has_numbered_notes(project, brief):
    word = docx.Document(io.BytesIO(render(brief, check(project, brief), "docx")))
    assert word.core_properties.title == "Norway and Chile"
    headings = [one.text for one in word.paragraphs if one.style.name == "Heading 1"]
    assert headings[-1] == "Notes"
    assert any(one.text.startswith("1 The Tarn Herald, “Trawler”") for one in word.paragraphs)


def test_a_page_needs_nothing_else(project, brief):
    data = render(brief, check(project, brief), "html")
    page = Reader(data)
    assert all(link.startswith("#note-") for link in page.links)
    assert "script" not in page.tags
    assert b"default-src 'none'" in data
    assert b"url(" not in data


def test_csl_json_has_each_document_once(project, brief):
    items = json.loads(render(brief, check(project, brief), "csl"))
    by_title = {item["title"]: item for item in items}
    assert sorted(by_title) == ["Nets", "No trawler", "Trawler"]
    assert by_title["No trawler"] == {
        "id": by_title["No trawler"]["id"],
        "type": "webpage",
        "title": "No trawler",
        "container-title": "Northern Mail",
        "author": [{"literal": "Ada Quill"}],
        "issued": {"date-parts": [[2031, 5, 8]]},
        "URL": "https://mail.example/quarrel",
    }
    assert by_title["Nets"]["source"] == "post.txt"


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("2031", {"date-parts": [[2031]]}),
        ("2031-05~", {"date-parts": [[2031, 5]], "circa": True}),
        ("2031-22", {"date-parts": [[2031]], "season": 2}),
        ("2031-05-01/2031-05-03", {"date-parts": [[2031, 5, 1], [2031, 5, 3]]}),
        ("XXXX-05-03", None),
        ("../2031", None),
        (None, None),
    ],
)
def test_csl_dates_are_no_closer_than_they_are_known(brief, date, issued):
    sentence = next(one for _, _, one in brief.sentences() if one.evidence)
    dated = replace(sentence, evidence=(replace(sentence.evidence[0], published=date),))
    one = replace(brief, sections=(Section("", (dated,)),))
    (item,) = json.loads(render(one, [], "csl"))
    assert item.get("issued") == issued


def test_another_format_is_refused(brief):
    assert FORMATS == ("md", "docx", "html", "csl")
    with pytest.raises(SettingsError, match="no format 'pdf'"):
        render(brief, [], "pdf")
