"""Start and end of the application: in which order things come up, and that nothing stays behind."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QMessageBox
from qasync import QEventLoop

from facea_desktop import __version__
from facea_desktop.domain.errors import UserError
from facea_desktop.ui.instance import SingleInstance
from facea_desktop.ui.language import use_language
from facea_desktop.ui.logs import last_crash, setup_logging
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.values import Settings, load_settings
from facea_desktop.ui.theme import apply, prepare
from facea_desktop.workers.deletion import finish_deletions
from facea_desktop.workers.pool import JobPool
from facea_desktop.workers.process import EngineSettings

log = logging.getLogger(__name__)


class _Alarm(QObject):
    """Carries what went wrong in any thread to the window's."""

    rang = Signal(str)


class _Signals(QObject):
    """Ctrl+C and the end of the desktop's session close the window; Python alone would not hear them while Qt waits."""

    came = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        self._before = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._heard)

    def close(self) -> None:
        """Put everything back as it was."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._here.close()
        self._there.close()

    @Slot()
    def _heard(self) -> None:
        self._here.recv(64)
        self.came.emit()


def run_app(root: Path) -> int:
    """Open the window on a data folder and stay until it is closed.

    What keeps it from opening is said in a dialog, too. A second start shows the first one's window instead, or waits
    for that to end where it is being closed.

    Returns:
        0.

    Raises:
        UserError: the data folder cannot be used, or another window has it and does not answer.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("facea-desktop")
    app.setApplicationDisplayName("FaceA Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("facea-desktop")
    app.setQuitOnLastWindowClosed(False)  # the loop ends when everything behind the window has
    try:
        _run(app, root)
    except UserError as error:
        _refuse(app, str(error))
        raise
    return 0


def _run(app: QApplication, root: Path) -> None:
    with _usable(root):
        instance = SingleInstance(root)
    if not instance.first:
        if not instance.call_or_follow():
            raise UserError("FaceA Desktop is open already but does not answer; end it and start again.")
        if not instance.first:
            return
    alarm = _Alarm()
    with _usable(root):
        undo = setup_logging(root, alarm.rang.emit)
    settings = load_settings(root)
    use_language(app, settings.language)
    prepare(app, settings.theme)
    loop = QEventLoop(app)
    asyncio.set_event_loop(loop)
    try:
        with loop:
            loop.run_until_complete(_live(app, root, settings, instance, alarm))
    finally:
        asyncio.set_event_loop(None)
        instance.close()
        undo()


@contextmanager
def _usable(root: Path) -> Iterator[None]:
    """Say of the data folder what the disk refuses while it is opened."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"The data folder {root} cannot be used: {reason}. Choose another with --data-dir.") from error


def _refuse(app: QApplication, sentence: str) -> None:
    """Say in a dialog why there will be no window: most people start it where no terminal is seen."""
    apply(app, "system")
    box = QMessageBox(QMessageBox.Icon.Critical, app.applicationDisplayName(), sentence)
    box.setObjectName("refusal")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()


async def _live(app: QApplication, root: Path, settings: Settings, instance: SingleInstance, alarm: _Alarm) -> None:
    engine = EngineSettings(root, settings.device, settings.precision, saving=settings.memory == "saving")
    with _usable(root):
        await asyncio.to_thread(finish_deletions, root)  # before anything of them is read
        pool = JobPool(engine)
        session = Session(root, pool)
    window = MainWindow(session)
    apply(app, settings.theme)
    closed = asyncio.Event()
    window.closed.connect(instance.stop_answering)
    window.closed.connect(closed.set)
    instance.called.connect(window.come_forward)
    signals = _Signals(window)
    signals.came.connect(window.close_now)
    alarm.rang.connect(window.show_trouble)
    window.show()
    window.begin()
    if last_crash(root) is not None:
        window.show_trouble(
            QCoreApplication.translate(
                "MainWindow",
                "The program ended unexpectedly the last time. What is known stands in the log (Help, Show log).",
            )
        )
    try:
        await closed.wait()
    finally:
        signals.close()
        window.hide()
        try:
            await session.stop()
        finally:
            await pool.close()
            await session.close()  # after the pool: the pictures that are painted last go into the index too
        window.deleteLater()
