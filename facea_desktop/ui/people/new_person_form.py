"""The form for a new person, beside the photos."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import NAME_CHARACTERS, Appearance, Consent
from facea_desktop.ui.people.appearance_picker import AppearancePicker
from facea_desktop.ui.people.consent_picker import ConsentPicker
from facea_desktop.ui.people.preset_picker import PresetPicker, preset_after
from facea_desktop.ui.people.subject_picker import SubjectPicker
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import column, label, take_tab_order


@dataclass(frozen=True)
class NewPersonAnswers:
    """Everything the form asks.

    Attributes:
        appearance: None where none is given; enrolling then reads it.
    """

    name: str
    subject: Subject
    consent: Consent
    preset: str
    appearance: Appearance | None


class NewPersonForm(QScrollArea):
    """Name, subject, consent, appearance and tuning preset."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._family = session.family
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.name = QLineEdit()
        self.name.setObjectName("personNameEdit")
        self.name.setMaxLength(NAME_CHARACTERS)
        self.name.setToolTip(self.tr("The name shown in the library"))
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setPlaceholderText(self.tr("Name"))
        self.subject = SubjectPicker()
        self.consent = ConsentPicker()
        self.looks = AppearancePicker(self.tr("Read from the photos after they are checked."))
        self.preset = PresetPicker(session, self._family)
        name = label(self.tr("&Name"), "heading")
        name.setBuddy(self.name)
        kept = label(self._kept_words(), "hint", wrap=True)
        self._learn = column(label(self.tr("Tuning"), "heading"), self.preset, space=SPACE)
        rows = column(
            column(name, self.name, self.subject, space=SPACE),
            column(label(self.tr("Appearance"), "heading"), self.looks, space=SPACE),
            column(label(self.tr("May this face be portrayed?"), "heading"), self.consent, kept, space=SPACE),
            self._learn,
            space=SPACE * 3,
        )
        rows.setContentsMargins(0, 0, SPACE + 4, 0)
        rows.addStretch()
        inner = QWidget()
        inner.setLayout(rows)
        self.setWidget(inner)
        self.name.textChanged.connect(self._changed)
        self.subject.group.buttonToggled.connect(self._subject_chosen)
        self.consent.changed.connect(self.changed)
        session.modelsChanged.connect(self._renew_presets)

    def missing(self) -> list[str]:
        """What is still to be answered, in words."""
        wanted = []
        if not self.name.text().strip():
            wanted.append(self.tr("a name"))
        if self.subject.subject is None:
            wanted.append(self.tr("woman or man"))
        if self.consent.consent is None:
            wanted.append(self.tr("consent"))
        return wanted

    def answers(self) -> NewPersonAnswers | None:
        """Everything, None while something is missing."""
        subject, consent = self.subject.subject, self.consent.consent
        if self.missing() or subject is None or consent is None:
            return None
        return NewPersonAnswers(self.name.text().strip(), subject, consent, self.preset.preset, self.looks.said)

    def fill(self, name: str, subject: Subject, consent: Consent) -> None:
        """Answer for a sample person."""
        self.name.setText(name)
        self.subject.choose(subject)
        self.consent.show_consent(consent)
        self.changed.emit()

    def take_over(self, before: NewPersonForm) -> None:
        """Give the answers that another form has; the looks are read from the photos again."""
        self.name.setText(before.name.text())
        self.subject.choose(before.subject.subject)
        self.consent.show_consent(before.consent.consent or Consent())
        self.preset.choose(before.preset.preset)
        self.changed.emit()

    def clear(self) -> None:
        """Clear the form."""
        self.name.clear()
        self.subject.choose(None)
        self.consent.show_consent(Consent())
        self.looks.show_appearance(Appearance(), None)
        self.preset.choose(self._session.family.preset)
        self.changed.emit()

    def _kept_words(self) -> str:
        return self.tr(
            "The cropped faces, masks and tuned weights stay on this computer, in {folder}. Deleting the "
            "person removes them."
        ).format(folder=_short(self._session.root / "people"))

    @Slot()
    def _changed(self) -> None:
        self.changed.emit()

    @Slot()
    def _subject_chosen(self) -> None:
        self.looks.set_subject(self.subject.subject)
        self._changed()

    @Slot()
    def _renew_presets(self) -> None:
        """Another family has other presets."""
        before, self._family = self._family, self._session.family
        fresh = PresetPicker(self._session, self._family)
        fresh.choose(preset_after(self.preset.preset, before, self._family))
        self._learn.replaceWidget(self.preset, fresh)
        take_tab_order(self.preset, fresh)
        self.preset.deleteLater()
        self.preset = fresh


def _short(folder: Path) -> str:
    """A folder as people know it."""
    home = Path.home()
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
