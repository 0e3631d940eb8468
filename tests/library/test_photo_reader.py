import contextlib
import io
import random
import struct
import subprocess
import sys
import warnings
import zlib
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import ExifTags, Image, ImageCms, ImageFile

from facea_desktop.domain.errors import UserError
from facea_desktop.library.photo_reader import PIXEL_LIMIT, read_mask, read_photo, read_picture

WHITE = [255, 255, 255]


def scene(width: int = 48, height: int = 32) -> Image.Image:
    """Smooth colours, no two corners alike."""
    y, x = np.mgrid[0:height, 0:width]
    pixels = np.stack([40 + 4 * x, 40 + 6 * y, 200 - 2 * x - 2 * y], axis=-1)
    return Image.fromarray(pixels.astype(np.uint8))


def array(image: Image.Image) -> np.ndarray:
    return np.asarray(image).astype(int)


def difference(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    return float(np.abs(array(one) - array(other)).mean())


def saved(folder: Path, image: Image.Image, name: str, **options: object) -> Path:
    path = folder / name
    image.save(path, **options)
    return path


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, depth: int, colour: int, rows: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def green_shift_profile() -> bytes:
    """A display profile whose red and green primaries are swapped, so that its effect cannot be missed."""
    icc = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", icc[128:132])[0]
    entry = {bytes(icc[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, green = entry[b"rXYZ"], entry[b"gXYZ"]
    icc[red + 4 : red + 12], icc[green + 4 : green + 12] = icc[green + 4 : green + 12], icc[red + 4 : red + 12]
    return bytes(icc)


@pytest.mark.parametrize(
    ("name", "options", "tolerance"),
    [
        ("photo.png", {}, 0),
        ("photo.tif", {}, 0),
        ("photo.tiff", {"compression": "tiff_lzw"}, 0),
        ("photo.webp", {"lossless": True}, 0),
        ("photo.jpg", {"quality": 95, "subsampling": 0}, 2),
        ("photo.JPEG", {"quality": 95, "progressive": True}, 3),
        ("photo.webp", {"quality": 95}, 4),
    ],
)
def test_common_files_give_the_pixels_back(
    tmp_path: Path, name: str, options: dict[str, object], tolerance: int
) -> None:
    photo = read_photo(saved(tmp_path, scene(), name, **options))
    assert photo.mode == "RGB"
    assert difference(photo, scene()) <= tolerance


def heic(folder: Path, image: Image.Image, **options: object) -> Path:
    path = folder / "photo.heic"
    pillow_heif.from_pillow(image).save(path, quality=95, **options)
    return path


def test_heic_is_read(tmp_path: Path) -> None:
    photo = read_photo(heic(tmp_path, scene(64, 48)))
    assert photo.mode == "RGB"
    assert difference(photo, scene(64, 48)) < 5


def test_the_content_counts_and_not_the_ending(tmp_path: Path) -> None:
    path = saved(tmp_path, scene(), "photo.png")
    assert difference(read_photo(path.rename(tmp_path / "photo.jpg")), scene()) == 0


TURNS = {
    1: [],
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE],
    6: [Image.Transpose.ROTATE_90],
    7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_270],
}


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.tif", "photo.webp"])
@pytest.mark.parametrize("orientation", TURNS)
def test_every_exif_orientation_gives_the_same_upright_photo(tmp_path: Path, orientation: int, name: str) -> None:
    stored = scene()
    for turn in TURNS[orientation]:
        stored = stored.transpose(turn)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    photo = read_photo(saved(tmp_path, stored, name, exif=exif, quality=95))
    assert difference(photo, scene()) < 5


@pytest.mark.parametrize("orientation", TURNS)
def test_heic_is_turned_once(tmp_path: Path, orientation: int) -> None:
    stored = scene(64, 48)
    for turn in TURNS[orientation]:
        stored = stored.transpose(turn)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    assert difference(read_photo(heic(tmp_path, stored, exif=exif.tobytes())), scene(64, 48)) < 5


def test_faulty_exif_does_not_spoil_the_photo(tmp_path: Path) -> None:
    path = saved(tmp_path, scene(), "photo.png", exif=b"Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff\xff")
    assert difference(read_photo(path), scene()) == 0


def test_no_metadata_survives(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for name in ("photo.jpg", "photo.png", "photo.webp", "photo.tif"):
        path = saved(tmp_path, scene(), name, exif=exif, icc_profile=srgb, xmp=b"<x:xmpmeta/>", dpi=(300, 300))
        photo = read_photo(path)
        again = io.BytesIO()
        photo.save(again, "PNG")
        assert photo.info == {}
        assert not photo.getexif()
        assert b"Camera" in path.read_bytes()
        assert not {b"eXIf", b"iCCP", b"iTXt", b"tEXt", b"pHYs"} & {
            again.getvalue()[at : at + 4] for at in range(len(again.getvalue()))
        }


@pytest.mark.parametrize("name", ["photo.png", "photo.tif"])
def test_sixteen_bit_grey_is_scaled_and_not_clipped(tmp_path: Path, name: str) -> None:
    samples = np.linspace(0, 65535, 32 * 16).reshape(16, 32).astype(np.uint16)
    photo = read_photo(saved(tmp_path, Image.fromarray(samples), name))
    assert photo.mode == "RGB"
    assert np.array_equal(array(photo)[..., 0], np.rint(samples / 257).astype(int))


def test_sixteen_bit_colour_png_is_scaled(tmp_path: Path) -> None:
    samples = (np.asarray(scene()).astype(">u2") * 257).astype(">u2")
    rows = b"".join(b"\x00" + row.tobytes() for row in samples)
    (tmp_path / "photo.png").write_bytes(png(48, 32, 16, 2, rows))
    assert difference(read_photo(tmp_path / "photo.png"), scene()) == 0


def test_sixteen_bit_colour_tiff_is_scaled(tmp_path: Path) -> None:
    samples = (np.asarray(scene()).astype("<u2") * 257).astype("<u2").tobytes()
    bits = struct.pack("<HHH", 16, 16, 16)
    tags = [
        *((256, 4, 1, 48), (257, 4, 1, 32), (258, 3, 3, 8), (259, 3, 1, 1), (262, 3, 1, 2)),
        *((273, 4, 1, 14), (277, 3, 1, 3), (278, 4, 1, 32), (279, 4, 1, len(samples)), (284, 3, 1, 1)),
    ]
    directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags) + bytes(4)
    header = b"II*\x00" + struct.pack("<I", 14 + len(samples)) + bits
    (tmp_path / "photo.tif").write_bytes(header + samples + directory)
    assert difference(read_photo(tmp_path / "photo.tif"), scene()) == 0


@pytest.mark.parametrize(("scale", "white"), [(1.0, 255), (255.0, 255), (0.5, 128), (65535.0, 255), (1e6, 255)])
def test_float_grey_is_scaled_by_the_range_it_spans(tmp_path: Path, scale: float, white: int) -> None:
    samples = np.linspace(0, scale, 64, dtype=np.float32).reshape(8, 8)
    samples[0, 0] = np.nan
    photo = array(read_photo(saved(tmp_path, Image.fromarray(samples), "photo.tif")))[..., 0]
    assert photo[0, 0] == 0
    assert photo[-1, -1] == white
    assert np.all(np.diff(photo.ravel()) >= 0)


def cut_out() -> Image.Image:
    """Left half grey, right half an invisible red."""
    image = Image.new("RGBA", (64, 48), (20, 20, 20, 255))
    image.paste((200, 0, 0, 0), (32, 0, 64, 48))
    return image


def palette_with_alpha() -> Image.Image:
    image = cut_out().convert("RGB").quantize()
    image.putalpha(cut_out().getchannel("A"))
    assert image.mode == "PA"
    return image


@pytest.mark.parametrize(
    ("image", "name"),
    [
        *((cut_out(), f"photo.{ending}") for ending in ("png", "tif", "webp")),
        *((cut_out().convert("LA"), f"photo.{ending}") for ending in ("png", "tif")),
        (palette_with_alpha(), "photo.tif"),
        (cut_out().quantize(), "photo.png"),
        (cut_out(), "photo.heic"),
    ],
)
def test_transparency_shows_white(tmp_path: Path, image: Image.Image, name: str) -> None:
    path = heic(tmp_path, image) if name.endswith("heic") else saved(tmp_path, image, name, lossless=True)
    photo = array(read_photo(path))
    assert np.abs(photo[5, 5] - 20).max() <= 2
    assert photo[5, 60].tolist() == WHITE


def test_half_transparency_is_blended(tmp_path: Path) -> None:
    photo = read_photo(saved(tmp_path, Image.new("RGBA", (4, 4), (0, 0, 0, 128)), "photo.webp", lossless=True))
    assert photo.getpixel((0, 0)) == (127, 127, 127)


@pytest.mark.parametrize(("mode", "clear"), [("L", 0), ("RGB", (0, 0, 0)), ("P", 0)])
def test_a_transparent_colour_shows_white(tmp_path: Path, mode: str, clear: object) -> None:
    image = Image.new(mode, (4, 4), 0)
    photo = read_photo(saved(tmp_path, image, "photo.png", transparency=clear))
    assert array(photo)[0, 0].tolist() == WHITE


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_fewer_colours_become_rgb(tmp_path: Path, mode: str) -> None:
    image = scene().convert(mode)
    assert difference(read_photo(saved(tmp_path, image, "photo.png")), image.convert("RGB")) == 0


@pytest.mark.parametrize("name", ["photo.jpg", "photo.tif"])
def test_cmyk_without_a_profile_is_converted(tmp_path: Path, name: str) -> None:
    photo = read_photo(saved(tmp_path, scene().convert("CMYK"), name, quality=98))
    assert difference(photo, scene()) < 4


def test_a_profile_for_another_kind_of_picture_is_passed_over(tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, b"no profile at all"):
        path = saved(tmp_path, scene().convert("CMYK"), "photo.jpg", quality=98, icc_profile=profile)
        assert difference(read_photo(path), scene()) < 4


def cyan_is_red_profile() -> bytes:
    """A printer profile (ICC.1, lut8Type) by which cyan ink is red."""
    lab = {"paper": (255, 128, 128), "red": (136, 208, 195), "black": (0, 128, 128)}
    inks = [(cyan, black) for cyan in (0, 1) for _ in range(4) for black in (0, 1)]
    grid = b"".join(bytes(lab["black" if black else "red" if cyan else "paper"]) for cyan, black in inks)
    matrix = struct.pack(">9i", *(65536 if at % 4 == 0 else 0 for at in range(9)))
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + matrix + bytes(range(256)) * 4 + grid + bytes(range(256)) * 3
    tags = struct.pack(">I4sII", 1, b"A2B0", 128 + 16, len(table))
    start = struct.pack(
        ">I4sI4s4s4s12s4s", 128 + 16 + len(table), bytes(4), 0x02100000, b"prtr", b"CMYK", b"Lab ", bytes(12), b"acsp"
    )
    white = struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    return start + bytes(28) + white + bytes(48) + tags + table


@pytest.mark.parametrize("name", ["photo.jpg", "photo.tif"])
def test_cmyk_is_converted_by_its_profile(tmp_path: Path, name: str) -> None:
    cyan = Image.new("CMYK", (16, 16), (255, 0, 0, 0))
    path = saved(tmp_path, cyan, name, quality=100, icc_profile=cyan_is_red_profile())
    red, green, blue = read_photo(path).getpixel((8, 8))
    assert red > 200
    assert max(green, blue) < 80


@pytest.mark.parametrize("name", ["photo.png", "photo.jpg", "photo.tif", "photo.webp"])
def test_colours_are_converted_by_the_embedded_profile(tmp_path: Path, name: str) -> None:
    red = Image.new("RGB", (16, 16), (230, 30, 30))
    plain = read_photo(saved(tmp_path, red, name, quality=100)).getpixel((8, 8))
    shifted = read_photo(saved(tmp_path, red, name, quality=100, icc_profile=green_shift_profile())).getpixel((8, 8))
    assert plain[0] > 200 > plain[1]
    assert shifted[1] > 200 > shifted[0]


def test_lab_is_converted(tmp_path: Path) -> None:
    lab = Image.merge("LAB", [Image.new("L", (4, 4), value) for value in (255, 128, 128)])
    white = np.asarray(read_photo(saved(tmp_path, lab, "photo.tif")))
    assert white.min() > 245


@pytest.mark.parametrize("name", ["photo.png", "photo.webp", "photo.tif"])
def test_of_several_frames_the_first_is_taken(tmp_path: Path, name: str) -> None:
    blue = Image.new("RGB", scene().size, (0, 0, 255))
    path = saved(tmp_path, scene(), name, save_all=True, append_images=[blue], lossless=True)
    assert difference(read_photo(path), scene()) == 0


def refusal(path: Path) -> str:
    """The error's line, which names the file and says what to do."""
    with pytest.raises(UserError) as caught:
        read_photo(path)
    line = str(caught.value)
    assert "\n" not in line
    assert line.isprintable()
    assert ": " in line
    return line


def test_a_bomb_is_refused_from_its_header(tmp_path: Path) -> None:
    for width, height in ((10_001, 10_000), (50_000, 50_000), (2**31 - 1, 2**31 - 1)):
        (tmp_path / "bomb.png").write_bytes(png(width, height, 8, 2, b"\x00" * 1000))
        assert "bomb.png has more than 100 megapixels" in refusal(tmp_path / "bomb.png")
    assert PIXEL_LIMIT == 100_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the peak")
@pytest.mark.parametrize(
    ("name", "mode", "size", "shown"),
    [
        ("scan.png", "RGB", (9000, 8800), (4500, 4400)),
        ("turned.png", "RGB", (9000, 8800), (4400, 4500)),
        ("layer.png", "RGBA", (8000, 4900), (4000, 2450)),
        ("camera.jpg", "RGB", (10_000, 9990), (5000, 4995)),
    ],
)
def test_the_largest_pictures_are_read_halved_in_500_megabytes(
    tmp_path: Path, name: str, mode: str, size: tuple[int, int], shown: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6 if name.startswith("turned") else 1
    path = saved(tmp_path, Image.new(mode, size, 128), name, compress_level=1, exif=exif)
    code = """if True:
        import sys
        from pathlib import Path
        from facea_desktop.library.photo_reader import read_photo
        size = read_photo(Path(sys.argv[1])).size
        print(*size, Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])"""
    told = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=True).stdout
    *found, kibibytes = map(int, told.split())
    assert tuple(found) == shown
    assert kibibytes < 500_000


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.tif", "photo.webp", "photo.heic"])
def test_a_cut_file_is_damaged(tmp_path: Path, name: str) -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 255, (64, 64, 3), dtype=np.uint8))
    path = heic(tmp_path, noise) if name.endswith("heic") else saved(tmp_path, noise, name)
    data = path.read_bytes()
    for share in (0.9, 0.6):
        path.write_bytes(data[: int(len(data) * share)])
        assert refusal(path).startswith(name)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.tif", "photo.webp", "photo.heic"])
def test_a_damaged_file_is_read_or_refused_and_never_a_crash(tmp_path: Path, name: str) -> None:
    path = heic(tmp_path, scene(64, 48)) if name.endswith("heic") else saved(tmp_path, scene(64, 48), name)
    data = path.read_bytes()
    draw = random.Random(name)
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(draw.choice((1, 3, 20))):
            broken[draw.randrange(min(len(data), draw.choice((64, len(data)))))] = draw.randrange(256)
        path.write_bytes(broken)
        with contextlib.suppress(UserError):
            assert read_photo(path).mode == "RGB"


def test_what_is_no_photo_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.jpg").write_text("Dear diary")
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "video.heic").write_bytes(b"\x00\x00\x00\x20ftypmp42" + bytes(40))
    saved(tmp_path, scene().convert("P"), "photo.gif")
    assert "notes.jpg is not a picture" in refusal(tmp_path / "notes.jpg")
    assert "empty.png is empty" in refusal(tmp_path / "empty.png")
    assert "video.heic is not a picture" in refusal(tmp_path / "video.heic")
    assert "photo.gif is not a picture" in refusal(tmp_path / "photo.gif")


def test_what_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "is a folder" in refusal(tmp_path)
    assert "gone.jpg does not exist" in refusal(tmp_path / "gone.jpg")
    assert "two?lines.jpg does not exist" in refusal(tmp_path / "two\nlines.jpg")
    assert "cannot be opened" in refusal(tmp_path / ("x" * 400))

    def denied(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", denied)
    assert "locked.jpg cannot be read" in refusal(tmp_path / "locked.jpg")


def test_nothing_global_is_changed(tmp_path: Path) -> None:
    filters, limit = list(warnings.filters), Image.MAX_IMAGE_PIXELS
    read_photo(saved(tmp_path, scene(), "photo.jpg"))
    refusal(tmp_path / "gone.jpg")
    assert warnings.filters == filters
    assert limit == Image.MAX_IMAGE_PIXELS
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def noise(side: int = 96) -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 255, (side, side, 3), dtype=np.uint8))


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}])
@pytest.mark.parametrize("missing", [1, 2, 3, 40])
def test_a_jpeg_without_its_last_bytes_is_read(tmp_path: Path, options: dict[str, object], missing: int) -> None:
    path = saved(tmp_path, noise(), "photo.jpg", quality=90, **options)
    whole = read_photo(path)
    path.write_bytes(path.read_bytes()[:-missing])
    assert np.array_equal(array(read_photo(path))[:64], array(whole)[:64]) or options.get("progressive")
    assert difference(read_photo(path), whole) < 3


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"restart_marker_rows": 1}])
@pytest.mark.parametrize("kept", [0.02, 0.1, 0.5, 0.9])
def test_a_jpeg_that_breaks_off_early_is_damaged(tmp_path: Path, options: dict[str, object], kept: float) -> None:
    path = saved(tmp_path, noise(512), "photo.jpg", quality=90, **options)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    assert "is damaged or incomplete" in refusal(path)


def test_a_grey_picture_that_breaks_off_early_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    half = noise(256)
    half.paste((128, 128, 128), (0, 128, 256, 256))  # what stands for missing pixels, too
    path = saved(tmp_path, half, "photo.jpg", quality=90)
    data, whole = path.read_bytes(), read_photo(path)
    path.write_bytes(data[:-2])
    assert difference(read_photo(path), whole) < 1
    path.write_bytes(data[: len(data) // 2])
    assert "is damaged or incomplete" in refusal(path)


def test_a_progressive_jpeg_that_lacks_whole_scans_is_damaged(tmp_path: Path) -> None:
    path = saved(tmp_path, noise(), "photo.jpg", quality=90, progressive=True)
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"\xff\xda")])
    assert "is damaged or incomplete" in refusal(path)


def with_chunk(path: Path, extra: bytes, before: bytes = b"IDAT") -> Path:
    data = path.read_bytes()
    at = data.index(before) - 4
    path.write_bytes(data[:at] + extra + data[at:])
    return path


@pytest.mark.parametrize("before", [b"IDAT", b"IEND"])
@pytest.mark.parametrize(
    "text",
    [
        chunk(b"zTXt", b"workflow\0\0" + zlib.compress(b"abc123 " * 400_000)),
        chunk(b"iTXt", b"workflow\0\1\0\0\0" + zlib.compress(b"abc123 " * 400_000)),
        chunk(b"tEXt", b"parameters\0" + b"abc123 " * 400_000) * 30,
    ],
)
def test_a_png_with_megabytes_of_text_is_a_good_picture(tmp_path: Path, text: bytes, before: bytes) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 3
    stored = scene().transpose(Image.Transpose.ROTATE_180)
    path = with_chunk(saved(tmp_path, stored, "photo.png", exif=exif), text, before)
    assert difference(read_photo(path), scene()) == 0


def test_colours_are_converted_by_a_profile_of_megabytes(tmp_path: Path) -> None:
    profile = green_shift_profile()
    large = struct.pack(">I", len(profile) + (2 << 20)) + profile[4:] + bytes(2 << 20)
    path = saved(tmp_path, Image.new("RGB", (16, 16), (230, 30, 30)), "photo.png", icc_profile=large)
    red, green, _ = read_photo(path).getpixel((8, 8))
    assert green > 200 > red


def test_a_draft_of_a_large_jpeg_is_smaller_but_not_too_small(tmp_path: Path) -> None:
    photo = read_photo(saved(tmp_path, scene(800, 400), "photo.jpg"), draft=100)
    assert photo.size == (200, 100)


def mask_as(kind: str) -> Image.Image:
    """The left half is inside, in every way that programs write masks."""
    inside = np.zeros((32, 48), np.uint8)
    inside[:, :24] = 1
    grey = Image.fromarray(inside * 255)
    if kind.startswith("painted"):
        shade = {"painted white": 255, "painted black": 0, "painted blue": (0, 0, 255)}[kind]
        painted = Image.new("RGBA", grey.size, (0, 0, 0, 0))
        painted.paste(Image.new("RGB", grey.size, shade if isinstance(shade, tuple) else (shade,) * 3), mask=grey)
        return painted
    if kind == "labels":  # one of two classes, drawn in a dark red
        labels = Image.fromarray(inside, "P")
        labels.putpalette([0, 0, 0, 128, 0, 0])
        return labels
    if kind == "opaque":
        return Image.merge("RGBA", [grey, grey, grey, Image.new("L", grey.size, 255)])
    if kind in ("0 and 1", "0 and 1 in 16 bits", "16 bits"):
        return Image.fromarray(
            inside.astype(np.uint8 if kind == "0 and 1" else np.uint16) * (65535 if kind == "16 bits" else 1)
        )
    if kind == "float":
        return Image.fromarray(inside.astype(np.float32))
    return Image.merge("LA", [Image.new("L", grey.size, 0), grey]) if kind == "LA" else grey.convert(kind)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *((kind, "mask.png") for kind in ("1", "L", "P", "RGB", "LA", "opaque", "labels", "0 and 1", "16 bits")),
        *((f"painted {colour}", f"mask.{end}") for colour in ("white", "black", "blue") for end in ("png", "webp")),
        *(("0 and 1 in 16 bits", name) for name in ("mask.png", "mask.tif")),
        *((kind, "mask.tif") for kind in ("1", "CMYK", "float", "painted white")),
        ("L", "mask.jpg"),
    ],
)
def test_a_mask_is_what_is_painted_or_white_however_it_is_saved(tmp_path: Path, kind: str, name: str) -> None:
    mask = read_mask(saved(tmp_path, mask_as(kind), name, lossless=True))
    inside = np.asarray(mask) >= 128
    assert mask.mode == "L"
    assert inside[:, :24].all()
    assert not inside[:, 24:].any()


def test_soft_edges_of_a_mask_stay(tmp_path: Path) -> None:
    soft = Image.fromarray(np.linspace(0, 255, 64).reshape(8, 8).astype(np.uint8))
    assert read_mask(saved(tmp_path, soft, "mask.png")).tobytes() == soft.tobytes()


def test_a_mask_is_turned_as_its_picture_is(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 3
    mask = read_mask(saved(tmp_path, mask_as("L"), "mask.png", exif=exif))
    assert mask.getbbox() == (24, 0, 48, 32)


def test_what_is_transparent_stays_so_where_it_is_wanted(tmp_path: Path) -> None:
    picture = read_picture(saved(tmp_path, cut_out(), "photo.png"))
    assert picture.mode == "RGBA"
    assert picture.getpixel((60, 5))[3] == 0
    assert read_picture(saved(tmp_path, scene(), "photo.png")).mode == "RGB"
