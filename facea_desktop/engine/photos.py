"""Reads a photo as upright sRGB pixels, whatever file it comes in, and leaves its metadata behind."""

from __future__ import annotations

import io
import struct
import warnings
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import ExifTags, Image, ImageCms
from PIL.ImageCms import ImageCmsProfile

from facea_desktop.domain.errors import UserError
from facea_desktop.library.picture_bounds import too_costly

PIXEL_LIMIT = 100_000_000
"""Larger pictures are refused from their header alone, before memory is taken for them."""

_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
_KINDS = "JPEG, PNG, WebP, TIFF or HEIC"
# What Pillow's and libheif's readers raise on damaged files, beside OSError.
_DAMAGED = (SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError, RuntimeError, struct.error)
_PAPER = (255, 255, 255)
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def read_photo(path: Path) -> Image.Image:
    """Read a photo: RGB, 8 bit, upright, in sRGB, with empty ``info`` (no place, no camera, no thumbnail).

    Transparency is shown on white, as viewers do; 16-bit and float samples are scaled, not clipped; embedded colour
    profiles (CMYK's too) are converted to sRGB; of several frames the first is taken.

    Raises:
        UserError: the file is missing, a folder, unreadable, no picture of these kinds, damaged or too large.
    """
    name = "".join(letter if letter.isprintable() else "?" for letter in path.name or str(path))
    try:
        # Opening a pipe would wait for ever.
        file = path.open("rb") if path.is_file() or not path.exists() else None
    except FileNotFoundError:
        raise UserError(f"{name} does not exist: check the name and the folder.") from None
    except PermissionError:
        raise UserError(f"{name} may not be read: change its permissions or copy it to a folder of yours.") from None
    except (OSError, ValueError) as error:
        raise UserError(f"{name} cannot be opened: copy it to this computer's disk under a short name.") from error
    if file is None:
        raise UserError(f"{name} is a folder, not a photo: choose the photos inside it.")
    with file, warnings.catch_warnings():
        # Pillow warns of what is refused below (size) or does not matter here (faulty metadata).
        warnings.simplefilter("ignore")
        return _decode(file, name)


def png_bytes(picture: Image.Image) -> bytes:
    """A picture as the bytes of a PNG file."""
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def _decode(file: BinaryIO, name: str) -> Image.Image:
    """The pixels of an open file."""
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
        raise UserError(f"{name} {costly}: make it smaller, or save it as a plain JPEG, and try again.")
    try:
        image.load()
        return _as_rgb(_upright(image))
    except (OSError, *_DAMAGED) as error:
        raise UserError(f"{name} is damaged or incomplete: copy it again from where it came from.") from error


def _too_large(name: str) -> UserError:
    return UserError(f"{name} has more than {PIXEL_LIMIT // 1_000_000} megapixels: make it smaller and try again.")


def _upright(image: Image.Image) -> Image.Image:
    """The picture as the camera was held (EXIF orientation); faulty EXIF data does not spoil the pixels."""
    try:
        turn = _UPRIGHT.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except (OSError, *_DAMAGED):
        turn = None
    return image if turn is None else image.transpose(turn)


def _as_rgb(image: Image.Image) -> Image.Image:
    """8-bit sRGB on white, as a new picture that carries nothing but pixels."""
    profile = image.info.get("icc_profile")
    alpha = None
    if image.mode.startswith(("I", "F")):
        image = _eight_bits(image)
    elif image.mode in ("1", "YCbCr", "HSV", "RGBX"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    elif image.mode in ("P", "PA") or image.has_transparency_data:
        if image.mode not in ("LA", "RGBA"):
            image = image.convert("LA" if image.mode == "La" else "RGBA")
        alpha = image.getchannel("A")
        image = image.convert(image.mode.rstrip("A"))
    rgb = _in_srgb(image, profile)
    if alpha is not None:
        rgb = Image.composite(rgb, Image.new("RGB", rgb.size, _PAPER), alpha)
    return Image.fromarray(np.asarray(rgb))


def _eight_bits(image: Image.Image) -> Image.Image:
    """Greyscale of more than 8 bits as L; integers span 16 bits and floats 0 to 1, or what the largest asks for."""
    samples = np.nan_to_num(np.asarray(image, dtype=np.float32), posinf=0, neginf=0)
    largest = float(samples.max())
    spans = (65535.0, 2.0**31 - 1, 2.0**32 - 1) if image.mode.startswith("I") else (1.0, 255.0, 65535.0)
    span = next((each for each in spans if largest <= each), largest)
    return Image.fromarray(np.rint(samples.clip(0) * (255 / span)).astype(np.uint8))


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB by the embedded profile; a profile that is broken or of another kind of picture is passed over."""
    srgb = ImageCmsProfile(ImageCms.createProfile("sRGB"))
    try:
        if image.mode == "LAB":
            return _converted(image, ImageCmsProfile(ImageCms.createProfile("LAB")), srgb)
        if profile:
            return _converted(image, ImageCmsProfile(io.BytesIO(profile)), srgb)
    except (ImageCms.PyCMSError, OSError):
        profile = None
    return image.convert("RGB")


def _converted(image: Image.Image, source: ImageCmsProfile, target: ImageCmsProfile) -> Image.Image:
    converted = ImageCms.profileToProfile(
        image,
        source,
        target,
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    assert converted is not None  # only with inPlace
    return converted
