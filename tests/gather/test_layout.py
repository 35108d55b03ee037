"""Plain-text dumps of pages: which lines are the article, and what the others are."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.gather import Layout, article_spans

PAGES = sorted((Path(__file__).parent / "pages").glob("*.page"))
LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.page"))
PARAGRAPH = (
    "The council of the Nine Ports met on Monday and decided nothing, although the harbours of Tarsia have been closed "
    "for a month and the fishermen on both sides of the bay are running out of money."
)


def written(page: Path, blank: str = "") -> tuple[str, list[tuple[int, int, str]]]:
    """The text of a page, and for each of its lines that is not blank its span with what it should be called."""
    text = ""
    lines: list[tuple[int, int, str]] = []
    for line in page.read_text("utf-8").splitlines():
        label, content = line.split("|", 1)
        if content:
            lines.append((len(text), len(text) + len(content), label))
        text += content + "\n" + blank
    return text, lines


def found_label(layout: Layout, start: int, end: int) -> str:
    if any(s <= start and end <= e for s, e in layout.body):
        return "body"
    labels = {block.label for block in layout.boilerplate if start <= block.start and block.end <= end}
    return "/".join(sorted(labels))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_article_of_a_page_is_told_from_all_that_stands_around_it(page: Path) -> None:
    text, lines = written(page)
    layout = article_spans(text)
    wrong = [
        f"{text[start:end][:60]!r} is {found_label(layout, start, end)}, not {label}"
        for start, end, label in lines
        if (found_label(layout, start, end) == "body") != (label == "body")
    ]
    assert not wrong


def test_nearly_all_lines_that_are_not_the_article_are_called_what_they_are() -> None:
    right = total = 0
    for page in PAGES:
        text, lines = written(page)
        layout = article_spans(text)
        for start, end, label in lines:
            if label != "body":
                total += 1
                right += found_label(layout, start, end) == label
    assert right >= 0.85 * total


@pytest.mark.parametrize("blank", ["", "\n"], ids=["lines", "blank lines between"])
def test_nearly_all_lines_of_layouts_of_many_kinds_are_told_article_or_not(blank: str) -> None:
    right = total = 0
    for page in LAYOUTS:
        text, lines = written(page, blank)
        layout = article_spans(text)
        total += len(lines)
        right += sum((found_label(layout, start, end) == "body") == (label == "body") for start, end, label in lines)
    assert right >= 0.95 * total


def test_an_article_on_a_single_line_is_body() -> None:
    text = " ".join([PARAGRAPH] * 30)
    assert article_spans(text).body == ((0, len(text)),)


@pytest.mark.parametrize(
    "text", ["Velmark threatens Tarsia.", "Velmark threatens Tarsia", "Home", "Read more: talks", "1"]
)
def test_a_text_of_one_line_is_body_whatever_it_says(text: str) -> None:
    assert article_spans(text).body == ((0, len(text)),)


def test_a_line_that_holds_a_teaser_and_the_article_is_split() -> None:
    teaser = (
        "By Ada Lund In recent days the quarrel between the two capitals has entered a new phase of tension due to..."
    )
    text = f"{teaser} Vous n'êtes pas connecté (Norda) -- {PARAGRAPH} {teaser}"
    layout = article_spans(text)
    assert [text[s:e] for s, e in layout.body] == [f"(Norda) -- {PARAGRAPH}"]
    assert [block.label for block in layout.boilerplate] == ["teaser", "menu", "teaser"]
    assert [(part.label, text[part.start : part.end]) for part in layout.parts] == [("dateline", "(Norda) --")]


def test_a_date_before_a_byline_belongs_to_it() -> None:
    text = f" date 2031-04-09 By Odo Marsen\n\n{PARAGRAPH}\n\n{PARAGRAPH}"
    layout = article_spans(text)
    assert layout.boilerplate == ()
    assert [(part.label, text[part.start : part.end]) for part in layout.parts] == [
        ("byline", "date 2031-04-09"),
        ("byline", "By Odo Marsen"),
    ]
    assert layout.author == "Odo Marsen"


@pytest.mark.parametrize(
    "signed",
    [
        "9 April 2031, 18:42 | by Odo Marsen",
        "Odo Marsen, Wednesday, 9 April 2031",
        "Updated: 9 April 2031 | Text: Odo Marsen",
        "9. April 2031",
        "09.04.2031 · 4 min read · Coast bureau",
        "Von Odo Marsen",
        "Odo Marsen",
        "9 апреля 2031, 10:12",
    ],
)
def test_a_line_under_the_headline_that_says_who_wrote_or_when_is_part_of_the_article(signed: str) -> None:
    text = f"Home | News\n\nNine Ports decide nothing about the harbours\n{signed}\n\n{PARAGRAPH}\n{PARAGRAPH[:80]}."
    layout = article_spans(text)
    assert [text[b.start : b.end] for b in layout.boilerplate] == ["Home | News"]
    assert signed in [text[part.start : part.end] for part in layout.parts if part.label == "byline"]


def test_a_date_below_the_article_is_not_part_of_it() -> None:
    text = f"{PARAGRAPH}\n{PARAGRAPH[:80]}.\n\nLast updated: 9 April 2031"
    assert [text[b.start : b.end] for b in article_spans(text).boilerplate] == ["Last updated: 9 April 2031"]


def test_a_line_about_the_author_at_the_end_is_not_the_article() -> None:
    note = "Odo Marsen has lived on both shores. He has no boat and no ties to the companies that are named above."
    text = f"Why the ports stay shut\nOdo Marsen\n9 April 2031\n\n{PARAGRAPH}\n\n{PARAGRAPH[:80]}.\n\n{note}"
    assert [text[b.start : b.end] for b in article_spans(text).boilerplate] == [note]


def test_menu_words_glued_to_a_headline_are_split_from_it() -> None:
    text = f"HomeWorldPoliticsNine Ports decide nothing about the harbours09.04.2031 - 09:15\n{PARAGRAPH}\n{PARAGRAPH}"
    layout = article_spans(text)
    assert [text[b.start : b.end] for b in layout.boilerplate] == ["Home", "World", "Politics"]
    assert [part.label for part in layout.parts] == ["headline", "byline"]


def test_a_date_before_a_headline_is_a_part_of_its_own() -> None:
    text = f" date 2031-04-09 Nine Ports decide nothing about the harbours\n\n{PARAGRAPH}\n{PARAGRAPH[:80]}."
    layout = article_spans(text)
    assert text[layout.parts[0].start : layout.parts[0].end] == "date 2031-04-09"
    headline = next(part for part in layout.parts if part.label == "headline")
    assert text[headline.start : headline.end] == "Nine Ports decide nothing about the harbours"


def test_a_byline_glued_to_an_appeal_is_split_from_it() -> None:
    text = f"Support CoastwatchBy Dr. Odo Marsen The bay is not the point. {PARAGRAPH}"
    layout = article_spans(text)
    assert [text[b.start : b.end] for b in layout.boilerplate] == ["Support Coastwatch"]
    assert layout.author == "Dr. Odo Marsen"


def test_an_agency_s_sign_off_is_split_from_the_last_paragraph() -> None:
    text = f"{PARAGRAPH}\n{PARAGRAPH[:-1]} too. (Reporting by Kaj Oller; editing by Runa Feld)"
    assert [text[b.start : b.end] for b in article_spans(text).boilerplate] == [
        "(Reporting by Kaj Oller; editing by Runa Feld)"
    ]


def test_three_dots_amid_an_article_do_not_make_it_a_teaser() -> None:
    quote = "“If the ports had listened to us from the beginning, we would not stand here today..."
    text = f"{PARAGRAPH}\n{quote}\n{PARAGRAPH[:-1]} still."
    assert article_spans(text).boilerplate == ()


def test_swapping_the_states_of_a_page_swaps_nothing_but_the_names() -> None:
    text, _ = written(Path(__file__).parent / "pages" / "menu_then_article.page")
    swapped = text.replace("Tarsia", "\0").replace("Velmark", "Tarsia").replace("\0", "Velmark")
    labels = [block.label for block in article_spans(text).boilerplate]
    assert [block.label for block in article_spans(swapped).boilerplate] == labels


def test_a_lede_that_comes_twice_is_still_the_article() -> None:
    lede = (
        "Officers of both coast guards met on the bridge and spoke about the nets that were cut in the bay last week."
    )
    text = f"Advertisement\n\nCoast guards meet\n\n{lede}\n\n{lede}\n\n{PARAGRAPH}\n\nTags:\n\nMost read"
    layout = article_spans(text)
    assert [text[b.start : b.end] for b in layout.boilerplate] == ["Advertisement", "Tags:", "Most read"]


def test_dots_that_an_author_sets_do_not_split_a_line() -> None:
    quote = "He said that the crew had been treated well, and that nobody was angry. ... Then he wept."
    text = f"{PARAGRAPH}\n{quote}\n{PARAGRAPH[:-1]}!"
    assert article_spans(text).body == ((0, len(text)),)
