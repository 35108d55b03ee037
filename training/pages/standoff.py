"""Pages that we do not own, with annotation that holds none of their text."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from gold import BrokenPage, GoldStatement, Label, Page


def seeds(annotation: Path, folder: Path) -> list[Page]:
    """The pages of `folder` with their stand-off annotation, which holds offsets and labels and none of their text.

    Raises BrokenPage where a page is missing or is not, to the character, the one that was annotated.
    """
    found: list[Page] = []
    for name, marks in json.loads(annotation.read_text("utf-8")).items():
        try:
            text = (folder / name).read_bytes().decode("utf-8")
        except OSError as error:
            raise BrokenPage(f"{folder / name} cannot be read: {error.strerror}") from error
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != marks["sha256"]:
            raise BrokenPage(f"{folder / name} is not the page that was annotated")
        labels = tuple(Label(start, end, label) for start, end, label in marks["labels"])
        said = tuple(
            GoldStatement(start, end, text[slice(*speaker)] if speaker else "?", form, "", None, ())
            for start, end, speaker, form in marks["speakers"]
        )
        same = {text[slice(*other)]: text[slice(*first)] for first, *others in marks["same"] for other in others}
        found.append(
            Page(
                name.removesuffix(".txt"),
                "seed",
                text,
                None,
                None,
                None,
                "unmarked",
                labels,
                said,
                (),
                same,
                has_events=False,
            )
        )
    return found
