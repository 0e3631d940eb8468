"""What people do, with real widgets, real worker threads, real engine processes and the real starter models."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import psutil
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPlainTextEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.events import Losses, Painted
from facea_desktop.domain.faces import Box, Subject
from facea_desktop.domain.outcomes import PersonMade
from facea_desktop.domain.people import Recipe
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.models.catalogue import Family
from facea_desktop.resources import resource
from facea_desktop.ui.canvas.mask_layer import read_values
from facea_desktop.ui.destinations import ShowGallery
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.session import Session
from facea_desktop.ui.window_host import WindowHost
from facea_desktop.workers.device_worker import DeviceWorker
from facea_desktop.workers.engine_process import EngineSettings
from facea_desktop.workers.job import Job, JobState
from facea_desktop.workers.job_pool import JobPool

pytestmark = pytest.mark.slow

STEPS = 4


class App:
    """An open program: the window and all behind it."""

    def __init__(self, root: Path, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._left = False
        self.pool = JobPool(EngineSettings(root))
        self.session = Session(root, self.pool)
        self.host = WindowHost(cast(QApplication, QApplication.instance()), self.session)
        self.window.show()

    @property
    def window(self) -> MainWindow:
        return self.host.window

    def find(self, name: str, kind: type[Any] = QWidget) -> Any:
        found = self.window.findChild(kind, name)
        assert found is not None, f"there is no {name}"
        return found

    async def click(self, name: str) -> None:
        """Click a button once it can be clicked."""
        await self.until(lambda: self.find(name).isVisible() and self.find(name).isEnabled())
        self._qtbot.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    async def until(self, is_true: Callable[[], Any], seconds: float = 300.0) -> None:
        for _ in range(int(seconds * 50)):
            if is_true():
                return
            await asyncio.sleep(0.02)
        pytest.fail(f"it never came true; the window says: {self.window.notice.text}")

    def job(self, number: int = 0) -> Job:
        return sorted(self.pool.jobs(), key=lambda job: job.created)[number]

    async def ended(self, number: int = 0) -> Job:
        await self.until(lambda: len(self.pool.jobs()) > number and self.job(number).state.ended)
        return self.job(number)

    def painted(self) -> list[Painted]:
        events = [event for job in self.pool.jobs() for event in self.pool.history(job.id)]
        return [event for event in events if isinstance(event, Painted)]

    async def leave(self) -> list[psutil.Process]:
        """Close everything, unless that is done; the engine processes that there were."""
        if self._left:
            return []
        self._left = True
        pids = [worker.pid for worker in self.pool.findChildren(DeviceWorker)]
        processes = [psutil.Process(pid) for pid in pids if pid is not None]
        self.window.close_now()
        await self.session.stop()
        await self.pool.close()
        await self.session.close()
        self.host.delete()
        return processes


@pytest.fixture
def start(
    qtbot: QtBot, loop: QEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], App]]:
    """Opens the program on one data folder; tunings take a few steps."""
    short = Recipe(steps=STEPS, batch=1, checkpoint_every=2)
    monkeypatch.setattr(Family, "recipe", lambda self, preset=None, steps=None: short)
    apps: list[App] = []

    def open_app() -> App:
        apps.append(App(tmp_path, qtbot))
        return apps[-1]

    yield open_app
    for app in apps:
        for process in loop.run_until_complete(app.leave()):
            assert not process.is_running()


async def enrolled(app: App, name: str = "Adam") -> str:
    """A sample person in the library, chosen, not tuned."""
    photos = tuple(resource("people", "adam", f"{i}.jpg") for i in range(3))
    made = await app.session.ask(EnrolRequest(name=name, subject=Subject.MAN, photos=photos))
    assert isinstance(made, PersonMade)
    app.session.people_changed()
    app.session.select(made.person)
    return made.person


Journey = Callable[[App], Awaitable[None]]


def test_from_a_sample_person_to_an_exported_portrait(
    start: Callable[[], App], loop: QEventLoop, qtbot: QtBot, tmp_path: Path
) -> None:
    async def go() -> None:
        app = start()
        await app.click("samplePersonButton")
        await app.click("addAndTuneButton")
        tuned = await app.ended()
        assert tuned.state is JobState.DONE, tuned.error
        assert app.session.selected is not None
        assert app.session.selected.state == "ready"
        app.find("promptEdit", QPlainTextEdit).setPlainText("a man smiling, blue background")
        await app.until(lambda: app.find("facePromptEdit").toPlainText())
        await app.click("generateButton")
        made = await app.ended(1)
        assert made.state is JobState.DONE, made.error
        (painted,) = app.painted()
        assert painted.path.is_file()
        await app.until(lambda: app.window.canvas.picture() is not None)
        app.session.go(ShowGallery())
        view = app.find("galleryView")
        await app.until(lambda: view.model().rowCount() == 1)
        view.setCurrentIndex(view.model().index(0, 0))
        qtbot.keyClick(view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        app.find("exportFolder", QLineEdit).setText(str(tmp_path / "out"))
        await app.click("exportStart")
        # The name stands in the folder, empty, before the picture is written; the dialog says when it is whole.
        await app.until(lambda: app.find("exportShow").isVisible())
        (exported,) = (tmp_path / "out").iterdir()
        with Image.open(exported) as out, Image.open(painted.path) as made_of:
            assert out.size == made_of.size

    loop.run_until_complete(go())


def test_a_click_on_the_lips_of_a_photo_makes_them_the_mask(
    start: Callable[[], App], loop: QEventLoop, qtbot: QtBot
) -> None:
    async def go() -> None:
        app = start()
        canvas = app.window.canvas
        app.find("portraitPanel").use_picture(resource("people", "eve", "2.jpg"))
        await app.until(lambda: canvas.commands["part"].isEnabled())
        await app.click("canvasPartButton")
        await app.until(lambda: canvas.editor.parts is not None)
        lips = canvas.view.viewportTransform().map(QPointF(256, 378)).toPoint()
        qtbot.mouseClick(canvas.view.viewport(), Qt.MouseButton.LeftButton, pos=lips)
        mask = read_values(canvas.mask())
        rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
        assert 2000 < (mask == 255).sum() < 12_000
        assert Box(190, 330, 330, 440).overlap(Box(columns[0], rows[0], columns[-1], rows[-1])) > 0.4

    loop.run_until_complete(go())


def test_a_tuning_is_cancelled_in_the_middle_and_goes_on_where_it_was(
    start: Callable[[], App], loop: QEventLoop
) -> None:
    async def go() -> None:
        app = start()
        person = await enrolled(app)
        recipe = Recipe(steps=30, batch=1, checkpoint_every=1000)
        job = app.session.submit(TuneRequest(person=person, recipe=recipe), "Tuning Adam")
        await app.until(lambda: (app.pool.progress(job.id) or _NONE).step >= 12)
        await app.click("cancelRunningButton")
        assert (await app.ended()).state is JobState.CANCELLED
        again = app.pool.retry(job.id)
        await app.until(lambda: app.pool.progress(again.id))
        first = app.pool.progress(again.id)
        assert first is not None
        assert first.step >= 12
        assert (await app.ended()).state is JobState.DONE
        assert app.session.library.get(person).state == "ready"

    loop.run_until_complete(go())


def test_painting_is_cancelled_in_the_middle_and_what_was_done_stays(
    start: Callable[[], App], loop: QEventLoop
) -> None:
    async def go() -> None:
        app = start()
        await enrolled(app)
        await app.click("tunePersonButton")
        assert (await app.ended()).state is JobState.DONE
        app.find("promptEdit", QPlainTextEdit).setPlainText("a man smiling")
        app.find("pictureCount", QSpinBox).setValue(8)
        await app.click("generateButton")
        await app.until(app.painted)
        await app.click("cancelPortraitButton")
        cancelled = await app.ended(1)
        assert cancelled.state is JobState.CANCELLED
        assert 1 <= len(cancelled.pictures) < 8
        assert all(path.is_file() for path in cancelled.pictures)

    loop.run_until_complete(go())


def test_an_engine_that_is_killed_fails_its_job_and_the_next_try_succeeds(
    start: Callable[[], App], loop: QEventLoop
) -> None:
    async def go() -> None:
        app = start()
        person = await enrolled(app)
        recipe = Recipe(steps=12, batch=1, checkpoint_every=2)
        job = app.session.submit(TuneRequest(person=person, recipe=recipe), "Tuning Adam")
        await app.until(lambda: any(isinstance(event, Losses) for event in app.pool.history(job.id)))
        pid = app.pool.findChild(DeviceWorker, "best device").pid
        assert pid is not None
        psutil.Process(pid).kill()
        failed = await app.ended()
        assert failed.state is JobState.FAILED
        assert failed.error is not None
        assert failed.error in app.window.notice.text
        app.pool.retry(job.id)
        assert (await app.ended()).state is JobState.DONE

    loop.run_until_complete(go())


def test_the_window_is_closed_during_a_tuning_and_the_next_one_offers_to_go_on(
    start: Callable[[], App], loop: QEventLoop, qtbot: QtBot
) -> None:
    async def go() -> None:
        app = start()
        person = await enrolled(app)
        job = app.session.submit(
            TuneRequest(person=person, recipe=Recipe(steps=25, batch=1, checkpoint_every=2)), "Tuning Adam"
        )
        await app.until(lambda: (app.pool.progress(job.id) or _NONE).step >= 3)
        app.window.close()
        box = app.find("quitDialog", QMessageBox)
        leave = next(one for one in box.findChildren(QPushButton) if one.text() == "Quit")
        qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
        assert not app.window.isVisible()
        for process in await app.leave():
            assert not process.is_running()
        second = start()
        second.host.begin()
        assert second.job().state is JobState.INTERRUPTED
        await second.click("resumeInterruptedButton")
        assert (await second.ended()).state is JobState.DONE
        assert second.session.library.get(person).state == "ready"

    loop.run_until_complete(go())


class _Nothing:
    step = -1


_NONE = _Nothing()
