"""One window a data folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facea_desktop.ui.instance import SingleInstance


def test_a_second_start_calls_the_first_window_and_gets_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    try:
        assert (first.first, second.first) == (True, False)
        with qtbot.waitSignal(first.called, timeout=5000):
            assert second.call_first()
    finally:
        second.close()
        first.close()


def test_two_data_folders_have_a_window_each(qapp: QApplication, tmp_path: Path) -> None:
    both = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert [one.first for one in both] == [True, True]
    for one in both:
        one.close()


def test_the_folder_of_a_process_that_was_killed_is_free(qapp: QApplication, tmp_path: Path) -> None:
    code = (
        "import sys, os, signal; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "app = QCoreApplication([]); from facea_desktop.ui.instance import SingleInstance;"
        "print(SingleInstance(Path(sys.argv[1])).first, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    died = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False)
    assert died.stdout.strip() == "True", died.stderr
    after = SingleInstance(tmp_path)
    assert after.first
    after.close()


def test_a_second_start_whose_first_does_not_answer_is_told_so(qapp: QApplication, tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    first._server.close()  # stuck
    assert not second.call_first()
    second.close()
    first.close()


@pytest.mark.parametrize("name", ["with space", "ünïcode"])
def test_any_folder_name_will_do(qapp: QApplication, tmp_path: Path, name: str) -> None:
    one = SingleInstance(tmp_path / name)
    assert one.first
    one.close()
