"""The line at the bottom of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from facea_desktop.domain.events import Losses, Progress
from facea_desktop.ui.jobs.bar import JobBar
from facea_desktop.workers.jobs import JobState


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
                await until(lambda: not bar._tick.isActive())

            await test(bar, settled)

        loop.run_until_complete(shown())

    return go


def click(widget: QWidget) -> None:
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_an_idle_bar_says_so_and_hides_the_rest(run) -> None:
    async def test(bar: JobBar, settled) -> None:
        assert bar.now.text == "Nothing is running"
        for part in (bar.bar, bar.cancel_button, bar.resume_button, bar.details_button, bar.waiting_link):
            assert part.isHidden()

    run(test)


def test_it_says_what_runs_and_how_long_it_takes(run, queue, pool) -> None:
    async def test(bar: JobBar, settled) -> None:
        job = queue("Tuning Ben", JobState.RUNNING)
        await settled()
        assert bar.now.text == "Tuning Ben: getting ready"
        pool.tell(job.id, Progress(620, 1000, 100))
        await settled()
        assert bar.now.text == "Tuning Ben 620/1000, 1:40 left"
        assert bar.bar.value() == 620
        pool.change(job.id, state=JobState.DONE)
        await settled()
        assert bar.now.text == "Nothing is running"

    run(test)


def test_jobs_on_other_devices_are_counted(run, queue, pool) -> None:
    queue("Tuning Ben", JobState.RUNNING)
    queue("Fetching", JobState.RUNNING)

    async def test(bar: JobBar, settled) -> None:
        assert bar.now.text == "Tuning Ben: getting ready, and 1 more"

    run(test)


def test_cancelling_stops_the_running_job_alone(run, queue, pool, monkeypatch) -> None:
    running, waiting = queue("a", JobState.RUNNING), queue("b")

    async def test(bar: JobBar, settled) -> None:
        cancelled = []
        monkeypatch.setattr(pool, "cancel", cancelled.append)  # the engine takes its time
        click(bar.cancel_button)
        assert cancelled == [running.id]
        assert bar.now.text == "a: stopping at its next step"
        assert not bar.cancel_button.isEnabled()
        pool.change(running.id, state=JobState.CANCELLED)
        pool.change(waiting.id, state=JobState.RUNNING)
        await settled()
        assert bar.now.text == "b: getting ready"
        assert bar.cancel_button.isEnabled()

    run(test)


def test_the_number_of_waiting_jobs_leads_to_them(run, queue, session) -> None:
    queue("a", JobState.RUNNING)
    queue("b")
    queue("c")

    async def test(bar: JobBar, settled) -> None:
        pages = []
        session.pageWanted.connect(lambda page, what: pages.append((page, what)))
        assert bar.waiting_link.text() == "2 waiting"
        click(bar.waiting_link)
        assert pages == [("jobs", None)]

    run(test)


def test_a_failure_stays_until_it_is_read_and_leads_to_the_job(run, queue, pool, session) -> None:
    async def test(bar: JobBar, settled) -> None:
        job = queue("Tuning Ben", JobState.RUNNING)
        pool.change(job.id, state=JobState.FAILED, error="No memory. Close other programs.")
        other = queue("next", JobState.RUNNING)
        pool.tell(other.id, Progress(1, 2, 3))
        await settled()
        assert bar.failure.text == "Tuning Ben: No memory. Close other programs."
        assert bar.now.text == "next 1/2, 0:03 left"
        pages = []
        session.pageWanted.connect(lambda page, what: pages.append((page, what)))
        click(bar.details_button)
        assert pages == [("jobs", job.id)]
        click(bar.dismiss_button)
        assert bar.failure.isHidden()

    run(test)


def test_failures_of_an_earlier_day_are_not_brought_up_again(run, queue) -> None:
    queue("a", JobState.FAILED, error="No memory. Close other programs.")

    async def test(bar: JobBar, settled) -> None:
        assert bar.failure.isHidden()

    run(test)


def test_what_a_restart_interrupted_is_resumed_in_its_order(run, queue, pool) -> None:
    first, second = queue("a", JobState.INTERRUPTED), queue("b", JobState.INTERRUPTED)

    async def test(bar: JobBar, settled) -> None:
        assert bar.interrupted.text == "2 jobs were interrupted:"
        assert bar.now.isHidden()
        click(bar.resume_button)
        await settled()
        again = [job for job in pool.jobs() if job.id not in (first.id, second.id)]
        assert all(job.request.resume for job in again)
        assert [job.title for job in again] == ["a", "b"]
        assert bar.interrupted.isHidden()
        assert bar.waiting_link.text() == "2 waiting"

    run(test)


def test_resuming_can_be_put_off(run, queue, pool) -> None:
    job = queue("a", JobState.INTERRUPTED)

    async def test(bar: JobBar, settled) -> None:
        assert bar.interrupted.text == "1 job was interrupted:"
        click(bar.put_off_button)
        assert bar.interrupted.isHidden()
        assert bar.now.isVisible()
        assert pool.job(job.id).state is JobState.INTERRUPTED

    run(test)


def test_a_fast_job_does_not_draw_the_bar_at_every_step(run, queue, pool) -> None:
    job = queue("a", JobState.RUNNING)

    async def test(bar: JobBar, settled) -> None:
        await settled()
        for step in range(1000):
            pool.tell(job.id, Progress(step + 1, 1000, 1))
        assert bar.bar.value() == 0
        await settled()
        assert bar.bar.value() == 1000
        pool.tell(job.id, Losses(1000, 0.1, 0.1))
        assert not bar._tick.isActive()

    run(test)


def test_a_long_failure_gives_way_to_what_runs(run, queue, pool) -> None:
    job = queue("Tuning somebody with a name", JobState.RUNNING)
    pool.tell(job.id, Progress(620, 1000, 100))

    async def test(bar: JobBar, settled) -> None:
        bad = queue("b", JobState.RUNNING)
        pool.change(bad.id, state=JobState.FAILED, error="A very long reason. " * 30)
        bar.resize(900, 30)
        await settled()
        assert bar.now.width() >= min(bar.now.sizeHint().width(), 240)
        assert bar.failure.toolTip() == bar.failure.text
        assert bar.width() == 900

    run(test)
