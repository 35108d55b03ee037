"""The benches of events: what they count, and what they say of files that are not what they want."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bench"))

from coped import Told, _pair  # noqa: E402
from folds import fold_of, phrase  # noqa: E402
from plv import Answer, macro_f1, quad, root  # noqa: E402


def run(bench: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "bench" / f"{bench}.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def last(done: subprocess.CompletedProcess[str]) -> dict[str, float]:
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_sentence_has_one_fold_however_it_is_spaced() -> None:
    assert fold_of("Norland's army left.") == fold_of("Norland 's army left .")


def test_a_phrase_is_found_whatever_blanks_stand_in_it() -> None:
    assert phrase("Norland 's army ( east )", "Then Norland's army (east) left.") == (5, 26)
    assert phrase("the fleet", "Norland's army left.") is None


def test_macro_f1_is_the_mean_over_the_classes_of_the_gold() -> None:
    answers = [Answer({}, "AID", "AID"), Answer({}, "AID", "REJECT"), Answer({}, "REJECT", "REJECT")]
    assert macro_f1(root)(answers) == pytest.approx((2 / 3 + 2 / 3) / 2)
    assert quad("YIELD") == "2"
    assert quad("SANCTION") == "4"


@pytest.mark.parametrize(
    ("sources", "targets", "mutual", "right"),
    [
        ([(0, 5)], [(10, 15)], [], True),
        ([(10, 15)], [(0, 5)], [], False),
        ([(0, 5)], [], [], True),
        ([], [], [(12, 15), (0, 3)], True),
        ([], [], [(12, 15), (30, 33)], False),
    ],
)
def test_a_pair_has_a_direction_unless_it_is_mutual(
    sources: list[tuple[int, int]], targets: list[tuple[int, int]], mutual: list[tuple[int, int]], right: bool
) -> None:
    told = Told(((0, 7),), ((8, 20),), 3, 0.9, symmetric=False)
    assert _pair(told, sources, targets, mutual) is right


def test_plv_reads_a_table(tmp_path: Path) -> None:
    table = tmp_path / "plv.tsv"
    table.write_text(
        "sentence\tsource\ttarget\troot\tquad\n"
        "Norland shelled two Sarvian villages.\tNorland\ttwo Sarvian villages\tASSAULT\t4\n"
        "Norland thanked Sarvia for its support.\tNorland\tSarvia\tSUPPORT\t1\n",
        "utf-8",
    )
    done = run("plv", "--data", table, "--json")
    assert done.returncode == 0, done.stderr
    assert last(done)["n"] == 2
    assert {"binary_macro_f1", "quad_macro_f1", "root_macro_f1", "low", "high"} < set(last(done))


def test_plv_names_the_columns_that_a_table_lacks(tmp_path: Path) -> None:
    table = tmp_path / "plv.tsv"
    table.write_text("sentence\troot\nNorland left.\tYIELD\n", "utf-8")
    done = run("plv", "--data", table)
    assert done.returncode == 1
    assert "source, target" in done.stderr


def test_coped_reads_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "coped.jsonl"
    row = {"sentence": "Norland shelled two Sarvian villages.", "pentaclass": "4", "sources": ["Norland"]}
    file.write_text(json.dumps({**row, "targets": ["two Sarvian villages"], "reciprocal": []}) + "\n", "utf-8")
    done = run("coped", "--data", file, "--json")
    assert done.returncode == 0, done.stderr
    assert set(last(done)) == {"pair_f1", "pair_quad_f1", "no_event_recall", "n"}
    assert last(done)["pair_f1"] == 1


@pytest.mark.parametrize("bench", ["plv", "coped"])
def test_without_weights_by_fold_it_says_how_to_make_them(bench: str, tmp_path: Path) -> None:
    done = run(bench, "--folds", tmp_path)
    assert done.returncode == 1
    assert "folds.sh" in done.stderr


def test_invariance_refuses_a_table_of_other_cells(tmp_path: Path) -> None:
    table = tmp_path / "lines.tsv"
    table.write_text("ASSAULT\tshelled\n", "utf-8")
    done = run("invariance", "--data", table)
    assert done.returncode == 1
    assert "lines.tsv:1" in done.stderr


def test_clauses_counts_coded_passages(tmp_path: Path) -> None:
    file = tmp_path / "some.txt"
    file.write_text("{A} shelled {B}.\n    ASSAULT | happened | {A} | shelled | {B}\n", "utf-8")
    done = run("clauses", "--data", file, "--json")
    assert done.returncode == 0, done.stderr
    assert last(done)["found_f1"] == 1
