"""Where the keyboard is can be seen on every page, whatever kind of thing it is at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.people import Profile
from facea_desktop.ui.focus_ring import FocusRing
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import column, take_tab_order
from tests.gui.destinations import every_page


@pytest.fixture
def window(qtbot: QtBot, session: Session, add_person: Callable[..., Profile]) -> Iterator[MainWindow]:
    add_person("Anna", photos=3)
    add_person("Ben")
    session.people_changed()
    made = MainWindow(session)
    qtbot.addWidget(made)
    made.show()
    made.showNormal()
    made.resize(1280, 800)  # also where there is no screen of that size
    made.activateWindow()
    yield made
    made.close_now()


def around(window: QWidget, widget: QWidget) -> QImage:
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-3, -3, 3, 3)
    return window.grab(place & window.rect()).toImage()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.mark.parametrize("page", every_page())
def test_every_step_of_tab_is_seen(
    window: MainWindow, session: Session, loop: QEventLoop, qtbot: QtBot, page: str
) -> None:
    person = session.people()[0].id

    async def walk() -> tuple[int, list[str]]:
        window.go(every_page(person)[page])
        await asyncio.sleep(0.1)
        window.rail.setFocus()
        seen: list[QWidget] = []
        unseen: list[str] = []
        while True:
            qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
            now = focused()
            if any(now is one for one in seen):
                return len(seen), unseen
            seen.append(now)
            with_focus = around(window, now)
            now.clearFocus()
            without = around(window, now)
            now.setFocus(Qt.FocusReason.TabFocusReason)
            if with_focus == without:
                unseen.append(f"{type(now).__name__} {now.objectName()}")

    count, unseen = loop.run_until_complete(walk())
    assert count >= 6
    assert unseen == []


@pytest.fixture
def two(qtbot: QtBot) -> Iterator[QDialog]:
    """A dialog with a button and, in a scrolling area far below it, another one."""
    dialog = QDialog()
    qtbot.addWidget(dialog)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    ring = FocusRing(app, dialog)
    inner = QWidget()
    low = QPushButton("low")
    low.setObjectName("low")
    layout = column(QPushButton("first"), low)
    layout.insertSpacing(1, 600)
    inner.setLayout(layout)
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    high = QPushButton("high")
    high.setObjectName("high")
    dialog.setLayout(column(high, area))
    dialog.resize(300, 300)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isActiveWindow())
    yield dialog
    ring.deleteLater()


def rings(dialog: QDialog) -> list[QWidget]:
    return [one for one in dialog.findChildren(QWidget) if type(one).__name__ == "_Ring" and one.isVisible()]


def test_a_click_leaves_no_ring(two: QDialog, qtbot: QtBot) -> None:
    high = two.findChild(QPushButton, "high")
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert len(rings(two)) == 1
    qtbot.mouseClick(high, Qt.MouseButton.LeftButton)
    assert rings(two) == []


def test_the_ring_goes_along_when_what_it_surrounds_is_scrolled_and_ends_with_the_area(
    two: QDialog, qtbot: QtBot
) -> None:
    low = two.findChild(QPushButton, "low")
    while focused() is not low:
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    (ring,) = rings(two)
    assert ring.geometry().contains(QRect(low.mapTo(two, QPoint(0, 0)), low.size()))
    area = two.findChild(QScrollArea)
    area.verticalScrollBar().setValue(0)
    assert rings(two) == []
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert rings(two) == [ring]


def test_a_ring_survives_what_it_surrounds(two: QDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    gone = focused()
    gone.setParent(None)
    gone.deleteLater()
    QApplication.processEvents()
    qtbot.keyClick(two.findChild(QPushButton, "high"), Qt.Key.Key_Tab)
    assert len(rings(two)) == 1


def test_what_takes_the_place_of_something_takes_its_place_for_tab(two: QDialog, qtbot: QtBot) -> None:
    area = two.findChild(QScrollArea)
    inner = area.widget()
    old, fresh = QWidget(inner), QWidget(inner)
    old.setLayout(column(QPushButton("old")))
    fresh.setLayout(column(QPushButton("one"), QPushButton("two")))
    layout = inner.layout()
    assert isinstance(layout, QVBoxLayout)
    layout.insertWidget(1, old)
    QWidget.setTabOrder(inner.findChildren(QPushButton)[0], old.findChild(QPushButton))
    layout.replaceWidget(old, fresh)
    take_tab_order(old, fresh)
    old.hide()
    QApplication.processEvents()
    names = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget() or two, Qt.Key.Key_Tab)
        button = focused()
        assert isinstance(button, QPushButton)
        names.append(button.text())
    start = names.index("first")
    assert [*names[start:], *names[:start]] == ["first", "one", "two", "low", "high"]


def test_tab_goes_from_the_styles_to_the_quick_picks_to_the_scene(
    window: MainWindow, session: Session, loop: QEventLoop, qtbot: QtBot
) -> None:
    async def walk() -> list[str]:
        window.go(every_page(session.people()[0].id)["portrait"])
        await asyncio.sleep(0.1)
        window.rail.setFocus()
        names: list[str] = []
        for _ in range(60):
            qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
            names.append(focused().objectName())
        return names

    names = loop.run_until_complete(walk())
    assert names.index("styleStrip") < names.index("expressionPicks") < names.index("paintScene")
