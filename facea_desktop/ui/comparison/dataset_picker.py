"""A folder of people to compare, read as soon as it is chosen."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from facea_desktop.comparison.comparison_store import REFERENCES
from facea_desktop.comparison.dataset import DatasetPerson, read_dataset
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.formatting import counted
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import EmptyState, button, column, label

_LEFT_OUT_LINES = 3
"""About photos and people that are left out; the report has all."""


class DatasetPicker(QWidget):
    """A button that asks for the folder, and who is in it.

    Attributes:
        folder: None before one is chosen.
        people: those who can be compared; empty until the folder is read.
    """

    changed = Signal()
    refused = Signal(str)
    """Why the folder cannot be used; empty where nothing stands against it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._subject: Subject | None = None
        self.folder: Path | None = None
        self.people: list[DatasetPerson] = []
        self.dialog: QFileDialog | None = None
        choose = button(self.tr("Choose a &folder…"), self.choose, name="comparisonChooseFolder")
        text = self.tr(
            "It needs one folder of four or more photos per person, and a people.json that says who is a "
            'woman or a man: {"anna": "woman", "ben": "man"}.'
        )
        self._path, self._found = label("", "heading", wrap=True), label("", "hint", wrap=True)
        for one in (self._path, self._found):
            one.setMargin(0)
        whole = column(EmptyState("folder", self.tr("A folder of people"), text, choose), self._path, self._found)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    @property
    def lacks_subjects(self) -> bool:
        """Whether the folder does not say who is a woman or a man."""
        return self.folder is not None and not (self.folder / "people.json").exists()

    def set_subject(self, subject: Subject | None) -> None:
        """What everyone is in a folder that does not say it."""
        if subject != self._subject:
            self._subject = subject
            if self.lacks_subjects:
                self._session.start(self._read())

    def use(self, folder: Path) -> None:
        """Read who is in this folder."""
        self.folder = folder
        self._session.start(self._read())

    def choose(self) -> None:
        """Ask for the folder."""
        dialog = QFileDialog(self, self.tr("Choose a folder of people"))
        remember(dialog, self._session.root, "folders of people")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._chosen)
        self.dialog = dialog
        dialog.open()

    @Slot(str)
    def _chosen(self, name: str) -> None:
        self.use(Path(name))

    async def _read(self) -> None:
        folder, subject = self.folder, self._subject_of_all()
        if folder is None:
            return
        self.people = []
        self._path.setText(str(folder))
        self._found.setText(self.tr("Checking the photos …"))
        self.changed.emit()
        try:
            people, left_out = await asyncio.to_thread(read_dataset, folder, REFERENCES, subject, None)
        except UserError as error:
            if (folder, subject) != (self.folder, self._subject_of_all()):
                return
            needs_subject = self.lacks_subjects and subject is None
            self._found.setText(self.tr("There is no people.json: choose woman or man for everyone.") * needs_subject)
            self.refused.emit("" if needs_subject else str(error))
            self.changed.emit()
            return
        if (folder, subject) != (self.folder, self._subject_of_all()):
            return
        self.refused.emit("")
        self.people = people
        held = sum(len(person.held_out) for person in people)
        count = counted(len(people), self.tr("1 person"), self.tr("{} people"))
        words = self.tr("{people}: three reference photos each, {held} held out.").format(people=count, held=held)
        self._found.setText("\n".join([words, *left_out[:_LEFT_OUT_LINES]]))
        self.changed.emit()

    def _subject_of_all(self) -> Subject | None:
        return self._subject if self.lacks_subjects else None
