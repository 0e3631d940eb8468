"""The Device page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import Device
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.machine_text import device_title
from facea_desktop.ui.settings.settings_page import SettingsPage
from facea_desktop.ui.settings_file import load_settings
from tests.gui.scripted_workers import ScriptedWorkers

Until = Callable[[Callable[[], Any]], Awaitable[None]]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(session)
    qtbot.addWidget(made)
    made.show_section("device")
    return made


def box(page: SettingsPage, name: str) -> QComboBox:
    return page.findChild(QComboBox, name)


def choose(page: SettingsPage, name: str, data: str | None) -> None:
    """As a person does: the list tells what was activated."""
    found = box(page, name)
    found.setCurrentIndex(found.findData(data))
    found.activated.emit(found.currentIndex())


def text_of(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def test_every_device_is_offered_with_its_memory(loop: QEventLoop, page: SettingsPage, until: Until) -> None:
    async def journey() -> None:
        page.show()
        await until(lambda: box(page, "deviceBox").count() > 1)

    loop.run_until_complete(journey())
    devices = box(page, "deviceBox")
    assert [devices.itemText(i) for i in range(devices.count())] == [
        "Automatic",
        "RTX 4070, 12 GB",
        "Processor, 8 threads, 16 GB",
    ]
    assert "9.8 GB of 12 GB free" in text_of(page)


def test_a_processor_is_called_in_the_users_language(wide_words: str) -> None:
    eight = Device("cpu", "Processor, 8 threads", 16_000, 9_000, 8)
    title = {"en": "Processor, 8 threads", "de": "Prozessor, 8 Threads"}
    single = {"en": "Processor, one thread", "de": "Prozessor, ein Thread"}
    assert device_title(eight) == title[wide_words]
    assert device_title(replace(eight, threads=1)) == single[wide_words]
    assert device_title(Device("cuda:0", "RTX 4070", 12_000, 9_000)) == "RTX 4070"


def test_choices_are_kept_on_disk_and_told(
    loop: QEventLoop, page: SettingsPage, session: Session, until: Until
) -> None:
    told: list[Any] = []
    session.settingsChanged.connect(told.append)

    async def journey() -> None:
        page.show()
        await until(lambda: box(page, "deviceBox").count() > 1)
        choose(page, "deviceBox", "cuda:0")
        choose(page, "precisionBox", "fp16")
        choose(page, "memoryBox", "saving")
        await until(lambda: load_settings(session.root) == session.settings)

    loop.run_until_complete(journey())
    kept = load_settings(session.root)
    assert (kept.device, kept.precision, kept.memory) == ("cuda:0", "fp16", "saving")
    assert told[-1] == kept
    assert box(page, "deviceBox").currentData() == "cuda:0"


def test_automatic_can_be_chosen_again(loop: QEventLoop, page: SettingsPage, session: Session, until: Until) -> None:
    session.change_settings(device="cpu", precision="fp32")

    async def journey() -> None:
        page.show()
        await until(lambda: box(page, "deviceBox").count() > 2)
        assert box(page, "deviceBox").currentData() == "cpu"
        choose(page, "deviceBox", None)
        choose(page, "precisionBox", None)

    loop.run_until_complete(journey())
    assert (session.settings.device, session.settings.precision) == (None, None)


def test_a_device_that_is_gone_stays_chosen_and_is_said(
    loop: QEventLoop, page: SettingsPage, session: Session, until: Until
) -> None:
    session.change_settings(device="cuda:5")

    async def journey() -> None:
        page.show()
        await until(lambda: "not found" in box(page, "deviceBox").currentText())

    loop.run_until_complete(journey())
    assert box(page, "deviceBox").currentData() == "cuda:5"


def test_fp16_cannot_be_chosen_for_a_processor(loop: QEventLoop, page: SettingsPage, session: Session) -> None:
    precision = box(page, "precisionBox")
    fp16: Any = precision.model()
    line = precision.findData("fp16")
    assert fp16.item(line).isEnabled()

    session.change_settings(device="cpu")

    assert not fp16.item(line).isEnabled()


def test_a_full_disk_is_said(
    page: SettingsPage, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(*_: object) -> None:
        raise UserError("The disk is full. Free some space and try again.")

    monkeypatch.setattr("facea_desktop.ui.session.save_settings", full)
    with qtbot.waitSignal(session.failed) as said:
        choose(page, "memoryBox", "saving")
    assert said.args == ["The disk is full. Free some space and try again."]


def test_a_machine_that_cannot_be_looked_at_is_said_and_asked_again_on_demand(
    loop: QEventLoop, page: SettingsPage, workers: ScriptedWorkers, machine: Any, until: Until
) -> None:
    from PySide6.QtWidgets import QPushButton

    workers.answers["machine"] = UserError("The engine did not start. Restart the program.")

    async def journey() -> None:
        page.show()
        await until(lambda: "The engine did not start." in text_of(page))
        workers.answers["machine"] = machine
        again = [one for one in page.findChildren(QPushButton) if "Refresh" in one.text().replace("&", "")]
        again[0].click()
        await until(lambda: box(page, "deviceBox").count() > 1)

    loop.run_until_complete(journey())
    assert "did not start" not in text_of(page)


def test_the_environments_device_is_named(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACEA_DEVICE", "cuda:1")
    page = SettingsPage(session)
    qtbot.addWidget(page)

    assert "Automatic uses cuda:1" in box(page, "deviceBox").toolTip()
