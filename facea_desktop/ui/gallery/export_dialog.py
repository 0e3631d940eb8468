"""Asking how portraits are to be exported, and doing it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QProgressBar, QStackedWidget, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.library.portrait_export import Exported, ExportOptions, Noted, export_portraits
from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.background_thread import BackgroundThread
from facea_desktop.ui.desktop_services import show_path
from facea_desktop.ui.formatting import counted
from facea_desktop.ui.gallery.enlarged_export import EnlargedExport, export_enlarged
from facea_desktop.ui.gallery.export_options import ExportOptionsForm
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Notice, button, column, label, row

_WIDTH = 460


class ExportDialog(QDialog):
    """Options, then progress, then what became of it. Open it with ``open()``.

    Args:
        portraits: what to export.
        options: what to begin with.
    """

    exported = Signal(object)
    """The Exported, at the end."""
    _done = Signal(int)

    def __init__(
        self,
        session: Session,
        background: BackgroundThread,
        portraits: Sequence[PortraitSummary],
        options: ExportOptions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        self._session = session
        self._background = background
        self._portraits = list(portraits)
        self._stop = threading.Event()
        self._running = False
        self._enlarging: asyncio.Task[Any] | None = None
        self._done.connect(self._show_done, Qt.ConnectionType.QueuedConnection)
        many = len(self._portraits)
        title = self.tr("Export the portrait") if many == 1 else self.tr("Export {} portraits").format(many)
        self.setWindowTitle(title)
        self._title = label(title, "title")
        self.notice = Notice()
        self.form = ExportOptionsForm(session, self._portraits, options)
        self._pages = QStackedWidget()
        self._asking = self._options_page()
        self._pages.addWidget(self._asking)
        self._pages.addWidget(self._progress_page())
        self.setLayout(column(self._title, self.notice, self._pages, margin=SPACE * 3, space=SPACE * 2))
        self.start_button.setFocus()

    @Slot()
    def start(self) -> None:
        """Export, beside the window."""
        if not self.form.has_folder:
            self.notice.set_message(self.tr("Choose a folder to export to."))
            return
        try:
            names = self.form.names()
        except UserError as error:
            self.notice.set_message(str(error))
            return
        self.notice.set_message("")
        folder, template, settings = self.form.folder, self.form.name.text(), self._session.settings
        if (folder, template) != (settings.export_folder, settings.export_name):
            self._session.change_settings(export_folder=folder, export_name=template)
        named = list(zip((one.path for one in self._portraits), names, strict=True))
        noted = {one.path: Noted(one.rating, one.keywords) for one in self._portraits}
        options, done = self.form.options(), self._done.emit
        self._stop.clear()
        self._running = True
        self._pages.setCurrentIndex(1)
        self._show_done(0)
        if self.form.times > 1:
            self._enlarging = self._session.start(self._export_enlarged(named, folder, options, noted))
        else:
            self._background.run(
                lambda: export_portraits(named, folder, options, done, self._stop.is_set, noted),
                self._finish,
                self._fail,
                self._cancelled,
            )

    async def _export_enlarged(
        self, named: list[tuple[Path, str]], folder: Path, options: ExportOptions, noted: dict[Path, Noted]
    ) -> None:
        try:
            exported = await export_enlarged(
                self._session, named, self.form.times, folder, options, noted, self._show_done
            )
        except UserError as error:
            self._fail(str(error))
        else:
            self._finish(exported)

    def reject(self) -> None:
        """Cancel what runs, else close."""
        if self._enlarging is not None:
            self._enlarging.cancel()
            self._cancelled()
            return
        if self._running:
            self._stop.set()
            self.cancel_button.setEnabled(False)
            return
        super().reject()

    def _options_page(self) -> QWidget:
        self.start_button = button(self.tr("&Export"), self.start, name="exportStart", kind="primary")
        self.start_button.setDefault(True)
        cancel = button(self.tr("Cancel"), self.reject, name="exportClose")
        cancel.setAutoDefault(False)
        ends = row()
        ends.addStretch()
        ends.addWidget(cancel)
        ends.addWidget(self.start_button)
        page = QWidget()
        page.setLayout(column(self.form, ends, space=SPACE * 2))
        return page

    def _progress_page(self) -> QWidget:
        self._said = label("", wrap=True)
        self._said.setObjectName("exportSaid")
        self.bar = QProgressBar()
        self.bar.setObjectName("exportProgress")
        self.bar.setTextVisible(False)
        self.bar.setMaximum(len(self._portraits))
        self.bar.setAccessibleName(self.tr("Progress of the export"))
        self.cancel_button = button(self.tr("Cancel"), self.reject, name="exportCancel")
        self.folder_button = button(
            self.tr("&Show in folder"), self._open_folder, name="exportShow", icon_name="folder", kind="primary"
        )
        ends = row()
        ends.addStretch()
        ends.addWidget(self.cancel_button)
        ends.addWidget(self.folder_button)
        rows = column(self._said, self.bar, space=SPACE * 2)
        rows.addStretch()
        rows.addLayout(ends)
        page = QWidget()
        page.setLayout(rows)
        return page

    @Slot()
    def _open_folder(self) -> None:
        try:
            show_path(self.form.folder)
        except UserError as error:
            self.notice.set_message(str(error))
            self.adjustSize()
            return
        self.accept()

    @Slot(int)
    def _show_done(self, done: int) -> None:
        if self._running:
            self.bar.setValue(done)
            many = len(self._portraits)
            if self.form.times > 1 and done < many:
                self._said.setText(self.tr("Enlarging {0} of {1}").format(done + 1, many))
            else:
                self._said.setText(self.tr("{0} of {1} exported").format(done, many))
            self.folder_button.hide()
            self.cancel_button.setText(self.tr("Cancel"))

    def _finish(self, exported: Exported) -> None:
        self._end()
        written, unreadable = len(exported.written), len(exported.unreadable)
        if not written:
            self._pages.setCurrentIndex(0)
            self.notice.set_message(self.tr("Nothing was exported: the pictures are damaged or missing."))
            return
        if written == 1:
            said = self.tr("{} exported.").format(exported.written[0].name)
        else:
            said = self.tr("{} portraits exported.").format(written)
        self._session.noticed.emit(said)
        if unreadable:
            names = ", ".join(path.name for path in exported.unreadable[:3]) + ("…" if unreadable > 3 else "")
            self.notice.set_message(
                self.tr("Skipped {0} that could not be read: {1}").format(unreadable, names), "warn"
            )
        elif isinstance(exported, EnlargedExport) and exported.no_sharper:
            one = self.tr("One picture is larger, but no sharper than plain enlarging makes it.")
            many = self.tr("{} pictures are larger, but no sharper than plain enlarging makes them.")
            self.notice.set_message(counted(exported.no_sharper, one, many), "warn")
        self._pages.removeWidget(self._asking)  # and what is left needs less room
        self._asking.hide()
        self._title.setText(said)
        self._said.setText(str(self.form.folder))
        self.bar.setValue(self.bar.maximum())
        self.bar.hide()
        self.cancel_button.setText(self.tr("Close"))
        self.folder_button.show()
        self.folder_button.setFocus()
        self.adjustSize()
        self.exported.emit(exported)

    def _fail(self, sentence: str) -> None:
        self._end()
        self._pages.setCurrentIndex(0)
        self.notice.set_message(sentence)

    def _cancelled(self) -> None:
        self._end()
        self._session.noticed.emit(self.tr("Export cancelled. Files already written are kept."))
        super().reject()

    def _end(self) -> None:
        self._running = False
        self._enlarging = None
        self.cancel_button.setEnabled(True)
