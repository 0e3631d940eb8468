"""The window as a whole, over a scripted pool: pages, menus, trouble, and leaving."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

import facea_desktop
from facea_desktop.domain.people import Profile, Recipe
from facea_desktop.domain.requests import FetchRequest, PortraitRequest, TuneRequest
from facea_desktop.ui import session as ui_session
from facea_desktop.ui import theme
from facea_desktop.ui.batch.grid_dialog import GridDialog
from facea_desktop.ui.destinations import (
    ShowCanvas,
    ShowComparisons,
    ShowGallery,
    ShowJobs,
    ShowMixer,
    ShowNewPerson,
    ShowPerson,
    ShowSettings,
)
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.session import Session
from tests.gui.portrait.conftest import leave_portrait
from tests.gui.scripted_workers import ScriptedWorkers

NAMES = (
    *("libraryView", "newPersonButton", "promptEdit", "scenePromptEdit", "facePromptEdit", "generateButton"),
    *("canvasView", "mixerPanel", "jobsView", "galleryView", "cancelJobButton"),
)
Until = Callable[[Callable[[], Any]], Awaitable[None]]


def test_the_names_that_others_rely_on_are_there(window: MainWindow) -> None:
    assert window.objectName() == "mainWindow"
    assert [name for name in NAMES if window.findChild(QWidget, name) is None] == []


@pytest.mark.parametrize("page", ["canvas", "gallery", "jobs", "comparison", "models", "settings"])
def test_each_page_of_the_rail_opens_by_its_button(window: MainWindow, qtbot: QtBot, page: str) -> None:
    button: Any = window.findChild(QWidget, f"{page}PageButton")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is getattr(window.stack, "settings" if page == "models" else page)
    assert [name for name, action in window.rail.actions_by_page.items() if action.isChecked()] == [page]


def test_panels_lead_to_each_others_pages(window: MainWindow, session: Session, add_person: Any) -> None:
    person: Profile = add_person()
    session.people_changed()
    pages = window.stack
    for destination, page in (
        (ShowNewPerson(), pages.new_person),
        (ShowPerson(person.id), pages.person),
        (ShowGallery(), pages.gallery),
        (ShowJobs(), pages.jobs),
        (ShowComparisons(), pages.comparison),
        (ShowCanvas(), pages.canvas),
    ):
        session.go(destination)
        assert pages.currentWidget() is page
    session.go(ShowMixer(person.id))
    assert window.tabs.currentWidget() is window.mixing
    assert pages.currentWidget() is pages.canvas


def actions(window: MainWindow) -> list[QAction]:
    found: list[QAction] = []
    for top in window.menuBar().actions():
        menu = top.menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        found += [action for action in menu.actions() if not action.isSeparator() and action.menu() is None]
    return found


def test_no_two_keys_of_the_menus_are_the_same(window: MainWindow) -> None:
    keys = [key.toString() for action in actions(window) for key in action.shortcuts()]
    assert len(keys) > 20
    assert sorted(keys) == sorted(set(keys))


def test_every_menu_entry_says_what_it_does(window: MainWindow) -> None:
    assert len(actions(window)) > 30
    assert [action for action in actions(window) if not action.text()] == []


def test_trouble_stays_until_it_is_read(window: MainWindow, session: Session) -> None:
    session.failed.emit("The disk is full; free some space.")
    assert window.notice.isVisible()
    assert window.notice.text == "The disk is full; free some space."


def test_trouble_stays_on_its_page_and_does_not_follow_to_others(window: MainWindow, session: Session) -> None:
    session.go(ShowGallery())
    session.failed.emit("The disk is full; free some space.")
    session.go(ShowJobs())
    assert not window.notice.isVisible()
    session.failed.emit("The engine stopped answering; try again.")
    session.go(ShowGallery())
    assert window.notice.text == "The disk is full; free some space."
    window.notice.dismissed.emit()
    session.go(ShowJobs())
    assert window.notice.text == "The engine stopped answering; try again."
    session.go(ShowGallery())
    assert not window.notice.isVisible()


def test_a_download_that_fails_is_said_at_the_model_and_not_above_the_page_too(
    window: MainWindow, session: Session, workers: ScriptedWorkers
) -> None:
    job = session.submit(FetchRequest(model="sdxl-base"), "Fetch")
    workers.fail(job, "The hub cannot be reached.")
    assert window.notice.text == ""


def test_a_folder_that_cannot_be_shown_is_said(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    next(action for action in actions(window) if "data folder" in action.text()).trigger()
    assert str(session.root) in window.notice.text
    assert "No program" in window.notice.text


def test_a_remark_shows_for_a_moment_and_takes_no_room(window: MainWindow, session: Session) -> None:
    before = window.stack.size()
    session.noticed.emit("Copied.")
    assert window.toast.isVisible()
    assert window.stack.size() == before


def test_what_can_be_undone_is_undone_once_from_the_remark(window: MainWindow, session: Session) -> None:
    undone: list[str] = []
    session.undoable.emit("Anna moved to the bin.", lambda: undone.append("Anna"))
    assert window.toast.undo.isVisible()
    window.toast.undo.click()
    assert undone == ["Anna"]
    assert not window.toast.isVisible()
    session.noticed.emit("Copied.")
    assert not window.toast.undo.isVisible()


def test_what_was_deleted_comes_back_by_key_or_menu_long_after_the_remark(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    undone: list[str] = []
    (menu,) = (one for one in actions(window) if one.text() == "Undo deletion")
    assert not menu.isEnabled()
    for name, undo in (
        ("Anna", menu.trigger),
        ("Ben", lambda: qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)),
    ):
        session.undoable.emit("Moved to the bin.", partial(undone.append, name))
        window.toast.hide()
        session.noticed.emit("Copied.")
        assert menu.isEnabled()
        undo()
        assert undone[-1] == name
        assert not menu.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["Anna", "Ben"]


def test_the_undo_key_takes_back_what_the_remark_tells(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    undone: list[str] = []
    session.undoable.emit("Anna moved to the bin.", lambda: undone.append("Anna"))
    window.portrait.form.prompt.edit.setFocus()
    window.library.setFocus()
    qtbot.keyClick(window.library, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["Anna"]
    qtbot.keyClick(window.library, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["Anna"]


def test_leaving_at_rest_asks_nothing(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closed, timeout=1000):
        window.close()
    assert not window.isVisible()


@pytest.mark.parametrize("leave", [False, True])
def test_leaving_while_a_job_runs_asks_first(window: MainWindow, session: Session, qtbot: QtBot, leave: bool) -> None:
    session.submit(TuneRequest(person="x", recipe=Recipe()), "Tuning Anna")
    window.close()
    assert window.isVisible()
    box = window.findChild(QMessageBox, "quitDialog")
    assert box is not None
    assert "Tuning Anna" in box.text()
    wanted = "Quit" if leave else "Keep working"
    button = next(one for one in box.findChildren(QPushButton) if one.text() == wanted)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.isVisible() is not leave


def test_the_window_comes_back_as_it_was_left(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    window.resize(900, 700)  # the offscreen screen is small, and a window larger than the screen is cut to it
    window.columns.setSizes([290, 300, 360])
    QApplication.processEvents()
    sizes = window.columns.sizes()
    window.close()
    again = MainWindow(session)
    qtbot.addWidget(again)
    again.show()
    assert (again.width(), again.height()) == (900, 700)
    assert again.columns.sizes() == sizes
    again.close_now()


def test_who_is_chosen_is_not_chosen_anew_for_what_happens_to_others(
    session: Session, loop: QEventLoop, add_person: Any, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ui_session, "LOOK_S", 0.01)
    anna: Profile = add_person("Anna")
    session.people_changed()
    session.select(anna.id)
    told: list[Any] = []
    session.personSelected.connect(told.append)
    add_person("Ben")

    async def follow() -> None:
        session.follow_disk()
        await until(lambda: len(session.people()) == 2)
        await asyncio.sleep(0.1)

    loop.run_until_complete(follow())
    assert [person.name for person in session.people()] == ["Anna", "Ben"]
    assert told == []


def test_the_keys_dialog_lists_the_menus_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.menus.show_shortcuts()
    dialog = next(w for w in window.findChildren(QWidget) if type(w).__name__ == "ShortcutsDialog")
    text = " ".join(getattr(child, "text", str)() for child in dialog.findChildren(QWidget) if hasattr(child, "text"))
    assert QKeySequence(QKeySequence.StandardKey.New).toString(QKeySequence.SequenceFormat.NativeText) in text
    dialog.close()


def fresh(root: Path, code: str) -> subprocess.CompletedProcess[str]:
    source = Path(facea_desktop.__file__).parents[1]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(source)}
    command = [sys.executable, "-c", code, root]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def drop(window: MainWindow, *files: Path) -> bool:
    """Drop files on the window itself; whether it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    where, left = QPointF(5, 5), Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(where.toPoint(), Qt.DropAction.CopyAction, data, left, Qt.KeyboardModifier.NoModifier)
    entering.ignore()
    window.dragEnterEvent(entering)
    if entering.isAccepted():
        dropping = QDropEvent(where, Qt.DropAction.CopyAction, data, left, Qt.KeyboardModifier.NoModifier)
        window.dropEvent(dropping)
    return entering.isAccepted()


def test_a_person_dropped_anywhere_is_imported(window: MainWindow, session: Session, tmp_path: Path) -> None:
    taken: list[Any] = []
    window.library.people_actions.import_files = taken.append  # type: ignore[method-assign]
    assert drop(window, tmp_path / "anna.facea")
    assert taken == [[tmp_path / "anna.facea"]]
    assert not drop(window, tmp_path / "notes.txt")


def test_a_file_that_is_neither_person_nor_picture_is_named(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    window.open_files([tmp_path / "notes.txt"])
    assert window.notice.isVisibleTo(window)
    assert "notes.txt" in window.notice.findChildren(QLabel)[0].text()


def test_a_picture_dropped_anywhere_comes_to_the_portrait_panel(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    taken: list[Path] = []
    window.portrait.use_picture = taken.append  # type: ignore[method-assign]
    session.go(ShowSettings())
    assert drop(window, tmp_path / "beach.jpg")
    assert taken == [tmp_path / "beach.jpg"]
    assert window.stack.currentWidget() is window.stack.canvas
    assert window.tabs.currentWidget() is window.portrait


def test_the_portrait_panel_comes_forward_when_settings_come_back(window: MainWindow, session: Session) -> None:
    session.go(ShowMixer())
    session.portraitOpened.emit(Path("nothing.png"))
    assert window.tabs.currentWidget() is window.portrait


def themes(window: MainWindow) -> dict[str, QAction]:
    modes = {"Follow the &system": "system", "&Light": "light", "&Dark": "dark"}
    return {modes[one.text()]: one for one in window.findChildren(QAction) if one.text() in modes}


def test_the_theme_menu_follows_the_settings(window: MainWindow, session: Session) -> None:
    for mode in ("light", "dark", "system"):
        session.change_settings(theme=mode)
        assert [name for name, action in themes(window).items() if action.isChecked()] == [mode]


def test_the_theme_menu_dresses_the_program_before_any_settings_were_opened(window: MainWindow) -> None:
    assert window.findChild(QWidget, "settingsPage") is None
    for mode, colours in (("light", theme.LIGHT), ("dark", theme.DARK)):
        themes(window)[mode].trigger()
        assert theme.colours() is colours
        assert QApplication.palette().window().color().name() == colours.window


def test_as_the_system_follows_the_desktop_before_any_settings_were_opened(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "system_is_dark", lambda: False)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert window.findChild(QWidget, "settingsPage") is None
    assert theme.colours() is theme.LIGHT


def test_full_screen_has_a_key_everywhere_and_gives_back_what_was(window: MainWindow, qtbot: QtBot) -> None:
    action = next(action for action in actions(window) if action.text() == "&Full screen")
    assert any(key.toString() == "F11" for key in action.shortcuts()) or sys.platform == "darwin"
    for before in (window.showMaximized, window.showNormal):
        before()
        maximized = window.isMaximized()
        action.trigger()
        assert window.isFullScreen()
        action.trigger()
        assert not window.isFullScreen()
        assert window.isMaximized() is maximized


def portrait_menu(window: MainWindow) -> QMenu:
    """The menu as it is when it is opened."""
    menu = next(top.menu() for top in window.menuBar().actions() if top.text() == "P&ortrait")
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return menu


def test_a_menu_that_was_opened_while_nothing_was_chosen_can_be_opened_again(
    window: MainWindow, session: Session, loop: QEventLoop
) -> None:
    menu = portrait_menu(window)
    offered = [(action.text(), action.isEnabled()) for action in menu.actions() if not action.isSeparator()]
    assert offered == [("No portrait selected", False), ("&Grid of two settings…", True)]
    assert menu.isEnabled()
    assert menu.menuAction().isEnabled()

    path = leave_portrait(session.library.portraits, PortraitRequest(person="0123456789ab", prompt="a"))
    session.index.add_portrait(path, None)
    session.portraitsChanged.emit()

    async def choose() -> None:
        window.strip.choose(path)

    loop.run_until_complete(choose())
    assert "Use &settings" in [action.text() for action in portrait_menu(window).actions()]


def test_a_grid_needs_what_a_portrait_needs(window: MainWindow, session: Session) -> None:
    said: list[str] = []
    session.failed.connect(said.append)
    next(action for action in portrait_menu(window).actions() if "Grid" in action.text()).trigger()
    assert said == ["Choose a person on the left first."]
    assert window.findChild(GridDialog) is None


def test_menus_that_are_opened_again_and_again_leave_nothing_behind(window: MainWindow) -> None:
    def count() -> int:
        actions(window)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(window.findChildren(QMenu))

    assert count() == count()


WHEN_OPEN = """
import os, signal, sys
from functools import partial
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from facea_desktop.cli import main
q = QApplication([])
def look():
    windows = [w for w in q.topLevelWidgets() if w.objectName() == "mainWindow" and w.isVisible()]
    QTimer.singleShot(200, lambda: then(windows[0]) if windows else look())
look()
"""
"""Opens the program and calls ``then`` with its window, however slow the machine is."""


def test_the_open_window_has_loaded_neither_torch_nor_opencv(tmp_path: Path) -> None:
    ran = fresh(
        tmp_path,
        "from facea_desktop.ui.destinations import *\n"
        "def then(window):\n"
        "    for page in (ShowGallery(), ShowJobs(), ShowSettings('models'), ShowNewPerson(), ShowCanvas()):\n"
        "        window.go(page)\n"
        "    print('open', *sorted({'torch', 'cv2', 'diffusers', 'transformers'} & sys.modules.keys()))\n"
        "    window.close()\n" + WHEN_OPEN + "sys.exit(main(['--data-dir', sys.argv[1]]))\n",
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, "open"), ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_end_of_the_desktops_session_closes_the_program_in_order(tmp_path: Path) -> None:
    ran = fresh(
        tmp_path,
        "def then(window):\n    os.kill(os.getpid(), signal.SIGTERM)\n"
        + WHEN_OPEN
        + "sys.exit(main(['--data-dir', sys.argv[1]]))\n",
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_without_a_display_the_window_says_so_in_one_line(tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment["PYTHONPATH"] = str(Path(facea_desktop.__file__).parents[1])
    command = [sys.executable, "-m", "facea_desktop.cli", "--data-dir", tmp_path]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    if sys.platform.startswith("linux"):
        assert ran.returncode == 3
        assert ran.stderr.count("\n") == 1
        assert "no display" in ran.stderr
