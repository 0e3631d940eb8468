"""Deleted means gone: no byte below the data folder speaks of a deleted person or portrait any more."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Painted, Warned
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.people import Profile, Taken
from facea_desktop.domain.requests import FaceAssignment, PortraitRequest
from facea_desktop.library.portrait_files import STAGES
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.ui.gallery.gallery_page import GalleryPage
from facea_desktop.ui.logs import setup_logging
from facea_desktop.ui.people.person_disk_work import delete_people
from facea_desktop.ui.session import Session
from facea_desktop.workers.engine_process import EngineSettings
from facea_desktop.workers.job import Job, JobState
from facea_desktop.workers.job_pool import JobPool
from facea_desktop.workers.job_store import JobStore
from tests.gui.conftest import store_person

NAME, PROMPT, PHOTO = "Annabella", "a lighthouse keeper", "holiday-in-brest.jpg"


class Folder:
    """A data folder, with what is done to it before the window opens."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._jobs = JobStore(root)
        self._number = 0

    def paint(
        self, request: PortraitRequest, count: int = 1, state: JobState = JobState.DONE, title: str = NAME
    ) -> list[Path]:
        """Portraits with their stages, and the job that made them."""
        number = self._number = self._number + 1
        painted = [self.root / "portraits" / f"{request.person}-{number}{one}.png" for one in range(count)]
        mask = self.root / "portraits" / ".masks" / f"{number}.png"
        request = request.model_copy(update={"mask": mask, "count": count})
        save_portrait(mask, Image.new("L", (8, 8)), None)
        job = Job(
            id=f"{number:012x}",
            request=request,
            title=f"{title}: {request.prompt}",
            place=number,
            state=state,
            pictures=tuple(painted),
        )
        self._jobs.save(job)
        self._jobs.add(job.id, Warned(f"{request.prompt} is hard to paint"))
        for path in painted:
            save_portrait(path, Image.new("RGB", (8, 8)), request.model_dump_json())
            for stage in STAGES:
                save_portrait(path.with_name(f"{path.stem}-{stage}.png"), Image.new("RGB", (8, 8)), None)
            self._jobs.add(job.id, Painted(path, 0, None, None, 0.5, None, None))
        return painted

    def close(self) -> None:
        self._jobs.close()

    def naming(self, *words: str) -> list[str]:
        """Files that hold one of these words, in whatever case, or bear it in their name."""
        files = [path for path in self.root.rglob("*") if path.is_file()]
        return [
            path.relative_to(self.root).as_posix()
            for path in files
            if any(
                word.lower().encode() in path.read_bytes().lower() + path.as_posix().lower().encode() for word in words
            )
        ]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    undo = setup_logging(tmp_path)
    yield Folder(tmp_path)
    undo()


def open_session(folder: Folder) -> Session:
    session = Session(folder.root, JobPool(EngineSettings(folder.root)))
    session.index.refresh_portraits()
    return session


async def close(session: Session) -> None:
    await session.close()
    await session.pool.close()


def go_wrong(profile: Profile) -> None:
    """Everything that the log may hear of a person."""
    error = ValueError(f"{profile.name!r} {Path('/photos') / PHOTO}")
    error.__cause__ = UserError(f"{profile.name} cannot be painted as {PROMPT}.")
    sys.excepthook(ValueError, error, None)
    logging.getLogger("facea_desktop").error("a job failed: %r", PortraitRequest(person=profile.id, prompt=PROMPT))
    logging.getLogger("facea_desktop").warning("%s is left out: %s", profile.id, OSError(2, "no file", f"/a/{PHOTO}"))


def test_of_a_deleted_person_no_byte_is_left(folder: Folder, loop: QEventLoop) -> None:
    library = Session(folder.root, JobPool(EngineSettings(folder.root)))
    anna = store_person(library.library, NAME)
    ben = store_person(library.library, "Ben")
    taken = Taken(attribute=Attribute.NOSE, person=anna.id, name=NAME, steps=10)
    library.library.update(ben.model_copy(update={"taken": (taken,)}))
    hers = folder.paint(PortraitRequest(person=anna.id, prompt=PROMPT), 2)
    both = folder.paint(PortraitRequest(person=ben.id, prompt=PROMPT, others=(FaceAssignment(face=1, person=anna.id),)))
    his = folder.paint(PortraitRequest(person=ben.id, prompt="a sailor"), title="Ben")
    folder.close()
    loop.run_until_complete(close(library))
    session = open_session(folder)
    session.index.rate(hers[0], 5)
    assert session.index.refresh_people() is False
    go_wrong(anna)
    assert folder.naming(NAME, PROMPT), "nothing could be found if it were there"

    loop.run_until_complete(delete_people(session, [anna.id], portraits=True))
    loop.run_until_complete(close(session))

    assert folder.naming(NAME, PROMPT, PHOTO) == []
    assert folder.naming(anna.id) == ["logs/facea.log"]  # a number that means nobody
    assert [path.exists() for path in (*hers, *both, *his)] == [False, False, False, True]
    assert folder.naming("a sailor")


def test_of_deleted_portraits_no_prompt_is_left(folder: Folder, loop: QEventLoop, qtbot: QtBot) -> None:
    paths = folder.paint(PortraitRequest(person="0123456789ab", prompt=PROMPT), 2, JobState.FAILED)
    kept = folder.paint(PortraitRequest(person="0123456789ab", prompt="a sailor"))
    folder.close()
    session = open_session(folder)
    page = GalleryPage(session)
    qtbot.addWidget(page)
    page.show()
    for left in (1, 0):
        names = [page.model.portrait(row).path for row in range(page.model.rowCount())]
        page.grid.choose(next(row for row, path in enumerate(names) if path in paths))
        page.actions_.ask_to_delete()
        page.findChild(QPushButton, "galleryDeleteYes").click()
        qtbot.waitUntil(lambda left=left: page.model.rowCount() == left + len(kept))
    page.close()
    loop.run_until_complete(close(session))

    assert folder.naming(PROMPT, *(path.stem for path in paths)) == []
    assert folder.naming("a sailor")
