"""What can be done with portraits of the gallery."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import QLocale, QObject, QPersistentModelIndex, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.export import ExportOptions
from facea_desktop.library.pictures import read_request
from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.gallery.background import Background
from facea_desktop.ui.gallery.export_dialog import ExportDialog
from facea_desktop.ui.gallery.grid import Grid
from facea_desktop.ui.gallery.model import GalleryModel
from facea_desktop.ui.outside import show_path
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import Notice, ask_to_delete

_AT_ONCE = 200
"""Beyond this many, ratings are written beside the window, and deleting is announced."""


class Actions(QObject):
    """Acts on what is chosen in the grid; what goes wrong is said in ``notice``.

    Attributes:
        export_dialog: the one that is open.
    """

    opened = Signal()
    """Settings go back to the portrait panel."""
    lookWanted = Signal()
    changed = Signal()
    """Ratings changed."""

    def __init__(self, session: Session, model: GalleryModel, grid: Grid, notice: Notice, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._model, self._grid, self._notice, self._page = session, model, grid, notice, page
        self._working = Background(self)
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
        """Give the chosen portraits so many stars."""
        rows = self._grid.rows()
        paths = [portrait.path for portrait in self._model.portraits(rows)]
        if not paths:
            return

        def write() -> None:
            self._session.index.rate_all(paths, stars)

        if len(paths) > _AT_ONCE:
            self._working.start(write, lambda _: self._model.refresh(), self._notice.say)
        elif self._attempt(write):
            self._model.rated(rows, stars)
        self.changed.emit()

    @Slot()
    def export(self) -> None:
        """Ask how to export the chosen portraits."""
        if self._grid.chosen_count():
            self.ask_how_to_export(self.chosen())

    @Slot()
    def ask_to_delete(self) -> None:
        """Ask before the chosen portraits are erased."""
        rows = self._grid.rows()
        if not rows:
            return
        count = len(rows)
        # Those that were asked about are deleted, wherever they have moved until then.
        places = [QPersistentModelIndex(self._model.index(row, 0)) for row in rows]
        paths = [portrait.path for portrait in self._model.portraits(rows)]
        one = self.tr("Delete this portrait for good?")
        ask_to_delete(
            self._page,
            "galleryDelete",
            one if count == 1 else self.tr("Delete {} portraits for good?").format(QLocale().toString(count)),
            self.tr("The files are overwritten, with their scenes and masks. This cannot be undone."),
            partial(self._delete, places, paths),
        )

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
            self._session.noticed.emit(self.tr("The prompt is copied."))

    def open_file(self, path: Path) -> None:
        """Bring back the settings of any picture that carries them, from anywhere."""
        self._working.start(
            lambda: _carries_settings(path), lambda carries: self._opened(path, carries), self._notice.say
        )

    def menu(self) -> QMenu:
        """What can be done with the chosen portraits."""
        portrait, alone = self.current(), self._grid.chosen_count() == 1
        menu = QMenu(self._page)
        use = menu.addAction(self.tr("&Use settings\tEnter"), self.use_settings)
        use.setEnabled(alone and portrait is not None and bool(portrait.person))
        menu.addAction(self.tr("&Look at it\tSpace"), self.lookWanted.emit).setEnabled(alone)
        copy = menu.addAction(self.tr("&Copy the prompt"), self.copy_prompt)
        copy.setEnabled(alone and portrait is not None and bool(portrait.prompt))
        menu.addSeparator()
        rating = menu.addMenu(self.tr("&Rate"))
        for stars in range(6):
            text = "★" * stars if stars else self.tr("No stars")
            rating.addAction(f"{text}\t{stars}", partial(self.rate, stars))
        menu.addSeparator()
        menu.addAction(self.tr("E&xport…\tCtrl+E"), self.export)
        menu.addAction(self.tr("&Show in folder"), self.show_in_folder).setEnabled(alone)
        menu.addSeparator()
        menu.addAction(self.tr("&Delete…\tDel"), self.ask_to_delete)
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
            self._options = dialog.options()
            dialog.deleteLater()

    def _delete(self, places: list[QPersistentModelIndex], paths: list[Path]) -> None:
        index = self._session.index
        if len(paths) > _AT_ONCE:  # overwriting takes its time
            self._session.noticed.emit(self.tr("Deleting {} portraits…").format(QLocale().toString(len(paths))))
        self._working.start(lambda: index.delete(*paths), lambda _: self._deleted(places, paths), self._not_deleted)

    def _deleted(self, places: list[QPersistentModelIndex], paths: list[Path]) -> None:
        for path in paths:
            self._session.thumbnails.forget(path)
        rows = sorted(place.row() for place in places if place.isValid())
        self._model.remove(rows)
        if rows and self._model.rowCount():
            self._grid.choose(min(rows[0], self._model.rowCount() - 1))
        number = QLocale().toString(len(paths))
        many = self.tr("{} portraits are deleted.").format(number)
        self._session.noticed.emit(self.tr("The portrait is deleted.") if len(paths) == 1 else many)
        self._session.portraits_erased()

    def _not_deleted(self, sentence: str) -> None:
        self._notice.say(sentence)
        self._model.show_query(self._model.query)
        self._session.portraits_erased()

    def _opened(self, path: Path, carries: bool) -> None:
        if not carries:
            words = self.tr(
                "{} carries no settings. Portraits made here do, unless they were exported without the prompt."
            )
            self._notice.say(words.format(path.name), "warn")
            return
        self._notice.say("")
        self.opened.emit()
        self._session.portraitOpened.emit(path)
        self._session.go("canvas")

    def _attempt(self, doing: Callable[[], None]) -> bool:
        try:
            doing()
        except UserError as error:
            self._notice.say(str(error))
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
