"""Choosing how long somebody is tuned, in words and in this machine's minutes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from facea_desktop.domain.requests import TuneRequest
from facea_desktop.models.catalogue import Family
from facea_desktop.ui.people.pace import seconds_a_step
from facea_desktop.ui.people.words import time_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import column, label

_INDENT = 22  # of what stands below a radio button's text


class PresetPicker(QWidget):
    """One of a family's presets, the family's own choice at first."""

    changed = Signal()

    def __init__(self, session: Session, family: Family, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._family = family
        self._buttons: dict[str, QRadioButton] = {}
        self._times: dict[str, QLabel] = {}
        self._group = QButtonGroup(self)
        rows = column(space=SPACE)
        for name in sorted(family.presets, key=lambda preset: family.presets[preset].steps):
            rows.addLayout(self._row(name))
        self._unmeasured = label(
            self.tr("The first tuning on this machine measures how long it takes."), "hint", wrap=True
        )
        rows.addWidget(self._unmeasured)
        self.setLayout(rows)
        self._buttons[family.preset].setChecked(True)
        self._group.buttonToggled.connect(self._toggled)
        self.refresh()

    @property
    def preset(self) -> str:
        """The name of the preset that is chosen."""
        return next(name for name, button in self._buttons.items() if button.isChecked())

    def choose(self, preset: str) -> None:
        """Choose a preset by its name."""
        self._buttons[preset].setChecked(True)

    @Slot()
    def refresh(self) -> None:
        """Estimate the times again."""
        jobs = [job for job in self._session.pool.jobs() if isinstance(job.request, TuneRequest) and job.state.ended]
        families = {person.id: person.family for person in self._session.people()} if jobs else {}
        measured = False
        for name, text in self._times.items():
            recipe = self._family.presets[name]
            pace = seconds_a_step(jobs, families, self._family.name, recipe)
            measured = measured or pace is not None
            text.setText("" if pace is None else self.tr("Takes {time}.").format(time=time_words(pace * recipe.steps)))
            text.setVisible(pace is not None)
        self._unmeasured.setVisible(not measured)

    def _row(self, name: str) -> QVBoxLayout:
        title, text = preset_words(name, self._family.presets[name].steps)
        button = QRadioButton(title)
        button.setObjectName(f"preset-{name}")
        button.setToolTip(text)
        button.setAccessibleDescription(text)
        self._group.addButton(button)
        time = label("", "hint", wrap=True)
        below = column(label(text, "hint", wrap=True), time, space=0)
        below.setContentsMargins(_INDENT, 0, 0, 0)
        self._buttons[name], self._times[name] = button, time
        return column(button, below, space=2)

    @Slot()
    def _toggled(self) -> None:
        self.changed.emit()


def preset_after(chosen: str, before: Family, now: Family) -> str:
    """The preset when another family takes the place of ``before``: what the user chose stays, a default gives way."""
    return chosen if chosen != before.preset and chosen in now.presets else now.preset


def preset_words(name: str, steps: int) -> tuple[str, str]:
    """What people call a preset, and what it is good for."""
    translate = QCoreApplication.translate
    known = {
        "quick": (translate("people", "Quick"), translate("people", "A first look. The likeness is rougher.")),
        "expression": (
            translate("people", "Expressions and styles"),
            translate("people", "Holds the face a little looser, so that it follows words and styles."),
        ),
        "portrait": (translate("people", "Portrait"), translate("people", "The full likeness, for portraits.")),
    }
    return known.get(name, (name.capitalize(), translate("people", "{steps} steps.").format(steps=steps)))
