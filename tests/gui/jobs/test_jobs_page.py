"""The page of jobs."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton

from facea_desktop.domain.events import DeviceSelected, Losses, Measured, Painted, Preview, Progress, Started, Warned
from facea_desktop.domain.requests import FetchRequest, PortraitRequest, TuneRequest
from facea_desktop.ui.destinations import ShowCanvas, ShowNewPerson, ShowSettings
from facea_desktop.ui.jobs.job_list_model import GROUP, JOB
from facea_desktop.ui.jobs.jobs_page import JobsPage
from facea_desktop.ui.session import Session
from facea_desktop.workers.job import Job, JobState
from tests.gui.jobs.conftest import interrupted


class Page:
    """The page under test, and how a user reaches into it."""

    def __init__(self, session: Session, until) -> None:
        self.widget = JobsPage(session)
        self.ticks = session.jobs.findChild(QTimer)
        self.until = until

    def __getattr__(self, name: str):
        return getattr(self.widget, name)

    def press(self, name: str) -> None:
        button = self.widget.findChild(QPushButton, name) or self.widget.findChild(QToolButton, name)
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def shows(self, name: str) -> bool:
        button = self.widget.findChild(QPushButton, name) or self.widget.findChild(QToolButton, name)
        return button.isVisible() and button.isEnabled()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.widget.list.setFocus()
        QTest.keyClick(self.widget.list, key, modifier)

    def titles(self) -> list[str]:
        model = self.widget.model
        return [model.index(row).data() for row in range(model.rowCount())]

    async def settled(self) -> None:
        curves = self.widget._curves
        await self.until(lambda: not self.ticks.isActive() and not curves._tick.isActive())


@pytest.fixture
def run(loop, session, qtbot, until):
    """Run a coroutine with a page that is on screen."""

    def go(test) -> None:
        async def shown() -> None:
            page = Page(session, until)
            qtbot.addWidget(page.widget)
            page.widget.resize(1000, 700)
            page.widget.show()
            await until(lambda: page.widget._curves is not None)
            page.widget._curves._tick.setInterval(10)
            page.widget.activateWindow()
            await test(page)

        loop.run_until_complete(shown())

    return go


def png(shade: str = "red") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (64, 64), shade).save(data, "PNG")
    return data.getvalue()


def test_an_empty_queue_says_what_to_do_next(run, session) -> None:
    async def test(page: Page) -> None:
        wanted = []
        session.pageWanted.connect(wanted.append)
        assert page.pages.currentIndex() == 0
        QTest.mouseClick(page.pages.currentWidget().findChild(QPushButton), Qt.MouseButton.LeftButton)
        assert wanted == [ShowNewPerson()]

    run(test)


def test_the_running_job_is_chosen_when_the_page_is_opened(run, queue) -> None:
    queue("Old", JobState.DONE)
    running = queue("Tuning Ben", JobState.RUNNING)

    async def test(page: Page) -> None:
        assert page.chosen.id == running.id
        assert page.details.title.text() == "Tuning Ben"
        assert page.shows("cancelJobButton")

    run(test)


def test_whoever_is_sent_to_a_job_sees_that_one(run, queue, session) -> None:
    failed = queue("Tuning Anna", JobState.FAILED, error="The disk is full. Free some space.")
    queue("Tuning Ben", JobState.RUNNING)

    async def test(page: Page) -> None:
        page.widget.hide()
        page.show_job(failed.id)
        page.widget.show()
        assert page.chosen.id == failed.id
        assert page.details.trouble.text == "The disk is full. Free some space."
        assert page.details.trouble.isVisible()

    run(test)


def test_a_failure_that_was_read_does_not_come_back_until_the_job_is_looked_at_again(run, queue) -> None:
    failed = queue("a", JobState.FAILED, error="The disk is full. Free some space.")

    async def test(page: Page) -> None:
        page.details.trouble._dismiss()
        other = queue("b", JobState.RUNNING)
        await page.settled()
        page.show_job(failed.id)
        assert page.details.trouble.isHidden()
        page.show_job(other.id)
        page.show_job(failed.id)
        assert page.details.trouble.isVisible()

    run(test)


def test_titles_are_never_taken_for_markup(run, queue) -> None:
    queue("Tuning <b>Ben</b>", JobState.RUNNING)

    async def test(page: Page) -> None:
        assert page.details.title.textFormat() is Qt.TextFormat.PlainText

    run(test)


def test_jobs_stand_below_running_waiting_and_ended(run, queue) -> None:
    queue("d", JobState.CANCELLED)
    queue("e", JobState.DONE)
    queue("a", JobState.RUNNING)
    queue("b")
    queue("c")

    async def test(page: Page) -> None:
        headings = [page.model.index(row).data(GROUP) for row in range(5)]
        assert headings == ["Running", "Waiting", "", "Finished", ""]

    run(test)


def test_cancelling_stops_the_chosen_job_and_no_other(run, queue, pool) -> None:
    running, first, second = queue("a", JobState.RUNNING), queue("b"), queue("c")

    async def test(page: Page) -> None:
        page.show_job(second.id)
        page.press("cancelJobButton")
        assert [pool.job(job.id).state for job in (running, first, second)] == ["running", "waiting", "cancelled"]

    run(test)


def test_a_job_that_is_being_cancelled_cannot_be_cancelled_twice(run, queue, workers) -> None:
    running = queue("a", JobState.RUNNING)
    workers.deaf = True

    async def test(page: Page) -> None:
        page.press("cancelJobButton")
        button = page.widget.findChild(QPushButton, "cancelJobButton")
        assert button.text() == "Cancelling…"
        assert not button.isEnabled()
        workers.stop(running)
        await page.settled()
        assert not button.isVisible()
        assert page.shows("againJobButton")

    run(test)


@pytest.mark.parametrize(
    ("state", "shown", "hidden"),
    [
        (JobState.RUNNING, ["cancelJobButton"], ["againJobButton", "removeJobButton", "upJobButton"]),
        (JobState.WAITING, ["cancelJobButton"], ["againJobButton", "removeJobButton"]),
        (JobState.DONE, ["againJobButton", "removeJobButton"], ["cancelJobButton", "firstJobButton"]),
        (JobState.FAILED, ["againJobButton", "removeJobButton"], ["cancelJobButton", "firstJobButton"]),
        (JobState.CANCELLED, ["againJobButton", "removeJobButton"], ["cancelJobButton"]),
    ],
)
def test_each_state_offers_what_can_be_done(run, queue, state: JobState, shown: list[str], hidden: list[str]) -> None:
    if state is JobState.WAITING:
        queue("run", JobState.RUNNING)
    job = queue("a", state)

    async def test(page: Page) -> None:
        page.show_job(job.id)
        assert all(page.shows(name) for name in shown)
        assert not any(page.shows(name) for name in hidden)

    run(test)


@pytest.mark.parametrize("earlier", [(interrupted("a"),)])
def test_what_a_restart_interrupted_can_be_resumed_or_removed(run, queue) -> None:
    async def test(page: Page) -> None:
        assert page.shows("againJobButton")
        assert page.shows("removeJobButton")
        assert not page.shows("cancelJobButton")

    run(test)


@pytest.mark.parametrize("state", [JobState.CANCELLED, JobState.FAILED])
def test_resuming_goes_on_with_the_tuning_and_chooses_it(run, queue, state: JobState) -> None:
    old = queue("Tuning Ben", state)

    async def test(page: Page) -> None:
        page.press("againJobButton")
        again = page.chosen
        assert again.id != old.id
        assert again.title == "Tuning Ben"
        assert isinstance(again.request, TuneRequest)
        assert again.request.resume

    run(test)


def test_waiting_jobs_move_with_buttons_and_keys(run, queue) -> None:
    queue("run", JobState.RUNNING)
    _, b, c = queue("a"), queue("b"), queue("c")

    async def test(page: Page) -> None:
        page.show_job(b.id)
        page.press("upJobButton")
        assert page.titles() == ["run", "b", "a", "c"]
        page.press("downJobButton")
        assert page.titles() == ["run", "a", "b", "c"]
        page.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
        assert page.titles() == ["run", "b", "a", "c"]
        page.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        assert page.titles() == ["run", "a", "b", "c"]
        page.show_job(c.id)
        assert not page.shows("downJobButton")
        page.press("upJobButton")
        assert page.titles() == ["run", "a", "c", "b"]
        page.press("firstJobButton")
        assert page.titles() == ["run", "c", "a", "b"]
        assert not page.shows("upJobButton")
        page.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
        assert page.titles() == ["run", "c", "a", "b"]

    run(test)


def test_a_moved_job_stays_chosen(run, queue) -> None:
    queue("run", JobState.RUNNING)
    queue("a")
    b = queue("b")

    async def test(page: Page) -> None:
        page.show_job(b.id)
        page.press("firstJobButton")
        assert page.titles() == ["run", "b", "a"]
        assert page.chosen.id == b.id
        assert page.list.currentIndex().row() == 1

    run(test)


def test_dropping_a_waiting_job_moves_it_before_the_next_one_that_waits(run, queue) -> None:
    queue("done", JobState.DONE)
    queue("run", JobState.RUNNING)
    for title in "abc":
        queue(title)

    async def test(page: Page) -> None:
        def drop(row: int, onto: int, share: float) -> None:
            spot = page.list.visualRect(page.model.index(onto))
            at = QPointF(spot.center().x(), spot.top() + share * spot.height())
            data = page.model.mimeData([page.model.index(row)])
            buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
            page.list.dropEvent(QDropEvent(at, Qt.DropAction.MoveAction, data, buttons, keys))

        drop(3, 0, 0.2)  # onto the running one
        assert page.titles() == ["run", "c", "a", "b", "done"]
        drop(3, 1, 0.8)  # onto the lower half of c
        assert page.titles() == ["run", "c", "b", "a", "done"]
        drop(1, 4, 0.8)  # onto the ended one
        assert page.titles() == ["run", "b", "a", "c", "done"]
        drag = Qt.ItemFlag.ItemIsDragEnabled
        assert [bool(page.model.flags(page.model.index(row)) & drag) for row in range(5)] == [False, *[True] * 3, False]

    run(test)


def test_delete_cancels_what_goes_on_and_removes_what_has_ended(run, queue, pool) -> None:
    done, running = queue("b", JobState.DONE), queue("a", JobState.RUNNING)

    async def test(page: Page) -> None:
        page.key(Qt.Key.Key_Delete)
        await page.until(lambda: pool.job(running.id).state is JobState.CANCELLED)
        page.show_job(done.id)
        page.key(Qt.Key.Key_Delete)
        assert pool.job(done.id) is None
        assert pool.job(running.id) is not None
        assert page.chosen.id == running.id

    run(test)


def test_all_can_be_cancelled_and_what_has_ended_be_cleared(run, queue, pool) -> None:
    queue("a", JobState.RUNNING)
    queue("b")

    async def test(page: Page) -> None:
        page.press("cancelAllButton")
        await page.until(lambda: not page.shows("cancelAllButton"))
        assert {job.state for job in pool.jobs()} == {JobState.CANCELLED}
        page.press("clearEndedButton")
        await page.settled()
        assert pool.jobs() == []
        assert page.pages.currentIndex() == 0

    run(test)


def test_the_curves_get_every_point_past_and_to_come(run, queue, workers) -> None:
    other = queue("b", JobState.DONE)
    job = queue("a", JobState.RUNNING)
    workers.emit(job, Losses(10, 0.4, 0.2))

    async def test(page: Page) -> None:
        curves = page.widget._curves
        workers.emit(job, Losses(20, 0.2, 0.1))
        workers.emit(job, Measured(20, 0.6))
        workers.emit(job, Measured(40, 0.7))
        await page.settled()
        steps, faces = curves.face_line.getData()
        assert list(steps) == [10, 20]
        assert faces[0] == 0.4
        assert 0.2 < faces[1] < 0.4  # smoothed
        assert curves.attribute_line.getData()[1][0] == 0.2
        assert [list(axis) for axis in curves.likeness_line.getData()] == [[20, 40], [0.6, 0.7]]
        assert page.details.fact("likeness") == "0.70"
        assert page.details.likeness.word == "Good likeness"
        page.show_job(other.id)
        assert curves.loss_plot.isHidden()
        page.show_job(job.id)
        assert list(curves.face_line.getData()[0]) == [10, 20]

    run(test)


def test_a_fast_job_does_not_draw_the_page_at_every_step(run, queue, workers, monkeypatch) -> None:
    job = queue("a", JobState.RUNNING)

    async def test(page: Page) -> None:
        await page.settled()
        drawn = []
        refresh = page.details.refresh
        monkeypatch.setattr(page.details, "refresh", lambda *args: (drawn.append(1), refresh(*args)))
        curves, curves_drawn = page.widget._curves, []
        draw = curves._draw_losses
        monkeypatch.setattr(curves, "_draw_losses", lambda: (curves_drawn.append(len(curves._losses)), draw()))
        for step in range(2000):
            workers.emit(job, Progress(step + 1, 2000, 1))
            workers.emit(job, Losses(step, 0.1, 0.1))
        assert drawn == []
        await page.settled()
        assert len(drawn) == 1
        assert curves_drawn == [2000]
        assert page.details.fact("step") == "2000/2000"
        assert len(page.widget._curves.face_line.getData()[0]) == 2000

    run(test)


def test_a_job_that_never_rests_is_drawn_nevertheless(run, queue, workers) -> None:
    job = queue("a", JobState.RUNNING)

    async def test(page: Page) -> None:
        workers.emit(job, Progress(1, 1000, 1))

        def drawn_while_it_goes_on() -> bool:
            workers.emit(job, Progress(2, 1000, 1))
            return page.details.fact("step") == "2/1000"

        await page.until(drawn_while_it_goes_on)

    run(test)


def test_a_page_that_is_not_seen_draws_nothing_and_catches_up(run, queue, workers) -> None:
    job = queue("a", JobState.RUNNING)

    async def test(page: Page) -> None:
        page.widget.hide()
        workers.emit(job, Progress(5, 10, 100))
        workers.emit(job, Warned("A photo is small."))
        await page.settled()
        assert page.details.fact("step") == ""
        page.widget.show()
        assert page.details.fact("step") == "5/10"
        assert page.details.fact("left") == "1:40"
        assert "A photo is small." in page.details.log.toPlainText()

    run(test)


def test_leaving_the_page_stops_nothing(run, queue, pool) -> None:
    running, waiting = queue("a", JobState.RUNNING), queue("b")

    async def test(page: Page) -> None:
        page.widget.hide()
        page.widget.close()
        assert [pool.job(job.id).state for job in (running, waiting)] == [JobState.RUNNING, JobState.WAITING]

    run(test)


def test_the_latest_preview_is_shown_until_the_job_ends(run, queue, workers) -> None:
    job = queue("a", JobState.RUNNING)

    async def test(page: Page) -> None:
        assert page.details.preview.isHidden()
        workers.emit(job, Preview(0, png("red")))
        workers.emit(job, Preview(0, png("blue")))
        await page.settled()
        assert page.details.preview.pixmap().toImage().pixelColor(9, 9).name() == "#0000ff"
        workers.finish(job)
        await page.settled()
        assert page.details.preview.isHidden()

    run(test)


def test_a_picture_that_was_made_opens_on_the_canvas(run, queue, pool, session, tmp_path: Path, workers) -> None:
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    for path in paths:
        path.write_bytes(png())
    job = queue("a", JobState.RUNNING, PortraitRequest(person="0123456789ab", count=2))

    async def test(page: Page) -> None:
        opened, pages = [], []
        session.portraitOpened.connect(opened.append)
        session.pageWanted.connect(pages.append)
        workers.emit(job, Painted(paths[0], 0, None, None, 0.7, None, None))
        await page.settled()
        workers.emit(job, Painted(paths[1], 1, None, None, 0.7, None, None))
        await page.settled()
        pictures = page.details.pictures
        assert pictures.paths() == paths
        spot: QRect = pictures.visualRect(pictures.model().index(1, 0))
        QTest.mouseClick(pictures.viewport(), Qt.MouseButton.LeftButton, pos=spot.center())
        assert opened == [paths[1]]
        assert pages == [ShowCanvas()]

    run(test)


def test_the_log_keeps_growing_and_says_when(run, queue, workers) -> None:
    job = queue("a", JobState.RUNNING)
    workers.emit(job, Started("tune", 1000))  # before the page was made

    async def test(page: Page) -> None:
        workers.emit(job, Warned("A photo is small."))
        await page.settled()
        log = page.details.log.toPlainText().splitlines()
        assert sum("Tune, 1000 steps" in line for line in log) == 1
        assert log[-1].endswith("Note: A photo is small.")
        assert log[-1][2] == ":"
        assert log[-2][2] == ":"

    run(test)


def test_what_another_job_said_meanwhile_stands_in_its_log_once(run, queue, workers) -> None:
    queue("a", JobState.RUNNING)

    async def test(page: Page) -> None:
        other = queue("b", JobState.RUNNING, FetchRequest(model="sdxl-base"))
        workers.emit(other, Warned("A photo is small."))
        workers.emit(other, Warned("A photo is blurred."))
        page.show_job(other.id)
        log = page.details.log.toPlainText().splitlines()
        assert [line[10:] for line in log[-2:]] == ["Note: A photo is small.", "Note: A photo is blurred."]
        assert sum("small" in line for line in log) == 1

    run(test)


def test_a_download_shows_percent(run, queue, workers) -> None:
    job = queue("Fetching", JobState.RUNNING, FetchRequest(model="sdxl-base"))

    async def test(page: Page) -> None:
        workers.emit(job, Progress(3_500_000_000, 7_000_000_000, 7200))
        await page.settled()
        assert page.details.fact("step") == "50 %"
        assert page.details.fact("left") == "about 2 h"

    run(test)


def test_a_job_says_where_and_how_exactly_it_ran_also_when_it_has_ended(run, queue, workers) -> None:
    job = queue("a", JobState.RUNNING)

    async def test(page: Page) -> None:
        assert page.details.fact("device") == ""
        workers.emit(job, DeviceSelected("Processor", "fp32"))
        await page.settled()
        assert page.details.fact("device") == "Processor, fp32"
        workers.finish(job)
        await page.settled()
        assert page.details.fact("device") == "Processor, fp32"
        assert any("Runs on Processor, fp32" in line for line in page.details.log.toPlainText().splitlines())

    run(test)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("local:2", "Processor · workers on this computer, fp32"),
        ("ray", "Processor · Ray on this computer, fp32"),
        ("ray://10.0.0.5:10001", "Processor · ray://10.0.0.5:10001, fp32"),
    ],
)
def test_a_job_says_on_which_workers_it_ran(run, queue, workers, place: str, said: str) -> None:
    job = queue("a", JobState.RUNNING)

    async def test(page: Page) -> None:
        workers.emit(job, DeviceSelected("Processor", "fp32", place))
        await page.settled()
        assert page.details.fact("device") == said

    run(test)


def test_workers_are_one_click_away(run, queue, session) -> None:
    queue("a", JobState.RUNNING)
    wanted: list[object] = []
    session.pageWanted.connect(wanted.append)

    async def test(page: Page) -> None:
        page.findChild(QPushButton, "workersButton").click()
        assert wanted == [ShowSettings("device")]

    run(test)


def test_the_request_names_people_as_they_are_called_now(run, queue, session, add_person) -> None:
    anna = add_person("Anna")
    session.people_changed()
    queue("a", JobState.RUNNING, PortraitRequest(person=anna.id, prompt="in the snow"))

    async def test(page: Page) -> None:
        def asked() -> list[str]:
            form = page.details.asked
            return [form.itemAt(row, form.ItemRole.FieldRole).widget().text() for row in range(form.rowCount())]

        assert asked()[:2] == ["Anna", "in the snow"]
        session.library.rename(anna.id, "Anne")
        session.people_changed()
        assert asked()[0] == "Anne"
        session.library.delete(anna.id)
        session.people_changed()
        assert asked()[0] == "deleted person"

    run(test)


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no popups
def test_a_right_click_offers_only_what_can_be_done(run, queue) -> None:
    queue("a", JobState.DONE)

    async def test(page: Page) -> None:
        spot = page.list.visualRect(page.model.index(0)).center()
        page.list.customContextMenuRequested.emit(spot)
        menu = page.widget.findChild(QMenu)
        assert [action.text() for action in menu.actions()] == ["Run again", "Remove from the list"]
        menu.close()
        page.list.customContextMenuRequested.emit(QPoint(5, 690))

    run(test)


def test_rows_can_be_read_aloud(run, queue, workers) -> None:
    job = queue("Tuning Ben", JobState.RUNNING)
    workers.emit(job, Progress(620, 1000, 100))

    async def test(page: Page) -> None:
        index = page.model.index(0)
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Tuning Ben, running 620/1000 · 1:40 left"
        assert isinstance(index.data(JOB), Job)

    run(test)
