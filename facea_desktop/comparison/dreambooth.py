"""DreamBooth and Custom Diffusion: a LoRA that ties a rare token to the person, nothing of ours in it.

After Ruiz et al. 2023 and the script ``train_dreambooth_inpaint_lora.py`` of diffusers: random masks, one prompt, the
noise loss over the whole picture. Custom Diffusion (Kumari et al. 2023) adapts the keys and values of cross-attention
alone. Crops, rank, rates, batch and steps are those of ``full``, and so is the second stage, where the token stands
before the subject in T_id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw
from torch import Tensor

from facea_desktop.comparison.facea_methods import ROWS_OF_GUIDANCE, ROWS_OF_LEARNING, TUNING_SEED, enrolled
from facea_desktop.comparison.method import MethodContext, Photos
from facea_desktop.comparison.second_stage import redraw_face
from facea_desktop.comparison.shared_scenes import Scenes
from facea_desktop.domain.atomic_files import write_atomically
from facea_desktop.domain.events import Observer, ProgressReporter
from facea_desktop.domain.faces import FACE, PARTS, Subject
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine.assigned_faces import prompts_of
from facea_desktop.engine.identity_model import IdentityModel, load_tensors
from facea_desktop.engine.loss import Tasks
from facea_desktop.engine.person_reader import read_references
from facea_desktop.engine.prompt_embeddings import PairedTextEncoder, PartPrompts, TextEncoder, initial_features
from facea_desktop.engine.reference_latents import ReferenceLatents, ReferencePicture, encode_references
from facea_desktop.engine.trainer import Trainer, TuningConfig
from facea_desktop.engine.tuning_service import weight_files
from facea_desktop.library.person_files import ADAPTER, LAST

TOKEN = "sks"  # noqa: S105 - the rare word of the DreamBooth scripts, no secret
KEYS_AND_VALUES = ("attn2.to_k", "attn2.to_v")
"""Of cross-attention, as diffusers names these layers: where words enter the UNet."""
MASKS = 10
"""Random masks for each photo, drawn once, for latents of masked pictures are computed once."""


class TokenPrompts(PartPrompts):
    """The one prompt with the token in the place of every T_face and T_v."""

    def __init__(self, texts: TextEncoder | PairedTextEncoder, subject: Subject) -> None:
        super().__init__(texts, subject, initial_features(texts, subject, 0))
        self.register_buffer("token_words", texts.encode(f"a photo of a {TOKEN} {subject}"), persistent=False)

    def __getitem__(self, part: str) -> Tensor:
        """The prompt, (1, length, width)."""
        return self.get_buffer("token_words")


class RareToken:
    """Either baseline; its adapters lie in the evaluation's work folder.

    Args:
        targets: the layers that LoRA adapts, by the ends of their names; none for the family's own.
    """

    def __init__(self, name: str, context: MethodContext, targets: tuple[str, ...] = ()) -> None:
        self.name = name
        self.reread = False
        recipe, family = context.recipe, context.family
        self.work_units = ROWS_OF_LEARNING * recipe.batch * recipe.steps, ROWS_OF_GUIDANCE * family.steps
        self._context = context
        self._targets = targets
        self._scenes = Scenes(context.manager, context.work / "scenes")
        self._profile: Profile | None = None

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Tune, resume an interrupted tuning, or load a finished one."""
        manager, family = self._context.manager, self._context.family
        profile = enrolled(manager, photos, observer)
        folder = self._folder(profile)
        adapter = folder / ADAPTER
        if not adapter.exists():
            model = manager.identity(family, tuning=True)
            rank = self._context.recipe.rank
            model.init_adapter(profile.subject, rank, 0, TUNING_SEED, targets=self._targets)
            self._train(model, profile, observer)
            write_atomically(adapter, weight_files(model)[ADAPTER])
            (folder / LAST).unlink(missing_ok=True)
        self._scenes.paint(profile, photos.wanted, observer)  # first, for it takes everybody off
        model = manager.identity(family)
        model.load_adapter(profile.subject, load_tensors(adapter), None)
        model.prompts = None  # T_id alone, no T_face and T_v behind it
        self._profile = profile

    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """A portrait of the person: the face of x redrawn from T_id with the token in it."""
        profile, family = self._profile, self._context.family
        assert profile is not None
        scene = self._scenes.read(profile, prompt, seed)
        model = self._context.manager.identity(family)
        words = prompts_of(profile, PortraitRequest(person=profile.id, prompt=prompt))[1]
        progress = ProgressReporter(observer, "painting", family.steps)
        words = words.replace(f"a {profile.subject}", f"a {TOKEN} {profile.subject}", 1)
        return redraw_face(self._context.manager, family, model, scene, words, seed, progress.update)

    def finish(self) -> None:
        """Take the adapter off."""
        self._profile = None
        self._context.manager.identity(self._context.family).unload_adapter()

    def _train(self, model: IdentityModel, profile: Profile, observer: Observer) -> None:
        """Tune the LoRA that ``model`` has on, with checkpoints beside its future place."""
        folder = self._folder(profile)
        folder.mkdir(parents=True, exist_ok=True)
        model.prompts = TokenPrompts(model.texts, profile.subject).to(model.device)
        family = self._context.family
        references = masked_at_random(
            read_references(self._context.manager.library, profile), model.pipe.vae, family.side
        )
        source = hashlib.sha256(repr(sorted(profile.files.items())).encode()).hexdigest()
        tasks = Tasks(face=True, attributes=())
        resume = (folder / LAST).exists()
        config = TuningConfig(self._context.recipe, tasks, TUNING_SEED, folder, resume, source)
        Trainer(model, references, config, observer).run()

    def _folder(self, profile: Profile) -> Path:
        return self._context.work / self.name / profile.id


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
