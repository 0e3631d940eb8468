from __future__ import annotations

from pathlib import Path

import pillow_heif
import pytest
from PIL import ExifTags, Image

from facea_desktop.ui.portrait.masks import KEPT_SECONDS, read_mask, save_mask
from facea_desktop.ui.portrait.pictures import fitting, read_picture


def test_a_picture_is_shown_upright(qapp, tmp_path: Path) -> None:
    photo = Image.new("RGB", (40, 20), "red")
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    photo.save(tmp_path / "a.jpg", exif=exif)

    image = read_picture(tmp_path / "a.jpg")

    assert (image.width(), image.height()) == (20, 40)


@pytest.mark.parametrize("ending", ["png", "jpg", "webp", "tif", "heic"])
def test_every_kind_that_is_offered_can_be_read(qapp, tmp_path: Path, ending: str) -> None:
    if ending == "heic":
        pillow_heif.from_pillow(Image.new("RGB", (64, 32), "red")).save(tmp_path / "a.heic")
    else:
        Image.new("RGB", (64, 32), "red").save(tmp_path / f"a.{ending}")

    image = read_picture(tmp_path / f"a.{ending}")

    assert (image.width(), image.height()) == (64, 32)
    assert image.pixelColor(30, 15).red() > 200 > image.pixelColor(30, 15).blue()


def test_a_large_picture_has_the_size_that_the_engine_works_in(qapp, tmp_path: Path) -> None:
    Image.new("L", (5000, 33)).save(tmp_path / "a.png")

    image = read_picture(tmp_path / "a.png")

    assert (image.width(), image.height()) == fitting(5000, 33) == (4096, 27)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"x" * 64])
@pytest.mark.parametrize("name", ["a.png", "a.heic"])
def test_what_is_no_picture_is_none(qapp, tmp_path: Path, content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)

    assert read_picture(tmp_path / name) is None
    assert read_picture(tmp_path / f"missing-{name}") is None


def test_masks_are_kept_once_and_not_for_ever(qapp, tmp_path: Path) -> None:
    import os
    import time

    Image.new("L", (16, 8), 255).save(tmp_path / "source.png")
    mask = read_mask(tmp_path / "source.png")
    folder = tmp_path / "masks"
    folder.mkdir()
    Image.new("L", (16, 8), 0).save(folder / "old.png")
    old = time.time() - KEPT_SECONDS - 60
    os.utime(folder / "old.png", (old, old))

    first, second = save_mask(mask, folder), save_mask(mask, folder)

    assert first == second
    assert list(folder.iterdir()) == [first]
    assert read_mask(first) == mask
