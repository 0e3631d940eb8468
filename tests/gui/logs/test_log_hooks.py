"""Nothing that goes wrong is lost, nothing of it is thrown at the user, and every hook comes off again."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler, qWarning
from qasync import QEventLoop

from facea_desktop.ui.logs import SENTENCE, last_crash, log_file, setup_logging
from facea_desktop.ui.logs import log_hooks as hooks_module

Setup = Callable[..., Callable[[], None]]


@pytest.fixture
def setup() -> Iterator[Setup]:
    """Hooks that are taken off after the test, whatever happens in it."""
    undoing: list[Callable[[], None]] = []

    def begin(root: Path, report: Callable[[str], None] = lambda sentence: None) -> Callable[[], None]:
        undoing.append(setup_logging(root, report))
        return undoing[-1]

    yield begin
    for undo in reversed(undoing):
        undo()


def logged(root: Path) -> str:
    return log_file(root).read_text(encoding="utf-8")


def raised(message: str = "the reason") -> Exception:
    try:
        raise RuntimeError(message)  # noqa: TRY301 - it needs a traceback
    except RuntimeError as error:
        return error


def uncaught(error: Exception) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def test_what_nobody_caught_is_logged_with_its_traceback_and_reported_in_one_sentence(
    tmp_path: Path, setup: Setup
) -> None:
    told: list[str] = []
    setup(tmp_path, told.append)

    uncaught(raised())

    assert told == [SENTENCE]
    assert "Traceback" not in SENTENCE
    assert "RuntimeError: the reason" in logged(tmp_path)
    assert "in raised" in logged(tmp_path)


def test_what_comes_with_every_frame_is_logged_once_and_another_thing_still_is(
    tmp_path: Path, setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(hooks_module.time, "monotonic", lambda: clock[0])
    told: list[str] = []
    setup(tmp_path, told.append)

    for _ in range(60):
        uncaught(raised("again"))
    assert len(told) == 1
    uncaught(ValueError("another"))
    assert len(told) == 2
    clock[0] += hooks_module.QUIET_S
    uncaught(raised("again"))
    assert len(told) == 3
    assert logged(tmp_path).count("RuntimeError: again") == 2


def test_threads_are_heard_too(tmp_path: Path, setup: Setup) -> None:
    told: list[str] = []
    setup(tmp_path, told.append)

    def fail() -> None:
        raise RuntimeError("in the background")

    thread = threading.Thread(target=fail, name="thumbnails")
    thread.start()
    thread.join()

    assert told == [SENTENCE]
    assert "not caught in thumbnails" in logged(tmp_path)


def test_a_task_of_the_loop_that_nobody_waits_for_is_heard_too(tmp_path: Path, setup: Setup, loop: QEventLoop) -> None:
    told: list[str] = []
    setup(tmp_path, told.append)

    async def journey() -> None:
        loop.call_exception_handler({"message": "Task exception was never retrieved", "exception": raised("in a task")})
        await asyncio.sleep(0)

    loop.run_until_complete(journey())
    assert told == [SENTENCE]
    assert "RuntimeError: in a task" in logged(tmp_path)


def test_the_wish_to_leave_is_no_fault(tmp_path: Path, setup: Setup, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    setup(tmp_path, told.append)

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert told == []
    assert not log_file(tmp_path).exists()
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_qts_messages_are_logged(tmp_path: Path, setup: Setup) -> None:
    setup(tmp_path)

    qWarning("QPainter: not active")

    assert "facea_desktop.qt WARNING QPainter: not active" in logged(tmp_path)


def test_the_programs_own_words_are_logged_and_others_only_when_they_warn(tmp_path: Path, setup: Setup) -> None:
    setup(tmp_path)

    logging.getLogger("facea_desktop.workers").info("the engine is warm")
    logging.getLogger("elsewhere").info("chatter")
    logging.getLogger("elsewhere").warning("trouble")

    assert "the engine is warm" in logged(tmp_path)
    assert "chatter" not in logged(tmp_path)
    assert "trouble" in logged(tmp_path)


def test_a_log_that_grows_too_large_is_turned_over(
    tmp_path: Path, setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks_module, "LOG_BYTES", 1000)
    setup(tmp_path)

    for number in range(100):
        logging.getLogger("facea_desktop").info("line %d", number)

    assert log_file(tmp_path).stat().st_size <= 1000
    assert len(list((tmp_path / "logs").glob("facea.log*"))) == 4


def test_every_hook_comes_off_again(tmp_path: Path) -> None:
    own = logging.getLogger("facea_desktop")

    def heard(kind: QtMsgType, context: object, message: str) -> None:
        """Stands for whoever listened before."""

    before_qt = qInstallMessageHandler(heard)
    try:
        before = sys.excepthook, threading.excepthook, own.level, list(logging.getLogger().handlers)
        was_on = faulthandler.is_enabled()
        undo = setup_logging(tmp_path)
        assert sys.excepthook is not before[0]
        undo()
        assert (sys.excepthook, threading.excepthook, own.level, logging.getLogger().handlers) == before
        assert faulthandler.is_enabled() == was_on
        assert qInstallMessageHandler(heard) is heard
    finally:
        qInstallMessageHandler(before_qt)


CRASH = """
import sys
from pathlib import Path
from facea_desktop.ui.logs import setup_logging
undo = setup_logging(Path(sys.argv[1]))
import os, signal
{}
"""


def run(root: Path, end: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", CRASH.format(end), str(root)], check=False, capture_output=True
    ).returncode


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_next_start_knows_that_the_program_crashed_and_the_log_says_where(tmp_path: Path, setup: Setup) -> None:
    assert run(tmp_path, "os.kill(os.getpid(), signal.SIGSEGV)") != 0

    setup(tmp_path)

    notes = last_crash(tmp_path)
    assert notes is not None
    assert "Segmentation fault" in notes.read_text()
    assert "the program crashed the last time" in logged(tmp_path)
    assert 'File "<string>"' in logged(tmp_path)


@pytest.mark.parametrize("end", ["undo()", "pass"])
def test_an_end_that_was_wanted_is_no_crash(tmp_path: Path, setup: Setup, end: str) -> None:
    assert run(tmp_path, end) == 0

    setup(tmp_path)

    assert last_crash(tmp_path) is None


def test_a_crash_is_told_once(tmp_path: Path, setup: Setup) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "crash.log").write_text("Fatal Python error: Aborted\n")

    setup(tmp_path)()
    assert last_crash(tmp_path) is not None
    setup(tmp_path)
    assert last_crash(tmp_path) is None


def test_what_windows_handles_itself_is_no_crash(tmp_path: Path, setup: Setup) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "crash.log").write_text("Windows fatal exception: code 0x8001010d\n")

    setup(tmp_path)

    assert last_crash(tmp_path) is None
