"""MobileStyleGAN's two OpenVINO graphs as one safetensors file, and how near the pictures are.

    pip download --no-deps random-face==2021.7.21.1 && unzip random_face-*.whl -d random-face
    pip install openvino
    python packaging/starter/convert_generator.py random-face/random_face/data resources/starter/context

Reads the constants out of the graphs by the names of their nodes, writes ``generator.safetensors`` (fp16), prints
how far our pictures lie from those of the graphs, and keeps what the graphs make of two w's for the golden test.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import openvino
import safetensors.torch
import torch
import torch.nn.functional as F
from torch import Tensor

from facea_desktop.engine.face_generator import LEVELS, WIDTH, FaceGenerator

MEAN_OF = 100_000
"""Drawn z's whose mean w is taken."""
TRUNCATION = 0.8
GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "engine" / "golden" / "generator.json"


class Graph:
    """Nodes of one OpenVINO graph by name, and the constants that they read."""

    def __init__(self, file: Path) -> None:
        self.model = openvino.Core().read_model(file)
        self._nodes = {node.get_friendly_name(): node for node in self.model.get_ops()}

    def constants(self, name: str) -> list[Tensor]:
        """Constant inputs of a node."""
        sources = [port.get_source_output().get_node() for port in self._nodes[name].inputs()]
        found = [torch.from_numpy(np.array(node.data, np.float32)) for node in sources
                 if node.get_type_name() == "Constant"]  # fmt: skip
        assert found, f"{name} reads no constant"
        return found

    def constant(self, name: str) -> Tensor:
        """The one constant of a node."""
        (found,) = self.constants(name)
        return found

    def names(self, kind: str) -> list[str]:
        """Nodes of one kind in the order in which they run."""
        return [op.get_friendly_name() for op in self.model.get_ordered_ops() if op.get_type_name() == kind]


def mapping_weights(graph: Graph) -> dict[str, Tensor]:
    multiplications = graph.names("MatMul")
    state = {}
    for number, name in enumerate(multiplications):
        bias = f"Add_{int(name.removeprefix('MatMul_')) + 7}"
        weight = graph.constant(name)
        state[f"layers.{number}.weight"] = weight if not _transposes(graph, name) else weight.T
        state[f"layers.{number}.bias"] = graph.constant(bias).flatten()
    return state


def _transposes(graph: Graph, name: str) -> bool:
    """Whether a MatMul reads its constant as (in, out), which nn.Linear has as (out, in)."""
    return not graph._nodes[name].get_attributes()["transpose_b"]


def _linear(graph: Graph, number: int, scale: str | None) -> tuple[Tensor, Tensor]:
    name = f"Gemm_{number}/WithoutBiases"
    weight = graph.constant(name)
    weight = weight.T if _transposes(graph, name) else weight
    factor = graph.constant(scale).flatten() if scale else torch.ones(1)
    return weight * factor, graph.constant(f"Gemm_{number}").flatten() * factor


def synthesis_weights(graph: Graph) -> dict[str, Tensor]:
    state: dict[str, Tensor] = {"constant": graph.constant("Expand_9").reshape(1, WIDTH, 4, 4)}

    def convolution(prefix: str, gemm: int, *, separable: bool = True) -> None:
        """The nodes of one convolution are numbered from that of its style on."""
        state[f"{prefix}.style.weight"], state[f"{prefix}.style.bias"] = _linear(graph, gemm, f"Mul_{gemm + 8}")
        at = gemm + 10
        if separable:
            depthwise = graph.constant(f"Conv_{at}")
            state[f"{prefix}.depthwise.weight"] = depthwise.reshape(-1, 1, 3, 3)
            at += 1
        state[f"{prefix}.pointwise.weight"] = graph.constant(f"Conv_{at}")
        state[f"{prefix}.noise"] = graph.constant(f"Add_{at + 19}")
        state[f"{prefix}.pointwise.bias"] = graph.constant(f"Add_{at + 20}").flatten()

    convolution("start", 11, separable=False)
    for index in range(len(LEVELS)):
        base = 100 * index
        prefix = f"levels.{index}"
        state[f"{prefix}.style.weight"], state[f"{prefix}.style.bias"] = _linear(graph, base + 52, None)
        convolution(f"{prefix}.first", base + 77)
        convolution(f"{prefix}.second", base + 110)
    state["colour_style.weight"], state["colour_style.bias"] = _linear(graph, 743, "Mul_751")
    # The first three channels are the last transform's averages, which are twice the mean of four pixels.
    state["colour.weight"] = graph.constant("Conv_753")[:3] / 2
    state["colour.bias"] = graph.constant("Add_754").flatten()[:3] / 2
    return state


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graphs", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    mapping, synthesis = (Graph(options.graphs / f"{name}Network.xml") for name in ("Mapping", "Synthesis"))
    generator = FaceGenerator()
    state = {f"mapping.{key}": value for key, value in mapping_weights(mapping).items()} | synthesis_weights(synthesis)
    generator.load_state_dict(state | {"mean_w": torch.zeros(WIDTH)})
    generator.requires_grad_(False)
    random = torch.Generator().manual_seed(0)
    generator.mean_w.copy_(generator.mapping(torch.randn(MEAN_OF, WIDTH, generator=random)).mean(0))
    options.target.mkdir(parents=True, exist_ok=True)
    file = options.target / "generator.safetensors"
    halves = {key: value.to(torch.float16).contiguous() for key, value in generator.state_dict().items()}
    safetensors.torch.save_file(halves, file)
    print(f"{file}: {file.stat().st_size / 1e6:.1f} MB")
    compare(mapping, synthesis, FaceGenerator.load(file))


def compare(mapping: Graph, synthesis: Graph, generator: FaceGenerator) -> None:
    """Print how far our pictures lie from those of the graphs, for eight w's of moderate truncation."""
    core = openvino.Core()
    averages = next(op for op in synthesis.model.get_ops() if op.get_friendly_name() == "Slice_764/Split").output(0)
    to_w = core.compile_model(mapping.model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    to_picture = core.compile_model(
        openvino.Model([averages], synthesis.model.get_parameters(), "averages"), "CPU",
        {"INFERENCE_PRECISION_HINT": "f32"},
    )  # fmt: skip
    z = torch.randn(8, WIDTH, generator=torch.Generator().manual_seed(1))
    theirs_w = torch.from_numpy(np.concatenate([to_w(one[None].numpy())[0] for one in z]))
    ours_w = generator.mapping(z)
    print(f"w: largest difference {(ours_w - theirs_w).abs().max():.4f} at a deviation of {theirs_w.std():.3f}")
    w = generator.mean_w + TRUNCATION * (theirs_w - generator.mean_w)
    theirs = torch.from_numpy(np.concatenate([to_picture(one[None].numpy())[0] for one in w])) / 2
    difference = (generator(w) - theirs).abs() * 127.5
    print(f"pictures: mean difference {difference.mean():.3f}, largest {difference.max():.1f} of 255")
    kept = {
        "truncation": TRUNCATION,
        "z": z[:2].tolist(),
        "w": theirs_w[:2, :16].tolist(),
        "pictures": F.avg_pool2d((theirs[:2] + 1) * 127.5, 32).tolist(),
    }
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(json.dumps(_rounded(kept)))


def _rounded(value: object) -> object:
    """Four digits behind the point are enough to compare with."""
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return round(value, 4) if isinstance(value, float) else value


if __name__ == "__main__":
    main()
