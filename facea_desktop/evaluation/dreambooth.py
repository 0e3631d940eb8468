"""DreamBooth as it is usual for inpainting models: a LoRA that ties a rare token to the person, nothing of ours in it.

After Ruiz et al. 2023 and the script ``train_dreambooth_inpaint_lora.py`` of diffusers: random masks, one prompt, the
noise loss over the whole picture. Crops, rank, rates, batch and steps are those of ``full``, and so is the second
stage, where the token stands before the subject in T_id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image, ImageDraw
from torch import Tensor

from facea_desktop.domain.events import Meter, Observer
from facea_desktop.domain.faces import FACE, PARTS, Subject
from facea_desktop.domain.files import write_atomically
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine.checkpoints import LAST
from facea_desktop.engine.identity import IdentityModel, load_tensors
from facea_desktop.engine.learn import weight_files
from facea_desktop.engine.objective import Tasks
from facea_desktop.engine.portrait import prompts_of
from facea_desktop.engine.prompts import PairedTextEncoder, PartPrompts, TextEncoder, initial_features
from facea_desktop.engine.references import ReferenceLatents, ReferencePicture, encode_references
from facea_desktop.engine.tune import Plan, tune
from facea_desktop.evaluation.methods import Photos, Workshop
from facea_desktop.evaluation.ours import ROWS_OF_GUIDANCE, ROWS_OF_LEARNING, TUNING_SEED, enrolled
from facea_desktop.evaluation.scenes import Scenes
from facea_desktop.evaluation.second_stage import redraw_face
from facea_desktop.library.person_files import ADAPTER

TOKEN = "sks"  # noqa: S105 - the rare word of the DreamBooth scripts, no secret
MASKS = 10
"""Random masks for each photo, drawn once, for latents of masked pictures are computed once."""


class TokenPrompts(PartPrompts):
    """The one prompt of DreamBooth in the place of every T_face and T_v."""

    def __init__(self, texts: TextEncoder | PairedTextEncoder, subject: Subject) -> None:
        super().__init__(texts, subject, initial_features(texts, subject, 0))
        self.register_buffer("token_words", texts.encode(f"a photo of a {TOKEN} {subject}"), persistent=False)

    def __getitem__(self, part: str) -> Tensor:
        """The prompt, (1, length, width)."""
        return self.get_buffer("token_words")


class DreamBooth:
    """The baseline; its adapter lies in the evaluation's work folder."""

    def __init__(self, shop: Workshop) -> None:
        self.name = "dreambooth-lora"
        self.reread = False
        recipe, family = shop.recipe, shop.family
        self.effort = ROWS_OF_LEARNING * recipe.batch * recipe.steps, ROWS_OF_GUIDANCE * family.steps
        self._shop = shop
        self._scenes = Scenes(shop.studio, shop.work / "scenes")
        self._profile: Profile | None = None

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Tune, go on with an interrupted tuning, or take up a finished one."""
        studio, family = self._shop.studio, self._shop.family
        profile = enrolled(studio, photos, observer)
        folder = self._shop.work / "dreambooth-lora" / profile.id
        adapter = folder / ADAPTER
        if not adapter.exists():
            model = studio.identity(family, tuning=True)
            model.put_on_new(profile.subject, self._shop.recipe.rank, 0, TUNING_SEED)
            self._learn(model, profile, observer)
            write_atomically(adapter, weight_files(model)[ADAPTER])
            (folder / LAST).unlink(missing_ok=True)
        self._scenes.paint(profile, photos.wanted, observer)  # first, for it takes everybody off
        model = studio.identity(family)
        model.put_on(profile.subject, load_tensors(adapter), None)
        model.prompts = None  # T_id alone, no T_face and T_v behind it
        self._profile = profile

    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """A portrait of the person: the face of x redrawn from T_id with the token in it."""
        profile, family = self._profile, self._shop.family
        assert profile is not None
        scene = self._scenes.read(profile, prompt, seed)
        model = self._shop.studio.identity(family)
        words = prompts_of(profile, PortraitRequest(person=profile.id, prompt=prompt))[1]
        meter = Meter(observer, "painting", family.steps)
        words = words.replace(f"a {profile.subject}", f"a {TOKEN} {profile.subject}", 1)
        return redraw_face(self._shop.studio, family, model, scene, words, seed, meter.reached)

    def finish(self) -> None:
        """Take the adapter off."""
        self._profile = None
        self._shop.studio.identity(self._shop.family).take_off()

    def _learn(self, model: IdentityModel, profile: Profile, observer: Observer) -> None:
        """Tune the LoRA that ``model`` has on, with checkpoints beside its future place."""
        folder = self._shop.work / "dreambooth-lora" / profile.id
        folder.mkdir(parents=True, exist_ok=True)
        model.prompts = TokenPrompts(model.texts, profile.subject).to(model.device)
        family = self._shop.family
        references = masked_at_random(self._shop.studio.references(profile), model.pipe.vae, family.side)
        source = hashlib.sha256(repr(sorted(profile.files.items())).encode()).hexdigest()
        tasks = Tasks(face=True, attributes=())
        resume = (folder / LAST).exists()
        tune(model, references, Plan(self._shop.recipe, tasks, TUNING_SEED, folder, resume, source), observer)


def masked_at_random(references: Sequence[ReferencePicture], vae: Any, side: int) -> ReferenceLatents:
    """Every photo with random masks in the place of its face's, the same in every run.

    Returns:
        ``MASKS`` pictures for each photo, with nothing but a "face".
    """
    random = np.random.default_rng(TUNING_SEED)
    sets = [
        ReferencePicture(reference.picture, {part: _random_mask(random, reference.picture.size) for part in PARTS})
        for reference in references
        for _ in range(MASKS // len(PARTS))
    ]
    encoded = encode_references(sets, vae, side)  # a mask for each of P parts
    masks, masked = (tensor.flatten(0, 1)[:, None] for tensor in (encoded.masks, encoded.masked))  # (K * P, 1, ...)
    return ReferenceLatents(
        means=encoded.means.repeat_interleave(len(PARTS), 0),
        deviations=encoded.deviations.repeat_interleave(len(PARTS), 0),
        masks=masks,
        masked=masked,
        holders={part: list(range(len(masks))) if part == FACE else [] for part in PARTS},
    )


def _random_mask(random: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    """A white rectangle or ellipse of a quarter of the sides and more."""
    width, height = size
    mask = Image.new("L", size)
    w, h = int(random.integers(width // 4, width)), int(random.integers(height // 4, height))
    x, y = int(random.integers(0, width - w + 1)), int(random.integers(0, height - h + 1))
    draw = ImageDraw.Draw(mask)
    (draw.rectangle if random.random() < 0.5 else draw.ellipse)((x, y, x + w - 1, y + h - 1), fill=255)
    return mask
