"""Why a face may be portrayed, and until when."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDateEdit, QRadioButton, QWidget

from facea_desktop.domain.people import Consent
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import column, row

_INDENT = 22
_A_YEAR = timedelta(days=365)


class ConsentPicker(QWidget):
    """Myself, with permission (until a day), or an invented person; nothing is chosen at first."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = {
            "self": QRadioButton(self.tr("It's &me")),
            "with permission": QRadioButton(self.tr("I have their &permission")),
            "invented person": QRadioButton(self.tr("An &invented person")),
        }
        self._group = QButtonGroup(self)
        for kind, one in self._kinds.items():
            one.setObjectName(f"consent-{kind.replace(' ', '-')}")
            self._group.addButton(one)
        self._kinds["with permission"].setToolTip(self.tr("The person agreed to portraits being made of them"))
        self._kinds["invented person"].setToolTip(self.tr("The photos do not show a real person"))
        self._ends = QCheckBox(self.tr("&until"))
        self._ends.setObjectName("consentEndsCheck")
        self._ends.setToolTip(self.tr("No portraits can be made after this day until the consent is renewed"))
        self._day = QDateEdit()
        self._day.setObjectName("consentDayEdit")
        self._day.setCalendarPopup(True)
        self._day.setDisplayFormat("d MMM yyyy")
        self._day.setAccessibleName(self.tr("Last day of the consent"))
        self._until = QWidget()
        line = row(self._ends, self._day)
        line.addStretch()
        line.setContentsMargins(_INDENT, 0, 0, 0)
        self._until.setLayout(line)
        rows = column(space=SPACE)
        for kind, one in self._kinds.items():
            rows.addWidget(one)
            if kind == "with permission":
                rows.addWidget(self._until)
        self.setLayout(rows)
        self.show_consent(Consent())
        self._group.buttonToggled.connect(self._changed)
        self._ends.toggled.connect(self._changed)
        self._day.dateChanged.connect(self._changed)

    @property
    def consent(self) -> Consent | None:
        """What is chosen, None before."""
        for kind, one in self._kinds.items():
            if one.isChecked():
                until = self._day.date().toPython() if kind == "with permission" and self._ends.isChecked() else None
                if (kind, until) == (self._shown.kind, self._shown.until):
                    return self._shown  # also that it was seen to have ended
                return Consent.model_validate({"kind": kind, "until": until})
        return None

    def show_consent(self, consent: Consent) -> None:
        """Show what was chosen earlier; that says no change."""
        self._shown = consent
        self.blockSignals(True)
        self._group.setExclusive(False)
        for kind, one in self._kinds.items():
            one.setChecked(kind == consent.kind)
        self._group.setExclusive(True)
        self._ends.setChecked(consent.until is not None)
        day = consent.until or date.today() + _A_YEAR
        self._day.setDate(QDate(day.year, day.month, day.day))
        self._update_actions()
        self.blockSignals(False)

    def _update_actions(self) -> None:
        self._until.setVisible(self._kinds["with permission"].isChecked())
        self._day.setEnabled(self._ends.isChecked())

    @Slot()
    def _changed(self) -> None:
        self._update_actions()
        self.changed.emit()
