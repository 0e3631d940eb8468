"""Contact sheets of what ``measure.py`` made: of portraits, a photo of each person, then a portrait a prompt.

``python packaging/starter/sheet.py --people PEOPLE/bench --work DIR --out resources/starter/contact-sheet.jpg``
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

CELL = 96  # pixels
COLUMNS = 2  # of people
NUMBERED_CELL, NUMBER_PX = 190, 22
SIDE_BY_SIDE = 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="the folder that measure.py worked in")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--of", type=Path, default="first-sight", help="folder of its pictures, such as tuned/scenes/full"
    )
    args = parser.parse_args()
    rows = []
    for folder in sorted((args.work / "pictures" / args.of).glob("*-0")):
        made = [path for path in folder.glob("*.png") if not path.stem.endswith(("-context", "-mask"))]
        photo = args.people / folder.name.removesuffix("-0") / "3.jpg"
        rows.append([photo, *sorted(made, key=lambda path: path.stat().st_mtime)])
    sheet(rows).save(args.out, quality=88)


def sheet(rows: list[list[Path]]) -> Image.Image:
    """The pictures of ``rows``, people side by side in COLUMNS."""
    wide = max(len(row) for row in rows)
    high = -(-len(rows) // COLUMNS)
    whole = Image.new("RGB", (COLUMNS * wide * CELL + (COLUMNS - 1) * CELL // 4, high * CELL), "white")
    for number, row in enumerate(rows):
        column, line = divmod(number, high)
        for place, path in enumerate(row):
            picture = Image.open(path).convert("RGB").resize((CELL, CELL), Image.Resampling.LANCZOS)
            whole.paste(picture, (column * (wide * CELL + CELL // 4) + place * CELL, line * CELL))
    return whole


def numbered_sheets(pictures: list[Path], folder: Path) -> list[Path]:
    """Write ``folder/NN.png``: six by six pictures, the place of each in the list above it."""
    font, written = ImageFont.load_default(NUMBER_PX - 6), []
    on_one = SIDE_BY_SIDE**2
    for first in range(0, len(pictures), on_one):
        size = SIDE_BY_SIDE * NUMBERED_CELL, SIDE_BY_SIDE * (NUMBERED_CELL + NUMBER_PX)
        whole = Image.new("RGB", size, "white")
        pen = ImageDraw.Draw(whole)
        for place, path in enumerate(pictures[first : first + on_one]):
            row, column = divmod(place, SIDE_BY_SIDE)
            x, y = column * NUMBERED_CELL, row * (NUMBERED_CELL + NUMBER_PX)
            pen.text((x + 4, y), str(first + place), "black", font)
            picture = Image.open(path).convert("RGB").resize((NUMBERED_CELL,) * 2, Image.Resampling.LANCZOS)
            whole.paste(picture, (x, y + NUMBER_PX))
        written.append(folder / f"{first // on_one:02d}.png")
        whole.save(written[-1])
    return written


if __name__ == "__main__":
    main()
