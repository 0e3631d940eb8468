"""Context pictures x, painted once for each prompt and seed: every two-stage method redraws the same face of one x."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PIL import Image

from facea_desktop.comparison.method import GenerationTask, NoPictureError
from facea_desktop.domain.atomic_files import write_atomically
from facea_desktop.domain.events import Observer, raise_if_stopped
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine.assigned_faces import AssignedFace, prompts_of
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.portrait_service import paint
from facea_desktop.engine.scene_preparation import NoFaceError
from facea_desktop.library.photo_reader import read_photo
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.library.xmp_metadata import AI_SOURCE_WHOLE


class Scenes:
    """The context pictures of a comparison.

    Args:
        folder: they lie there from run to run.
    """

    def __init__(self, manager: ModelManager, folder: Path) -> None:
        self._manager = manager
        self._folder = folder

    def picture(self, profile: Profile, prompt: str, seed: int, observer: Observer) -> Path:
        """x for a prompt T; ``profile`` says family and subject, it need not be tuned.

        The identity model's adapter is unloaded afterwards if x had to be painted.

        Raises:
            NoPictureError: G_c paints no face for this prompt and seed, in several tries.
            CancelledError: stopped.
        """
        request = PortraitRequest(person=profile.id, prompt=prompt, seed=seed, identity=False, steps=1)
        path, without, scene = self._places(profile, prompt, seed)
        if not path.exists() and not without.exists():
            try:
                made = paint(
                    self._manager,
                    [AssignedFace(profile, 0, photo_detail=False)],
                    request,
                    [],
                    observer,
                    lambda step: raise_if_stopped(observer),
                )
                save_portrait(path, made.context, None, source=AI_SOURCE_WHOLE)
            except NoFaceError:
                self._folder.mkdir(parents=True, exist_ok=True)
                write_atomically(without, scene.encode())
        if without.exists():
            raise _no_face(scene, seed)
        return path

    def paint(self, profile: Profile, tasks: Sequence[GenerationTask], observer: Observer) -> None:
        """Paint the scenes of all ``tasks``, for methods whose adapter would come off if it was done later."""
        for task in tasks:
            with suppress(NoPictureError):
                self.picture(profile, task.prompt, task.seed, observer)

    def read(self, profile: Profile, prompt: str, seed: int) -> Image.Image:
        """x that was painted before, RGB.

        Raises:
            NoPictureError: no face came out in it.
        """
        path, without, scene = self._places(profile, prompt, seed)
        if without.exists():
            raise _no_face(scene, seed)
        return read_photo(path)

    def _places(self, profile: Profile, prompt: str, seed: int) -> tuple[Path, Path, str]:
        """Where x lies, where it says that there is none, and T_c."""
        scene, face = prompts_of(profile, PortraitRequest(person=profile.id, prompt=prompt))
        stem = hashlib.sha256(f"{scene}\n{face}\n{seed}".encode()).hexdigest()[:24]
        return self._folder / f"{stem}.png", self._folder / f"{stem}.no-face", scene


def _no_face(scene: str, seed: int) -> NoPictureError:
    return NoPictureError(f"No face was found in the scene {scene!r} with seed {seed}.")
