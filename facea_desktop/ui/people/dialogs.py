"""Questions that are asked before people are tuned, deleted or read from a LoRA; none of them blocks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Losses
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import ImportRequest
from facea_desktop.library.store import checked_name
from facea_desktop.models.catalogue import Family
from facea_desktop.ui.icons import set_icon
from facea_desktop.ui.people.person_row import NAME_LENGTH
from facea_desktop.ui.people.presets import PresetPicker
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Notice, button, column, label, row
from facea_desktop.workers.jobs import Job

_WIDTH = 420


class QuestionDialog(QDialog):
    """A dialog of one column with its buttons below, the one that goes on at the right."""

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._title = label("", "title", wrap=True)
        self.rows = column(self._title, margin=SPACE * 3, space=SPACE * 2)
        self.setLayout(self.rows)

    def ask(self, title: str) -> None:
        """What is asked, above all and in the window's title."""
        self._title.setText(title)
        self.setWindowTitle(title)

    def finish_with(self, *buttons: QPushButton) -> None:
        """Put the buttons below; Cancel stands before them."""
        cancel = button(self.tr("Cancel"), self.reject, name="cancelButton")
        cancel.setAutoDefault(False)
        line: QHBoxLayout = row()
        line.addStretch()
        for one in (cancel, *buttons):
            line.addWidget(one)
        self.rows.addLayout(line)


class DeleteDialog(QuestionDialog):
    """Asks before people are deleted for good, and says what goes with them."""

    def __init__(self, names: Sequence[str], portraits: int, parent: QWidget | None = None) -> None:
        super().__init__("deleteDialog", parent)
        one = len(names) == 1
        who = names[0] if one else self.tr("{count} people").format(count=len(names))
        self.ask(self.tr("Delete {who} for good?").format(who=who))
        if not one:
            self.rows.addWidget(label(", ".join(names), wrap=True))
        what = self.tr(
            "The photos, the masks, what was tuned from them and every checkpoint are overwritten and removed. "
            "There is no undo."
        )
        self.rows.addWidget(label(what, wrap=True))
        self._portraits = QCheckBox(self._portrait_words(portraits, one=one))
        self._portraits.setObjectName("deletePortraitsCheck")
        self._portraits.setToolTip(self.tr("Portraits that you exported elsewhere stay where they are."))
        self._portraits.setChecked(portraits > 0)
        self.rows.addWidget(self._portraits)
        self._portraits.setVisible(portraits > 0)  # only now that it has its parent, or it would be a window
        go = button(self.tr("Delete for good"), self.accept, name="deleteForGoodButton", kind="danger")
        set_icon(go, "delete", "bad")
        go.setAutoDefault(False)  # Enter alone deletes nobody
        self.finish_with(go)

    @property
    def portraits(self) -> bool:
        """Whether the portraits go too."""
        return self._portraits.isChecked()

    def _portrait_words(self, count: int, *, one: bool) -> str:
        if count == 1:
            text = (
                self.tr("also the portrait made of this person") if one else self.tr("also the portrait made of them")
            )
        elif one:
            text = self.tr("also the {count} portraits made of this person")
        else:
            text = self.tr("also the {count} portraits made of them")
        return text.format(count=f"{count:,}")


class LoraDialog(QuestionDialog):
    """Asks who is in a LoRA, which does not say it."""

    def __init__(self, file: Path, parent: QWidget | None = None) -> None:
        super().__init__("loraDialog", parent)
        self.ask(self.tr("Who is in {file}?").format(file=file.name))
        self._file = file
        self.name = QLineEdit()
        self.name.setObjectName("loraNameEdit")
        self.name.setMaxLength(NAME_LENGTH)
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setText(file.stem.replace("_", " ")[:NAME_LENGTH])
        self.name.selectAll()
        self.subject = SubjectPicker()
        self._notice = Notice()
        hint = self.tr("A LoRA file holds no name. The word man or woman goes into the prompts.")
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
            self._notice.say(str(error))
        else:
            self.accept()


class TuneDialog(QuestionDialog):
    """Asks how somebody is to be tuned, or whether a tuning that stopped goes on."""

    def __init__(
        self, session: Session, profile: Profile, family: Family, stopped: Job | None, parent: QWidget | None = None
    ) -> None:
        super().__init__("tuneDialog", parent)
        again = profile.tuning is not None
        self.ask((self.tr("Tune {name} again") if again else self.tr("Tune {name}")).format(name=profile.name))
        self.go_on = False
        self.picker = PresetPicker(session, family)
        if again:
            text = self.tr("The present likeness is used until the new one is done; then it is replaced.")
            self.rows.addWidget(label(text, "hint", wrap=True))
        self.rows.addWidget(self.picker)
        buttons = []
        if stopped is not None:
            steps = [event.step for event in session.pool.history(stopped.id) if isinstance(event, Losses)]
            text = self.tr("The last tuning stopped before its end.")
            if steps:
                text = self.tr("The last tuning stopped after {step} steps.").format(step=f"{steps[-1]:,}")
            self.rows.addWidget(label(text, wrap=True))
            buttons.append(button(self.tr("Go on there"), self._resume, name="resumeTuningButton"))
        start = button(self.tr("Tune"), self.accept, name="startTuningButton", kind="primary")
        start.setDefault(True)
        self.finish_with(*buttons, start)

    def _resume(self) -> None:
        self.go_on = True
        self.accept()


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
