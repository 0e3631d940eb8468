"""The menu bar: everything that can be done, with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QAction, QActionGroup, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu

from facea_desktop.ui.canvas.commands import OPERATIONS, TOOLS
from facea_desktop.ui.logs import LogViewer
from facea_desktop.ui.settings.shortcuts import ShortcutsDialog

if TYPE_CHECKING:
    from facea_desktop.ui.main_window import MainWindow


class Menus(QObject):
    """Builds the menus of a window and carries out what belongs to no panel."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._build()
        window.settings.logWanted.connect(self.show_log)
        window.settings.shortcutsWanted.connect(self.show_shortcuts)

    def _build(self) -> None:
        window, bar = self._window, self._window.menuBar()
        session = window.session
        file = bar.addMenu(self.tr("&File"))
        self._add(file, self.tr("&New person…"), lambda: session.go("new-person"), QKeySequence.StandardKey.New)
        self._add(file, self.tr("&Open a picture as scene…"), window.portrait.form.scene.choose_picture, "Ctrl+O")
        self._add(file, self.tr("&Import a person…"), window.library.people_actions.choose_imports, "Ctrl+Shift+I")
        file.addSeparator()
        self._add(file, self.tr("Open the &data folder"), self._open_folder)
        file.addSeparator()
        self._add(file, self.tr("&Quit"), window.close, QKeySequence.StandardKey.Quit)

        edit = bar.addMenu(self.tr("&Edit"))
        commands = window.canvas.commands
        for group in (
            ("undo", "redo"),
            TOOLS,
            (*OPERATIONS, "swap"),
            ("fit", "actual-size", "zoom-in", "zoom-out", "compare"),
        ):
            edit.addActions([commands[name] for name in group])
            edit.addSeparator()

        person = bar.addMenu(self.tr("&Person"))
        person.aboutToShow.connect(lambda: self._fill_person(person))

        view = bar.addMenu(self.tr("&View"))
        for action in window.rail.actions_by_page.values():
            view.addAction(action)
        view.addSeparator()
        self._add(view, self.tr("&Portrait panel"), lambda: self._tab(window.portrait), "Ctrl+Shift+P")
        self._add(view, self.tr("&Mixer panel"), lambda: self._tab(window.mixer), "Ctrl+Shift+M")
        view.addSeparator()
        self._themes(view.addMenu(self.tr("&Theme")))
        self._add(view, self.tr("&Full screen"), self._full_screen, QKeySequence.StandardKey.FullScreen)

        jobs = bar.addMenu(self.tr("&Jobs"))
        self._add(jobs, self.tr("&Stop what runs now"), self._stop_running, "Ctrl+.")
        self._add(jobs, self.tr("Cancel &all"), session.pool.cancel_all)
        self._add(jobs, self.tr("&Clear ended ones"), session.pool.clear_ended)

        help_ = bar.addMenu(self.tr("&Help"))
        self._add(help_, self.tr("&Keyboard shortcuts"), self.show_shortcuts, "F1")
        self._add(help_, self.tr("Show &log"), self.show_log)
        self._add(help_, self.tr("&About FaceA Desktop"), lambda: session.go("settings", "about"))

    def _add(
        self,
        menu: QMenu,
        text: str,
        act: Callable[[], object],
        key: QKeySequence.StandardKey | str | None = None,
    ) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda: act())
        if key is not None:
            action.setShortcut(QKeySequence(key))
        return action

    def _themes(self, menu: QMenu) -> None:
        session, group = self._window.session, QActionGroup(self)
        for mode, text in (
            ("system", self.tr("As the &system")),
            ("light", self.tr("&Light")),
            ("dark", self.tr("&Dark")),
        ):
            action = self._add(menu, text, partial(session.change_settings, theme=mode))
            action.setCheckable(True)
            action.setChecked(session.settings.theme == mode)
            group.addAction(action)

    def _fill_person(self, menu: QMenu) -> None:
        """What can be done with whoever is chosen in the library."""
        menu.clear()
        for action in self._window.library.people_actions.menu().actions():
            menu.addAction(action)

    def _tab(self, panel: object) -> None:
        self._window.go("canvas")
        self._window.tabs.setCurrentWidget(panel)  # type: ignore[arg-type]

    def _full_screen(self) -> None:
        window = self._window
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    def _stop_running(self) -> None:
        for job in self._window.session.pool.running:
            self._window.session.pool.cancel(job.id)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._window.session.root)))

    @Slot()
    def show_log(self) -> None:
        """Open the log."""
        LogViewer(self._window.session.root, self._window).show()

    @Slot()
    def show_shortcuts(self) -> None:
        """List every key of the menus."""
        rows = []
        for top in self._window.menuBar().actions():
            menu = top.menu()
            if not isinstance(menu, QMenu):
                continue
            group = top.text().replace("&", "")
            rows += [
                (
                    group,
                    action.text().replace("&", ""),
                    action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                )
                for action in menu.actions()
                if not action.shortcut().isEmpty()
            ]
        ShortcutsDialog(rows, self._window).open()
