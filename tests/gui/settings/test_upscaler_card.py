"""Choosing what enlarges pictures, on a real store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from qasync import QEventLoop
from safetensors.numpy import save_file

from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.upscaler_card import UpscalerCard

Until = Callable[[Callable[[], Any]], Awaitable[None]]


@pytest.fixture
def card(session: Session, qtbot: QtBot) -> UpscalerCard:
    made = UpscalerCard(session)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "sharp.safetensors"
    save_file({"body.0.weight": np.zeros((8, 3, 3, 3), np.float16)}, path)
    return path


def pick(card: UpscalerCard, path: Path) -> None:
    """Press the button, and choose a file in its dialog."""
    button = card.findChild(QPushButton, "ownUpscaler")
    assert button is not None
    button.click()
    (dialog,) = card.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def test_the_shipped_one_is_chosen_at_first(card: UpscalerCard) -> None:
    assert (card.box.count(), card.box.currentData()) == (1, "starter-upscaler")
    assert card.notice.text == ""


def test_a_file_of_the_users_is_used_and_the_shipped_one_again(
    card: UpscalerCard, own: Path, session: Session, loop: QEventLoop, until: Until
) -> None:
    changed, said = [], list[str]()
    session.modelsChanged.connect(lambda: changed.append(True))
    session.noticed.connect(said.append)

    async def journey() -> None:
        pick(card, own)
        await until(lambda: session.models.upscaler() == ("sharp", own))
        await until(lambda: card.box.currentText() == "Your own: sharp.safetensors")
        card.box.setCurrentIndex(0)
        card.box.activated.emit(0)
        await until(lambda: session.models.upscaler()[0] == "starter-upscaler")
        await until(lambda: card.box.count() == 1)

    loop.run_until_complete(journey())
    assert len(changed) == 2
    assert said == ["Your own: sharp.safetensors is now in use.", "Starter upscaler (2 times) is now in use."]


def test_what_is_no_upscaler_is_refused_in_place(
    card: UpscalerCard, session: Session, tmp_path: Path, loop: QEventLoop, until: Until
) -> None:
    checkpoint = tmp_path / "sdxl.safetensors"
    save_file({"model.diffusion_model.input_blocks.0.0.weight": np.zeros((320, 4, 3, 3), np.float16)}, checkpoint)

    async def journey() -> None:
        pick(card, checkpoint)
        await until(lambda: "sdxl.safetensors is no upscaler" in card.notice.text)

    loop.run_until_complete(journey())
    assert card.box.currentData() == session.models.chosen_upscaler == "starter-upscaler"


def test_a_chosen_file_that_is_gone_is_said_with_what_to_do(
    card: UpscalerCard, own: Path, session: Session, loop: QEventLoop
) -> None:
    session.models.use_upscaler(str(own))
    own.unlink()
    session.modelsChanged.emit()
    assert "is missing. Put it back, or choose another" in card.notice.text
    assert card.box.currentText() == "Your own: sharp.safetensors"
