"""Tunes and mixes people of the library: carries out TuneRequest and MixRequest."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from itertools import chain, groupby

from torch import Tensor

from facea_desktop.domain.atomic_files import write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import FACE, Attribute
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.mix_requests import MixRequest, shared_takes, takes_in_turn
from facea_desktop.domain.people import MOST_STEPS, Profile, Recipe, Taken, Tuning
from facea_desktop.domain.permissions import (
    further_tuning_refusal,
    mix_base_refusal,
    mix_source_refusal,
    tuning_refusal,
)
from facea_desktop.domain.requests import CheckpointRequest, TuneRequest
from facea_desktop.engine.checkpoints import read_best_weights
from facea_desktop.engine.curve_measurement import curve_measurement
from facea_desktop.engine.identity_model import IdentityModel, as_bytes
from facea_desktop.engine.loss import Tasks
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.person_reader import read_references
from facea_desktop.engine.reference_latents import drawn_by_share, encode_references
from facea_desktop.engine.refusal_errors import require, tuning_of
from facea_desktop.engine.trainer import Trainer, TuningConfig
from facea_desktop.library.id_library import Library
from facea_desktop.library.person_files import ADAPTER, BEST, BEST_SO_FAR, FEATURES, LAST, without_checkpoints
from facea_desktop.library.previous_tuning import keep_weights
from facea_desktop.library.tuning_choice import settle
from facea_desktop.models.catalogue import Family
from facea_desktop.models.weights_fingerprint import weights_fingerprint

log = logging.getLogger(__name__)

PHOTOS = ("references/", "masks/")
"""Folders of a person that hold what is learned from."""


def tune_person(manager: ModelManager, request: TuneRequest, observer: Observer) -> Profile:
    """Tune a person and store the adapter; an interrupted run leaves its checkpoint and the old adapters.

    What it replaces is kept until the new one is confirmed (``library/tuning_choice.py``).

    One that ``observer.finish`` ends is stored as a tuning of so many steps, with its best weights in use.

    Raises:
        UserError: the consent has ended, there are no photos, the run diverged, or it cannot be resumed or gone on
            with.
        CancelledError: stopped.
    """
    profile = manager.library.get(request.person)
    require(further_tuning_refusal(profile) if request.further else tuning_refusal(profile))
    family = manager.family(profile.family)
    pictures = read_references(manager.library, profile)
    before = tuning_of(profile) if request.further else None
    recipe = request.recipe if before is None else _like(before, request.recipe)
    model = manager.identity(family, tuning=True)
    if before is not None:
        manager.load_adapter(model, profile)
    else:
        count = profile.subject.feature_count if recipe.features is None else recipe.features
        seen = None if recipe.words_alone else manager.seen(model, profile)
        model.init_adapter(profile.subject, recipe.rank, count, request.seed, seen, words_alone=recipe.words_alone)
    folder = manager.library.folder(profile.id) / "checkpoints"
    tasks = Tasks(face=True, attributes=tuple(Attribute) if recipe.attribute_task else ())
    source = _source(manager, family, profile, further=request.further)
    config = TuningConfig(recipe, tasks, request.seed, folder, request.resume, source)
    references = encode_references(pictures, model.pipe.vae, family.side)
    measure = curve_measurement(manager, profile, model, observer)
    tuned = Trainer(model, references, config, observer, measure).run()
    tuning = Tuning(
        recipe=recipe.model_copy(update={"steps": tuned.steps}),
        seed=request.seed,
        step=tuned.steps,
        curve=tuned.curve,
        best_step=tuned.best_step,
        earlier_steps=min(before.earlier_steps + before.step, MOST_STEPS) if before is not None else 0,
        photos=tuple(reference.index for reference in profile.references),
        generation=generation_of(family.name),
    )
    profile = store_tuning(manager.library, profile.id, tuning, weight_files(model))
    if tuned.steps < recipe.steps and tuned.best_step not in (None, tuned.steps):
        profile = use_checkpoint(manager, CheckpointRequest(person=profile.id, which="best"))
    return profile


def store_tuning(library: Library, person: str, tuning: Tuning, files: Mapping[str, bytes]) -> Profile:
    """Put the weights of a tuning that has ended in use; BEST_SO_FAR among the checkpoints holds its best ones.

    Args:
        files: adapter and [feat] sets.

    Raises:
        UserError: the person was deleted meanwhile, or the disk refuses; the person is as before.
    """
    folder = library.folder(person) / "checkpoints"
    stale = {FEATURES} - files.keys()  # of an earlier tuning that had some

    def tuned_now(now: Profile) -> Profile:  # renamed, or given another consent, while it was tuned
        keep_weights(library.folder(now.id), now)
        return now.model_copy(update={"tuning": tuning, "taken": (), "blended": ()})

    profile = library.change(person, tuned_now, files, stale)
    settle(library, person)
    try:
        if tuning.best_step is None:
            (folder / BEST).unlink(missing_ok=True)
        else:
            (folder / BEST_SO_FAR).replace(folder / BEST)
        (folder / LAST).unlink(missing_ok=True)
        for name in (ADAPTER, FEATURES):  # of an earlier tuning
            (folder / f"end-{name}").unlink(missing_ok=True)
    except OSError as error:  # what was learned is stored
        log.warning("checkpoints could not be tidied: %s", error)
    return profile


def mix_people(manager: ModelManager, request: MixRequest, observer: Observer) -> Profile:
    """A copy of p that learns attributes v' from other people p', as a new person with its provenance.

    The new person's consent ends with the first one to end of all that it is made of.

    Raises:
        UserError: a consent has ended, p is not tuned, p' is p, has no photo that shows v', or was deleted meanwhile.
        CancelledError: stopped; nothing is stored.
    """
    library = manager.library
    profile = library.get(request.person)
    takes = shared_takes(request.takes)
    givers = [library.get(take.person) for take in takes]
    require(mix_base_refusal(profile))
    family = manager.family(profile.family)
    recipe = tuning_of(profile).recipe.model_copy(update={"measure_every": 0})
    for take, giver in zip(takes, givers, strict=True):
        require(mix_source_refusal(profile, giver, take.attribute))
    model = manager.identity(family, tuning=True)
    manager.load_adapter(model, profile)
    sources = groupby(zip(takes, givers, strict=True), lambda source: source[0].attribute)
    for number, (attribute, of_it) in enumerate(sources):
        strengths, photos = zip(*((take.strength, read_references(library, giver)) for take, giver in of_it))
        references = encode_references([*chain.from_iterable(photos)], model.pipe.vae, family.side)
        references = drawn_by_share(references, [len(each) for each in photos], strengths)
        steps = max(1, round(request.steps * sum(strengths)))
        tasks = Tasks(face=False, attributes=(attribute,))
        config = TuningConfig(recipe.model_copy(update={"steps": steps}), tasks, request.seed + number)
        Trainer(model, references, config, observer).run()
    taken = [
        Taken(
            attribute=take.attribute,
            person=giver.id,
            name=giver.name,
            steps=max(1, round(request.steps * take.strength)),
            strength=in_turn.strength,
        )
        for take, in_turn, giver in zip(takes, takes_in_turn(takes), givers, strict=True)
    ]
    for giver in givers:
        library.get(giver.id)  # nothing that was learned of somebody who was deleted meanwhile is stored
    files = {path: data for path, data in library.read_files(profile).items() if path.startswith(PHOTOS)}
    ends = [one.consent.until for one in (profile, *givers) if one.consent.until is not None]
    base = library.get(profile.id)  # of whom it is made somebody may have been deleted meanwhile
    copy = without_checkpoints(profile).model_copy(
        update={
            "id": library.new_id(),
            "name": request.name,
            "consent": profile.consent.model_copy(update={"until": min(ends, default=None)}),
            "taken": (*base.taken, *taken),
            "blended": base.blended,
            "files": {},
        }
    )
    return library.create(copy, files | weight_files(model))


def use_checkpoint(manager: ModelManager, request: CheckpointRequest) -> Profile:
    """Put the best measured weights of a person's tuning in use, or those of its end again.

    Raises:
        UserError: the tuning kept no such weights.
    """
    library = manager.library
    profile = library.get(request.person)
    tuning = tuning_of(profile)
    folder = library.folder(profile.id) / "checkpoints"
    if request.which == "best":
        step, adapter, features = read_best_weights(folder)
        files = _weight_files(adapter, features)
        if step != tuning.best_step:
            raise UserError(f"The best weights of {profile.name} are no longer stored; tune again to get them.")
    else:
        step, files = tuning.recipe.steps, {
            name: (folder / f"end-{name}").read_bytes() for name in (ADAPTER, FEATURES)
            if (folder / f"end-{name}").exists()
        }  # fmt: skip
        if not files:
            if tuning.step == step:
                return profile
            raise UserError(f"The last weights of {profile.name} are no longer stored; tune again to get them.")

    def put_in_use(now: Profile) -> Profile:
        if now.tuning != tuning:
            raise UserError(f"{now.name} was tuned again in the meantime; check the likeness and choose again.")
        if request.which == "best" and tuning.step == tuning.recipe.steps:
            for name in (one for one in (ADAPTER, FEATURES) if one in now.files):
                write_atomically(folder / f"end-{name}", (library.folder(now.id) / name).read_bytes())
        return now.model_copy(update={"tuning": tuning.model_copy(update={"step": step})})

    return library.change(profile.id, put_in_use, files)


def weight_files(model: IdentityModel) -> dict[str, bytes]:
    """The files of the person that ``model`` has on."""
    return _weight_files(*model.state())


def _weight_files(adapter: Mapping[str, Tensor], features: Mapping[str, Tensor]) -> dict[str, bytes]:
    files = {ADAPTER: as_bytes(adapter)}
    if len(features[FACE]):
        files[FEATURES] = as_bytes(features)
    return files


def _like(before: Tuning, recipe: Recipe) -> Recipe:
    """The recipe for an adapter that has the shape of the one before."""
    kept = {name: getattr(before.recipe, name) for name in ("rank", "features", "attribute_task")}
    return recipe.model_copy(update=kept)


def _source(manager: ModelManager, family: Family, profile: Profile, *, further: bool) -> str:
    """What a run learns from: base weights, photos and masks by their hashes; the adapter, if it starts from that."""
    starts = (*PHOTOS, ADAPTER, FEATURES) if further else PHOTOS
    files = sorted((path, sha) for path, sha in profile.files.items() if path.startswith(starts))
    weights = weights_fingerprint(manager.models, family, "identity")
    return hashlib.sha256(repr((weights, files)).encode()).hexdigest()
