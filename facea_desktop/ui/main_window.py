"""The window: people on the left, pages in the middle, portrait and mixer on the right, the jobs' line below."""

from __future__ import annotations

import asyncio
from typing import cast

from PySide6.QtCore import QByteArray, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QSplitter, QTabWidget, QWidget

from facea_desktop.domain.outcomes import Machine
from facea_desktop.domain.requests import MachineRequest
from facea_desktop.resources import resource
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.dresser import Dresser
from facea_desktop.ui.file_dialogs import window_state
from facea_desktop.ui.focus_ring import FocusRing
from facea_desktop.ui.gallery.page import GalleryPage
from facea_desktop.ui.jobs.bar import JobBar
from facea_desktop.ui.jobs.page import JobsPage
from facea_desktop.ui.menus import Menus
from facea_desktop.ui.mixer.panel import MixerPanel
from facea_desktop.ui.people.drops import dropped_files, is_person_file, is_photo
from facea_desktop.ui.people.library_panel import LibraryPanel
from facea_desktop.ui.portrait.panel import PortraitPanel
from facea_desktop.ui.portrait.results import ResultStrip
from facea_desktop.ui.rail import Rail
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.values import Settings
from facea_desktop.ui.toast import Toast
from facea_desktop.ui.widgets import Notice, Pages, column, row
from facea_desktop.workers.jobs import Job
from facea_desktop.workers.process import EngineSettings

_SIDE_PX, _RIGHT_PX = 240, 360
_FIRST, _LEAST = QSize(1280, 800), QSize(900, 500)
_FRAME_PX = 48
"""What a title bar and the frame may take; they are known only once the window is shown."""


class MainWindow(QMainWindow):
    """The one window of a session.

    Args:
        session: the open data folder; the window starts looking at the disk once the loop runs (``begin``).
    """

    closed = Signal()
    """The window is gone, and its owner may end what runs behind it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("mainWindow")
        self.setWindowTitle(self.tr("FaceA Desktop"))
        self.setWindowIcon(QIcon(str(resource("icons", "app-256.png"))))
        self.setMinimumSize(_LEAST)
        self.setAcceptDrops(True)
        self._may_close = False
        self._devices: tuple[str, ...] = ()
        self._state = window_state(session.root)
        self._build()
        self.menus = Menus(self)
        self._dresser = Dresser(session, self)
        self._focus_ring = FocusRing(cast(QApplication, QApplication.instance()), self)
        self._connect()
        self._restore()

    def begin(self) -> None:
        """Look at the disk and at the machine, and go on with what waits in the queue."""
        self.session.start(self._look_at_disk())
        self.session.start(self._look_at_machine())
        self._configure(self.session.settings)

    @Slot(str, object)
    def go(self, name: str, what: object = None) -> None:
        """Show a page; ``what`` is what it is to show."""
        if name == "mixer":
            self.mixer.show_what(what)
            self.tabs.setCurrentWidget(self.mixer)
            name = "canvas"
        elif name == "portrait":
            self.tabs.setCurrentWidget(self.portrait)
            name = "canvas"
        page = self.page("settings" if name == "models" else name)
        show = getattr(page, "show_what", None)
        if show is not None:
            show(what or name if name in ("models", "settings") else what)
        self.stack.setCurrentWidget(page)
        self.notice.say(self._troubles.get(page, ""))
        self.rail.show_page(name)
        self.library.setVisible(name not in ("gallery", "jobs", "evaluation", "models", "settings"))
        self.tabs.setVisible(name == "canvas")

    def page(self, name: str) -> QWidget:
        """A page; what few starts show is built when it is first wanted, so that the window is there sooner."""
        if name not in self.pages:
            self.pages[name] = self._build_late(name)
            self.stack.addWidget(self.pages[name])
        return self.pages[name]

    def _ask_to_close(self, running: Job) -> None:
        box = QMessageBox(self)
        box.setObjectName("quitDialog")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("“{0}” is still running.").format(running.title))
        box.setInformativeText(self.tr("If you quit, it is stopped and can be resumed the next time."))
        leave = box.addButton(self.tr("Quit"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Keep working"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leave.clicked.connect(self.close_now)
        box.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what no panel has taken: people's files and pictures."""
        if any(is_person_file(file) or is_photo(file) for file in dropped_files(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import people; a picture brings its settings back or becomes the scene."""
        files = dropped_files(event.mimeData())
        people = [file for file in files if is_person_file(file)]
        pictures = [file for file in files if is_photo(file)]
        event.acceptProposedAction()
        if people:
            self.library.people_actions.import_files(people)
        elif pictures:
            self.go("portrait")
            self.portrait.use_picture(pictures[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the window's state; while a job runs, stay open until the user has decided."""
        running = self.session.pool.running
        if running and not self._may_close:
            event.ignore()
            self._ask_to_close(running[0])
            return
        self._state.setValue("geometry", self.saveGeometry())
        self._state.setValue("columns", self.columns.saveState())
        self._state.sync()
        for page in (*self.pages.values(), self.portrait, self.mixer):
            page.close()  # what they still do in the background ends
        super().closeEvent(event)
        self.closed.emit()

    def _build(self) -> None:
        session = self.session
        self.library = LibraryPanel(session)
        self.canvas, self.strip = Canvas(), ResultStrip(session)
        studio = QWidget()
        studio.setLayout(column(self.canvas, self.strip, space=0))
        self.portrait = PortraitPanel(session, self.canvas, self.strip)
        self.mixer = MixerPanel(session)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.portrait, self.tr("Portrait"))
        self.tabs.addTab(self.mixer, self.tr("Mixer"))
        self.gallery = GalleryPage(session)
        self.pages: dict[str, QWidget] = {
            "canvas": studio,
            "gallery": self.gallery,
            "jobs": JobsPage(session),
        }
        self.stack = Pages()
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.notice = Notice()
        self.notice.setObjectName("notice")
        self.notice.dismissed.connect(self._trouble_was_read)
        self._troubles: dict[QWidget | None, str] = {}
        middle = QWidget()
        middle.setLayout(column(self.notice, self.stack, space=0))
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setHandleWidth(2)
        for part in (self.library, middle, self.tabs):
            self.columns.addWidget(part)
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes([_SIDE_PX, 800, _RIGHT_PX])
        self.columns.setChildrenCollapsible(False)
        self.rail = Rail(
            [
                ("canvas", "studio", self.tr("Studio")),
                ("gallery", "gallery", self.tr("Gallery")),
                ("jobs", "jobs", self.tr("Jobs")),
                ("evaluation", "likeness", self.tr("Likeness")),
                ("models", "models", self.tr("Models")),
                ("settings", "settings", self.tr("Settings")),
            ],
            low=4,
        )
        body = QWidget()
        body.setLayout(column(row(self.rail, self.columns, space=2), JobBar(session), space=0))
        self.setCentralWidget(body)
        self.toast = Toast(body)

    def _build_late(self, name: str) -> QWidget:
        if name == "new-person":
            from facea_desktop.ui.people.new_person_page import NewPersonPage

            return NewPersonPage(self.session)
        if name == "person":
            from facea_desktop.ui.people.person_page import PersonPage

            return PersonPage(self.session)
        if name == "evaluation":
            from facea_desktop.ui.evaluation.page import EvaluationPage

            return EvaluationPage(self.session)
        from facea_desktop.ui.settings.page import SettingsPage

        settings = SettingsPage(self.session)
        settings.logWanted.connect(self.menus.show_log)
        settings.shortcutsWanted.connect(self.menus.show_shortcuts)
        return settings

    def _connect(self) -> None:
        session = self.session
        session.pageWanted.connect(self.go)
        session.portraitOpened.connect(self._show_portrait_panel)
        session.failed.connect(self.show_trouble)
        session.noticed.connect(self.toast.say)
        session.settingsChanged.connect(self._configure)
        session.modelsChanged.connect(self._renew_models)
        self.rail.chosen.connect(self.go)
        self.go("canvas")

    def _restore(self) -> None:
        room = self.screen().availableSize() - QSize(0, _FRAME_PX)
        self.resize(_FIRST.boundedTo(room))
        if self.size() != _FIRST:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        for name, restore in (
            ("geometry", self.restoreGeometry),
            ("columns", self.columns.restoreState),
        ):
            kept = self._state.value(name)
            if isinstance(kept, QByteArray):
                restore(kept)

    async def _look_at_disk(self) -> None:
        session = self.session
        await asyncio.to_thread(session.library.sweep)
        if await asyncio.to_thread(session.index.refresh_people):
            session.peopleChanged.emit()
        if await asyncio.to_thread(session.index.refresh_portraits):
            session.portraitsChanged.emit()
        people = session.people()
        if session.selected is None and people:
            session.select(people[-1].id)
        session.follow_disk()

    async def _look_at_machine(self) -> None:
        """Which devices there are, which also has the engine warm for the first question."""
        await asyncio.sleep(1.0)  # the window first
        machine = await self.session.ask(MachineRequest())
        assert isinstance(machine, Machine)
        self._devices = tuple(device.name for device in machine.devices if device.name.startswith("cuda"))
        self._configure(self.session.settings)

    @Slot(object)
    def _configure(self, settings: Settings) -> None:
        wanted = EngineSettings(
            self.session.root, settings.device, settings.precision, saving=settings.memory == "saving"
        )
        self.session.pool.configure(wanted, self._devices if settings.device is None else ())

    @Slot()
    def _renew_models(self) -> None:
        self.session.pool.renew_models()

    @Slot()
    def _show_portrait_panel(self) -> None:
        self.tabs.setCurrentWidget(self.portrait)

    @Slot()
    def come_forward(self) -> None:
        """Be seen, wherever the window was."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @Slot(str)
    def show_trouble(self, sentence: str) -> None:
        """Show what is wrong and what to do on the page where it happened, until it is read there."""
        self._troubles[self.stack.currentWidget()] = sentence
        self.notice.say(sentence)

    @Slot()
    def _trouble_was_read(self) -> None:
        self._troubles.pop(self.stack.currentWidget(), None)

    @Slot()
    def close_now(self) -> None:
        """Close without asking."""
        self._may_close = True
        self.close()
