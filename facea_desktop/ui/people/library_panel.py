"""The ID library: everyone, with their state, at the left of the window."""

from __future__ import annotations

from PySide6.QtCore import (
    QPoint,
    QRectF,
    Qt,
    Slot,
)
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from facea_desktop.domain.people import Profile
from facea_desktop.library.summaries import PersonSummary
from facea_desktop.resources import resource
from facea_desktop.ui.destinations import ShowBin, ShowNewPerson
from facea_desktop.ui.drag_and_drop import dropped_files, is_person_file, is_photo
from facea_desktop.ui.formatting import number
from facea_desktop.ui.icons import icon
from facea_desktop.ui.people.people_list import PeopleList
from facea_desktop.ui.people.people_model import Order, PeopleModel
from facea_desktop.ui.people.person_actions import PeopleActions
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.widgets import EmptyState, Pages, button, column, label, row, tool

SAMPLE = "eve"
SAMPLE_PHOTOS = 3
_NARROWEST, _WIDEST = 220, 300


class LibraryPanel(QFrame):
    """Search, sort and the list; choosing somebody tells the session, and everything one does with people is here."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._over = False
        self.setObjectName("libraryPanel")
        self.setProperty("panel", True)
        self.setMinimumWidth(_NARROWEST)
        self.setMaximumWidth(_WIDEST)
        self.setAcceptDrops(True)
        self.model = PeopleModel(session, self)
        self.view = PeopleList(session, self.model)
        self.people_actions = PeopleActions(session, self, self.chosen, self._edit_name)
        actions = self.people_actions
        self.view.addActions([actions.rename, actions.duplicate, actions.delete])
        self.view.eraseWanted.connect(actions.erase.trigger)
        self._make_head()
        self._nobody = self._make_nobody()
        self._no_match = EmptyState(
            "search", self.tr("No matches"), self.tr("No name contains these words."), parent=self
        )
        self._stack = Pages()
        for page in (self.view, self._nobody, self._no_match):
            self._stack.addWidget(page)
        self.new_person = button(
            self.tr("New person"),
            lambda: session.go(ShowNewPerson()),
            name="newPersonButton",
            icon_name="person-add",
            tip=self.tr("Add a person from a few photos"),
        )
        self.new_person.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = row(label(self.tr("People"), "heading"), space=SPACE)
        head.addStretch()
        head.addWidget(self._count)
        head.addWidget(self.overflow)
        find = row(self.search, self.sort, space=4)
        whole = column(head, find, margin=SPACE * 3 // 2)
        whole.addWidget(self._stack, 1)
        whole.addWidget(self.new_person)
        self.setLayout(whole)
        self._connect()
        self._counted(self.model.rowCount(), len(session.people()))

    def chosen(self) -> list[PersonSummary]:
        """Who is selected, from the top."""
        return [self.model.person(row_) for row_ in self.view.selected_rows()]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take people's files and photos."""
        if any(is_person_file(file) or is_photo(file) for file in dropped_files(event.mimeData())):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing will be dropped."""
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Import people's files; photos begin a new person."""
        files = dropped_files(event.mimeData())
        people = [file for file in files if is_person_file(file)]
        photos = [file for file in files if is_photo(file)]
        self._show_over(False)
        event.acceptProposedAction()
        if people:
            self.people_actions.import_files(people)
        if photos:
            self._session.go(ShowNewPerson(tuple(photos)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame while something is dragged over it."""
        super().paintEvent(event)
        if self._over:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours().accent), 1.5, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), RADIUS, RADIUS)

    def _show_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def _make_head(self) -> None:
        self.search = QLineEdit()
        self.search.setObjectName("librarySearch")
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setToolTip(self.tr("Find people by name"))
        self.search.setAccessibleName(self.tr("Find people by name"))
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._count = label("", "hint")
        self.sort = tool("sort", self.tr("Sort people"), name="librarySort")
        self.sort.setPopupMode(self.sort.ToolButtonPopupMode.InstantPopup)
        self.sort.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(self.sort)
        group = QActionGroup(menu)
        words = {
            Order.NEWEST: self.tr("Newest first"),
            Order.NAME: self.tr("Name"),
            Order.LIKENESS: self.tr("Likeness"),
            Order.STATE: self.tr("Status"),
        }
        for order, text in words.items():
            action = QAction(text, group)
            action.setCheckable(True)
            action.setData(order)
            action.setChecked(order is Order.NEWEST)
            menu.addAction(action)
        group.triggered.connect(self._sorted)
        self.sort.setMenu(menu)
        self.overflow = tool(
            "more", self.tr("More actions for the selected people"), self._show_overflow, name="libraryMore"
        )

    def _make_nobody(self) -> QWidget:
        new = button(self.tr("New person"), lambda: self._session.go(ShowNewPerson()), kind="primary")
        text = self.tr("Add a person from three or more photos, or drop the photos here.")
        state = EmptyState("people", self.tr("No people yet"), text, new, self)
        sample = button(self.tr("Try a sample person"), self._try_sample, name="samplePersonButton", kind="flat")
        sample.setToolTip(self.tr("An invented person; the photos are included"))
        layout = state.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, sample, 0, Qt.AlignmentFlag.AlignCenter)
        return state

    def _connect(self) -> None:
        self.search.textChanged.connect(self.model.search)
        self.model.counted.connect(self._counted)
        self.model.modelAboutToBeReset.connect(self.view.remember)
        self.model.modelReset.connect(self.view.recall)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self._session.personSelected.connect(self._show_selected)
        self._show_selected(self._session.selected)

    def _try_sample(self) -> None:
        photos = tuple(resource("people", SAMPLE, f"{i}.jpg") for i in range(SAMPLE_PHOTOS))
        self._session.go(ShowNewPerson(photos))

    def _edit_name(self) -> None:
        people = self.chosen()
        row_ = self.model.row_of(people[0].id) if len(people) == 1 else None
        if row_ is not None:
            self.view.edit(self.model.index(row_))

    def _show_overflow(self) -> None:
        menu = self.people_actions.menu()
        menu.addSeparator()
        menu.addAction(self.tr("Open the &bin"), lambda: self._session.go(ShowBin()))
        menu.popup(self.overflow.mapToGlobal(QPoint(0, self.overflow.height())))

    @Slot(QPoint)
    def _show_menu(self, position: QPoint) -> None:
        self.people_actions.menu().popup(self.view.viewport().mapToGlobal(position))

    @Slot(QAction)
    def _sorted(self, action: QAction) -> None:
        self.model.sort_by(Order(action.data()))  # Qt hands back the plain string

    @Slot(int, int)
    def _counted(self, shown: int, all_: int) -> None:
        self._count.setText(
            number(shown)
            if shown == all_
            else self.tr("{shown} of {all}").format(shown=number(shown), all=number(all_))
        )
        self._count.setVisible(all_ > 0)
        page = self.view if shown else self._no_match if all_ else self._nobody
        self._stack.setCurrentWidget(page)
        for widget in (self.search, self.sort, self.new_person):
            widget.setVisible(all_ > 0)
        # What stands there while nobody does has buttons, whose words are longer in some languages.
        wanted = page.minimumSizeHint().width() + 3 * SPACE
        self.setMinimumWidth(max(_NARROWEST, min(wanted, _WIDEST)))

    @Slot()
    def _selected(self) -> None:
        people = self.chosen()
        self.people_actions.refresh()
        selected = self._session.selected
        if len(people) == 1 and not self.view.recalling and (selected is None or selected.id != people[0].id):
            self._session.select(people[0].id)

    @Slot(object)
    def _show_selected(self, profile: Profile | None) -> None:
        self.view.show_chosen(profile.id if profile is not None else None)
