"""Folders, what exports carry, and how much of the disk is taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.disk_usage import measure
from facea_desktop.ui.settings.privacy_page import PrivacyPage
from facea_desktop.ui.settings.settings_page import SettingsPage
from facea_desktop.ui.settings_file import load_settings

Until = Callable[[Callable[[], Any]], Awaitable[None]]


@pytest.fixture
def whole(session: Session, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(session)
    qtbot.addWidget(made)
    made.show_section("privacy")
    return made


@pytest.fixture
def page(whole: SettingsPage) -> PrivacyPage:
    return whole.findChild(PrivacyPage)


def test_the_data_folder_is_shown_and_opened(
    page: PrivacyPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)

    assert str(session.root) in [one.text() for one in page.findChildren(QLabel)]
    page.findChild(QPushButton, "openDataFolder").click()
    assert [Path(url.toLocalFile()) for url in opened] == [session.root]


def test_ai_label_is_on_and_prompts_are_off_until_somebody_decides_otherwise(
    page: PrivacyPage, session: Session, qtbot: QtBot
) -> None:
    label = page.findChild(QCheckBox, "aiLabel")
    prompts = page.findChild(QCheckBox, "promptsInExports")
    assert (label.isChecked(), prompts.isChecked()) == (True, False)

    label.click()
    prompts.click()

    def kept() -> tuple[bool, bool]:
        settings = load_settings(session.root)
        return settings.ai_label, settings.prompts_in_exports

    qtbot.waitUntil(lambda: kept() == (False, True))


def test_a_folder_for_exports_can_be_chosen_and_given_up(
    page: PrivacyPage, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    page.findChild(QPushButton, "chooseExportFolder").click()
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "out"))
    dialog.close()
    qtbot.waitUntil(lambda: load_settings(session.root).export_folder == tmp_path / "out")
    assert str(tmp_path / "out") in [one.text() for one in page.findChildren(QLabel)]

    again = next(one for one in page.findChildren(QPushButton) if "each" in one.text())
    again.click()
    qtbot.waitUntil(lambda: load_settings(session.root).export_folder is None)
    assert again.isHidden()


def test_sizes_are_shown_when_the_page_opens(
    loop: QEventLoop, whole: SettingsPage, page: PrivacyPage, session: Session, until: Until
) -> None:
    (session.root / "portraits").mkdir(exist_ok=True)
    (session.root / "portraits" / "a.png").write_bytes(bytes(3_000_000))

    async def journey() -> None:
        whole.show()
        await until(lambda: page.findChild(QLabel, "size-portraits").text() == "3 MB")

    loop.run_until_complete(journey())
    assert "B" in page.findChild(QLabel, "size-free").text()


def test_the_data_folder_is_added_up_by_what_it_holds(tmp_path: Path) -> None:
    for name, size in (
        ("people/a/0.png", 10),
        ("portraits/x.png", 200),
        ("evaluations/a/photos/eve/1.jpg", 500_000),
        ("models/m/w", 3000),
        ("jobs/j.json", 40_000),
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.write_bytes(bytes(size))

    found = measure(tmp_path)

    assert (found.people, found.portraits, found.models, found.rest) == (10, 200, 3000, 40_000)
    assert found.evaluations == 500_000


def test_it_says_plainly_that_nothing_leaves_and_what_ssds_keep(page: PrivacyPage) -> None:
    words = " ".join(one.text() for one in page.findChildren(QLabel))

    assert "Nothing leaves this computer" in words
    assert "SSDs" in words
    assert "disk encryption" in words
