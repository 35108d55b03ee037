"""The bundled examples are ours and say that they are invented; our annotated pages keep their own rules."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import pytest

from dragoman.gather import Source, document

EXAMPLES = sorted(
    (path for path in files("dragoman").joinpath("examples").iterdir() if not path.name.startswith(("README", "__"))),
    key=lambda path: path.name,
)
PAGES = Path(__file__).parents[1] / "training" / "pages"
sys.path.insert(0, str(PAGES))

from gold import BrokenPage  # noqa: E402
from load import page, pages  # noqa: E402


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_says_that_it_is_invented_outside_its_article(path) -> None:  # type: ignore[no-untyped-def]
    found = document(Source(path.name, path.read_bytes(), markup=path.name.endswith("html")))
    notice = found.text.lower().rindex("invented example")
    assert not any(start <= notice < end for start, end in found.body)


def test_there_are_examples_of_many_kinds() -> None:
    assert len(EXAMPLES) >= 15


@pytest.mark.parametrize(("folder", "many"), [(PAGES, 24), (PAGES / "test", 24)], ids=["development", "test"])
def test_annotated_pages_are_sound(folder: Path, many: int) -> None:
    assert len(pages(folder)) >= many


def test_a_broken_annotation_is_refused(tmp_path: Path) -> None:
    whole = next(PAGES.glob("01-*.txt")).read_text("utf-8")
    (tmp_path / "broken.txt").write_text(whole.replace("</s>", "", 1), "utf-8")
    with pytest.raises(BrokenPage):
        page(tmp_path / "broken.txt")
