"""Context pictures x, painted once for each T_c and seed: every two-stage method redraws the same face of one x."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PIL import Image

from facea_desktop.domain.events import Observer, raise_if_stopped
from facea_desktop.domain.files import write_atomically
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine.photos import read_photo
from facea_desktop.engine.portrait import NoFaceError, Role, paint, prompts_of
from facea_desktop.engine.studio import Studio
from facea_desktop.evaluation.methods import NoPictureError
from facea_desktop.library.pictures import save_portrait


class Scenes:
    """The context pictures of an evaluation.

    Args:
        folder: they lie there from run to run.
    """

    def __init__(self, studio: Studio, folder: Path) -> None:
        self._studio = studio
        self._folder = folder

    def picture(self, profile: Profile, prompt: str, seed: int, observer: Observer) -> Path:
        """x for a prompt T; ``profile`` says family and subject, it need not be tuned.

        Raises:
            NoPictureError: G_c paints no face for this prompt and seed, in several tries.
            CancelledError: stopped.
        """
        request = PortraitRequest(person=profile.id, prompt=prompt, seed=seed, identity=False, steps=1)
        scene, _ = prompts_of(profile, request)
        stem = hashlib.sha256(f"{scene}\n{seed}".encode()).hexdigest()[:24]
        path, without = self._folder / f"{stem}.png", self._folder / f"{stem}.no-face"
        if not path.exists() and not without.exists():
            try:
                made = paint(
                    self._studio, [Role(profile, 0)], request, [], observer, lambda step: raise_if_stopped(observer)
                )
                save_portrait(path, made.context, None)
            except NoFaceError:
                self._folder.mkdir(parents=True, exist_ok=True)
                write_atomically(without, scene.encode())
        if without.exists():
            raise NoPictureError(f"No face came out in the scene {scene!r} with seed {seed}.")
        return path

    def read(self, profile: Profile, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """The same as pixels, RGB."""
        return read_photo(self.picture(profile, prompt, seed, observer))
