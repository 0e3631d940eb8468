"""What the Models page shows: the catalogue and what of it is on this machine, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from facea_desktop.models.catalogue import Family, Kind, Model
from facea_desktop.models.store import ModelStore


@dataclass(frozen=True)
class ModelView:
    """One model of a family.

    Attributes:
        hub: repository it is fetched from, None where it comes with the program.
        own: the user's weights that stand in its place; ``gone`` says that they should, but are not there.
        missing: it has to be fetched before the family can be used.
    """

    name: str
    title: str
    task: Kind
    size_mb: int
    licence: str
    licence_url: str
    hub: str | None
    revision: str | None
    installed: bool
    own: Path | None
    gone: bool
    missing: bool


@dataclass(frozen=True)
class FamilyView:
    """One family: its models, those that only its own weights need included.

    Attributes:
        paints: False for what only measures portraits, which is no family and cannot be used as one.
        only_heads: its scenes come from a face generator: a head and shoulders, and what the known words say of them.
        scenes: what can paint its scenes, as name and title, if there is a choice; ``scene`` is the name of what does.
        half_mb, full_mb: MiB to run all of it in half and in full precision; ``largest_...`` the largest model alone.
    """

    name: str
    title: str
    ships: bool
    takes_own_weights: bool
    side: int
    context_side: int
    active: bool
    models: tuple[ModelView, ...]
    half_mb: int
    full_mb: int
    largest_half_mb: int
    largest_full_mb: int
    paints: bool = True
    only_heads: bool = False
    scenes: tuple[tuple[str, str], ...] = ()
    scene: str = ""

    @property
    def missing(self) -> tuple[ModelView, ...]:
        """What has to be fetched first."""
        return tuple(model for model in self.models if model.missing)


def look(store: ModelStore) -> list[FamilyView]:
    """Every family of the catalogue, and last what only measures, if there is any; reads small files.

    Raises:
        UserError: the file of choices is damaged.
    """
    active = store.active_family().name
    families = [_family(store, store.family(name), name == active) for name in store.catalogue.families]
    return families + _measuring(store)


def shipped(store: ModelStore) -> list[Model]:
    """The models that come with the program."""
    return [model for model in store.catalogue.models.values() if model.repo is None]


def _family(store: ModelStore, family: Family, active: bool) -> FamilyView:
    missing = store.missing(family)
    needed = store.needed(family)
    extra = [name for name in missing if name not in needed]
    models = [store.catalogue.model(name) for name in family.models]
    return FamilyView(
        name=family.name,
        title=family.title,
        ships=all(model.repo is None for model in models),
        takes_own_weights=family.own_weights,
        side=family.side,
        context_side=family.context_side,
        active=active,
        models=tuple(_model(store, family, name, missing) for name in (*needed, *extra)),
        half_mb=sum(model.needs_mb.half for model in models),
        full_mb=sum(model.needs_mb.full for model in models),
        largest_half_mb=max(model.needs_mb.half for model in models),
        largest_full_mb=max(model.needs_mb.full for model in models),
        only_heads=store.catalogue.model(family.context).format == "face generator",
        scenes=tuple((model.name, model.title) for model in store.catalogue.scene_models) if family.own_weights else (),
        scene=family.context,
    )


def _measuring(store: ModelStore) -> list[FamilyView]:
    models = [model for model in store.catalogue.models.values() if model.kind == "evaluation"]
    if not models:
        return []
    views = tuple(_view(model, store.installed(model.name), not store.installed(model.name)) for model in models)
    half = max(model.needs_mb.half for model in models)  # they measure one after the other
    full = max(model.needs_mb.full for model in models)
    return [FamilyView("evaluation", "", False, False, 0, 0, False, views, half, full, half, full, paints=False)]


def _model(store: ModelStore, family: Family, name: str, missing: tuple[str, ...]) -> ModelView:
    model = store.catalogue.model(name)
    own = store.own(family, name) if name not in missing else None
    gone = own is not None and not own.exists()
    return _view(model, store.installed(name), name in missing, None if gone else own, gone)


def _view(model: Model, installed: bool, missing: bool, own: Path | None = None, gone: bool = False) -> ModelView:
    return ModelView(
        name=model.name,
        title=model.title,
        task=model.kind,
        size_mb=model.size_mb,
        licence=model.licence,
        licence_url=str(model.licence_url),
        hub=model.repo,
        revision=model.revision,
        installed=installed,
        own=own,
        gone=gone,
        missing=missing,
    )
