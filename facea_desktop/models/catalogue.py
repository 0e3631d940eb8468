"""The catalogue: which models there are and which families they form. The data is ``resources/catalogue.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, HttpUrl, StringConstraints, model_validator

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.field_limits import bounds
from facea_desktop.domain.people import Recipe, Value
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.domain.shapes import SHAPES, Shape, Size, nearest_size, trimmed_size
from facea_desktop.resources import resource

Kind = Literal["context", "identity", "detector", "text", "outlines", "evaluation", "upscaler", "method", "language"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Commit = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]


class MemoryNeed(Value):
    """MiB to run a model at its family's size.

    Attributes:
        half: in fp16 or bf16; ``full`` in fp32.
        offload: in fp16 or bf16 with one part of it on the device at a time; None where there is nothing to gain.
        text: what of ``half`` a language model takes that reads the prompts, and that can be quantised.
    """

    half: int = Field(ge=0)
    full: int = Field(ge=0)
    offload: int | None = Field(None, ge=0)
    text: int = Field(0, ge=0)

    @property
    def moving(self) -> int:
        """MiB in fp16 or bf16 with offload."""
        return self.half if self.offload is None else self.offload


Pipeline = Literal[
    "StableDiffusionInpaintPipeline",
    "StableDiffusionXLInpaintPipeline",
    "StableDiffusionXLPipeline",
    "ZImagePipeline",
    "Flux2KleinPipeline",
    "QwenImagePipeline",
]
SceneScheduler = Literal["own", "lcm", "tcd", "ddim", "dpmsolver", "euler"]


class SceneSettings(Value):
    """How a context model wants to be run.

    Attributes:
        scheduler: the only one that it was made for; "own" is the one that comes with it.
        spacing: of the scheduler's timesteps, where it differs from the model's.
        guidance: 1 is none.
        size_step: width and height are multiples of it, where the family's is another.
    """

    scheduler: SceneScheduler
    spacing: Literal["leading", "trailing", "linspace"] | None = None
    steps: int = Field(ge=1, le=1000)
    guidance: float = Field(ge=1, le=50)
    size_step: int | None = Field(None, ge=8)


class Model(Value):
    """One entry of the catalogue.

    Attributes:
        shipped: folder, or file, under ``resources`` that holds it.
        package: Python package that carries it.
        repo: hub repository, ``revision`` its pinned commit and ``files`` the names or patterns to fetch.
        pipeline: of a diffusers model: its class.
        config_of: the entry holds only the configuration and tokenizer of that model.
        base: the entry is a LoRA for that model.
        scene: of a context model that needs other settings than its family's.
        format: of a context or identity model: a diffusers pipeline, or a face generator with a prior for words.
        size_mb: MB on disk.
    """

    name: Name
    title: str
    kind: Kind
    shipped: str | None = None
    package: str | None = None
    repo: str | None = None
    revision: Commit | None = None
    files: tuple[str, ...] = ()
    pipeline: Pipeline | None = None
    config_of: Name | None = None
    base: Name | None = None
    scene: SceneSettings | None = None
    format: Literal["diffusers", "face generator"] = "diffusers"
    licence: str
    licence_url: HttpUrl
    size_mb: int = Field(ge=0)
    needs_mb: MemoryNeed

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if sum(source is not None for source in (self.shipped, self.package, self.repo)) != 1:
            raise ValueError("exactly one of shipped, package and repo")
        if not (self.repo is not None) == (self.revision is not None) == bool(self.files):
            raise ValueError("repo, revision and files belong together")
        if self.base is not None and len(self.files) != 1:
            raise ValueError("a LoRA is one file")
        return self


class MtcnnSettings(Value):
    """MTCNN: smallest face in pixels of the picture, least confidence."""

    type: Literal["mtcnn"]
    min_face_px: int = Field(ge=12)
    score: float = Field(ge=0, le=1)


class GroundingDinoSettings(Value):
    """Grounding DINO: what it is asked for, and its two thresholds."""

    type: Literal["grounding-dino"]
    caption: str
    box_threshold: float = Field(ge=0, le=1)
    text_threshold: float = Field(ge=0, le=1)


class Family(Value):
    """Models that work together, and the defaults that suit them.

    Attributes:
        context, identity, detector: names of models; ``text`` is what the detector reads words with.
        outlines: the model that outlines heads if it was downloaded; the family works without it.
        default: the family of a fresh installation.
        generation: of its identity model, as ``domain/generations.py`` reads it.
        photo_detail: faces are drawn so small that photos of the person give them their detail; and the identity model
            reads photos, so that portraits need no tuning.
        scene_words: prompts are understood as far as ``domain/scene_reading.py`` knows their words, not beyond.
        own_weights: context and identity may be replaced by weights that the user brings, context by other models too.
        side: pixels of the identity model, ``context_side`` those of the context model.
        shapes: of scenes, those that the family can do.
        size_step: what width and height of a scene are multiples of; None where every scene is drawn as a square, and
            other shapes are cut out of it.
        context_scheduler: the only one for scenes, whatever is asked for; None where any will do.
        lora_targets: the projections that LoRA adapts.
        preset: the preset that is taken when none is asked for.
    """

    name: Name
    title: str
    default: bool = False
    generation: int = Field(1, ge=1)
    own_weights: bool = False
    photo_detail: bool = False
    scene_words: bool = False
    context: Name
    identity: Name
    detector: Name
    text: Name | None = None
    outlines: Name | None = None
    detector_settings: MtcnnSettings | GroundingDinoSettings = Field(discriminator="type")
    side: int = Field(ge=64, multiple_of=8)
    context_side: int = Field(ge=64, multiple_of=8)
    shapes: tuple[Shape, ...] = SHAPES
    size_step: int | None = Field(None, ge=8)
    scheduler: Literal["ddim", "dpmsolver", "euler"]
    steps: int = Field(ge=1, le=1000)
    guidance: float = Field(ge=1, le=50)
    context_steps: int = Field(ge=1, le=1000)
    context_guidance: float = Field(ge=1, le=50)
    context_scheduler: SceneScheduler | None = None
    lora_targets: tuple[str, ...] = Field(min_length=1)
    preset: str
    presets: dict[str, Recipe]

    @model_validator(mode="after")
    def _preset_exists(self) -> Self:
        if self.preset not in self.presets:
            raise ValueError(f"preset {self.preset!r} is not among presets")
        return self

    @property
    def models(self) -> tuple[str, ...]:
        """Names of all models that the family needs; ``outlines`` is not among them."""
        return tuple(name for name in (self.context, self.identity, self.detector, self.text) if name is not None)

    def with_scenes(self, model: Model) -> Family:
        """The family with another context model, run as that one wants to be."""
        changes: dict[str, object] = {"context": model.name}
        if model.scene is not None:
            scene = model.scene
            changes |= {"context_steps": scene.steps, "context_guidance": scene.guidance}
            changes |= {"context_scheduler": scene.scheduler, "size_step": scene.size_step or self.size_step}
        return self.model_copy(update=changes)

    def painted_size(self, shape: Shape | None) -> Size:
        """The size at which the context model paints a scene of that shape, before it is cut to be exactly that."""
        if shape is None or self.size_step is None:
            return self.context_side, self.context_side
        return nearest_size(shape, self.context_side, self.size_step)

    def scene_size(self, shape: Shape | None) -> Size:
        """The size of a scene of that shape."""
        painted = self.painted_size(shape)
        return painted if shape is None else trimmed_size(painted, shape)

    def check_shape(self, request: PortraitRequest) -> None:
        """See that a scene can have the shape that is asked for.

        Raises:
            UserError: the family cannot do it.
        """
        if request.picture is None and request.shape is not None and request.shape not in self.shapes:
            raise UserError(
                f"The {self.name} models cannot make {request.shape} scenes; choose one of {', '.join(self.shapes)}, "
                "or a person who was tuned with other models."
            )

    def scene_steps(self, request: PortraitRequest) -> int:
        """Denoising steps of one scene; 0 where a picture is the scene."""
        return 0 if request.picture is not None else request.context_steps or self.context_steps

    def face_steps(self, request: PortraitRequest) -> int:
        """Denoising steps of the faces of one picture."""
        return (1 + len(request.others)) * (request.steps or self.steps)

    def denoising_steps(self, request: PortraitRequest) -> int:
        """Of all pictures of a request, and their scenes."""
        scenes = 1 if request.shares_scene else request.count
        return scenes * self.scene_steps(request) + request.count * self.face_steps(request)

    def recipe(self, preset: str | None = None, steps: int | None = None) -> Recipe:
        """The preset's recipe, the family's default one if none is named, with another number of steps if given.

        Raises:
            UserError: there is no such preset, or the number of steps is out of range.
        """
        found = self.presets.get(preset or self.preset)
        if found is None:
            raise UserError(f"There is no preset {preset!r}; choose one of {', '.join(self.presets)}.")
        if steps is None:
            return found
        least, most = bounds(Recipe, "steps")
        if not least <= steps <= most:
            raise UserError(f"{steps} steps cannot be tuned; choose {least} to {most}.")
        return found.model_copy(update={"steps": steps})


class Catalogue(Value):
    """All models and families, by name."""

    models: dict[Name, Model]
    families: dict[Name, Family]

    @model_validator(mode="after")
    def _names_resolve(self) -> Self:
        for family in self.families.values():
            for role, name in (
                ("context", family.context),
                ("identity", family.identity),
                ("detector", family.detector),
            ):
                if name not in self.models or self.models[name].kind != role:
                    raise ValueError(f"family {family.name}: {name!r} is not a {role} model")
            if family.text is not None and family.text not in self.models:
                raise ValueError(f"family {family.name}: {family.text!r} is not a model")
            if family.outlines is not None and getattr(self.models.get(family.outlines), "kind", None) != "outlines":
                raise ValueError(f"family {family.name}: {family.outlines!r} does not outline heads")
        for model in self.models.values():
            if model.config_of is not None and model.config_of not in self.models:
                raise ValueError(f"model {model.name}: config_of {model.config_of!r} is not a model")
            if model.base is not None and getattr(self.models.get(model.base), "kind", None) != model.kind:
                raise ValueError(f"model {model.name}: base {model.base!r} is not a {model.kind} model")
        if sum(family.default for family in self.families.values()) != 1:
            raise ValueError("exactly one family is the default")
        return self

    @property
    def scene_models(self) -> tuple[Model, ...]:
        """The context models that families with ``own_weights`` can choose from."""
        found = (model for model in self.models.values() if model.kind == "context")
        return tuple(model for model in found if model.pipeline is not None or model.base is not None)

    @property
    def upscalers(self) -> tuple[Model, ...]:
        """What can enlarge pictures; the first is the default."""
        return tuple(model for model in self.models.values() if model.kind == "upscaler")

    @property
    def default_family(self) -> Family:
        """The family of a fresh installation."""
        return next(family for family in self.families.values() if family.default)

    def model(self, name: str) -> Model:
        """The model of that name.

        Raises:
            UserError: there is none.
        """
        if name not in self.models:
            raise UserError(f"There is no model {name!r}; choose one of {', '.join(self.models)}.")
        return self.models[name]

    def family(self, name: str) -> Family:
        """The family of that name.

        Raises:
            UserError: there is none.
        """
        if name not in self.families:
            raise UserError(f"There is no model family {name!r}; choose one of {', '.join(self.families)}.")
        return self.families[name]


def parse_catalogue(text: str) -> Catalogue:
    """Read a catalogue from TOML; a table's own name becomes the entry's ``name``.

    Raises:
        ValueError: a key is unknown or missing, or names do not fit together.
    """
    tables = tomllib.loads(text)
    for section in ("models", "families"):
        for name, entry in tables.get(section, {}).items():
            entry["name"] = name
    return Catalogue.model_validate(tables)


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that ships with the program."""
    return parse_catalogue(resource("catalogue.toml").read_text(encoding="utf-8"))
