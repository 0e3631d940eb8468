"""What the classifiers of scenes see in a picture: maps of FaceNet, and how the face parser divides it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from facea_desktop.domain.faces import FacePart
from facea_desktop.engine.face_parser import SIDE as PARSED_SIDE
from facea_desktop.engine.face_parser import ParsedFace, face_parser
from facenet import FaceNet

Blocks = dict[str, np.ndarray]
"""Features by their kind, (n, many) float32 each."""
SEEN_SIDE = 160
"""Pixels a side of what FaceNet sees: the whole picture, and the face alone."""
FACE_WINDOW = (0.16, 0.24, 0.84, 0.92)
"""Where the generator draws faces, x0 y0 x1 y1 as parts of the picture."""
EDGES_SIDE, DIRECTIONS = 128, 9
GRID = 4
MAP_GRID = 8
COLOURED = (
    FacePart.SKIN, FacePart.LEFT_EYE, FacePart.RIGHT_EYE, FacePart.LIPS, FacePart.HAIR, FacePart.CLOTHES,
    FacePart.BACKGROUND,
)  # fmt: skip
BATCH = 8


@dataclass(frozen=True)
class Divided:
    """A portrait and its parts.

    Attributes:
        lab: (256, 256, 3) float32, CIELAB.
        parsed: what each pixel shows.
    """

    lab: np.ndarray
    parsed: ParsedFace


def divided(picture: Image.Image) -> Divided:
    """A portrait of a head that fills most of the square, as the face generator frames it."""
    small = picture.convert("RGB").resize((PARSED_SIDE, PARSED_SIDE), Image.Resampling.BOX)
    lab = cv2.cvtColor(np.asarray(small, np.float32) / 255, cv2.COLOR_RGB2LAB)
    return Divided(lab, face_parser().parse(small))


def part_statistics(portrait: Divided) -> np.ndarray:
    """Where the parts are and what colours they have, (n,) float32; all in the order of 1."""
    labels, lab = portrait.parsed.labels, portrait.lab
    shares = [(labels == k).astype(np.float32) for k in range(len(FacePart))]
    maps = [cv2.resize(share, (MAP_GRID, MAP_GRID), interpolation=cv2.INTER_AREA).ravel() for share in shares]
    colours = []
    for part in COLOURED:
        inside = lab[portrait.parsed.mask(part)]
        quantiles = np.quantile(inside, (0.1, 0.5, 0.9), axis=0) if len(inside) else np.zeros((3, 3))
        colours.append(quantiles.ravel() / 25)
    sizes = [np.log(share.sum() + 20) for share in shares]
    return np.concatenate([*maps, *colours, sizes]).astype(np.float32)


@cache
def _facenet() -> FaceNet:
    return FaceNet.of_package().eval()


@torch.inference_mode()
def facenet_maps(pictures: list[Image.Image]) -> tuple[Tensor, Tensor]:
    """Embeddings (n, 512) and what FaceNet's middle finds in each part, (n, 896 * GRID * GRID)."""
    net = _facenet()
    pixels = torch.from_numpy(np.stack([np.asarray(one) for one in pictures])).permute(0, 3, 1, 2).float() / 127.5 - 1
    middle = net.middle(net.stem(pixels)[-1])
    return net.end(middle), F.adaptive_avg_pool2d(middle, GRID).flatten(1)


def edges(picture: Image.Image) -> np.ndarray:
    """Histograms of the directions of gradients in cells of 8 pixels, as HOG has them, (n,)."""
    grey = np.asarray(picture.convert("L").resize((EDGES_SIDE, EDGES_SIDE), Image.Resampling.BOX), np.float32) / 255
    dx, dy = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    size = cv2.magnitude(dx, dy)
    direction = (np.arctan2(dy, dx) % np.pi / np.pi * DIRECTIONS).astype(int) % DIRECTIONS
    cells = (EDGES_SIDE // 8, EDGES_SIDE // 8)
    each = [cv2.resize(size * (direction == k), cells, interpolation=cv2.INTER_AREA) for k in range(DIRECTIONS)]
    bins = np.stack(each, -1)
    around = cv2.blur(np.square(bins).sum(-1), (3, 3))
    return (bins / np.sqrt(around + 1e-4)[..., None]).ravel()


def features(pictures: list[Image.Image]) -> Blocks:
    """All of it, of portraits of a head that fills most of the square, its eyes where the face generator has them."""
    wholes = [picture.convert("RGB").resize((SEEN_SIDE, SEEN_SIDE), Image.Resampling.BOX) for picture in pictures]
    inner = [tuple(part * picture.width for part in FACE_WINDOW) for picture in pictures]
    faces = [
        picture.convert("RGB").resize((SEEN_SIDE, SEEN_SIDE), Image.Resampling.BILINEAR, box=box)
        for picture, box in zip(pictures, inner)
    ]
    _, whole_maps = facenet_maps(wholes)
    identity, face_maps = facenet_maps(faces)
    return {
        "identity": identity.numpy(),
        "whole": whole_maps.numpy(),
        "face": face_maps.numpy(),
        "whole edges": np.stack([edges(one) for one in wholes]),
        "face edges": np.stack([edges(one) for one in faces]),
        "parts": np.stack([part_statistics(divided(picture)) for picture in pictures]),
    }


def features_of_files(files: list[Path], kept: Path) -> Blocks:
    """``features`` of picture files, kept in a file."""
    names = np.array([str(file) for file in files])
    if kept.exists():
        before = np.load(kept)
        if np.array_equal(before["names"], names):
            return {name: before[name].astype(np.float32) for name in before.files if name != "names"}
    found: dict[str, list[np.ndarray]] = {}
    for at in range(0, len(files), BATCH):
        seen = features([Image.open(file).convert("RGB") for file in files[at : at + BATCH]])
        for name, block in seen.items():
            found.setdefault(name, []).append(block.astype(np.float16))
    whole = {name: np.concatenate(blocks) for name, blocks in found.items()}
    np.savez(kept, names=names, **whole)
    return {name: block.astype(np.float32) for name, block in whole.items()}
