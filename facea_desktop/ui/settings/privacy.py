"""The page for folders and privacy: where everything lies, what exports carry, and what deleting means."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QGridLayout, QLabel, QPushButton, QWidget

from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.outside import show_path
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.disk import DiskUse, measure
from facea_desktop.ui.settings.parts import Page, card, path_label
from facea_desktop.ui.settings.words import disk_words
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, row


class PrivacyPage(Page):
    """Folders, defaults of exporting, and plain words about privacy."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._dialog: QFileDialog | None = None
        self.setObjectName("privacyPage")
        self.set_heading(
            self.tr("Folders and privacy"),
            self.tr(
                "Nothing leaves this machine: photos, people, prompts and portraits stay in the data folder. The "
                "network is used only to fetch a model, after you have agreed to it."
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
            tip=self.tr("Show it in the file manager"),
        )
        head = row(column(label(self.tr("Data folder"), "heading"), path_label(root), space=2), show)
        head.setStretch(0, 1)
        move = label(
            self.tr(
                "To keep it elsewhere, close the program, move the folder, and start with FACEA_DATA_DIR set to the "
                "new place, or with --data-dir."
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
                ("people", self.tr("People, with their photos")),
                ("portraits", self.tr("Portraits")),
                ("evaluations", self.tr("Comparisons, with their photos")),
                ("models", self.tr("Fetched models")),
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
            tip=self.tr("Have no folder of its own for exports"),
        )
        where = row(column(label(self.tr("Folder for exports")), self._folder, space=2), self._forget, choose)
        where.setStretch(0, 1)
        self._prompts = QCheckBox(self.tr("Put prompt and settings into exported pictures"))
        self._prompts.setObjectName("promptsInExports")
        self._prompts.setToolTip(self.tr("Whoever has such a picture can read what it was made from, names included"))
        self._prompts.clicked.connect(lambda on: self._change(prompts_in_exports=on))
        self._label = QCheckBox(self.tr("Mark exported pictures as made with AI"))
        self._label.setObjectName("aiLabel")
        self._label.setToolTip(self.tr("The standard mark (IPTC digital source type) that sites and programs read"))
        self._label.clicked.connect(lambda on: self._change(ai_label=on))
        for box in (self._prompts, self._label):
            box.setAccessibleDescription(box.toolTip())
        hint = label(
            self.tr("Both can be changed for each export. Portraits in the data folder always keep their settings."),
            "hint",
            wrap=True,
        )
        return card(label(self.tr("Exports"), "heading"), where, self._label, self._prompts, hint)

    def _build_deleting(self) -> QFrame:
        return card(
            label(self.tr("What deleting means"), "heading"),
            self._sentence(
                self.tr(
                    "Deleting a person removes photos, masks, what was learned from them and every checkpoint. The "
                    "files are overwritten with zeros before they are removed. On a disk that writes in place, that "
                    "is the end of them."
                )
            ),
            self._sentence(
                self.tr(
                    "Comparisons on the page Likeness have copies of photos of their own. They are removed in the same "
                    "way when the comparison is deleted there."
                )
            ),
            self._sentence(
                self.tr(
                    "SSDs, copy-on-write file systems (Btrfs, APFS, ZFS), snapshots and backups may keep old copies "
                    "that no program can reach. There, only an encrypted disk keeps them from being read."
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
        self._folder.setText(self.tr("Each export asks where.") if folder is None else str(folder))
        self._folder.setEnabled(folder is not None)
        self._forget.setVisible(folder is not None)

    async def _measure(self) -> None:
        found: DiskUse = await asyncio.to_thread(measure, self._session.root)
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
