"""What can be done with portraits of the gallery."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import QObject, QPersistentModelIndex, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.portrait_export import ExportOptions
from facea_desktop.library.portrait_notes import REJECTED
from facea_desktop.library.portrait_png import read_request
from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.background_thread import BackgroundThread
from facea_desktop.ui.bin_work import move_portraits_to_bin
from facea_desktop.ui.canvas.side_by_side import MOST_COMPARED, SideBySide
from facea_desktop.ui.desktop_services import show_path
from facea_desktop.ui.destinations import ShowCanvas
from facea_desktop.ui.dialogs import ask_to_delete
from facea_desktop.ui.enlarge_menu import fill_enlarge_menu
from facea_desktop.ui.formatting import counted, number
from facea_desktop.ui.gallery.export_dialog import ExportDialog
from facea_desktop.ui.gallery.gallery_grid import GalleryGrid
from facea_desktop.ui.gallery.gallery_model import GalleryModel
from facea_desktop.ui.gallery.labels_dialog import LabelsDialog
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import Notice

_AT_ONCE = 200
"""Beyond this many, ratings are written beside the window, and deleting is announced."""


class PortraitActions(QObject):
    """Acts on what is chosen in the grid; what goes wrong is said in ``notice``.

    Attributes:
        export_dialog: the one that is open.
    """

    opened = Signal()
    """Settings go back to the portrait panel."""
    lookWanted = Signal()
    changed = Signal()
    """Ratings changed."""
    labelled = Signal()
    """Keywords or albums changed."""

    def __init__(self, session: Session, model: GalleryModel, grid: GalleryGrid, notice: Notice, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._model, self._grid, self._notice, self._page = session, model, grid, notice, page
        self._working = BackgroundThread(self, name="gallery")
        self._options: ExportOptions | None = None
        self.export_dialog: ExportDialog | None = None

    def close(self) -> None:
        """Cancel an export, and wait for what still runs."""
        if self.export_dialog is not None:
            self.export_dialog.reject()
        self._working.close()

    def current(self) -> PortraitSummary | None:
        """The portrait that is meant where one alone can be."""
        return self._model.portrait(self._grid.currentIndex().row())

    def chosen(self) -> list[PortraitSummary]:
        """The portraits that are chosen."""
        return self._model.portraits(self._grid.rows())

    @Slot()
    def use_settings(self) -> None:
        """Bring back what made the current portrait."""
        portrait = self.current()
        if portrait is None:
            return
        self._opened(portrait.path, bool(portrait.person))

    @Slot(int)
    def rate(self, stars: int) -> None:
        """Give the chosen portraits so many stars, or reject them."""
        rows = self._grid.rows()
        paths = [portrait.path for portrait in self._model.portraits(rows)]
        if not paths:
            return

        def write() -> None:
            self._session.index.rate_all(paths, stars)

        if len(paths) > _AT_ONCE:
            self._working.run(write, lambda _: self._model.refresh(), self._notice.set_message)
        elif self._attempt(write):
            self._model.rated(rows, stars)
        self.changed.emit()

    @Slot()
    def ask_for_labels(self) -> None:
        """Ask for keywords and albums of the chosen portraits."""
        if not self._grid.chosen_count():
            return
        index = self._session.index
        dialog = LabelsDialog(self.chosen(), index.labels("keyword"), index.labels("album"), self._page)

        def write() -> None:
            labels = dialog.labels()
            self._working.run(lambda: index.label_all(labels), lambda _: self.labelled.emit(), self._notice.set_message)

        dialog.accepted.connect(write)
        dialog.open()

    @Slot()
    def export(self) -> None:
        """Ask how to export the chosen portraits."""
        if self._grid.chosen_count():
            self.ask_how_to_export(self.chosen())

    @Slot()
    def delete(self) -> None:
        """Move the chosen portraits to the bin."""
        places, paths = self._meant()
        if paths:
            self._session.start(self._bin(places, paths))

    @Slot()
    def ask_to_delete(self) -> None:
        """Ask before the chosen portraits are erased."""
        places, paths = self._meant()
        count = len(paths)
        if not paths:
            return
        one = self.tr("Permanently delete this portrait?")
        ask_to_delete(
            self._page,
            "galleryDelete",
            counted(count, one, self.tr("Permanently delete {} portraits?")),
            self.tr("The files, with their scenes and masks, are overwritten. This cannot be undone."),
            partial(self._delete, places, paths),
        )

    @Slot()
    def compare(self) -> None:
        """Show the chosen portraits side by side."""
        if 0 < self._grid.chosen_count() <= MOST_COMPARED:
            SideBySide(self._session, [portrait.path for portrait in self.chosen()], self._page.window()).open()

    @Slot()
    def show_in_folder(self) -> None:
        """Show where the current portrait lies."""
        portrait = self.current()
        if portrait is not None:
            self._session.attempt(lambda: show_path(portrait.path.parent))

    @Slot()
    def copy_prompt(self) -> None:
        """Put the current portrait's prompt on the clipboard."""
        portrait = self.current()
        if portrait is not None and portrait.prompt:
            QGuiApplication.clipboard().setText(portrait.prompt)
            self._session.noticed.emit(self.tr("Prompt copied."))

    def open_file(self, path: Path) -> None:
        """Bring back the settings of any picture that carries them, from anywhere."""
        self._working.run(
            lambda: _carries_settings(path), lambda carries: self._opened(path, carries), self._notice.set_message
        )

    def menu(self) -> QMenu:
        """What can be done with the chosen portraits."""
        portrait, alone = self.current(), self._grid.chosen_count() == 1
        menu = QMenu(self._page)
        use = menu.addAction(self.tr("&Use settings\tEnter"), self.use_settings)
        use.setEnabled(alone and portrait is not None and bool(portrait.person))
        menu.addAction(self.tr("&View large\tSpace"), self.lookWanted.emit).setEnabled(alone)
        menu.addAction(self.tr("Com&pare\tC"), self.compare).setEnabled(self._grid.chosen_count() <= MOST_COMPARED)
        copy = menu.addAction(self.tr("&Copy the prompt"), self.copy_prompt)
        copy.setEnabled(alone and portrait is not None and bool(portrait.prompt))
        menu.addSeparator()
        rating = menu.addMenu(self.tr("&Rate"))
        for stars in range(6):
            text = "★" * stars if stars else self.tr("No stars")
            rating.addAction(f"{text}\t{stars}", partial(self.rate, stars))
        rating.addAction(self.tr("&Reject\tX"), partial(self.rate, REJECTED))
        menu.addAction(self.tr("&Keywords and albums…\tK"), self.ask_for_labels)
        menu.addSeparator()
        pictures = [(one.path, one.person) for one in self.chosen()]
        fill_enlarge_menu(menu.addMenu(self.tr("En&large")), self._session, pictures)
        menu.addAction(self.tr("E&xport…\tCtrl+E"), self.export)
        menu.addAction(self.tr("&Show in folder"), self.show_in_folder).setEnabled(alone)
        menu.addSeparator()
        menu.addAction(self.tr("&Delete\tDel"), self.delete)
        return menu

    def ask_how_to_export(self, portraits: Sequence[PortraitSummary]) -> None:
        """Open the dialog for these portraits."""
        settings = self._session.settings
        options = self._options or ExportOptions(keep_prompt=settings.prompts_in_exports, ai_label=settings.ai_label)
        dialog = ExportDialog(self._session, self._working, portraits, options, self._page)
        dialog.finished.connect(self._forget_dialog)
        self.export_dialog = dialog
        dialog.open()

    @Slot(int)
    def _forget_dialog(self, _result: int) -> None:
        dialog, self.export_dialog = self.export_dialog, None
        if dialog is not None:
            self._options = dialog.form.options()
            dialog.deleteLater()

    def _meant(self) -> tuple[list[QPersistentModelIndex], list[Path]]:
        """The portraits that are chosen now, wherever they will have moved, and their files."""
        rows = self._grid.rows()
        places = [QPersistentModelIndex(self._model.index(row, 0)) for row in rows]
        return places, [portrait.path for portrait in self._model.portraits(rows)]

    async def _bin(self, places: list[QPersistentModelIndex], paths: list[Path]) -> None:
        try:
            await move_portraits_to_bin(self._session, paths, lambda: self._removed(places))
        except UserError as error:
            self._notice.set_message(str(error))
            self._model.show_query(self._model.query)

    def _delete(self, places: list[QPersistentModelIndex], paths: list[Path]) -> None:
        index = self._session.index
        if len(paths) > _AT_ONCE:  # overwriting takes its time
            self._session.noticed.emit(self.tr("Deleting {} portraits…").format(number(len(paths))))
        self._working.run(lambda: index.delete(*paths), lambda _: self._deleted(places, paths), self._not_deleted)

    def _deleted(self, places: list[QPersistentModelIndex], paths: list[Path]) -> None:
        for path in paths:
            self._session.thumbnails.forget(path)
        self._removed(places)
        one, many = self.tr("Portrait deleted."), self.tr("{} portraits deleted.")
        self._session.noticed.emit(counted(len(paths), one, many))
        self._session.portraits_erased()

    def _removed(self, places: list[QPersistentModelIndex]) -> None:
        rows = sorted(place.row() for place in places if place.isValid())
        self._model.remove(rows)
        if rows and self._model.rowCount():
            self._grid.choose(min(rows[0], self._model.rowCount() - 1))

    def _not_deleted(self, sentence: str) -> None:
        self._notice.set_message(sentence)
        self._model.show_query(self._model.query)
        self._session.portraits_erased()

    def _opened(self, path: Path, carries: bool) -> None:
        if not carries:
            words = self.tr("{} contains no settings. Portraits made here do, unless exported without the prompt.")
            self._notice.set_message(words.format(path.name), "warn")
            return
        self._notice.set_message("")
        self.opened.emit()
        self._session.portraitOpened.emit(path)
        self._session.go(ShowCanvas())

    def _attempt(self, doing: Callable[[], None]) -> bool:
        try:
            doing()
        except UserError as error:
            self._notice.set_message(str(error))
            return False
        return True


def _carries_settings(path: Path) -> bool:
    """Whether a picture's settings can come back."""
    embedded = read_request(path)
    if embedded is None:
        return False
    try:
        PortraitRequest.model_validate_json(embedded)
    except ValidationError:
        return False
    return True
