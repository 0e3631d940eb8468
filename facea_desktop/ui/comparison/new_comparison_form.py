"""A new comparison: whose photos, which methods, which prompts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QWidget,
)

from facea_desktop.comparison.comparison_store import REFERENCES, Comparison, ComparisonStore, check_count
from facea_desktop.comparison.dataset import LONGEST_NAME, DatasetPerson, read_dataset
from facea_desktop.comparison.method import is_tuned
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Consent
from facea_desktop.resources import resource
from facea_desktop.ui.comparison.comparison_text import count_words
from facea_desktop.ui.comparison.method_picker import MethodPicker
from facea_desktop.ui.comparison.photo_drop import PhotoDrop
from facea_desktop.ui.drag_and_drop import dropped_files
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.formatting import counted, rough_duration
from facea_desktop.ui.people.consent_picker import ConsentPicker
from facea_desktop.ui.people.preset_picker import preset_after, preset_words
from facea_desktop.ui.people.subject_picker import SubjectPicker
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.time_estimates import tuning_seconds
from facea_desktop.ui.widgets import ComboBox, EmptyState, Flow, Notice, button, column, label, panel, row

_SIDE_PX, _ANY_PX = 328, 16_777_215
"""Of the methods beside the rest; and Qt's word for no limit."""
_MOST_SEEDS = 20
_SAID = 3
"""Lines about people that are left out; the report has all."""


class NewComparisonForm(QWidget):
    """Everything that is asked; what is typed stays until the comparison is in the queue."""

    made = Signal(object)
    """The Comparison, stored and not begun yet."""

    def __init__(self, session: Session, store: ComparisonStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._family = session.family
        self._store = store
        self._folder: Path | None = None
        self._dataset: list[DatasetPerson] = []
        self._busy = False
        self.dialog: QFileDialog | None = None
        self._make_parts()
        self._lay_out()
        self.photos.changed.connect(self._update_actions)
        self.photos.refused.connect(self.notice.set_message)
        self.methods.changed.connect(self._update_actions)
        self.prompts.textChanged.connect(self._update_actions)
        self.seeds.valueChanged.connect(self._update_actions)
        self.name.textChanged.connect(self._update_actions)
        self.preset.currentIndexChanged.connect(self._update_actions)
        self.subject.group.buttonToggled.connect(self._update_actions)
        self.consent.changed.connect(self._update_actions)
        self._sources.buttonToggled.connect(self._change_source)
        session.modelsChanged.connect(self._renew_models)
        self._update_actions()

    @property
    def of_folder(self) -> bool:
        """Whether a folder of people is compared, not one person."""
        return self.one_folder.isChecked()

    def fit_into(self, width: int) -> None:
        """Stand in this many pixels: where they are too few, the methods stand below the rest."""
        narrow = width < self._wide
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._side.setMinimumWidth(0 if narrow else _SIDE_PX)
        self._side.setMaximumWidth(_ANY_PX if narrow else _SIDE_PX)

    def take(self, dropped: QMimeData) -> None:
        """Take what is dropped: photos of one person, or a folder of people."""
        paths = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
        folders = [path for path in paths if path.is_dir() and any(inner.is_dir() for inner in path.iterdir())]
        if folders:
            self.use_folder(folders[0])
        else:
            self.one_person.setChecked(True)
            self.photos.add(dropped_files(dropped))

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
        self._update_actions()

    def use_folder(self, folder: Path) -> None:
        """Look who is in a folder of people."""
        self.one_folder.setChecked(True)
        self._folder = folder
        self._session.start(self._look_into_folder())

    def compare(self) -> None:
        """Copy the photos and hand over the comparison; what is wrong is said in place."""
        if self.go.isEnabled():
            self._session.start(self._compare())

    async def _look_into_folder(self) -> None:
        folder, subject = self._folder, self._subject_of_folder()
        if folder is None:
            return
        self._dataset = []
        self._folder_name.setText(str(folder))
        self._said.setText(self.tr("Checking the photos …"))
        self._update_actions()
        try:
            found, left_out = await asyncio.to_thread(read_dataset, folder, REFERENCES, subject, None)
        except UserError as error:
            needs_subject = self._lacks_subjects() and subject is None
            self._said.setText(self.tr("There is no people.json: choose woman or man for everyone.") * needs_subject)
            self._show_folder_trouble("" if needs_subject else str(error))
            self._update_actions()
            return
        if (folder, subject) != (self._folder, self._subject_of_folder()):
            return
        self._show_folder_trouble("")
        self._dataset = found
        held = sum(len(person.held_out) for person in found)
        count = counted(len(found), self.tr("1 person"), self.tr("{} people"))
        words = self.tr("{people}: three reference photos each, {held} held out.")
        self._said.setText("\n".join([words.format(people=count, held=held), *left_out[:_SAID]]))
        self._update_actions()

    async def _compare(self) -> None:
        self._busy = True
        self.notice.set_message("")
        self._update_actions()
        try:
            comparison = await asyncio.to_thread(self._adding())
        except UserError as error:
            self.notice.set_message(str(error))
            return
        finally:
            self._busy = False
            self._update_actions()
        self.photos.clear()
        self.name.clear()
        self.use_consent(Consent())
        self.made.emit(comparison)

    def _adding(self) -> Callable[[], Comparison]:
        """What sets up the comparison, to be called beside the window."""
        consent = self.consent.consent
        assert consent is not None
        asked = (
            *(self.prompts.toPlainText(), self.methods.methods(), self.seeds.value(), self.preset.currentData()),
            consent,
        )
        if self.of_folder:
            folder, dataset = self._folder, self._dataset
            assert folder is not None
            return lambda: self._store.add_folder(folder, dataset, *asked)
        subject, name, photos = self.subject.subject, self.name.text().strip(), self.photos.paths()
        assert subject is not None
        return lambda: self._store.add_person(name, subject, photos, *asked)

    @Slot()
    def _update_actions(self) -> None:
        """Say what will be made, or what is still missing."""
        people = len(self._dataset) if self.of_folder else 1
        count = count_words(people, self.methods.methods(), len(self._prompts()), self.seeds.value())
        missing = self._missing()
        self.count.setText(count if not missing or people else "")
        self._time.setText(self._time_words(people))
        self._time.setVisible(bool(self._time.text()))
        self._wanted.setText(missing)
        self._wanted.setVisible(bool(missing))
        self.go.setEnabled(not missing and not self._busy)
        self.go.setText(self.tr("Copying the photos …") if self._busy else self.tr("&Compare"))
        self._subject_row.setVisible(not self.of_folder or self._lacks_subjects())

    def _missing(self) -> str:
        """What is still to be answered, in one sentence."""
        models = self._session.models
        if models.missing(models.active_family()):
            return self.tr("The models in use are incomplete; download the rest on the Models page.")
        if self.of_folder:
            if not self._dataset:
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
        if consent.ended:
            return self.tr("The consent has ended; renew it on the person's page.")
        if not self.methods.methods():
            return self.tr("Choose a method.")
        return "" if self._prompts() else self.tr("Enter a prompt.")

    def _time_words(self, people: int) -> str:
        """How long the tunings take, where this machine has tuned somebody before."""
        family, tuned = self._session.family, people * sum(map(is_tuned, self.methods.methods()))
        recipe = family.presets.get(self.preset.currentData() or family.preset)
        if recipe is None or not tuned:
            return ""
        seconds = tuning_seconds(self._session, family.name, recipe)
        if seconds is None:
            return self.tr("The time is known after the first tuning on this computer.")
        return self.tr("Tuning alone takes {}.").format(rough_duration(seconds * tuned))

    def _prompts(self) -> list[str]:
        lines = (line.strip() for line in self.prompts.toPlainText().splitlines())
        return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))

    def _lacks_subjects(self) -> bool:
        return self._folder is not None and not (self._folder / "people.json").exists()

    def _subject_of_folder(self) -> Subject | None:
        """Of everyone in the folder; None where it says that itself."""
        return self.subject.subject if self._lacks_subjects() else None

    def _show_folder_trouble(self, text: str) -> None:
        if self.of_folder:
            self.notice.set_message(text)

    @Slot()
    def _change_source(self) -> None:
        self._whose.setCurrentIndex(1 if self.of_folder else 0)
        self.name.setVisible(not self.of_folder)
        one, many = self.tr("May this face be portrayed?"), self.tr("May these faces be portrayed?")
        self._may.setText(many if self.of_folder else one)
        self.notice.set_message("")
        self._update_actions()

    @Slot()
    def _subject_changed(self) -> None:
        if self._lacks_subjects():  # also while one person is shown: it is of the folder's people, too
            self._session.start(self._look_into_folder())

    @Slot()
    def _renew_models(self) -> None:
        self.methods.refresh()
        self._fill_presets()
        self._update_actions()

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

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder of people"))
        remember(dialog, self._session.root, "folders of people")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._folder_chosen)
        self.dialog = dialog
        dialog.open()

    @Slot(str)
    def _folder_chosen(self, name: str) -> None:
        self.use_folder(Path(name))

    def _fill_presets(self) -> None:
        """Offer the family's presets."""
        before, was = self._family, self.preset.currentData()
        family = self._family = self._session.family
        self.preset.clear()
        for name in sorted(family.presets, key=lambda one: family.presets[one].steps):
            steps = family.presets[name].steps
            self.preset.addItem(
                self.tr("{name}, {steps} steps").format(name=preset_words(name, steps)[0], steps=steps), name
            )
        self.preset.setCurrentIndex(self.preset.findData(preset_after(was, before, family)))

    # How it is put together

    def _make_parts(self) -> None:
        self.notice = Notice()
        self.photos = PhotoDrop(self._session)
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
        self.subject.group.buttonToggled.connect(self._subject_changed)
        self.consent = ConsentPicker()
        self.methods = MethodPicker(self._session.models)
        self.prompts = QPlainTextEdit()
        self.prompts.setObjectName("comparisonPrompts")
        self.prompts.setAccessibleName(self.tr("Prompts, one per line"))
        self.prompts.setTabChangesFocus(True)
        self.prompts.setPlainText(resource("evaluation", "prompts.txt").read_text(encoding="utf-8").strip())
        self.prompts.setFixedHeight(96)
        self.seeds = QSpinBox()
        self.seeds.setObjectName("comparisonSeeds")
        self.seeds.setRange(1, _MOST_SEEDS)
        self.seeds.setValue(2)
        self.seeds.setToolTip(self.tr("Pictures each method makes per prompt"))
        self.preset = ComboBox()
        self.preset.setObjectName("comparisonPreset")
        self.preset.setToolTip(self.tr("How long each method tunes"))
        self._fill_presets()
        self.count = label("", "heading", wrap=True)
        self.count.setObjectName("comparisonCount")
        self._time, self._wanted = label("", "hint", wrap=True), label("", "hint", wrap=True)
        self.go = button(
            self.tr("&Compare"),
            self.compare,
            name="compareButton",
            kind="primary",
            tip=self.tr("Queue the comparison; you can stop and resume it"),
        )

    def _lay_out(self) -> None:
        head = column(
            label(self.tr("Which method is most like you?"), "title"),
            label(
                self.tr(
                    "Each method gets three reference photos of a person. Its pictures are measured against photos "
                    "it has never seen."
                ),
                "hint",
                wrap=True,
            ),
            space=4,
        )
        sources = Flow(SPACE)
        for one in (self.one_person, self.one_folder, self.from_library):
            sources.addWidget(one)
        self._whose = QStackedWidget()
        self._whose.addWidget(self.photos)
        self._whose.addWidget(self._folder_side())
        who = row(self.name, self.subject, space=SPACE * 2)
        who.setStretch(0, 1)
        self._subject_row = QWidget()
        self._subject_row.setLayout(who)
        prompts = label(self.tr("P&rompts, one per line; {subject} becomes woman or man"), "hint", wrap=True)
        prompts.setBuddy(self.prompts)
        self._may = label(self.tr("May this face be portrayed?"), "heading")
        asked = column(self._may, self.consent, space=4)
        left = column(
            *(head, self.notice, sources, self._whose, self._subject_row, asked),
            space=SPACE * 3 // 2,
            margin=SPACE * 2,
        )
        left.setStretch(3, 1)
        left.addLayout(column(label(self.tr("Prompts and pictures"), "heading"), prompts, self.prompts, space=4))
        more = QFormLayout()
        more.setContentsMargins(0, 0, 0, 0)
        more.setHorizontalSpacing(SPACE * 2)
        more.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        more.addRow(self.tr("Pictures per prompt"), self.seeds)
        more.addRow(self.tr("Tuning"), self.preset)
        methods = QWidget()
        inner = column(self.methods, space=SPACE)
        inner.setContentsMargins(0, 0, SPACE + 4, 0)
        methods.setLayout(inner)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(methods)
        kept = self.tr("Copies of the photos and all pictures stay on this computer until you delete the comparison.")
        side = panel(
            label(self.tr("Methods"), "heading"),
            scroll,
            more,
            label(kept, "hint", wrap=True),
            self.count,
            self._time,
            self._wanted,
            self.go,
        )
        layout = side.layout()
        assert layout is not None
        layout.setSpacing(SPACE * 3 // 2)
        side.setFixedWidth(_SIDE_PX)
        self._side = side
        self._columns: QBoxLayout = row(space=0)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(side)
        self.setLayout(self._columns)
        self._wide = self._columns.minimumSize().width()

    def _folder_side(self) -> QWidget:
        choose = button(self.tr("Choose a &folder…"), self._choose_folder, name="comparisonChooseFolder")
        text = self.tr(
            "It needs one folder of four or more photos per person, and a people.json that says who is a "
            'woman or a man: {"anna": "woman", "ben": "man"}.'
        )
        self._folder_name, self._said = label("", "heading", wrap=True), label("", "hint", wrap=True)
        for one in (self._folder_name, self._said):
            one.setMargin(0)
        made = QWidget()
        whole = column(EmptyState("folder", self.tr("A folder of people"), text, choose), self._folder_name, self._said)
        whole.setStretch(0, 1)
        made.setLayout(whole)
        return made
