"""Makes the pictures of the style presets: one sample photo through one image filter each.

    python packaging/styles/make_pictures.py

They show at a glance what kind of picture a style is; no model paints them.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging" / "starter"))

import filters  # noqa: E402 - beside this file

import styles as starter  # noqa: E402

PHOTO = ROOT / "resources" / "people" / "eve" / "2.jpg"
FOLDER = ROOT / "resources" / "styles"
WORK_SIDE, SIDE, LARGEST = 320, 160, 12 * 1024
# The starter models know this style by two names, and the preset has the longer one.
FILTERS = starter.FILTERS | filters.FILTERS | {"black and white film photograph": starter.FILTERS["black and white"]}


def main() -> None:
    photo = np.asarray(Image.open(PHOTO).convert("RGB").resize((WORK_SIDE, WORK_SIDE), Image.Resampling.LANCZOS))
    for style in tomllib.loads((FOLDER / "styles.toml").read_text("utf-8"))["styles"]:
        made = cv2.resize(FILTERS[style["words"]](photo), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        path = FOLDER / style["picture"]
        for quality in range(86, 20, -6):
            Image.fromarray(made).save(path, "WEBP", quality=quality, method=6)
            if path.stat().st_size < LARGEST:
                break
        print(f"{path.name:28} {path.stat().st_size:6} bytes, quality {quality}")


if __name__ == "__main__":
    main()
