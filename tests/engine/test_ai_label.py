"""What a portrait says of the machine: painted as a whole by models, or a photo with a redrawn face."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from facea_desktop.domain.events import Painted
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine.portrait_saving import Portrait, save
from facea_desktop.library.portrait_png import read_source
from facea_desktop.library.xmp_metadata import AI_SOURCE, AI_SOURCE_WHOLE


def kept(tmp_path: Path, picture: Path | None, painted_again: PortraitRequest | None = None) -> Painted:
    """A portrait as it lies on disk."""
    rgb, mask = Image.new("RGB", (8, 8)), Image.new("L", (8, 8))
    made = Portrait(rgb, rgb, mask, 0, None, painted_again)
    request = PortraitRequest(person="a" * 12, prompt="x", picture=picture)
    return save(made, request, tmp_path, stages=True)


def labels(painted: Painted) -> tuple[str | None, ...]:
    """Of the portrait, its scene and its mask."""
    assert painted.context is not None
    assert painted.mask is not None
    return tuple(read_source(path) for path in (painted.path, painted.context, painted.mask))


def test_a_painted_scene_is_made_as_a_whole_also_when_it_is_kept(tmp_path: Path) -> None:
    first = kept(tmp_path, None)
    assert labels(first) == (AI_SOURCE_WHOLE, AI_SOURCE_WHOLE, None)
    again = kept(tmp_path, first.context)
    assert labels(again) == (AI_SOURCE_WHOLE, AI_SOURCE_WHOLE, None)
    styled = kept(tmp_path, tmp_path / "gone.png", PortraitRequest(person="a" * 12))
    assert labels(styled) == (AI_SOURCE_WHOLE, AI_SOURCE_WHOLE, None)


def test_a_photo_with_a_redrawn_face_is_a_composite_and_stays_one(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "photo.jpg")
    first = kept(tmp_path, tmp_path / "photo.jpg")
    assert labels(first) == (AI_SOURCE, None, None)
    second = kept(tmp_path, first.path)  # another face of the same photo
    assert labels(second) == (AI_SOURCE, AI_SOURCE, None)
