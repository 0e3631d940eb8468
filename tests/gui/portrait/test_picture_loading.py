from __future__ import annotations

from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from facea_desktop.library.icc import icc_profile
from facea_desktop.library.photo_reader import fitting, read_photo
from facea_desktop.resources import resource
from facea_desktop.ui.drag_and_drop import dropped_files, is_photo
from facea_desktop.ui.portrait.mask_files import KEPT_SECONDS, read_mask, save_picture
from facea_desktop.ui.qimages import read_picture


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


def stored(image: Image.Image, path: Path, **options: object) -> Path:
    if path.suffix == ".heic":
        pillow_heif.from_pillow(image).save(path, quality=95)
    else:
        image.save(path, **options)
    return path


def pixels(image: QImage) -> np.ndarray:
    flat = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), flat.bytesPerLine())
    return rows[:, : flat.width() * 3].reshape(flat.height(), flat.width(), 3).astype(int)


def turned() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    return exif


@pytest.mark.parametrize(
    ("name", "shown_as", "options"),
    [
        *((f"a.{ending}", f"a.{ending}", {"exif": turned()}) for ending in ("png", "webp", "jpg", "tif")),
        *(("a.png", "a.png", {"icc_profile": icc_profile(name)}) for name in ("display-p3", "adobe-rgb")),
        *(("a.heic", "b.jpg", {}), ("a.jpg", "b.heic", {}), ("a.png", "b.jpg", {})),
        *(("a.jpg", "b.jfif", {}), ("a.png", "noending", {})),
    ],
)
def test_the_window_shows_what_the_engine_reads(
    qapp, tmp_path: Path, name: str, shown_as: str, options: dict[str, object]
) -> None:
    photo = Image.open(resource("people", "adam", "0.jpg")).convert("RGB").resize((96, 64))
    path = stored(photo, tmp_path / name, **options).rename(tmp_path / shown_as)

    shown = read_picture(path)

    assert shown is not None
    assert np.array_equal(pixels(shown), np.asarray(read_photo(path)).astype(int))
    assert (shown.width(), shown.height()) == ((64, 96) if "exif" in options else (96, 64))
    assert is_photo(path)


def test_sixteen_bit_grey_is_shown_and_not_white(qapp, tmp_path: Path) -> None:
    samples = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    shown = read_picture(stored(Image.fromarray(samples), tmp_path / "a.png"))
    assert shown is not None
    assert abs(pixels(shown).mean() - 127.5) < 1


def test_a_picture_beyond_the_limits_of_qt_is_shown(qapp, tmp_path: Path) -> None:
    shown = read_picture(stored(Image.new("L", (9000, 8800), 99), tmp_path / "a.jpg"))
    assert shown is not None
    assert (shown.width(), shown.height()) == fitting(9000, 8800)


def test_only_photos_of_a_dropped_folder_are_taken(qapp, tmp_path: Path) -> None:
    stored(Image.new("RGB", (8, 8)), tmp_path / "noending.png").rename(tmp_path / "noending")
    stored(Image.new("RGB", (8, 8)), tmp_path / "a.jfif", format="JPEG")
    (tmp_path / "LICENSE").write_text("words")
    (tmp_path / ".DS_Store").write_bytes(b"\x89PNG")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    assert [path.name for path in dropped_files(data)] == ["a.jfif", "noending"]


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

    first, second = save_picture(mask, folder), save_picture(mask, folder)

    assert first == second
    assert list(folder.iterdir()) == [first]
    assert read_mask(first) == mask
