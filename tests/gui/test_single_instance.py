"""One window a data folder."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from facea_desktop.ui.single_instance import SingleInstance

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from facea_desktop.ui.single_instance import SingleInstance
app = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]))
print(instance.first, flush=True)
files = [Path(file) for file in sys.argv[2:]]
print(instance.first or instance.call_or_follow(files), instance.first, flush=True)
instance.close()
"""


class Second:
    """The program started once more, while another one has the folder."""

    def __init__(self, root: Path, *files: Path) -> None:
        command = [sys.executable, "-c", SECOND, str(root), *map(str, files)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self._said = self._process.stdout
        assert self._said.readline() == "False\n"

    def waits(self) -> bool:
        """Whether it has not decided yet."""
        return self._process.poll() is None

    def ended(self) -> str:
        """Whether it came to something, and whether it was the first then."""
        said = self._said.read().strip()
        self._said.close()
        self._process.wait()
        return said


@pytest.fixture
def first(qapp: QApplication, tmp_path: Path) -> Iterator[SingleInstance]:
    made = SingleInstance(tmp_path)
    assert made.first
    yield made
    made.close()


def test_a_second_start_calls_the_first_window_and_gets_nothing(
    qtbot: QtBot, tmp_path: Path, first: SingleInstance
) -> None:
    second = Second(tmp_path)
    qtbot.waitSignal(first.called).wait()
    assert second.ended() == "True False"


def test_a_second_starts_files_come_to_the_first_window(qtbot: QtBot, tmp_path: Path, first: SingleInstance) -> None:
    files = [tmp_path / "Anna and \n Ünal.facea", tmp_path / "b\udcff.png"]
    second = Second(tmp_path, *files)
    with qtbot.waitSignal(first.called) as heard:
        pass
    assert heard.args == [files]
    assert second.ended() == "True False"


def test_who_calls_without_end_or_sense_is_hung_up_on(qtbot: QtBot, tmp_path: Path, first: SingleInstance) -> None:
    heard: list[object] = []
    first.called.connect(heard.append)
    for said in (b"x" * (2 << 20), b"no list\n"):
        caller = QLocalSocket()
        caller.connectToServer(first._name)
        assert caller.waitForConnected(1000)
        with qtbot.waitSignal(caller.disconnected):
            caller.write(said)
        caller.deleteLater()
    assert heard == []


def test_a_start_while_the_first_window_closes_waits_and_has_the_folder_then(
    qtbot: QtBot, tmp_path: Path, first: SingleInstance
) -> None:
    called: list[bool] = []
    first.called.connect(lambda: called.append(True))
    first.stop_answering()
    second = Second(tmp_path)
    qtbot.wait(200)
    assert second.waits()
    first.close()
    assert second.ended() == "True True"
    assert called == []


def test_who_called_a_window_that_began_to_close_before_it_heard_is_not_sent_away(
    tmp_path: Path, first: SingleInstance
) -> None:
    second = Second(tmp_path)
    time.sleep(0.2)  # it is connected, but nobody has looked
    assert second.waits()
    first.stop_answering()
    first.close()
    assert second.ended() == "True True"


def test_two_data_folders_have_a_window_each(qapp: QApplication, tmp_path: Path) -> None:
    both = SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b")
    assert [one.first for one in both] == [True, True]
    for one in both:
        one.close()


def test_the_folder_of_a_process_that_was_killed_is_free(qapp: QApplication, tmp_path: Path) -> None:
    code = (
        "import sys, os, signal; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "app = QCoreApplication([]); from facea_desktop.ui.single_instance import SingleInstance;"
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


def test_a_folder_that_may_not_be_written_to_is_refused_at_once(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLockFile, "tryLock", lambda lock, patience: False)
    monkeypatch.setattr(QLockFile, "error", lambda lock: QLockFile.LockError.PermissionError)
    with pytest.raises(PermissionError):
        SingleInstance(tmp_path)


@pytest.mark.parametrize("name", ["with space", "ünïcode"])
def test_any_folder_name_will_do(qapp: QApplication, tmp_path: Path, name: str) -> None:
    one = SingleInstance(tmp_path / name)
    assert one.first
    one.close()
