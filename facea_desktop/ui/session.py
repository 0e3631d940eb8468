"""What the panels share: the library, the queue, the chosen person, and navigation."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facea_desktop.domain.errors import OUR_FAULT, CancelledError, UserError
from facea_desktop.domain.events import Painted, Warned
from facea_desktop.domain.outcomes import Outcome
from facea_desktop.domain.people import Profile
from facea_desktop.domain.permissions import ConsentEnded, NotTuned, OtherFamily, Person, portrait_refusal
from facea_desktop.domain.requests import EnlargeRequest, Request
from facea_desktop.library.id_library import Library
from facea_desktop.library.search_index import Index
from facea_desktop.library.summaries import PersonSummary
from facea_desktop.models.catalogue import Family
from facea_desktop.models.model_store import ModelStore
from facea_desktop.releases import Release, find_newer_release, read_publisher
from facea_desktop.ui.background_thread import BackgroundThread
from facea_desktop.ui.destinations import Destination
from facea_desktop.ui.job_monitor import JobMonitor
from facea_desktop.ui.job_text import failure_words
from facea_desktop.ui.likeness_scale import LikenessScales
from facea_desktop.ui.people_status import PeopleStatus
from facea_desktop.ui.settings_file import Settings, load_settings, save_settings
from facea_desktop.ui.thumbnails import Thumbnails
from facea_desktop.ui.warning_text import warning_words
from facea_desktop.workers.job import Job, JobState
from facea_desktop.workers.job_pool import JobPool

log = logging.getLogger(__name__)

LOOK_S, _REST = 4.0, 50
"""Seconds between two looks at the disk, and how many times as long as a look took where there is much to see."""


class _Seen(NamedTuple):
    """What a look at the disk found changed, and how many seconds it took."""

    people: bool
    portraits: bool
    took: float


class Session(QObject):
    """One open data folder.

    Attributes:
        root: the data folder.
        pool: the queue of jobs and the workers behind it; what is to be done with a job is asked of it.
        jobs: what the queue holds and what its jobs say; panels read this, and listen to it.
        people_status: where each person stands.
        likeness: what gives likeness scores a meaning.
        index: what is on disk, for quick looking up; derived, rebuilt when lost.
        publisher: who tells of newer versions of the program; None where nobody does.
        release: a newer version, once one was found.
    """

    peopleChanged = Signal()
    portraitsChanged = Signal()
    modelsChanged = Signal()
    releaseFound = Signal(object)
    """The newer Release that there is, or None."""
    environmentChanged = Signal()
    """Another PyTorch is in use."""
    settingsChanged = Signal(object)
    """The new Settings."""
    personSelected = Signal(object)
    """A Profile, or None."""
    binChanged = Signal()
    """Something came into the bin, or left it."""
    restored = Signal()
    """People or portraits came back from the bin."""
    noticed = Signal(str)
    """A sentence for the status line."""
    undoable = Signal(str, object)
    """The same about something that can be undone, with the call that does so."""
    failed = Signal(str)
    """A sentence that says what is wrong and what to do, to be shown until it is read."""
    pageWanted = Signal(object)
    """A Destination of the window."""
    portraitOpened = Signal(object)
    """Path of a picture whose settings are to come back into the portrait panel, and which the canvas shows."""

    def __init__(self, root: Path, pool: JobPool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = root
        self.library = Library(root)
        self.models = ModelStore(root)
        self.index = Index(root)
        self.settings = load_settings(root)
        self.thumbnails = Thumbnails(self)
        self.pool = pool
        self.jobs = JobMonitor(pool, self)
        self.people_status = PeopleStatus(self.jobs, self)
        self.likeness = LikenessScales(self.jobs, self)
        self.selected: Profile | None = None
        self.publisher = read_publisher()
        self.release: Release | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._settings_writer = BackgroundThread(self, name="settings on disk")
        self._closing = False
        self._disk_reader = BackgroundThread(self, name="looking at the disk")
        self._look_again = QTimer(self)
        self._look_again.setSingleShot(True)
        self._look_again.timeout.connect(self._look)
        self.jobs.jobEnded.connect(self._job_ended)
        self.jobs.eventReceived.connect(self._on_event)
        pool.notSaved.connect(self.failed)

    @property
    def family(self) -> Family:
        """The family that new people are made with."""
        return self.models.active_family()

    def portrait_refusal(
        self, person: Person, lead: Person | None = None
    ) -> ConsentEnded | NotTuned | OtherFamily | None:
        """Why no portrait of the person can be made now; a tuning that stopped is resumed before one at first sight.

        Args:
            lead: who the portrait is of, where ``person`` is to get another face of it.
        """
        status = self.people_status.of(person)
        first_sight = status.stopped is None and self.models.at_first_sight(person)
        return portrait_refusal(person, lead, tuning_queued=status.tuning_queued, at_first_sight=first_sight)

    def at_first_sight(self, person: Person) -> bool:
        """Whether portraits of the person that are asked for now are painted after the photos alone."""
        untuned = person.state == "not tuned" and not self.people_status.of(person).tuning_queued
        return untuned and self.portrait_refusal(person) is None

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
        taken = {job.title for job in self.jobs.all()}
        names = (title if number == 1 else f"{title} ({number})" for number in itertools.count(1))
        return self.pool.submit(request, next(name for name in names if name not in taken), first=first)

    async def ask(self, request: Request) -> Outcome:
        """Have something small done beside the queue (inspecting photos, finding faces).

        Raises:
            UserError: an error the user can fix.
            CancelledError: the window is closing.
        """
        return await self.pool.ask(request)

    async def look_for_update(self) -> None:
        """Ask once whether there is a newer version, and tell everyone.

        Raises:
            UserError: the answer cannot be had, or trusted.
        """
        if self.publisher is not None:
            self.release = await asyncio.to_thread(find_newer_release, self.publisher)
            self.releaseFound.emit(self.release)

    def go(self, destination: Destination) -> None:
        """Ask the window for one of its pages."""
        self.pageWanted.emit(destination)

    def change_settings(self, **changes: object) -> None:
        """Change some settings, tell everyone, and keep them on disk, which nobody waits for."""
        self.settings = Settings.model_validate(self.settings.model_dump() | changes)
        self._settings_writer.run(partial(save_settings, self.root, self.settings), failed=self.failed.emit)
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
        """Run a call and show its UserError, if it raises one. Returns whether it succeeded."""
        try:
            doing()
        except UserError as error:
            self.failed.emit(str(error))
            return False
        return True

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run a coroutine of the window; a UserError is shown, and closing the window cancels it."""
        task = asyncio.get_event_loop().create_task(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: work.close())  # cancelled before it began, it would be missed as never awaited
        return task

    async def settle(self) -> None:
        """Wait until everything that runs here now has ended."""
        await asyncio.gather(*self._tasks - {asyncio.current_task()}, return_exceptions=True)

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
        self._disk_reader.close()
        self.thumbnails.close()
        self.index.close()
        self._settings_writer.close(finish=True)

    @Slot()
    def _look(self) -> None:
        self._disk_reader.run(partial(self._look_at_disk, painting=bool(self.jobs.running())), self._seen)

    def _look_at_disk(self, *, painting: bool) -> _Seen:
        """In the reader's thread. What jobs paint is told by them, with its likeness."""
        began, people, portraits = time.monotonic(), False, False
        try:
            people = self.index.refresh_people()
            portraits = not painting and self.index.refresh_portraits(lambda: self._closing)
        except Exception:
            log.exception("the disk could not be looked at")  # what was seen until then is told
        return _Seen(people, portraits, time.monotonic() - began)

    def _seen(self, seen: _Seen) -> None:
        if seen.people:
            self.peopleChanged.emit()
            self._renew_selected()
        if seen.portraits:
            self.portraitsChanged.emit()
        self._look_again.start(round(1000 * max(LOOK_S, _REST * seen.took)))

    def _renew_selected(self) -> None:
        """Reselect the chosen person if they have changed."""
        if self.selected is None:
            return
        there = self.library.folder(self.selected.id).exists()
        try:
            changed = not there or self.library.get(self.selected.id) != self.selected
        except UserError:
            changed = True  # which choosing says
        if changed:
            self.select(self.selected.id if there else None)

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
    def _job_ended(self, job: Job) -> None:
        if job.state is JobState.DONE and job.person is not None:
            self.people_changed()
        if job.state is JobState.DONE and job.request.kind == "fetch":
            self.modelsChanged.emit()
        if job.state is JobState.DONE and job.request.kind == "accelerate":
            self.environmentChanged.emit()
        said_in_place = job.request.kind in ("fetch", "accelerate")
        if job.state is JobState.FAILED and job.error is not None and not said_in_place:
            self.failed.emit(failure_words(job))

    @Slot(object, object)
    def _on_event(self, job: Job, event: object) -> None:
        if isinstance(event, Warned) and isinstance(job.request, EnlargeRequest):
            self.noticed.emit(warning_words(event))
        if isinstance(event, Painted):
            self.index.add_portrait(event.path, event.likeness)
            self.portraitsChanged.emit()
