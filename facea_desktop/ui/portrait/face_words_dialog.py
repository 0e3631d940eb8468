"""Asks what is to be said of one face of a picture alone."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from facea_desktop.domain.field_limits import longest
from facea_desktop.domain.requests import FaceAssignment
from facea_desktop.ui.dialogs import QuestionDialog
from facea_desktop.ui.widgets import button, label


class FaceWordsDialog(QuestionDialog):
    """A field for the words; empty ones leave the face to the prompt."""

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__("faceWordsDialog", parent)
        self.ask(self.tr("Words for {name}'s face").format(name=name))
        self.field = QLineEdit(words)
        self.field.setObjectName("faceWordsEdit")
        self.field.setMaxLength(longest(FaceAssignment, "words"))
        self.field.setPlaceholderText(self.tr("smiling, wearing sunglasses"))
        self.field.setAccessibleName(self.tr("Words for this face"))
        self.field.selectAll()
        hint = self.tr("They replace what the prompt says about faces. Leave it empty to follow the prompt.")
        self.rows.addWidget(label(hint, "hint", wrap=True))
        self.rows.addWidget(self.field)
        done = button(self.tr("Done"), self.accept, name="acceptFaceWords", kind="primary")
        done.setDefault(True)
        self.finish_with(done)
        self.field.setFocus()
