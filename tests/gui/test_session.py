"""What the panels share: settings that nobody waits for, kept in the order in which they were changed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from qasync import QEventLoop

from facea_desktop.domain.requests import FetchRequest
from facea_desktop.ui import session as session_module
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings_file import Settings, load_settings, save_settings
from facea_desktop.workers.job_pool import JobPool


def test_a_slow_disk_holds_nobody_up_and_the_last_of_many_changes_is_kept(
    loop: QEventLoop, pool: JobPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, written = threading.Event(), []

    def slow(root: Path, settings: Settings) -> None:
        assert disk.wait(30)
        written.append(settings.device)
        save_settings(root, settings)

    monkeypatch.setattr(session_module, "save_settings", slow)
    session = Session(tmp_path, pool)
    told: list[Settings] = []
    session.settingsChanged.connect(told.append)
    devices = [f"cuda:{number}" for number in range(20)]
    for device in devices:
        session.change_settings(device=device)
    assert [settings.device for settings in told] == devices
    assert session.settings.device == "cuda:19"
    assert written == []

    disk.set()
    loop.run_until_complete(session.close())
    assert written == devices
    assert load_settings(tmp_path) == session.settings


def test_settings_that_cannot_be_kept_are_said_and_hold_until_the_end(
    session: Session, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (session.root / "settings.json").mkdir()
    with qtbot.waitSignal(session.failed) as said:
        session.change_settings(theme="light")
    assert said.args[0].startswith("Could not keep the settings: ")
    assert session.settings.theme == "light"


def test_jobs_of_the_same_title_can_be_told_apart(session: Session) -> None:
    titles = [
        session.submit(FetchRequest(model="sdxl"), title).title
        for title in ("Fetch A", "Fetch A", "Fetch B", "Fetch A")
    ]
    assert titles == ["Fetch A", "Fetch A (2)", "Fetch B", "Fetch A (3)"]
