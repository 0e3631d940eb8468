"""People of the library learn and mix: TuneRequest and MixRequest carried out."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from pathlib import Path

from torch import Tensor

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import FACE, Attribute
from facea_desktop.domain.files import write_atomically
from facea_desktop.domain.people import Profile, Taken, Tuning
from facea_desktop.domain.requests import CheckpointRequest, MixRequest, TuneRequest
from facea_desktop.engine.checkpoints import BEST, BEST_SO_FAR, LAST, read_checkpoint
from facea_desktop.engine.identity import IdentityModel, as_bytes
from facea_desktop.engine.likeness_curve import curve_measurement
from facea_desktop.engine.objective import Tasks
from facea_desktop.engine.references import encode_references
from facea_desktop.engine.studio import Studio, check_leave, tuning_of
from facea_desktop.engine.tune import Plan, tune
from facea_desktop.library.person_files import ADAPTER, FEATURES, without_checkpoints
from facea_desktop.models.catalogue import Family

log = logging.getLogger(__name__)

PHOTOS = ("references/", "masks/")
"""Folders of a person that hold what is learned from."""


def tune_person(studio: Studio, request: TuneRequest, observer: Observer) -> Profile:
    """Tune a person and store the adapter; an interrupted run leaves its checkpoint and the old adapters.

    One that ``observer.finish`` ends is stored as a tuning of so many steps, with its best weights in use.

    Raises:
        UserError: the leave has ended, there are no photos, the run diverged, or it cannot be resumed.
        CancelledError: stopped.
    """
    profile = studio.library.get(request.person)
    check_leave(profile)
    family = studio.family(profile.family)
    pictures = studio.references(profile)
    if not pictures:
        raise UserError(f"{profile.name} has no reference photos to tune on; enrol the person with photos.")
    recipe = request.recipe
    model = studio.identity(family, tuning=True)
    count = profile.subject.feature_count if recipe.features is None else recipe.features
    seen = None if recipe.words_alone else studio.seen(model, profile)
    model.put_on_new(profile.subject, recipe.rank, count, request.seed, seen, words_alone=recipe.words_alone)
    folder = studio.library.folder(profile.id) / "checkpoints"
    tasks = Tasks(face=True, attributes=tuple(Attribute) if recipe.attribute_task else ())
    plan = Plan(recipe, tasks, request.seed, folder, request.resume, _source(studio, family, profile))
    references = encode_references(pictures, model.pipe.vae, family.side)
    tuned = tune(model, references, plan, observer, curve_measurement(studio, profile, model, observer))
    tuning = Tuning(
        recipe=recipe.model_copy(update={"steps": tuned.steps}),
        seed=request.seed,
        step=tuned.steps,
        curve=tuned.curve,
        best_step=tuned.best_step,
    )
    files = weight_files(model)
    stale = {FEATURES} - files.keys()  # of an earlier tuning that had some

    def tuned_now(now: Profile) -> Profile:  # renamed, or given other leave, while it was tuned
        return now.model_copy(update={"tuning": tuning, "taken": ()})

    profile = studio.library.change(profile.id, tuned_now, files, stale)
    try:
        if tuned.best_step is None:
            (folder / BEST).unlink(missing_ok=True)
        else:
            (folder / BEST_SO_FAR).replace(folder / BEST)
        (folder / LAST).unlink(missing_ok=True)
        for name in (ADAPTER, FEATURES):  # of an earlier tuning
            (folder / f"end-{name}").unlink(missing_ok=True)
    except OSError as error:  # what was learned is stored
        log.warning("checkpoints could not be tidied: %s", error)
    if tuned.steps < recipe.steps and tuned.best_step not in (None, tuned.steps):
        profile = use_checkpoint(studio, CheckpointRequest(person=profile.id, which="best"))
    return profile


def mix_people(studio: Studio, request: MixRequest, observer: Observer) -> Profile:
    """A copy of p that learns attributes v' from other people p', as a new person with its provenance.

    The new person's leave ends with the first one to end of all that it is made of.

    Raises:
        UserError: a leave has ended, p is not tuned, p' is p, has no photo that shows v', or was deleted meanwhile.
        CancelledError: stopped; nothing is stored.
    """
    library = studio.library
    profile = library.get(request.person)
    givers = [library.get(take.person) for take in request.takes]
    check_leave(profile, *givers)
    family = studio.family(profile.family)
    recipe = tuning_of(profile).recipe.model_copy(update={"measure_every": 0})
    asked = [take.attribute for take in request.takes]
    if len(set(asked)) < len(asked):
        raise UserError("An attribute can be taken from one person only; name each once.")
    for take, giver in zip(request.takes, givers, strict=True):
        if giver.id == profile.id:
            raise UserError(
                f"{profile.name} cannot take anything from {profile.name}; name another person to take it from."
            )
        if not any(take.attribute in reference.parts for reference in giver.references):
            raise UserError(f"{giver.name} has no photo that shows the {take.attribute.replace('_', ' ')}.")
    model = studio.identity(family, tuning=True)
    studio.put_on(model, profile)
    taken = []
    for number, (take, giver) in enumerate(zip(request.takes, givers, strict=True)):
        steps = max(1, round(request.steps * take.strength))
        references = encode_references(studio.references(giver), model.pipe.vae, family.side)
        tasks = Tasks(face=False, attributes=(take.attribute,))
        plan = Plan(recipe.model_copy(update={"steps": steps}), tasks, request.seed + number)
        tune(model, references, plan, observer)
        taken.append(Taken(attribute=take.attribute, person=giver.id, name=giver.name, steps=steps))
    for giver in givers:
        library.get(giver.id)  # nothing that was learned of somebody who was deleted meanwhile is stored
    files = {path: data for path, data in library.read_files(profile).items() if path.startswith(PHOTOS)}
    ends = [one.consent.until for one in (profile, *givers) if one.consent.until is not None]
    copy = without_checkpoints(profile).model_copy(
        update={
            "id": library.new_id(),
            "name": request.name,
            "consent": profile.consent.model_copy(update={"until": min(ends, default=None)}),
            "taken": (*library.get(profile.id).taken, *taken),  # somebody of them may have been deleted meanwhile
            "files": {},
        }
    )
    return library.create(copy, files | weight_files(model))


def use_checkpoint(studio: Studio, request: CheckpointRequest) -> Profile:
    """Put the best measured weights of a person's tuning in use, or those of its end again.

    Raises:
        UserError: the tuning kept no such weights.
    """
    library = studio.library
    profile = library.get(request.person)
    tuning = tuning_of(profile)
    folder = library.folder(profile.id) / "checkpoints"
    if request.which == "best":
        step, files = _best_files(folder)
        if step != tuning.best_step:
            raise UserError(f"The best weights of {profile.name} are not kept any more; tune again to get them.")
    else:
        step, files = tuning.recipe.steps, {
            name: (folder / f"end-{name}").read_bytes() for name in (ADAPTER, FEATURES)
            if (folder / f"end-{name}").exists()
        }  # fmt: skip
        if not files:
            if tuning.step == step:
                return profile
            raise UserError(f"The last weights of {profile.name} are not kept any more; tune again to get them.")

    def put_in_use(now: Profile) -> Profile:
        if now.tuning != tuning:
            raise UserError(f"{now.name} was tuned anew meanwhile; look at the likeness again and choose.")
        if request.which == "best" and tuning.step == tuning.recipe.steps:
            for name in (one for one in (ADAPTER, FEATURES) if one in now.files):
                write_atomically(folder / f"end-{name}", (library.folder(now.id) / name).read_bytes())
        return now.model_copy(update={"tuning": tuning.model_copy(update={"step": step})})

    return library.change(profile.id, put_in_use, files)


def _best_files(folder: Path) -> tuple[int, dict[str, bytes]]:
    saved = read_checkpoint(folder / BEST)
    adapter = {name: value for name, value in saved.tensors.items() if not name.startswith("features.")}
    features = {n.removeprefix("features."): value for n, value in saved.tensors.items() if n not in adapter}
    return saved.step, _weight_files(adapter, features)


def weight_files(model: IdentityModel) -> dict[str, bytes]:
    """The files of the person that ``model`` has on."""
    return _weight_files(*model.state())


def _weight_files(adapter: Mapping[str, Tensor], features: Mapping[str, Tensor]) -> dict[str, bytes]:
    files = {ADAPTER: as_bytes(adapter)}
    if len(features[FACE]):
        files[FEATURES] = as_bytes(features)
    return files


def _source(studio: Studio, family: Family, profile: Profile) -> str:
    """What a run learns from: the base weights, and the photos and masks by their hashes."""
    files = sorted((path, sha) for path, sha in profile.files.items() if path.startswith(PHOTOS))
    weights = studio.models.fingerprint(family, "identity")
    return hashlib.sha256(repr((weights, files)).encode()).hexdigest()
