"""Start and end of the application: in which order things come up, and that nothing stays behind."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QMessageBox
from qasync import QEventLoop

from facea_desktop import __version__
from facea_desktop.cluster.place_engine import start_place_engine
from facea_desktop.domain.errors import UserError
from facea_desktop.ui.desktop_bus import DesktopBus
from facea_desktop.ui.engine_controller import engine_settings
from facea_desktop.ui.job_notices import JobNotices
from facea_desktop.ui.language import use_language
from facea_desktop.ui.logs import last_crash, setup_logging
from facea_desktop.ui.opened_files import OpenedFiles
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings_file import Settings, load_settings
from facea_desktop.ui.single_instance import SingleInstance
from facea_desktop.ui.theme import apply, prepare
from facea_desktop.ui.window_host import WindowHost
from facea_desktop.workers.bin_service import empty_old_from_bin
from facea_desktop.workers.job_pool import JobPool
from facea_desktop.workers.person_deletion import finish_deletions

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


def run_app(root: Path, files: Sequence[Path] = ()) -> int:
    """Open the window on a data folder, with files, and stay until it is closed.

    What keeps it from opening is said in a dialog, too. A second start shows the first one's window instead, or waits
    for that to end where it is being closed.

    Returns:
        0.

    Raises:
        UserError: the data folder cannot be used, or another window has it and does not answer.
    """
    # X11 names the window by the first argument; the menu entry has it so.
    app = QApplication.instance() or QApplication(["facea-desktop"])
    assert isinstance(app, QApplication)
    app.setApplicationName("facea-desktop")
    app.setApplicationDisplayName("FaceA Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("facea-desktop")
    app.setQuitOnLastWindowClosed(False)  # the loop ends when everything behind the window has
    try:
        _run(app, root, [file.absolute() for file in files])
    except UserError as error:
        _refuse(app, str(error))
        raise
    return 0


def _run(app: QApplication, root: Path, files: list[Path]) -> None:
    with _usable(root):
        instance = SingleInstance(root)
    if not instance.first:
        if not instance.call_or_follow(files):
            raise UserError("FaceA Desktop is already open but does not respond; end it and start again.")
        if not instance.first:
            return
    opened = OpenedFiles(files, app)
    if sys.platform == "darwin":
        app.installEventFilter(opened)
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
            loop.run_until_complete(_run_window(app, root, settings, instance, alarm, opened))
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


async def _run_window(
    app: QApplication,
    root: Path,
    settings: Settings,
    instance: SingleInstance,
    alarm: _Alarm,
    opened: OpenedFiles,
) -> None:
    engine = engine_settings(root, settings)
    with _usable(root):
        await asyncio.to_thread(finish_deletions, root)  # before anything of them is read
        await asyncio.to_thread(empty_old_from_bin, root, settings.empty_bin_after)
        pool = JobPool(engine, start_place_engine)
        session = Session(root, pool)
    host = WindowHost(app, session)
    desktop = DesktopBus(app.desktopFileName(), app.applicationDisplayName(), host) if sys.platform == "linux" else None
    JobNotices(session, host, desktop)
    apply(app, settings.theme)
    closed = asyncio.Event()
    host.closed.connect(instance.stop_answering)
    host.closed.connect(closed.set)
    instance.called.connect(host.come_forward)
    instance.called.connect(opened.add)
    opened.came.connect(host.open_files)
    signals = _Signals(host)
    signals.came.connect(host.close_now)
    alarm.rang.connect(host.show_trouble)
    host.window.show()
    host.begin()
    opened.deliver()
    if last_crash(root) is not None:
        host.show_trouble(
            QCoreApplication.translate(
                "MainWindow",
                "The program closed unexpectedly last time. See Help > Show log for details.",
            )
        )
    try:
        await closed.wait()
    finally:
        signals.close()
        host.window.hide()
        try:
            await session.stop()
        finally:
            await pool.close()
            if desktop is not None:
                desktop.close()
            await session.close()  # after the pool: the pictures that are painted last go into the index too
        host.delete()
