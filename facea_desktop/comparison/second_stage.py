"""The second stage for methods that bring a model of their own to it: the same face, mask and seam as ours."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from facea_desktop.comparison.method import NoPictureError
from facea_desktop.engine.composition import paste_back, target_of_face
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.models.catalogue import Family


def redraw_face(
    manager: ModelManager,
    family: Family,
    model: IdentityModel,
    scene: Image.Image,
    words: str,
    seed: int,
    reached: Callable[[int], None],
) -> Image.Image:
    """x with its largest face redrawn by ``model`` from ``words``, as ``engine.portrait_service`` does it.

    Raises:
        NoPictureError: the detector finds no face in x.
    """
    faces = manager.detector(family).find(scene)
    if not faces:
        raise NoPictureError("No face was found in the scene.")
    target = target_of_face(faces[0], scene, family.side, manager.outliner(family))
    crop = target.crop.cut(scene, family.side)
    patch = model.redraw(crop, target.mask, words, seed=seed, reached=lambda step, _: reached(step))
    return paste_back(scene, patch, target)
