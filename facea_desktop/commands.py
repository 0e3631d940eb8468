"""The commands, apart from parsing: each builds a request from the arguments, runs it and returns what to print.

Each takes the parsed arguments, the data folder and the observer of its progress. Imports are deferred until a command
runs, as torch takes seconds to load.

Raises:
    UserError: an error the user can fix.
    ValidationError: an argument is out of its range.
    CancelledError: stopped.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import psutil

from facea_desktop.command_tools import Answer, open_executor, open_library, unknown_words
from facea_desktop.domain.atomic_files import disk_trouble, shared_folder
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Warned
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.mix_requests import BlendRequest, MixRequest
from facea_desktop.domain.outcomes import AppearanceRead, ComparisonMade, LikenessFound, ModelFetched, PersonMade
from facea_desktop.domain.people import APPEARANCE_VALUES, Appearance, Consent, Profile, taken_parts
from facea_desktop.domain.photo_requests import AddPhotosRequest, AppearanceRequest, EnrolRequest, PhotoCrop
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.requests import (
    AccelerateRequest,
    ComparisonRequest,
    FetchRequest,
    ImportRequest,
    LikenessRequest,
    PromptSplit,
    Request,
    TuneRequest,
)
from facea_desktop.domain.scene_reading import read_scene, scene_words
from facea_desktop.domain.styles import styles
from facea_desktop.executor import Executor
from facea_desktop.models.memory_fit import MemoryFit, can_quantise, memory_fit, needed_mb
from facea_desktop.models.model_choices import RULES
from facea_desktop.models.model_status import model_status
from facea_desktop.models.model_store import ModelStore

PROCESSOR = "processor"
NOT_SAID = "not-said"
"""Clears a group of the appearance."""


def app(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Open the window, with the files that are named."""
    from facea_desktop.ui.system_libraries import require_window_libraries

    require_window_libraries()
    from facea_desktop.ui.app import run_app

    run_app(root, args.files)
    return {}


def demo(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Portraits of the sample person."""
    from facea_desktop.demo import run_demo

    with disk_trouble(f"save into {args.out}"):
        shared_folder(args.out)
    return run_demo(open_executor(root), args.out, observer)


def enrol_person(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A person from photos."""
    consent = Consent.model_validate({"kind": args.consent, "until": args.until})
    request = EnrolRequest(
        name=args.name,
        subject=Subject(args.subject),
        photos=tuple(args.photos),
        consent=consent,
        crops=_meant_faces(args.faces, args.photos),
    )
    executor = open_executor(root)
    profile = _made(executor, request, observer)
    folder = executor.manager.library.folder(profile.id) / "references"
    references = [str(folder / f"{reference.index}.png") for reference in profile.references]
    return {
        "id": profile.id,
        "name": profile.name,
        "references": references,
        "appearance": profile.appearance.known,
        "warnings": list(profile.warnings),
    }


def add_photos(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """More photos of a person."""
    crops = _meant_faces(args.faces, args.photos)
    request = AddPhotosRequest(person=args.person, photos=tuple(args.photos), crops=crops)
    return _person(_made(open_executor(root), request, observer))


def _meant_faces(faces: Sequence[tuple[str, int]], photos: Sequence[Path]) -> tuple[PhotoCrop, ...]:
    """Which face is meant in which photo.

    Args:
        faces: a photo as it was given, or its name alone, and the number of the face; no name with a single photo.

    Raises:
        UserError: it is not one of the photos, or not only one.
    """
    crops = {}
    for name, face in faces:
        meant = [i for i, photo in enumerate(photos) if not name or name in (str(photo), photo.name)]
        if len(meant) != 1:
            names = ", ".join(str(photo) for photo in photos)
            raise UserError(f"--face {f'{name}=' if name else ''}{face}: say for which photo, as PHOTO=N, of {names}.")
        crops[meant[0]] = PhotoCrop(photo=meant[0], face=face)
    return tuple(crops.values())


def tune(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Tune a person, or choose between the last tuning and the one before."""
    from facea_desktop.library import tuning_choice

    if args.choice is not None:
        library = open_library(root)
        person = library.get(args.person).id
        choose = tuning_choice.go_back if args.choice == "back" else tuning_choice.confirm_tuning
        choose(library, person)
        return _person(library.get(person))
    executor = open_executor(root)
    profile = executor.manager.library.get(args.person)
    recipe = executor.manager.family(profile.family).recipe(args.preset, args.steps)
    request = TuneRequest(person=profile.id, recipe=recipe, seed=args.seed, resume=args.resume, further=args.further)
    return _person(_made(executor, request, observer))


def mix(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A copy of a person with attributes of others."""
    request = MixRequest(person=args.person, takes=tuple(args.take), name=args.name, steps=args.steps, seed=args.seed)
    return _person(_made(open_executor(root), request, observer))


def blend(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A person between two others."""
    request = BlendRequest(person=args.person, other=args.other, part=args.part / 100, name=args.name, seed=args.seed)
    return _person(_made(open_executor(root), request, observer))


def appearance(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Show a person's appearance, or store corrections."""
    library = open_library(root)
    profile = library.get(args.person)
    read: dict[str, str] | None = None
    if args.read:
        outcome = open_executor(root, writes=False).execute(AppearanceRequest(person=profile.id), observer)
        assert isinstance(outcome, AppearanceRead)
        read = outcome.appearance.known
    given = {group: value for group in APPEARANCE_VALUES if (value := getattr(args, group)) is not None}

    def corrected(now: Profile) -> Profile:
        known = (now.appearance.known if read is None else read) | given
        said = {group: value for group, value in known.items() if value != NOT_SAID}
        return now.model_copy(update={"appearance": Appearance.model_validate(said)})

    if args.read or given:
        profile = library.change(profile.id, corrected)
    return {"id": profile.id, "name": profile.name, "appearance": profile.appearance.known}


def split(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """The parts of a prompt, by what was chosen to split it."""
    subject = Subject(args.subject) if args.subject else None
    store = ModelStore(root)
    made: PromptSplit | None = None
    if store.splitter != RULES:
        from facea_desktop.engine.language_splitter import chosen_split

        made = chosen_split(open_executor(root, writes=False).manager, args.prompt, subject, "", observer)
    parts = split_prompt(args.prompt, subject) if made is None else made
    words = unknown_words(store.active_family(), read_scene(args.prompt), observer)
    answer = {"context": parts.context, "face": parts.face, "style": parts.style}
    return answer | ({"by": made.model} if made is not None else {}) | (words if args.json else {})


def splitter(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """What splits prompts; another is chosen first where one is named."""
    store = ModelStore(root)
    return {"splitter": store.splitter if args.which is None else store.use_splitter(args.which)}


def words(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """The words understood by families that do not take free text."""
    from facea_desktop.models.catalogue import load_catalogue

    if args.group is not None:
        values = scene_words().group(args.group).values
        return {
            "group": args.group,
            "values": [
                {
                    "value": value.name,
                    "say": value.say,
                    "also": [phrase for phrase in value.phrases if phrase != value.say],
                    "roughly": list(value.roughly),
                }
                for value in values
            ],
        }
    families = [family.name for family in load_catalogue().families.values() if family.scene_words]
    groups = {group.name: [value.say for value in group.values] for group in scene_words().groups}
    from facea_desktop.library.wildcard_files import FOLDER, WildcardFiles

    own = {"wildcards": [f"__{name}__" for name in WildcardFiles(root / FOLDER).names()]}
    return {"families": families, **groups, "style": [style.words for style in styles()], **own}


def likeness(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """How much a picture looks like a person."""
    request = LikenessRequest(picture=args.picture, person=args.person)
    found = open_executor(root, writes=False).execute(request, observer)
    assert isinstance(found, LikenessFound)
    numbers = {"score": found.score, "own_photos": found.own_photos, "strangers": found.strangers}
    return {name: value and round(value, 4) for name, value in numbers.items()}


def list_people(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Everyone in the library."""
    return {"people": [_person(profile) for profile in open_library(root).people()]}


def export(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A person as one file."""
    from facea_desktop.library.facea_file import export_person

    library = open_library(root)
    profile = library.get(args.person)
    export_person(library, profile.id, args.file)
    return {"id": profile.id, "file": str(args.file)}


def import_(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A person out of a file."""
    consent = Consent.model_validate({"kind": args.consent, "until": args.until})
    subject = args.subject and Subject(args.subject)
    request = ImportRequest(file=args.file, name=args.name, subject=subject, consent=consent)
    profile = _made(open_executor(root), request, observer)
    if consent.kind == "not stated":
        why = "consent in the file was given to someone else; state it with --consent, or on the person's page"
        observer.emit(Warned(f"no consent is stated for {profile.name}: {why}"))
    return _person(profile)


def evaluate_methods(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Compare methods on a folder of people."""
    fields = {name: value for name, value in vars(args).items() if name in ComparisonRequest.model_fields}
    request = ComparisonRequest.model_validate(fields | {"programs": dict(args.program)})
    done = open_executor(root, writes=False).execute(request, observer)
    assert isinstance(done, ComparisonMade)
    files = {name: str(getattr(done, name)) for name in ("results", "summary", "report")}
    return files | {"rows": done.rows, "pictures": done.pictures, "notes": list(done.notes)}


def models_list(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """The models, which are installed, and which this machine can run."""
    store = ModelStore(root)
    device, memory_mb, full = _memory_here()
    models = []
    for one in model_status(store):
        need = store.catalogue.model(one.name).needs_mb
        fits = memory_fit(need, memory_mb, full=full, quantises=can_quantise())
        if device == PROCESSOR and fits is not MemoryFit.WHOLE:  # nowhere else to move to
            fits = MemoryFit.NONE
        status = asdict(one) | {"replaced_by": one.replaced_by and str(one.replaced_by)}
        models.append(status | {"needs_mb": needed_mb(need, full=full), "fits": str(fits)})
    return {
        "family": store.active_family().name,
        "upscaler": store.chosen_upscaler,
        "device": device,
        "memory_mb": memory_mb,
        "models": models,
    }


def _memory_here() -> tuple[str, int, bool]:
    """The graphics card, or else the processor, its memory in MiB, and whether models run in full precision."""
    from facea_desktop.acceleration.graphics_cards import find_cards

    cards = [] if os.environ.get("FACEA_DEVICE") == "cpu" else find_cards()
    in_full = os.environ.get("FACEA_PRECISION") == "fp32"
    for card in cards:
        if card.memory_mb is not None:
            return card.title, card.memory_mb, in_full
    memory_mb = psutil.virtual_memory().total >> 20
    shares = next((card.title for card in cards if card.vendor == "apple"), None)
    return (shares, memory_mb, in_full) if shares is not None else (PROCESSOR, memory_mb, True)


def models_fetch(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Download a model."""
    fetched = Executor(root).execute(FetchRequest(model=args.name), observer)
    assert isinstance(fetched, ModelFetched)
    return {"model": args.name, "path": str(fetched.path)}


def models_use(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Choose a family or an upscaler, or your own weights."""
    from facea_desktop.models.weights_recognition import is_upscaler

    store = ModelStore(root)
    if args.name not in store.catalogue.models and is_upscaler(Path(args.name).expanduser()):
        open_executor(root).manager.upscaler(args.name)  # says what is wrong with it
    used = store.use(args.name)
    return {"family": used.family.name, "role": used.role, "active": used.active, "missing": list(used.missing)}


def accelerate(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Say how the graphics card stands, bring it into use, or go back to the program's own PyTorch."""
    from facea_desktop.acceleration.environments import Environments
    from facea_desktop.acceleration.situation import describe, read_situation

    environments = Environments(root)
    if args.what == "back":
        with disk_trouble("go back to the program's own PyTorch"):
            environments.go_back()
        environments.sweep()
    situation = read_situation(root)
    if args.what == "install":
        build = situation.to_install
        if build is not None:
            observer.emit(Warned(describe(situation)))  # what is downloaded, before it is
            Executor(root).execute(AccelerateRequest(build=build.name), observer)
            environments.sweep()
            situation = read_situation(root)
        elif situation.in_use is None and not situation.own_suffices:
            raise UserError(describe(situation))
    build, used = situation.to_install, situation.in_use
    return {
        "cards": [asdict(card) for card in situation.cards],
        "own_torch": f"{situation.own_version} ({situation.own_build})",
        "in_use": used and {"build": used.build, "torch": used.torch, "device": used.device},
        "to_install": build and build.name,
        "download_mb": build and build.download_mb,
        "advice": describe(situation),
    }


def _made(executor: Executor, request: Request, observer: Observer) -> Profile:
    """Run a request that makes or changes a person, and return the person."""
    outcome = executor.execute(request, observer)
    assert isinstance(outcome, PersonMade)
    return executor.manager.library.get(outcome.person)


def _person(profile: Profile) -> Answer:
    tuning = profile.tuning
    return {
        "id": profile.id,
        "name": profile.name,
        "subject": str(profile.subject),
        "family": profile.family,
        "state": profile.state,
        "references": len(profile.references),
        "appearance": profile.appearance.known,
        "steps": tuning and tuning.earlier_steps + tuning.step,
        "likeness_curve": [point.model_dump() for point in tuning.curve] if tuning else [],
        "blended": [one.model_dump(mode="json") for one in profile.blended],
        "taken": [
            {**taken.model_dump(mode="json"), "part": round(part, 4)} for taken, part in taken_parts(profile.taken)
        ],
        "warnings": list(profile.warnings),
    }
