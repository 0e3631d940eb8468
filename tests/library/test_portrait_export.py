from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image, ImageCms

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.portrait_export import ENDINGS, ExportOptions, encode, export_portraits, safe_name
from facea_desktop.library.portrait_png import read_request, read_source, save_portrait
from facea_desktop.library.xmp_metadata import AI_SOURCE, AI_SOURCE_WHOLE

FORMATS = tuple(ENDINGS)
REQUEST = PortraitRequest(person="0123456789ab", prompt='a <b>man</b> & "dog" ]]> 漢 🙂 \x01\x7f', seed=2**32 - 1)


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    path = tmp_path / "portraits" / "a.png"
    pixels = np.random.default_rng(0).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    save_portrait(path, Image.fromarray(pixels).resize((400, 300)), REQUEST.model_dump_json())
    return path


def export(portrait: Path, folder: Path, **options: Any) -> Path:
    (written,) = export_portraits([(portrait, "Anna")], folder, ExportOptions(**options)).written
    return written


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("keep_prompt", [True, False])
@pytest.mark.parametrize("ai_label", [True, False])
def test_prompt_and_label_are_in_the_file_each_by_its_own_switch(
    portrait: Path, tmp_path: Path, kind: Any, keep_prompt: bool, ai_label: bool
) -> None:
    made = export(portrait, tmp_path / "out", format=kind, keep_prompt=keep_prompt, ai_label=ai_label)
    read = read_request(made)
    assert (read is not None) == keep_prompt
    if read is not None:
        assert PortraitRequest.model_validate_json(read) == REQUEST
    content = made.read_bytes()
    assert (AI_SOURCE.encode() in content) == ai_label
    assert (b"0123456789ab" in content) == keep_prompt
    with Image.open(made) as image:
        image.load()
        assert image.size == (400, 300)
        xmp = image.info.get("xmp", b"")
    assert (AI_SOURCE in xmp.decode()) == ai_label
    assert not xmp or ElementTree.fromstring(xmp)


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_else_leaks(tmp_path: Path, kind: Any) -> None:
    photo = tmp_path / "holiday-secret.jpg"
    exif = Image.Exif()
    exif[0x010E] = "secret"
    Image.new("RGB", (40, 20)).save(photo, exif=exif, comment=b"secret", xmp=b"<secret/>", dpi=(300, 300))
    made = export(photo, tmp_path, format=kind, profile=None, ai_label=False, keep_prompt=True)
    assert b"secret" not in made.read_bytes()
    with Image.open(made) as image:
        image.load()
        known = {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
            "loop",
            "compression",
        }
        assert image.info.keys() <= known | {"background", "timestamp", "duration", "dpi", "resolution"}
        assert image.info.get("dpi", (1, 1)) == (1, 1)


@pytest.mark.parametrize("kind", ["png", "tiff"])
def test_lossless_formats_keep_every_pixel(portrait: Path, tmp_path: Path, kind: Any) -> None:
    with Image.open(portrait) as before, Image.open(export(portrait, tmp_path, format=kind)) as after:
        assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("kind", ["jpeg", "webp"])
def test_quality_decides_the_size_of_the_file(portrait: Path, tmp_path: Path, kind: Any) -> None:
    small, large = (export(portrait, tmp_path, format=kind, quality=quality).stat().st_size for quality in (20, 95))
    assert small < large / 2


@pytest.mark.parametrize(("longest", "size"), [(None, (400, 300)), (200, (200, 150)), (4000, (400, 300))])
def test_the_longer_side_is_at_most_what_was_asked(
    portrait: Path, tmp_path: Path, longest: int | None, size: tuple[int, int]
) -> None:
    with Image.open(export(portrait, tmp_path, longest=longest)) as image:
        assert image.size == size


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("profile", "words", "red", "green"),
    [
        ("srgb", "sRGB", (255, 0, 0), (0, 255, 0)),
        ("display-p3", "Display P3", (234, 51, 35), (117, 251, 76)),
        ("adobe-rgb", "Adobe RGB", (219, 0, 0), (144, 255, 60)),
    ],
)
def test_colours_look_the_same_in_every_profile(
    tmp_path: Path, kind: Any, profile: Any, words: str, red: tuple[int, ...], green: tuple[int, ...]
) -> None:
    """The numbers are what Apple's and Adobe's own profiles give for sRGB's red and green."""
    path = tmp_path / "a.png"
    picture = Image.new("RGB", (64, 32), (255, 0, 0))
    picture.paste((0, 255, 0), (32, 0, 64, 32))
    save_portrait(path, picture, None)
    with Image.open(export(path, tmp_path, format=kind, profile=profile, quality=100)) as image:
        made = image.convert("RGB")
        embedded = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    assert words in ImageCms.getProfileDescription(embedded)
    assert np.abs(np.array(made.getpixel((8, 16))) - red).max() <= 3
    assert np.abs(np.array(made.getpixel((56, 16))) - green).max() <= 3
    back = ImageCms.profileToProfile(made, embedded, ImageCms.createProfile("sRGB"))
    assert back is not None
    assert np.abs(np.asarray(back, int)[16, 8] - (255, 0, 0)).max() <= 3


def test_without_a_profile_none_is_embedded(portrait: Path, tmp_path: Path) -> None:
    with Image.open(export(portrait, tmp_path, profile=None)) as image:
        assert "icc_profile" not in image.info


def test_names_are_numbered_and_no_file_is_overwritten(portrait: Path, tmp_path: Path) -> None:
    (tmp_path / "Anna.png").write_bytes(b"mine")
    exported = export_portraits([(portrait, "Anna")] * 2, tmp_path, ExportOptions())
    assert [path.name for path in exported.written] == ["Anna (2).png", "Anna (3).png"]
    assert (tmp_path / "Anna.png").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("name", "safe"),
    [("../../etc/x", "etc x"), ("a:b*c", "a b c"), ("", " portrait"), ("NUL", "NUL portrait"), ("漢 é", "漢 é")],
)
def test_names_stay_in_the_folder_and_fit_every_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_damaged_pictures_are_left_out_and_named(portrait: Path, tmp_path: Path) -> None:
    broken, missing, huge = (tmp_path / name for name in ("broken.png", "missing.png", "huge.png"))
    data = portrait.read_bytes()
    broken.write_bytes(data[:300])
    huge.write_bytes(data[:16] + (60_000).to_bytes(4, "big") * 2 + data[24:])
    told: list[int] = []
    exported = export_portraits(
        [(broken, "a"), (missing, "b"), (huge, "c"), (portrait, "d")], tmp_path / "out", ExportOptions(), told.append
    )
    assert exported.unreadable == [broken, missing, huge]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["d.png"]
    assert told == [1, 2, 3, 4]


def test_a_full_disk_is_one_sentence_and_leaves_no_half_file(
    portrait: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="disk is full"):
        export(portrait, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_one_sentence(portrait: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="Could not export"):
        export(portrait, tmp_path / "file" / "inner")


def test_stopping_keeps_what_was_written(portrait: Path, tmp_path: Path) -> None:
    done: list[int] = []
    with pytest.raises(CancelledError):
        export_portraits([(portrait, "a")] * 3, tmp_path / "out", ExportOptions(), done.append, lambda: len(done) == 2)
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_pictures_with_transparency_become_white_in_a_jpeg_only(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (16, 16), (255, 0, 0, 0)).save(path)
    colours = {}
    for kind in FORMATS:
        data = encode(path, ExportOptions(format=kind, longest=8))
        assert data is not None
        with Image.open(io.BytesIO(data)) as image:
            colours[kind] = image.convert("RGBA").getpixel((4, 4))
    assert colours["jpeg"] == (255, 255, 255, 255)
    assert {colours[kind][3] for kind in ("png", "webp", "tiff")} == {0}


@pytest.mark.parametrize("quality", [92, 94, 100])
def test_a_grainy_picture_becomes_a_jpeg_of_any_quality(tmp_path: Path, quality: int) -> None:
    """Such a picture does not fit into the buffer that Pillow reckons with."""
    noise = np.random.default_rng(0).integers(0, 256, (1024, 1024, 3), dtype=np.uint8)
    save_portrait(tmp_path / "x.png", Image.fromarray(noise), None)
    data = encode(tmp_path / "x.png", ExportOptions(format="jpeg", quality=quality))
    assert data is not None
    read = np.asarray(Image.open(io.BytesIO(data)), np.int16)
    assert np.abs(read - noise).mean() < 12


def test_a_format_that_cannot_hold_the_picture_is_said(tmp_path: Path) -> None:
    save_portrait(tmp_path / "x.png", Image.new("RGB", (16_400, 4)), None)
    with pytest.raises(UserError, match="too large for WEBP"):
        encode(tmp_path / "x.png", ExportOptions(format="webp"))


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("source", [AI_SOURCE, AI_SOURCE_WHOLE])
def test_an_export_says_of_the_machine_what_the_portrait_says(tmp_path: Path, kind: Any, source: str) -> None:
    save_portrait(tmp_path / "x.png", Image.new("RGB", (8, 8)), None, source=source)
    assert read_source(tmp_path / "x.png") == source
    made = export(tmp_path / "x.png", tmp_path / "out", format=kind)
    assert read_source(made) == source
    assert made.read_bytes().count(source.encode()) == 1
    plain = export(tmp_path / "x.png", tmp_path / "out", format=kind, ai_label=False)
    assert read_source(plain) is None


@pytest.mark.parametrize("letter", ["A", "\u674e", "\U0001f600", "e\u0301"])
def test_names_are_cut_by_their_bytes_and_numbered(portrait: Path, tmp_path: Path, letter: str) -> None:
    pictures = [(portrait, letter * 80)] * 3
    names = [path.name for path in export_portraits(pictures, tmp_path / "out", ExportOptions()).written]
    assert len(set(names)) == 3
    assert all(len(name.encode()) <= 200 and name.endswith(".png") for name in names)
    assert all(name.isprintable() for name in names)


def test_a_name_that_is_no_unicode_is_exported_under_a_name_that_is(portrait: Path, tmp_path: Path) -> None:
    (path,) = export_portraits([(portrait, "caf\udce9")], tmp_path / "out", ExportOptions()).written
    assert path.name == "caf .png" or path.name == "caf.png"


def test_sixteen_bit_grey_is_exported_as_it_looks(tmp_path: Path) -> None:
    samples = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    Image.fromarray(samples).save(tmp_path / "grey.png")
    data = encode(tmp_path / "grey.png", ExportOptions())
    assert data is not None
    assert abs(np.asarray(Image.open(io.BytesIO(data))).mean() - 127.5) < 1
