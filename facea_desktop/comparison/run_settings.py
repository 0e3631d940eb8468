"""What all pictures of one evaluation have to share, kept beside them: a run with other settings is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from facea_desktop.comparison.dataset import DatasetPerson
from facea_desktop.domain.atomic_files import write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import ComparisonRequest
from facea_desktop.models.catalogue import Family
from facea_desktop.models.model_store import ModelStore
from facea_desktop.models.weights_fingerprint import weights_fingerprint

_PAINTING = ("side", "context_side", "scheduler", "steps", "guidance", "context_steps", "context_guidance")


def settings_of(
    models: ModelStore, family: Family, recipe: Recipe, request: ComparisonRequest, people: Sequence[DatasetPerson]
) -> dict[str, Any]:
    """Models, recipe and photos; prompts, seeds and methods are not among them, for a later run may add some."""
    return {
        "version": 1,
        "family": family.name,
        "weights": {role: weights_fingerprint(models, family, role) for role in ("context", "identity")},
        "painting": family.model_dump(mode="json", include=set(_PAINTING)),
        "recipe": recipe.model_dump(mode="json"),
        "references": request.references,
        "people": {person.name: [str(person.subject), person.fingerprint()] for person in people},
    }


def check_settings(path: Path, settings: dict[str, Any]) -> None:
    """Compare with those of an earlier run and write them down; people that were not there join.

    Raises:
        UserError: they differ, or the file cannot be read.
    """
    before: dict[str, Any] = {}
    if path.exists():
        try:
            before = json.loads(path.read_bytes())
            before["people"] = dict(before["people"])
        except (ValueError, KeyError, TypeError) as error:
            raise UserError(f"{path} is damaged; start a new one (another --out).") from error
        changed = [name for name in settings if name != "people" and before.get(name) != settings[name]]
        known = {name: before["people"].get(name, photos) for name, photos in settings["people"].items()}
        changed += [f"photos of {name}" for name, photos in settings["people"].items() if known[name] != photos]
        if changed:
            raise UserError(
                f"{path.parent} holds a comparison with other settings ({', '.join(changed[:4])}); "
                "start a new one (another --out), or use the earlier settings."
            )
    merged = settings | {"people": before.get("people", {}) | settings["people"]}
    if merged != before:
        write_atomically(path, json.dumps(merged, indent=1).encode())
