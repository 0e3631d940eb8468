"""How and where to portraits are exported, as a form."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QMenu,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)

from facea_desktop.domain.errors import UserError
from facea_desktop.library.export_names import TEMPLATE_CHARACTERS, export_name
from facea_desktop.library.portrait_export import ENDINGS, ExportOptions
from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.enlarge_menu import FACTORS
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, plain_tip, row, tool

_FIELD, _PREVIEW = 200, 290


class ExportOptionsForm(QWidget):
    """The options, and the name that the first portrait gets.

    Args:
        portraits: what is exported.
        options: what to begin with.
    """

    def __init__(
        self,
        session: Session,
        portraits: Sequence[PortraitSummary],
        options: ExportOptions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._portraits = list(portraits)
        self._folder_dialog: QFileDialog | None = None
        self._make_choices(options)
        self._make_switches(options)
        self._make_names()
        switches = column(self.prompt_box, self.notes_box, self.label_box)
        self.setLayout(column(self._lines(), switches, space=SPACE * 2))
        for changed in (
            self.format_box.currentIndexChanged,
            self.size_box.currentIndexChanged,
            self.quality.valueChanged,
            self.name.textChanged,
        ):
            changed.connect(self._show_what_matters)
        self._show_what_matters()

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
    def has_folder(self) -> bool:
        """Whether there is anything to export to."""
        return bool(self._folder.text().strip())

    @property
    def folder(self) -> Path:
        """Where to."""
        return Path.home() / Path(self._folder.text().strip()).expanduser()

    def names(self) -> list[str]:
        """The names, without ending, that the portraits get.

        Raises:
            UserError: the template cannot be used.
        """
        return self._names(len(self._portraits))

    def _names(self, first: int) -> list[str]:
        nobody, count, template = self.tr("Portrait"), len(self._portraits), self.name.text()
        shown = enumerate(self._portraits[:first], 1)
        return [export_name(template, one, place, count, nobody) for place, one in shown]

    def _make_choices(self, options: ExportOptions) -> None:
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
        self._quality_row = QWidget()
        quality_name = label(self.tr("&Quality"), "hint")
        quality_name.setBuddy(self.quality)
        quality = row(quality_name, self.quality, self._quality_value)
        quality.setStretch(1, 1)
        self._quality_row.setLayout(quality)
        profiles = (
            (self.tr("sRGB (works everywhere)"), "srgb"),
            (self.tr("Display P3"), "display-p3"),
            (self.tr("Adobe RGB compatible"), "adobe-rgb"),
            (self.tr("No profile"), None),
        )
        self.profile_box = self._choice("exportProfile", profiles, options.profile)
        self.profile_box.setToolTip(self.tr("Colours look the same in each; choose what your other software expects"))

    def _make_switches(self, options: ExportOptions) -> None:
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

    def _make_names(self) -> None:
        self.name = QLineEdit(self._session.settings.export_name)
        self.name.setObjectName("exportName")
        self.name.setAccessibleName(self.tr("File name"))
        self.name.setMaxLength(TEMPLATE_CHARACTERS)
        self._name_preview = label("", "hint", wrap=True)
        self._name_preview.setObjectName("exportNamePreview")
        self._folder = QLineEdit(str(self._first_folder()))
        self._folder.setObjectName("exportFolder")
        self._folder.setAccessibleName(self.tr("Folder"))
        self._folder.setToolTip(self.tr("Existing files are never overwritten"))

    def _lines(self) -> QGridLayout:
        choose = button(self.tr("Choose…"), self._choose_folder, name="exportChoose", tip=self.tr("Choose a folder"))
        choose.setAutoDefault(False)
        form = QGridLayout()
        form.setHorizontalSpacing(SPACE * 2)
        form.setVerticalSpacing(SPACE * 3 // 2)
        form.setColumnStretch(1, 1)
        lines = (
            (label(self.tr("Format")), self._beside(self.format_box, self._quality_row)),
            (label(self.tr("Size")), self._beside(self.size_box, self.custom_size)),
            (label(self.tr("Colour space")), self.profile_box),
            (label(self.tr("File name")), self._beside(self.name, self._insert_button())),
            (label(""), self._name_preview),
            (label(self.tr("Folder")), self._beside(self._folder, choose)),
        )
        for number, (name, field) in enumerate(lines):
            form.addWidget(name, number, 0)
            form.addWidget(field, number, 1)
            name.setBuddy(field)
        return form

    def _insert_button(self) -> QToolButton:
        insert = tool("add", self.tr("Insert a detail of the portrait"), name="exportInsert")
        insert.setPopupMode(insert.ToolButtonPopupMode.InstantPopup)
        insert.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(insert)
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
        insert.setMenu(menu)
        return insert

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
            (name,) = self._names(1)
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
