"""InstantID (Wang et al. 2024) in the context model: an embedding of the face, and where its landmarks shall be.

``ip-adapter.bin`` has the layout of IP-Adapter. A ControlNet draws the landmarks; in the place of the prompt it gets
the same tokens as the IP-Adapter. The landmarks are those of the face in our first stage's scene, the pose that the
paper gave InstantID.
"""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
import torch
from diffusers import ControlNetModel, StableDiffusionXLControlNetPipeline
from PIL import Image

from facea_desktop.comparison.arcface import ArcFace, landmarks
from facea_desktop.comparison.first_stage import paint_whole
from facea_desktop.comparison.ip_adapter import AdapterFile, WholePicture, embedding_prompt
from facea_desktop.comparison.method import ANTELOPE, INSTANT_ID, MethodContext, NoPictureError, Photos
from facea_desktop.comparison.shared_scenes import Scenes
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.people import Profile

FILE = AdapterFile(INSTANT_ID, "", "ip-adapter.bin", None)
CONTROL_SCALE = 0.8
COLOURS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255))
"""Of eyes, nose and corners of the mouth, as the ControlNet was trained."""
NOSE = 2
STICK, DOT = 4 / 1024, 10 / 1024
"""Half width of a line and radius of a point, in sides of the picture."""


class InstantId(WholePicture):
    """InstantID as published, with the weights of its IP-Adapter that all IP-Adapters here have."""

    def __init__(self, context: MethodContext) -> None:
        super().__init__(context, "instantid", FILE)
        self._recogniser = ArcFace(context.manager.models.path(ANTELOPE) / "models/antelopev2/glintr100.onnx")
        self._scenes = Scenes(context.manager, context.work / "scenes")
        self._embeds: Any = None

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Put ControlNet and adapter around the context model."""
        pipe = self._context.manager.context(self._context.family)
        if not hasattr(pipe, "text_encoder_2"):
            raise UserError("InstantID needs Stable Diffusion XL; choose it as the scene model.")
        self._put_on(self._with_control(pipe), photos, observer)

    def _before(self, profile: Profile, photos: Photos, observer: Observer) -> None:
        self._scenes.paint(profile, photos.wanted, observer)

    def _picture_prompt(self, crops: list[Image.Image]) -> dict[str, Any]:
        found = self._recogniser.embeddings(crops, self._context.manager.detector(self._context.family))
        given = embedding_prompt(self._context, found.mean(0))
        (self._embeds,) = given["ip_adapter_image_embeds"]
        return given

    @torch.no_grad()
    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """The whole picture, its face where that of the scene is."""
        profile, family = self._profile, self._context.family
        assert profile is not None
        scene = self._scenes.read(profile, prompt, seed)
        faces = self._context.manager.detector(family).find(scene)
        points = landmarks(faces[0]) if faces else None
        if points is None:
            raise NoPictureError("The scene shows no face with both eyes and the mouth, from which to take the pose.")
        drawn = draw_landmarks(points, scene.size).resize((family.context_side, family.context_side))
        return paint_whole(
            self._prompted,
            family,
            seed,
            observer,
            prompt=prompt,
            image=drawn,
            controlnet_conditioning_scale=CONTROL_SCALE,
        )

    def _with_control(self, pipe: Any) -> StableDiffusionXLControlNetPipeline:
        """A pipeline of the context model's parts whose ControlNet reads the face's tokens."""
        folder = self._root / "ControlNetModel"
        try:
            control = ControlNetModel.from_pretrained(folder, torch_dtype=pipe.unet.dtype, local_files_only=True)
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            raise UserError(f"{folder} is damaged; delete it and run facea-desktop models fetch instantid.") from error

        def with_tokens(_: Any, args: Any, keywords: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
            (tokens,) = pipe.unet.encoder_hid_proj([self._embeds])  # (rows, 1, n, width)
            return args, keywords | {"encoder_hidden_states": tokens.flatten(1, 2).to(pipe.unet.dtype)}

        control.register_forward_pre_hook(with_tokens, with_kwargs=True)
        made = StableDiffusionXLControlNetPipeline(
            **pipe.components,
            controlnet=control.to(self._context.manager.placement(self._context.family).device),
            force_zeros_for_empty_prompt=pipe.config.force_zeros_for_empty_prompt,
            add_watermarker=False,
        )
        made.set_progress_bar_config(disable=True)
        return made


def draw_landmarks(points: np.ndarray, size: tuple[int, int]) -> Image.Image:
    """Lines from the nose to each other landmark and a point on each, on black.

    Args:
        points: (5, 2), in pixels of a picture of ``size``.
    """
    canvas = np.zeros((size[1], size[0], 3), np.uint8)
    stick, dot = (max(1, round(part * max(size))) for part in (STICK, DOT))
    for place, colour in zip(points, COLOURS):
        middle, between = (place + points[NOSE]) / 2, place - points[NOSE]
        angle = math.degrees(math.atan2(between[1], between[0]))
        axes = (round(math.hypot(*between) / 2), stick)
        outline = cv2.ellipse2Poly((round(middle[0]), round(middle[1])), axes, round(angle), 0, 360, 1)
        cv2.fillConvexPoly(canvas, outline, colour)
    canvas = (canvas * 0.6).astype(np.uint8)
    for place, colour in zip(points, COLOURS):
        cv2.circle(canvas, (round(place[0]), round(place[1])), dot, colour, -1)
    return Image.fromarray(canvas)
