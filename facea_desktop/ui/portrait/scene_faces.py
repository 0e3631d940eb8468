"""The faces of the scene's picture on the canvas, and who goes into them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from facea_desktop.domain.outcomes import FacesFound
from facea_desktop.domain.people import Profile
from facea_desktop.domain.permissions import ConsentEnded, NotTuned, OtherFamily
from facea_desktop.library.photo_reader import fitting
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.portrait.face_assignments import FaceAssignments
from facea_desktop.ui.portrait.face_menu import face_menu
from facea_desktop.ui.portrait.face_words_dialog import FaceWordsDialog
from facea_desktop.ui.session import Session


class SceneFaces(QObject):
    """Shows the cast on the canvas while the scene's picture lies there; a click on a face asks who goes into it.

    Attributes:
        cast: the faces, and the people for them.
        menu: the one that was opened last.
        dialog: the question for a face's own words that was asked last.
    """

    changed = Signal()
    refused = Signal(str)
    """Why a person who was dropped did not go into a face, and what to do; empty when one did."""

    def __init__(self, session: Session, canvas: Canvas, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._canvas = canvas
        self._owner = parent
        self._on_stage = False
        self._masked = False
        self.cast = FaceAssignments()
        self.menu: QMenu | None = None
        self.dialog: FaceWordsDialog | None = None
        self._picture: Path | None = None
        self._remembered: dict[Path, FaceAssignments] = {}  # of pictures that were the scene before
        canvas.faceClicked.connect(self._clicked)
        canvas.faceDismissed.connect(self._dismissed)
        canvas.personDropped.connect(self._dropped)
        session.personSelected.connect(self._person_selected)
        session.peopleChanged.connect(self._people_changed)

    @property
    def trouble(self) -> str:
        """Who of the others cannot be painted, and what to do; empty where all can."""
        lead, people = self._session.selected, {person.id: person for person in self._session.people()}
        for _, who in sorted(self.cast.others.items()):
            person = people.get(who)
            if person is None or lead is None:
                continue
            if (refusal := self._session.portrait_refusal(person, lead)) is not None:
                return self._remedy(refusal)
        return ""

    def begin(self, picture: Path | None = None, cast: FaceAssignments | None = None) -> None:
        """Another picture, whose faces are not known yet; None for no picture.

        Args:
            cast: who goes into which face; None as it was when the picture was the scene before.
        """
        if self._picture is not None:
            self._remembered[self._picture] = self.cast
        self._picture = picture
        if cast is None and picture is not None:
            cast = self._remembered.get(picture)
        self.cast = cast if cast is not None else FaceAssignments()
        self.cast.keep_only({person.id for person in self._session.people()})
        self.cast.follow(self._selected)

    def found(self, found: FacesFound) -> None:
        """These are its faces."""
        factor = fitting(found.width, found.height)[0] / found.width
        self.cast.faces = tuple(face.scaled(factor) for face in found.faces)
        count = len(found.faces)
        if count:
            self.cast.lead = min(self.cast.lead, count - 1)
            self.cast.others = {face: who for face, who in self.cast.others.items() if face < count}
            self.cast.words = {face: words for face, words in self.cast.words.items() if face < count}
        self._show()

    def say(self, words: Mapping[int, str]) -> None:
        """Say this of these faces alone; nothing takes back what was said of one."""
        for face, text in words.items():
            self.cast.say(face, text)
        self._show()
        self.changed.emit()

    def show_masked(self, masked: bool) -> None:
        """Whether a mask was painted, which is redrawn in place of the leading face."""
        if masked != self._masked:
            self._masked = masked
            self._show()

    def enter(self) -> None:
        """The picture lies on the canvas now."""
        self._on_stage = True
        self._show()

    def leave(self) -> None:
        """Something else lies there."""
        if self._on_stage:
            self._canvas.set_faces([])
        self._on_stage = False

    def open_menu(self, at: QPoint) -> None:
        """Every face with its people: the same as clicking the faces, by keyboard."""
        menu = QMenu(self._owner)
        labels = self._labels()
        for number, face in enumerate(self.cast.shown):
            inner = face_menu(menu, self._session, self.cast, face, self._put, self._empty, self._ask_words)
            inner.setTitle(self.tr("Face {0}: {1}").format(number + 1, labels.get(number, self.tr("no one"))))
            menu.addMenu(inner)
        self._open(menu, at)

    def _open(self, menu: QMenu, at: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(at)

    def _show(self) -> None:
        if self._on_stage:
            shown = self.cast.shown
            lead = shown.index(self.cast.lead) if self.cast.lead in shown else None
            chosen = None if self._masked else lead
            self._canvas.set_faces([self.cast.faces[face] for face in shown], self._labels(), chosen, lead)

    def _labels(self) -> dict[int, str]:
        """Whose the faces that are shown become, by their place."""
        shown, lead = self.cast.shown, self._session.selected
        names = {person.id: person.name for person in self._session.people()}
        labels = {shown.index(face): names.get(who, "?") for face, who in self.cast.others.items() if face in shown}
        if lead is not None and self.cast.lead in shown:
            labels[shown.index(self.cast.lead)] = self.tr("unchanged") if self._masked else lead.name
        for at, face in enumerate(shown):
            if face in self.cast.words and at in labels:
                labels[at] = self.tr("{name}: {words}").format(name=labels[at], words=self.cast.words[face])
        return labels

    def _ask_words(self, face: int) -> None:
        """Ask what is to be said of a face alone."""
        who = self._selected if face == self.cast.lead else self.cast.others.get(face)
        name = next((person.name for person in self._session.people() if person.id == who), "?")
        dialog = FaceWordsDialog(name, self.cast.words.get(face, ""), self._owner)
        dialog.accepted.connect(lambda: self.say({face: dialog.field.text()}))
        self.dialog = dialog
        dialog.open()

    @Slot(int)
    def _clicked(self, at: int) -> None:
        if self._on_stage and at < len(self.cast.shown):
            face = self.cast.shown[at]
            menu = face_menu(self._owner, self._session, self.cast, face, self._put, self._empty, self._ask_words)
            self._open(menu, QCursor.pos() + QPoint(2, 2))

    @Slot(int)
    def _dismissed(self, at: int) -> None:
        if self._on_stage and at < len(self.cast.shown):
            self._lead(self.cast.dismiss(self.cast.shown[at], self._selected))

    @Slot(object, str)
    def _dropped(self, at: int | None, who: str) -> None:
        shown = self.cast.shown
        person = next((one for one in self._session.people() if one.id == who), None)
        if not self._on_stage or not shown or person is None:
            return
        if at is None and len(shown) > 1:
            self.refused.emit(self.tr("Drop {0} onto one of the faces.").format(person.name))
            return
        face = shown[at or 0]
        lead = self._session.selected if face != self.cast.lead else None
        if who != self._selected and (refusal := self._session.portrait_refusal(person, lead)) is not None:
            self.refused.emit(self._remedy(refusal))
            return
        self.refused.emit("")
        self._put(who, face)

    @property
    def _selected(self) -> str | None:
        return self._session.selected.id if self._session.selected is not None else None

    def _put(self, person: str, face: int) -> None:
        self._lead(self.cast.put(person, face, self._selected))

    def _empty(self, face: int) -> None:
        self._lead(self.cast.empty(face, self._selected))

    def _lead(self, person: str | None) -> None:
        if person != self._selected:
            self._session.select(person)
        self._show()
        self.changed.emit()

    @Slot(object)
    def _person_selected(self, person: Profile | None) -> None:
        self.cast.follow(person.id if person is not None else None)
        self._show()
        self.changed.emit()

    @Slot()
    def _people_changed(self) -> None:
        self.cast.keep_only({person.id for person in self._session.people()})
        self._show()
        self.changed.emit()

    def _remedy(self, refusal: ConsentEnded | NotTuned | OtherFamily) -> str:
        match refusal:
            case NotTuned(person):
                return self.tr("Tune {0} first, or choose someone else for that face.").format(person.name)
            case ConsentEnded(person):
                text = self.tr("Consent to portray {0} has ended; choose someone else for that face.")
                return text.format(person.name)
            case OtherFamily(person, lead):
                text = self.tr("{0} and {1} are tuned with different models; choose someone else for one of the faces.")
                return text.format(person.name, lead.name)
