"""What the panels share: the library, the queue, who is chosen, and where to go."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from facea_desktop.domain.errors import OUR_FAULT, CancelledError, UserError
from facea_desktop.domain.events import Painted
from facea_desktop.domain.outcomes import Outcome
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import Request
from facea_desktop.library.index import Index
from facea_desktop.library.store import Library
from facea_desktop.library.summaries import PersonSummary
from facea_desktop.models.catalogue import Family
from facea_desktop.models.store import ModelStore
from facea_desktop.ui.settings.values import Settings, load_settings, save_settings
from facea_desktop.ui.thumbnails import Thumbnails
from facea_desktop.workers.jobs import Job, JobState
from facea_desktop.workers.pool import JobPool

log = logging.getLogger(__name__)

LOOK_S, _REST = 4.0, 50
"""Seconds between two looks at the disk, and how many times as long as a look took where there is much to see."""


class Session(QObject):
    """One open data folder.

    Attributes:
        root: the data folder.
        pool: the queue of jobs and the workers behind it.
        index: what is on disk, for quick looking up; derived, rebuilt when lost.
    """

    peopleChanged = Signal()
    portraitsChanged = Signal()
    modelsChanged = Signal()
    settingsChanged = Signal(object)
    """The new Settings."""
    personSelected = Signal(object)
    """A Profile, or None."""
    noticed = Signal(str)
    """A sentence for the status line."""
    failed = Signal(str)
    """A sentence that says what is wrong and what to do, to be shown until it is read."""
    pageWanted = Signal(str, object)
    """A page of the window and what to show there: "canvas", "new-person", "person" (id), "mixer" (id),
    "gallery" (query text or None), "jobs" (job id or None), "evaluation" (a comparison's name or None), "models",
    "settings"."""
    portraitOpened = Signal(object)
    """Path of a picture whose settings are to come back into the portrait panel, and which the canvas shows."""

    _not_kept = Signal(str)
    _looked = Signal(bool, bool, float)
    """Whether people changed on disk, whether portraits did, and how many seconds it took to see."""

    def __init__(self, root: Path, pool: JobPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = root
        self.library = Library(root)
        self.models = ModelStore(root)
        self.index = Index(root)
        self.settings = load_settings(root)
        self.thumbnails = Thumbnails(self)
        self.pool = pool
        self.selected: Profile | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._settings_writer = ThreadPoolExecutor(1, thread_name_prefix="settings on disk")
        self._not_kept.connect(self.failed)
        self._closing = False
        self._disk_reader = ThreadPoolExecutor(1, thread_name_prefix="looking at the disk")
        self._look_again = QTimer(self)
        self._look_again.setSingleShot(True)
        self._look_again.timeout.connect(self._look)
        self._looked.connect(self._seen, Qt.ConnectionType.QueuedConnection)
        pool.jobChanged.connect(self._job_changed)
        pool.told.connect(self._told)
        pool.notSaved.connect(self.failed)

    @property
    def family(self) -> Family:
        """The family that new people are made with."""
        return self.models.active_family()

    def people(self) -> list[PersonSummary]:
        """Everyone, oldest first, from the index."""
        return self.index.people()

    def select(self, person: str | None) -> None:
        """Choose the person that portraits are made of; None, or one who is gone, chooses nobody."""
        chosen: Profile | None = None
        if person is not None:
            try:
                chosen = self.library.get(person)
            except UserError as error:
                self.failed.emit(str(error))
        self.selected = chosen
        self.personSelected.emit(chosen)

    def submit(self, request: Request, title: str, *, first: bool = False) -> Job:
        """Put a job into the queue; a title that another job has gets a number.

        Args:
            first: before everything that waits.
        """
        taken = {job.title for job in self.pool.jobs()}
        names = (title if number == 1 else f"{title} ({number})" for number in itertools.count(1))
        return self.pool.submit(request, next(name for name in names if name not in taken), first=first)

    async def ask(self, request: Request) -> Outcome:
        """Have something small done beside the queue (inspecting photos, finding faces).

        Raises:
            UserError: the user can mend it.
            CancelledError: the window is closing.
        """
        return await self.pool.ask(request)

    def go(self, page: str, what: object = None) -> None:
        """Show a page of the window."""
        self.pageWanted.emit(page, what)

    def change_settings(self, **changes: object) -> None:
        """Change some settings, tell everyone, and keep them on disk, which nobody waits for."""
        self.settings = Settings.model_validate(self.settings.model_dump() | changes)
        self._settings_writer.submit(self._keep, self.settings)
        self.settingsChanged.emit(self.settings)

    def people_changed(self) -> None:
        """Somebody was made, changed or deleted outside the queue: look again, and tell everyone."""
        self.index.refresh_people()
        self.peopleChanged.emit()
        if self.selected is not None:
            there = self.library.folder(self.selected.id).exists()
            self.select(self.selected.id if there else None)

    def follow_disk(self) -> None:
        """Look from now on what the command line, or another program, makes and changes here, and tell everyone."""
        self._look_again.start(round(1000 * LOOK_S))

    def portraits_erased(self) -> None:
        """Portraits were erased: jobs that made nothing else go with them, and everyone is told."""
        self.pool.forget_erased()
        self.portraitsChanged.emit()

    def attempt(self, doing: Callable[[], object]) -> bool:
        """Do something that the user may have to mend; the sentence is shown then. Returns whether it went well."""
        try:
            doing()
        except UserError as error:
            self.failed.emit(str(error))
            return False
        return True

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run a coroutine of the window; what the user can mend is shown, and closing cancels it."""
        task = asyncio.get_event_loop().create_task(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: work.close())  # cancelled before it began, it would be missed as never awaited
        return task

    async def stop(self) -> None:
        """Cancel what still runs here. What the pool tells while it closes is still taken in."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """Stop, and close the index and the thumbnails."""
        await self.stop()
        self._closing = True
        self._look_again.stop()
        self._disk_reader.shutdown()
        self.thumbnails.close()
        self.index.close()
        self._settings_writer.shutdown()

    @Slot()
    def _look(self) -> None:
        self._disk_reader.submit(self._look_at_disk, painting=bool(self.pool.running))

    def _look_at_disk(self, *, painting: bool) -> None:
        """Runs in the reader's thread. What jobs paint is told by them, with its likeness."""
        began, people, portraits = time.monotonic(), False, False
        try:
            people = self.index.refresh_people()
            portraits = not painting and self.index.refresh_portraits(lambda: self._closing)
        except Exception:
            log.exception("the disk could not be looked at")
        self._looked.emit(people, portraits, time.monotonic() - began)

    @Slot(bool, bool, float)
    def _seen(self, people: bool, portraits: bool, took: float) -> None:
        if self._closing:
            return
        if people:
            self.peopleChanged.emit()
            self._renew_selected()
        if portraits:
            self.portraitsChanged.emit()
        self._look_again.start(round(1000 * max(LOOK_S, _REST * took)))

    def _renew_selected(self) -> None:
        """Choose anew who is chosen, if that person is not as before."""
        if self.selected is None:
            return
        there = self.library.folder(self.selected.id).exists()
        try:
            changed = not there or self.library.get(self.selected.id) != self.selected
        except UserError:
            changed = True  # which choosing says
        if changed:
            self.select(self.selected.id if there else None)

    def _keep(self, settings: Settings) -> None:
        """Runs in the writer's thread, one change after the other."""
        try:
            save_settings(self.root, settings)
        except UserError as error:
            self._not_kept.emit(str(error))
        except Exception:
            log.exception("the settings could not be kept")
            self._not_kept.emit(OUR_FAULT)

    async def _guarded(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            await work
        except UserError as error:
            self.failed.emit(str(error))
        except CancelledError:
            return
        except Exception:
            log.exception("something of the window failed")
            self.failed.emit(OUR_FAULT)

    @Slot(object)
    def _job_changed(self, job: Job) -> None:
        if job.state is JobState.DONE and job.person is not None:
            self.people_changed()
        if job.state is JobState.DONE and job.request.kind == "fetch":
            self.modelsChanged.emit()
        if job.state is JobState.FAILED and job.error is not None and job.request.kind != "fetch":  # said at the model
            self.failed.emit(f"{job.title}: {job.error}")

    @Slot(str, object)
    def _told(self, job: str, event: object) -> None:
        if isinstance(event, Painted):
            self.index.add_portrait(event.path, event.likeness)
            self.portraitsChanged.emit()
