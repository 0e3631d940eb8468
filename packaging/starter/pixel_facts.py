"""What can be measured in a drawn picture: landmarks, light, and the colour beside the head.

    pip install dlib-bin openpibo-dlib-models
    python packaging/starter/pixel_facts.py DIR

Writes ``DIR/facts.jsonl``, a line a picture; what is there is kept.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import dlib
import numpy as np
import openpibo_dlib_models

SIDE = 256


class Landmarks:
    """68 points of a face (dlib's order)."""

    def __init__(self) -> None:
        folder = Path(openpibo_dlib_models.__file__).parent / "models"
        self._predict = dlib.shape_predictor(str(folder / "shape_predictor_68_face_landmarks.dat"))
        self._detect = dlib.get_frontal_face_detector()
        # Where the generator puts faces, for those that the detector does not see.
        self._usual = dlib.rectangle(*(int(part * SIDE) for part in (0.22, 0.3, 0.78, 0.86)))

    def __call__(self, picture: np.ndarray) -> tuple[np.ndarray, int]:
        """(68, 2) in pixels, and how many faces were seen."""
        found = self._detect(picture, 0)
        shape = self._predict(picture, found[0] if found else self._usual)
        return np.array([(shape.part(at).x, shape.part(at).y) for at in range(68)], float), len(found)


def facts(number: int, picture: np.ndarray, points: np.ndarray, faces: int) -> dict:
    """Yaw and mouth by the distance of the eyes; CIELAB of both cheeks, of the whole and of what is beside the head."""
    left, right = points[36:42].mean(0), points[42:48].mean(0)
    between = max(float(np.linalg.norm(right - left)), 1.0)
    lab = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    below = np.array([0, 0.3 * between])
    cheeks = (
        _median(lab, [points[1], points[3], points[31], points[36] + below, points[48]]),
        _median(lab, [points[15], points[13], points[35], points[45] + below, points[54]]),
    )
    rows = slice(4, int(0.3 * SIDE))
    beside = np.concatenate([lab[rows, 2 : int(0.09 * SIDE)], lab[rows, int(0.91 * SIDE) : -2]], 1).reshape(-1, 3)
    colour = np.median(beside, 0)
    return {
        "i": number,
        "n": faces,
        "yaw": float((points[30, 0] - (left[0] + right[0]) / 2) / between),
        "cl": [round(float(v), 1) for v in cheeks[0]],
        "cr": [round(float(v), 1) for v in cheeks[1]],
        "mean": round(float(lab[..., 0].mean()), 1),
        "bg": [round(float(v), 1) for v in colour],
        "bgs": round(float(np.abs(beside - colour).mean()), 1),
    }


def _median(lab: np.ndarray, corners: list[np.ndarray]) -> np.ndarray:
    mask = np.zeros(lab.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(np.array(corners, np.int32)), 1)
    return np.median(lab[mask > 0], 0) if mask.any() else np.zeros(3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", type=Path)
    args = parser.parse_args()
    target = args.pictures / "facts.jsonl"
    done = {json.loads(line)["i"] for line in target.read_text().splitlines()} if target.exists() else set()
    landmarks = Landmarks()
    with target.open("a") as out:
        for file in sorted(args.pictures.glob("*.webp")):
            if int(file.stem) not in done:
                picture = cv2.cvtColor(cv2.imread(str(file)), cv2.COLOR_BGR2RGB)
                out.write(json.dumps(facts(int(file.stem), picture, *landmarks(picture))) + "\n")


if __name__ == "__main__":
    main()
