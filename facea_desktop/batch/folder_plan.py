"""A person put into all pictures of a folder: in each, the face that is theirs is found and becomes one entry."""

from __future__ import annotations

from pathlib import Path

from facea_desktop.batch.batch_file import Entry, Problem
from facea_desktop.batch.batch_plan import Plan
from facea_desktop.domain.atomic_files import disk_trouble, shown_name
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, ProgressReporter
from facea_desktop.domain.face_proposals import propose
from facea_desktop.domain.outcomes import PeopleRecognised
from facea_desktop.domain.permissions import portrait_refusal
from facea_desktop.domain.requests import PortraitRequest, RecogniseRequest
from facea_desktop.engine.refusal_errors import require
from facea_desktop.executor import Executor
from facea_desktop.library.photo_reader import photos_in


def plan_folder(
    executor: Executor, folder: Path, request: PortraitRequest, in_place_of: str | None, observer: Observer
) -> Plan:
    """An entry for each picture in which the face is known; the others are said.

    Args:
        request: of the person, for any of the pictures.
        in_place_of: whose face is looked for; None looks for the person's own.

    Raises:
        UserError: the person cannot be painted, or there is no picture.
        CancelledError: stopped.
    """
    library = executor.manager.library
    person = library.get(request.person)
    first_sight = executor.manager.models.at_first_sight(person)
    require(portrait_refusal(person, identity=request.identity, at_first_sight=first_sight))
    wanted = person if in_place_of is None else library.get(in_place_of)
    with disk_trouble(f"read {folder}"):
        pictures = photos_in(folder)
    if not pictures:
        raise UserError(f"There are no pictures in {folder}; choose a folder with photos.")
    people = tuple(one.id for one in library.people() if one.references)
    progress = ProgressReporter(observer, "looking for faces", len(pictures))
    entries, problems = [], []
    for number, picture in enumerate(pictures, 1):
        try:
            found = executor.execute(RecogniseRequest(picture=picture, people=people), Observer(stop=observer.stop))
        except UserError as error:
            problems.append(Problem(0, str(error)))
        else:
            assert isinstance(found, PeopleRecognised)
            face = propose(found.likeness, wanted.id).face
            if face is None:
                problems.append(Problem(0, f"{shown_name(picture)}: {_why_left_out(len(found.faces), wanted.name)}"))
            else:
                one = request.model_copy(update={"person": person.id, "picture": picture, "face": face})
                entries.append(Entry(0, one))
        progress.update(number)
    return Plan(tuple(entries), tuple(problems), frozenset({person.family}))


def _why_left_out(faces: int, name: str) -> str:
    if not faces:
        return "no face was found."
    return f"{name} was not recognised; use generate --picture and --face for it."
