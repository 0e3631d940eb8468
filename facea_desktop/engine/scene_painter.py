"""What paints the scene x, stage one: a text-to-image pipeline, or a face generator that words steer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from diffusers import QwenImagePipeline, ZImagePipeline
from PIL import Image
from safetensors import SafetensorError
from torch import Tensor

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.requests import StyleLora
from facea_desktop.domain.scene_reading import read_scene, read_weights, scene_words
from facea_desktop.domain.scene_vocabulary import Backdrop
from facea_desktop.domain.shapes import Shape, trimmed_size
from facea_desktop.domain.styles import Style, style_in
from facea_desktop.engine.adapter_layout import layout_of
from facea_desktop.engine.backdrop import recoloured
from facea_desktop.engine.face_generator import FaceGenerator
from facea_desktop.engine.face_masks import feather
from facea_desktop.engine.face_parser import face_parser
from facea_desktop.engine.framing import cut_about_face, trimmed
from facea_desktop.engine.graphed_unet import GraphedUNet
from facea_desktop.engine.hair_colour import HAIR_COLOUR, with_hair
from facea_desktop.engine.lookalike import Lookalike, ScenePerson
from facea_desktop.engine.merged_lora import merged_tensors
from facea_desktop.engine.out_of_memory import raising_out_of_memory
from facea_desktop.engine.pixels import to_picture
from facea_desktop.engine.prompt_embeddings import pipeline_prompts
from facea_desktop.engine.scene_prior import ScenePrior, noise_schedule
from facea_desktop.engine.schedulers import after_each_step, parked_after, with_scheduler
from facea_desktop.engine.step_preview import decoded
from facea_desktop.engine.style_filters import stylised
from facea_desktop.library.adapter_checks import AdapterLayout
from facea_desktop.library.safe_tensors import Tensors
from facea_desktop.models.catalogue import Family

RIM = 0.04
"""Where a style is put on after the face was redrawn, its soft rim as a part of the mask's shorter side."""
BACKGROUND = "background"
STRANGERS, TRUNCATION = 1024, 0.65
"""Of how many drawn people one gives a scene their features, and how near the mean they are kept."""
UNSAID = {"eyewear": "none", "hat": "none", "light": "even", "pose": "facing front"}
"""What a generated scene shows where nothing is said: the face that will be redrawn is free, and evenly lit."""


@dataclass(frozen=True)
class SceneLora:
    """A LoRA that a scene is painted with.

    Attributes:
        wanted: which one, and how strong.
        read: gives its tensors for a UNet of that layout, or raises a UserError.
    """

    wanted: StyleLora
    read: Callable[[AdapterLayout], Tensors] = field(compare=False)


@dataclass(frozen=True)
class SceneRequest:
    """What is to be painted.

    Attributes:
        context: T_c.
        face: T_id, for painters whose picture has to fit the face that will stand in it.
        unwanted: the negative prompt.
        steps, guidance, scheduler: None takes the family's.
        lora: only for painters whose pipeline has a UNet.
        shape: None is square.
        person: for painters that paint the person's own face; None paints a stranger's.
    """

    context: str
    face: str
    unwanted: str
    seed: int
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    lora: SceneLora | None = None
    shape: Shape | None = None
    person: ScenePerson | None = None


@dataclass(frozen=True)
class Scene:
    """x, and how to redraw a face in it.

    Attributes:
        picture: x as it is shown, RGB.
        photo: what faces are redrawn in: x before a style was put on, or x itself.
        style: the style that makes ``picture`` of ``photo``; None where they are the same.
        person: whose face the scene shows; None for a stranger's.
    """

    picture: Image.Image
    photo: Image.Image
    style: Style | None = None
    person: ScenePerson | None = None

    def styled(self, photo: Image.Image) -> Image.Image:
        """A photograph of the scene, of any size, in its style."""
        return stylised(photo, self.style) if self.style is not None else photo

    def with_faces(self, redrawn: Image.Image, region: Image.Image) -> Image.Image:
        """x with the redrawn faces, in its style; outside of ``region`` bit for bit as ``picture``.

        Args:
            redrawn: ``photo`` with other faces inside ``region``.
            region: mode L.
        """
        if self.style is None:
            return redrawn
        before, after = np.asarray(self.picture, np.float32), np.asarray(self.styled(redrawn), np.float32)
        bounds = region.getbbox() or (0, 0, 1, 1)
        rim = RIM * min(bounds[2] - bounds[0], bounds[3] - bounds[1])
        opacity = feather(region, rim)[..., None]
        return Image.fromarray(np.rint(before + (after - before) * opacity).astype(np.uint8))


Watch = Callable[[int, Callable[[], Image.Image] | None], None]
"""Told after every step how many are done, and how to see the picture as it is; it may raise to stop."""


class ScenePainter(Protocol):
    """Paints scenes for one family."""

    def paint(self, request: SceneRequest, watch: Watch) -> Scene:
        """x for the request; the same request gives the same x.

        Raises:
            CancelledError: ``watch`` raised it.
        """
        ...


class PipelinePainter:
    """A diffusers text-to-image pipeline paints T_c.

    Args:
        moving: its models visit the device in turn, so that a look at the picture on its way would cost too much.

    Attributes:
        graphed: what lets the UNet paint from a CUDA graph.
    """

    def __init__(self, pipe: Any, family: Family, *, moving: bool) -> None:
        self.pipe, self._family, self._moving = pipe, family, moving
        self.graphed = GraphedUNet(pipe)

    def paint(self, request: SceneRequest, watch: Watch) -> Scene:
        """See ``ScenePainter``."""
        family = self._family
        steps = request.steps or family.context_steps

        width, height = family.painted_size(request.shape)

        def reached(step: int, latents: Tensor) -> None:
            watch(step, None if self._moving else lambda: decoded(self.pipe, latents, (width, height)))

        with_scheduler(self.pipe, family.context_scheduler or request.scheduler or family.scheduler)
        if steps == 1 and self.pipe.scheduler.config.get("shift_terminal"):  # first and last noise level at once
            raise UserError("This scene model needs at least 2 steps for a scene; ask for more.")
        with self._with_lora(request.lora), self.graphed.replaying(), parked_after(self.pipe):
            painted: Image.Image = self.pipe(
                **pipeline_prompts(self.pipe, request.context, request.unwanted),
                **_guided(self.pipe, request.guidance or family.context_guidance),
                height=height,
                width=width,
                num_inference_steps=steps,
                generator=torch.Generator().manual_seed(request.seed),
                callback_on_step_end=after_each_step(reached),
            ).images[0]
        if request.shape is not None:
            painted = trimmed(painted, trimmed_size(painted.size, request.shape))
        return Scene(painted, painted)

    @contextmanager
    def _with_lora(self, lora: SceneLora | None) -> Iterator[None]:
        """Within, the UNet paints with a LoRA; nothing of it is left for the next scene."""
        if lora is None:
            yield
            return
        tensors = {key: torch.from_numpy(value) for key, value in lora.read(layout_of(self.pipe.unet)).items()}
        with merged_tensors(self.pipe.unet, tensors, lora.wanted.strength):
            yield


def _guided(pipe: Any, guidance: float) -> dict[str, float]:
    """Guidance of which 1 is none, as the pipeline counts it: Z-Image's adds it to what the prompt gives."""
    if isinstance(pipe, QwenImagePipeline):
        return {"true_cfg_scale": guidance}
    return {"guidance_scale": guidance - 1 if isinstance(pipe, ZImagePipeline) else guidance}


def load_generator_painter(folder: Path, family: Family, device: str) -> GeneratorPainter:
    """The painter whose generator and prior lie in a folder.

    Raises:
        UserError: they are missing or damaged.
        torch.OutOfMemoryError: the device has no room for them.
    """
    try:
        with raising_out_of_memory():
            generator = FaceGenerator.load(folder / "generator.safetensors", device)
            prior = ScenePrior.load(folder / "prior.safetensors", device)
            lookalike = Lookalike.load(folder / "lookalike.safetensors", device)
    except torch.OutOfMemoryError:  # a RuntimeError, but the files are whole
        raise
    except (OSError, ValueError, SafetensorError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UserError(f"The scene models in {folder} are damaged ({reason}). Reinstall the program.") from error
    return GeneratorPainter(generator, prior, lookalike, family)


def _backdrop(asked: dict[str, str]) -> Backdrop | None:
    """What stands in for the background that is asked for, where the generator has none of that colour."""
    wanted = asked.get(BACKGROUND)
    return scene_words().group(BACKGROUND).value(wanted).backdrop if wanted is not None else None


class GeneratorPainter:
    """A face generator draws a photograph of what the words of T_c and T_id say, of somebody like the person it is for;
    the style is a filter over it.
    """

    def __init__(self, generator: FaceGenerator, prior: ScenePrior, lookalike: Lookalike, family: Family) -> None:
        self._generator, self._prior, self._lookalike, self._family = generator, prior, lookalike, family
        self.scheduler: Any = noise_schedule()

    @torch.inference_mode()
    def paint(self, request: SceneRequest, watch: Watch) -> Scene:
        """See ``ScenePainter``."""
        family = self._family
        with_scheduler(self, request.scheduler or family.scheduler)
        unwanted = read_scene(request.unwanted).asked
        open_to = {group: value for group, value in UNSAID.items() if unwanted.get(group) != value}
        asked = open_to | read_scene(request.face).asked | read_scene(request.context).asked
        backdrop = _backdrop(asked)
        if backdrop is not None:
            asked[BACKGROUND] = backdrop.drawn
        hair, own_hair = asked.get(HAIR_COLOUR), None
        if request.person is not None and hair is not None:  # a w of somebody with other hair is somebody else's
            own_hair = dict(request.person.looks).get(HAIR_COLOUR)
            asked[HAIR_COLOUR] = own_hair or hair
        w = self._prior.sample(
            asked,
            unwanted,
            seed=request.seed,
            steps=request.steps or family.context_steps,
            guidance=request.guidance or family.context_guidance,
            scheduler=self.scheduler,
            reached=lambda step: watch(step, None),
            weights=read_weights(request.face) | read_weights(request.context),
        )
        if request.person is not None:
            w = self._lookalike.led(w, request.person, asked, self._prior)
        else:
            strangers = self._generator.draw(STRANGERS, TRUNCATION, torch.Generator().manual_seed(request.seed))
            w = self._prior.individual(w[self._prior.choose(w, asked)][None], strangers, asked)
        drawn = to_picture(self._generator(w)[0].float())
        photo = drawn.resize((family.context_side, family.context_side), Image.Resampling.LANCZOS)
        if hair is not None and hair != own_hair:
            photo = with_hair(photo, hair, face_parser())
        if backdrop is not None:
            photo = recoloured(photo, backdrop.shade, face_parser())
        if request.shape is not None:
            photo = cut_about_face(photo, trimmed_size(photo.size, request.shape), face_parser())
        style = style_in(request.context)
        return Scene(stylised(photo, style) if style is not None else photo, photo, style, request.person)
