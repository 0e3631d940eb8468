"""Where the weights lie on this machine, and which of them are in use."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from facea_desktop.domain.atomic_files import disk_trouble
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.loopback import loopback_address
from facea_desktop.domain.people import Sha256, Value
from facea_desktop.domain.permissions import Person
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.models.catalogue import Catalogue, Family, Model, load_catalogue
from facea_desktop.models.model_choices import MODELS_FILE, RULES, ModelChoices, read_choices, write_choices
from facea_desktop.models.weights_recognition import is_upscaler, pipeline_of
from facea_desktop.resources import resource

Role = Literal["context", "identity"]
_MODELS = "models"
"""Folder of what was fetched, in a data folder."""


class Installed(Value):
    """``installed.json``: what was fetched, written when every file has been checked."""

    source: str
    revision: str
    files: dict[str, Sha256]


@dataclass(frozen=True)
class Use:
    """What ``ModelStore.use`` did.

    Attributes:
        role: the role that was filled, None when a family was named.
        active: the family, or the upscaler, is now the one in use.
        missing: models to fetch before the family can be used.
    """

    family: Family
    role: Role | Literal["upscaler"] | None
    active: bool
    missing: tuple[str, ...]


class ModelStore:
    """The models of one data folder: ``models/<name>/`` for what was fetched, ``models.json`` for what is in use.

    Args:
        home: the data folder that what was fetched lies in, where that is another one.
    """

    def __init__(self, data_dir: Path, catalogue: Catalogue | None = None, home: Path | None = None) -> None:
        self.catalogue = catalogue or load_catalogue()
        self._models = (home or data_dir) / _MODELS
        self._choices_file = data_dir / MODELS_FILE

    def folder(self, model: Model) -> Path:
        """Where the model lies, or will lie once it is fetched."""
        if model.shipped is not None:
            return resource(*model.shipped.split("/"))
        if model.package is not None:
            spec = importlib.util.find_spec(model.package)
            return Path(spec.origin).parent if spec is not None and spec.origin is not None else Path(model.package)
        return self._models / model.name

    def installed(self, name: str) -> bool:
        """Whether the model is there in the catalogue's revision, complete and checked."""
        model = self.catalogue.model(name)
        if model.repo is None:
            return self.folder(model).exists()
        receipt = self.receipt(model)
        return receipt is not None and (receipt.source, receipt.revision) == (model.repo, model.revision)

    def receipt(self, model: Model) -> Installed | None:
        """What ``installed.json`` of a fetched model says; None where there is none that can be read."""
        try:
            with disk_trouble(f"look for {model.title}"):
                path = self.folder(model) / "installed.json"
                return Installed.model_validate_json(path.read_bytes()) if path.exists() else None
        except ValidationError:
            return None

    def path(self, name: str) -> Path:
        """Folder of an installed model.

        Raises:
            UserError: it is not installed.
        """
        if not self.installed(name):
            raise _not_installed((name,))
        return self.folder(self.catalogue.model(name))

    def weights(self, family: Family, role: Role) -> Path:
        """The diffusers folder or single file that plays ``role`` in the family: the user's own, or the catalogue's.

        Where the catalogue's is a LoRA, those that it is for; ``lora`` is the LoRA itself.

        Raises:
            UserError: it is not there.
        """
        name = self.weights_name(family, role)
        own = self.own(family, name)
        if own is None:
            return self.path(name)
        if not own.exists():
            raise UserError(
                f"The weights {own} are missing. Put them back, or use the original ones in the settings "
                f"(or with facea-desktop models use {name})."
            )
        return own

    def lora(self, family: Family, role: Role) -> Path | None:
        """The file of the LoRA that belongs into the weights of ``role``; None where there is none.

        Raises:
            UserError: it is not installed.
        """
        model = self.catalogue.model(model_in_role(family, role))
        return self.path(model.name) / model.files[0] if model.base is not None else None

    def own(self, family: Family, name: str) -> Path | None:
        """The user's own weights in the place of a model of the family, there or not; None where it has none."""
        return self.choices().own.get(name) if family.own_weights else None

    def config(self, family: Family, role: Role) -> Path:
        """A diffusers folder with configuration and tokenizer for a single file of ``role``.

        Raises:
            UserError: none is installed.
        """
        names = self._config_names(self.weights_name(family, role))
        for name in names:
            if self.installed(name):
                return self.path(name)
        raise _not_installed(names[-1:])

    def takes_style_lora(self, family: Family) -> bool:
        """Whether Stable Diffusion XL paints the family's scenes, for which the LoRA files of styles are made."""
        return self.catalogue.model(self.weights_name(family, "context")).pipeline == "StableDiffusionXLPipeline"

    def at_first_sight(self, person: Person) -> bool:
        """Whether portraits of the person need no tuning: the models take detail from photos, and there are some."""
        family = self.catalogue.families.get(person.family)
        return family is not None and family.photo_detail and person.has_photos

    def check_scene(self, family: Family, request: PortraitRequest) -> None:
        """See that the family's scenes can be what a portrait asks for.

        Raises:
            UserError: it cannot do the shape, or its scenes take no LoRA.
        """
        family.check_shape(request)
        lora = request.scene_lora
        if lora is not None and not self.takes_style_lora(family):
            raise UserError(
                f"{self.catalogue.model(family.context).title} cannot use the LoRA of the style ({lora.name}); choose "
                "another style, or scenes by Stable Diffusion XL under Models (on the command line: models use "
                "sdxl-base)."
            )

    def missing(self, family: Family) -> tuple[str, ...]:
        """Models to fetch before the family can be used."""
        missing: list[str] = []
        for name in self.needed(family):
            own = self.own(family, name)
            if own is None:
                missing += [name] if not self.installed(name) else []
            elif own.is_file() and not any(map(self.installed, self._config_names(name))):
                missing += self._config_names(name)[-1:]
        return tuple(missing)

    def needed(self, family: Family) -> tuple[str, ...]:
        """Names of the family's models and of what its LoRAs are for."""
        bases = (self.catalogue.model(name).base for name in family.models)
        return (*family.models, *(name for name in bases if name is not None))

    def family(self, name: str) -> Family:
        """The family of that name, with the context model that was chosen.

        Raises:
            UserError: there is no such family, or the file of choices is damaged.
        """
        family = self.catalogue.family(name)
        scenes = self.choices().scenes
        if scenes is None or not family.own_weights or scenes not in self.catalogue.models:
            return family
        return family.with_scenes(self.catalogue.model(scenes))

    def choices(self) -> ModelChoices:
        """What is in use.

        Raises:
            UserError: the file of choices is damaged.
        """
        return read_choices(self._choices_file)

    def active_family(self) -> Family:
        """The family that new people are made with."""
        return self.family(self.choices().family or self.catalogue.default_family.name)

    @property
    def chosen_upscaler(self) -> str:
        """The upscaler in use: a model's name, or the path of a file of the user's, there or not."""
        return self.choices().upscaler or self.catalogue.upscalers[0].name

    def upscaler(self, name_or_path: str | None = None) -> tuple[str, Path]:
        """What enlarges pictures: its name, and the file of its weights.

        Args:
            name_or_path: a model of the catalogue or a file of the user's; None takes the one in use.

        Raises:
            UserError: it is not there, or no upscaler.
        """
        wanted = name_or_path or self.chosen_upscaler
        model = self.catalogue.models.get(wanted)
        if model is None:
            file = Path(wanted).expanduser()
            if not file.is_file() and name_or_path is None:
                raise UserError(
                    f"The upscaler {file} is missing. Put it back, or choose another in the settings "
                    f"(or with facea-desktop models use {self.catalogue.upscalers[0].name})."
                )
            if not file.is_file():
                names = ", ".join(one.name for one in self.catalogue.upscalers)
                raise UserError(f"{wanted!r} is neither an upscaler ({names}) nor a file. Check its spelling.")
            return file.stem, file
        if model not in self.catalogue.upscalers:
            names = ", ".join(one.name for one in self.catalogue.upscalers)
            raise UserError(f"{wanted} does not enlarge pictures; choose {names}, or a file of weights.")
        there = self.path(model.name)
        return model.name, there / model.files[0] if model.repo is not None else there

    def use(self, name_or_path: str, host: str | None = None) -> Use:
        """Make a family active, choose who paints scenes, redraws faces or enlarges, or bring the user's own weights.

        Args:
            name_or_path: a family; a model of the catalogue, which takes its role back from own weights; or a diffusers
                folder, a ``.safetensors`` checkpoint or an upscaler, which is registered where it lies.
            host: the family that is made active with a context model; None keeps the active one where it can.

        Raises:
            UserError: models of the family are missing, or the path holds no weights that fit a role.
        """
        if name_or_path in self.catalogue.families:
            return self._use_family(self.family(name_or_path))
        own = self.choices().own
        if name_or_path in self.catalogue.models:
            model = self.catalogue.model(name_or_path)
            if model.kind == "upscaler":
                return self.use_upscaler(model.name)
            return self._settle(model, {name: path for name, path in own.items() if name != model.name}, host)
        path = Path(name_or_path).expanduser().resolve()
        if not path.exists():
            names = ", ".join(self.catalogue.families)
            raise UserError(f"{name_or_path!r} is neither a model family ({names}) nor a path. Check its spelling.")
        if is_upscaler(path):
            return self.use_upscaler(str(path))
        pipeline = pipeline_of(path)
        model = next(model for model in self.catalogue.models.values() if model.pipeline == pipeline)
        return self._settle(model, {**own, model.name: path}, host)

    def use_upscaler(self, name_or_path: str) -> Use:
        """Choose what enlarges pictures: a model of the catalogue, or a file of the user's.

        Raises:
            UserError: it is not there, or no upscaler as far as its name and header say.
        """
        _, file = self.upscaler(name_or_path)
        if not is_upscaler(file):
            raise UserError(f"{file.name} is no upscaler. Choose a .pth or .safetensors file such as Real-ESRGAN's.")
        self._save(self.choices().model_copy(update={"upscaler": name_or_path}))
        return Use(self.active_family(), role="upscaler", active=True, missing=())

    @property
    def splitter(self) -> str:
        """What splits prompts, as ``ModelChoices`` has it."""
        return self.choices().splitter

    def use_splitter(self, which: str) -> str:
        """Choose what splits prompts.

        Args:
            which: RULES, a language model of the catalogue, or the address of an OpenAI-compatible server here.

        Returns:
            What was chosen.

        Raises:
            UserError: the model is not installed, the server is not on this computer, or there is no such thing.
        """
        languages = [model.name for model in self.catalogue.models.values() if model.kind == "language"]
        if which in languages:
            self.path(which)
        elif which != RULES:
            if "://" not in which:
                raise UserError(f"Choose {RULES}, {', '.join(languages)} or the address of a server, not {which!r}.")
            which = loopback_address(which)
        self._save(self.choices().model_copy(update={"splitter": which}))
        return which

    def _use_family(self, family: Family) -> Use:
        missing = self.missing(family)
        if missing:
            raise _not_installed(missing)
        self._save(self.choices().model_copy(update={"family": family.name}))
        return Use(family, role=None, active=True, missing=())

    def _settle(self, model: Model, own: dict[str, Path], wanted: str | None) -> Use:
        """Keep what was chosen for the model's role, and make its family active as soon as nothing is missing."""
        before = self.choices()
        host, role = self._host(model, wanted or before.family)
        scenes = model.name if role == "context" else before.scenes
        chosen = before.model_copy(update={"scenes": scenes, "own": own})
        self._save(chosen)
        family = self.family(host.name)
        missing = self.missing(family)
        if not missing:
            self._save(chosen.model_copy(update={"family": family.name}))
        return Use(family, role, active=self.active_family() == family, missing=missing)

    def _host(self, model: Model, wanted: str | None) -> tuple[Family, Role]:
        """The family in which a model plays a role that can be given to others, and the role."""
        hosts = [family for family in self.catalogue.families.values() if family.own_weights]
        if model in self.catalogue.scene_models:
            return next((family for family in hosts if family.name == wanted), hosts[0]), "context"
        for family in hosts:
            if family.identity == model.name:
                return family, "identity"
        raise UserError(
            f"{model.name} is not used on its own; choose a model family: {', '.join(self.catalogue.families)}."
        )

    def weights_name(self, family: Family, role: Role) -> str:
        """The model whose weights play the role; of a LoRA, the one that it is for."""
        player = model_in_role(family, role)
        return self.catalogue.model(player).base or player

    def _config_names(self, name: str) -> list[str]:
        """The model itself, then the entries that hold only its configuration."""
        return [name, *(model.name for model in self.catalogue.models.values() if model.config_of == name)]

    def _save(self, choices: ModelChoices) -> None:
        write_choices(self._choices_file, choices)


def model_in_role(family: Family, role: Role) -> str:
    """Name of the model that plays the role in the family; of a LoRA, its own."""
    return family.context if role == "context" else family.identity


def _not_installed(names: tuple[str, ...] | list[str]) -> UserError:
    verb = "Model {} is" if len(names) == 1 else "Models {} are"
    commands = " and ".join(f"facea-desktop models fetch {name}" for name in names)
    return UserError(
        f"{verb.format(', '.join(names))} not installed: download what is missing in the settings, or run {commands}"
    )
