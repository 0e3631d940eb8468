"""Where the detector would draw its boxes, told from a parsed face, in batches on any device.

    python packaging/starter/framing.py PICTURES...

fits the map anew (``framing.json``) on pictures in which MTCNN finds a face, and prints how far it is off.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from facea_desktop.domain.faces import INNER_PARTS, PARTS, FacePart
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.engine.face_parser import ORDER, SIDE, face_parser

FILE = Path(__file__).with_name("framing.json")
_PARTS = (FacePart.LEFT_EYE, FacePart.RIGHT_EYE, FacePart.NOSE, FacePart.LIPS, FacePart.BROWS)
LEAST = 8
"""Pixels of each of these parts, or the picture tells nothing."""


def boxes_of(labels: Tensor) -> tuple[Tensor, Tensor]:
    """Boxes as the detector would give them.

    Args:
        labels: of the face parser, (n, 256, 256) uint8.

    Returns:
        (n, len(PARTS), 4), x0 y0 x1 y1 from 0 to 1; and (n,) bool, False where parts are missing and boxes are not to
        be used.
    """
    facts, known = _facts(labels)
    table = torch.tensor(json.loads(FILE.read_text()), device=labels.device)
    return (facts @ table[:-1] + table[-1]).unflatten(1, (len(PARTS), 4)), known


def _facts(labels: Tensor) -> tuple[Tensor, Tensor]:
    """Middles of parts, and how far face and lips reach, as parts of the side: (n, 16) and (n,) bool."""
    masks = torch.stack([labels == ORDER.index(part) for part in _PARTS], 1)
    inner = torch.isin(labels, torch.tensor([ORDER.index(part) for part in INNER_PARTS], device=labels.device))
    masks = torch.cat([masks, inner[:, None]], 1).float()  # (n, 6, side, side)
    counts = masks.sum((2, 3))
    places = torch.arange(SIDE, device=labels.device) / SIDE
    facts = []
    for sums in (masks.sum(2), masks.sum(3)):  # over rows, so x; over columns, so y
        mean = (sums * places).sum(2) / counts.clamp(min=1)
        spread = ((sums * (places - mean[..., None]).square()).sum(2) / counts.clamp(min=1)).sqrt()
        facts += [mean, spread[:, [_PARTS.index(FacePart.LIPS), -1]]]
    return torch.cat(facts, 1), (counts[:, : len(_PARTS)] >= LEAST).all(1)


def main() -> None:
    detector = Mtcnn(20, 0.9)
    labels, wanted = [], []
    for name in sys.argv[1:]:
        picture = Image.open(name).convert("RGB")
        face = next(iter(detector.find(picture)), None)
        if face is None or len(face.parts) < len(PARTS) - 1:
            continue
        boxes = [face.part_box(part) for part in PARTS]
        wanted.append([value / picture.width for box in boxes if box for value in (box.x0, box.y0, box.x1, box.y1)])
        labels.append(face_parser().parse(picture).labels)
    facts, known = _facts(torch.from_numpy(np.stack(labels)))
    x = torch.cat([facts, torch.ones(len(facts), 1)], 1)[known].double()
    y = torch.tensor(wanted)[known].double()
    held = len(x) // 4
    for rows, said in ((slice(held, None), f"held back: {held} of {len(x)}"), (slice(None), "all")):
        table = torch.linalg.solve(x[rows].T @ x[rows] + 1e-4 * torch.eye(x.shape[1]), x[rows].T @ y[rows])
        print(said, (x[:held] @ table - y[:held]).abs().median(0).values.numpy().round(4))
    FILE.write_text(json.dumps([[round(value, 5) for value in row] for row in table.tolist()]) + "\n")


if __name__ == "__main__":
    main()
