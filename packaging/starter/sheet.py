"""A contact sheet of the portraits that ``measure.py`` made: a photo of each person, then a portrait a prompt.

``python packaging/starter/sheet.py --people PEOPLE/bench --work DIR --out resources/starter/contact-sheet.jpg``
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image

CELL = 96  # pixels
COLUMNS = 2  # of people


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="the folder that measure.py worked in")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rows = []
    for folder in sorted((args.work / "pictures" / "tuned" / "full").glob("*-0")):
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


if __name__ == "__main__":
    main()
