"""Real widgets offscreen, over the real queue; what the engine would do, a test says to scripted workers."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.faces import PARTS, Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.people import Consent, LikenessPoint, Profile, Recipe, Reference, Tuning
from facea_desktop.library.id_library import Library
from facea_desktop.resources import resource
from facea_desktop.ui.language import languages, use_language
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import apply
from facea_desktop.workers.engine_process import EngineSettings
from facea_desktop.workers.job import Job
from facea_desktop.workers.job_pool import JobPool
from facea_desktop.workers.job_store import JobStore
from tests.gui.scripted_workers import ScriptedWorkers


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
def workers() -> ScriptedWorkers:
    """What the engine does, in the test's hands."""
    return ScriptedWorkers()


@pytest.fixture
def earlier() -> tuple[Job, ...]:
    """Jobs that an earlier run of the program left in the queue; a test that needs some parametrizes it."""
    return ()


@pytest.fixture
def pool(loop: QEventLoop, workers: ScriptedWorkers, earlier: tuple[Job, ...], tmp_path: Path) -> Iterator[JobPool]:
    """The queue, over scripted workers."""
    store = JobStore(tmp_path)
    for job in earlier:
        store.save(job)
    store.close()
    made = JobPool(EngineSettings(tmp_path), make_worker=workers.make)
    yield made
    loop.run_until_complete(made.close())


@pytest.fixture
def session(loop: QEventLoop, pool: JobPool, tmp_path: Path) -> Iterator[Session]:
    """An open data folder without people."""
    made = Session(tmp_path, pool)
    yield made
    loop.run_until_complete(made.close())


@pytest.fixture
def add_person(session: Session) -> Callable[..., Profile]:
    """Put a person with a photo, masks and made-up weights into the library."""

    def add(name: str = "Anna", subject: Subject = Subject.WOMAN, **options: Any) -> Profile:
        return store_person(session.library, name, subject, **options)

    return add


def visible_text(widget: QWidget) -> str:
    """The texts of the labels that the user sees in a widget, a line each."""
    labels = [one for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)]
    return "\n".join(label.text() for label in labels if label.text())


def leave_checkpoint(library: Library, person: str) -> None:
    """What a tuning that stopped leaves, without which it cannot go on."""
    folder = library.folder(person) / "checkpoints"
    folder.mkdir(parents=True)
    (folder / "last.safetensors").write_bytes(b"none")


def store_person(
    library: Library,
    name: str,
    subject: Subject = Subject.WOMAN,
    *,
    tuned: bool = True,
    photos: int = 1,
    person: str | None = None,
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
        tuning = Tuning(
            generation=generation_of("starter"), recipe=Recipe(steps=150), seed=0, step=150, curve=curve, best_step=150
        )
    profile = Profile(
        id=person or library.new_id(),
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


@pytest.fixture
def window(qtbot: QtBot, session: Session, workers: ScriptedWorkers) -> Iterator[MainWindow]:
    """The whole window, shown."""
    made = MainWindow(session)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close_now()
