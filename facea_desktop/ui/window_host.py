"""Keeps the one main window of a session, and another one in its place when the language changes."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from facea_desktop.domain.errors import UserError
from facea_desktop.ui.destinations import ShowSettings
from facea_desktop.ui.engine_controller import EngineController
from facea_desktop.ui.language import use_language
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.session import Session
from facea_desktop.ui.welcome_dialog import WelcomeDialog

log = logging.getLogger(__name__)


class WindowHost(QObject):
    """The main window, whichever it is now; the session and its jobs go on while one follows the other.

    Attributes:
        window: the window that is shown.
    """

    closed = Signal()
    """The user closed the window, and its owner may end what runs behind it."""

    def __init__(self, app: QApplication, session: Session) -> None:
        super().__init__()
        self._app = app
        self._session = session
        self._language = session.settings.language
        self._open = True
        self._greets = True
        self._retired: list[MainWindow] = []
        self._engine = EngineController(session, self)
        self.window = self._build()
        session.settingsChanged.connect(self._settings_changed)

    def begin(self) -> None:
        """Check the disk and the machine, and start the waiting jobs."""
        self._session.start(self._look_at_disk())
        self._engine.begin()
        if self._session.publisher is not None and self._session.settings.look_for_updates:
            self._session.start(self._look_for_update())

    def delete(self) -> None:
        """Delete the window; nothing that was started in it may still run."""
        for window in (*self._retired, self.window):
            window.deleteLater()
        self._retired.clear()

    @Slot()
    def come_forward(self) -> None:
        """Have the window seen, wherever it was."""
        self.window.come_forward()

    @Slot(object)
    def open_files(self, files: list[Path]) -> None:
        """Import people; a picture brings its settings back or becomes the scene. A welcome gives way to them."""
        self._greets = False
        welcome = self.window.findChild(WelcomeDialog)
        if welcome is not None:
            welcome.reject()
        self.window.open_files(files)

    @Slot()
    def close_now(self) -> None:
        """Close the window without asking."""
        self.window.close_now()

    @Slot(str)
    def show_trouble(self, sentence: str) -> None:
        """Show what is wrong and what to do."""
        self.window.show_trouble(sentence)

    def _build(self) -> MainWindow:
        window = MainWindow(self._session)
        window.closed.connect(self._closed)
        return window

    @Slot()
    def _closed(self) -> None:
        self._open = False
        self.closed.emit()

    @Slot()
    def _settings_changed(self) -> None:
        if self._session.settings.language != self._language:
            self._language = self._session.settings.language
            QTimer.singleShot(0, self, self._replace)  # the sender is part of the window that is replaced

    @Slot()
    def _replace(self) -> None:
        if not self._open:
            return
        before = self.window
        before.keep_state()
        use_language(self._app, self._language)
        self.window = self._build()
        self.window.take_over(before)
        self.window.go(ShowSettings("appearance"))  # where the language was chosen
        self.window.show()
        before.closed.disconnect(self._closed)
        before.close_now()
        self._retired.append(before)
        self._session.start(self._delete_retired(before))

    async def _delete_retired(self, window: MainWindow) -> None:
        await self._session.settle()  # what was started in it may still want to show how it went
        self._retired.remove(window)
        window.deleteLater()

    async def _look_for_update(self) -> None:
        try:
            await self._session.look_for_update()
        except UserError as error:  # nobody asked just now: About says it to who looks there
            log.info("no news of a newer version: %s", error)
            return
        if self._session.release is not None:
            self._session.noticed.emit(
                self.tr("FaceA Desktop {} is there: see Settings, About.").format(self._session.release.version)
            )

    async def _look_at_disk(self) -> None:
        session = self._session
        await asyncio.to_thread(session.library.sweep)
        if await asyncio.to_thread(session.index.refresh_people):
            session.peopleChanged.emit()
        if await asyncio.to_thread(session.index.refresh_portraits):
            session.portraitsChanged.emit()
        people = session.people()
        if session.selected is None and people:
            session.select(people[-1].id)
        if self._greets and not people and not session.settings.welcomed:
            WelcomeDialog(session, self.window).open()
        session.follow_disk()
