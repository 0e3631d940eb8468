"""Contact sheets: the portraits of a grid on one picture, with a label at each column and row."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from facea_desktop.domain.atomic_files import disk_trouble, target_file, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.requests import GridAxis, GridSheet
from facea_desktop.library.photo_reader import read_picture
from facea_desktop.library.portrait_png import png_texts, read_source
from facea_desktop.library.xmp_metadata import AI_SOURCE, xmp_packet

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
"""Endings of sheets, and what they are written as."""
_LARGEST_CELL, _LARGEST_SHEET = 512, 12_000
"""Pixels of a side."""
_GAP = 8


def check_sheet_name(path: Path) -> None:
    """See that a sheet can be saved so, before the pictures are made.

    Raises:
        UserError: it cannot.
    """
    if path.suffix.lower() not in FORMATS:
        raise UserError(f"{path.name} must end in .png or .jpg.")
    target_file(path)


def save_sheet(path: Path, sheet: GridSheet, pictures: Sequence[Path | None], names: dict[str, str]) -> None:
    """Draw a sheet and write it, with what it shows and the AI label inside.

    Args:
        pictures: row by row; None where one was not made.
        names: of people by id.

    Raises:
        UserError: the name has another ending, or the disk refuses.
    """
    check_sheet_name(path)
    image = draw_sheet(sheet, pictures, names)
    sources = [read_source(picture) for picture in pictures if picture is not None]
    source = next((one for one in sources if one is not None), AI_SOURCE)
    said, data = sheet.model_dump_json(), io.BytesIO()
    if FORMATS[path.suffix.lower()] == "PNG":
        image.save(data, "PNG", pnginfo=png_texts(said, True, source))
    else:
        image.save(data, "JPEG", quality=92, subsampling=0, xmp=(xmp_packet(said, True, source) or "").encode())
    with disk_trouble(f"save {path}"):
        write_atomically(target_file(path), data.getvalue(), shared=True)


def draw_sheet(sheet: GridSheet, pictures: Sequence[Path | None], names: dict[str, str]) -> Image.Image:
    """The sheet; pictures that are missing are grey."""
    columns, rows = len(sheet.x.values), len(sheet.y.values)
    shown = [_readable(picture) for picture in pictures]
    side = max([max(picture.size) for picture in shown if picture is not None], default=_LARGEST_CELL)
    cell = min(side, _LARGEST_CELL, _LARGEST_SHEET // max(columns, rows))
    height = next((round(cell * one.height / one.width) for one in shown if one is not None), cell)
    font = ImageFont.load_default(max(12, cell // 20))
    line = round(font.size * 1.4) if isinstance(font, ImageFont.FreeTypeFont) else 16
    left, top = round(cell * 0.45), 2 * line + _GAP
    made = Image.new("RGB", (left + columns * (cell + _GAP), top + rows * (height + _GAP)), "white")
    pen = ImageDraw.Draw(made)
    for number, value in enumerate(sheet.x.values):
        words = _wrapped(pen, font, _label(sheet.x, value, names), cell, 2)
        pen.text((left + number * (cell + _GAP), _GAP // 2), words, "black", font)
    for number, value in enumerate(sheet.y.values):
        words = _wrapped(pen, font, _label(sheet.y, value, names), left - 2 * _GAP, height // line)
        pen.text((_GAP, top + number * (height + _GAP)), words, "black", font)
    for number, picture in enumerate(shown):
        x, y = left + number % columns * (cell + _GAP), top + number // columns * (height + _GAP)
        if picture is None:
            pen.rectangle((x, y, x + cell - 1, y + height - 1), "#d0d0d0")
        else:
            small = ImageOps.contain(picture, (cell, height), Image.Resampling.LANCZOS)
            made.paste(small, (x + (cell - small.width) // 2, y + (height - small.height) // 2))
    return made


def _readable(picture: Path | None) -> Image.Image | None:
    if picture is None:
        return None
    try:
        return read_picture(picture).convert("RGB")
    except UserError:  # deleted meanwhile
        return None


def _label(axis: GridAxis, value: str, names: dict[str, str]) -> str:
    if axis.setting == "person":
        return names.get(value, value)
    said_by_itself = axis.setting in ("prompt", "expression", "style", "replace")
    return value if said_by_itself else f"{axis.setting.replace('_', ' ')} {value}"


def _wrapped(
    pen: ImageDraw.ImageDraw, font: ImageFont.ImageFont | ImageFont.FreeTypeFont, text: str, width: int, most: int
) -> str:
    """The text in lines of at most so many pixels, cut with dots after ``most`` lines."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, font) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = lines[: max(most, 1)]
    if len(lines) > len(kept):
        kept[-1] += "…"
    return "\n".join(_cut(pen, font, line, width) for line in kept)


def _cut(pen: ImageDraw.ImageDraw, font: ImageFont.ImageFont | ImageFont.FreeTypeFont, line: str, width: int) -> str:
    while line and pen.textlength(line, font) > width:
        line = line.rstrip("…")[:-1] + "…" if len(line.rstrip("…")) > 1 else ""
    return line
