"""Real widgets offscreen, over a scripted pool: what the window asks for is kept, what comes back is written here."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from qasync import QEventLoop

from facea_desktop.domain.events import Event, Progress
from facea_desktop.domain.faces import PARTS, Subject
from facea_desktop.domain.outcomes import Outcome
from facea_desktop.domain.people import Consent, LikenessPoint, Profile, Recipe, Reference, Tuning
from facea_desktop.domain.requests import Request
from facea_desktop.library.store import Library
from facea_desktop.resources import resource
from facea_desktop.ui.language import languages, use_language
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import apply
from facea_desktop.workers.jobs import Job, JobState


class ScriptedPool(QObject):
    """Stands in for JobPool: keeps what is submitted; a test moves the jobs along with ``change`` and ``tell``.

    Attributes:
        answers: what ``ask`` returns for a request of that kind: an outcome, an error to raise, or a function of the
            request that returns one.
        asked: the requests of ``ask``, in order.
    """

    jobAdded = Signal(object)
    jobChanged = Signal(object)
    jobRemoved = Signal(str)
    told = Signal(str, object)
    notSaved = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, Any] = {}
        self.asked: list[Request] = []
        self.renewed = 0
        self._jobs: dict[str, Job] = {}
        self._events: dict[str, list[Event]] = {}

    def jobs(self) -> list[Job]:
        return sorted(self._jobs.values(), key=lambda job: (job.state.ended, job.place))

    def job(self, job: str) -> Job | None:
        return self._jobs.get(job)

    def progress(self, job: str) -> Progress | None:
        found = [event for event in self._events[job] if isinstance(event, Progress)]
        return found[-1] if found else None

    def history(self, job: str) -> list[Event]:
        return [event for event in self._events[job] if not isinstance(event, Progress)]

    def submit(self, request: Request, title: str, *, first: bool = False) -> Job:
        number = len(self._jobs)
        job = Job(id=f"{number:012x}", request=request, title=title, place=-number if first else number)
        self._jobs[job.id], self._events[job.id] = job, []
        self.jobAdded.emit(job)
        return job

    async def ask(self, request: Request) -> Outcome:
        self.asked.append(request)
        answer = self.answers[request.kind]
        answer = answer(request) if callable(answer) else answer
        if isinstance(answer, Exception):
            raise answer
        return answer

    def configure(self, settings: Any, devices: Any = ()) -> None:
        self.settings = settings

    def renew_models(self) -> None:
        self.renewed += 1

    @property
    def running(self) -> list[Job]:
        return [job for job in self.jobs() if job.state is JobState.RUNNING]

    def cancel(self, job: str) -> None:
        self.change(job, state=JobState.CANCELLED)

    def finish(self, job: str) -> None:
        self.change(job, finished_early=True)

    def forget_erased(self) -> None:
        portraits = [job for job in self.jobs() if job.state.ended and job.pictures]
        for job in portraits:
            if not any(picture.exists() for picture in job.pictures):
                self.remove(job.id)

    async def forget_people(self, people: Any, names: Any = ()) -> None:
        for job in [job for job in self.jobs() if job.people & set(people) and not job.state.ended]:
            self.cancel(job.id)

    async def forget(self, jobs: Any) -> None:
        for job in list(jobs):
            if not self._jobs[job].state.ended:
                self.cancel(job)
            self.remove(job)

    def cancel_all(self) -> None:
        for job in [job for job in self.jobs() if not job.state.ended]:
            self.cancel(job.id)

    def retry(self, job: str) -> Job:
        old = self._jobs[job]
        return self.submit(old.again(), old.title)

    def move(self, job: str, before: str | None) -> None:
        place = min((one.place for one in self.jobs()), default=0.0) - 1 if before else 1e6
        self.change(job, place=place)

    def remove(self, job: str) -> None:
        del self._jobs[job]
        self.jobRemoved.emit(job)

    def clear_ended(self) -> None:
        for job in [job for job in self.jobs() if job.state.ended]:
            self.remove(job.id)

    def change(self, job: str, **changes: Any) -> None:
        """Move a job along, as the engine would."""
        changes = {"ended": datetime.now(UTC)} | changes if changes.get("state") in ("done", "failed") else changes
        self._jobs[job] = self._jobs[job].model_copy(update=changes)
        self.jobChanged.emit(self._jobs[job])

    def tell(self, job: str, event: Event) -> None:
        """Let a job say something, as the engine would."""
        self._events[job].append(event)
        self.told.emit(job, event)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    return QApplication


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    apply(qapp, "dark")


class WindowWatch(QObject):
    """Notes every plain widget that is shown as a window of its own; dialogs, menus and tooltips are no plain ones.

    A child that is shown before it has its parent flashes up on the screen as an undecorated window.
    """

    def __init__(self, item: pytest.Item) -> None:
        super().__init__()
        self._item = item
        self.strays: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what is shown, and let it be."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            plain = watched.windowType() in (Qt.WindowType.Widget, Qt.WindowType.Window)
            if plain and not isinstance(watched, QMainWindow) and not self._belongs_to_the_test(watched):
                self.strays.append(repr(watched))
        return False

    def _belongs_to_the_test(self, widget: QWidget) -> bool:
        return any(known() is widget for known, _ in getattr(self._item, "qt_widgets", ()))  # of qtbot.addWidget


@pytest.fixture(autouse=True)
def no_stray_windows(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[WindowWatch]:
    """Fails a test in which a widget is shown as a window that neither the test nor a dialog meant to be one."""
    watch = WindowWatch(request.node)
    qapp.installEventFilter(watch)
    yield watch
    qapp.removeEventFilter(watch)
    assert watch.strays == []


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[QEventLoop]:
    """asyncio on Qt's loop; ``loop.run_until_complete(coroutine)`` drives both."""
    qapp.setQuitOnLastWindowClosed(False)  # as the program has it: a closed window does not end the loop
    made = QEventLoop(qapp)
    asyncio.set_event_loop(made)
    lost: list[str] = []

    def heard(loop: QEventLoop, context: dict[str, Any]) -> None:
        if "Cannot enter into task" in str(context.get("exception")):  # it will never go on
            lost.append(str(context["exception"]))
        loop.default_exception_handler(context)

    made.set_exception_handler(heard)
    yield made
    made.close()
    asyncio.set_event_loop(None)
    assert not lost, "Qt's loop ran inside a task"


@pytest.fixture
def until() -> Callable[[Callable[[], Any]], Awaitable[None]]:
    """Wait inside a coroutine until something is true, for ten seconds at most."""

    async def wait(is_true: Callable[[], Any]) -> None:
        for _ in range(1000):
            if is_true():
                return
            await asyncio.sleep(0.01)
        pytest.fail("it never came true")

    return wait


@pytest.fixture
def pool(qapp: QApplication) -> ScriptedPool:
    return ScriptedPool()


@pytest.fixture
def session(loop: QEventLoop, pool: ScriptedPool, tmp_path: Path) -> Iterator[Session]:
    """An open data folder without people."""
    made = Session(tmp_path, pool)  # type: ignore[arg-type]
    yield made
    loop.run_until_complete(made.close())


@pytest.fixture
def add_person(session: Session) -> Callable[..., Profile]:
    """Put a person with a photo, masks and made-up weights into the library."""

    def add(name: str = "Anna", subject: Subject = Subject.WOMAN, *, tuned: bool = True, photos: int = 1) -> Profile:
        return store_person(session.library, name, subject, tuned=tuned, photos=photos)

    return add


def store_person(
    library: Library, name: str, subject: Subject = Subject.WOMAN, *, tuned: bool = True, photos: int = 1
) -> Profile:
    """A person whose weights are no weights: nothing in the window may read them."""
    import io

    files: dict[str, bytes] = {}
    folder = "adam" if subject is Subject.MAN else "eve"
    for index in range(photos):
        buffer = io.BytesIO()
        Image.open(resource("people", folder, f"{index % 6}.jpg")).save(buffer, "PNG")
        files[f"references/{index}.png"] = buffer.getvalue()
        for number, part in enumerate(PARTS):
            mask = Image.new("L", (512, 512))
            mask.paste(255, (100 + 20 * number, 100, 400 - 40 * number, 400 - 40 * number))
            buffer = io.BytesIO()
            mask.save(buffer, "PNG")
            files[f"masks/{index}-{part}.png"] = buffer.getvalue()
    tuning = None
    if tuned:
        files |= {"adapter.safetensors": b"none", "features.safetensors": b"none"}
        curve = tuple(LikenessPoint(step=step, likeness=0.3 + step / 400) for step in (50, 100, 150))
        tuning = Tuning(recipe=Recipe(steps=150), seed=0, step=150, curve=curve, best_step=150)
    profile = Profile(
        id=library.new_id(),
        name=name,
        subject=subject,
        family="starter",
        consent=Consent(kind="invented person"),
        references=tuple(Reference(index=index, parts=PARTS) for index in range(photos)),
        tuning=tuning,
    )
    return library.create(profile, files)


@pytest.fixture(params=list(languages()))
def wide_words(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Each language in a wide font: DejaVu Sans, or what there is with as much room between the letters."""
    before, locale = qapp.font(), QLocale()
    font = QFont(before)
    if "DejaVu Sans" in QFontDatabase.families():
        font.setFamily("DejaVu Sans")
    else:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 112)
    qapp.setFont(font)
    use_language(qapp, request.param)
    yield request.param
    qapp.setFont(before)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
    QLocale.setDefault(locale)
