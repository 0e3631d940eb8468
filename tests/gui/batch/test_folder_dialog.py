"""A person put into the pictures of a folder: proposed, checked, made as one job that can be skipped and resumed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import ItemEnded, Painted
from facea_desktop.domain.faces import Box, Face, Subject
from facea_desktop.domain.outcomes import PeopleRecognised
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import BatchRequest, PortraitRequest, RecogniseRequest
from facea_desktop.library.step_times import note_step_time, painting_step
from facea_desktop.ui.batch.folder_dialog import FolderDialog
from facea_desktop.ui.destinations import ShowJobs
from facea_desktop.ui.jobs.job_actions import JobActions
from facea_desktop.ui.session import Session
from facea_desktop.workers.job import Job, JobState
from facea_desktop.workers.job_pool import JobPool
from tests.gui.conftest import visible_text
from tests.gui.scripted_workers import ScriptedWorkers

COUNT = 12
THREE = tuple(Face(Box(40.0 + 200 * at, 50.0, 160.0 + 200 * at, 180.0), {}, 1.0) for at in range(3))


@pytest.fixture
def people(session: Session, add_person: Callable[..., Profile]) -> dict[str, str]:
    made = {name: add_person(name, Subject.WOMAN).id for name in ("Anna", "Ben", "Cleo")}
    session.people_changed()
    session.select(made["Anna"])
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve pictures of three people, a note, and a picture with nobody."""
    made = tmp_path / "holiday"
    made.mkdir()
    for number in range(COUNT):
        Image.new("RGB", (640, 240), (20 * number, 90, 120)).save(made / f"{number:02}.jpg")
    (made / "note.txt").write_text("not a picture")
    return made


@pytest.fixture
def dialog(qtbot: QtBot, session: Session, people: dict[str, str], workers: ScriptedWorkers) -> Iterator[FolderDialog]:
    """The three stand in another order in each picture."""
    ids = list(people.values())

    def recognise(request: RecogniseRequest) -> PeopleRecognised | UserError:
        assert set(request.people) == set(ids)
        number = int(request.picture.stem)
        order = [ids[(number + at) % 3] for at in range(3)]
        likeness = tuple({one: 0.8 if one == who else 0.3 for one in ids} for who in order)
        return PeopleRecognised(640, 240, THREE, likeness)

    workers.answers["recognise"] = recognise
    made = FolderDialog(session)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.reject()


@pytest.fixture
def look(loop: QEventLoop, dialog: FolderDialog, until: Callable[[Callable[[], Any]], Awaitable[None]]) -> Any:
    def run(folder: Path) -> None:
        async def act() -> None:
            dialog.show_folder(folder)
            await until(lambda: dialog._search is None)

        loop.run_until_complete(act())

    return run


def test_one_person_is_found_among_two_others_in_all_of_twelve_pictures(
    dialog: FolderDialog, look: Any, folder: Path, people: dict[str, str], session: Session
) -> None:
    look(folder)
    assert [card.face for card in dialog.cards] == [-number % 3 for number in range(COUNT)]
    assert not any(card.to_check for card in dialog.cards)
    assert dialog.go.text() == "Make pictures (12)"
    gone: list[object] = []
    session.pageWanted.connect(gone.append)
    dialog.prompt.setText("a woman smiling")
    dialog.go.click()
    (job,) = session.jobs.all()
    assert isinstance(job.request, BatchRequest)
    assert gone == [ShowJobs(job.id)]
    assert job.title == "Anna: 12 pictures"
    items = [item for item in job.request.items if item.kind == "portrait"]
    assert [(item.picture and item.picture.name, item.face) for item in items] == [
        (f"{number:02}.jpg", -number % 3) for number in range(COUNT)
    ]
    assert {(item.person, item.prompt) for item in items} == {(people["Anna"], "a woman smiling")}


def test_how_long_it_takes_is_said_once_something_like_it_was_made(
    dialog: FolderDialog, look: Any, folder: Path, session: Session
) -> None:
    look(folder)
    assert "Takes" not in dialog._said.text()
    request = dialog.request
    assert request is not None
    first = request.items[0]
    assert isinstance(first, PortraitRequest)
    family = session.models.family("starter")
    note_step_time(session.root, painting_step(family.name, first), 30 / family.denoising_steps(first))
    again = FolderDialog(session, dialog)
    again.cards = dialog.cards
    again._refresh()
    assert again._said.text() == "12 of 12 pictures chosen. Takes about 6 minutes."
    again.close()


def test_it_opens_with_room_for_the_pictures_of_a_folder(dialog: FolderDialog) -> None:
    assert dialog.height() == dialog.sizeHint().height() > 600


def test_another_face_is_chosen_by_click_or_key_and_a_picture_left_out(
    dialog: FolderDialog, look: Any, folder: Path, qtbot: QtBot
) -> None:
    look(folder)
    card = dialog.cards[0]

    def click(face: int) -> None:
        place = card.face_place(face).center()
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()), round(place.y())))

    click(2)
    assert (card.face, card.state) == (2, "to be redrawn")
    click(2)
    assert (card.face, card.state) == (None, "left out")
    assert dialog.go.text() == "Make pictures (11)"
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Space)
    assert card.face == 0


def test_the_face_of_somebody_else_can_be_replaced(
    dialog: FolderDialog, look: Any, folder: Path, people: dict[str, str]
) -> None:
    look(folder)
    dialog.whose.setCurrentText("Ben")
    assert [card.face for card in dialog.cards] == [(1 - number) % 3 for number in range(COUNT)]
    assert dialog.request is not None
    assert {item.person for item in dialog.request.items if item.kind == "portrait"} == {people["Anna"]}


def test_who_is_not_recognised_has_to_be_checked_and_what_cannot_be_read_is_said(
    dialog: FolderDialog, look: Any, folder: Path, workers: ScriptedWorkers, people: dict[str, str]
) -> None:
    def strangers(request: RecogniseRequest) -> PeopleRecognised | UserError:
        number = int(request.picture.stem)
        if number == 0:
            return UserError("00.jpg is damaged.")
        faces = THREE[: number % 4]
        return PeopleRecognised(640, 240, faces, tuple({people["Anna"]: 0.2} for _ in faces))

    workers.answers["recognise"] = strangers
    look(folder)
    assert [card.state for card in dialog.cards[:5]] == [
        "00.jpg is damaged.",
        "not recognised: click a face",
        "not recognised: click a face",
        "not recognised: click a face",
        "no face found",
    ]
    assert [card.face for card in dialog.cards[:5]] == [None, 0, None, None, None]
    assert "to check" in dialog._said.text()
    dialog.cards[2].choose(1)
    assert not dialog.cards[2].to_check


def test_somebody_who_is_not_tuned_goes_into_pictures_at_first_sight_and_it_says_so(
    dialog: FolderDialog, session: Session, people: dict[str, str], folder: Path, look: Any
) -> None:
    words = "Anna is not tuned yet: portraits are made after the photos alone."
    look(folder)
    assert words not in visible_text(dialog)
    session.library.update(session.library.get(people["Anna"]).model_copy(update={"tuning": None}))
    session.people_changed()
    dialog.prompt.setText("smiling")
    assert words in visible_text(dialog)
    again = FolderDialog(session, dialog)
    assert again.who.findText("Anna") >= 0
    again.reject()


def test_without_pictures_or_people_nothing_can_be_made(
    dialog: FolderDialog, tmp_path: Path, session: Session, qtbot: QtBot
) -> None:
    assert not dialog.go.isEnabled()
    (tmp_path / "empty").mkdir()
    dialog.show_folder(tmp_path / "empty")
    assert "no pictures in empty" in dialog.notice.text
    dialog.show_folder(tmp_path / "missing")
    assert "cannot be read" in dialog.notice.text
    assert not dialog.go.isEnabled()


def test_a_running_job_skips_a_picture_and_is_paused_and_resumed_without_it(
    dialog: FolderDialog, look: Any, folder: Path, session: Session, pool: JobPool, workers: ScriptedWorkers,
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    look(folder)
    dialog.go.click()
    (job,) = session.jobs.all()
    actions = JobActions(session)
    qtbot.addWidget(actions)
    actions.show_job(session.jobs.job(job.id))
    assert not actions.skip_button.isHidden()
    workers.emit(job, Painted(session.library.portraits / "a.png", 0, None, None, None, None, None))
    workers.emit(job, ItemEnded(0, "done", 3.0))
    workers.emit(job, ItemEnded(1, "skipped", 1.0))
    workers.emit(job, ItemEnded(2, "failed", 1.0, (), "No face was found."))
    workers.stop(job)
    stopped = pool.job(job.id)
    assert stopped is not None
    assert (stopped.state, stopped.skipped, stopped.can_resume) == (JobState.CANCELLED, (1,), True)
    actions.show_job(stopped)
    assert actions.again_button.text() == "Resume"
    assert actions.skip_button.isHidden()
    actions.again()
    (again,) = session.jobs.all()
    assert isinstance(again.request, BatchRequest)
    assert len(again.request.items) == COUNT - 1  # what is made already the engine finds by itself
    assert again.state is JobState.RUNNING


def test_a_batch_goes_when_somebody_in_it_is_deleted(
    dialog: FolderDialog, look: Any, folder: Path, session: Session, people: dict[str, str]
) -> None:
    look(folder)
    dialog.whose.setCurrentText("Ben")
    dialog.go.click()
    (job,) = session.jobs.all()
    assert isinstance(job, Job)
    assert job.people == {people["Anna"]}
