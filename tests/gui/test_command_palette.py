"""Whatever the menus offer, and everybody in the library, is found by a few letters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.outcomes import FacesFound
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.portrait_files import erase_portrait
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.ui.command_palette import CommandPalette
from facea_desktop.ui.destinations import ShowGallery
from facea_desktop.ui.fuzzy_match import fit
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.session import Session
from tests.gui.scripted_workers import ScriptedWorkers

Until = Callable[[Callable[[], Any]], Awaitable[None]]


def palette_of(window: MainWindow) -> CommandPalette:
    window.menus.show_palette()
    return window.findChildren(CommandPalette)[-1]


def lines(palette: CommandPalette) -> list[str]:
    items = [palette.list.topLevelItem(row) for row in range(palette.list.topLevelItemCount())]
    return [item.text(0) for item in items if item is not None]


def test_letters_may_be_left_out_but_not_swapped() -> None:
    assert fit("gal", "Gallery") is not None
    assert fit("glry", "Gallery") is not None
    assert fit("yrl", "Gallery") is None
    assert fit("paint zoe", "Paint Zoë") is not None
    assert fit("zoe paint", "Paint Zoë") is not None


def test_beginnings_of_words_and_letters_in_a_row_count_most() -> None:
    def better(query: str, one: str, other: str) -> bool:
        first, second = fit(query, one), fit(query, other)
        assert first is not None
        assert second is not None
        return first > second

    assert better("np", "New person", "Cancel ample")
    assert better("gal", "Gallery", "Grow a mask at all")
    assert better("paint adam", "Paint Adam", "Paint Adamantine")
    assert better("pictures", "Put a person into pictures…", "Open picture as scene…")  # in one piece


def test_the_palette_lists_every_command_once(window: MainWindow) -> None:
    palette = palette_of(window)
    palette.search.setText("grow")
    assert "Grow" not in lines(palette)  # there is nothing to grow
    offered = [entry.text for entry in palette._entries]
    actions = [action for _, action in window.menus.commands() if action.isEnabled() and action.isVisible()]
    assert len(offered) == len(actions)
    assert {"New person…", "Gallery", "Dark", "Hide side panels", "Red"} <= set(offered)
    palette.close()


def test_a_person_is_painted_by_name(
    window: MainWindow, session: Session, add_person: Callable[..., Profile], qtbot: QtBot
) -> None:
    adam, eve = add_person("Adam"), add_person("Eve", tuned=False, photos=0)
    add_person("Ben", tuned=False)
    session.people_changed()
    session.select(eve.id)
    window.go(ShowGallery())
    palette = palette_of(window)
    offered = [entry.text for entry in palette._entries]
    assert "Paint Eve" not in offered  # neither tuned nor with photos
    assert "Paint Ben" in offered  # at first sight
    qtbot.keyClicks(palette.search, "pnt adm")
    assert lines(palette)[0] == "Paint Adam"
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.selected is not None and session.selected.id == adam.id)
    assert window.stack.currentWidget() is window.stack.canvas
    assert not window.findChildren(CommandPalette) or not palette.isVisible()


def test_arrow_keys_choose_another_line_and_nothing_is_done_without_a_match(window: MainWindow, qtbot: QtBot) -> None:
    palette = palette_of(window)
    second = lines(palette)[1]
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.list.currentItem().text(0) == second
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    assert palette.list.currentItem().text(0) == lines(palette)[-1]
    palette.search.setText("qqqq")
    assert lines(palette) == []
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)


def test_folding_the_side_panels_keeps_the_focus_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    prompt = window.findChild(QPlainTextEdit, "promptEdit")
    assert prompt is not None
    prompt.setFocus()
    window.menus.fold.trigger()
    assert window.library.isHidden()
    assert window.tabs.isHidden()
    focus = QApplication.focusWidget()
    assert focus is None or focus.isVisible()
    window.menus.fold.trigger()
    assert window.tabs.isVisible()
    window.menus.fold.trigger()
    window.menus._paint("nobody")  # who wants the panel gets it back
    assert window.tabs.isVisible()
    assert not window.menus.fold.isChecked()


def test_a_picture_is_pasted_as_the_scene_and_goes_with_its_portrait(
    window: MainWindow, session: Session, workers: ScriptedWorkers, loop: QEventLoop, until: Until
) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    workers.answers["faces"] = FacesFound(40, 30, ())

    async def paste() -> None:
        window.canvas.commands["paste"].trigger()
        await until(lambda: window.portrait.form.scene.picture is not None and window.canvas.picture() is not None)

    loop.run_until_complete(paste())
    scene = window.portrait.form.scene.picture
    assert scene is not None
    assert scene.parent == session.library.portraits / ".pasted"
    QGuiApplication.clipboard().setText("words")
    window.canvas.commands["copy"].trigger()
    assert QGuiApplication.clipboard().image().size() == picture.size()
    portrait = session.library.portraits / "a.png"
    save_portrait(
        portrait, Image.new("RGB", (40, 30)), PortraitRequest(person="a", picture=Path(scene.name)).model_dump_json()
    )
    erase_portrait(portrait)
    assert not scene.exists()


def test_without_a_picture_on_the_clipboard_one_line_says_so(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("words")
    window.canvas.commands["paste"].trigger()
    assert window.portrait.notice.text == "There is no picture on the clipboard."


def test_the_mask_is_shown_in_the_colour_that_was_chosen_also_next_time(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    menu = window.canvas.bar.mask_look
    for text in ("Green", "25 %"):
        next(action for action in menu.actions() if action.text() == text).trigger()
    assert (session.settings.mask_colour, session.settings.mask_opacity) == ("green", 25)
    again = MainWindow(session)
    qtbot.addWidget(again)
    assert [action.text() for action in again.canvas.bar.mask_look.actions() if action.isChecked()] == ["Green", "25 %"]
    again.close_now()
