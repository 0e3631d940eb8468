"""Start and end of the application: why there is no window is said, and nothing made while it closed is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Painted
from facea_desktop.domain.outcomes import Device, Machine
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.index import Index
from facea_desktop.ui import app
from facea_desktop.ui.instance import SingleInstance
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.settings.values import Settings
from facea_desktop.workers.jobs import JobState
from tests.gui.conftest import ScriptedPool
from tests.gui.portrait.conftest import leave_portrait


class LastPicturePool(ScriptedPool):
    """A picture is finished while the pool closes."""

    def __init__(self, settings: Any) -> None:
        super().__init__()
        self.answers["machine"] = Machine((Device("cpu", "Processor", 16_000, 8_000),))
        self._folder = settings.root / "portraits"

    async def close(self) -> None:
        request = PortraitRequest(person="0123456789ab", prompt="a")
        job = self.submit(request, "Anna: a")
        self.change(job.id, state=JobState.RUNNING)
        self._folder.mkdir(exist_ok=True)
        self.tell(job.id, Painted(leave_portrait(self._folder, request), request.seed, None, None, 0.7, None, None))
        self.change(job.id, state=JobState.INTERRUPTED)


def test_a_picture_that_is_painted_while_the_program_closes_keeps_its_likeness(
    qapp: QApplication, loop: QEventLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "JobPool", LastPicturePool)
    monkeypatch.setattr(MainWindow, "begin", MainWindow.close_now)
    instance = SingleInstance(tmp_path)

    loop.run_until_complete(app._live(qapp, tmp_path, Settings(theme="dark"), instance, app._Alarm()))

    instance.close()
    assert asyncio.all_tasks(loop) == set()
    index = Index(tmp_path)
    (path,) = (tmp_path / "portraits").glob("*-0.png")
    portrait = index.portrait(path)
    index.close()
    assert portrait is not None
    assert portrait.likeness == 0.7


@pytest.mark.parametrize("in_the_way", ["", "people", "jobs", "logs", "index.sqlite/folder"])
def test_a_data_folder_that_cannot_be_used_is_said_in_a_dialog(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_the_way: str
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.text()))
    root = tmp_path / "data"
    (root / in_the_way).parent.mkdir(parents=True, exist_ok=True)
    (root / in_the_way).write_text("in the way")
    with pytest.raises(UserError) as raised:
        app.run_app(root)
    assert shown == [str(raised.value)]
    assert str(root) in shown[0]
