"""The catalogue: which models there are and which families they form. The data is ``resources/catalogue.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, HttpUrl, StringConstraints, model_validator

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Recipe, Value
from facea_desktop.resources import resource

Kind = Literal["context", "identity", "detector", "text", "evaluation"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Commit = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]


class MemoryNeed(Value):
    """MiB to run a model at its family's size, in fp16 or bf16 and in fp32."""

    half: int = Field(ge=0)
    full: int = Field(ge=0)


Pipeline = Literal[
    "StableDiffusionInpaintPipeline",
    "StableDiffusionXLInpaintPipeline",
    "StableDiffusionXLPipeline",
    "ZImagePipeline",
    "Flux2KleinPipeline",
]
SceneScheduler = Literal["own", "lcm", "ddim", "dpmsolver", "euler"]


class SceneSettings(Value):
    """How a context model wants to be run.

    Attributes:
        scheduler: the only one that it was made for; "own" is the one that comes with it.
        spacing: of the scheduler's timesteps, where it differs from the model's.
        guidance: 1 is none.
    """

    scheduler: SceneScheduler
    spacing: Literal["leading", "trailing", "linspace"] | None = None
    steps: int = Field(ge=1, le=1000)
    guidance: float = Field(ge=1, le=50)


class Model(Value):
    """One entry of the catalogue.

    Attributes:
        shipped: folder under ``resources`` that holds it.
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
        default: the family of a fresh installation.
        scene_words: prompts are understood as far as ``domain/scene_words.py`` knows their words, not beyond.
        own_weights: context and identity may be replaced by weights that the user brings, context by other models too.
        side: pixels of the identity model, ``context_side`` those of the context model.
        context_scheduler: the only one for scenes, whatever is asked for; None where any will do.
        lora_targets: the projections that LoRA adapts.
        preset: the preset that is taken when none is asked for.
    """

    name: Name
    title: str
    default: bool = False
    own_weights: bool = False
    scene_words: bool = False
    context: Name
    identity: Name
    detector: Name
    text: Name | None = None
    detector_settings: MtcnnSettings | GroundingDinoSettings = Field(discriminator="type")
    side: int = Field(ge=64, multiple_of=8)
    context_side: int = Field(ge=64, multiple_of=8)
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
        """Names of all models that the family needs."""
        return tuple(name for name in (self.context, self.identity, self.detector, self.text) if name is not None)

    def with_scenes(self, model: Model) -> Family:
        """The family with another context model, run as that one wants to be."""
        changes: dict[str, object] = {"context": model.name}
        if model.scene is not None:
            scene = model.scene
            changes |= {"context_steps": scene.steps, "context_guidance": scene.guidance}
            changes |= {"context_scheduler": scene.scheduler}
        return self.model_copy(update=changes)

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
        if not 1 <= steps <= 20_000:
            raise UserError(f"{steps} steps cannot be tuned; choose 1 to 20000.")
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
