"""The window: people on the left, pages in the middle, portrait and mixer on the right, the jobs' line below."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMessageBox, QSplitter, QTabWidget, QWidget

from facea_desktop.domain.plain_text import without_controls
from facea_desktop.resources import resource
from facea_desktop.ui.batch.grid_dialog import GridDialog
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.canvas.mask_look import MaskLook
from facea_desktop.ui.destinations import (
    Destination,
    ExportPortrait,
    PageDestination,
    ShowBin,
    ShowCanvas,
    ShowComparisons,
    ShowGallery,
    ShowJobs,
    ShowLog,
    ShowMixer,
    ShowNewPerson,
    ShowPerson,
    ShowPortraitPanel,
    ShowSettings,
    ShowShortcuts,
)
from facea_desktop.ui.drag_and_drop import dropped_files, is_person_file, is_photo
from facea_desktop.ui.file_dialogs import window_state
from facea_desktop.ui.focus_ring import FocusRing
from facea_desktop.ui.jobs.job_bar import JobBar
from facea_desktop.ui.menu_bar import MenuBar
from facea_desktop.ui.mixer.mixer_panel import MixerPanel
from facea_desktop.ui.mixer.mixer_tab import MixerTab
from facea_desktop.ui.navigation_rail import NavigationRail, RailEntry
from facea_desktop.ui.page_stack import PageStack
from facea_desktop.ui.people.library_panel import LibraryPanel
from facea_desktop.ui.portrait.portrait_panel import PortraitPanel
from facea_desktop.ui.portrait.result_strip import ResultStrip
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme_controller import ThemeController
from facea_desktop.ui.toast import Toast
from facea_desktop.ui.widgets import Notice, column, row, screen_room
from facea_desktop.workers.job import Job

_SIDE_PX, _RIGHT_PX = 240, 360
_FIRST, _LEAST = QSize(1280, 800), QSize(900, 500)


class MainWindow(QMainWindow):
    """The one window of a session.

    Args:
        session: the open data folder.
    """

    closed = Signal()
    """The window is gone."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("mainWindow")
        self.setWindowTitle(self.tr("FaceA Desktop"))
        self.setWindowIcon(QIcon(str(resource("icons", "app-256.png"))))
        self.setMinimumSize(_LEAST)
        self.setAcceptDrops(True)
        self._may_close = False
        self._state = window_state(session.root)
        self._build()
        self.menus = MenuBar(
            session,
            self.library.people_actions,
            canvas=self.canvas.commands,
            pages=list(self.rail.actions_by_page.values()),
            portrait=self._portrait_menu,
            mask_look=self.canvas.bar.mask_look,
        )
        self.setMenuBar(self.menus)
        self._theme = ThemeController(session, self)
        self._focus_ring = FocusRing(cast(QApplication, QApplication.instance()), self)
        self._connect()
        self._restore()

    @Slot(object)
    def go(self, destination: Destination) -> None:
        """Show a page of the window, or what opens above it."""
        match destination:
            case ShowLog():
                self.menus.show_log()
            case ShowShortcuts():
                self.menus.show_shortcuts()
            case _:
                self._show_page(destination)

    def _show_page(self, destination: PageDestination) -> None:
        page = self._page(destination)
        self.stack.setCurrentWidget(page)
        self.notice.set_message(self._troubles.get(page, ""))
        self.rail.show_page(destination.page)
        if isinstance(destination, ShowPortraitPanel | ShowMixer):
            self.menus.fold.setChecked(False)
        on_canvas = destination.page == "canvas"
        folded = on_canvas and self.menus.fold.isChecked()
        self.library.setVisible(destination.page in ("canvas", "person", "new-person") and not folded)
        self.tabs.setVisible(on_canvas and not folded)
        contexts = Qt.ShortcutContext
        for name in ("copy", "paste"):  # wherever the focus is on the page; fields have keys of their own
            command = self.canvas.commands[name]
            command.setShortcutContext(contexts.WindowShortcut if on_canvas else contexts.WidgetShortcut)
        self.canvas.commands["paste"].setEnabled(on_canvas)

    def _page(self, destination: PageDestination) -> QWidget:
        """The page of a destination, which shows what is wanted there."""
        pages = self.stack
        match destination:
            case ShowCanvas(picture):
                if picture is not None:
                    self.portrait.viewer.choose(picture)
                return pages.canvas
            case ShowPortraitPanel():
                self.tabs.setCurrentWidget(self.portrait)
                return pages.canvas
            case ShowMixer(person):
                if person is not None:
                    self.mixing.show_parts()
                    self.mixer.mix_onto(person)
                self.tabs.setCurrentWidget(self.mixing)
                return pages.canvas
            case ShowPerson(person):
                pages.person.show_person(person)
                return pages.person
            case ShowNewPerson(photos):
                pages.new_person.begin_with(photos)
                return pages.new_person
            case ShowGallery(person):
                if person is not None:
                    pages.gallery.show_person(person)
                return pages.gallery
            case ExportPortrait(path):
                pages.gallery.export(path)
                return pages.gallery
            case ShowBin():
                return pages.bin
            case ShowJobs(job):
                pages.jobs.show_job(job)
                return pages.jobs
            case ShowComparisons(name):
                if name is not None:
                    pages.comparison.show_comparison(name)
                return pages.comparison
            case ShowSettings(section):
                pages.settings.show_section(section)
                return pages.settings

    def keep_state(self) -> None:
        """Write down where the window stands and how its columns are, for the next one."""
        self._state.setValue("geometry", self.saveGeometry())
        self._state.setValue("columns", self.columns.saveState())
        self._state.sync()

    def take_over(self, before: MainWindow) -> None:
        """Go on with what was begun in the panels of another window of the session, which goes."""
        self.portrait.take_over(before.portrait)
        self.mixer.take_over(before.mixer)
        self.tabs.setCurrentIndex(before.tabs.currentIndex())
        self.stack.take_over(before.stack)

    def _ask_to_close(self, running: Job) -> None:
        box = QMessageBox(self)
        box.setObjectName("quitDialog")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("“{0}” is still running.").format(running.title))
        box.setInformativeText(self.tr("If you quit, the job stops. You can resume it next time."))
        leave = box.addButton(self.tr("Quit"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(self.tr("Keep working"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leave.clicked.connect(self.close_now)
        box.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo, where neither a field nor the mask has anything to undo, brings back what was deleted last."""
        if event.matches(QKeySequence.StandardKey.Undo) and self.toast.undoable:
            self.toast.undo_last()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what no panel has taken: people's files and pictures."""
        if any(is_person_file(file) or is_photo(file) for file in dropped_files(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import people; a picture brings its settings back or becomes the scene."""
        event.acceptProposedAction()
        self.open_files(dropped_files(event.mimeData()))

    @Slot(object)
    def open_files(self, files: list[Path]) -> None:
        """Import people; a picture brings its settings back or becomes the scene."""
        people = [file for file in files if is_person_file(file)]
        pictures = [file for file in files if is_photo(file)]
        if people:
            self.library.people_actions.import_files(people)
        elif pictures:
            self.go(ShowPortraitPanel())
            self.portrait.use_picture(pictures[0])
        elif files:
            name = without_controls(files[0].name)
            self.show_trouble(self.tr("{0} is neither a person (.facea) nor a picture.").format(name))

    def closeEvent(self, event: QCloseEvent) -> None:
        """While a job runs, stay open until the user has decided."""
        running = self.session.jobs.running()
        if running and not self._may_close:
            event.ignore()
            self._ask_to_close(running[0])
            return
        self.keep_state()
        self.stack.close_pages()
        for panel in (self.portrait, self.mixer):
            panel.close()  # what they still do in the background ends
        super().closeEvent(event)
        self.closed.emit()

    def _build(self) -> None:
        session = self.session
        self.library = LibraryPanel(session)
        self.canvas, self.strip = Canvas(), ResultStrip(session)
        canvas_page = QWidget()
        canvas_page.setLayout(column(self.canvas, self.strip, space=0))
        self.portrait = PortraitPanel(session, self.canvas, self.strip)
        self.mixer = MixerPanel(session)
        self.mixing = MixerTab(session, self.mixer)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.portrait, self.tr("Portrait"))
        self.tabs.addTab(self.mixing, self.tr("Mixer"))
        self.stack = PageStack(session, canvas_page)
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
        self.rail = NavigationRail(
            [
                RailEntry(ShowCanvas(), "studio", self.tr("Studio")),
                RailEntry(ShowGallery(), "gallery", self.tr("Gallery")),
                RailEntry(ShowJobs(), "jobs", self.tr("Jobs")),
                RailEntry(ShowComparisons(), "likeness", self.tr("Comparisons")),
                RailEntry(ShowSettings("models"), "models", self.tr("Models")),
                RailEntry(ShowSettings(), "settings", self.tr("Settings")),
            ],
            low=4,
        )
        body = QWidget()
        body.setLayout(column(row(self.rail, self.columns, space=2), JobBar(session), space=0))
        self.setCentralWidget(body)
        self.toast = Toast(body)

    def _connect(self) -> None:
        session = self.session
        session.pageWanted.connect(self.go)
        session.portraitOpened.connect(self._show_portrait_panel)
        session.failed.connect(self.show_trouble)
        session.noticed.connect(self.toast.set_message)
        session.undoable.connect(self.toast.offer_undo)
        self.toast.undoableChanged.connect(self.menus.undo_deletion.setEnabled)
        self.menus.undo_deletion.triggered.connect(self.toast.undo_last)
        self.rail.chosen.connect(self.go)
        self.menus.sceneWanted.connect(self._choose_scene)
        self.menus.gridWanted.connect(self._ask_for_grid)
        self.menus.fullScreenWanted.connect(self._toggle_full_screen)
        self.menus.quitWanted.connect(self.close)
        self.menus.sidePanelsFolded.connect(self._fold)
        self.canvas.bar.mask_look.chosen.connect(
            lambda look: session.change_settings(mask_colour=look.colour, mask_opacity=look.opacity)
        )
        self.canvas.show_mask_as(MaskLook(session.settings.mask_colour, session.settings.mask_opacity))
        self.go(ShowCanvas())

    def _restore(self) -> None:
        self.resize(_FIRST.boundedTo(screen_room(self)))
        if self.size() != _FIRST:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        for name, restore in (
            ("geometry", self.restoreGeometry),
            ("columns", self.columns.restoreState),
        ):
            kept = self._state.value(name)
            if isinstance(kept, QByteArray):
                restore(kept)

    def _portrait_menu(self) -> QMenu | None:
        """What can be done with the portrait chosen, in the gallery while it is shown, else below the canvas."""
        if self.stack.currentWidget() is self.stack.gallery:
            actions = self.stack.gallery.actions_
            return actions.menu() if actions.chosen() else None
        return self.strip.menu()

    @Slot()
    def _choose_scene(self) -> None:
        self.go(ShowPortraitPanel())
        self.portrait.form.scene.choose_picture()

    @Slot(bool)
    def _fold(self, folded: bool) -> None:
        """Hide the panels beside the canvas, or bring them back; the focus stays where it can be seen."""
        if self.stack.currentWidget() is self.stack.canvas:
            focus = self.focusWidget()
            hidden = [panel for panel in (self.library, self.tabs) if focus is not None and panel.isAncestorOf(focus)]
            if folded and hidden:
                self.canvas.setFocus()
            for panel in (self.library, self.tabs):
                panel.setVisible(not folded)

    @Slot()
    def _ask_for_grid(self) -> None:
        """A grid varies what the portrait panel would make."""
        if self.portrait.form.trouble:
            self.go(ShowPortraitPanel())
            self.session.failed.emit(self.portrait.form.trouble)
        else:
            GridDialog(self.session, self.portrait.request, self).open()

    @Slot()
    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)  # a maximized one stays that

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
        self.notice.set_message(sentence)

    @Slot()
    def _trouble_was_read(self) -> None:
        self._troubles.pop(self.stack.currentWidget(), None)

    @Slot()
    def close_now(self) -> None:
        """Close without asking."""
        self._may_close = True
        self.close()
