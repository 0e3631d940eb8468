"""What splits prompts into scene and face: rules, a language model that is installed, or a server on this computer."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit

from facea_desktop.domain.errors import UserError
from facea_desktop.models.model_choices import RULES
from facea_desktop.ui.catalogue_text import title_of
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.setting_widgets import setting
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import ComboBox, Notice, button, column, label, row

SERVER = "server"
_EXAMPLE = "http://127.0.0.1:11434/v1"


class SplitterCard(QFrame):
    """The choice; a server is chosen once its address is confirmed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("card", True)
        self.setObjectName("splitterCard")
        self.box = ComboBox()
        self.box.setMinimumWidth(260)
        self.box.addItem(self.tr("Rules (built in)"), RULES)
        for model in session.models.catalogue.models.values():
            if model.kind == "language":
                self.box.addItem(title_of(model), model.name)
        self.box.addItem(self.tr("A server on this computer"), SERVER)
        self.address = QLineEdit()
        self.address.setObjectName("splitterAddress")
        self.address.setPlaceholderText(_EXAMPLE)
        self.address.setAccessibleName(self.tr("Address of the server"))
        self.confirm = button(
            self.tr("&Use this server"),
            self._use_server,
            name="splitterConfirm",
            tip=self.tr("Prompts are sent to this address only, and it must be on this computer"),
        )
        self.notice = Notice()
        hint = self.tr(
            "A language model's answer is used only if it keeps every word and agrees with the rules on the words they "
            "know; otherwise the rules split the prompt, and the job says so. Prompts never leave this computer."
        )
        self.setLayout(
            column(
                label(self.tr("Splitting prompts"), "heading"),
                setting(self.tr("Who decides what belongs to the face"), hint, self.box, "splitterBox"),
                row(self.address, self.confirm),
                self.notice,
                margin=SPACE * 2,
                space=SPACE * 3 // 2,
            )
        )
        self.box.activated.connect(self._chosen)
        self.address.returnPressed.connect(self._use_server)
        session.modelsChanged.connect(self._show)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Another program may have chosen."""
        super().showEvent(event)
        self._show()

    @Slot()
    def _show(self) -> None:
        """What is chosen."""
        try:
            chosen = self._session.models.splitter
        except UserError as error:
            self.notice.set_message(str(error))
            return
        at = self.box.findData(chosen)
        self.box.setCurrentIndex(at if at >= 0 else self.box.findData(SERVER))
        if at < 0:
            self.address.setText(chosen)
        self._show_address()

    def _show_address(self) -> None:
        server = self.box.currentData() == SERVER
        self.address.setVisible(server)
        self.confirm.setVisible(server)

    @Slot()
    def _chosen(self) -> None:
        self.notice.set_message("")
        self._show_address()
        if self.box.currentData() == SERVER:
            self.address.setFocus()
        else:
            self._session.start(self._use(self.box.currentData()))

    @Slot()
    def _use_server(self) -> None:
        self.notice.set_message("")
        self._session.start(self._use(self.address.text().strip() or _EXAMPLE))

    async def _use(self, which: str) -> None:
        try:
            await asyncio.to_thread(self._session.models.use_splitter, which)
        except UserError as error:
            if self.box.currentData() != SERVER:
                self._show()
            self.notice.set_message(str(error))
        else:
            self._session.modelsChanged.emit()
