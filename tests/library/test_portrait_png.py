from __future__ import annotations

import errno
import io
import os
import struct
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from facea_desktop.domain.errors import UserError
from facea_desktop.library.portrait_png import check_png, read_request, save_portrait
from facea_desktop.library.xmp_metadata import AI_SOURCE


def picture() -> Image.Image:
    return Image.linear_gradient("L").resize((20, 10)).convert("RGB")


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def encoded(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize("request_json", ['{"prompt": "a man, é 漢 🙂"}', "", "[]", None])
@pytest.mark.parametrize("ai_label", [True, False])
def test_request_and_label_are_written_each_by_its_own_switch(
    tmp_path: Path, request_json: str | None, ai_label: bool
) -> None:
    path = tmp_path / "new" / "folder" / "a.png"
    save_portrait(path, picture(), request_json, ai_label=ai_label)
    assert read_request(path) == request_json
    with Image.open(path) as image:
        image.load()
        assert image.tobytes() == picture().tobytes()
        assert image.text.get("facea:request") == request_json
        assert (AI_SOURCE in image.info.get("xmp", b"").decode()) == ai_label
    assert [found.name for found in path.parent.iterdir()] == ["a.png"]


def test_the_label_is_the_digital_source_type_of_well_formed_xmp(tmp_path: Path) -> None:
    save_portrait(tmp_path / "a.png", picture(), None)
    with Image.open(tmp_path / "a.png") as image:
        packet = ElementTree.fromstring(image.info["xmp"])
    (source,) = packet.iter("{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType")
    assert source.text == AI_SOURCE


def test_nothing_of_the_original_photo_goes_along(tmp_path: Path) -> None:
    photo = picture()
    photo.info = {"exif": b"Exif\0\0secret", "icc_profile": b"secret", "comment": "secret", "dpi": (72, 72)}
    save_portrait(tmp_path / "a.png", photo, None, ai_label=False)
    with Image.open(tmp_path / "a.png") as image:
        image.load()
        assert image.info == {}
    assert photo.info["comment"] == "secret"


def test_a_full_disk_keeps_the_older_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    save_portrait(path, picture(), "old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="disk is full"):
        save_portrait(path, picture(), "new")
    assert read_request(path) == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.png"]


def test_a_picture_without_request_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encoded(picture()))
    (tmp_path / "a.txt").write_bytes(b"text")
    for name in ("a.png", "a.txt", "missing.png", "."):
        assert read_request(tmp_path / name) is None


def test_a_text_that_would_unpack_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    text = PngImagePlugin.PngInfo()
    text.add_itxt("facea:request", "x" * 50_000_000, zip=True)
    picture().save(tmp_path / "a.png", pnginfo=text)
    assert read_request(tmp_path / "a.png") is None


def test_a_request_longer_than_a_megabyte_is_not_read(tmp_path: Path) -> None:
    save_portrait(tmp_path / "a.png", picture(), "x" * (1 << 20))
    assert read_request(tmp_path / "a.png") is None


@given(noise=st.binary(max_size=60), place=st.integers(0, 400), cut=st.integers(0, 600))
@example(noise=b"\xff\xff\xff\xffiTXt", place=8, cut=600)
def test_a_damaged_picture_gives_its_own_request_or_none(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, place: int, cut: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.png"
    save_portrait(path, picture(), "the request")
    data = bytearray(path.read_bytes())
    data[place : place + len(noise)] = noise
    path.write_bytes(bytes(data[:cut]))
    assert read_request(path) in ("the request", None)


def test_only_a_png_of_the_right_kind_and_size_passes() -> None:
    assert check_png(encoded(picture()), ("RGB",), 200) == (20, 10)
    jpeg = io.BytesIO()
    picture().save(jpeg, "JPEG")
    for data, modes in [
        (jpeg.getvalue(), ("RGB",)),
        (encoded(picture()), ("L", "1")),
        (encoded(picture().convert("P")), ("RGB",)),
        (b"", ("RGB",)),
    ]:
        with pytest.raises(UserError):
            check_png(data, modes, 200)
    with pytest.raises(UserError, match="pixels"):
        check_png(encoded(picture()), ("RGB",), 199)


def test_a_header_that_lies_about_the_size_costs_nothing() -> None:
    data = encoded(picture())
    huge = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    for lying in (data[:8] + huge + data[33:], data[:33] + huge + data[33:]):  # instead of the true one; after it
        with pytest.raises(UserError):
            check_png(lying, ("RGB",), 1000)


@given(st.data())
def test_a_damaged_png_is_refused_or_still_has_its_size(data: st.DataObject) -> None:
    raw = bytearray(encoded(picture()))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    try:
        size = check_png(bytes(raw[: data.draw(st.integers(0, len(raw)))]), ("RGB",), 1000)
    except UserError:
        return
    assert size == (20, 10)


def moved(path: Path, kind: bytes, body: bytes, before: bytes) -> None:
    """Put the portrait's request into a chunk of another kind, before another chunk, as other programs do."""
    data, rest = path.read_bytes(), b""
    at = 8
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        whole = data[at : at + length + 12]
        if name == before:
            rest += chunk(kind, body)
        rest += whole if name != b"iTXt" else b""
        at += length + 12
    path.write_bytes(data[:8] + rest)


REQUEST = '{"prompt": "caf\u00e9"}'


@pytest.mark.parametrize("before", [b"IDAT", b"IEND"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"iTXt", b"\0\0\0\0" + REQUEST.encode()),
        (b"iTXt", b"\1\0\0\0" + zlib.compress(REQUEST.encode())),
        (b"iTXt", b"\0\0en\0request\0" + REQUEST.encode()),
        (b"tEXt", REQUEST.encode()),
        (b"tEXt", REQUEST.encode("latin-1")),
        (b"zTXt", b"\0" + zlib.compress(REQUEST.encode("latin-1"), 9)),
    ],
    ids=range(6),
)
def test_a_request_that_another_program_wrote_anew_is_read(
    tmp_path: Path, kind: bytes, body: bytes, before: bytes
) -> None:
    path = tmp_path / "a.png"
    save_portrait(path, picture(), "old")
    moved(path, kind, b"facea:request\0" + body, before)
    assert read_request(path) == REQUEST


@pytest.mark.parametrize("body", [b"", b"\1", b"\1\0\0\0no deflate", b"\1\0\0\0" + zlib.compress(b"x" * 99)[:-3]])
def test_a_request_that_cannot_be_unpacked_is_none(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "a.png"
    save_portrait(path, picture(), "old")
    moved(path, b"iTXt", b"facea:request\0" + body, b"IEND")
    assert not read_request(path)
