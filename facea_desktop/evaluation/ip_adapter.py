"""IP-Adapter (Ye et al. 2023), which diffusers carries: in the context model as published, and in our second stage.

As published is SDXL with ``ip-adapter-plus-face_sdxl_vit-h``, from the whole prompt T. The second stage has
``ip-adapter-full-face_sd15`` in the inpainting model, on the same scene and mask as ours. Nothing is tuned; the
person's upright face crops are the picture prompt, all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from safetensors import SafetensorError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Meter, Observer
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine.identity import IdentityModel
from facea_desktop.engine.portrait import prompts_of
from facea_desktop.engine.schedulers import after_each_step, with_scheduler
from facea_desktop.evaluation.methods import IP_ADAPTER, Photos, Workshop
from facea_desktop.evaluation.ours import ROWS_OF_GUIDANCE, enrolled
from facea_desktop.evaluation.scenes import Scenes
from facea_desktop.evaluation.second_stage import redraw_face

ENCODER = "models/image_encoder"
SCALE = 0.8
"""How much the picture prompt weighs; with 1 little of the words is left."""


@dataclass(frozen=True)
class AdapterFile:
    """Weights of IP-Adapter inside the model's folder, for one base model."""

    folder: str
    name: str


WHOLE = AdapterFile("sdxl_models", "ip-adapter-plus-face_sdxl_vit-h.safetensors")
FACE = AdapterFile("models", "ip-adapter-full-face_sd15.safetensors")


class PicturePrompted:
    """A pipeline with IP-Adapter in it that hands the same pictures along with every call.

    ``IdentityModel`` can therefore use it in the place of its own; everything else is the pipeline's.

    Args:
        pipe: a diffusers pipeline without an adapter.
        root: the folder of the model ``ip-adapter``.

    Raises:
        UserError: the weights do not belong to this pipeline's model, or are damaged.
    """

    def __init__(self, pipe: Any, root: Path, file: AdapterFile, pictures: Sequence[Image.Image]) -> None:
        self._pipe = pipe
        self._pictures = list(pictures)
        if not hasattr(pipe, "load_ip_adapter"):
            raise UserError(f"IP-Adapter's {file.name} is for Stable Diffusion XL; let that paint the scenes.")
        try:
            pipe.load_ip_adapter(
                str(root),
                subfolder=file.folder,
                weight_name=file.name,
                image_encoder_folder=ENCODER,
                local_files_only=True,
                low_cpu_mem_usage=False,
            )
            pipe.set_ip_adapter_scale(SCALE)
        except (SafetensorError, OSError, ValueError, RuntimeError, KeyError) as error:
            self.take_off()
            reason = " ".join(str(error).split())[:160]
            raise UserError(
                f"IP-Adapter's {file.name} does not fit the model in use ({reason}); "
                "it belongs to the family sdxl-sd15."
            ) from error

    def take_off(self) -> None:
        """Back to the pipeline as it was."""
        self._pipe.unload_ip_adapter()

    @property
    def scheduler(self) -> Any:
        """The pipeline's own."""
        return self._pipe.scheduler

    @scheduler.setter
    def scheduler(self, scheduler: Any) -> None:
        self._pipe.scheduler = scheduler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pipe, name)

    def __call__(self, **arguments: Any) -> Any:
        """What the pipeline paints with the pictures as a prompt beside the words."""
        return self._pipe(**arguments, ip_adapter_image=[self._pictures])


class _Adapted:
    """What both uses share: the person's crops, and the adapter that comes off again."""

    def __init__(self, name: str, shop: Workshop, file: AdapterFile, steps: int) -> None:
        self.name = name
        self.reread = False
        self.effort = 0, ROWS_OF_GUIDANCE * steps
        self._shop = shop
        self._file = file
        self._root = shop.studio.models.path(IP_ADAPTER)
        self._profile: Profile | None = None
        self._prompted: PicturePrompted | None = None

    def _put_on(self, pipe: Any, photos: Photos, observer: Observer) -> None:
        studio = self._shop.studio
        profile = self._profile = enrolled(studio, photos, observer)
        self._before(profile, photos, observer)
        crops = [reference.picture for reference in studio.references(profile)]
        self._prompted = PicturePrompted(pipe, self._root, self._file, crops)

    def _before(self, profile: Profile, photos: Photos, observer: Observer) -> None:
        """What needs the models without an adapter."""

    def finish(self) -> None:
        """Take the adapter off the shared model."""
        if self._prompted is not None:
            self._prompted.take_off()
        self._profile = self._prompted = None


class WholePicture(_Adapted):
    """IP-Adapter as published: one stage, T and the pictures."""

    def __init__(self, shop: Workshop) -> None:
        super().__init__("ip-adapter", shop, WHOLE, shop.family.context_steps)

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Put the adapter into the context model."""
        self._put_on(self._shop.studio.context(self._shop.family), photos, observer)

    @torch.no_grad()
    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """The whole picture."""
        assert self._prompted is not None
        family = self._shop.family
        with_scheduler(self._prompted, family.context_scheduler or family.scheduler)
        meter = Meter(observer, "painting", family.context_steps)
        painted: Image.Image = self._prompted(
            prompt=prompt,
            height=family.context_side,
            width=family.context_side,
            num_inference_steps=family.context_steps,
            guidance_scale=family.context_guidance,
            generator=torch.Generator().manual_seed(seed),
            callback_on_step_end=after_each_step(lambda step, _: meter.reached(step)),
        ).images[0]
        return painted


class SecondStage(_Adapted):
    """IP-Adapter in the place of LoRA and [feat] vectors."""

    def __init__(self, shop: Workshop) -> None:
        super().__init__("ip-adapter-face", shop, FACE, shop.family.steps)
        self._scenes = Scenes(shop.studio, shop.work / "scenes")

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Put the adapter into the identity model."""
        model = self._shop.studio.identity(self._shop.family)
        model.take_off()
        self._put_on(model.pipe, photos, observer)

    def _before(self, profile: Profile, photos: Photos, observer: Observer) -> None:
        self._scenes.paint(profile, photos.wanted, observer)

    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """The face of x, redrawn from T_id and the pictures."""
        profile, family, studio = self._profile, self._shop.family, self._shop.studio
        assert profile is not None
        scene = self._scenes.read(profile, prompt, seed)
        words = prompts_of(profile, PortraitRequest(person=profile.id, prompt=prompt))[1]
        model = IdentityModel(self._prompted, family, studio.placement(family))
        meter = Meter(observer, "painting", family.steps)
        return redraw_face(studio, family, model, scene, words, seed, meter.reached)
