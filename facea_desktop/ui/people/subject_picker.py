"""The word that stands for a person in prompts, chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from facea_desktop.domain.faces import Subject
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import row


class SubjectPicker(QWidget):
    """Man or woman; neither is chosen at first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = QButtonGroup(self)
        words = {Subject.WOMAN: self.tr("&Woman"), Subject.MAN: self.tr("&Man")}
        self._buttons = {subject: QRadioButton(text) for subject, text in words.items()}
        line = row(*self._buttons.values(), space=SPACE * 2)
        line.addStretch()
        self.setLayout(line)
        for subject, one in self._buttons.items():
            one.setObjectName(f"subject-{subject}")
            one.setToolTip(self.tr("The word that stands for the person in prompts"))
            self.group.addButton(one)

    @property
    def subject(self) -> Subject | None:
        """What is chosen, None before."""
        return next((subject for subject, one in self._buttons.items() if one.isChecked()), None)

    def choose(self, subject: Subject | None) -> None:
        """Choose, or clear the choice."""
        self.group.setExclusive(False)
        for one, made in self._buttons.items():
            made.setChecked(one == subject)
        self.group.setExclusive(True)
