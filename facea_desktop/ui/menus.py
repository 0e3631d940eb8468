"""The menu bar: everything that can be done, with its key."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from facea_desktop.ui.canvas.commands import OPERATIONS, TOOLS
from facea_desktop.ui.logs import LogViewer
from facea_desktop.ui.outside import show_path
from facea_desktop.ui.settings.shortcuts import ShortcutsDialog
from facea_desktop.ui.settings.values import Settings

if TYPE_CHECKING:
    from facea_desktop.ui.main_window import MainWindow


def full_screen_keys() -> list[QKeySequence]:
    """The desktop's own, and F11, which some desktops do not have by themselves."""
    own = QKeySequence.keyBindings(QKeySequence.StandardKey.FullScreen)
    common = QKeySequence("F11")
    return own if sys.platform == "darwin" else [common, *(key for key in own if key != common)]


class Menus(QObject):
    """Builds the menus of a window and carries out what belongs to no panel."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._by_theme: dict[str, QAction] = {}
        self._sources: dict[QMenu, QMenu] = {}
        self._build()

    def _build(self) -> None:
        window, bar = self._window, self._window.menuBar()
        session = window.session
        file = bar.addMenu(self.tr("&File"))
        self._add(file, self.tr("&New person…"), lambda: session.go("new-person"), QKeySequence.StandardKey.New)
        self._add(file, self.tr("&Open a picture as scene…"), self._choose_scene, "Ctrl+O")
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
            OPERATIONS,
            ("swap", "smaller", "larger", "softer", "harder"),
            ("fit", "actual-size", "zoom-in", "zoom-out", "compare"),
        ):
            edit.addActions([commands[name] for name in group])
            edit.addSeparator()

        person = bar.addMenu(self.tr("Pe&rson"))
        person.aboutToShow.connect(lambda: self._fill(person, window.library.people_actions.menu()))

        portrait = bar.addMenu(self.tr("P&ortrait"))
        portrait.aboutToShow.connect(lambda: self._fill(portrait, self._portrait_menu()))

        view = bar.addMenu(self.tr("&View"))
        for action in window.rail.actions_by_page.values():
            view.addAction(action)
        view.addSeparator()
        self._add(view, self.tr("&Portrait panel"), lambda: self._tab(window.portrait), "Ctrl+Shift+P")
        self._add(view, self.tr("&Mixer panel"), lambda: self._tab(window.mixer), "Ctrl+Shift+M")
        view.addSeparator()
        self._themes(view.addMenu(self.tr("&Theme")))
        whole = self._add(view, self.tr("&Full screen"), self._full_screen)
        whole.setShortcuts(full_screen_keys())

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
            action = self._add(menu, text, partial(self._wear, mode))
            action.setCheckable(True)
            group.addAction(action)
            self._by_theme[mode] = action
        session.settingsChanged.connect(self._show_theme)
        self._show_theme(session.settings)

    def _wear(self, mode: str) -> None:
        session = self._window.session
        session.change_settings(theme=mode)
        self._show_theme(session.settings)

    @Slot(object)
    def _show_theme(self, settings: Settings) -> None:
        self._by_theme[settings.theme].setChecked(True)

    def _fill(self, menu: QMenu, source: QMenu) -> None:
        """Offer what the panel's own menu offers now; its actions go with it, so it stays until the next time."""
        menu.clear()
        if menu in self._sources:
            self._sources[menu].deleteLater()
        self._sources[menu] = source
        menu.addActions(source.actions())

    def _portrait_menu(self) -> QMenu:
        """What can be done with the portrait chosen, in the gallery while it is shown, else below the canvas."""
        window = self._window
        result = window.strip.result
        if window.stack.currentWidget() is window.gallery:
            if window.gallery.actions_.chosen():
                return window.gallery.actions_.menu()
        elif result is not None and result.path is not None:
            return window.strip.menu_of(result)
        empty = QMenu(window)  # one that is disabled could not be opened to see whether that has changed
        empty.addAction(self.tr("No portrait is chosen")).setEnabled(False)
        return empty

    def _choose_scene(self) -> None:
        self._window.go("portrait")
        self._window.portrait.form.scene.choose_picture()

    def _tab(self, panel: object) -> None:
        self._window.go("canvas")
        self._window.tabs.setCurrentWidget(panel)  # type: ignore[arg-type]

    def _full_screen(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)  # a maximized one stays that

    def _stop_running(self) -> None:
        for job in self._window.session.pool.running:
            self._window.session.pool.cancel(job.id)

    def _open_folder(self) -> None:
        session = self._window.session
        session.attempt(lambda: show_path(session.root))

    @Slot()
    def show_log(self) -> None:
        """Open the log."""
        LogViewer(self._window.session.root, self._window).show()

    @Slot()
    def show_shortcuts(self) -> None:
        """List every key of the menus, and those of the lists."""
        rows = []
        for top in self._window.menuBar().actions():
            menu = top.menu()
            if not isinstance(menu, QMenu):
                continue
            menu.aboutToShow.emit()
            group = top.text().replace("&", "")
            rows += [
                (group, action.text().replace("&", ""), action.shortcut().toString())
                for action in menu.actions()
                if not action.shortcut().isEmpty()
            ]
        results, gallery, jobs = self.tr("Results"), self.tr("Gallery"), self.tr("Jobs")
        voting = self.tr("Voting")
        rows += [
            (results, self.tr("Make portraits"), "Ctrl+Return"),
            (results, self.tr("The one before, the next one"), "Left, Right"),
            (results, self.tr("Delete the picture"), "Del"),
            (gallery, self.tr("See it large"), "Space"),
            (gallery, self.tr("Use its settings"), "Return"),
            (gallery, self.tr("Rate it"), "0, 1, 2, 3, 4, 5"),
            (gallery, self.tr("Export what is chosen"), "Ctrl+E"),
            (gallery, self.tr("Delete what is chosen"), "Del"),
            (jobs, self.tr("Cancel, or take off the list"), "Del"),
            (jobs, self.tr("Earlier, later"), "Ctrl+Up, Ctrl+Down"),
            (jobs, self.tr("First in line"), "Ctrl+Home"),
            (voting, self.tr("Choose a picture"), "1, 2, 3, 4, 5, 6, 7, 8, 9"),
            (voting, self.tr("Skip the question"), "S"),
            (voting, self.tr("The question before"), "Backspace"),
        ]
        ShortcutsDialog(rows, self._window).open()
