"""Files that the desktop has the program open, whenever they come."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from facea_desktop.ui.opened_files import OpenedFiles

ANNA, BEN, SEA = Path("/home/anna.facea"), Path("/home/ben.facea"), Path("/home/sea.png")


def test_what_comes_before_the_window_waits_for_it_and_comes_once() -> None:
    opened, came = OpenedFiles([ANNA]), []
    opened.came.connect(came.append)
    opened.add([BEN])
    assert came == []
    opened.deliver()
    assert came == [[ANNA, BEN]]
    opened.add([SEA])
    assert came == [[ANNA, BEN], [SEA]]


def test_a_start_without_files_opens_none() -> None:
    opened, came = OpenedFiles(), []
    opened.came.connect(came.append)
    opened.deliver()
    opened.add([])
    assert came == []


def test_the_open_events_of_macos_are_taken_and_no_others(qapp: QApplication) -> None:
    opened, came = OpenedFiles(), []
    opened.came.connect(came.append)
    opened.deliver()
    qapp.installEventFilter(opened)
    QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(ANNA))))
    assert not opened.eventFilter(qapp, QEvent(QEvent.Type.ApplicationActivate))
    qapp.removeEventFilter(opened)
    assert came == [[ANNA]]
