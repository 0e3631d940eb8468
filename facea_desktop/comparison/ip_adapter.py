"""IP-Adapter (Ye et al. 2023), which diffusers carries: in the context model as published, and in our second stage.

As published is SDXL with ``ip-adapter-plus-face_sdxl_vit-h``, from the whole prompt T. The second stage has
``ip-adapter-full-face_sd15`` in the inpainting model, on the same scene and mask as ours. Nothing is tuned; the
person's upright face crops are the picture prompt, all of them.

IP-Adapter-FaceID (``ip-adapter-faceid_sdxl``, with its LoRA inside) takes a recogniser's embedding in their place, the
mean over the photos.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from safetensors import SafetensorError

from facea_desktop.comparison.arcface import ArcFace
from facea_desktop.comparison.facea_methods import ROWS_OF_GUIDANCE, enrolled
from facea_desktop.comparison.first_stage import paint_whole
from facea_desktop.comparison.method import BUFFALO, FACE_ID, IP_ADAPTER, MethodContext, Photos
from facea_desktop.comparison.second_stage import redraw_face
from facea_desktop.comparison.shared_scenes import Scenes
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, ProgressReporter
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.engine.assigned_faces import prompts_of
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.person_reader import read_photos

ENCODER = "models/image_encoder"
SCALE = 0.8
"""How much the picture prompt weighs; with 1 little of the words is left."""


@dataclass(frozen=True)
class AdapterFile:
    """Weights of an IP-Adapter, for one base model.

    Attributes:
        model: the entry of the catalogue that they belong to.
        folder, name: inside that model's folder.
        encoder: the folder of the image encoder there; None where a picture prompt is an embedding.
    """

    model: str
    folder: str
    name: str
    encoder: str | None


WHOLE = AdapterFile(IP_ADAPTER, "sdxl_models", "ip-adapter-plus-face_sdxl_vit-h.safetensors", ENCODER)
FACE = AdapterFile(IP_ADAPTER, "models", "ip-adapter-full-face_sd15.safetensors", ENCODER)
FACE_ID_FILE = AdapterFile(FACE_ID, "", "ip-adapter-faceid_sdxl.bin", None)
FACE_ID_LORA = "faceid_0"
"""What diffusers calls the LoRA inside the file."""


class PicturePrompted:
    """A pipeline with IP-Adapter in it that hands the same picture prompt along with every call.

    ``IdentityModel`` can therefore use it in the place of its own; everything else is the pipeline's.

    Args:
        pipe: a diffusers pipeline without an adapter.
        root: the folder of the file's model.
        given: the picture prompt as an argument of the pipeline.

    Raises:
        UserError: the weights do not belong to this pipeline's model, or are damaged.
    """

    def __init__(self, pipe: Any, root: Path, file: AdapterFile, given: Mapping[str, Any]) -> None:
        self._pipe = pipe
        self._given = given
        if not hasattr(pipe, "load_ip_adapter"):
            raise UserError(f"{file.name} needs Stable Diffusion XL; choose it as the scene model.")
        try:
            pipe.load_ip_adapter(
                str(root),
                subfolder=file.folder,
                weight_name=file.name,
                image_encoder_folder=file.encoder,
                local_files_only=True,
                low_cpu_mem_usage=False,
            )
            pipe.set_ip_adapter_scale(SCALE)
        except (SafetensorError, OSError, ValueError, RuntimeError, KeyError) as error:
            self.unload_adapter()
            reason = " ".join(str(error).split())[:160]
            raise UserError(
                f"{file.name} does not fit the model in use ({reason}); use it with the family sdxl-sd15."
            ) from error

    def unload_adapter(self) -> None:
        """Back to the pipeline as it was."""
        self._pipe.unload_ip_adapter()
        if FACE_ID_LORA in getattr(self._pipe.unet, "peft_config", {}):
            self._pipe.unet.delete_adapters(FACE_ID_LORA)

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
        """What the pipeline paints with the picture prompt beside the words."""
        return self._pipe(**arguments, **self._given)


class _Adapted:
    """What all uses share: the person's crops, and the adapter that comes off again."""

    def __init__(self, name: str, context: MethodContext, file: AdapterFile, steps: int) -> None:
        self.name = name
        self.reread = False
        self.work_units = 0, ROWS_OF_GUIDANCE * steps
        self._context = context
        self._file = file
        self._root = context.manager.models.path(file.model)
        self._profile: Profile | None = None
        self._prompted: PicturePrompted | None = None

    def _put_on(self, pipe: Any, photos: Photos, observer: Observer) -> None:
        manager = self._context.manager
        profile = self._profile = enrolled(manager, photos, observer)
        self._before(profile, photos, observer)
        crops = read_photos(manager.library, profile)
        self._prompted = PicturePrompted(pipe, self._root, self._file, self._picture_prompt(crops))

    def _picture_prompt(self, crops: list[Image.Image]) -> dict[str, Any]:
        return {"ip_adapter_image": [crops]}

    def _before(self, profile: Profile, photos: Photos, observer: Observer) -> None:
        """What needs the models without an adapter."""

    def finish(self) -> None:
        """Take the adapter off the shared model."""
        if self._prompted is not None:
            self._prompted.unload_adapter()
        self._profile = self._prompted = None


class WholePicture(_Adapted):
    """IP-Adapter as published: one stage, T and the pictures."""

    def __init__(self, context: MethodContext, name: str = "ip-adapter", file: AdapterFile = WHOLE) -> None:
        super().__init__(name, context, file, context.family.context_steps)

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Put the adapter into the context model."""
        self._put_on(self._context.manager.context(self._context.family), photos, observer)

    @torch.no_grad()
    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """The whole picture."""
        assert self._prompted is not None
        return paint_whole(self._prompted, self._context.family, seed, observer, prompt=prompt)


class FaceId(WholePicture):
    """IP-Adapter-FaceID: T and what a recogniser makes of the photos."""

    def __init__(self, context: MethodContext) -> None:
        super().__init__(context, "ip-adapter-faceid", FACE_ID_FILE)
        self._recogniser = ArcFace(context.manager.models.path(BUFFALO) / "models/buffalo_l/w600k_r50.onnx")

    def _picture_prompt(self, crops: list[Image.Image]) -> dict[str, Any]:
        found = self._recogniser.embeddings(crops, self._context.manager.detector(self._context.family))
        mean = (found / np.linalg.norm(found, axis=1, keepdims=True)).mean(0)
        return embedding_prompt(self._context, mean / np.linalg.norm(mean))


def embedding_prompt(context: MethodContext, embedding: np.ndarray) -> dict[str, Any]:
    """A face's embedding (width,) as the pipeline's argument, behind the zeros that guidance leads away from."""
    placement = context.manager.placement(context.family)
    rows = torch.from_numpy(embedding)[None, None, None]  # (1, 1, 1, width)
    rows = rows.to(placement.device, getattr(torch, placement.dtype))
    guided = context.family.context_guidance > 1
    return {"ip_adapter_image_embeds": [torch.cat([torch.zeros_like(rows), rows]) if guided else rows]}


class SecondStage(_Adapted):
    """IP-Adapter in the place of LoRA and [feat] vectors."""

    def __init__(self, context: MethodContext) -> None:
        super().__init__("ip-adapter-face", context, FACE, context.family.steps)
        self._scenes = Scenes(context.manager, context.work / "scenes")

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Put the adapter into the identity model."""
        model = self._context.manager.identity(self._context.family)
        model.unload_adapter()
        self._put_on(model.pipe, photos, observer)

    def _before(self, profile: Profile, photos: Photos, observer: Observer) -> None:
        self._scenes.paint(profile, photos.wanted, observer)

    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """The face of x, redrawn from T_id and the pictures."""
        profile, family, manager = self._profile, self._context.family, self._context.manager
        assert profile is not None
        scene = self._scenes.read(profile, prompt, seed)
        words = prompts_of(profile, PortraitRequest(person=profile.id, prompt=prompt))[1]
        model = IdentityModel(self._prompted, family, manager.placement(family))
        progress = ProgressReporter(observer, "painting", family.steps)
        return redraw_face(manager, family, model, scene, words, seed, progress.update)
