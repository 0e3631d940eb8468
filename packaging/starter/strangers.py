"""FaceNet embeddings of invented strangers, which likeness scores are compared with.

``python packaging/starter/strangers.py --data PEOPLE/train`` writes ``resources/strangers.npy``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.engine.likeness import facenet

COUNT = 96


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[2] / "resources/strangers.npy")
    args = parser.parse_args()
    detector, embeddings = Mtcnn(), []
    pictures = sorted(args.data.glob("*.webp"))
    for path in pictures[:: max(1, len(pictures) // (2 * COUNT))]:
        picture = Image.open(path).convert("RGB")
        faces = detector.find(picture)
        if len(faces) == 1:
            embeddings.append(facenet().embed(picture, faces[0].box))
    np.save(args.out, np.stack(embeddings[:COUNT]).astype(np.float16))


if __name__ == "__main__":
    main()
