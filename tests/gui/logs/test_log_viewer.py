"""The log viewer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from facea_desktop.ui.logs import LogViewer, log_file
from facea_desktop.ui.session import Session

LINES = (
    "2026-01-02 03:04:05,678 facea_desktop.pool INFO engine warm",
    "2026-01-02 03:04:06,678 facea_desktop.pool WARNING disk nearly full",
    "2026-01-02 03:04:07,678 facea_desktop.pool ERROR Anna failed\nTraceback (most recent call last):\n"
    "KeyError: 'Anna'",
)


@pytest.fixture
def viewer(tmp_path: Path, qtbot: QtBot) -> LogViewer:
    log_file(tmp_path).parent.mkdir(exist_ok=True)
    log_file(tmp_path).write_text("\n".join(LINES) + "\n")
    made = LogViewer(tmp_path)
    qtbot.addWidget(made)
    made.show()
    return made


def text(viewer: LogViewer) -> str:
    return viewer.findChild(QPlainTextEdit, "logText").toPlainText()


def test_the_log_is_shown(viewer: LogViewer) -> None:
    assert text(viewer) == "\n".join(LINES)
    assert not viewer.isModal()


def test_it_can_be_narrowed_by_level_and_by_words(viewer: LogViewer) -> None:
    level = viewer.findChild(QComboBox, "logLevel")
    search = viewer.findChild(QLineEdit, "logSearch")

    level.setCurrentIndex(1)
    assert text(viewer) == "\n".join(LINES[1:])
    level.setCurrentIndex(2)
    assert text(viewer) == LINES[2]
    level.setCurrentIndex(0)
    search.setText("DISK full")
    assert text(viewer) == LINES[1]
    search.setText("nothing like it")
    assert text(viewer) == ""
    assert "No entry matches" in viewer.findChild(QPlainTextEdit, "logText").placeholderText()


def test_what_is_new_comes_in_and_the_choice_stays(viewer: LogViewer, tmp_path: Path) -> None:
    viewer.findChild(QLineEdit, "logSearch").setText("disk")
    with log_file(tmp_path).open("a") as file:
        file.write("2026-01-02 03:04:08,678 facea_desktop.pool INFO disk has room again\n")

    viewer.look()

    assert text(viewer).splitlines() == [
        LINES[1],
        "2026-01-02 03:04:08,678 facea_desktop.pool INFO disk has room again",
    ]


def test_a_log_that_was_turned_over_is_shown_anew(viewer: LogViewer, tmp_path: Path) -> None:
    log_file(tmp_path).write_text(LINES[1] + "\n")

    viewer.look()

    assert text(viewer) == LINES[1]


def test_only_the_end_of_a_long_log_is_shown_and_news_do_not_move_what_is_read(
    viewer: LogViewer, tmp_path: Path
) -> None:
    line = "2026-01-02 03:04:08,678 facea_desktop.pool INFO number {:05}\n"
    log_file(tmp_path).write_text("".join(line.format(number) for number in range(10_000)))
    viewer.look()
    bar = viewer.findChild(QPlainTextEdit, "logText").verticalScrollBar()
    assert bar.value() > 0
    assert text(viewer).endswith("number 09999")
    assert len(text(viewer)) < 110_000
    bar.setValue(40)

    with log_file(tmp_path).open("a") as file:
        file.write(line.format(10_000))
    viewer.look()

    assert text(viewer).endswith("number 10000")
    assert bar.value() == 40


def test_it_looks_for_news_only_while_it_is_visible(viewer: LogViewer) -> None:
    timer = viewer.findChild(QTimer)
    assert timer.isActive()
    viewer.hide()
    assert not timer.isActive()


def test_no_log_is_good_news(tmp_path: Path, qtbot: QtBot) -> None:
    viewer = LogViewer(tmp_path / "fresh")
    qtbot.addWidget(viewer)
    viewer.show()

    assert "Nothing has been logged yet" in viewer.findChild(QPlainTextEdit, "logText").placeholderText()


def test_copy_takes_what_is_selected_or_else_everything(viewer: LogViewer) -> None:
    copy = viewer.findChild(QPushButton, "copyLog")
    copy.click()
    assert QGuiApplication.clipboard().text() == "\n".join(LINES)

    shown = viewer.findChild(QPlainTextEdit, "logText")
    cursor = shown.textCursor()
    cursor.setPosition(text(viewer).index("Traceback"))
    cursor.setPosition(len(text(viewer)), cursor.MoveMode.KeepAnchor)
    shown.setTextCursor(cursor)
    copy.click()
    assert QGuiApplication.clipboard().text() == "Traceback (most recent call last):\nKeyError: 'Anna'"


def test_the_folder_of_the_log_is_opened(viewer: LogViewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)

    next(one for one in viewer.findChildren(QPushButton) if "folder" in one.text()).click()

    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / "logs"]


def test_a_report_is_saved_without_the_names_of_the_librarys_people(
    session: Session, add_person: Callable[..., Any], tmp_path: Path, qtbot: QtBot
) -> None:
    add_person("Anna")
    log_file(tmp_path).parent.mkdir(exist_ok=True)
    log_file(tmp_path).write_text("\n".join(LINES))
    viewer = LogViewer(tmp_path)
    qtbot.addWidget(viewer)
    viewer.show()
    viewer.findChild(QPushButton, "saveReport").click()
    dialog = viewer.findChild(QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    dialog.fileSelected.emit(str(tmp_path / "report.txt"))
    dialog.close()

    notice = "\n".join
    qtbot.waitUntil(lambda: "report.txt saved" in notice(one.text() for one in viewer.findChildren(QLabel)))
    saved = (tmp_path / "report.txt").read_text()
    assert "disk nearly full" in saved
    assert "Anna" not in saved


def test_a_report_that_cannot_be_saved_is_said_in_place(
    viewer: LogViewer, tmp_path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    viewer.save_report(tmp_path / "no such folder" / "report.txt")

    said = "\n".join
    qtbot.waitUntil(lambda: "could not be saved" in said(one.text() for one in viewer.findChildren(QLabel)))
