"""Weights of a person that are kept beside those in use: of other checkpoints, and of the tuning before."""

from __future__ import annotations

from typing import Literal

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import FACE
from facea_desktop.domain.people import Profile, Recipe
from facea_desktop.engine.checkpoints import read_best_weights
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.person_reader import Weights, reading_files_of, weights_in
from facea_desktop.engine.refusal_errors import tuning_of
from facea_desktop.library.person_files import ADAPTER
from facea_desktop.library.previous_tuning import BEFORE, CHECKPOINTS, previous_tuning

_END = "end-"
"""How the names of the last weights begin where others are in use."""


def load_kept_adapter(
    manager: ModelManager, model: IdentityModel, profile: Profile, which: Literal["best", "last", "before"]
) -> None:
    """Give ``model`` other weights of a person than those in use.

    Raises:
        UserError: they are not kept, or a file is damaged.
    """
    with manager.library.unchanged(), reading_files_of(profile):
        recipe, (adapter, features) = _kept(manager, profile, which)
    model.load_adapter(profile.subject, adapter, features, words_alone=recipe.words_alone)


def _kept(manager: ModelManager, profile: Profile, which: Literal["best", "last", "before"]) -> tuple[Recipe, Weights]:
    tuning, place = tuning_of(profile), manager.library.folder(profile.id)
    folder = place / CHECKPOINTS
    if which == "before":
        before = previous_tuning(place, profile)
        if before is None:
            raise UserError(f"No tuning of {profile.name} before the present one is kept; choose best or last.")
        return before.tuning.recipe, weights_in(folder / BEFORE)
    wanted = tuning.best_step if which == "best" else tuning.recipe.steps
    if tuning.step == wanted:
        return tuning.recipe, weights_in(place)
    if which == "last" and (folder / f"{_END}{ADAPTER}").exists():
        return tuning.recipe, weights_in(folder, _END)
    if which == "best" and wanted is not None:
        step, adapter, features = read_best_weights(folder)
        if step == wanted:
            return tuning.recipe, (adapter, features if len(features[FACE]) else None)
    raise UserError(f"The {which} weights of {profile.name} are not kept; tune again to get them.")
