"""Changes to people outside the queue: each waits for the disk in a thread, then notifies the window."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import AppearanceRead, PersonMade
from facea_desktop.domain.people import NAME_CHARACTERS, Appearance, Consent, Profile
from facea_desktop.domain.photo_requests import AppearanceRequest, MaskRequest
from facea_desktop.domain.requests import CheckpointRequest, ImportRequest
from facea_desktop.library import tuning_choice
from facea_desktop.library.facea_file import PACKAGE_ENDING, export_person
from facea_desktop.library.summaries import PortraitQuery
from facea_desktop.ui.bin_work import stop_jobs_about
from facea_desktop.ui.destinations import ShowPerson
from facea_desktop.ui.session import Session
from facea_desktop.workers.person_deletion import delete_person


async def rename_person(session: Session, person: str, name: str) -> None:
    """Give somebody another name.

    Raises:
        UserError: the disk refuses, or they are gone.
    """
    await asyncio.to_thread(session.library.rename, person, name)
    session.people_changed()


async def duplicate_person(session: Session, person: str, name: str) -> None:
    """Make a copy under another name, and choose it.

    Raises:
        UserError: the disk refuses, or they are gone.
    """
    copy = await asyncio.to_thread(session.library.duplicate, person, name)
    session.people_changed()
    session.select(copy.id)


async def change_consent(session: Session, person: str, consent: Consent) -> None:
    """Write down why, and until when, the face may be portrayed.

    Raises:
        UserError: the disk refuses, or they are gone.
    """

    def given(now: Profile) -> Profile:
        return now.model_copy(update={"consent": consent})

    await asyncio.to_thread(session.library.change, person, given)
    session.people_changed()


async def change_appearance(session: Session, person: str, appearance: Appearance) -> None:
    """Write down how the person looks.

    Raises:
        UserError: the disk refuses, or they are gone.
    """

    def corrected(now: Profile) -> Profile:
        return now.model_copy(update={"appearance": appearance})

    await asyncio.to_thread(session.library.change, person, corrected)
    session.people_changed()


async def read_appearance(session: Session, person: str) -> Appearance:
    """Have the person's photos read, and write down what they show.

    Raises:
        UserError: there are no photos, the disk refuses, or they are gone.
    """
    read = await session.ask(AppearanceRequest(person=person))
    assert isinstance(read, AppearanceRead)
    await change_appearance(session, person, read.appearance)
    return read.appearance


async def change_checkpoint(session: Session, person: str, which: str) -> None:
    """Put the "best" or the "last" weights of the tuning in use.

    Raises:
        UserError: they are not kept, or the disk refuses.
    """
    await session.ask(CheckpointRequest.model_validate({"person": person, "which": which}))
    session.people_changed()


async def confirm_tuning(session: Session, person: str) -> None:
    """Keep the new tuning; what it replaced is erased.

    Raises:
        UserError: the disk refuses, or they are gone.
    """
    await asyncio.to_thread(tuning_choice.confirm_tuning, session.library, person)
    session.people_changed()
    session.noticed.emit(QCoreApplication.translate("PersonDetails", "The new tuning is kept."))


async def return_to_tuning_before(session: Session, person: str) -> None:
    """Give up the new tuning for the one that it replaced.

    Raises:
        UserError: the disk refuses, or it is not kept.
    """
    await asyncio.to_thread(tuning_choice.go_back, session.library, person)
    session.people_changed()
    session.noticed.emit(QCoreApplication.translate("PersonDetails", "The earlier tuning is in use again."))


async def change_masks(session: Session, person: str, index: int, masks: Mapping[str, QImage]) -> None:
    """Put drawn masks, by part, in the place of those of one reference.

    Raises:
        UserError: one cannot be used; those before it are in their place.
    """
    try:
        with MaskFolder() as folder:
            for part, mask in masks.items():
                file = await asyncio.to_thread(folder.write, f"{index}-{part}", mask)
                request = {"person": person, "index": index, "part": part, "file": file}
                await session.ask(MaskRequest.model_validate(request))
    finally:
        session.people_changed()


async def export_people(session: Session, targets: Mapping[str, Path]) -> None:
    """Write people, by id, each into a file.

    Raises:
        UserError: a file could not be written; those before it are there.
    """
    for person, target in targets.items():
        await asyncio.to_thread(export_person, session.library, person, target)


async def import_file(session: Session, request: ImportRequest) -> None:
    """Add the person of a file, choose them, and show their page, which asks why the face may be portrayed.

    Raises:
        UserError: the file cannot be used.
    """
    made = await session.ask(request)
    assert isinstance(made, PersonMade)
    session.people_changed()
    session.select(made.person)
    session.go(ShowPerson(made.person))


async def delete_people(session: Session, people: Sequence[str], *, portraits: bool) -> None:
    """Delete people for good, with every job about them, which is stopped before.

    Raises:
        UserError: somebody could not be deleted; those before are gone.
    """
    try:
        for person in people:
            await stop_jobs_about(session, person)  # they would write into folders that are to go
            pictures = await asyncio.to_thread(_portraits, session, person) if portraits else []
            thumbnail = session.library.folder(person) / "references" / "0.png"
            await asyncio.to_thread(delete_person, session.root, person, portraits=portraits)
            erased = [picture for picture in pictures if not picture.exists()]
            for picture in (thumbnail, *erased):
                session.thumbnails.forget(picture)
            if erased:
                await asyncio.to_thread(session.index.forget, *erased)
            await asyncio.to_thread(session.index.refresh_people)
    finally:
        session.people_changed()
        session.binChanged.emit()  # portraits of them in it are gone
        session.portraits_erased()  # also where only pasted scenes went


def _portraits(session: Session, person: str) -> list[Path]:
    query = PortraitQuery(person=person)
    return [portrait.path for portrait in session.index.page(query, 0, session.index.count(query))]


class MaskFolder:
    """A folder that only this user can read, for masks on their way to the engine; it goes with the ``with`` block."""

    def __init__(self) -> None:
        self._path = Path(tempfile.mkdtemp(prefix="facea-masks-"))

    def __enter__(self) -> MaskFolder:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._path, ignore_errors=True)

    def write(self, name: str, mask: QImage) -> Path:
        """Save a mask as PNG.

        Raises:
            UserError: the disk is full.
        """
        path = self._path / f"{name}.png"
        if not mask.save(str(path)):
            raise UserError(f"The mask could not be saved in {self._path}: free some disk space and try again.")
        return path


def copy_name(name: str, taken: set[str]) -> str:
    """A name for a copy that nobody bears yet: "Anna 2"."""
    stem = re.sub(r" \d{1,4}$", "", name)[: NAME_CHARACTERS - len(" 99999")]
    number = 2
    while f"{stem} {number}" in taken:
        number += 1
    return f"{stem} {number}"


def file_stem(name: str) -> str:
    """A person's name as a file may bear it on every system."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", name).strip(" .") or "person"


def export_targets(people: Mapping[str, str], folder: Path) -> dict[str, Path]:
    """A file in ``folder`` for each of these people (names by id) that overwrites nothing."""
    targets: dict[str, Path] = {}
    for person, name in people.items():
        stem, number = file_stem(name), 1
        target = folder / f"{stem}{PACKAGE_ENDING}"
        while target.exists() or target in targets.values():
            number += 1
            target = folder / f"{stem} {number}{PACKAGE_ENDING}"
        targets[person] = target
    return targets
