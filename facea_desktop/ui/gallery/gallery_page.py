"""The gallery: every portrait, found, looked at, rated, exported, deleted, and its settings brought back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QSlider, QStackedWidget, QWidget

from facea_desktop.library.summaries import PortraitQuery
from facea_desktop.ui.background_thread import BackgroundThread
from facea_desktop.ui.destinations import ShowBin, ShowCanvas
from facea_desktop.ui.drag_and_drop import dropped_files, is_person_file
from facea_desktop.ui.formatting import counted
from facea_desktop.ui.gallery.gallery_filters import GalleryFilters
from facea_desktop.ui.gallery.gallery_grid import FIRST_SIZE, SIDES, GalleryGrid
from facea_desktop.ui.gallery.gallery_model import GalleryModel
from facea_desktop.ui.gallery.portrait_actions import PortraitActions
from facea_desktop.ui.gallery.portrait_details import PortraitDetails
from facea_desktop.ui.gallery.quick_look import QuickLook
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import EmptyState, Notice, button, column, label, row

_ROOM_FOR_DETAILS = 900
"""A page narrower than this shows the grid alone; Space shows a portrait and its details."""


class GalleryPage(QWidget):
    """The page that shows every portrait, or those that are searched for."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("galleryPage")
        self.setAcceptDrops(True)
        self._session = session
        self._looking = BackgroundThread(self, name="gallery")
        self._stale = self._people_stale = True
        self.model = GalleryModel(session.index, session.likeness, self)
        self.filters = GalleryFilters()
        self.grid = GalleryGrid(self.model, session.thumbnails, session.likeness)
        self.details = PortraitDetails(self._looking, session.likeness)
        self.quick_look = QuickLook(self._looking, session.likeness)
        self.notice = Notice()
        self.actions_ = PortraitActions(session, self.model, self.grid, self.notice, self)
        self._count = label("", "hint")
        self._count.setObjectName("galleryCount")
        self._build()
        self._connect()

    def show_person(self, person: str) -> None:
        """Show the portraits of the person with this id."""
        self._leave_quick_look()
        self.filters.set_people(self._session.people())
        self.filters.show_person(person)

    def export(self, path: Path) -> None:
        """Ask how to export the portrait at ``path``."""
        self._leave_quick_look()
        portrait = self._session.index.portrait(path)
        if portrait is not None:
            self.actions_.ask_how_to_export([portrait])
        else:
            self.notice.set_message(self.tr("That portrait is no longer in the gallery."))

    @Slot()
    def look(self) -> None:
        """Show the current portrait over the whole page."""
        if self.actions_.current() is not None:
            self.grid.choose(self.grid.currentIndex().row())  # alone: keys mean what is seen
            self._stack.setCurrentWidget(self.quick_look)
            self._show_in_quick_look()
            self.quick_look.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again where something changed while the page was hidden."""
        super().showEvent(event)
        if self._stale:
            self._refresh()
        self.grid.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave a narrow page to the grid."""
        super().resizeEvent(event)
        self._show_details()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for what still runs."""
        self.actions_.close()
        self._looking.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, but not those that are dragged out of here, and people's files are the window's."""
        files = dropped_files(event.mimeData())
        if event.source() is None and files and not any(is_person_file(file) for file in files):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring back the settings of a picture."""
        paths = dropped_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.actions_.open_file(paths[0])

    def _build(self) -> None:
        none_yet = EmptyState(
            "gallery",
            self.tr("No portraits yet"),
            self.tr("Your portraits are kept here. Drop a portrait here to restore its settings."),
            button(
                self.tr("Make your first portrait"),
                lambda: self._session.go(ShowCanvas()),
                name="galleryFirst",
                kind="primary",
            ),
        )
        none_match = EmptyState(
            "search",
            self.tr("No matches"),
            self.tr("No portrait matches. Try fewer words or filters."),
            button(self.tr("Clear the search"), self.filters.clear, name="galleryClear"),
        )
        self._middle = QStackedWidget()
        self._middle.addWidget(self.grid)
        self._middle.addWidget(none_match)
        body = row(self._middle, self.details, space=SPACE * 2)
        body.setStretch(0, 1)
        self._size = QSlider(Qt.Orientation.Horizontal)
        self._size.setObjectName("gallerySize")
        self._size.setRange(0, len(SIDES) - 1)
        self._size.setValue(FIRST_SIZE)
        self._size.setFixedWidth(96)
        self._size.setToolTip(self.tr("Size of the pictures (+, -, or Ctrl with the wheel)"))
        self._size.setAccessibleName(self.tr("Size of the pictures"))
        below = row(self._count, space=SPACE * 2)
        below.addStretch()
        below.addWidget(self._size)
        below.addWidget(
            button(self.tr("Bin"), lambda: self._session.go(ShowBin()), name="galleryBin", icon_name="delete",
                   kind="flat", tip=self.tr("Deleted portraits and people, which can be restored"))
        )  # fmt: skip
        rows = column(self.filters, self.notice, below, body)
        rows.setStretch(3, 1)
        found = QWidget()
        found.setLayout(rows)
        self._stack = QStackedWidget()
        for widget in (found, none_yet, self.quick_look):
            self._stack.addWidget(widget)
        self._found, self._none_yet = found, none_yet
        self.setLayout(column(self._stack, margin=SPACE * 2))

    def _connect(self) -> None:
        session, grid = self._session, self.grid
        session.portraitsChanged.connect(self._changed)
        session.peopleChanged.connect(self._people_changed)
        self.filters.changed.connect(self._search)
        acts = self.actions_
        acts.opened.connect(self._leave_quick_look)
        acts.lookWanted.connect(self.look)
        acts.changed.connect(self._show_chosen)
        acts.labelled.connect(self._refresh)
        self._size.valueChanged.connect(grid.show_size)
        grid.sizeChanged.connect(self._size.setValue)
        grid.lookWanted.connect(self.look)
        grid.compareWanted.connect(acts.compare)
        self.details.compareWanted.connect(acts.compare)
        grid.chosenChanged.connect(self._show_chosen)
        grid.customContextMenuRequested.connect(self._show_menu)
        for panel in (grid, self.details, self.quick_look.details):
            panel.useWanted.connect(acts.use_settings)
            panel.exportWanted.connect(acts.export)
            panel.deleteWanted.connect(acts.delete)
            panel.eraseWanted.connect(acts.ask_to_delete)
            panel.rateWanted.connect(acts.rate)
            panel.labelsWanted.connect(acts.ask_for_labels)
        for details in (self.details, self.quick_look.details):
            details.folderWanted.connect(acts.show_in_folder)
        self.quick_look.left.connect(self._leave_quick_look)
        self.quick_look.stepWanted.connect(self._step)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._go_to_search)

    @Slot()
    def _changed(self) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    @Slot()
    def _people_changed(self) -> None:
        self._people_stale = True
        self._changed()

    def _refresh(self) -> None:
        if self._people_stale:
            self.filters.set_people(self._session.people())
        index = self._session.index
        self.filters.set_styles(index.styles())
        self.filters.set_labels(index.labels("album"), index.labels("keyword"))
        self._stale = self._people_stale = False
        query = self.filters.query()
        current = self.actions_.current()
        if self.model.query != query:
            self.model.show_query(query)
        else:
            place = self.grid.currentIndex().row()
            self.model.refresh()
            if current is not None and not self.grid.currentIndex().isValid():
                self._choose_again(current.path, place)
        self._show_state()

    def _choose_again(self, path: Path, place: int) -> None:
        """After a reload, restore the selection, near where it was."""
        self.model.portrait(place)
        found = self.model.row_of(path)
        if found is not None:
            self.grid.choose(found)

    @Slot(object)
    def _search(self, query: PortraitQuery) -> None:
        self.model.show_query(query)
        self.grid.scrollToTop()
        self._show_state()

    def _show_state(self) -> None:
        """The grid, or what stands in its place."""
        count = self.model.rowCount()
        filtered = self.filters.query() != PortraitQuery(order=self.filters.query().order)
        self._count.setText(counted(count, self.tr("1 portrait"), self.tr("{} portraits")))
        self._count.setVisible(count > 0)
        self._middle.setCurrentIndex(0 if count else 1)
        self._show_details()
        if self._stack.currentWidget() is not self.quick_look or not count:
            self._stack.setCurrentWidget(self._found if count or filtered else self._none_yet)
        self._show_chosen()

    def _show_details(self) -> None:
        self.details.setVisible(self.width() >= _ROOM_FOR_DETAILS and self.model.rowCount() > 0)

    @Slot()
    def _show_chosen(self) -> None:
        count = self.grid.chosen_count()
        if count > 1:
            self.details.show_many(count)
        else:
            rows = self.grid.rows()
            self.details.show_portrait(self.model.portrait(rows[0]) if rows else None)
        if self._stack.currentWidget() is self.quick_look:
            self._show_in_quick_look()

    def _show_in_quick_look(self) -> None:
        portrait = self.actions_.current()
        if portrait is None:
            self._leave_quick_look()
            return
        place = self.tr("{0} of {1}").format(self.grid.currentIndex().row() + 1, self.model.rowCount())
        self.quick_look.show_portrait(portrait, place)

    @Slot()
    def _leave_quick_look(self) -> None:
        if self._stack.currentWidget() is self.quick_look:
            self._stack.setCurrentWidget(self._found)
            self.grid.setFocus()

    @Slot(int)
    def _step(self, step: int) -> None:
        row_ = self.grid.currentIndex().row() + step
        if 0 <= row_ < self.model.rowCount():
            self.grid.choose(row_)

    @Slot()
    def _go_to_search(self) -> None:
        self._leave_quick_look()
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        if not self.grid.chosen_count():
            return
        menu = self.actions_.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.grid.viewport().mapToGlobal(at))
