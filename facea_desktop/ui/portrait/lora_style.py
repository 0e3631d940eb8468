"""Styles with a LoRA: the question that makes one of a file, and how strong it is in a portrait."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.plain_text import one_line
from facea_desktop.domain.requests import StyleLora
from facea_desktop.domain.styles import AnyStyle, OwnStyle
from facea_desktop.library.own_styles import OwnStyles
from facea_desktop.ui.dialogs import QuestionDialog
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import Notice, button, label, row

tr = QCoreApplication.translate
TITLE_CHARACTERS, WORD_CHARACTERS = 30, 200


class LoraStyleDialog(QuestionDialog):
    """Asks how a LoRA file is to be called as a style, for words that it needs, and for its strength."""

    added = Signal(object, tuple)
    """The OwnStyle, and what of the file is not used, a line each."""

    def __init__(self, session: Session, store: OwnStyles, file: Path, parent: QWidget) -> None:
        super().__init__("loraStyleDialog", parent)
        self._session, self._store, self._file = session, store, file
        self.ask(self.tr("Add a LoRA as a style"))
        self.title = self._line(self.tr("Name"), "loraTitleEdit", TITLE_CHARACTERS)
        self.title.setText(one_line(file.stem)[:TITLE_CHARACTERS])
        self.words = self._line(self.tr("Words it needs in the prompt, if any"), "loraWordsEdit", WORD_CHARACTERS)
        self.strength = _strength_field("loraStrengthEdit")
        self.rows.addWidget(self.title)
        self.rows.addWidget(self.words)
        strength = row(label(self.tr("Strength"), "hint"), self.strength)
        strength.addStretch()
        self.rows.addLayout(strength)
        hint = self.tr("For scenes by Stable Diffusion XL. The file is copied; the strength can be changed later.")
        self.rows.addWidget(label(hint, "hint", wrap=True))
        self._notice = Notice()
        self.rows.addWidget(self._notice)
        self._add = button(self.tr("Add"), self._start, name="addLoraButton", kind="primary")
        self._add.setDefault(True)
        self.finish_with(self._add)
        self.title.textChanged.connect(lambda text: self._add.setEnabled(bool(text.strip())))
        self.title.selectAll()

    def _line(self, title: str, name: str, most: int) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setMaxLength(most)
        field.setPlaceholderText(title)
        field.setAccessibleName(title)
        return field

    @Slot()
    def _start(self) -> None:
        self._add.setEnabled(False)
        self._session.start(self._keep())

    async def _keep(self) -> None:
        words, strength = self.words.text(), round(self.strength.value(), 2)
        try:
            style, warnings = await asyncio.to_thread(
                lambda: self._store.add_lora(self.title.text(), self._file, words=words, strength=strength)
            )
        except UserError as error:
            self._notice.set_message(str(error))
            self._add.setEnabled(True)
        else:
            self.added.emit(style, warnings)
            self.accept()


class LoraStrength(QWidget):
    """How strong the LoRA of the chosen style is in the next portraits; to be seen only where the style has one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lora: StyleLora | None = None
        self.field = _strength_field("styleStrengthEdit")
        line = row(label(self.tr("Strength of the style"), "hint"), self.field)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.hide()
        self.field.valueChanged.connect(self.changed)

    @property
    def lora(self) -> StyleLora | None:
        """What scenes are painted with."""
        return self._lora and self._lora.model_copy(update={"strength": round(self.field.value(), 2)})

    def follow(self, style: AnyStyle | None) -> None:
        """Take the style's LoRA at the strength that it has by itself; one that was here keeps the present one."""
        lora = style.lora if isinstance(style, OwnStyle) else None
        before, self._lora = self._lora, lora
        if lora is not None and (before is None or before.sha256 != lora.sha256):
            self.field.setValue(lora.strength)
        self.setVisible(lora is not None)


def _strength_field(name: str) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setObjectName(name)
    field.setRange(0, 2)
    field.setSingleStep(0.05)
    field.setValue(1)
    field.setAccessibleName(tr("LoraStrength", "Strength of the style"))
    field.setToolTip(tr("LoraStrength", "1 as it was trained, 0 not at all"))
    field.lineEdit().setTextMargins(4, 0, 0, 0)  # the theme's padding does not reach the text of a spin box
    return field
