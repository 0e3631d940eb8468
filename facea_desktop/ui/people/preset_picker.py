"""Choosing a tuning preset, with the time it takes on this computer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from facea_desktop.models.catalogue import Family
from facea_desktop.ui.formatting import rough_duration
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.time_estimates import tuning_seconds
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
            self.tr("The time is known after the first tuning on this computer."), "hint", wrap=True
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
        measured = False
        for name, text in self._times.items():
            seconds = tuning_seconds(self._session, self._family.name, self._family.presets[name])
            measured = measured or seconds is not None
            text.setText("" if seconds is None else self.tr("Takes {time}.").format(time=rough_duration(seconds)))
            text.setVisible(seconds is not None)
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
    """A preset's title and description."""
    translate = QCoreApplication.translate
    known = {
        "quick": (translate("people", "Quick (rough)"), translate("people", "A first look, with a rough likeness.")),
        "expression": (
            translate("people", "Flexible"),
            translate("people", "Follows expressions and styles better, with a slightly looser likeness."),
        ),
        "portrait": (translate("people", "Best likeness"), translate("people", "The closest likeness, for portraits.")),
    }
    return known.get(name, (name.capitalize(), translate("people", "{steps} steps.").format(steps=steps)))
