"""Puts a person into the pictures of a folder: whose face is which is proposed, checked, and becomes one job."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.field_limits import longest
from facea_desktop.domain.outcomes import PeopleRecognised
from facea_desktop.domain.requests import BatchRequest, PortraitRequest, RecogniseRequest
from facea_desktop.domain.wildcards import trouble_with
from facea_desktop.library.photo_reader import photos_in, read_photo
from facea_desktop.library.wildcard_files import FOLDER, WildcardFiles
from facea_desktop.ui.batch.face_card import PICTURE, FaceCard
from facea_desktop.ui.destinations import ShowJobs
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.job_text import job_title
from facea_desktop.ui.person_text import first_sight_note
from facea_desktop.ui.qimages import as_qimage
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.time_estimates import PortraitTimes
from facea_desktop.ui.widgets import ComboBox, Flow, Notice, button, column, label, row, screen_room, scrolling

_MOST = longest(BatchRequest, "items")


class FolderDialog(QDialog):
    """Who, whose face is replaced, a folder, and its pictures with the face that is going to be redrawn."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("folderDialog")
        self.setWindowTitle(self.tr("Put a person into pictures"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._times = PortraitTimes(session)
        self._search: asyncio.Task[None] | None = None
        self.cards: list[FaceCard] = []
        self.who, self.whose = ComboBox(), ComboBox()
        self.who.setObjectName("folderPerson")
        self.whose.setObjectName("folderInPlaceOf")
        self.prompt = QLineEdit()
        self.prompt.setObjectName("folderPrompt")
        self.prompt.setMaxLength(longest(PortraitRequest, "prompt"))
        self.prompt.setPlaceholderText(self.tr("How the face should look, such as: smiling (optional)"))
        self.notice = Notice()
        self._said = label("", "hint", wrap=True)
        self._flow = Flow(SPACE)
        self.go = button(self.tr("Make pictures"), self.make, name="folderMake", kind="primary")
        self._lay_out()
        self._fill_people()
        self.who.currentIndexChanged.connect(self._propose)
        self.whose.currentIndexChanged.connect(self._propose)
        self.prompt.textChanged.connect(self._refresh)
        self._refresh()
        # Qt's own guess has no room for pictures, as some words wrap.
        self.resize(self.sizeHint().boundedTo(screen_room(self)))

    def sizeHint(self) -> QSize:
        """Four pictures beside each other."""
        return QSize(4 * (PICTURE.width() + 3 * SPACE) + 10 * SPACE, 620)

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder."""
        dialog = QFileDialog(self, self.tr("Choose a folder of pictures"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        remember(dialog, self._session.root, "photos")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: self.show_folder(Path(folder)))
        dialog.open()

    def show_folder(self, folder: Path) -> None:
        """List the pictures of a folder, and look for the faces in them."""
        self._stop_search()
        for card in self.cards:
            self._flow.removeWidget(card)
            card.deleteLater()
        try:
            found = photos_in(folder)
        except OSError as error:
            found = []
            self.notice.set_message(self.tr("{0} cannot be read: {1}").format(folder.name, error.strerror))
        else:
            self.notice.set_message("" if found else self.tr("There are no pictures in {0}.").format(folder.name))
        self.cards = [FaceCard(path) for path in found[:_MOST]]
        for card in self.cards:
            card.changed.connect(self._refresh)
            self._flow.addWidget(card)
        self._refresh()
        if self.cards:
            self._search = self._session.start(self._look(self.cards))

    @property
    def request(self) -> BatchRequest | None:
        """What is going to be made; None while there is nothing."""
        person, seed = self.who.currentData(), secrets.randbelow(2**32)
        items = tuple(
            PortraitRequest(person=person, prompt=self.prompt.text(), picture=card.path, face=card.face, seed=seed)
            for card in self.cards
            if card.face is not None and person is not None
        )
        return BatchRequest(items=items) if items else None

    @Slot()
    def make(self) -> None:
        """Put the job into the queue, and show it there."""
        request = self.request
        if request is not None and not self._trouble:
            job = self._session.submit(request, job_title(request, self.who.currentText()))
            self._session.go(ShowJobs(job.id))
            self.accept()

    def done(self, result: int) -> None:
        """Stop looking."""
        self._stop_search()
        super().done(result)

    async def _look(self, cards: list[FaceCard]) -> None:
        people = tuple(person.id for person in self._session.people() if person.thumbnail is not None)
        for number, card in enumerate(cards):
            self._say_search(number)
            try:
                image = await asyncio.to_thread(_small, card.path)
                found = await self._session.ask(RecogniseRequest(picture=card.path, people=people))
                assert isinstance(found, PeopleRecognised)
                card.show_faces(image, found, self._wanted)
            except UserError as error:
                card.show_error(str(error))
            self._refresh()
        self._search = None
        self._refresh()

    def _stop_search(self) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None

    def _say_search(self, number: int) -> None:
        self._said.setText(self.tr("Looking for faces: {0} of {1}").format(number + 1, len(self.cards)))

    @property
    def _wanted(self) -> str:
        """Whose face is looked for."""
        return str(self.whose.currentData() or self.who.currentData() or "")

    @property
    def _trouble(self) -> str:
        files = WildcardFiles(self._session.root / FOLDER)
        if trouble_with(self.prompt.text(), files.lines) is not None:
            return self.tr("A wildcard in the words cannot be filled in.")
        return "" if self.who.count() else self.tr("Add and tune a person first.")

    @Slot()
    def _propose(self) -> None:
        for card in self.cards:
            card.propose(self._wanted)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        chosen = [card for card in self.cards if card.face is not None]
        trouble = self._trouble
        self.go.setText(self.tr("Make pictures ({0})").format(len(chosen)) if chosen else self.tr("Make pictures"))
        self.go.setEnabled(bool(chosen) and self._search is None and not trouble)
        if trouble or not self.cards:
            self._said.setText(
                trouble or self.tr("In each picture, the face to be redrawn is proposed for you to check.")
            )
        elif self._search is None:
            to_check = sum(card.to_check for card in self.cards)
            said = [self.tr("{0} of {1} pictures chosen.").format(len(chosen), len(self.cards))]
            said += [self.tr("{0} to check.").format(to_check)] if to_check else []
            took = self._times.words(request) if (request := self.request) is not None else ""
            said += [self.tr("Takes {0}.").format(took)] if took else []
            said += self._note()
            self._said.setText(" ".join(said))

    def _note(self) -> list[str]:
        """That the person is painted after the photos alone, where that is so."""
        people = [one for one in self._session.people() if one.id == self.who.currentData()]
        return [first_sight_note(one.name) for one in people if self._session.at_first_sight(one)]

    def _fill_people(self) -> None:
        self.whose.addItem(self.tr("the same person"), None)
        chosen = self._session.selected
        for person in self._session.people():
            if self._session.portrait_refusal(person) is None:
                self.who.addItem(person.name, person.id)
                if chosen is not None and chosen.id == person.id:
                    self.who.setCurrentIndex(self.who.count() - 1)
            if person.thumbnail is not None:
                self.whose.addItem(person.name, person.id)

    def _lay_out(self) -> None:
        choose = button(self.tr("Choose folder\u2026"), self.choose_folder, name="folderChoose", icon_name="gallery")
        cancel = button(self.tr("Cancel"), self.reject, name="folderCancel")
        for one in (choose, cancel, self.go):
            one.setAutoDefault(False)
        names = []
        for text, field in (
            (self.tr("&Person"), self.who),
            (self.tr("&Replaces the face of"), self.whose),
        ):
            name = label(text)
            name.setBuddy(field)
            names += [name, field]
        people = row(*names)
        people.addStretch()
        people.addWidget(choose)
        inner = QWidget()
        inner.setLayout(self._flow)
        scroll = scrolling(inner)
        foot = row(self._said, cancel, self.go)
        foot.setStretch(0, 1)
        self.setLayout(column(people, self.prompt, self.notice, scroll, foot, margin=SPACE * 2, space=SPACE * 3 // 2))


def _small(path: Path) -> QImage:
    """A picture, upright, of twice the size that it is shown in at most: screens may have two pixels for one."""
    picture = read_photo(path)
    picture.thumbnail((2 * PICTURE.width(), 2 * PICTURE.height()), Image.Resampling.LANCZOS)
    return as_qimage(picture)
