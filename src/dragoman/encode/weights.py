"""The files of a weights distribution, found and loaded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dragoman.errors import WeightsError

Floats = npt.NDArray[np.float32]

FILES = ("encoder.onnx", "heads.npz", "tokenizer.json", "labels.json", "lemmas.tsv")


@dataclass(frozen=True, slots=True)
class Weights:
    """Where the encoder lies, the heads' matrices by name, and the label sets that depend on the treebanks."""

    directory: Path
    version: str
    heads: dict[str, Floats]
    xpos: tuple[str, ...]
    relations: tuple[str, ...]


def directory() -> Path:
    """The data folder of the installed `dragoman-weights-en`. Raises WeightsError where it is not installed."""
    try:
        import dragoman_weights_en
    except ModuleNotFoundError as error:
        message = "the weights are not installed: run 'pip install dragoman-weights-en' (packages/ in the repository)"
        raise WeightsError(message) from error
    return Path(dragoman_weights_en.path())


def load(folder: Path) -> Weights:
    """Loads heads and labels. Raises WeightsError naming the file that is missing or damaged."""
    for name in FILES:
        if not (folder / name).is_file():
            raise WeightsError(f"{folder / name} is missing: install dragoman-weights-en anew")
    try:
        labels = json.loads((folder / "labels.json").read_text("utf-8"))
        with np.load(folder / "heads.npz") as stored:
            heads = {name: stored[name].astype(np.float32) for name in stored.files}
        return Weights(folder, labels["version"], heads, tuple(labels["xpos"]), tuple(labels["relations"]))
    except (ValueError, KeyError, OSError) as error:
        raise WeightsError(
            f"the weights in {folder} are damaged ({error}): install dragoman-weights-en anew"
        ) from error


def verify(folder: Path) -> list[str]:
    """Names of files whose SHA-256 differs from the manifest's; empty when all is well."""
    manifest = folder / "MANIFEST.json"
    if not manifest.is_file():
        return ["MANIFEST.json"]
    listed = json.loads(manifest.read_text("utf-8"))["files"]
    return [name for name, entry in listed.items() if _sha256(folder / name) != entry["sha256"]]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
