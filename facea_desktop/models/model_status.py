"""What ``models list`` shows: which models there are, and which of them are installed and in use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from facea_desktop.models.model_store import ModelStore


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


def model_status(models: ModelStore) -> list[ModelStatus]:
    """Every model of the catalogue, in its order.

    Raises:
        UserError: the file of choices is damaged.
    """
    active = models.active_family()
    needed = models.needed(active)
    outlines = active.outlines
    used = {*needed} | ({outlines} if outlines is not None and models.installed(outlines) else set())
    replaced = {name: own for name in needed if (own := models.own(active, name)) is not None}
    return [
        ModelStatus(
            name=model.name,
            title=model.title,
            licence=model.licence,
            size_mb=model.size_mb,
            installed=models.installed(model.name),
            active=model.name in used and model.name not in replaced,
            replaced_by=replaced.get(model.name),
        )
        for model in models.catalogue.models.values()
    ]
