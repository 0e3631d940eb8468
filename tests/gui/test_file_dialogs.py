"""Dialogs that ask for files: where they open, and that they can be read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

import facea_desktop.ui
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.theme import Mode, apply, colours

UI = Path(facea_desktop.ui.__file__).parent


def opened(root: Path, qtbot: QtBot, kind: str = "people") -> QFileDialog:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    remember(dialog, root, kind)  # type: ignore[arg-type]
    dialog.open()
    return dialog


def place(dialog: QFileDialog) -> Path:
    return Path(dialog.directory().absolutePath())


def test_a_dialog_opens_where_the_last_file_of_its_kind_was_chosen(tmp_path: Path, qtbot: QtBot) -> None:
    there = tmp_path / "people of mine"
    there.mkdir()
    (there / "anna.facea").touch()
    first = opened(tmp_path, qtbot)
    assert place(first) != there
    first.selectFile(str(there / "anna.facea"))
    first.accept()
    assert place(opened(tmp_path, qtbot)) == there
    assert place(opened(tmp_path, qtbot, "weights")) != there


def test_a_folder_that_was_chosen_is_where_the_next_choice_begins(tmp_path: Path, qtbot: QtBot) -> None:
    there = tmp_path / "out"
    there.mkdir()
    first = opened(tmp_path, qtbot)
    first.setFileMode(QFileDialog.FileMode.Directory)
    first.selectFile(str(there))
    first.accept()
    assert place(opened(tmp_path, qtbot)) == there


def test_a_dialog_that_was_left_keeps_what_was_remembered_and_a_folder_that_is_gone_is_none(
    tmp_path: Path, qtbot: QtBot
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    (there / "a.facea").touch()
    first = opened(tmp_path, qtbot)
    first.selectFile(str(there / "a.facea"))
    first.accept()
    second = opened(tmp_path, qtbot)
    second.setDirectory(str(tmp_path))
    second.reject()
    assert place(opened(tmp_path, qtbot)) == there
    (there / "a.facea").unlink()
    there.rmdir()
    fallen_back = place(opened(tmp_path, qtbot))
    assert fallen_back.is_dir()
    assert fallen_back != there


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_the_buttons_of_the_dialogs_header_are_drawn_in_the_colour_of_text(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, mode: Mode
) -> None:
    apply(qapp, mode)
    dialog = opened(tmp_path, qtbot)
    for name in ("backButton", "forwardButton", "toParentButton", "newFolderButton", "listModeButton"):
        button = dialog.findChild(QToolButton, name)
        image = button.icon().pixmap(24).toImage()
        drawn = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert QColor(colours().text).name() in drawn, name


def test_no_dialog_forgets() -> None:
    """Whoever makes a file dialog has it remember."""
    forgetful = []
    for path in sorted(UI.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                called = [getattr(one.func, "id", "") for one in ast.walk(function) if isinstance(one, ast.Call)]
                if called.count("QFileDialog") > called.count("remember"):
                    forgetful.append(f"{path.relative_to(UI)}: {function.name}")
    assert forgetful == []
