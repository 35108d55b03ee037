"""The bench of neutrality: rows compared once the exchange is taken out, and the share that has a counterpart."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.encode import LanguageBase
from dragoman.gather import Source, document
from dragoman.model import Act, Reading
from dragoman.read import read

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bench"))

import neutral  # noqa: E402
from neutral import Done, Result, Said  # noqa: E402
from renaming import Offsets, Side, Swap  # noqa: E402

TEXT = (
    "Norway expelled two Kenyan diplomats on 3 March 2031.\n\n"
    "“Kenya must lift the sanctions first,” Norwegian Foreign Minister Iven Harlo told reporters. Harlo will visit Nairobi "
    "in May."
)
NOBODY = Side({}, {})


def rows(reading: Reading) -> frozenset[neutral.Row]:
    return neutral.rows(reading, NOBODY, lambda span: span)


def result(first: frozenset[neutral.Row], second: frozenset[neutral.Row]) -> Result:
    return Result("text", Swap(TEXT, Offsets((), ()), NOBODY, NOBODY, {}, {}), first, second)


@pytest.fixture(scope="module")
def reading(base: LanguageBase) -> Reading:
    found = read(document(Source("page.txt", TEXT)), base)
    assert found.statements
    assert found.events
    return found


def test_a_reading_is_as_itself(reading: Reading) -> None:
    same = result(rows(reading), rows(reading))
    assert same.pairs() == []
    assert neutral.invariance(Said, Done)([same]) == 1


def test_one_other_field_costs_the_row_on_both_sides(reading: Reading) -> None:
    first, *rest = reading.statements
    other = replace(reading, statements=(replace(first, act=Act.PRAISE), *rest))
    changed = result(rows(reading), rows(other))
    n = len(rows(reading))
    assert neutral.invariance(Said, Done)([changed]) == pytest.approx((n - 1) / n)
    assert neutral.invariance(Done)([changed]) == 1
    ((one, two),) = changed.pairs()
    assert one is not None
    assert two is not None
    assert neutral.differs(one, two) == ["act"]


def test_a_row_that_is_gone_has_nobody_beside_it(reading: Reading) -> None:
    gone = result(rows(reading), rows(replace(reading, events=())))
    assert {two for _, two in gone.pairs()} == {None}
    assert neutral.invariance(Done)([gone]) == 0


def test_an_exchange_is_taken_out_on_both_sides(base: LanguageBase) -> None:
    found = neutral.measure("page.txt", TEXT, base, random.Random(7))
    assert found is not None
    for side in (found.first, found.second):
        countries = {party[2] for row in side if isinstance(row, Done) for party in row.actor | row.recipient}
        assert {"<KEN>"} <= countries <= {"<NOR>", "<KEN>"}
    assert {row.speaker for row in found.first if isinstance(row, Said)} == {"<iven> <harlo>"}


def test_the_same_seed_gives_the_same_exchange(base: LanguageBase) -> None:
    one, two = (neutral.measure("page.txt", TEXT, base, random.Random(3)) for _ in range(2))
    assert one == two


def test_annotated_pages_are_read_without_their_marks() -> None:
    found = dict(neutral.texts(ROOT / "training" / "pages", 7))
    assert len(found) >= 24
    assert not any("<s " in text or "===" in text for text in found.values())


def test_slots_of_a_corpus_are_filled_by_the_seed(tmp_path: Path) -> None:
    marked = "kind: wire\npublished: - none\n===\n{A} and {B.capital} signed.\n=== conditions\n=== events\n"
    (tmp_path / "001-wire-short.txt").write_text(marked, "utf-8")
    drawn = {neutral.texts(tmp_path, seed)[0][1] for seed in range(5)}
    assert len(drawn) > 1
    assert all(text.endswith(" signed.") and "{" not in text for text in drawn)


def test_the_test_part_is_left_alone_unless_it_is_named(tmp_path: Path) -> None:
    for folder in ("train", "test"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text(f"Norway. {folder}", "utf-8")
    assert neutral.texts(tmp_path, 7) == [("page.txt", "Norway. train")]
    assert neutral.texts(tmp_path / "test", 7) == [("page.txt", "Norway. test")]


def test_a_folder_without_texts_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no"):
        neutral.texts(tmp_path, 7)


def test_the_last_line_is_one_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "texts.jsonl"
    lines = [{"text": TEXT}, {"text": ""}, {"text": "The harbour was closed on Tuesday because of the storm."}]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    monkeypatch.setattr(sys, "argv", ["neutral.py", "--data", str(path), "--json", "--errors"])
    assert neutral.main() == 0
    out = capsys.readouterr().out.splitlines()
    assert any("1 name nobody" in line for line in out)
    figures = json.loads(out[-1])
    assert figures["n"] == 1
    assert 0 <= figures["invariance"] <= 1


def test_a_line_without_a_text_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"body": "Norway"}\n', "utf-8")
    monkeypatch.setattr(sys, "argv", ["neutral.py", "--data", str(path)])
    assert neutral.main() == 1
    assert 'without "text"' in capsys.readouterr().err
