"""Work beside the window: in order, told in the window's thread, and to nobody who is gone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.ui.background_thread import BackgroundThread


@pytest.fixture
def background(qapp: object) -> Iterator[BackgroundThread]:
    made = BackgroundThread()
    yield made
    made.close()


def raising(error: Exception) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def test_things_are_done_one_after_the_other_and_told_in_the_windows_thread(
    background: BackgroundThread, qtbot: QtBot
) -> None:
    threads: list[threading.Thread] = []
    told: list[tuple[int, threading.Thread]] = []

    def work(number: int) -> int:
        threads.append(threading.current_thread())
        return number

    for number in range(50):
        background.run(partial(work, number), lambda number: told.append((number, threading.current_thread())))
    qtbot.waitUntil(lambda: len(told) == 50)
    assert told == [(number, threading.main_thread()) for number in range(50)]
    assert threading.main_thread() not in threads


def test_what_the_user_can_mend_is_told_apart_from_a_bug_which_is_logged(
    background: BackgroundThread, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    with caplog.at_level(logging.ERROR):
        background.run(raising(UserError("Free some disk space.")), failed=told.append)
        background.run(raising(CancelledError()), failed=told.append, cancelled=lambda: told.append("cancelled"))
        qtbot.waitUntil(lambda: len(told) == 2)
        assert caplog.records == []
        background.run(raising(ZeroDivisionError()), failed=told.append)
        qtbot.waitUntil(lambda: len(told) == 3)
    assert told == ["Free some disk space.", "cancelled", "Something went wrong. See Help > Show log for details."]
    (record,) = caplog.records
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


@pytest.mark.parametrize("finish", [False, True])
def test_closing_waits_for_what_runs_and_drops_or_finishes_what_waits(
    background: BackgroundThread, finish: bool
) -> None:
    began, let_go = threading.Event(), threading.Event()
    done: list[str] = []

    def first() -> None:
        began.set()
        assert let_go.wait(30)
        done.append("first")

    background.run(first)
    background.run(lambda: done.append("second"))
    assert began.wait(30)
    threading.Timer(0.05, let_go.set).start()
    background.close(finish=finish)
    assert done == (["first", "second"] if finish else ["first"])
    background.run(lambda: done.append("after the end"))
    assert "after the end" not in done


def test_when_the_owner_is_gone_nothing_more_is_begun_and_nobody_is_told(qtbot: QtBot) -> None:
    owner = BackgroundThread()
    began, let_go = threading.Event(), threading.Event()
    done: list[str] = []

    def first() -> None:
        began.set()
        assert let_go.wait(30)
        done.append("first")

    owner.run(first, lambda _: done.append("told"))
    owner.run(lambda: done.append("second"))
    assert began.wait(30)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    let_go.set()
    qtbot.waitUntil(lambda: done == ["first"])
    qtbot.wait(20)
    assert done == ["first"]
