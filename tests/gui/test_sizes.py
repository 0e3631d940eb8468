"""The window on small screens, with a wide font, in every language: nothing is cut, nothing is out of reach."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.comparison.comparison_store import ComparisonStore
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Progress
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.outcomes import FirstSightPainted, InspectedPhoto, PhotosInspected
from facea_desktop.domain.people import Consent, Profile, Recipe
from facea_desktop.domain.requests import PortraitRequest, TuneRequest
from facea_desktop.ui.destinations import ExportPortrait, ShowComparisons, ShowJobs, ShowNewPerson, ShowSettings
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.people.new_person_page import NewPersonPage
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import row
from tests.gui.clipping import cut
from tests.gui.comparison.conftest import PHOTOS, finish
from tests.gui.destinations import every_page
from tests.gui.jobs.conftest import PERSON, interrupted
from tests.gui.people.conftest import png
from tests.gui.portrait.conftest import leave_portrait
from tests.gui.scripted_workers import ScriptedWorkers

SMALLEST = (QSize(1024, 590), QSize(960, 540))
"""What a title bar leaves of 1024 by 640 at scale 1 and of 1920 by 1200 at scale 2."""


def open_window(session: Session, qtbot: QtBot) -> MainWindow:
    window = MainWindow(session)
    qtbot.addWidget(window)
    return window


async def left_cut(shown: QWidget) -> list[str]:
    """What is still cut when the page has read what it shows and Qt has laid it out."""
    found = cut(shown)
    for _ in range(40):
        if not found:
            break
        await asyncio.sleep(0.1)
        found = cut(shown)
    return found


@pytest.mark.parametrize("size", SMALLEST, ids=lambda size: f"{size.width()}x{size.height()}")
def test_no_word_and_no_button_is_cut_on_a_small_screen(
    wide_words: str,
    session: Session,
    loop: QEventLoop,
    qtbot: QtBot,
    add_person: Callable[..., Profile],
    size: QSize,
) -> None:
    person = add_person("Anna Magdalena von der Wartburg", photos=4)
    add_person("Ben", tuned=False)
    session.people_changed()
    window = open_window(session, qtbot)
    window.showNormal()
    window.setFixedSize(size)
    found: dict[str, list[str]] = {}

    async def look() -> None:
        for page, destination in every_page(person.id).items():
            window.go(destination)
            await asyncio.sleep(0.1)  # what the page reads from the disk, and Qt's layouts
            assert window.minimumSizeHint().width() <= size.width(), page
            assert window.minimumSizeHint().height() <= size.height(), page
            found[page] = await left_cut(window)

    loop.run_until_complete(look())
    assert found == {page: [] for page in every_page()}
    window.close_now()


@pytest.fixture
def busy(session: Session, workers: ScriptedWorkers) -> None:
    """One job failed for a long reason, one runs and two wait."""
    session.library.folder(PERSON).mkdir()
    titles = ("Tuning Ben", "Tuning Anna Magdalena", "Ben: smiling", "Ben: in the snow")
    failed, running, _, _ = (session.submit(TuneRequest(person=PERSON, recipe=Recipe()), title) for title in titles)
    workers.fail(failed, "The memory of this computer is full; close other programs.")
    workers.emit(running, Progress(620, 1000, 3 * 3600.0))


@pytest.mark.parametrize("earlier", [(interrupted("Mix with Anna"),)])
def test_a_full_queue_and_an_empty_library_are_whole_too(
    wide_words: str, busy: None, session: Session, loop: QEventLoop, qtbot: QtBot
) -> None:
    window = open_window(session, qtbot)
    window.showNormal()
    window.setFixedSize(SMALLEST[1])
    found: dict[str, list[str]] = {}

    async def look() -> None:
        await asyncio.sleep(0.2)
        found["library"] = cut(window.library)
        found["bar"] = cut(window.findChild(QWidget, "jobBar"))
        for job in session.pool.jobs():
            window.go(ShowJobs(job.id))
            await asyncio.sleep(0.1)
            found[job.title] = await left_cut(window)

    loop.run_until_complete(look())
    window.close_now()
    assert {state: lines for state, lines in found.items() if lines} == {}


def test_a_comparison_and_its_form_are_whole_with_everything_they_can_say(
    wide_words: str, session: Session, loop: QEventLoop, qtbot: QtBot
) -> None:
    window = open_window(session, qtbot)
    window.showNormal()
    window.setFixedSize(SMALLEST[1])
    store = ComparisonStore(session.root)
    finished, begun = (
        store.add_person(name, Subject.WOMAN, PHOTOS, "a {subject} smiling\n", ["untuned", "full"], 2)
        for name in ("Eve", "Anna Magdalena")
    )
    finish(finished)
    found: dict[str, list[str]] = {}

    async def look() -> None:
        for one in (finished, begun):
            window.go(ShowComparisons(one.name))
            for tab in range(3):
                page = window.stack.comparison
                page.details.tabs.setCurrentIndex(tab)
                await asyncio.sleep(0.2)
                found[f"{one.plan.title} {tab}"] = await left_cut(window)
        page.begin()
        page.form.people.photos.add(PHOTOS)
        page.form.people.use_consent(Consent(kind="with permission", until=date(2020, 1, 1)))
        await asyncio.sleep(0.2)
        found["form"] = await left_cut(window)
        page.form.people.one_folder.setChecked(True)
        await asyncio.sleep(0.2)
        found["folder"] = await left_cut(window)

    loop.run_until_complete(look())
    window.close_now()
    assert {state: lines for state, lines in found.items() if lines} == {}


def test_a_new_person_is_whole_with_all_that_stands_in_the_way(
    wide_words: str, session: Session, loop: QEventLoop, qtbot: QtBot, workers: ScriptedWorkers
) -> None:
    window = open_window(session, qtbot)
    window.showNormal()
    window.setFixedSize(SMALLEST[1])
    workers.answers["inspect"] = UserError("The photos could not be looked at: the engine ended. Check again.")
    found: list[str] = []

    async def look() -> None:
        window.go(ShowNewPerson(tuple(PHOTOS)))
        await asyncio.sleep(0.4)
        found.extend(await left_cut(window))

    loop.run_until_complete(look())
    window.close_now()
    assert found == []


def test_a_new_person_is_whole_beside_a_portrait_at_first_sight(
    wide_words: str, session: Session, loop: QEventLoop, qtbot: QtBot, workers: ScriptedWorkers
) -> None:
    window = open_window(session, qtbot)
    window.showNormal()
    window.setFixedSize(SMALLEST[1])
    looks = tuple(InspectedPhoto(path, png(), {}, None, 200.0, 0.8) for path in PHOTOS)
    workers.answers["inspect"] = PhotosInspected(looks, None, ("5 photos give a better likeness than 3.",))
    workers.answers["first sight"] = FirstSightPainted(png())
    found: list[str] = []

    async def look() -> None:
        window.go(ShowNewPerson(tuple(PHOTOS)))
        page = window.findChild(NewPersonPage)
        page.form.fill("", Subject.MAN, Consent(kind="invented person"))
        for _ in range(100):
            await asyncio.sleep(0.05)
            if not page.first_sight.picture.image.isNull():
                break
        assert page.first_sight.isVisible()
        found.extend(await left_cut(window))

    loop.run_until_complete(look())
    window.close_now()
    assert found == []


def test_the_dialogs_are_whole_and_fit_a_small_screen(
    wide_words: str,
    session: Session,
    loop: QEventLoop,
    qtbot: QtBot,
    add_person: Callable[..., Profile],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda self: QSize(960, 580))
    anna = add_person("Anna Magdalena von der Wartburg")
    path = leave_portrait(session.library.portraits, PortraitRequest(person=anna.id, prompt="a woman smiling"))
    session.people_changed()
    session.index.add_portrait(path, 0.7)
    session.select(anna.id)
    window = open_window(session, qtbot)
    window.showNormal()
    window.setFixedSize(SMALLEST[1])
    people = window.library.people_actions
    models = window.stack.settings
    found: dict[str, list[str]] = {}

    async def look() -> None:
        window.go(ShowSettings("models"))
        await asyncio.sleep(0.3)
        opened: dict[str, Callable[[], object]] = {
            "tune": people.tune.trigger,
            "delete": people.erase.trigger,
            "export": lambda: window.go(ExportPortrait(path)),
            "models": models.findChild(QPushButton, "fetch-sdxl-sd15").click,
            "log": window.menus.show_log,
            "keys": window.menus.show_shortcuts,
        }
        for name, open_one in opened.items():
            before = set(map(id, window.findChildren(QDialog)))
            open_one()
            await asyncio.sleep(0.1)
            (dialog,) = [one for one in window.findChildren(QDialog) if id(one) not in before and one.isVisible()]
            found[name] = await left_cut(dialog)
            if dialog.height() > 580 or dialog.width() > 960:
                found[name].append(f"{dialog.width()} by {dialog.height()}")
            dialog.reject()
            await asyncio.sleep(0.05)

    loop.run_until_complete(look())
    window.close_now()
    assert {state: lines for state, lines in found.items() if lines} == {}


def test_what_is_cut_is_found(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    long, narrow = QLabel("as long as it is wide"), QPushButton("Correct masks…")
    holder.setLayout(row(long, narrow))
    holder.show()
    assert cut(holder) == []
    narrow.setFixedWidth(40)
    assert [line.split(" ")[0] for line in cut(holder)] == ["QPushButton"]
    narrow.setFixedWidth(narrow.sizeHint().width())
    long.move(-30, 0)
    assert [line.split(" ")[0] for line in cut(holder)] == ["QLabel"]


@pytest.mark.parametrize("room", [(960, 580), (1280, 800), (1024, 640)])
def test_a_first_window_is_no_larger_than_the_screen(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, room: tuple[int, int]
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda self: QSize(*room))
    window = open_window(session, qtbot)
    assert window.isMaximized()
    assert window.height() < room[1]
    assert window.width() <= room[0]
    assert window.minimumWidth() <= room[0]
    assert window.minimumHeight() < room[1]
    window.close_now()


def test_a_first_window_on_a_large_screen_leaves_room_beside_it(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "availableSize", lambda self: QSize(1920, 1080))
    window = open_window(session, qtbot)
    assert not window.isMaximized()
    assert window.size() == QSize(1280, 800)
    window.close_now()
