"""Reads photos as upright sRGB pixels, whatever file they come in, without their metadata; and masks."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import ExifTags, Image, ImageCms
from PIL.ImageCms import ImageCmsProfile

from facea_desktop.domain.atomic_files import open_file, shown_name
from facea_desktop.domain.errors import UserError
from facea_desktop.library.decoding_limits import too_costly
from facea_desktop.library.photo_repair import repaired

PIXEL_LIMIT = 100_000_000
"""Larger pictures are refused from their header alone, before memory is taken for them."""

LARGEST_SIDE = 4096
"""Larger pictures are scaled down to this before they are worked on: the memory for blending grows with the pixels."""
_WHOLE = 36_000_000
"""Pictures of more pixels, or of half as many with transparency, are halved while they are read."""
PHOTO_ENDINGS = frozenset(
    (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif", ".hif", ".bmp")
)
"""What files that can be read are usually called; what they are is told by their content."""

_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")
_KINDS = "JPEG, PNG, WebP, TIFF or HEIC"
# What Pillow's and libheif's readers raise on damaged files, beside OSError.
_DAMAGED = (SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError, RuntimeError, struct.error)
_PAPER = (255, 255, 255)
_Make = Callable[[Image.Image], Image.Image]
_STARTS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"II*\0", b"MM\0*", b"BM", b"GIF8")
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def photos_in(folder: Path) -> list[Path]:
    """The files of a folder that are photos by their names, in order; hidden ones are left out.

    Raises:
        OSError: it cannot be read.
    """
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in PHOTO_ENDINGS and not path.name.startswith(".") and path.is_file()
    )


def read_photo(path: Path, draft: int | None = None) -> Image.Image:
    """Read a photo: RGB, 8 bit, upright, in sRGB, with empty ``info`` (no place, no camera, no thumbnail).

    Transparency is shown on white, as viewers do; 16-bit and float samples are scaled, not clipped; embedded colour
    profiles (CMYK's too) are converted to sRGB; of several frames the first is taken. A JPEG that lacks its last bytes
    is read.

    Args:
        draft: a JPEG is decoded faster, and smaller, where its shorter side stays at least so many pixels.

    Raises:
        UserError: the file is missing, a folder, unreadable, no picture of these kinds, damaged or too large.
    """
    return _read(path, _on_paper, draft)


def read_picture(path: Path) -> Image.Image:
    """As ``read_photo``, but RGBA where the picture is transparent.

    Raises:
        UserError: as ``read_photo``.
    """
    return _read(path, _in_colour)


def read_mask(path: Path) -> Image.Image:
    """Read a mask, upright, mode L, 255 inside: what is painted where there is transparency, else what is bright.

    Of a mask of two values, as labelling programs write them (0 and 1), the higher one is inside.

    Raises:
        UserError: as ``read_photo``.
    """
    return _read(path, _as_mask)


def begins_as_photo(path: Path) -> bool:
    """Whether a file's first bytes are those of a kind of picture, one that is read here or not."""
    try:
        with open_file(path) as file:
            start = file.read(12)
    except OSError:
        return False
    return start.startswith(_STARTS) or start[4:8] == b"ftyp"


def png_bytes(picture: Image.Image) -> bytes:
    """A picture as the bytes of a PNG file."""
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def fitting(width: int, height: int) -> tuple[int, int]:
    """The size at which a picture of this size is worked on."""
    scale = min(1.0, LARGEST_SIDE / max(width, height, 1))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _read(path: Path, made: _Make, draft: int | None = None) -> Image.Image:
    """What ``made`` makes of the upright picture in a file."""
    name = shown_name(path)
    try:
        # Opening a pipe would wait for ever.
        file = path.open("rb") if path.is_file() or not path.exists() else None
    except FileNotFoundError:
        raise UserError(f"{name} does not exist: check the name and the folder.") from None
    except PermissionError:
        raise UserError(f"{name} cannot be read: change its permissions or copy it to a folder of your own.") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{name} cannot be opened: copy it to this computer's disk under a short name.") from error
    if file is None and path.is_dir():
        raise UserError(f"{name} is a folder, not a photo: choose the photos inside it.")
    if file is None:
        raise UserError(f"{name} is not a file: choose a photo on a disk.")
    with file, warnings.catch_warnings():
        # Pillow warns of what is refused below (size) or does not matter here (faulty metadata).
        warnings.simplefilter("ignore")
        try:
            return _decoded(file, name, made, draft)
        except _TooLargeError:
            raise
        except UserError:
            again = repaired(file)
            if again is None:
                raise
            return _decoded(again.file, name, made, draft, again.profile)
        except OSError as error:  # of the disk; what pictures raise is a UserError by now
            trouble = f"{name} cannot be read: {error.strerror or error}. Copy it to another disk and try again."
            raise UserError(trouble) from error


class _TooLargeError(UserError):
    """Nothing is wrong with the file."""


def _decoded(file: BinaryIO, name: str, made: _Make, draft: int | None, profile: bytes | None = None) -> Image.Image:
    """What ``made`` makes of an open file; ``profile`` stands for one that the file does not carry."""
    start = file.read(12)
    file.seek(0)
    if not start:
        raise UserError(f"{name} is empty: copy it again from where it came from.")
    formats: tuple[str, ...] = _FORMATS
    if start[4:8] == b"ftyp":
        import pillow_heif

        pillow_heif.register_heif_opener()
        formats = ("HEIF",)
    try:
        image: Image.Image = Image.open(file, formats=formats)
    except Image.DecompressionBombError:
        raise _too_large(name) from None
    except (OSError, *_DAMAGED) as error:
        raise UserError(f"{name} is not a picture that can be read: choose a {_KINDS} file.") from error
    if image.width * image.height > PIXEL_LIMIT:
        raise _too_large(name)
    costly = too_costly(image, file)
    if costly is not None:
        raise _TooLargeError(f"{name} {costly}: make it smaller, or save it as a plain JPEG, and try again.")
    try:
        if draft is not None or image.width * image.height > _WHOLE:
            side = min(draft or LARGEST_SIDE, LARGEST_SIDE)
            image.draft(None, (side, side))
        image.load()
        if profile is not None:
            image.info["icc_profile"] = profile
        turn = _turn(image)
        image = _bounded(image)  # without the one as it was stored, which may take 400 MB
        if turn is not None:
            image = image.transpose(turn)
        return made(image)
    except (OSError, *_DAMAGED) as error:
        del image  # with the traceback, which holds it too: its memory is needed to repair the file
        trouble = f"{name} is damaged or incomplete: copy it again from where it came from."
        raise UserError(trouble) from error.with_traceback(None)


def _too_large(name: str) -> UserError:
    return _TooLargeError(f"{name} has more than {PIXEL_LIMIT // 1_000_000} megapixels: make it smaller and try again.")


def _turn(image: Image.Image) -> Image.Transpose | None:
    """What makes the picture stand as the camera was held; faulty EXIF data does not spoil the pixels."""
    try:
        return _UPRIGHT.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except (OSError, *_DAMAGED):
        return None


def _bounded(image: Image.Image) -> Image.Image:
    """The picture, or one of half its width and height where copies of it would take too much memory."""
    clear = image.has_transparency_data
    if image.width * image.height <= (_WHOLE // 2 if clear else _WHOLE):
        return image
    if image.mode in ("1", "P", "PA"):
        image = image.convert("L" if image.mode == "1" else "RGBA" if clear else "RGB")
    return image.reduce(2)


def _on_paper(image: Image.Image) -> Image.Image:
    """8-bit sRGB on white, as a new picture that carries nothing but pixels."""
    coloured = _in_colour(image)
    if coloured.mode == "RGB":
        return coloured
    alpha = coloured.getchannel("A")
    return Image.composite(coloured.convert("RGB"), Image.new("RGB", coloured.size, _PAPER), alpha)


def _in_colour(image: Image.Image) -> Image.Image:
    """8-bit sRGB, with alpha where there is some, as a new picture that carries nothing but pixels."""
    profile = image.info.get("icc_profile")
    alpha = None
    if image.mode.startswith(("I", "F")):
        image = _eight_bits(image)
    elif image.has_transparency_data:
        image = _with_alpha(image)
        alpha = image.getchannel("A")
        image = image.convert(image.mode.rstrip("A"))
    elif image.mode in ("1", "P", "YCbCr", "HSV", "RGBX"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    rgb = _in_srgb(image, profile)
    if alpha is not None:
        rgb.putalpha(alpha)
    rgb.info = {}
    return rgb


def _with_alpha(image: Image.Image) -> Image.Image:
    if image.mode in ("LA", "RGBA"):
        return image
    return image.convert("LA" if image.mode == "La" else "RGBA")


def _as_mask(image: Image.Image) -> Image.Image:
    """Mode L, 255 inside."""
    if image.has_transparency_data and (alpha := _with_alpha(image).getchannel("A")).getextrema() != (255, 255):
        image = alpha
    elif image.mode == "LAB":
        image = image.getchannel("L")
    elif not image.mode.startswith(("I", "F")):
        image = image.convert("L")
    values = np.asarray(image)
    low, high = values.min(), values.max()
    inside = values == high
    if (image.mode != "L" or high < 128) and low < high and bool((inside | (values == low)).all()):
        return Image.fromarray(inside.astype(np.uint8) * 255)
    return _eight_bits(image) if image.mode != "L" else Image.fromarray(values)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Greyscale of more than 8 bits as L; integers span 16 bits and floats 0 to 1, or what the largest asks for."""
    samples = np.nan_to_num(np.asarray(image, dtype=np.float32), posinf=0, neginf=0)
    largest = float(samples.max())
    spans = (65535.0, 2.0**31 - 1, 2.0**32 - 1) if image.mode.startswith("I") else (1.0, 255.0, 65535.0)
    span = next((each for each in spans if largest <= each), largest)
    return Image.fromarray(np.rint(samples.clip(0) * (255 / span)).astype(np.uint8))


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB by the embedded profile; a profile that is broken or of another kind of picture is passed over."""
    try:
        if image.mode == "LAB":
            return _converted(image, ImageCmsProfile(ImageCms.createProfile("LAB")))
        if profile:
            return _converted(image, ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):
        profile = None
    return image.convert("RGB")


def _converted(image: Image.Image, source: ImageCmsProfile) -> Image.Image:
    converted = ImageCms.profileToProfile(
        image,
        source,
        ImageCmsProfile(ImageCms.createProfile("sRGB")),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    assert converted is not None  # only with inPlace
    return converted
