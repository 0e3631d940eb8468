"""What enlarges pictures: an upscaler of the catalogue, or a file of the user's."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame

from facea_desktop.domain.errors import UserError
from facea_desktop.ui.catalogue_text import title_of
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.setting_widgets import setting
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import ComboBox, Notice, button, column, label, row


class UpscalerCard(QFrame):
    """The choice; a file of the user's stands in it while it is chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._dialog: QFileDialog | None = None
        self.setProperty("card", True)
        self.setObjectName("upscalerCard")
        self.box = ComboBox()
        self.box.setMinimumWidth(260)
        for model in session.models.catalogue.upscalers:
            self.box.addItem(title_of(model), model.name)
        self._shipped = self.box.count()
        own = button(
            self.tr("Use your own u&pscaler…"),
            self._ask_for_file,
            name="ownUpscaler",
            tip=self.tr("A .pth or .safetensors file already on this computer, such as Real-ESRGAN's"),
        )
        self.notice = Notice()
        hint = self.tr("Enlarges portraits in the gallery and on export. What enlarged a picture is written into it.")
        buttons = row(own)
        buttons.addStretch()
        self.setLayout(
            column(
                label(self.tr("Enlarging"), "heading"),
                setting(self.tr("Upscaler"), hint, self.box, "upscalerBox"),
                buttons,
                self.notice,
                margin=SPACE * 2,
                space=SPACE * 3 // 2,
            )
        )
        self.box.activated.connect(self._chosen)
        session.modelsChanged.connect(self._show)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Another program may have chosen."""
        super().showEvent(event)
        self._show()

    def use(self, name_or_path: str) -> None:
        """Use an upscaler of the catalogue, or a file."""
        self.notice.set_message("")
        self._session.start(self._use(name_or_path))

    @Slot()
    def _show(self) -> None:
        """What is chosen, and whether it is there."""
        try:
            chosen = self._session.models.chosen_upscaler
            while self.box.count() > self._shipped:
                self.box.removeItem(self._shipped)
            if self.box.findData(chosen) < 0:
                self.box.addItem(self.tr("Your own: {}").format(Path(chosen).name), chosen)
            self.box.setCurrentIndex(self.box.findData(chosen))
            self._session.models.upscaler()
            self.notice.set_message("")
        except UserError as error:
            self.notice.set_message(str(error))

    @Slot()
    def _chosen(self) -> None:
        self.use(self.box.currentData())

    @Slot()
    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Use your own upscaler"), "", self.tr("Upscalers (*.pth *.safetensors)"))
        remember(dialog, self._session.root, "weights")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.use)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    async def _use(self, name_or_path: str) -> None:
        try:
            await asyncio.to_thread(self._session.models.use_upscaler, name_or_path)
        except UserError as error:
            self._show()
            self.notice.set_message(str(error))
        else:
            self._session.modelsChanged.emit()
            self._session.noticed.emit(self.tr("{} is now in use.").format(self.box.currentText()))
