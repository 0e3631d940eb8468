"""Makes the pictures of the style presets: one sample photo in each style, as the starter models' scenes get it.

python packaging/styles/make_pictures.py
"""

from __future__ import annotations

from PIL import Image

from facea_desktop.domain.styles import styles
from facea_desktop.engine.style_filters import stylised
from facea_desktop.resources import resource

PHOTO = resource("people", "eve", "2.jpg")
WORK_SIDE, SIDE, LARGEST = 512, 160, 12 * 1024


def main() -> None:
    with Image.open(PHOTO) as file:
        photo = file.convert("RGB").resize((WORK_SIDE, WORK_SIDE), Image.Resampling.LANCZOS)
    for style in styles():
        made = stylised(photo, style).resize((SIDE, SIDE), Image.Resampling.LANCZOS)
        path = resource("styles", style.picture)
        for quality in range(90, 20, -4):
            made.save(path, "WEBP", quality=quality, method=6)
            if path.stat().st_size < LARGEST:
                break
        print(f"{path.name:28} {path.stat().st_size:6} bytes, quality {quality}")


if __name__ == "__main__":
    main()
