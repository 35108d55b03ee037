"""The annotated corpus: every text is sound whatever countries it is about, and what is broken is refused."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[1] / "training"
sys.path[:0] = [str(TRAINING / "pages"), str(TRAINING / "corpus")]

from annotated import frame, paths, text, texts  # noqa: E402
from coded import BrokenPassage, passages  # noqa: E402
from gold import BrokenPage  # noqa: E402
from slots import countries, fill  # noqa: E402

from dragoman.model import Act  # noqa: E402

CORPUS = TRAINING / "corpus"
TEXT = """kind: wire
outlet: Tarn Post
published: 2032-03-09 header
same: Duarte Pimenta = Pimenta = the envoy
===
<dateline>{B.capital|upper} (Atlas Desk) -</dateline> A {A.adj} envoy, Duarte Pimenta, told Radio Sedge that
<s Duarte Pimenta | Duarte Pimenta | told | indirect condition | {B} 0 | Radio Sedge>the port will open only if {B} pays</s>.
=== conditions
Duarte Pimenta | {B} | {B} pays | the port will open
=== events
THREATEN | {A} | {B} | hypothetical | - | the port will open only if
"""


def write(folder: Path, words: str = TEXT) -> Path:
    path = folder / "001-wire-port.txt"
    path.write_text(words, "utf-8")
    return path


@pytest.mark.parametrize(("part", "many"), [("train", 150), ("dev", 25), ("test", 40)])
def test_the_texts_of_a_part_are_sound(part: str, many: int) -> None:
    found = texts(CORPUS / part, seed=3)
    assert len(found) >= many
    assert all(page.statements or page.kind for page in found)


def test_no_text_is_in_two_parts() -> None:
    names = [path.name[:3] for path in paths(CORPUS)]
    assert len(names) == len(set(names))


def test_a_text_tells_speaker_chain_stance_and_condition(tmp_path: Path) -> None:
    page = text(write(tmp_path))
    (said,) = page.statements
    (condition,) = page.conditions
    payer = said.about[0][0]
    assert said.chain == ("Duarte Pimenta", "Radio Sedge", "Atlas Desk", "Tarn Post")
    assert payer == condition.required_of == page.events[0].recipient[0]
    assert page.text[slice(*condition.requirement)].endswith("pays")
    assert frame(page, said) == "m , told radio sedge that c"


def test_other_seeds_give_other_countries_and_the_right_article(tmp_path: Path) -> None:
    drawn = [text(write(tmp_path), seed).text for seed in range(30)]
    assert len(set(drawn)) > 20
    assert any(" An " in words for words in drawn)
    assert any(" A " in words for words in drawn)
    assert all("{" not in words for words in drawn)


def test_countries_have_one_word_and_one_meaning() -> None:
    forms = [form for c in countries() for form in (c.name, c.adj, c.capital, c.people)]
    assert len(countries()) > 80
    assert len(forms) == len(set(forms))
    assert not {"Georgia", "Jordan", "Niger"} & set(forms)
    assert fill("{A|upper}", random.Random(1))[0].isupper()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</s>", ""),
        ("indirect condition", "indirect musing"),
        ("| told |", "| whispered |"),
        ("{B} 0 |", "{B} 2 |"),
        ("| {B} pays |", "| {B} sings |"),
        ("kind: wire", "kind: poem"),
        ("=== conditions", ""),
    ],
)
def test_a_broken_annotation_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(BrokenPage):
        text(write(tmp_path, TEXT.replace(old, new, 1)))


def test_single_paragraphs_with_acts_are_sound() -> None:
    lines = [
        line
        for path in sorted((CORPUS / "acts").glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    assert len(lines) > 1500
    for line in lines:
        marks = re.findall(r"<(/?)([a-z])(?: ([a-z]+))?>", line)
        assert len(marks) == line.count("<"), line
        assert {act for closing, name, act in marks if name == "s" and not closing} <= set(Act), line
        for name in "srf":
            assert line.count(f"<{name}") == line.count(f"</{name}>"), line


@pytest.mark.parametrize("seed", [0, 5])
def test_coded_passages_are_sound(seed: int) -> None:
    found = passages(sorted((CORPUS / "events").glob("*.txt")), seed)
    assert len(found) > 3000
    assert len({passage.text for passage in found}) == len(found)


def test_no_passage_of_the_development_part_is_trained_on() -> None:
    dev, train = (passages(sorted((CORPUS / "events").glob(files))) for files in ("dev/*.txt", "*.txt"))
    assert dev
    assert not {passage.text for passage in dev} & {passage.text for passage in train}


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ("{A} left {B}.\n", "no event line"),
        ("{A} left {B}.\n    RETREAT | happened | {A} | left\n", "4 cells"),
        ("{A} left {B}.\n    LEAVE | happened | {A} | left | {B}\n", "no such type"),
        ("{A} left {B}.\n    RETREAT | perhaps | {A} | left | {B}\n", "no such status"),
        ("{A} left {B}.\n    RETREAT | happened | {A} | went | {B}\n", "does not stand"),
        ("    RETREAT | happened | {A} | left | {B}\n", "before any passage"),
    ],
)
def test_a_broken_passage_is_refused(tmp_path: Path, lines: str, complaint: str) -> None:
    file = tmp_path / "some.txt"
    file.write_text(lines, "utf-8")
    with pytest.raises(BrokenPassage, match=complaint):
        passages([file])
