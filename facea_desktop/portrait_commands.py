"""The commands that make portraits; as those of ``commands.py``, each returns what to print."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from facea_desktop.command_tools import Answer, open_executor, unknown_words
from facea_desktop.domain.atomic_files import disk_trouble, shared_folder
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Painted, Warned, recording
from facea_desktop.domain.outcomes import Enlarged
from facea_desktop.domain.permissions import portrait_refusal
from facea_desktop.domain.requests import EnlargeRequest, GridSheet, PortraitRequest
from facea_desktop.domain.scene_reading import read_prompts
from facea_desktop.library.portrait_png import read_size
from facea_desktop.models.model_store import ModelStore
from facea_desktop.style_commands import style_fields

if TYPE_CHECKING:
    from facea_desktop.batch.batch_plan import Plan
    from facea_desktop.cluster.target_names import Target
    from facea_desktop.cluster.targets import BatchExecutor
    from facea_desktop.executor import Executor
    from facea_desktop.models.catalogue import Family


def generate(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Make portraits."""
    fields = _portrait_fields(args, root)
    if args.same_scene and args.picture is None:
        fields["scene_seed"] = args.seed
    request = PortraitRequest.model_validate(fields)
    executor = open_executor(root, writes=args.out is None)
    family = _family_for(root, request)
    reading = read_prompts(request.prompt, request.context_prompt, request.face_prompt, scene=request.picture is None)
    words = unknown_words(family, reading, observer)
    if args.out is not None:
        with disk_trouble(f"save into {args.out}"):
            shared_folder(args.out)
    observer, painted = recording(observer, Painted)
    executor.execute(request, observer, portraits=args.out, stages=args.stages)
    images = [
        {
            "path": str(one.path),
            "seed": one.seed,
            "size": "{}x{}".format(*(read_size(one.path) or ("?", "?"))),
            "likeness": one.likeness and round(one.likeness, 4),
            "context": one.context and str(one.context),
            "mask": one.mask and str(one.mask),
        }
        | ({} if request.scene_seed is None else {"scene_seed": request.scene_seed})
        | ({"at_first_sight": _seen(one.first_sight, executor, json=args.json)} if one.first_sight else {})
        for one in painted
    ]
    return {"images": images} | (words if args.json else {})


def _seen(people: Sequence[str], executor: Executor, *, json: bool) -> list[str] | str:
    """Who was painted without tuning: the ids, or a line for people that says what tuning would add."""
    if json:
        return list(people)
    names = " and ".join(executor.manager.library.get(person).name for person in people)
    return f"{names}, from the photos alone; tuning makes it more alike"


def _family_for(root: Path, request: PortraitRequest) -> Family:
    """The family that a portrait is painted by; nothing that takes long is loaded.

    Raises:
        UserError: the person cannot be painted, or the family cannot do what is asked for.
    """
    from facea_desktop.engine.refusal_errors import require
    from facea_desktop.library.id_library import Library

    models, person = ModelStore(root), Library(root).get(request.person)
    first_sight = request.checkpoint is None and models.at_first_sight(person)
    require(portrait_refusal(person, identity=request.identity, at_first_sight=first_sight))
    family = models.family(person.family)
    models.check_scene(family, request)
    return family


def _portrait_fields(args: argparse.Namespace, root: Path) -> dict[str, Any]:
    """Fields of a PortraitRequest, as ``cli`` reads its options.

    Raises:
        UserError: there is no such style, it has no strength, or the portrait's own person would get several faces.
    """
    fields = {name: value for name, value in vars(args).items() if name in PortraitRequest.model_fields}
    if args.style is not None:
        fields |= style_fields(root, args.prompt, args.style, args.style_strength)
    elif args.style_strength is not None:
        raise UserError("--style-strength needs a --style with a LoRA.")
    return fields | _face_fields(args.faces)


def _face_fields(faces: Sequence[tuple[int, str, str]]) -> dict[str, Any]:
    """Whose the faces of a picture become, as fields of a request.

    Args:
        faces: number, person and words of each; no person for that of the portrait.

    Raises:
        UserError: the portrait's own person would get several faces.
    """
    own = [(face, words) for face, person, words in faces if not person]
    if len(own) > 1:
        raise UserError("--face without =ID says which face the person gets; give it once, and the others with =ID.")
    others = tuple({"face": face, "person": person, "words": words} for face, person, words in faces if person)
    return {"others": others} | ({"face": own[0][0], "face_words": own[0][1]} if own else {})


def enlarge(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A larger copy of a picture; its sharpness is a multiple of what plain enlarging gives."""
    out = args.out or args.picture.parent
    if args.out is not None:
        with disk_trouble(f"save into {out}"):
            shared_folder(out)
    request = EnlargeRequest(picture=args.picture, times=args.times, model=args.model, out=out)
    made = open_executor(root, writes=False).execute(request, observer)
    assert isinstance(made, Enlarged)
    numbers = {
        "sharpness_to_lanczos": made.detail,
        "face_sharpness_to_lanczos": made.face_detail,
        "likeness_before": made.likeness_before,
        "likeness_after": made.likeness_after,
    }
    facts = {"path": str(made.path), "size": f"{made.width}x{made.height}", "times": made.times, "by": made.by}
    return facts | {name: value and round(value, 3) for name, value in numbers.items()}


class NotAllDoneError(UserError):
    """Something failed, and the rest was done.

    Attributes:
        answer: to be printed all the same.
    """

    def __init__(self, message: str, answer: Answer) -> None:
        super().__init__(message)
        self.answer = answer


def batch(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Carry out a file of people and portraits, or put a person into the pictures of a folder."""
    from facea_desktop.batch.batch_file import read_batch_file
    from facea_desktop.batch.batch_plan import plan_batch
    from facea_desktop.batch.run_batch import dry_run, for_people, run_plan
    from facea_desktop.cluster.target_names import check_travel, read_target

    if (args.file is None) == (args.folder is None) or (args.folder is None) != (args.person is None):
        raise UserError("Name a file, or a folder of pictures with --folder and the person with --person.")
    target = read_target(args.on, args.workers)
    executor = open_executor(root, writes=not args.dry_run)
    if args.folder is None:
        plan = plan_batch(read_batch_file(args.file), args.file, root)
    else:
        from facea_desktop.batch.folder_plan import plan_folder

        request = PortraitRequest(person=args.person, prompt=args.prompt, steps=args.steps, seed=args.seed)
        plan = plan_folder(executor, args.folder, request, args.in_place_of, observer)
    check_travel(target, ModelStore(root), plan.families)
    if args.dry_run:
        made = dry_run(executor, plan, root, args.out, on_workers=target.has_workers)
    else:
        if args.out is not None:
            with disk_trouble(f"save into {args.out}"):
                shared_folder(args.out)
        with _place_for(plan, target, executor, root, observer) as place:
            made = run_plan(place, plan, observer, args.out, args.report, stages=args.stages)
    answer = made.answer if args.json else for_people(made.answer)
    if made.trouble:
        raise NotAllDoneError(made.trouble, answer)
    return answer


@contextmanager
def _place_for(
    plan: Plan, target: Target, executor: Executor, root: Path, observer: Observer
) -> Iterator[BatchExecutor]:
    """Where a plan is carried out; while nothing of it can be done, nothing is started there."""
    if not plan.entries:
        yield executor
        return
    for problem in plan.problems:  # not only after hours
        observer.emit(Warned(f"{problem.place}{problem.message}"))
    from facea_desktop.cluster.targets import batch_executor

    with batch_executor(target, executor, root) as place:
        yield place


def grid(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Portraits with two settings against each other, and a contact sheet of them."""
    from facea_desktop.batch.batch_file import Entry
    from facea_desktop.batch.batch_plan import Plan
    from facea_desktop.batch.run_batch import run_plan
    from facea_desktop.domain.grids import grid_requests, read_axis
    from facea_desktop.library.contact_sheet import check_sheet_name, save_sheet

    request = PortraitRequest.model_validate(_portrait_fields(args, root))
    x, y = read_axis(args.x), read_axis(args.y)
    check_sheet_name(args.sheet)
    requests = grid_requests(request, x, y)
    if args.out is not None:
        with disk_trouble(f"save into {args.out}"):
            shared_folder(args.out)
    executor = open_executor(root, writes=args.out is None)
    for one in requests:
        _family_for(root, one)
    plan = Plan(tuple(Entry(0, one) for one in requests), ())
    made = run_plan(executor, plan, observer, args.out, None, stages=args.out is None)
    pictures = [Path(entry["pictures"][0]) if entry["pictures"] else None for entry in made.answer["entries"]]
    names = {person.id: person.name for person in executor.manager.library.people()}
    save_sheet(args.sheet, GridSheet(request=request.without_folders(), x=x, y=y), pictures, names)
    answer = {
        "sheet": str(args.sheet),
        "pictures": [picture and str(picture) for picture in pictures],
        "failed": [one["error"] for one in made.answer["entries"] if one["error"]],
    }
    if made.trouble:
        raise NotAllDoneError("Some pictures could not be made; they are grey in the sheet.", answer)
    return answer
