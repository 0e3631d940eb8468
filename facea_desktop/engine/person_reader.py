"""Reads what the library keeps of a person: reference pictures with their masks, adapter and [feat] sets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from safetensors import SafetensorError
from torch import Tensor

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Profile, Reference
from facea_desktop.engine.identity_model import load_tensors
from facea_desktop.engine.reference_latents import ReferencePicture
from facea_desktop.library.id_library import Library
from facea_desktop.library.person_files import ADAPTER, FEATURES

Weights = tuple[dict[str, Tensor], dict[str, Tensor] | None]
"""An adapter and its [feat] sets; None where it has none."""


def read_references(library: Library, profile: Profile) -> list[ReferencePicture]:
    """A person's reference crops and masks as pictures.

    Raises:
        UserError: one is missing or damaged.
    """
    folder = library.folder(profile.id)
    pictures = []
    with library.unchanged(), reading_files_of(profile):
        for reference in profile.references:
            masks = {
                part: Image.open(folder / "masks" / f"{reference.index}-{part}.png").convert("L")
                for part in reference.parts
            }
            pictures.append(ReferencePicture(_photo(folder, reference), masks))
    return pictures


def read_photos(library: Library, profile: Profile, most: int | None = None) -> list[Image.Image]:
    """A person's reference crops, RGB, without their masks.

    Args:
        most: read so many, the first.

    Raises:
        UserError: one is missing or damaged.
    """
    with library.unchanged(), reading_files_of(profile):
        return [_photo(library.folder(profile.id), reference) for reference in profile.references[:most]]


def _photo(folder: Path, reference: Reference) -> Image.Image:
    return Image.open(folder / "references" / f"{reference.index}.png").convert("RGB")


def read_weights(library: Library, profile: Profile) -> Weights:
    """A person's adapter and [feat] sets that are in use.

    Raises:
        UserError: a file is missing or damaged.
    """
    with library.unchanged(), reading_files_of(profile):
        return weights_in(library.folder(profile.id))


def weights_in(folder: Path, prefix: str = "") -> Weights:
    """The adapter and [feat] sets of a folder, in files whose names begin so.

    Raises:
        OSError, SafetensorError: a file is missing or damaged.
    """
    adapter, features = (folder / f"{prefix}{name}" for name in (ADAPTER, FEATURES))
    return load_tensors(adapter), load_tensors(features) if features.exists() else None


@contextmanager
def reading_files_of(profile: Profile) -> Iterator[None]:
    """Say in one line whose file cannot be read.

    Raises:
        UserError: in place of what reading raised.
    """
    try:
        yield
    except (OSError, SyntaxError, SafetensorError) as error:  # Pillow calls a broken PNG a SyntaxError
        raise UserError(f"A file of {profile.name} is missing or damaged. Tune or enrol again.") from error
