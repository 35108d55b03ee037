"""The bench on speeches of the UN Security Council, on a file of its columns with speeches of our own."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.encode import LanguageBase

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import unscon

COLUMNS = "file_id sentence_text A0 A2 A4 B1 filename country".split()
NORWAY, KENYA = "UNSC_2031_SPV.9001_spch004", "UNSC_2031_SPV.9001_spch007"
ROWS = (
    # piece, sentence, evaluation, its target; the column `country` is wrong, as in the corpus
    (NORWAY, "_Norway_01.txt", "We thank you .  ", "_", "_"),
    (KENYA, "_Kenya2_00_GD.txt", "( spoke in English )", "_", "_"),
    (KENYA, "_Kenya2_00_GD.txt", "The two sides met in May .", "_", "_"),
    (NORWAY, "_Norway_00.txt", "Chile 's navy has violated the fishing agreement again .  ", "Direct_NegEval", "chile"),
    (NORWAY, "_Norway_00.txt", "That is a breach of all that was signed .", "Indirect_NegEval", "-NONE-"),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "unscon.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(COLUMNS)
        for name, piece, text, evaluation, target in ROWS:
            lines.writerow([name + piece, text, evaluation, "_", target, "_", name, "France"])
    return path


def test_the_pieces_of_a_speech_are_put_in_their_order(data: Path) -> None:
    norway, kenya = unscon.speeches(data)
    assert [sentence.text for sentence in norway.sentences] == [
        "Chile's navy has violated the fishing agreement again.",
        "That is a breach of all that was signed.",
        "We thank you.",
    ]
    assert [sentence.negative for sentence in norway.sentences] == [True, True, False]
    assert [sentence.target for sentence in norway.sentences] == ["CHL", None, None]
    assert len(kenya.sentences) == 2


def test_the_country_is_that_of_the_file_and_not_of_its_column(data: Path) -> None:
    assert [speech.country for speech in unscon.speeches(data)] == ["NOR", "KEN"]


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("_United_Kingdom_Of_Great_Britain_And_Northern_Ireland_02.txt", "GBR"),
        ("_United_States_Of_AmericaA2_01_GD.txt", "USA"),
        ("_Venezuela_(Bolivarian_Republic_Of)_08_GD.txt", "VEN"),
        ("_Republic_Of_Korea_00.txt", "KOR"),
        ("_Indonesia_neg%2001.txt", "IDN"),
        ("Russian_Federation", "RUS"),
    ],
)
def test_countries_are_known_as_the_corpus_writes_them(name: str, iso3: str) -> None:
    assert unscon.code(name) == iso3


def test_a_country_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="Atlantis"):
        unscon.code("_Atlantis_00.txt")


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (
            "Chile 's self - styled envoys ,  two of them ,   left .   ",
            "Chile's self-styled envoys, two of them, left.",
        ),
        (
            "The envoys ' visit   - a short one - ended ( on time ) .",
            "The envoys' visit - a short one-ended (on time).",
        ),
        ('He said :  " We will stay .  ', 'He said: "We will stay.'),
        ('It is real , you see ? "   ', 'It is real, you see?"'),
        ('the word " peace " - or " pace " - has a history .', 'the word "peace" - or "pace" - has a history.'),
    ],
)
def test_tokenised_sentences_are_written_as_people_write(tokens: str, text: str) -> None:
    assert unscon.plain(tokens) == text


@given(st.lists(st.text("ab c(.)", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_every_sentence_stands_where_the_transcript_says(lines: list[str]) -> None:
    speech = unscon.Speech("speech", "USA", [unscon.Sentence(line, False, None) for line in lines])
    text, spans = speech.transcript()
    assert [text[start:end] for start, end in spans] == lines
    assert "(the United States): " in text[: spans[0][0]]


def test_a_remark_in_brackets_does_not_stand_alone(data: Path) -> None:
    text, spans = unscon.speeches(data)[1].transcript()
    assert text[spans[0][0] :].startswith("(spoke in English) The two sides met")


def test_what_is_read_is_counted(data: Path, base: LanguageBase) -> None:
    tally, misses = unscon.measure(unscon.speeches(data)[0], base)
    assert (tally["n"], tally["gold"], tally["targets"], tally["own"]) == (3, 2, 1, 3)
    assert tally["right"] <= tally["reached"] <= tally["targets"]
    assert len(misses) >= tally["gold"] - tally["hit"]


def test_the_last_line_is_one_object(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["unscon.py", "--data", str(data), "--sentences", "1", "--json", "--errors"])
    assert unscon.main() == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["n"] == 3
    assert {"negative_f1", "target_accuracy"} <= figures.keys()


def test_another_file_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    monkeypatch.setattr(sys, "argv", ["unscon.py", "--data", str(path)])
    assert unscon.main() == 1
    assert "no file of UNSCon" in capsys.readouterr().err
