"""The page: comparisons found again, their figures, what the queue tells of them, and their end."""

from __future__ import annotations

import asyncio
import csv
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from qasync import QEventLoop

from facea_desktop.comparison.comparison_store import Comparison
from facea_desktop.domain.events import Progress
from facea_desktop.ui.comparison.comparison_page import ComparisonPage
from facea_desktop.ui.comparison.more_methods_dialog import MoreMethodsDialog
from facea_desktop.ui.session import Session
from facea_desktop.workers.job import JobState
from facea_desktop.workers.job_pool import JobPool
from tests.gui.comparison.conftest import METHODS, Compare, finish
from tests.gui.scripted_workers import ScriptedWorkers


def texts(widget: Any) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget) and one.text()]


@pytest.fixture
def show(page: ComparisonPage, loop: QEventLoop, until: Any) -> Any:
    """Show the page, with a comparison chosen."""

    def open_page(name: str | None = None) -> None:
        page.show()
        page.show_comparison(name)
        if name is not None:
            loop.run_until_complete(
                until(lambda: page.chosen is not None and page.chosen.name == name and page.details.isVisible())
            )
        else:
            loop.run_until_complete(until(page.form.isVisible))

    return open_page


def test_without_a_comparison_it_asks_for_one(page: ComparisonPage, show: Any) -> None:
    show()
    assert page.form.isVisible()
    assert page.list.count() == 0


def test_the_table_shows_every_method_and_says_what_is_not_installed(
    page: ComparisonPage, show: Any, compare: Compare
) -> None:
    show(compare().name)
    said = texts(page.details.figures)
    assert {"Untuned", "FaceA-Net", "DreamBooth LoRA", "30.5", "70.5", "50.5", "4 of 4"} <= set(said)
    assert said.count("not installed") == 9
    assert page.details.figures.verdict.text().startswith("FaceA-Net is most like Eve, then DreamBooth LoRA.")
    assert any("Eve, full: something to know." in text for text in said)


def test_pictures_are_shown_with_what_they_score(page: ComparisonPage, show: Any, compare: Compare) -> None:
    show(compare().name)
    sheet = page.details.sheet
    page.details.tabs.setCurrentIndex(1)
    assert texts(sheet).count("0.71") == 2  # the best of the full method
    sheet.which.setCurrentIndex(1)
    sheet.which.activated.emit(1)  # as a click does
    assert {"Reference photos", "Held out", "FaceA-Net", "0.30"} <= set(texts(sheet))


def test_a_comparison_in_the_queue_tells_how_far_it_is_and_shows_its_end(
    page: ComparisonPage,
    show: Any,
    compare: Compare,
    pool: JobPool,
    loop: QEventLoop,
    until: Any,
    workers: ScriptedWorkers,
) -> None:
    comparison = compare(finished=False)
    show(comparison.name)
    assert "not finished" in page.details.standing.text()
    page.details.go_on_button.click()
    (job,) = pool.jobs()
    assert job.request == comparison.request
    workers.emit(job, Progress(250, 1000, 60.0))
    loop.run_until_complete(until(lambda: page.details.standing.text() == "running 25 % · 1:00 left"))
    assert page.details.bar.isVisible()
    finish(comparison)
    workers.finish(job)
    loop.run_until_complete(until(lambda: page.details.figures.isVisible()))
    assert not page.details.bar.isVisible()
    assert "70.5" in texts(page.details.figures)


def test_pictures_are_seen_while_others_are_still_made(
    page: ComparisonPage,
    show: Any,
    compare: Compare,
    pool: JobPool,
    loop: QEventLoop,
    until: Any,
    workers: ScriptedWorkers,
) -> None:
    comparison = compare(finished=False)
    show(comparison.name)
    page.details.go_on_button.click()
    job = pool.jobs()[0]
    finish(comparison)
    (comparison.folder / "summary.json").unlink()
    workers.emit(job, Progress(500, 1000, 60.0))
    loop.run_until_complete(until(lambda: "0.71" in texts(page.details.sheet)))
    assert not page.details.figures.isVisible()


def test_whether_comparisons_are_finished_is_read_beside_the_window_and_anew_when_a_job_ends(
    page: ComparisonPage,
    show: Any,
    compare: Compare,
    pool: JobPool,
    loop: QEventLoop,
    until: Any,
    monkeypatch: pytest.MonkeyPatch,
    workers: ScriptedWorkers,
) -> None:
    readers: set[threading.Thread] = set()
    read = Comparison.finished.fget
    assert read is not None

    def watched(comparison: Comparison) -> bool:
        readers.add(threading.current_thread())
        return read(comparison)

    monkeypatch.setattr(Comparison, "finished", property(watched))

    def said(comparison: Comparison) -> str:
        rows = [page.list.item(row) for row in range(page.list.count())]
        (row,) = [row for row in rows if row.text() == comparison.plan.title]
        return str(row.data(Qt.ItemDataRole.AccessibleTextRole))

    comparison, other = compare(finished=False), compare("Other")
    show(comparison.name)
    assert said(comparison) == "Eve, not finished"
    assert said(other).startswith("Other, 3 methods · ")
    job = pool.submit(comparison.request, "comparing")
    workers.emit(job, Progress(250, 1000, 60.0))
    loop.run_until_complete(until(lambda: said(comparison).startswith("Eve, running 25 %")))
    assert said(other).startswith("Other, 3 methods · ")
    finish(comparison)
    workers.finish(job)
    loop.run_until_complete(until(lambda: said(comparison).startswith("Eve, 3 methods · ")))
    assert readers
    assert threading.main_thread() not in readers


def test_a_stopped_comparison_goes_on_with_the_same_request(
    page: ComparisonPage, show: Any, compare: Compare, pool: JobPool, loop: QEventLoop, until: Any
) -> None:
    comparison = compare(finished=False)
    show(comparison.name)
    page.details.go_on_button.click()
    loop.run_until_complete(until(page.details.stop_button.isVisible))
    page.details.stop_button.click()
    loop.run_until_complete(until(page.details.go_on_button.isVisible))
    assert pool.jobs()[0].state is JobState.CANCELLED
    page.details.go_on_button.click()
    assert pool.jobs()[0].state is JobState.RUNNING
    assert pool.jobs()[0].request == comparison.request


def test_why_one_failed_is_said_in_place(
    page: ComparisonPage,
    show: Any,
    compare: Compare,
    pool: JobPool,
    loop: QEventLoop,
    until: Any,
    workers: ScriptedWorkers,
) -> None:
    show(compare(finished=False).name)
    page.details.go_on_button.click()
    workers.fail(pool.jobs()[0], "The disk is full. Free some space.")
    loop.run_until_complete(until(lambda: page.details.notice.text == "The disk is full. Free some space."))
    assert page.details.go_on_button.isVisible()


def test_further_methods_join_a_finished_comparison(
    page: ComparisonPage,
    show: Any,
    compare: Compare,
    pool: JobPool,
    loop: QEventLoop,
    until: Any,
    workers: ScriptedWorkers,
) -> None:
    comparison = compare()
    before = pool.submit(comparison.request, "comparing")
    workers.finish(before)
    show(comparison.name)
    assert not page.details.go_on_button.isVisible()
    page.details.more_button.click()
    asking = page.findChild(MoreMethodsDialog)
    assert not set(METHODS) & set(asking.picker.boxes)
    assert not asking.go.isEnabled()
    asking.picker.boxes["neither"].click()
    assert asking.count.text() == "4 pictures and 1 tuning"
    asking.go.click()
    (job,) = pool.jobs()
    assert job.request.methods == (*METHODS, "neither")
    assert job.request.out == comparison.folder
    loop.run_until_complete(until(page.details.stop_button.isVisible))
    assert not page.details.more_button.isEnabled()
    assert page.details.figures.isVisible()  # those of before, until the new ones are there
    page.details.stop_button.click()
    loop.run_until_complete(until(page.details.go_on_button.isVisible))
    assert "not finished" in page.details.standing.text()
    (again,) = page.store.comparisons()
    finish(again)
    page.details.go_on_button.click()
    workers.finish(pool.jobs()[0])
    loop.run_until_complete(until(lambda: "Face only" in texts(page.details.figures)))
    assert not page.details.go_on_button.isVisible()


def test_deleting_asks_stops_the_job_and_leaves_nothing(
    page: ComparisonPage, show: Any, compare: Compare, session: Session, pool: JobPool, loop: QEventLoop, until: Any
) -> None:
    comparison, other = compare(), compare("Other")
    pool.submit(comparison.request, "comparing")
    show(comparison.name)
    page.details.delete_button.click()
    question = page.findChild(QMessageBox, "comparisonDeleteQuestion")
    assert question is not None
    assert comparison.folder.exists()
    yes = question.findChild(QPushButton, "comparisonDeleteYes")
    assert yes is not None
    yes.click()
    left = session.root / "evaluations"
    loop.run_until_complete(until(lambda: page.list.count() == 1 and list(left.iterdir()) == [other.folder]))
    assert pool.jobs() == []
    assert page.form.isVisible()


def test_what_was_read_before_a_deletion_is_not_shown_after_it(
    page: ComparisonPage,
    show: Any,
    compare: Compare,
    loop: QEventLoop,
    until: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    comparison, _ = compare(), compare("Other")
    show(comparison.name)
    read, is_read, deleted = page.store.comparisons, threading.Event(), threading.Event()

    def read_slowly() -> list[Comparison]:
        found = read()
        if not is_read.is_set():
            is_read.set()
            assert deleted.wait(30)
        return found

    async def delete_meanwhile() -> None:
        monkeypatch.setattr(page.store, "comparisons", read_slowly)
        page.hide()
        page.show()  # which looks
        await until(is_read.is_set)
        await until(page.details.delete_button.isEnabled)
        page.details.delete_button.click()
        await until(lambda: page.findChild(QPushButton, "comparisonDeleteYes") is not None)
        page.findChild(QPushButton, "comparisonDeleteYes").click()
        await until(lambda: not comparison.folder.exists())
        await asyncio.sleep(0.1)
        deleted.set()
        await until(lambda: asyncio.all_tasks() == {asyncio.current_task()})

    loop.run_until_complete(delete_meanwhile())
    assert [one.plan.title for one in page.list.comparisons()] == ["Other"]


def test_results_are_exported_as_they_are(
    page: ComparisonPage, show: Any, compare: Compare, loop: QEventLoop, until: Any, tmp_path: Path
) -> None:
    show(compare().name)
    page.details.export_button.click()
    assert page.dialog is not None
    page.dialog.fileSelected.emit(str(tmp_path / "mine.csv"))
    page.dialog.close()
    loop.run_until_complete(until((tmp_path / "mine.csv").exists))
    with (tmp_path / "mine.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == 12


def test_report_and_folder_open_outside(
    page: ComparisonPage, show: Any, compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    comparison = compare()
    show(comparison.name)
    page.details.report_button.click()
    page.details.folder_button.click()
    assert [Path(url.toLocalFile()) for url in opened] == [comparison.folder / "report.html", comparison.folder]
