"""English weights of Dragoman's language base. They are data: this package only says where they lie."""

from __future__ import annotations

from pathlib import Path

__version__ = "0.5.0"
__all__ = ["__version__", "path"]


def path() -> Path:
    """The folder with encoder.onnx, heads.npz, tokenizer.json, labels.json, lemmas.tsv and MANIFEST.json."""
    return Path(__file__).parent / "data"
