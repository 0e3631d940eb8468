"""Where the weights lie on this machine, and which of them are in use."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.files import disk_trouble, write_atomically
from facea_desktop.domain.people import Sha256, Value
from facea_desktop.models.catalogue import Catalogue, Family, Model, Name, load_catalogue
from facea_desktop.models.weights import Role, role_of
from facea_desktop.resources import resource

HASHED_BYTES = 512 << 20
"""Own weights that are larger are told apart by size and date: to read them would take minutes."""


class Installed(Value):
    """``installed.json``: what was fetched, written when every file has been checked."""

    source: str
    revision: str
    files: dict[str, Sha256]


class Choices(Value):
    """``models.json``: the active family and the weights that the user brought, by role."""

    version: Literal[1] = 1
    family: Name | None = None
    own: dict[Role, Path] = Field(default_factory=dict)


@dataclass(frozen=True)
class ModelStatus:
    """A line of ``models list``.

    Attributes:
        active: the active family uses it.
        replaced_by: the user's own weights that stand in its place.
    """

    name: str
    title: str
    licence: str
    size_mb: int
    installed: bool
    active: bool
    replaced_by: Path | None


@dataclass(frozen=True)
class Use:
    """What ``ModelStore.use`` did.

    Attributes:
        role: the role that own weights took, None when a family was named.
        active: the family is now the active one.
        missing: models to fetch before the family can be used.
    """

    family: Family
    role: Role | None
    active: bool
    missing: tuple[str, ...]


class ModelStore:
    """The models of one data folder: ``models/<name>/`` for what was fetched, ``models.json`` for what is in use."""

    def __init__(self, data_dir: Path, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue or load_catalogue()
        self._models = data_dir / "models"
        self._choices_file = data_dir / "models.json"

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
            return self.folder(model).is_dir()
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

        Raises:
            UserError: it is not there.
        """
        own = self._own(family, role)
        if own is None:
            return self.path(_player(family, role))
        if not own.exists():
            raise UserError(
                f"The weights {own} are gone. Put them back, or return to the catalogue's in the settings "
                f"(or with facea-desktop models use {_player(family, role)})."
            )
        return own

    def fingerprint(self, family: Family, role: Role) -> str:
        """Tells weights apart wherever they lie: the revision of what was fetched, or a hash of what lies here.

        Raises:
            UserError: they are not there, or the disk refuses.
        """
        model = self.catalogue.model(_player(family, role))
        path = self.weights(family, role)
        if model.revision is not None and path == self.folder(model):
            return model.revision
        digest = hashlib.sha256()
        with disk_trouble(f"read the weights {path}"):
            for file in sorted(path.rglob("*.safetensors")) if path.is_dir() else [path]:
                size = file.stat().st_size
                digest.update(f"{file.name} {size}".encode())
                digest.update(file.read_bytes() if size <= HASHED_BYTES else str(file.stat().st_mtime_ns).encode())
        return digest.hexdigest()

    def config(self, family: Family, role: Role) -> Path:
        """A diffusers folder with configuration and tokenizer for a single file of ``role``.

        Raises:
            UserError: none is installed.
        """
        names = self._config_names(family, role)
        for name in names:
            if self.installed(name):
                return self.path(name)
        raise _not_installed(names[-1:])

    def missing(self, family: Family) -> tuple[str, ...]:
        """Models to fetch before the family can be used."""
        needed: list[str] = []
        for name in family.models:
            role = _role_played(family, name)
            own = self._own(family, role) if role is not None else None
            if role is None or own is None:
                needed += [name] if not self.installed(name) else []
            elif own.is_file() and not any(map(self.installed, self._config_names(family, role))):
                needed += self._config_names(family, role)[-1:]
        return tuple(needed)

    def active_family(self) -> Family:
        """The family that new people are made with."""
        chosen = self._choices().family
        return self.catalogue.default_family if chosen is None else self.catalogue.family(chosen)

    def status(self) -> list[ModelStatus]:
        """Every model of the catalogue, in its order."""
        active = self.active_family()
        replaced = {_player(active, role): path for role, path in self._choices().own.items() if active.own_weights}
        return [
            ModelStatus(
                name=model.name,
                title=model.title,
                licence=model.licence,
                size_mb=model.size_mb,
                installed=self.installed(model.name),
                active=model.name in active.models and model.name not in replaced,
                replaced_by=replaced.get(model.name),
            )
            for model in self.catalogue.models.values()
        ]

    def use(self, name_or_path: str) -> Use:
        """Make a family active, give weights of the user's own a role, or give a role back to the catalogue's model.

        Args:
            name_or_path: a family; a diffusers folder or ``.safetensors`` checkpoint, which is registered where it
                lies; or a model of the catalogue whose role own weights hold.

        Raises:
            UserError: models of the family are missing, or the path holds no weights that fit a role.
        """
        if name_or_path in self.catalogue.families:
            return self._use_family(self.catalogue.families[name_or_path])
        host = next(family for family in self.catalogue.families.values() if family.own_weights)
        if name_or_path in self.catalogue.models:
            return self._give_back(host, name_or_path)
        path = Path(name_or_path).expanduser().resolve()
        if not path.exists():
            names = ", ".join(self.catalogue.families)
            raise UserError(f"{name_or_path!r} is neither a model family ({names}) nor a path. Check its spelling.")
        role = role_of(path)
        return self._settle(host, role, {**self._choices().own, role: path})

    def _use_family(self, family: Family) -> Use:
        missing = self.missing(family)
        if missing:
            raise _not_installed(missing)
        self._save(Choices(family=family.name, own=self._choices().own))
        return Use(family, role=None, active=True, missing=())

    def _give_back(self, host: Family, name: str) -> Use:
        role = _role_played(host, name)
        if role is None:
            families = ", ".join(self.catalogue.families)
            raise UserError(f"{name} is not used on its own; choose a model family: {families}.")
        return self._settle(host, role, {key: path for key, path in self._choices().own.items() if key != role})

    def _settle(self, host: Family, role: Role, own: dict[Role, Path]) -> Use:
        """Keep the user's own weights, and make their family active as soon as nothing is missing."""
        before = self._choices()
        self._save(Choices(family=before.family, own=own))
        missing = self.missing(host)
        if not missing:
            self._save(Choices(family=host.name, own=own))
        return Use(host, role, active=self.active_family() == host, missing=missing)

    def _own(self, family: Family, role: Role) -> Path | None:
        return self._choices().own.get(role) if family.own_weights else None

    def _config_names(self, family: Family, role: Role) -> list[str]:
        """The role's model itself, then the entries that hold only its configuration."""
        player = _player(family, role)
        return [player, *(model.name for model in self.catalogue.models.values() if model.config_of == player)]

    def _choices(self) -> Choices:
        try:
            with disk_trouble(f"read {self._choices_file}"):
                found = self._choices_file.read_bytes() if self._choices_file.exists() else b"{}"
            return Choices.model_validate_json(found)
        except ValidationError as error:
            raise UserError(f"{self._choices_file} is damaged. Delete it to return to the starter models.") from error

    def _save(self, choices: Choices) -> None:
        text = json.dumps(choices.model_dump(mode="json"), indent=2, ensure_ascii=False)
        with disk_trouble(f"save {self._choices_file}"):
            self._choices_file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._choices_file, text.encode("utf-8"))


def _player(family: Family, role: Role) -> str:
    return family.context if role == "context" else family.identity


def _role_played(family: Family, name: str) -> Role | None:
    if name == family.context:
        return "context"
    return "identity" if name == family.identity else None


def _not_installed(names: tuple[str, ...] | list[str]) -> UserError:
    verb = "Model {} is" if len(names) == 1 else "Models {} are"
    commands = " and ".join(f"facea-desktop models fetch {name}" for name in names)
    return UserError(
        f"{verb.format(', '.join(names))} not installed: fetch what is missing in the settings, or run {commands}"
    )
