"""Who is compared: one person or a folder of people, and why their faces may be portrayed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QMenu, QStackedWidget, QWidget

from facea_desktop.comparison.comparison_store import Comparison, ComparisonStore, check_count
from facea_desktop.comparison.dataset import LONGEST_NAME
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Consent
from facea_desktop.ui.comparison.dataset_picker import DatasetPicker
from facea_desktop.ui.comparison.photo_drop import PhotoDrop
from facea_desktop.ui.drag_and_drop import dropped_files
from facea_desktop.ui.people.consent_picker import ConsentPicker
from facea_desktop.ui.people.subject_picker import SubjectPicker
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Flow, button, column, label, row


class ComparedPeople(QWidget):
    """Photos with a name, or a folder; woman or man; and the consent."""

    changed = Signal()
    refused = Signal(str)
    """Why photos or a folder cannot be used; empty where nothing stands against what is shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._make_parts()
        self._lay_out()
        self.photos.changed.connect(self._update)
        self.photos.refused.connect(self.refused)
        self.dataset.changed.connect(self._update)
        self.dataset.refused.connect(self._refuse_folder)
        self.name.textChanged.connect(self._update)
        self.subject.group.buttonToggled.connect(self._change_subject)
        self.consent.changed.connect(self._update)
        self._sources.buttonToggled.connect(self._change_source)

    @property
    def of_folder(self) -> bool:
        """Whether a folder of people is compared, not one person."""
        return self.one_folder.isChecked()

    def count(self) -> int:
        """How many people are compared."""
        return len(self.dataset.people) if self.of_folder else 1

    def take(self, dropped: QMimeData) -> None:
        """Take what is dropped: photos of one person, or a folder of people."""
        paths = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
        folders = [path for path in paths if path.is_dir() and any(inner.is_dir() for inner in path.iterdir())]
        if folders:
            self.use_folder(folders[0])
        else:
            self.one_person.setChecked(True)
            self.photos.add(dropped_files(dropped))

    def use_folder(self, folder: Path) -> None:
        """Look who is in a folder of people."""
        self.one_folder.setChecked(True)
        self.dataset.use(folder)

    def use_person(self, person: str) -> None:
        """Take the photos of somebody of the library, by id, with all that is known of them.

        Raises:
            UserError: they are not there any more, or cannot be read.
        """
        profile = self._session.library.get(person)
        folder = self._session.library.folder(person)
        self.one_person.setChecked(True)
        self.photos.clear()
        self.photos.add(folder / "references" / f"{reference.index}.png" for reference in profile.references)
        self.name.setText(profile.name[:LONGEST_NAME])
        self.subject.choose(profile.subject)
        self.use_consent(profile.consent)

    def use_consent(self, consent: Consent) -> None:
        """Answer why the face may be portrayed."""
        self.consent.show_consent(consent)
        self._update()

    def clear(self) -> None:
        """Forget one person's photos and name, and the consent."""
        self.photos.clear()
        self.name.clear()
        self.use_consent(Consent())

    def missing(self) -> str:
        """What is still to be answered, in one sentence; empty where nothing is."""
        if self.of_folder:
            if not self.dataset.people:
                return self.tr("Choose a folder that has one folder of photos per person.")
        else:
            if not self.photos.paths():
                return self.tr("Add photos of one person.")
            if not self.name.text().strip():
                return self.tr("Enter a name.")
            try:
                check_count(self.name.text().strip(), len(self.photos.paths()))
            except UserError as error:
                return str(error)
            if self.subject.subject is None:
                return self.tr("Choose woman or man.")
        consent = self.consent.consent
        if consent is None:
            return self.tr("Choose why this face may be portrayed.")
        return self.tr("The consent has ended; renew it on the person's page.") if consent.ended else ""

    def adding(self, store: ComparisonStore) -> Callable[[str, Sequence[str], int, str | None], Comparison]:
        """What copies the photos into a new comparison, to be called beside the window once nothing is missing.

        It takes the text of the prompts, the methods, how many pictures of each prompt, and the preset.
        """
        consent = self.consent.consent
        assert consent is not None
        if self.of_folder:
            folder = self.dataset.folder
            assert folder is not None
            return partial(store.add_folder, folder, self.dataset.people, consent=consent)
        subject = self.subject.subject
        assert subject is not None
        return partial(store.add_person, self.name.text().strip(), subject, self.photos.paths(), consent=consent)

    @Slot()
    def _update(self) -> None:
        self._subject_row.setVisible(not self.of_folder or self.dataset.lacks_subjects)
        self.changed.emit()

    @Slot()
    def _change_subject(self) -> None:
        self.dataset.set_subject(self.subject.subject)
        self._update()

    @Slot()
    def _change_source(self) -> None:
        self._whose.setCurrentIndex(1 if self.of_folder else 0)
        self.name.setVisible(not self.of_folder)
        one, many = self.tr("May this face be portrayed?"), self.tr("May these faces be portrayed?")
        self._may.setText(many if self.of_folder else one)
        self.refused.emit("")
        self._update()

    @Slot(str)
    def _refuse_folder(self, reason: str) -> None:
        if self.of_folder:
            self.refused.emit(reason)

    @Slot()
    def _list_people(self) -> None:
        self._people.clear()
        for person in self._session.people():
            if person.thumbnail is not None:  # there are photos
                self._people.addAction(
                    person.name.replace("&", "&&"),
                    partial(self._session.attempt, partial(self.use_person, person.id)),
                )
        if self._people.isEmpty():
            self._people.addAction(self.tr("No person with photos yet")).setEnabled(False)

    def _make_parts(self) -> None:
        self.photos = PhotoDrop(self._session)
        self.dataset = DatasetPicker(self._session)
        self.one_person = button(self.tr("One person"), kind="chip", tip=self.tr("Photos of one person"))
        self.one_folder = button(
            self.tr("A folder of people"), kind="chip", name="comparisonFolderChip", tip=self.tr("Several people")
        )
        self.from_library = button(
            self.tr("Someone in the &library"),
            name="comparisonFromLibrary",
            tip=self.tr("Use the photos of a person in your library"),
        )
        self._people = QMenu(self.from_library)
        self._people.aboutToShow.connect(self._list_people)
        self.from_library.setMenu(self._people)
        self._sources = QButtonGroup(self)
        for chip in (self.one_person, self.one_folder):
            chip.setCheckable(True)
            self._sources.addButton(chip)
        self.one_person.setChecked(True)
        self.name = QLineEdit()
        self.name.setObjectName("comparisonName")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setToolTip(self.tr("The name shown here"))
        self.name.setAccessibleName(self.tr("Name of the person"))
        self.subject = SubjectPicker()
        self.consent = ConsentPicker()

    def _lay_out(self) -> None:
        sources = Flow(SPACE)
        for one in (self.one_person, self.one_folder, self.from_library):
            sources.addWidget(one)
        self._whose = QStackedWidget()
        self._whose.addWidget(self.photos)
        self._whose.addWidget(self.dataset)
        who = row(self.name, self.subject, space=SPACE * 2)
        who.setStretch(0, 1)
        self._subject_row = QWidget()
        self._subject_row.setLayout(who)
        self._may = label(self.tr("May this face be portrayed?"), "heading")
        asked = column(self._may, self.consent, space=4)
        whole = column(sources, self._whose, self._subject_row, asked, space=SPACE * 3 // 2)
        whole.setStretch(1, 1)
        self.setLayout(whole)
