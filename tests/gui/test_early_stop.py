"""Ending a tuning where it is good enough, on the page of jobs and on the person's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from facea_desktop.domain.events import Measured
from facea_desktop.domain.people import Profile, Recipe
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.ui.early_stop import EarlyStop, is_flat
from facea_desktop.ui.jobs.jobs_page import JobsPage
from facea_desktop.ui.people.person_page import PersonPage
from facea_desktop.ui.session import Session
from facea_desktop.workers.job import Job, JobState
from tests.gui.scripted_workers import ScriptedWorkers


@pytest.fixture
def eve(session: Session, add_person: Callable[..., Profile]) -> Profile:
    made = add_person("Eve")
    session.people_changed()
    return made


@pytest.fixture
def tuning(pool, eve: Profile) -> Job:
    return pool.submit(TuneRequest(person=eve.id, recipe=Recipe()), "Tuning Eve")


@pytest.fixture(params=[JobsPage, PersonPage], ids=["jobs", "person"])
def early(request: pytest.FixtureRequest, session: Session, qtbot: QtBot, tuning: Job, eve: Profile) -> EarlyStop:
    page: QWidget = request.param(session)
    qtbot.addWidget(page)
    page.resize(960, 640)
    page.show()
    if isinstance(page, JobsPage):
        page.show_job(tuning.id)
    elif isinstance(page, PersonPage):
        page.show_person(eve.id)
    return page.findChild(EarlyStop)


def measured(workers: ScriptedWorkers, job: Job, *scores: float) -> None:
    for number, score in enumerate(scores):
        workers.emit(job, Measured(100 * (number + 1), score))


def test_a_tuning_can_be_ended_once_two_points_are_measured(
    pool, tuning: Job, early: EarlyStop, workers: ScriptedWorkers
) -> None:
    measured(workers, tuning, 0.4)
    assert not early.isVisible()
    measured(workers, tuning, 0.4, 0.62)
    assert early.isVisible()
    assert early.line.text() == "Best so far: likeness 0.62 at step 200."
    assert early.line.toolTip().startswith("Good likeness: 0.62.")
    button = early.findChild(QPushButton, "finishTuningButton")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    found = pool.job(tuning.id)
    assert (found.finished_early, found.state) == (True, JobState.RUNNING)
    assert not button.isEnabled()
    assert early.line.text() == "Stops at the next step, with likeness 0.62 of step 200 or better."
    workers.finish(tuning)
    assert not early.isVisible()


def test_a_likeness_that_rises_no_more_is_said(workers, tuning: Job, early: EarlyStop) -> None:
    measured(workers, tuning, 0.4, 0.6, 0.59, 0.605, 0.58)
    assert early.line.text() == "The likeness has stopped rising; the best was 0.60 at step 400."


@pytest.mark.parametrize(
    ("likeness", "flat"),
    [
        ((), False),
        ((0.5, 0.5, 0.5), False),  # nothing before them to compare with
        ((0.5, 0.5, 0.5, 0.5), True),
        ((0.5, 0.5, 0.5, 0.52), False),
        ((0.6, 0.5, 0.55, 0.58), True),
        ((0.4, 0.6, 0.6, 0.6), False),
        ((0.4, 0.6, 0.6, 0.6, 0.6), True),
    ],
)
def test_a_curve_is_flat_when_its_last_three_points_are_no_better(likeness: tuple[float, ...], flat: bool) -> None:
    assert is_flat(likeness) is flat
