"""The main window's host: it begins the session, and puts a window in another language in the place of the first."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTranslator
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop
from shiboken6 import isValid

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Progress
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.outcomes import FacesFound
from facea_desktop.domain.people import Consent, Profile, Recipe, Tuning
from facea_desktop.domain.requests import PortraitRequest, TuneRequest
from facea_desktop.library.id_library import Library
from facea_desktop.library.summaries import PortraitQuery
from facea_desktop.resources import resource
from facea_desktop.ui import session as ui_session
from facea_desktop.ui.destinations import ShowJobs, ShowMixer, ShowNewPerson, ShowSettings
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.session import Session
from facea_desktop.ui.window_host import WindowHost
from facea_desktop.workers.job import JobState
from tests.gui.conftest import store_person
from tests.gui.portrait.conftest import leave_portrait
from tests.gui.scripted_workers import ScriptedWorkers

Until = Callable[[Callable[[], Any]], Awaitable[None]]


@pytest.fixture
def host(qapp: QApplication, session: Session, loop: QEventLoop) -> Iterator[WindowHost]:
    before = QLocale()
    made = WindowHost(qapp, session)
    made.window.show()
    yield made
    made.close_now()
    loop.run_until_complete(session.stop())
    made.delete()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
    QLocale.setDefault(before)


def test_what_lies_on_the_disk_is_there_once_the_window_has_begun(
    host: WindowHost, session: Session, loop: QEventLoop, add_person: Any, until: Until, workers: ScriptedWorkers
) -> None:
    person: Profile = add_person("Anna")

    async def begin() -> None:
        host.begin()
        await until(lambda: session.selected is not None)
        await until(lambda: workers.asked)

    loop.run_until_complete(begin())
    assert session.selected is not None
    assert session.selected.id == person.id


def test_what_the_command_line_does_meanwhile_is_seen(
    host: WindowHost,
    session: Session,
    loop: QEventLoop,
    add_person: Any,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ui_session, "LOOK_S", 0.05)
    monkeypatch.setattr(ui_session, "_REST", 1)  # on a busy machine a look takes long
    person: Profile = add_person("Anna", tuned=False)
    other = Library(session.root)  # as another process has it

    async def follow() -> None:
        host.begin()
        await until(lambda: session.selected is not None)
        assert session.people()[0].state == "not tuned"
        tuning = Tuning(generation=generation_of("starter"), recipe=Recipe(steps=3), seed=0, step=3)
        weights = {"adapter.safetensors": b"none", "features.safetensors": b"none"}
        other.update(other.get(person.id).model_copy(update={"tuning": tuning}), weights)
        await until(lambda: session.people()[0].state == "ready")
        await until(lambda: session.selected is not None and session.selected.tuning is not None)
        store_person(other, "Ben")
        await until(lambda: len(session.people()) == 2)
        leave_portrait(other.portraits, PortraitRequest(person=person.id, prompt="a"))
        await until(lambda: session.index.count(PortraitQuery()) == 1)
        other.delete(person.id)
        await until(lambda: session.selected is None)

    loop.run_until_complete(follow())


def test_the_engine_hears_that_models_were_changed(
    host: WindowHost, session: Session, workers: ScriptedWorkers
) -> None:
    job = session.submit(TuneRequest(person="0123456789ab", recipe=Recipe()), "Tuning Anna")
    before = workers.settings(job).models
    session.modelsChanged.emit()
    assert workers.settings(job).models == before + 1


def speak(host: WindowHost, locale: str) -> None:
    """Choose a language in the settings, as the user does."""
    host.window.go(ShowSettings("appearance"))
    box = host.window.findChild(QComboBox, "languageBox")
    row = box.findData(locale)
    box.setCurrentIndex(row)
    box.activated.emit(row)


def menus(window: MainWindow) -> list[str]:
    return [action.text().replace("&", "") for action in window.menuBar().actions()]


def rail(window: MainWindow) -> list[str]:
    return [action.text() for action in window.rail.actions_by_page.values()]


def test_another_language_is_spoken_at_once_on_the_same_page(
    host: WindowHost, loop: QEventLoop, qtbot: QtBot, until: Until
) -> None:
    assert rail(host.window)[:4] == ["Studio", "Gallery", "Jobs", "Comparisons"]
    before = host.window

    async def change() -> None:
        speak(host, "de")
        await until(lambda: host.window is not before)

    loop.run_until_complete(change())
    window = host.window
    assert rail(window)[:4] == ["Studio", "Galerie", "Aufträge", "Vergleiche"]
    assert menus(window) == ["Datei", "Bearbeiten", "Person", "Porträt", "Ansicht", "Aufträge", "Hilfe"]
    assert window.isVisible()
    assert window.findChild(QWidget, "languageBox").isVisible()
    standard = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(standard)
    assert standard.buttons()[0].text().replace("&", "") == "Abbrechen"
    assert QLocale().toString(0.5) == "0,5"

    async def back() -> None:
        speak(host, "en")
        await until(lambda: host.window is not window)

    loop.run_until_complete(back())
    assert menus(host.window) == ["File", "Edit", "Person", "Portrait", "View", "Jobs", "Help"]
    assert QLocale().toString(0.5) == "0.5"


def test_jobs_go_on_in_the_other_window_and_say_so_there(
    host: WindowHost, session: Session, workers: ScriptedWorkers, loop: QEventLoop, until: Until
) -> None:
    job = session.submit(TuneRequest(person="0123456789ab", recipe=Recipe()), "Tuning Ben")
    workers.emit(job, Progress(10, 1000, 500.0))
    before = host.window

    async def change() -> None:
        speak(host, "de")
        await until(lambda: host.window is not before)
        host.window.go(ShowJobs(job.id))
        workers.emit(job, Progress(620, 1000, 100.0))
        await until(lambda: "620/1000" in host.window.findChild(QWidget, "jobBar").now.text)

    loop.run_until_complete(change())
    assert session.pool.job(job.id).state is JobState.RUNNING
    assert host.window.stack.jobs.chosen.id == job.id


def test_the_window_before_is_deleted_and_hears_nothing_any_more(
    host: WindowHost, session: Session, loop: QEventLoop, until: Until, add_person: Callable[..., Profile]
) -> None:
    add_person("Anna")
    session.people_changed()
    closed: list[bool] = []
    host.closed.connect(lambda: closed.append(True))
    for page in (ShowNewPerson(), ShowSettings()):
        host.window.go(page)
    before = weakref.ref(host.window)

    def deleted() -> bool:
        window = before()
        return window is None or not isValid(window)

    async def change() -> None:
        speak(host, "de")
        await until(deleted)

    loop.run_until_complete(change())
    gc.collect()
    assert before() is None
    assert closed == []
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.session is session]
    assert windows == [host.window]
    session.failed.emit("The disk is full; free some space.")
    session.people_changed()
    assert host.window.notice.text == "The disk is full; free some space."


def test_it_stays_while_something_that_was_begun_in_it_still_goes_on(
    host: WindowHost, session: Session, loop: QEventLoop, until: Until
) -> None:
    before, go_on = host.window, asyncio.Event()
    shown: list[bool] = []

    async def work() -> None:
        await go_on.wait()
        shown.append(isValid(before))

    async def change() -> None:
        session.start(work())
        speak(host, "de")
        await until(lambda: host.window is not before)
        await asyncio.sleep(0.1)
        assert isValid(before)
        assert not before.isVisible()
        go_on.set()
        await until(lambda: not isValid(before))

    loop.run_until_complete(change())
    assert shown == [True]


def test_what_was_set_up_in_the_panels_is_there_in_the_other_language(
    host: WindowHost,
    session: Session,
    loop: QEventLoop,
    until: Until,
    add_person: Callable[..., Profile],
    workers: ScriptedWorkers,
    tmp_path: Path,
) -> None:
    anna, ben = add_person("Anna"), add_person("Ben")
    session.people_changed()
    session.select(anna.id)
    scene = QImage(64, 64, QImage.Format.Format_RGB32)
    scene.fill(QColor("teal"))
    picture = tmp_path / "scene.png"
    assert scene.save(str(picture))
    workers.answers["faces"] = FacesFound(64, 64, ())
    workers.answers["inspect"] = UserError("The photos could not be looked at.")
    photos = [resource("people", "eve", f"{number}.jpg") for number in (0, 1)]
    before = host.window

    async def change() -> None:
        before.portrait.use_picture(picture)
        await until(lambda: before.canvas.picture() is not None)
        panel = before.portrait
        panel.form.prompt.edit.setPlainText("a woman reading")
        panel.form.prompt.scene.set_by_hand("a library")
        panel.form.more.steps.setValue(7)
        panel.make.count.setValue(3)
        before.mixer.mix_onto(anna.id)
        before.mixer.take(Attribute.NOSE, ben.id)
        before.go(ShowMixer())
        before.go(ShowNewPerson(tuple(photos)))
        before.stack.new_person.form.fill("Eve", Subject.WOMAN, Consent(kind="self"))
        speak(host, "de")
        await until(lambda: host.window is not before)
        await until(lambda: host.window.canvas.picture() is not None)
        await until(lambda: not isValid(before))

    loop.run_until_complete(change())
    window = host.window
    assert window.findChild(QPlainTextEdit, "promptEdit").toPlainText() == "a woman reading"
    request = window.portrait.request
    assert (request.context_prompt, request.picture, request.steps, request.count) == ("a library", picture, 7, 3)
    assert not window.portrait.form.more.lock.isChecked()
    assert window.mixer.mix.base is not None
    assert (window.mixer.mix.base.id, [one.person for one in window.mixer.mix.takes()]) == (anna.id, [ben.id])
    assert window.tabs.currentWidget() is window.mixing
    form = window.stack.new_person.form
    assert window.stack.new_person.photos.board.paths() == photos
    assert (form.name.text(), form.subject.subject, form.consent.consent) == (
        "Eve",
        Subject.WOMAN,
        Consent(kind="self"),
    )


def test_a_window_that_was_closed_in_the_same_moment_does_not_come_back(
    host: WindowHost, session: Session, loop: QEventLoop
) -> None:
    before = host.window

    async def change() -> None:
        speak(host, "de")
        host.close_now()
        await asyncio.sleep(0.1)

    loop.run_until_complete(change())
    assert host.window is before
    assert not before.isVisible()
