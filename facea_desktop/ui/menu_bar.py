"""The menu bar: every command with its shortcut."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from facea_desktop.ui.batch.folder_dialog import FolderDialog
from facea_desktop.ui.canvas.canvas_actions import OPERATIONS, TOOLS
from facea_desktop.ui.command_palette import CommandPalette, Entry
from facea_desktop.ui.desktop_services import show_path
from facea_desktop.ui.destinations import (
    ShowBin,
    ShowMixer,
    ShowNewPerson,
    ShowPerson,
    ShowPortraitPanel,
    ShowSettings,
)
from facea_desktop.ui.icons import icon
from facea_desktop.ui.logs import LogViewer
from facea_desktop.ui.people.person_actions import PeopleActions
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.shortcuts_dialog import ShortcutsDialog
from facea_desktop.ui.settings_file import Settings


def full_screen_keys() -> list[QKeySequence]:
    """The desktop's own, and F11, which some desktops do not have by themselves."""
    own = QKeySequence.keyBindings(QKeySequence.StandardKey.FullScreen)
    common = QKeySequence("F11")
    return own if sys.platform == "darwin" else [common, *(key for key in own if key != common)]


class MenuBar(QMenuBar):
    """Offers the actions of the panels, and carries out what belongs to none of them.

    Args:
        people: what can be done with the people who are chosen in the library.
        canvas: the actions of the canvas, by their names.
        pages: those that lead from page to page.
        mask_look: the menu that chooses how masks are shown.
        portrait: makes the menu of the portrait that is chosen now; None where there is none.

    Attributes:
        undo_deletion: brings back what was deleted last; the window enables it.
    """

    sceneWanted = Signal()
    """A picture is to be chosen as the scene."""
    fullScreenWanted = Signal()
    """The window is to fill the screen, or to leave it again."""
    gridWanted = Signal()
    """Portraits with two settings against each other are wanted."""
    quitWanted = Signal()
    sidePanelsFolded = Signal(bool)
    """The panels beside the canvas are to go, or to come back."""

    def __init__(
        self,
        session: Session,
        people: PeopleActions,
        *,
        canvas: Mapping[str, QAction],
        pages: Sequence[QAction],
        portrait: Callable[[], QMenu | None],
        mask_look: QMenu,
    ) -> None:
        super().__init__()
        self._session = session
        self._people = people
        self._portrait_menu = portrait
        self._by_theme: dict[str, QAction] = {}
        self._sources: dict[QMenu, QMenu] = {}
        self._build_file()
        self.undo_deletion = QAction(self.tr("Undo deletion"), self)
        self.undo_deletion.setEnabled(False)
        self._build_edit(canvas)
        person = self.addMenu(self.tr("Pe&rson"))
        person.aboutToShow.connect(lambda: self._fill(person, people.menu()))
        chosen = self.addMenu(self.tr("P&ortrait"))
        self._grid = QAction(self.tr("&Grid of two settings…"), self)
        self._grid.triggered.connect(self.gridWanted)
        chosen.aboutToShow.connect(lambda: self._fill_portrait(chosen))
        self._build_view(pages, canvas, mask_look)
        self._build_jobs()
        self._build_help()

    def _build_file(self) -> None:
        session, file = self._session, self.addMenu(self.tr("&File"))
        new = QKeySequence.StandardKey.New
        self._add(file, self.tr("&New person…"), partial(session.go, ShowNewPerson()), new)
        self._add(file, self.tr("&Open picture as scene…"), self.sceneWanted.emit, "Ctrl+O")
        self._add(file, self.tr("&Import person…"), self._people.choose_imports, "Ctrl+Shift+I")
        self._add(file, self.tr("P&ut a person into pictures…"), self.show_folder_dialog)
        file.addSeparator()
        self._add(file, self.tr("Open &data folder"), self._open_folder)
        file.addSeparator()
        self._add(file, self.tr("&Quit"), self.quitWanted.emit, QKeySequence.StandardKey.Quit)

    def _build_edit(self, commands: Mapping[str, QAction]) -> None:
        edit = self.addMenu(self.tr("&Edit"))
        for group in (
            ("undo", "redo"),
            ("copy", "paste"),
            TOOLS,
            OPERATIONS,
            ("swap", "smaller", "larger", "softer", "harder"),
        ):
            edit.addActions([commands[name] for name in group])
            if "undo" in group:
                edit.addAction(self.undo_deletion)
            edit.addSeparator()

    def _build_view(self, pages: Sequence[QAction], commands: Mapping[str, QAction], mask_look: QMenu) -> None:
        session, view = self._session, self.addMenu(self.tr("&View"))
        view.addActions(pages)
        view.addSeparator()
        self._add(view, self.tr("&Portrait panel"), partial(session.go, ShowPortraitPanel()), "Ctrl+Shift+P")
        self._add(view, self.tr("&Mixer panel"), partial(session.go, ShowMixer()), "Ctrl+Shift+M")
        self._add(view, self.tr("&Bin"), partial(session.go, ShowBin()))
        self.fold = self._add(view, self.tr("&Hide side panels"), lambda: None, "F9")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self.sidePanelsFolded)
        view.addSeparator()
        view.addActions([commands[name] for name in ("fit", "actual-size", "zoom-in", "zoom-out", "compare")])
        view.addSeparator()
        view.addMenu(mask_look)
        self._themes(view.addMenu(self.tr("&Theme")))
        whole = self._add(view, self.tr("&Full screen"), self.fullScreenWanted.emit)
        whole.setShortcuts(full_screen_keys())

    def _build_jobs(self) -> None:
        jobs = self.addMenu(self.tr("&Jobs"))
        self._add(jobs, self.tr("&Stop running job"), self._stop_running, "Ctrl+.")
        self._add(jobs, self.tr("Cancel &all"), self._session.jobs.cancel_all)
        self._add(jobs, self.tr("&Clear finished jobs"), self._session.pool.clear_ended)

    def _build_help(self) -> None:
        help_ = self.addMenu(self.tr("&Help"))
        self._add(help_, self.tr("&Find a command…"), self.show_palette, "Ctrl+K")
        self._add(help_, self.tr("&Keyboard shortcuts"), self.show_shortcuts, "F1")
        self._add(help_, self.tr("Show &log"), self.show_log)
        self._add(help_, self.tr("&About FaceA Desktop"), partial(self._session.go, ShowSettings("about")))

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
        session, group = self._session, QActionGroup(self)
        for mode, text in (
            ("system", self.tr("Follow the &system")),
            ("light", self.tr("&Light")),
            ("dark", self.tr("&Dark")),
        ):
            action = self._add(menu, text, partial(self._choose_theme, mode))
            action.setCheckable(True)
            group.addAction(action)
            self._by_theme[mode] = action
        session.settingsChanged.connect(self._show_theme)
        self._show_theme(session.settings)

    def _choose_theme(self, mode: str) -> None:
        self._session.change_settings(theme=mode)
        self._show_theme(self._session.settings)

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

    def _fill_portrait(self, menu: QMenu) -> None:
        self._fill(menu, self._portrait_menu() or self._no_portrait())
        menu.addSeparator()
        menu.addAction(self._grid)

    def _no_portrait(self) -> QMenu:
        empty = QMenu(self)  # one that is disabled could not be opened to see whether that has changed
        empty.addAction(self.tr("No portrait selected")).setEnabled(False)
        return empty

    def _stop_running(self) -> None:
        for job in self._session.jobs.running():
            self._session.jobs.cancel(job.id)

    def _open_folder(self) -> None:
        self._session.attempt(lambda: show_path(self._session.root))

    @Slot()
    def show_folder_dialog(self) -> None:
        """Ask for pictures into which somebody is put."""
        FolderDialog(self._session, self.window()).open()

    @Slot()
    def show_log(self) -> None:
        """Open the log."""
        LogViewer(self._session.root, self.window()).show()

    def commands(self) -> list[tuple[str, QAction]]:
        """What the menus offer now, each with the title of its menu."""
        found: list[tuple[str, QAction]] = []
        for top in self.actions():
            menu = top.menu()
            if isinstance(menu, QMenu):
                menu.aboutToShow.emit()
                found += [(_said(top.text()), action) for action in _inside(menu)]
        return found

    @Slot()
    def show_palette(self) -> None:
        """Let a command or a person be found by a few letters."""
        session, entries = self._session, []
        for person in session.people():
            if session.portrait_refusal(person) is None:
                text = self.tr("Paint {name}").format(name=person.name)
                entries.append(Entry(text, self.tr("People"), partial(self._paint, person.id), icon=icon("sparkle")))
            text = self.tr("Show {name}").format(name=person.name)
            entries.append(
                Entry(text, self.tr("People"), partial(session.go, ShowPerson(person.id)), icon=icon("person"))
            )
        commands = [
            Entry(_said(action.text()), _path(group, action), action.trigger, action.shortcut(), action.icon())
            for group, action in self.commands()
            if action.isEnabled() and action.isVisible()
        ]
        CommandPalette([*commands, *entries], self.window()).show_over(self.window())

    def _paint(self, person: str) -> None:
        self._session.select(person)
        self._session.go(ShowPortraitPanel())

    @Slot()
    def show_shortcuts(self) -> None:
        """List every key of the menus, and those of the lists."""
        rows = [
            (group, _said(action.text()), action.shortcut().toString())
            for group, action in self.commands()
            if not action.shortcut().isEmpty()
        ]
        results, gallery, jobs = self.tr("Results"), self.tr("Gallery"), self.tr("Jobs")
        voting = self.tr("Voting")
        rows += [
            (results, self.tr("Make portraits"), "Ctrl+Return"),
            (results, self.tr("Choose one of the new pictures"), "1, 2, 3, 4"),
            (results, self.tr("Keep all new pictures"), "Esc"),
            (results, self.tr("Previous, next"), "Left, Right"),
            (results, self.tr("Compare"), "C"),
            (results, self.tr("Move the picture to the bin"), "Del"),
            (results, self.tr("Delete the picture permanently"), "Shift+Del"),
            (gallery, self.tr("View large"), "Space"),
            (gallery, self.tr("Compare"), "C"),
            (gallery, self.tr("Use settings"), "Return"),
            (gallery, self.tr("Rate"), "0, 1, 2, 3, 4, 5"),
            (gallery, self.tr("Reject"), "X"),
            (gallery, self.tr("Keywords and albums"), "K"),
            (gallery, self.tr("Export selection"), "Ctrl+E"),
            (gallery, self.tr("Move selection to the bin"), "Del"),
            (gallery, self.tr("Delete selection permanently"), "Shift+Del"),
            (jobs, self.tr("Cancel or remove"), "Del"),
            (jobs, self.tr("Earlier, later"), "Ctrl+Up, Ctrl+Down"),
            (jobs, self.tr("Move to front"), "Ctrl+Home"),
            (voting, self.tr("Choose a picture"), "1, 2, 3, 4, 5, 6, 7, 8, 9"),
            (voting, self.tr("Skip question"), "S"),
            (voting, self.tr("Previous question"), "Backspace"),
        ]
        ShortcutsDialog(rows, self.window()).open()


def _inside(menu: QMenu) -> Iterator[QAction]:
    """The commands of a menu and of the menus in it."""
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _inside(inner)
        elif not action.isSeparator():
            yield action


def _path(group: str, action: QAction) -> str:
    """Where a command is found: its menu, and the one inside that."""
    inner = next((menu.title() for menu in action.associatedObjects() if isinstance(menu, QMenu)), "")
    return group if not inner or _said(inner) == group else f"{group} · {_said(inner)}"


def _said(text: str) -> str:
    """A menu's text without the marks for keys."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
