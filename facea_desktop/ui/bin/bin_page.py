"""The bin: what was deleted, to be restored or erased for good."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from facea_desktop.library.bin_files import BinEntry
from facea_desktop.ui.background_thread import BackgroundThread
from facea_desktop.ui.bin.bin_list import BinDelegate, BinModel, BinRow, read_rows
from facea_desktop.ui.bin_work import erase_entries, restore_entries
from facea_desktop.ui.destinations import ShowSettings
from facea_desktop.ui.dialogs import ask_to_delete
from facea_desktop.ui.formatting import counted
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import EmptyState, Notice, Pages, button, column, label, row


class BinPage(QWidget):
    """Everything in the bin; it follows the disk while it is seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("binPage")
        self._session = session
        self._reading = BackgroundThread(self, name="bin")
        self.model = BinModel(self)
        self.view = _BinView(self.model, session)
        self._hint = label("", "hint", wrap=True)
        self._hint.setObjectName("binHint")
        self.notice = Notice()
        change = button(
            self.tr("Change…"), lambda: session.go(ShowSettings("privacy")), name="binSettings", kind="flat",
            tip=self.tr("Choose when the bin empties itself"),
        )  # fmt: skip
        self.restore = button(
            self.tr("&Restore"), self._restore, name="binRestore", kind="primary", icon_name="undo",
            tip=self.tr("Put it back where it was (Enter)"),
        )  # fmt: skip
        self.erase = button(
            self.tr("&Delete permanently…"), self._ask_to_erase, name="binErase", icon_name="delete", kind="danger",
            tip=self.tr("Overwrite and remove it now (Del)"),
        )  # fmt: skip
        self.empty = button(self.tr("&Empty the bin…"), self._ask_to_empty, name="binEmpty")
        head = row(self._hint, change, space=SPACE * 2)
        head.setStretch(0, 1)
        head.setAlignment(change, Qt.AlignmentFlag.AlignTop)
        buttons = row(self.restore, self.erase)
        buttons.addStretch()
        buttons.addWidget(self.empty)
        whole = QWidget()
        whole.setLayout(column(head, self.notice, self.view, buttons, space=SPACE * 2))
        whole.layout().setStretch(2, 1)  # type: ignore[union-attr]
        nothing = EmptyState(
            "delete",
            self.tr("The bin is empty"),
            self.tr("People and portraits that you delete wait here and can be restored."),
        )
        self._pages = Pages()
        for page in (nothing, whole):
            self._pages.addWidget(page)
        rows = column(label(self.tr("Bin"), "title"), self._pages, margin=SPACE * 3, space=SPACE)
        rows.setStretch(1, 1)
        self.setLayout(rows)
        self.view.selectionModel().selectionChanged.connect(self._show_actions)
        self.view.customContextMenuRequested.connect(self._show_menu)
        session.binChanged.connect(self._look)
        session.settingsChanged.connect(self._look)
        session.thumbnails.ready.connect(lambda _path: self.view.viewport().update())

    def showEvent(self, event: QShowEvent) -> None:
        """See what is there."""
        super().showEvent(event)
        self._look()
        self.view.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Wait for what still runs."""
        self._reading.close()
        super().closeEvent(event)

    def chosen(self) -> list[BinEntry]:
        """The entries that are selected, from the top."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.model.rows[row_].entry for row_ in rows]

    @Slot()
    def _look(self) -> None:
        if self.isVisible():
            self._reading.run(partial(read_rows, self._session.root), self._show, self.notice.set_message)

    def _show(self, rows: list[BinRow]) -> None:
        days = self._session.settings.empty_bin_after
        before = {entry.id for entry in self.chosen()}
        self.model.show_rows(rows, {one.id: one.name for one in self._session.people()}, days)
        flag = self.view.selectionModel().SelectionFlag.Select
        for number, one in enumerate(rows):
            if one.entry.id in before:
                self.view.selectionModel().select(self.model.index(number), flag)
        stays = self.tr(
            "What you delete waits here. Until the bin is emptied it is still on this disk: photos, faces, tuned "
            "weights and portraits."
        )
        later = (
            self.tr("It stays until you empty the bin.")
            if days is None
            else self.tr("After {} days it is erased when the program starts.").format(days)
        )
        self._hint.setText(f"{stays} {later}")
        self._pages.setCurrentIndex(1 if rows else 0)
        self._show_actions()

    @Slot()
    def _show_actions(self) -> None:
        for one in (self.restore, self.erase):
            one.setEnabled(bool(self.view.selectionModel().hasSelection()))

    def _restore(self) -> None:
        chosen = self.chosen()
        if chosen:
            self._session.start(restore_entries(self._session, [entry.id for entry in chosen]))

    def _ask_to_erase(self) -> None:
        chosen = self.chosen()
        if chosen:
            one = self.tr("Permanently delete {name}?").format(
                name=chosen[0].name or self.tr("this portrait") if chosen[0].person is None else chosen[0].name
            )
            self._ask(counted(len(chosen), one, self.tr("Permanently delete {} entries of the bin?")), chosen)

    def _ask_to_empty(self) -> None:
        everything = [one.entry for one in self.model.rows]
        one, many = self.tr("Empty the bin?"), self.tr("Empty the bin, with {} entries?")
        self._ask(counted(len(everything), one, many), everything)

    def _ask(self, question: str, entries: list[BinEntry]) -> None:
        consequence = self.tr(
            "The files are overwritten and removed, so that nothing of them is left. This cannot be undone."
        )
        erase = lambda: self._session.start(erase_entries(self._session, entries))  # noqa: E731
        ask_to_delete(self, "binErase", question, consequence, erase)

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        if not self.view.selectionModel().hasSelection():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("&Restore"), self._restore)
        menu.addAction(self.tr("&Delete permanently…"), self._ask_to_erase)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the list leaves to the page."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._ask_to_erase()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._restore()
        else:
            super().keyPressEvent(event)


class _BinView(QListView):
    def __init__(self, model: BinModel, session: Session) -> None:
        super().__init__()
        self.setObjectName("binView")
        self.setAccessibleName(self.tr("Deleted people and portraits"))
        self.setModel(model)
        self.setItemDelegate(BinDelegate(session.thumbnails, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Delete mean the page's actions."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            event.ignore()
        else:
            super().keyPressEvent(event)
