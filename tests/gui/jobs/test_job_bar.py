"""The line at the bottom of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from facea_desktop.domain.events import Progress
from facea_desktop.domain.requests import FetchRequest
from facea_desktop.ui.destinations import ShowJobs
from facea_desktop.ui.jobs.job_bar import JobBar
from facea_desktop.workers.job import JobState
from tests.gui.jobs.conftest import interrupted


@pytest.fixture
def run(loop, session, qtbot, until):
    """Run a coroutine with a bar that is on screen, and a function that waits until it has caught up."""

    def go(test) -> None:
        async def shown() -> None:
            bar = JobBar(session)
            qtbot.addWidget(bar)
            bar.resize(1200, 30)
            bar.show()

            async def settled() -> None:
                await until(lambda: not session.jobs.findChild(QTimer).isActive())

            await test(bar, settled)

        loop.run_until_complete(shown())

    return go


def click(widget: QWidget) -> None:
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_an_idle_bar_says_so_and_hides_the_rest(run) -> None:
    async def test(bar: JobBar, settled) -> None:
        assert bar.now.text == "No job is running"
        for part in (bar.bar, bar.cancel_button, bar.resume_button, bar.details_button, bar.waiting_link):
            assert part.isHidden()

    run(test)


def test_it_says_what_runs_and_how_long_it_takes(run, queue, workers) -> None:
    async def test(bar: JobBar, settled) -> None:
        job = queue("Tuning Ben", JobState.RUNNING)
        await settled()
        assert bar.now.text == "Tuning Ben: starting"
        workers.emit(job, Progress(620, 1000, 100))
        await settled()
        assert bar.now.text == "Tuning Ben 620/1000, 1:40 left"
        assert bar.bar.value() == 620
        workers.finish(job)
        await settled()
        assert bar.now.text == "No job is running"

    run(test)


def test_jobs_on_other_devices_are_counted(run, queue) -> None:
    queue("Tuning Ben", JobState.RUNNING)
    queue("Fetching", JobState.RUNNING, FetchRequest(model="sdxl-base"))

    async def test(bar: JobBar, settled) -> None:
        assert bar.now.text == "Tuning Ben: starting, and 1 more"

    run(test)


def test_cancelling_stops_the_running_job_alone(run, queue, workers) -> None:
    running, _ = queue("a", JobState.RUNNING), queue("b")
    workers.deaf = True

    async def test(bar: JobBar, settled) -> None:
        click(bar.cancel_button)
        assert bar.now.text == "a: stopping at the next step"
        assert not bar.cancel_button.isEnabled()
        workers.stop(running)
        await settled()
        assert bar.now.text == "b: starting"
        assert bar.cancel_button.isEnabled()

    run(test)


def test_the_number_of_waiting_jobs_leads_to_them(run, queue, session) -> None:
    queue("a", JobState.RUNNING)
    queue("b")
    queue("c")

    async def test(bar: JobBar, settled) -> None:
        pages = []
        session.pageWanted.connect(pages.append)
        assert bar.waiting_link.text() == "2 waiting"
        click(bar.waiting_link)
        assert pages == [ShowJobs()]

    run(test)


def test_a_failure_stays_until_it_is_read_and_leads_to_the_job(run, queue, workers, session) -> None:
    async def test(bar: JobBar, settled) -> None:
        job = queue("Tuning Ben", JobState.RUNNING)
        workers.fail(job, "No memory. Close other programs.")
        other = queue("next", JobState.RUNNING)
        workers.emit(other, Progress(1, 2, 3))
        await settled()
        assert bar.failure.text == "Tuning Ben: No memory. Close other programs."
        assert bar.now.text == "next 1/2, 0:03 left"
        pages = []
        session.pageWanted.connect(pages.append)
        click(bar.details_button)
        assert pages == [ShowJobs(job.id)]
        click(bar.dismiss_button)
        assert bar.failure.isHidden()

    run(test)


def test_failures_of_an_earlier_day_are_not_brought_up_again(run, queue) -> None:
    queue("a", JobState.FAILED, error="No memory. Close other programs.")

    async def test(bar: JobBar, settled) -> None:
        assert bar.failure.isHidden()

    run(test)


@pytest.mark.parametrize("earlier", [(interrupted("a", 1), interrupted("b", 2))])
def test_what_a_restart_interrupted_is_resumed_in_its_order(run, queue, pool) -> None:
    async def test(bar: JobBar, settled) -> None:
        assert bar.interrupted.text == "2 jobs were interrupted:"
        assert bar.now.isHidden()
        click(bar.resume_button)
        await settled()
        again = pool.jobs()
        assert all(job.request.resume for job in again)
        assert [(job.title, job.state) for job in again] == [("a", JobState.RUNNING), ("b", JobState.WAITING)]
        assert bar.interrupted.isHidden()
        assert bar.waiting_link.text() == "1 waiting"

    run(test)


@pytest.mark.parametrize("earlier", [(interrupted("a"),)])
def test_resuming_can_be_put_off(run, earlier, pool) -> None:
    async def test(bar: JobBar, settled) -> None:
        assert bar.interrupted.text == "1 job was interrupted:"
        click(bar.put_off_button)
        assert bar.interrupted.isHidden()
        assert bar.now.isVisible()
        assert pool.job(earlier[0].id).state is JobState.INTERRUPTED

    run(test)


def test_a_fast_job_does_not_draw_the_bar_at_every_step(run, queue, workers) -> None:
    job = queue("a", JobState.RUNNING)

    async def test(bar: JobBar, settled) -> None:
        await settled()
        for step in range(1000):
            workers.emit(job, Progress(step + 1, 1000, 1))
        assert bar.bar.value() == 0
        await settled()
        assert bar.bar.value() == 1000

    run(test)


def test_a_long_failure_gives_way_to_what_runs(run, queue, workers) -> None:
    job = queue("b", JobState.RUNNING)
    after = queue("Tuning somebody with a name")

    async def test(bar: JobBar, settled) -> None:
        workers.fail(job, "A very long reason. " * 30)
        workers.emit(after, Progress(620, 1000, 100))
        bar.resize(900, 30)
        await settled()
        assert bar.now.width() >= min(bar.now.sizeHint().width(), 240)
        assert bar.failure.toolTip() == bar.failure.text
        assert bar.width() == 900

    run(test)
