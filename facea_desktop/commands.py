"""The commands, without their words: a request out of the arguments, a call, the answer as what is printed.

Each takes the parsed arguments, the data folder and who is told of progress; what it needs is imported when it runs,
as torch takes seconds.

Raises:
    UserError: what the user can mend.
    ValidationError: an argument is out of its range.
    CancelledError: stopped.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Warned
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.files import disk_trouble, shared_folder
from facea_desktop.domain.people import APPEARANCE_VALUES, Appearance, Consent, Profile
from facea_desktop.domain.prompts import split_prompt
from facea_desktop.domain.requests import (
    EnrolRequest,
    EvaluateRequest,
    ImportRequest,
    LikenessRequest,
    MixRequest,
    PortraitRequest,
    TuneRequest,
)
from facea_desktop.domain.scene_words import SceneReading, read_prompts, read_scene, scene_words
from facea_desktop.domain.styles import styles

if TYPE_CHECKING:
    from facea_desktop.engine.studio import Studio
    from facea_desktop.library.store import Library
    from facea_desktop.models.catalogue import Family

Answer = dict[str, Any]
NOT_SAID = "not-said"
"""Takes back what is said of a group of the appearance."""


def _studio(root: Path, *, writes: bool = True) -> Studio:
    """What does the work; a data folder that it could not write into is said now, and not after an hour."""
    from facea_desktop.engine.studio import Studio

    library = _library(root)
    if writes:
        library.check_writable()
    return Studio(root)


def _library(root: Path) -> Library:
    """The people of the data folder, after what a process that died left half-done was finished."""
    from facea_desktop.library.store import Library
    from facea_desktop.workers.deletion import finish_deletions

    library = Library(root)
    with contextlib.suppress(UserError):  # in a folder that may not be written what only reads works all the same
        library.sweep()
        finish_deletions(root)
    return library


def app(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Open the window."""
    seen = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} & os.environ.keys()
    if sys.platform.startswith("linux") and not seen:
        raise UserError("There is no display to open the window on; see facea-desktop --help for the commands.")
    try:
        from facea_desktop.ui.app import run_app
    except ImportError as error:
        missing = str(error).partition(":")[0]
        raise UserError(
            f"The window cannot be opened, Qt misses {missing}. On Debian and Ubuntu install "
            "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 and libxcb-cursor0."
        ) from error
    run_app(root)
    return {}


def demo(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Portraits of the sample person."""
    from facea_desktop.engine.demo import run_demo

    with disk_trouble(f"save into {args.out}"):
        shared_folder(args.out)
    return run_demo(_studio(root), args.out, observer)


def enrol_person(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A person from photos."""
    from facea_desktop.engine.enrol import enrol

    consent = Consent.model_validate({"kind": args.consent, "until": args.until})
    request = EnrolRequest(name=args.name, subject=Subject(args.subject), photos=tuple(args.photos), consent=consent)
    studio = _studio(root)
    profile = enrol(studio, request, observer)
    folder = studio.library.folder(profile.id) / "references"
    references = [str(folder / f"{reference.index}.png") for reference in profile.references]
    return {
        "id": profile.id,
        "name": profile.name,
        "references": references,
        "appearance": profile.appearance.known,
        "warnings": list(profile.warnings),
    }


def tune(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Learn a person."""
    from facea_desktop.engine.learn import tune_person

    studio = _studio(root)
    profile = studio.library.get(args.person)
    recipe = studio.family(profile.family).recipe(args.preset, args.steps)
    request = TuneRequest(person=profile.id, recipe=recipe, seed=args.seed, resume=args.resume)
    return _person(tune_person(studio, request, observer))


def generate(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Paint portraits."""
    from facea_desktop.engine.portrait import make_portraits

    fields = {name: value for name, value in vars(args).items() if name in PortraitRequest.model_fields}
    request = PortraitRequest.model_validate(fields)
    studio = _studio(root, writes=args.out is None)
    reading = read_prompts(request.prompt, request.context_prompt, request.face_prompt, scene=request.picture is None)
    words = _unknown_words(studio.family(studio.library.get(request.person).family), reading, observer)
    if args.out is not None:
        with disk_trouble(f"save into {args.out}"):
            shared_folder(args.out)
    saved = make_portraits(studio, request, observer, args.out or root / "portraits", stages=args.stages)
    images = [
        {
            "path": str(one.path),
            "seed": one.seed,
            "likeness": one.likeness and round(one.likeness, 4),
            "context": one.context and str(one.context),
            "mask": one.mask and str(one.mask),
        }
        for one in saved
    ]
    return {"images": images} | (words if args.json else {})


def mix(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A copy of a person with attributes of others."""
    from facea_desktop.engine.learn import mix_people

    request = MixRequest(person=args.person, takes=tuple(args.take), name=args.name, steps=args.steps, seed=args.seed)
    return _person(mix_people(_studio(root), request, observer))


def appearance(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """How a person looks; what is given is stored."""
    library = _library(root)
    profile = library.get(args.person)
    read: dict[str, str] | None = None
    if args.read:
        from facea_desktop.engine.appearance import read_appearance

        read = read_appearance(_studio(root, writes=False), profile).known
    given = {group: value for group in APPEARANCE_VALUES if (value := getattr(args, group)) is not None}

    def corrected(now: Profile) -> Profile:
        known = (now.appearance.known if read is None else read) | given
        said = {group: value for group, value in known.items() if value != NOT_SAID}
        return now.model_copy(update={"appearance": Appearance.model_validate(said)})

    if args.read or given:
        profile = library.change(profile.id, corrected)
    return {"id": profile.id, "name": profile.name, "appearance": profile.appearance.known}


def split(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """The parts of a prompt."""
    from facea_desktop.models.store import ModelStore

    parts = split_prompt(args.prompt, Subject(args.subject) if args.subject else None)
    words = _unknown_words(ModelStore(root).active_family(), read_scene(args.prompt), observer)
    return {"context": parts.context, "face": parts.face, "style": parts.style} | (words if args.json else {})


def _unknown_words(family: Family, reading: SceneReading, observer: Observer) -> Answer:
    """Warn of what the family's models do not know; the same as an answer, empty for those that know any words."""
    if not family.scene_words:
        return {}
    unknown, roughly = list(dict.fromkeys(reading.unknown)), dict(reading.roughly)
    told = [f"do not know {', '.join(unknown)}"] if unknown else []
    told += [f"take {', '.join(f'{phrase} as {meaning}' for phrase, meaning in roughly.items())}"] if roughly else []
    if told:
        observer.tell(
            Warned(f"the {family.name} models {' and '.join(told)}; facea-desktop words lists what they know")
        )
    return {"unknown_words": unknown, "taken_roughly": roughly}


def words(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """What the families that know only certain words understand."""
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
    return {"families": families, **groups, "style": [style.words for style in styles()]}


def likeness(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """How like a person a picture is."""
    from facea_desktop.engine.run import measure_likeness

    found = measure_likeness(_studio(root, writes=False), LikenessRequest(picture=args.picture, person=args.person))
    return {name: value and round(value, 4) for name, value in asdict(found).items()}


def list_people(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Everyone in the library."""
    return {"people": [_person(profile) for profile in _library(root).people()]}


def export(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A person as one file."""
    from facea_desktop.library.package import export_person

    library = _library(root)
    profile = library.get(args.person)
    export_person(library, profile.id, args.file)
    return {"id": profile.id, "file": str(args.file)}


def import_(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A person out of a file."""
    from facea_desktop.engine.run import bring_in

    consent = Consent.model_validate({"kind": args.consent, "until": args.until})
    subject = args.subject and Subject(args.subject)
    request = ImportRequest(file=args.file, name=args.name, subject=subject, consent=consent)
    profile = bring_in(_studio(root), request)
    if consent.kind == "not stated":
        why = "what the file says of that was said to somebody else; say it with --consent, or on the person's page"
        observer.tell(Warned(f"nobody has said yet why {profile.name}'s face may be portrayed: {why}"))
    return _person(profile)


def delete(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Delete a person and all traces."""
    from facea_desktop.library.person_files import PERSON_ID
    from facea_desktop.workers.deletion import delete_person

    library = _library(root)
    by_id = PERSON_ID.fullmatch(args.person) and library.folder(args.person).exists()  # maybe a damaged one
    person = args.person if by_id else library.get(args.person).id
    delete_person(root, person, portraits=args.portraits)
    return {"deleted": person}


def evaluate_methods(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Measure methods on a folder of people."""
    from facea_desktop.evaluation.run import evaluate

    fields = {name: value for name, value in vars(args).items() if name in EvaluateRequest.model_fields}
    request = EvaluateRequest.model_validate(fields | {"programs": dict(args.program)})
    done = evaluate(_studio(root, writes=False), request, observer)
    files = {name: str(getattr(done, name)) for name in ("results", "summary", "report")}
    return files | {"rows": done.rows, "pictures": done.pictures, "notes": list(done.notes)}


def models_list(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """The models and which are installed."""
    from facea_desktop.models.store import ModelStore

    store = ModelStore(root)
    models = [asdict(one) | {"replaced_by": one.replaced_by and str(one.replaced_by)} for one in store.status()]
    return {"family": store.active_family().name, "models": models}


def models_fetch(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Download a model."""
    from facea_desktop.models.catalogue import load_catalogue
    from facea_desktop.models.fetch import fetch
    from facea_desktop.models.store import ModelStore

    path = fetch(load_catalogue().model(args.name), ModelStore(root), observer)
    return {"model": args.name, "path": str(path)}


def models_use(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Choose a family, or weights."""
    from facea_desktop.models.store import ModelStore

    used = ModelStore(root).use(args.name)
    return {"family": used.family.name, "role": used.role, "active": used.active, "missing": list(used.missing)}


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
        "steps": tuning and tuning.step,
        "likeness_curve": [point.model_dump() for point in tuning.curve] if tuning else [],
        "taken": [taken.model_dump(mode="json") for taken in profile.taken],
        "warnings": list(profile.warnings),
    }
