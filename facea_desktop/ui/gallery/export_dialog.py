"""Asking how portraits are to be exported, and doing it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QMenu,
    QProgressBar,
    QSlider,
    QSpinBox,
    QStackedWidget,
    QWidget,
)

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import Enlarged
from facea_desktop.domain.requests import EnlargeRequest
from facea_desktop.library.export_names import TEMPLATE_CHARACTERS, export_name
from facea_desktop.library.portrait_export import ENDINGS, Exported, ExportOptions, Noted, export_portraits
from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.background_thread import BackgroundThread
from facea_desktop.ui.desktop_services import show_path
from facea_desktop.ui.enlarge_menu import FACTORS
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.formatting import counted
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Notice, button, column, label, plain_tip, row, tool

_WIDTH = 460
_FIELD, _PREVIEW = 200, 290


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
        self._copies: TemporaryDirectory[str] | None = None
        self._no_sharper = 0  # how many of the larger copies
        self._folder_dialog: QFileDialog | None = None
        self._done.connect(self._show_done, Qt.ConnectionType.QueuedConnection)
        many = len(self._portraits)
        title = self.tr("Export the portrait") if many == 1 else self.tr("Export {} portraits").format(many)
        self.setWindowTitle(title)
        self._title = label(title, "title")
        self.notice = Notice()
        self._pages = QStackedWidget()
        self._asking = self._options_page(options)
        self._pages.addWidget(self._asking)
        self._pages.addWidget(self._progress_page())
        self.setLayout(column(self._title, self.notice, self._pages, margin=SPACE * 3, space=SPACE * 2))
        self._show_what_matters()
        self.start_button.setFocus()

    def options(self) -> ExportOptions:
        """What is chosen now."""
        longest = self.size_box.currentData()
        return ExportOptions(
            format=self.format_box.currentData(),
            longest=self.custom_size.value() if longest == 0 else None if self.times > 1 else longest,
            quality=self.quality.value(),
            profile=self.profile_box.currentData(),
            keep_prompt=self.prompt_box.isChecked(),
            ai_label=self.label_box.isChecked(),
            keep_notes=self.notes_box.isChecked(),
        )

    @property
    def times(self) -> int:
        """How many times portraits are enlarged."""
        return max(-(self.size_box.currentData() or 0), 1)

    @property
    def folder(self) -> Path:
        """Where to."""
        return Path.home() / Path(self._folder.text().strip()).expanduser()

    @Slot()
    def start(self) -> None:
        """Export, beside the window."""
        if not self._folder.text().strip():
            self.notice.set_message(self.tr("Choose a folder to export to."))
            return
        try:
            named = self._named(self._portraits)
        except UserError as error:
            self.notice.set_message(str(error))
            return
        self.notice.set_message("")
        folder, settings = self.folder, self._session.settings
        if (folder, self.name.text()) != (settings.export_folder, settings.export_name):
            self._session.change_settings(export_folder=folder, export_name=self.name.text())
        noted = {one.path: Noted(one.rating, one.keywords) for one in self._portraits}
        self._stop.clear()
        self._running = True
        self._pages.setCurrentIndex(1)
        self._show_done(0)
        if self.times > 1:
            self._enlarging = self._session.start(self._enlarge_and_export(named, noted))
        else:
            self._export(named, noted)

    async def _enlarge_and_export(self, named: list[tuple[Path, str]], noted: dict[Path, Noted]) -> None:
        """Export larger copies, which are gone afterwards."""
        self._copies, self._no_sharper = TemporaryDirectory(prefix="facea-"), 0
        large: list[tuple[Path, str]] = []
        for number, (path, name) in enumerate(named, 1):
            self._said.setText(self.tr("Enlarging {0} of {1}").format(number, len(named)))
            wanted = {"picture": path, "times": self.times, "out": self._copies.name}
            try:
                made = await self._session.ask(EnlargeRequest.model_validate(wanted))
            except UserError as error:
                self._fail(str(error))
                return
            assert isinstance(made, Enlarged)
            self._no_sharper += not made.sharper
            noted[made.path] = noted[path]
            large.append((made.path, name))
        self._enlarging = None
        self._export(large, noted)

    def _export(self, named: list[tuple[Path, str]], noted: dict[Path, Noted]) -> None:
        folder, options = self.folder, self.options()
        self._background.run(
            lambda: export_portraits(named, folder, options, self._done.emit, self._stop.is_set, noted),
            self._finish,
            self._fail,
            self._cancelled,
        )

    def _named(self, portraits: Sequence[PortraitSummary]) -> list[tuple[Path, str]]:
        """These portraits with the names that they get.

        Raises:
            UserError: the template cannot be used.
        """
        nobody, count, template = self.tr("Portrait"), len(self._portraits), self.name.text()
        return [(one.path, export_name(template, one, place, count, nobody)) for place, one in enumerate(portraits, 1)]

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

    def _options_page(self, options: ExportOptions) -> QWidget:
        self.format_box = self._choice(
            "exportFormat",
            (("PNG", "png"), ("JPEG", "jpeg"), ("WebP", "webp"), ("TIFF", "tiff")),
            options.format,
        )
        sizes: list[tuple[str, int | None]] = [(self.tr("Original size"), None)]
        sizes += [(self.tr("{} times as large").format(times), -times) for times in FACTORS]
        sizes += [(self.tr("At most {} pixels").format(side), side) for side in (4096, 2048, 1024, 512)]
        sizes += [(self.tr("Another size…"), 0)]
        known = options.longest in [side for _, side in sizes]
        self.size_box = self._choice("exportSize", sizes, options.longest if known else 0)
        self.size_box.setToolTip(self.tr("Length of the longer side; smaller portraits keep their size"))
        self.custom_size = QSpinBox()
        self.custom_size.setRange(16, 16_384)
        self.custom_size.setValue(options.longest or 1600)
        self.custom_size.setSuffix(self.tr(" px"))
        self.custom_size.setAccessibleName(self.tr("Pixels of the longer side"))
        self.quality = QSlider(Qt.Orientation.Horizontal)
        self.quality.setObjectName("exportQuality")
        self.quality.setRange(40, 100)
        self.quality.setValue(options.quality)
        self.quality.setAccessibleName(self.tr("Quality"))
        self.quality.setToolTip(self.tr("Higher keeps more detail but makes larger files"))
        self._quality_value = label("", "hint")
        self._quality_value.setMinimumWidth(28)
        profiles = (
            (self.tr("sRGB (works everywhere)"), "srgb"),
            (self.tr("Display P3"), "display-p3"),
            (self.tr("Adobe RGB compatible"), "adobe-rgb"),
            (self.tr("No profile"), None),
        )
        self.profile_box = self._choice("exportProfile", profiles, options.profile)
        self.profile_box.setToolTip(self.tr("Colours look the same in each; choose what your other software expects"))
        self.prompt_box = QCheckBox(self.tr("Include the &prompt"))
        self.prompt_box.setObjectName("exportPrompt")
        self.prompt_box.setChecked(options.keep_prompt)
        self.prompt_box.setToolTip(
            self.tr("Anyone with the file can read the prompt and settings; drop it here to restore them")
        )
        self.label_box = QCheckBox(self.tr("&Mark as made with AI"))
        self.label_box.setObjectName("exportLabel")
        self.label_box.setChecked(options.ai_label)
        self.label_box.setToolTip(
            self.tr("Writes the IPTC digital source type, which other programs and websites read")
        )
        self.notes_box = QCheckBox(self.tr("Include &stars and keywords"))
        self.notes_box.setObjectName("exportNotes")
        self.notes_box.setChecked(options.keep_notes)
        self.notes_box.setToolTip(self.tr("As other photo programs read them (xmp:Rating and dc:subject)"))
        self.name = QLineEdit(self._session.settings.export_name)
        self.name.setObjectName("exportName")
        self.name.setAccessibleName(self.tr("File name"))
        self.name.setMaxLength(TEMPLATE_CHARACTERS)
        self._name_preview = label("", "hint", wrap=True)
        self._name_preview.setObjectName("exportNamePreview")
        insert = tool("add", self.tr("Insert a detail of the portrait"), name="exportInsert")
        insert.setPopupMode(insert.ToolButtonPopupMode.InstantPopup)
        insert.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        insert.setMenu(self._fields_menu(insert))
        self._folder = QLineEdit(str(self._first_folder()))
        self._folder.setObjectName("exportFolder")
        self._folder.setAccessibleName(self.tr("Folder"))
        self._folder.setToolTip(self.tr("Existing files are never overwritten"))
        choose = button(self.tr("Choose…"), self._choose_folder, name="exportChoose", tip=self.tr("Choose a folder"))
        self.start_button = button(self.tr("&Export"), self.start, name="exportStart", kind="primary")
        self.start_button.setDefault(True)
        cancel = button(self.tr("Cancel"), self.reject, name="exportClose")
        for each in (choose, cancel):
            each.setAutoDefault(False)
        self.format_box.currentIndexChanged.connect(self._show_what_matters)
        self.name.textChanged.connect(self._show_what_matters)
        self.size_box.currentIndexChanged.connect(self._show_what_matters)
        self.quality.valueChanged.connect(self._show_what_matters)

        self._quality_row = QWidget()
        quality_name = label(self.tr("&Quality"), "hint")
        quality_name.setBuddy(self.quality)
        quality = row(quality_name, self.quality, self._quality_value)
        quality.setStretch(1, 1)
        self._quality_row.setLayout(quality)
        form = QGridLayout()
        form.setHorizontalSpacing(SPACE * 2)
        form.setVerticalSpacing(SPACE * 3 // 2)
        form.setColumnStretch(1, 1)
        lines = (
            (label(self.tr("Format")), self._beside(self.format_box, self._quality_row)),
            (label(self.tr("Size")), self._beside(self.size_box, self.custom_size)),
            (label(self.tr("Colour space")), self.profile_box),
            (label(self.tr("File name")), self._beside(self.name, insert)),
            (label(""), self._name_preview),
            (label(self.tr("Folder")), self._beside(self._folder, choose)),
        )
        for number, (name, field) in enumerate(lines):
            form.addWidget(name, number, 0)
            form.addWidget(field, number, 1)
            name.setBuddy(field)
        ends = row()
        ends.addStretch()
        ends.addWidget(cancel)
        ends.addWidget(self.start_button)
        page = QWidget()
        page.setLayout(column(form, column(self.prompt_box, self.notes_box, self.label_box), ends, space=SPACE * 2))
        return page

    def _fields_menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        words = {
            "person": self.tr("Person"),
            "date": self.tr("Date"),
            "prompt": self.tr("Prompt"),
            "seed": self.tr("Seed"),
            "stars": self.tr("Stars"),
            "n": self.tr("Number"),
        }
        for field, text in words.items():
            menu.addAction(f"{text}\t{{{field}}}", partial(self.name.insert, f"{{{field}}}"))
        return menu

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

    def _choice(self, name: str, choices: Sequence[tuple[str, object]], chosen: object) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setMinimumWidth(_FIELD)
        for text, value in choices:
            box.addItem(text, value)
        box.setCurrentIndex([value for _, value in choices].index(chosen))
        return box

    def _beside(self, first: QWidget, second: QWidget) -> QWidget:
        made = QWidget()
        layout = row(first, second)
        layout.setStretch(0, 1)
        made.setLayout(layout)
        return made

    def _first_folder(self) -> Path:
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        return self._session.settings.export_folder or Path(pictures or Path.home())

    @Slot()
    def _show_what_matters(self) -> None:
        lossy = self.format_box.currentData() in ("jpeg", "webp")
        self._quality_row.setVisible(lossy)
        self._quality_value.setText(str(self.quality.value()))
        self.custom_size.setVisible(self.size_box.currentData() == 0)
        try:
            ((_, name),) = self._named(self._portraits[:1])
        except UserError as error:
            self._show_name(str(error), whole=True)
        else:
            self._show_name(f"{name}{ENDINGS[self.format_box.currentData()]}")

    def _show_name(self, text: str, *, whole: bool = False) -> None:
        """A name, on one line, with all of it in the tooltip; or, ``whole``, what is wrong with the template."""
        preview = self._name_preview
        shown = preview.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, _PREVIEW)
        preview.setText(text if whole else shown)
        preview.setToolTip(plain_tip(text))
        preview.setAccessibleName(self.tr("For example: {}").format(text))

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"))
        remember(dialog, self._session.root, "exports")
        dialog.setDirectory(str(self.folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._folder.setText)
        dialog.finished.connect(dialog.deleteLater)
        self._folder_dialog = dialog
        dialog.open()

    @Slot()
    def _open_folder(self) -> None:
        try:
            show_path(self.folder)
        except UserError as error:
            self.notice.set_message(str(error))
            self.adjustSize()
            return
        self.accept()

    @Slot(int)
    def _show_done(self, done: int) -> None:
        if self._running:
            self.bar.setValue(done)
            self._said.setText(self.tr("{0} of {1} exported").format(done, len(self._portraits)))
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
        elif self._no_sharper:
            one = self.tr("One picture is larger, but no sharper than plain enlarging makes it.")
            many = self.tr("{} pictures are larger, but no sharper than plain enlarging makes them.")
            self.notice.set_message(counted(self._no_sharper, one, many), "warn")
        self._pages.removeWidget(self._asking)  # and what is left needs less room
        self._asking.hide()
        self._title.setText(said)
        self._said.setText(str(self.folder))
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
        if self._copies is not None:
            self._copies.cleanup()
            self._copies = None
        self.cancel_button.setEnabled(True)
