"""How a person looks: a sentence, and below it what corrects it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import APPEARANCE_VALUES, Appearance
from facea_desktop.ui.people.appearance_text import appearance_line, group_title, value_title
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import ComboBox, Section, button, column, label


class AppearancePicker(QWidget):
    """Shows an appearance, and takes corrections.

    Args:
        unknown: what it says while nothing is known.
    """

    changed = Signal()
    """By the user's hand."""
    readWanted = Signal()
    """The photos are to be read."""

    def __init__(self, unknown: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unknown = unknown
        self._subject: Subject | None = None
        self._touched: set[str] = set()
        self._reading: Appearance | None = None
        self.line = label("", wrap=True)
        self.line.setObjectName("looksLine")
        self.read = button(
            self.tr("Read from the photos"),
            self.readWanted.emit,
            name="readLooksButton",
            tip=self.tr("Detect hair, age, skin and glasses in the photos"),
        )
        self.read.hide()
        self.choices = {group: self._choice(group) for group in APPEARANCE_VALUES}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE * 2)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, (group, choice) in enumerate(self.choices.items()):
            title = label(group_title(group), "hint")
            title.setBuddy(choice)
            grid.addWidget(title, number, 0)
            grid.addWidget(choice, number, 1)
        fields = QWidget()
        fields.setLayout(grid)
        hint = label(self.tr("Scenes follow this unless the prompt says otherwise."), "hint", wrap=True)
        rows = column(self.line, hint, space=SPACE // 2)
        rows.addWidget(self.read, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(Section(self.tr("Correct"), fields, name="correctLooks"))
        self.setLayout(rows)
        self._tell()

    @property
    def appearance(self) -> Appearance:
        """What is chosen."""
        return Appearance.model_validate({group: choice.currentData() for group, choice in self.choices.items()})

    @property
    def said(self) -> Appearance | None:
        """What is chosen, None while neither the user nor the photos said anything."""
        return self.appearance if self._touched or self._reading is not None else None

    def show_appearance(self, appearance: Appearance, subject: Subject | None) -> None:
        """Show what is stored; that says no change."""
        self._touched.clear()
        self._reading, self._subject = None, subject
        self._put(appearance)

    def show_reading(self, reading: Appearance | None) -> None:
        """Show what the photos say, beside what the user corrected; None forgets what they said before."""
        self._reading = reading
        self._follow()

    def set_subject(self, subject: Subject | None) -> None:
        """Of a woman's photos it is not taken over that there is no beard, or one."""
        self._subject = subject
        self._follow()

    def _follow(self) -> None:
        known = self._reading or Appearance()
        if self._subject is Subject.WOMAN:
            known = known.model_copy(update={"beard": None})
        own = {group: choice.currentData() for group, choice in self.choices.items() if group in self._touched}
        self._put(known.model_copy(update=own))

    def _put(self, appearance: Appearance) -> None:
        for group, choice in self.choices.items():
            choice.blockSignals(True)
            choice.setCurrentIndex(max(choice.findData(getattr(appearance, group)), 0))
            choice.blockSignals(False)
        self._tell()

    def _choice(self, group: str) -> QComboBox:
        choice = ComboBox()
        choice.setObjectName(f"looks-{group.replace('_', '-')}")
        choice.setAccessibleName(group_title(group))
        choice.addItem(self.tr("not specified"), None)
        for value in APPEARANCE_VALUES[group]:
            choice.addItem(value_title(group, value), value)
        choice.currentIndexChanged.connect(partial(self._changed, group))
        return choice

    def _tell(self) -> None:
        bald = self.choices["hair_length"].currentData() == "bald"
        for group in ("hair_texture", "hair_colour"):
            self.choices[group].setEnabled(not bald)
        self.line.setText(appearance_line(self.appearance, self._subject) or self._unknown)

    @Slot()
    def _changed(self, group: str, _index: int) -> None:
        self._touched.add(group)
        self._tell()
        self.changed.emit()
