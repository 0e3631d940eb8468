"""What comes often is acted upon seldom."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QScrollBar
from pytestqt.qtbot import QtBot

from facea_desktop.ui.throttling import Debounce, Throttle


@pytest.mark.parametrize("kind", [Debounce, Throttle])
def test_what_comes_more_often_is_acted_upon_once(kind: type[Debounce], qtbot: QtBot) -> None:
    parent, calls = QObject(), []
    timer = kind(1, lambda: calls.append("called"), parent)
    for _ in range(5):
        timer.schedule()
    qtbot.waitUntil(lambda: calls == ["called"])
    assert not timer.isActive()


@pytest.mark.parametrize(("kind", "put_off"), [(Debounce, True), (Throttle, False)])
def test_new_things_put_off_a_debounce_but_no_throttle(kind: type[Debounce], put_off: bool, qtbot: QtBot) -> None:
    parent = QObject()
    timer = kind(100_000, lambda: None, parent)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.schedule()
    qtbot.wait(300)
    before = timer.remainingTime()
    timer.schedule()
    assert (timer.remainingTime() > before) is put_off


def test_a_call_that_is_due_can_be_made_now_and_is_made_once() -> None:
    parent, calls = QObject(), []
    pause = Debounce(10_000, lambda: calls.append("called"), parent)
    pause.flush()
    assert calls == []
    pause.schedule()
    pause.flush()
    pause.flush()
    assert calls == ["called"]
    assert not pause.isActive()


def test_what_a_signal_carries_is_not_taken_for_the_time_to_wait(qtbot: QtBot) -> None:
    bar = QScrollBar()
    qtbot.addWidget(bar)
    bar.setMaximum(100_000)
    pause = Debounce(10_000, lambda: None, bar)
    bar.valueChanged.connect(pause.schedule)
    bar.setValue(50_000)
    assert pause.isActive()
    assert pause.interval() == 10_000
