"""Questions that are asked before people are tuned, deleted or read from a LoRA; none of them blocks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import NAME_CHARACTERS, Profile
from facea_desktop.domain.permissions import further_tuning_refusal
from facea_desktop.domain.requests import ImportRequest
from facea_desktop.library.person_names import checked_name
from facea_desktop.models.catalogue import Family
from facea_desktop.ui.dialogs import QuestionDialog
from facea_desktop.ui.formatting import number, sentence_case
from facea_desktop.ui.people.preset_picker import PresetPicker
from facea_desktop.ui.people.subject_picker import SubjectPicker
from facea_desktop.ui.people_status import PersonStatus
from facea_desktop.ui.person_text import stopped_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Notice, button, column, label


class DeleteDialog(QuestionDialog):
    """Asks before people are permanently deleted, and says what is deleted with them."""

    def __init__(self, names: Sequence[str], portraits: int, parent: QWidget | None = None) -> None:
        super().__init__("deleteDialog", parent)
        one = len(names) == 1
        who = names[0] if one else self.tr("{count} people").format(count=len(names))
        self.ask(self.tr("Permanently delete {who}?").format(who=who))
        if not one:
            self.rows.addWidget(label(", ".join(names), wrap=True))
        what = self.tr(
            "The photos, masks, tuned weights and all checkpoints are overwritten and removed. This cannot be undone."
        )
        self.rows.addWidget(label(what, wrap=True))
        self._portraits = QCheckBox(self._portrait_words(portraits, one=one))
        self._portraits.setObjectName("deletePortraitsCheck")
        self._portraits.setToolTip(self.tr("Portraits you exported elsewhere are not affected."))
        self._portraits.setChecked(portraits > 0)
        self.rows.addWidget(self._portraits)
        self._portraits.setVisible(portraits > 0)  # only now that it has its parent, or it would be a window
        go = button(
            self.tr("Delete permanently"), self.accept, name="deleteForGoodButton", kind="danger", icon_name="delete"
        )
        go.setAutoDefault(False)  # Enter alone deletes nobody
        self.finish_with(go)

    @property
    def portraits(self) -> bool:
        """Whether the portraits go too."""
        return self._portraits.isChecked()

    def _portrait_words(self, count: int, *, one: bool) -> str:
        if count == 1:
            text = (
                self.tr("Also delete the portrait of this person")
                if one
                else self.tr("Also delete the portrait of them")
            )
        elif one:
            text = self.tr("Also delete the {count} portraits of this person")
        else:
            text = self.tr("Also delete the {count} portraits of them")
        return text.format(count=number(count))


class LoraDialog(QuestionDialog):
    """Asks who is in a LoRA, which does not say it."""

    def __init__(self, file: Path, parent: QWidget | None = None) -> None:
        super().__init__("loraDialog", parent)
        self.ask(self.tr("Who does {file} show?").format(file=file.name))
        self._file = file
        self.name = QLineEdit()
        self.name.setObjectName("loraNameEdit")
        self.name.setMaxLength(NAME_CHARACTERS)
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setText(file.stem.replace("_", " ")[:NAME_CHARACTERS])
        self.name.selectAll()
        self.subject = SubjectPicker()
        self._notice = Notice()
        hint = self.tr("LoRA files do not contain a name. Prompts use the word man or woman.")
        self.rows.addWidget(label(hint, "hint", wrap=True))
        self.rows.addLayout(column(self.name, self.subject, self._notice, space=SPACE))
        self._go = button(self.tr("Import"), self._check, name="loraImportButton", kind="primary")
        self.finish_with(self._go)
        self.subject.group.buttonToggled.connect(self._ready)
        self.name.textChanged.connect(self._ready)
        self._ready()

    def request(self) -> ImportRequest:
        """What was answered."""
        return ImportRequest(file=self._file, name=checked_name(self.name.text()), subject=self.subject.subject)

    @Slot()
    def _ready(self) -> None:
        self._go.setEnabled(bool(self.name.text().strip()) and self.subject.subject is not None)

    def _check(self) -> None:
        try:
            checked_name(self.name.text())
        except UserError as error:
            self._notice.set_message(str(error))
        else:
            self.accept()


class TuneDialog(QuestionDialog):
    """Asks how to tune a person, or whether to resume a stopped tuning."""

    def __init__(
        self, session: Session, profile: Profile, family: Family, status: PersonStatus, parent: QWidget | None = None
    ) -> None:
        super().__init__("tuneDialog", parent)
        self._family = family
        again = profile.state == "ready"
        self.ask((self.tr("Tune {name} again") if again else self.tr("Tune {name}")).format(name=profile.name))
        self.go_on = False
        self.picker = PresetPicker(session, family)
        self._further = QRadioButton(self.tr("Continue from the current tuning"))
        self._anew = QRadioButton(self.tr("Start over"))
        if again:
            text = self.tr("The current tuning is used until the new one is done. Then you choose the better one.")
            self.rows.addWidget(label(text, "hint", wrap=True))
        if further_tuning_refusal(profile) is None:
            self._further.setObjectName("tuneFurtherRadio")
            self._further.setToolTip(self.tr("Keep what was learned, and refine it with all photos"))
            self._anew.setObjectName("tuneAnewRadio")
            self._anew.setToolTip(self.tr("Forget what was learned, and learn from all photos anew"))
            (self._further if profile.new_photos else self._anew).setChecked(True)
            self._further.toggled.connect(self._suggest)
            how = QWidget()  # so that these two exclude one another alone
            how.setLayout(column(self._further, self._anew, space=SPACE))
            self.rows.addWidget(how)
            self._suggest()
        self.rows.addWidget(self.picker)
        buttons = []
        if status.stopped is not None:
            self.rows.addWidget(label(f"{sentence_case(stopped_words(status))}.", wrap=True))
            buttons.append(button(self.tr("Resume tuning"), self._resume, name="resumeTuningButton"))
        start = button(self.tr("Tune"), self.accept, name="startTuningButton", kind="primary")
        start.setDefault(True)
        self.finish_with(*buttons, start)

    @property
    def further(self) -> bool:
        """Whether the tuning is to start from the current one."""
        return self._further.isChecked()

    @Slot()
    def _suggest(self) -> None:
        """Going on takes the fewest steps; starting over what the family usually takes."""
        presets = self._family.presets
        least = min(presets, key=lambda name: presets[name].steps)
        self.picker.choose(least if self.further else self._family.preset)

    def _resume(self) -> None:
        self.go_on = True
        self.accept()
