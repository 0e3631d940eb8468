"""The mixer's tab: parts of a face, or whole people."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QFrame, QStackedWidget, QWidget

from facea_desktop.ui.mixer.blend_panel import BlendPanel
from facea_desktop.ui.mixer.mixer_panel import MixerPanel
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, row


class MixerTab(QFrame):
    """Two ways to mix, of which one is shown."""

    def __init__(self, session: Session, parts: MixerPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.parts, self.whole = parts, BlendPanel(session)
        self._pages = QStackedWidget()
        for page in (self.parts, self.whole):
            self._pages.addWidget(page)
        self._group = QButtonGroup(self)
        chips = []
        for index, (text, name, tip) in enumerate(
            (
                (self.tr("Parts"), "mixParts", self.tr("Take eyes, nose or mouth from others")),
                (self.tr("Whole people"), "mixWhole", self.tr("Go from one person to another")),
            )
        ):
            chip = button(text, kind="chip", name=name, tip=tip)
            chip.setCheckable(True)
            self._group.addButton(chip, index)
            chips.append(chip)
        chips[0].setChecked(True)
        self._group.idClicked.connect(self._pages.setCurrentIndex)
        ways = row(*chips)
        ways.addStretch()
        ways.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE * 3 // 2, 0)
        self.setLayout(column(ways, self._pages, space=0))

    def show_parts(self) -> None:
        """Mix parts of a face."""
        self._group.button(0).click()
