"""Another theme while the window is open: nothing of the one before is left behind."""

from __future__ import annotations

import asyncio
import gc
from collections import Counter
from collections.abc import Callable
from dataclasses import astuple

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.people import Profile, Recipe
from facea_desktop.domain.requests import PortraitRequest, TuneRequest
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import DARK, LIGHT, Mode, apply
from tests.gui.destinations import every_page
from tests.gui.portrait.conftest import leave_portrait
from tests.gui.scripted_workers import ScriptedWorkers

TILES = {"appearance"}
"""Shows both themes on purpose."""


def counted(image: QImage, colours: set[str]) -> Counter[str]:
    """How many pixels have exactly one of these colours."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    values = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)[:, : image.width()] & 0xFFFFFF
    return Counter({colour: int((values == int(colour[1:], 16)).sum()) for colour in colours})


async def look(window: MainWindow, person: Profile, colours: set[str]) -> dict[str, Counter[str]]:
    """How much of the colours each page shows once it has come to rest."""
    seen = {}
    for page, destination in every_page(person.id).items():
        window.go(destination)
        before = QImage()
        for _ in range(40):
            await asyncio.sleep(0.05)
            now = window.grab().toImage()
            if now == before:
                break
            before = now
        seen[page] = counted(before, colours)
    return seen


@pytest.mark.parametrize(("first", "then"), [("dark", "light"), ("light", "dark")])
def test_nothing_keeps_the_colours_of_the_theme_before(
    session: Session,
    loop: QEventLoop,
    qtbot: QtBot,
    qapp: QApplication,
    add_person: Callable[..., Profile],
    first: Mode,
    then: Mode,
    workers: ScriptedWorkers,
) -> None:
    anna = add_person("Anna", photos=3)
    ben = add_person("Ben", tuned=False)
    session.people_changed()
    session.select(anna.id)
    path = leave_portrait(session.library.portraits, PortraitRequest(person=anna.id, prompt="a woman smiling"))
    session.index.add_portrait(path, 0.7)
    failed = session.submit(TuneRequest(person=ben.id, recipe=Recipe()), "Tuning Ben")
    workers.fail(failed, "The disk is full.")
    old = set(astuple(DARK if first == "dark" else LIGHT)) - set(astuple(LIGHT if first == "dark" else DARK))

    def open_in(mode: Mode) -> MainWindow:
        apply(qapp, mode)
        session.settings = session.settings.model_copy(update={"theme": mode})
        window = MainWindow(session)
        qtbot.addWidget(window)
        window.setFixedSize(1100, 760)
        window.showNormal()
        window.show_trouble("The disk is full; free some space.")
        return window

    fresh_window = open_in(then)
    fresh = loop.run_until_complete(look(fresh_window, anna, old))
    fresh_window.close_now()
    window = open_in(first)
    loop.run_until_complete(look(window, anna, old))
    session.change_settings(theme=then)
    changed = loop.run_until_complete(look(window, anna, old))
    window.close_now()
    left = {page: changed[page] - fresh[page] for page in every_page() if page not in TILES}
    assert {page: colours for page, colours in left.items() if colours} == {}


def test_no_widget_is_freed_while_all_are_dressed(qtbot: QtBot, qapp: QApplication) -> None:
    collecting = []

    class Watcher(QWidget):
        def changeEvent(self, event: QEvent) -> None:
            super().changeEvent(event)
            collecting.append(gc.isenabled())

    watcher = Watcher()
    qtbot.addWidget(watcher)
    watcher.show()
    collecting.clear()
    for mode in ("dark", "light"):
        apply(qapp, mode)
    assert collecting
    assert not any(collecting)
    assert gc.isenabled()
