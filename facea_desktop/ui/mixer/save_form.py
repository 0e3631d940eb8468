"""The form that saves a mix as a new person: a name, and how long to tune."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QSpinBox, QWidget

from facea_desktop.domain.field_limits import bounds, longest
from facea_desktop.domain.mix_requests import MixRequest
from facea_desktop.ui.mixer.mix import Mix
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, row

STEPS = 100
"""For each attribute (paper, manipulation at attribute level)."""


class MixSettings(QWidget):
    """Steps and seed, for those who want to."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = QSpinBox()
        self.steps.setObjectName("mixSteps")
        self.steps.setRange(*bounds(MixRequest, "steps"))
        self.steps.setSingleStep(10)
        self.steps.setValue(STEPS)
        self.steps.setToolTip(self.tr("Tuning steps per attribute when the mix is saved as a new person"))
        self.seed = QSpinBox()
        self.seed.setObjectName("mixSeed")
        self.seed.setRange(0, 2**31 - 1)
        self.seed.setToolTip(self.tr("The same seed gives the same preview"))
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(SPACE)
        form.addRow(self.tr("S&teps per attribute"), self.steps)
        form.addRow(self.tr("See&d"), self.seed)
        self.setLayout(form)
        for one in (self.steps, self.seed):
            one.setAccessibleDescription(one.toolTip())
            one.valueChanged.connect(self.changed)

    def reset(self) -> None:
        """Back to the paper's."""
        self.steps.setValue(STEPS)
        self.seed.setValue(0)


class SaveForm(QWidget):
    """Provenance, a name and the button that makes a person of it."""

    wanted = Signal(str)
    """Save the mix under this name."""
    jobWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggested = ""
        self._own_words = False  # the user wrote a name
        self.provenance = label("", "hint", wrap=True)
        self.provenance.setObjectName("mixProvenance")
        self.name = QLineEdit()
        self.name.setObjectName("mixName")
        self.name.setMaxLength(longest(MixRequest, "name"))
        self.name.setAccessibleName(self.tr("Name of the new person"))
        self.name.setToolTip(self.tr("Name of the new person"))
        self.name.textEdited.connect(self._edited)
        self.name.returnPressed.connect(self._want)
        self.stay_button = button(
            self.tr("&Save as a new person"),
            self._want,
            name="makeItStayButton",
            kind="primary",
            tip=self.tr("Tune the mix as a new person; the original people do not change"),
        )
        self.queued = label("", "hint", wrap=True)
        for words in (self.provenance, self.queued):
            words.setTextFormat(Qt.TextFormat.PlainText)  # people may be called anything
        self.job_button = button(
            self.tr("Show the job"),
            self.jobWanted.emit,
            name="showMixJobButton",
            kind="flat",
            tip=self.tr("Show it on the Jobs page"),
        )
        self._queued_line = QWidget()
        line = row(self.queued, self.job_button)
        line.setStretch(0, 1)
        self._queued_line.setLayout(line)
        self._queued_line.hide()
        naming = row(self.name, self.stay_button)
        naming.setStretch(0, 1)
        self.setLayout(column(self.provenance, naming, self._queued_line))

    def show_mix(self, mix: Mix, steps: int, *, possible: bool, why_not: str | None = None) -> None:
        """Say what it will be made of, or why it cannot be saved; suggest a name unless the user has written one."""
        self.provenance.setText(why_not if why_not is not None and mix.sources else mix.provenance(steps))
        self._suggested = mix.suggested_name()
        self.name.setPlaceholderText(self._suggested or self.tr("Name"))
        if not self._own_words:
            self.name.setText(self._suggested)
            self.name.setCursorPosition(0)
        self.name.setEnabled(possible)
        self.stay_button.setEnabled(possible)
        self._queued_line.hide()

    def show_queued(self, name: str) -> None:
        """It is on its way."""
        self._own_words = False
        self.queued.setText(self.tr("“{}” is queued.").format(name))
        self._queued_line.show()

    def reset(self) -> None:
        """Forget the name that was written."""
        self._own_words = False

    @Slot(str)
    def _edited(self, text: str) -> None:
        self._own_words = bool(text.strip())

    @Slot()
    def _want(self) -> None:
        name = self.name.text().strip() or self._suggested
        if name and self.stay_button.isEnabled():
            self.wanted.emit(name)
