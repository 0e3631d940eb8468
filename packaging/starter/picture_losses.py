"""What pictures that a network made are compared by."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from facenet import FaceNet, crop_faces

STEM_WEIGHT = 0.5
IDENTITY_WEIGHT = 1.0
EDGE_WEIGHT = 1.0
COLOUR_WEIGHT = 8.0


def picture_losses(decoded: Tensor, pixels: Tensor) -> dict[str, Tensor]:
    """Distance of pixels, of edges and of colours, of pictures (n, 3, h, w) in [-1, 1]."""
    edge = sum(F.l1_loss(decoded.diff(dim=d), pixels.diff(dim=d)) for d in (2, 3))
    # Rare colours, green backgrounds say, are learned late: L1 is content with the usual ones.
    colour = F.mse_loss(F.avg_pool2d(decoded, 8), F.avg_pool2d(pixels, 8))
    return {"pixel": F.l1_loss(decoded, pixels), "edge": EDGE_WEIGHT * edge, "colour": COLOUR_WEIGHT * colour}


def face_losses(facenet: FaceNet, decoded: Tensor, pixels: Tensor, boxes: Tensor) -> dict[str, Tensor]:
    """How far faces in boxes (n, 4), from 0 to 1, are from what they were, to FaceNet."""
    maps = facenet.stem(crop_faces(decoded, boxes))
    with torch.no_grad():
        true_maps = facenet.stem(crop_faces(pixels, boxes))
        true_faces = facenet.head(true_maps[-1])
    pairs = list(zip(maps, true_maps, strict=True))
    stem = STEM_WEIGHT * sum(_map_distance(a, b) for a, b in pairs) / len(pairs)
    alike = (facenet.head(maps[-1]).float() * true_faces.float()).sum(1).mean()
    return {"stem": stem, "identity": IDENTITY_WEIGHT * (1 - alike)}


def _map_distance(a: Tensor, b: Tensor) -> Tensor:
    """Squared distance between feature maps with each position scaled to unit length, as in LPIPS."""
    a, b = (F.normalize(m.float(), dim=1) for m in (a, b))
    return (a - b).square().sum(1).mean()
