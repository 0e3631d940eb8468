"""What the Models page shows: the catalogue and what of it is on this machine, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from facea_desktop.comparison.method import NEEDS
from facea_desktop.models.catalogue import Family, Kind, MemoryNeed, Model
from facea_desktop.models.memory_fit import together
from facea_desktop.models.model_store import ModelStore
from facea_desktop.ui.catalogue_text import licence_of, title_of


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
    need: MemoryNeed


@dataclass(frozen=True)
class FamilyView:
    """One family: its models, those that only its own weights need included.

    Attributes:
        paints: False for what no family needs, and which cannot be used as one.
        only_heads: its scenes come from a face generator: a head and shoulders, and what the known words say of them.
        scenes: what can paint its scenes, if there is a choice; ``scene`` is the name of what does.
        need: memory to run all of it.
    """

    name: str
    title: str
    ships: bool
    takes_own_weights: bool
    side: int
    context_side: int
    active: bool
    models: tuple[ModelView, ...]
    need: MemoryNeed
    paints: bool = True
    only_heads: bool = False
    scenes: tuple[Model, ...] = ()
    scene: str = ""

    @property
    def missing(self) -> tuple[ModelView, ...]:
        """What has to be fetched first."""
        return tuple(model for model in self.models if model.missing)


def look(store: ModelStore) -> list[FamilyView]:
    """Every family of the catalogue, and last what none of them needs, if there is any; reads small files.

    Raises:
        UserError: the file of choices is damaged.
    """
    active = store.active_family().name
    families = [_family(store, store.family(name), name == active) for name in store.catalogue.families]
    return families + _aside(store)


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
        title=title_of(family),
        ships=all(model.repo is None for model in models),
        takes_own_weights=family.own_weights,
        side=family.side,
        context_side=family.context_side,
        active=active,
        models=tuple(_model(store, family, name, missing) for name in (*needed, *extra)),
        need=together(model.needs_mb for model in models),
        only_heads=store.catalogue.model(family.context).format == "face generator",
        scenes=store.catalogue.scene_models if family.own_weights else (),
        scene=family.context,
    )


def _aside(store: ModelStore) -> list[FamilyView]:
    """What no family needs: what outlines heads, what measures, each published method, and what splits prompts."""
    models = store.catalogue.models
    groups = {kind: [one for one in models.values() if one.kind == kind] for kind in ("outlines", "evaluation")}
    for method, names in NEEDS.items():
        if all(name in models and models[name].kind == "method" for name in names):
            groups[method] = [models[name] for name in names]
    groups["language"] = [model for model in models.values() if model.kind == "language"]
    return [_group(store, name, group) for name, group in groups.items() if group]


def _group(store: ModelStore, name: str, models: list[Model]) -> FamilyView:
    views = tuple(_view(model, store.installed(model.name), not store.installed(model.name)) for model in models)
    need = max((model.needs_mb for model in models), key=lambda need: need.half)  # they work one after the other
    return FamilyView(name, title_of(models[0]), False, False, 0, 0, False, views, need, paints=False)


def _model(store: ModelStore, family: Family, name: str, missing: tuple[str, ...]) -> ModelView:
    model = store.catalogue.model(name)
    own = store.own(family, name) if name not in missing else None
    gone = own is not None and not own.exists()
    return _view(model, store.installed(name), name in missing, None if gone else own, gone)


def _view(model: Model, installed: bool, missing: bool, own: Path | None = None, gone: bool = False) -> ModelView:
    return ModelView(
        name=model.name,
        title=title_of(model),
        task=model.kind,
        size_mb=model.size_mb,
        licence=licence_of(model),
        licence_url=str(model.licence_url),
        hub=model.repo,
        revision=model.revision,
        installed=installed,
        own=own,
        gone=gone,
        missing=missing,
        need=model.needs_mb,
    )
