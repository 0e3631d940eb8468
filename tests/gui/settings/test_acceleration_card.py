"""The graphics card on the Device page: nothing is downloaded unasked, and everything can be undone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.acceleration.environments import Environment, Environments, this_python
from facea_desktop.acceleration.graphics_cards import GraphicsCard
from facea_desktop.acceleration.situation import Situation
from facea_desktop.acceleration.torch_builds import advise
from facea_desktop.domain.events import Progress
from facea_desktop.domain.outcomes import Accelerated
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings import acceleration_card
from facea_desktop.ui.settings.acceleration_card import situation_words
from facea_desktop.ui.settings.settings_page import SettingsPage
from facea_desktop.workers.job_pool import JobPool
from tests.gui.scripted_workers import ScriptedWorkers

Until = Callable[[Callable[[], Any]], Awaitable[None]]
SYSTEM = "linux-x86_64"
CARD = GraphicsCard("nvidia", "NVIDIA RTX 4090", "8.9", "580.82.07")


def situation(*cards: GraphicsCard, chosen: Environment | None = None, own: str = "cpu") -> Situation:
    return Situation(cards, advise(cards, SYSTEM), "2.13.0", own, chosen)


class Machine:
    """What the card finds when it looks."""

    def __init__(self, session: Session) -> None:
        self.environments = Environments(session.root)
        self.cards = (CARD,)

    def look(self, root: Any) -> Situation:
        return situation(*self.cards, chosen=self.environments.chosen())

    def install(self) -> Environment:
        return self.environments.complete(
            self.environments.begin("cu130"),
            lambda name: Environment(
                name=name, build="cu130", torch="2.13.0+cu130", python=this_python(), device="RTX 4090"
            ),
        )


@pytest.fixture
def found(session: Session, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine(session)
    monkeypatch.setattr(acceleration_card, "read_situation", made.look)
    return made


@pytest.fixture
def page(session: Session, found: Machine, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(session)
    qtbot.addWidget(made)
    made.show_section("device")
    return made


def words(page: SettingsPage) -> str:
    return page.findChild(QLabel, "accelerationWords").text()


def shown(page: SettingsPage, name: str) -> bool:
    return page.findChild(QPushButton, name).isVisibleTo(page)


def test_a_download_begins_only_after_its_size_was_agreed_to(
    loop: QEventLoop, page: SettingsPage, session: Session, pool: JobPool, until: Until
) -> None:
    session.change_settings(device="cpu")

    async def journey() -> None:
        page.show()
        await until(lambda: shown(page, "useGraphicsCard"))
        assert "2.7 GB" in words(page)
        page.findChild(QPushButton, "useGraphicsCard").click()
        dialog = page.findChild(QDialog, "accelerationDialog")
        said = "\n".join(one.text() for one in dialog.findChildren(QLabel))
        assert "2.7 GB" in said
        assert "5.4 GB" in said
        assert "download.pytorch.org" in said
        dialog.reject()
        assert pool.jobs() == []
        page.findChild(QPushButton, "useGraphicsCard").click()
        page.findChildren(QDialog, "accelerationDialog")[-1].accept()

    loop.run_until_complete(journey())
    (job,) = pool.jobs()
    assert (job.request.kind, job.request.build) == ("accelerate", "cu130")
    assert session.settings.device is None  # the processor was chosen, the card would be idle
    assert not shown(page, "useGraphicsCard")


def test_it_tells_how_far_it_is_and_what_is_in_use_then(
    loop: QEventLoop, page: SettingsPage, session: Session, workers: ScriptedWorkers, found: Machine, until: Until
) -> None:
    told: list[bool] = []
    session.environmentChanged.connect(lambda: told.append(True))

    async def journey() -> None:
        page.show()
        await until(lambda: shown(page, "useGraphicsCard"))
        page.findChild(QPushButton, "useGraphicsCard").click()
        page.findChild(QDialog, "accelerationDialog").accept()
        (job,) = session.pool.jobs()
        workers.emit(job, Progress(1_350_000_000, 5_400_000_000, 60.0))
        await until(lambda: any("1.4 GB" in one.text() for one in page.findChildren(QLabel)))
        assert shown(page, "cancelFetch")
        assert any("1.4 GB" in one.text() and one.isVisibleTo(page) for one in page.findChildren(QLabel))
        found.install()
        workers.finish(job, Accelerated("RTX 4090", "2.13.0+cu130"))
        await until(lambda: "is in use" in words(page))

    loop.run_until_complete(journey())
    assert told == [True]
    assert "RTX 4090 is in use, with PyTorch 2.13.0+cu130" in words(page)
    assert not shown(page, "cancelFetch")
    assert [request.kind for request in workers.asked] == ["machine", "machine"]  # it is looked at anew


def test_why_it_failed_is_said_in_its_place_and_it_can_be_tried_again(
    loop: QEventLoop, page: SettingsPage, session: Session, workers: ScriptedWorkers, until: Until
) -> None:
    failed: list[str] = []
    session.failed.connect(failed.append)

    async def journey() -> None:
        page.show()
        await until(lambda: shown(page, "useGraphicsCard"))
        page.findChild(QPushButton, "useGraphicsCard").click()
        page.findChild(QDialog, "accelerationDialog").accept()
        (job,) = session.pool.jobs()
        workers.fail(job, "CUDA 13.0 does not run on this machine.")

    loop.run_until_complete(journey())
    assert any(one.text() == "CUDA 13.0 does not run on this machine." for one in page.findChildren(QLabel))
    assert failed == []
    assert shown(page, "useGraphicsCard")
    assert shown(page, "resumeFetch")


def test_going_back_is_one_click(
    loop: QEventLoop, page: SettingsPage, session: Session, found: Machine, until: Until
) -> None:
    made = found.install()

    async def journey() -> None:
        page.show()
        await until(lambda: shown(page, "leaveGraphicsCard"))
        assert not shown(page, "useGraphicsCard")
        page.findChild(QPushButton, "leaveGraphicsCard").click()
        await until(lambda: shown(page, "useGraphicsCard"))
        await until(lambda: not (found.environments.folder / made.name).exists())

    loop.run_until_complete(journey())
    assert found.environments.active() is None


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (situation(), "No graphics card was found"),
        (situation(GraphicsCard("nvidia", "NVIDIA GPU")), "has no driver"),
        (situation(GraphicsCard("nvidia", "RTX 5090", "12.0", "560.1")), "Update it to 570 or later"),
        (situation(GraphicsCard("nvidia", "GTX 680", "3.0", "470.1")), "not among the cards"),
        (situation(GraphicsCard("amd", "AMD", "gfx1100", "amdgpu", locked=True)), "usermod -aG render,video"),
        (situation(CARD, own="cu130"), "is used already"),
        (situation(GraphicsCard("apple", "Apple GPU")), "is used already"),
    ],
)
def test_every_situation_has_its_words(made: Situation, said: str) -> None:
    assert said in situation_words(made)
