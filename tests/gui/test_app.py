"""Start and end of the application: why there is no window is said, and nothing made while it closed is lost."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Painted
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.search_index import Index
from facea_desktop.ui import app
from facea_desktop.ui.opened_files import OpenedFiles
from facea_desktop.ui.settings_file import Settings
from facea_desktop.ui.single_instance import SingleInstance
from facea_desktop.ui.window_host import WindowHost
from facea_desktop.workers.job import Job
from facea_desktop.workers.job_pool import JobPool
from facea_desktop.workers.worker_lanes import ASSISTANT
from tests.gui.portrait.conftest import leave_portrait
from tests.gui.scripted_workers import ScriptedWorker, ScriptedWorkers


def test_a_picture_that_is_painted_while_the_program_closes_keeps_its_likeness(
    qapp: QApplication, loop: QEventLoop, workers: ScriptedWorkers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = PortraitRequest(person="0123456789ab", prompt="a")
    jobs: list[Job] = []

    def leave(host: WindowHost) -> None:
        jobs.append(host.window.session.submit(request, "Anna: a"))
        host.close_now()

    def paint(worker: ScriptedWorker) -> None:
        if worker.lane != ASSISTANT:
            path = leave_portrait(tmp_path / "portraits", request)
            workers.emit(jobs[0], Painted(path, request.seed, None, None, 0.7, None, None))

    monkeypatch.setattr(app, "JobPool", partial(JobPool, make_worker=workers.make))
    monkeypatch.setattr(WindowHost, "begin", leave)
    monkeypatch.setattr(ScriptedWorker, "close", paint)
    instance = SingleInstance(tmp_path)

    loop.run_until_complete(
        app._run_window(qapp, tmp_path, Settings(theme="dark"), instance, app._Alarm(), OpenedFiles())
    )

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
