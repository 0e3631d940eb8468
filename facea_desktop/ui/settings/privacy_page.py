"""The page for folders and privacy: where everything lies, what exports carry, and what deleting means."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QGridLayout, QLabel, QPushButton, QWidget

from facea_desktop.ui.desktop_services import show_path
from facea_desktop.ui.destinations import ShowBin
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.formatting import disk_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.disk_usage import DiskUsage, measure
from facea_desktop.ui.settings.setting_widgets import SettingsSubpage, card, path_label, setting
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import ComboBox, button, column, label, row


class PrivacyPage(SettingsSubpage):
    """Folders, defaults of exporting, and plain words about privacy."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._dialog: QFileDialog | None = None
        self.setObjectName("privacyPage")
        self.set_heading(
            self.tr("Folders and privacy"),
            self.tr(
                "Nothing leaves this computer: photos, people, prompts and portraits stay in the data folder. The "
                "network is used only to download models or PyTorch and to check for updates, each only when you "
                "ask for it."
            ),
        )
        for one in (self._build_data(), self._build_exports(), self._build_deleting()):
            self.body.addWidget(one)
        self._show_settings()
        session.settingsChanged.connect(self._show_settings)

    def showEvent(self, event: QShowEvent) -> None:
        """Add up what is on the disk."""
        super().showEvent(event)
        self._session.start(self._measure())

    def _build_data(self) -> QFrame:
        root = self._session.root
        show = button(
            self.tr("Open the &folder"),
            lambda: self._session.attempt(lambda: show_path(root)),
            name="openDataFolder",
            tip=self.tr("Show in the file manager"),
        )
        head = row(column(label(self.tr("Data folder"), "heading"), path_label(root), space=2), show)
        head.setStretch(0, 1)
        move = label(
            self.tr(
                "To move it, close the program, move the folder, and start with --data-dir or FACEA_DATA_DIR set "
                "to the new location."
            ),
            "hint",
            wrap=True,
        )
        sizes = QGridLayout()
        sizes.setContentsMargins(0, 0, 0, 0)
        sizes.setHorizontalSpacing(SPACE * 3)
        sizes.setVerticalSpacing(SPACE // 2)
        self._sizes: dict[str, QLabel] = {}
        for line, (key, text) in enumerate(
            (
                ("people", self.tr("People, with photos")),
                ("portraits", self.tr("Portraits")),
                ("evaluations", self.tr("Comparisons, with photos")),
                ("bin", self.tr("Bin")),
                ("models", self.tr("Downloaded models")),
                ("rest", self.tr("Jobs, log and index")),
                ("free", self.tr("Free on the disk")),
            )
        ):
            self._sizes[key] = label("…", "hint")
            self._sizes[key].setObjectName(f"size-{key}")
            sizes.addWidget(label(text, "hint"), line, 0)
            sizes.addWidget(self._sizes[key], line, 1)
        sizes.setColumnStretch(2, 1)
        return card(head, sizes, move)

    def _build_exports(self) -> QFrame:
        self._folder = path_label("")
        choose = button(
            self.tr("&Choose…"), self._ask_for_folder, name="chooseExportFolder", tip=self.tr("Choose another folder")
        )
        self._forget: QPushButton = button(
            self.tr("Ask &each time"),
            lambda: self._change(export_folder=None),
            kind="flat",
            tip=self.tr("Do not use a fixed folder for exports"),
        )
        where = row(column(label(self.tr("Folder for exports")), self._folder, space=2), self._forget, choose)
        where.setStretch(0, 1)
        self._prompts = QCheckBox(self.tr("Include prompt and settings in exported pictures"))
        self._prompts.setObjectName("promptsInExports")
        self._prompts.setToolTip(self.tr("Anyone with such a picture can read how it was made, including names"))
        self._prompts.clicked.connect(lambda on: self._change(prompts_in_exports=on))
        self._label = QCheckBox(self.tr("Mark exported pictures as made with AI"))
        self._label.setObjectName("aiLabel")
        self._label.setToolTip(self.tr("The standard label (IPTC digital source type) that websites and programs read"))
        self._label.clicked.connect(lambda on: self._change(ai_label=on))
        for box in (self._prompts, self._label):
            box.setAccessibleDescription(box.toolTip())
        hint = label(
            self.tr("You can change both for each export. Portraits in the data folder always keep their settings."),
            "hint",
            wrap=True,
        )
        return card(label(self.tr("Exports"), "heading"), where, self._label, self._prompts, hint)

    def _build_deleting(self) -> QFrame:
        self._empty_after = ComboBox()
        for days, text in (
            (7, self.tr("After 7 days")),
            (30, self.tr("After 30 days")),
            (90, self.tr("After 90 days")),
            (None, self.tr("Never")),
        ):
            self._empty_after.addItem(text, days)
        self._empty_after.activated.connect(lambda _: self._change(empty_bin_after=self._empty_after.currentData()))
        self._empty_after.activated.connect(lambda _: self._session.binChanged.emit())
        empties = setting(
            self.tr("Empty the bin by itself"),
            self.tr("When the program starts, it erases what has been in the bin for longer."),
            self._empty_after,
            "emptyBinAfter",
        )
        open_bin = button(self.tr("Open the &bin"), lambda: self._session.go(ShowBin()), name="openBin")
        head = row(label(self.tr("What deleting means"), "heading"), open_bin)
        head.setStretch(0, 1)
        return card(
            head,
            self._sentence(
                self.tr(
                    "Deleted people and portraits first go to the bin. Until it is emptied they are still on this "
                    "disk, faces included. Shift+Del skips the bin."
                )
            ),
            empties,
            self._sentence(
                self.tr(
                    "Emptying the bin removes a person's photos, masks, tuned weights and all checkpoints. Files are "
                    "overwritten with zeros before they are removed. On a disk that writes in place, they cannot be "
                    "recovered."
                )
            ),
            self._sentence(
                self.tr(
                    "Comparisons keep their own copies of photos. Deleting a comparison removes them in the same way."
                )
            ),
            self._sentence(
                self.tr(
                    "SSDs, copy-on-write file systems (Btrfs, APFS, ZFS), snapshots and backups may keep old copies "
                    "that no program can erase. Only disk encryption protects these."
                )
            ),
        )

    def _sentence(self, text: str) -> QWidget:
        return label(text, "hint", wrap=True)

    @Slot()
    def _show_settings(self) -> None:
        settings = self._session.settings
        self._prompts.setChecked(settings.prompts_in_exports)
        self._label.setChecked(settings.ai_label)
        folder = settings.export_folder
        self._folder.setText(self.tr("Each export asks for a folder.") if folder is None else str(folder))
        self._folder.setEnabled(folder is not None)
        self._forget.setVisible(folder is not None)
        self._empty_after.setCurrentIndex(self._empty_after.findData(settings.empty_bin_after))

    async def _measure(self) -> None:
        found: DiskUsage = await asyncio.to_thread(measure, self._session.root)
        for key, shown in self._sizes.items():
            shown.setText(disk_words(getattr(found, key)))

    def _ask_for_folder(self) -> None:
        self._dialog = QFileDialog(self, self.tr("Folder for exports"))
        remember(self._dialog, self._session.root, "exports")
        if self._session.settings.export_folder is not None:
            self._dialog.setDirectory(str(self._session.settings.export_folder))
        self._dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        self._dialog.fileSelected.connect(self._folder_chosen)
        self._dialog.open()

    @Slot(str)
    def _folder_chosen(self, folder: str) -> None:
        self._change(export_folder=Path(folder))

    def _change(self, **changes: object) -> None:
        self._session.change_settings(**changes)
