"""A window that shows the log while it grows."""

from __future__ import annotations

import logging
import re
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QGuiApplication,
    QHideEvent,
    QShowEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from facea_desktop.domain.atomic_files import write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.library.id_library import Library
from facea_desktop.ui.background_thread import BackgroundThread
from facea_desktop.ui.desktop_services import show_path
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.logs.log_hooks import log_file
from facea_desktop.ui.logs.log_records import TAIL_BYTES, Record, choose, parse, read_from, size_of
from facea_desktop.ui.logs.problem_report import report_text
from facea_desktop.ui.theme import SPACE, colours
from facea_desktop.ui.widgets import Notice, button, column, label, row

LOOK_EVERY_MS = 1000


class LogViewer(QDialog):
    """The end of ``logs/facea.log``; it looks for news only while it is visible, and goes when it is closed."""

    def __init__(self, root: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = BackgroundThread(self, name="report")
        self._root = root
        self._records: list[Record] = []
        self._shown: list[Record] = []
        self._start, self._size = 0, -1  # which bytes of the file are shown
        self._dialog: QFileDialog | None = None
        self.setObjectName("logViewer")
        self.setWindowTitle(self.tr("Log"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(900, 560)
        self._build()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look for news."""
        super().showEvent(event)
        self.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: stop."""
        self._timer.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Recolour the levels when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colouring.rehighlight()

    @Slot()
    def look(self) -> None:
        """Read the log again if it has changed."""
        size = size_of(log_file(self._root))
        if size == self._size:
            return
        if size < self._size or size - self._start > 2 * TAIL_BYTES:  # turned over, or grown long
            self._start = max(size - TAIL_BYTES, 0)
        self._size = size
        self._records = parse(read_from(log_file(self._root), self._start))
        self._show()

    def save_report(self, file: Path) -> None:
        """Write the report that can be passed on; done in the background, and said when it is there."""
        self._background.run(
            partial(_write_report, self._root, file),
            lambda _: self._report_ended(file.name, True),
            lambda _: self._report_ended(file.name, False),
        )

    def _build(self) -> None:
        self._level = QComboBox()
        self._level.setObjectName("logLevel")
        for text, level in (
            (self.tr("Everything"), logging.NOTSET),
            (self.tr("Warnings and errors"), logging.WARNING),
            (self.tr("Errors"), logging.ERROR),
        ):
            self._level.addItem(text, level)
        self._level.setToolTip(self.tr("Which entries to show"))
        self._level.setAccessibleName(self.tr("Which entries to show"))
        self._level.currentIndexChanged.connect(self._show)
        self._search = QLineEdit()
        self._search.setObjectName("logSearch")
        self._search.setPlaceholderText(self.tr("Search the log"))
        self._search.setToolTip(self.tr("Show only entries with these words"))
        self._search.setAccessibleName(self.tr("Search the log"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._show)
        self._count = label("", "hint")

        self._text = QPlainTextEdit()
        self._text.setObjectName("logText")
        self._text.setReadOnly(True)
        self._text.setUndoRedoEnabled(False)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setAccessibleName(self.tr("Log"))
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._colouring = _Colouring(self._text.document())
        self._notice = Notice()

        top = row(self._search, self._level)
        top.setStretch(0, 1)
        copy = button(
            self.tr("&Copy"), self._copy, name="copyLog", tip=self.tr("Copy the selection, or everything shown")
        )
        folder = button(self.tr("Show in &folder"), self._show_folder, tip=self.tr("Open the folder with the log"))
        report = button(
            self.tr("&Save a report…"),
            self._ask_where,
            name="saveReport",
            tip=self.tr(
                "A text file to send to someone who helps you: versions and log, without names, prompts or paths"
            ),
        )
        bottom = row(copy, folder, report)
        bottom.addStretch()
        bottom.addWidget(self._count)
        self.setLayout(column(top, self._text, self._notice, bottom, margin=SPACE * 2))
        for one in (copy, folder, report):
            one.setAutoDefault(False)

    @Slot()
    def _show(self) -> None:
        shown = choose(self._records, self._level.currentData(), self._search.text())
        if self._shown and shown[: len(self._shown)] == self._shown:
            new = shown[len(self._shown) :]
            if new:
                self._text.appendPlainText("\n".join(one.text for one in new))
        else:
            self._text.setPlainText("\n".join(one.text for one in shown))
            self._text.moveCursor(QTextCursor.MoveOperation.End)
            self._text.moveCursor(QTextCursor.MoveOperation.StartOfLine)
        self._shown = shown
        if not self._records:
            self._text.setPlaceholderText(self.tr("Nothing has been logged yet."))
        else:
            self._text.setPlaceholderText(self.tr("No entry matches. Try other words, or show everything."))
        self._count.setText(self.tr("%n entries", "", len(shown)))

    def _copy(self) -> None:
        selected = self._text.textCursor().selectedText().replace("\u2029", "\n")  # how Qt ends lines in a selection
        QGuiApplication.clipboard().setText(selected or self._text.toPlainText())

    def _show_folder(self) -> None:
        try:
            show_path(log_file(self._root).parent)
        except UserError as error:
            self._notice.set_message(str(error))

    def _ask_where(self) -> None:
        self._dialog = QFileDialog(self, self.tr("Save a report"), "", self.tr("Text files (*.txt)"))
        remember(self._dialog, self._root, "reports")
        self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._dialog.setDefaultSuffix("txt")
        self._dialog.selectFile(f"facea-report-{date.today().isoformat()}.txt")
        self._dialog.fileSelected.connect(self._save_chosen)
        self._dialog.open()

    @Slot(str)
    def _save_chosen(self, file: str) -> None:
        self.save_report(Path(file))

    def _report_ended(self, name: str, well: bool) -> None:
        if well:
            self._notice.set_message(
                self.tr("{} saved. Check it for private details before you share it.").format(name),
                "warn",
            )
        else:
            self._notice.set_message(self.tr("{} could not be saved. Choose another folder.").format(name))


def _write_report(root: Path, file: Path) -> None:
    """In the background: what names people is taken out of the report."""
    names = [profile.name for profile in Library(root).people()]
    write_atomically(file, report_text(root, names).encode())


class _Colouring(QSyntaxHighlighter):
    """Warnings and errors in their colours, the time muted."""

    _HEAD = re.compile(r"^(\S+ \S+) (\S+) (WARNING|ERROR|CRITICAL)?")

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        head = self._HEAD.match(text)
        if head is None or not text[:1].isdigit():
            return
        muted = QTextCharFormat()
        muted.setForeground(QColor(colours().muted))
        self.setFormat(0, head.end(2), muted)
        if head[3]:
            strong = QTextCharFormat()
            strong.setForeground(QColor(colours().warn if head[3] == "WARNING" else colours().bad))
            self.setFormat(head.start(3), len(head[3]), strong)
