"""A new person: photos, checked as they come, and a short form."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.outcomes import InspectedPhoto, PersonMade, PhotosInspected
from facea_desktop.domain.people import Consent
from facea_desktop.domain.requests import DrawnMask, EnrolRequest, TuneRequest
from facea_desktop.library.store import checked_name
from facea_desktop.resources import resource
from facea_desktop.ui.people.change import MaskFolder
from facea_desktop.ui.people.face_picture import FaceView, decode_face, face_view
from facea_desktop.ui.people.inspection import Inspection
from facea_desktop.ui.people.new_person_form import Answers, NewPersonForm
from facea_desktop.ui.people.photo_board import PhotoBoard
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Notice, button, column, label, panel, row

_SIDE_WIDTH = 328
SAMPLES = {"adam": ("Adam", Subject.MAN), "eve": ("Eve", Subject.WOMAN)}


class NewPersonPage(QWidget):
    """Photos at the left, questions at the right; what is typed stays until the person is made."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._views: dict[Path, FaceView] = {}
        self._drawn: dict[Path, dict[str, QImage]] = {}
        self._inspected: dict[Path, InspectedPhoto] = {}
        self._blocked = False  # something about the photos as a whole stands against them
        self._working = False
        self.setObjectName("newPersonPage")
        self.board = PhotoBoard(session)
        self.form = NewPersonForm(session)
        self.inspection = Inspection(session, self)
        self.trouble, self.remark, self.refusal = Notice(), Notice(), Notice()
        self.check_again = button(self.tr("Check again"), self._check, name="checkAgainButton", icon_name="retry")
        self.check_again.hide()
        self.add_and_tune = button(
            self.tr("Add and tune"),
            lambda: self._add(tune=True),
            name="addAndTuneButton",
            kind="primary",
            tip=self.tr("Add the person and learn the face at once (Ctrl+Enter)"),
        )
        self.only_add = button(
            self.tr("Only add"),
            lambda: self._add(tune=False),
            name="onlyAddButton",
            tip=self.tr("Add the person now and tune later"),
        )
        self._wanted = label("", "hint", wrap=True)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._make_page())
        QShortcut(QKeySequence("Ctrl+Return"), self, lambda: self._add(tune=True))
        self.board.changed.connect(self._check)
        self.board.masksWanted.connect(self._correct)
        self.form.changed.connect(self._offer)
        self.inspection.began.connect(self._offer)
        self.inspection.answered.connect(self._answered)
        self.inspection.failed.connect(self._failed)
        self._offer()

    def show_what(self, what: object) -> None:
        """Come back to what was begun; a list of photos is added to it."""
        photos = [Path(photo) for photo in what] if isinstance(what, list | tuple) else []
        fresh = not self.board.paths() and not self.form.name.text()
        self.board.add(photos)
        self.form.preset.refresh()
        if fresh and photos and (sample := _sample_of(photos)) is not None:
            name, subject = SAMPLES[sample]
            self.form.fill(self._free_name(name), subject, Consent(kind="invented person"))
        (self.form.name if photos else self.board).setFocus()

    def _make_page(self) -> QWidget:
        head = column(
            label(self.tr("New person"), "title"),
            label(self.tr("A few photos of one person are enough to learn the face."), "hint", wrap=True),
            space=4,
        )
        again = row(self.check_again)
        again.addStretch()
        photos = column(head, self.trouble, again, self.remark, space=SPACE * 3 // 2, margin=SPACE * 2)
        photos.addWidget(self.board, 1)
        buttons = column(self.add_and_tune, self.only_add)  # beside each other, they are too wide in some languages
        side: QFrame = panel(self.form, self._wanted, self.refusal, buttons)
        side.setFixedWidth(_SIDE_WIDTH)
        whole = row(space=0)
        whole.addLayout(photos, 1)
        whole.addWidget(side)
        page = QWidget()
        page.setLayout(whole)
        return page

    # Checking

    @Slot()
    def _check(self) -> None:
        paths = self.board.paths()
        for path in {*self._views, *self._drawn, *self._inspected}.difference(paths):
            for kept in (self._views, self._drawn, self._inspected):
                kept.pop(path, None)
        self._blocked = False
        self.check_again.hide()
        self.trouble.say("")
        self.remark.say("")
        for path in paths:
            card = self.board.card(path)
            if card is not None and path not in self._inspected:
                card.say(self.tr("looking at it …"))
        if not paths:
            self.form.looks.show_reading(None)
        self.inspection.check(paths)
        self._offer()

    @Slot(object)
    def _answered(self, outcome: PhotosInspected) -> None:
        self._inspected = {photo.path: photo for photo in outcome.photos}
        self._blocked = outcome.problem is not None
        self.trouble.say(outcome.problem or "")
        names = [photo.path.name for photo in outcome.photos]
        general = [text for text in outcome.warnings if not any(text.startswith(f"{name}:") for name in names)]
        self.remark.say(" ".join(general), "warn")
        self.form.looks.show_reading(outcome.appearance)
        for photo in outcome.photos:
            self._show(photo, outcome)
        self._offer()

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self.trouble.say(sentence)
        self.check_again.show()
        for path in self.board.paths():
            card = self.board.card(path)
            if card is not None and path not in self._inspected:
                card.say(self.tr("not checked yet"))
        self._offer()

    def _show(self, photo: InspectedPhoto, outcome: PhotosInspected) -> None:
        card = self.board.card(photo.path)
        if card is None:
            return
        name = photo.path.name
        if photo.problem is not None or photo.crop is None:
            text = (photo.problem or "").removeprefix(f"{name}:").strip()
            card.say(text[:1].upper() + text[1:], "bad")
            drawn = self._session.thumbnails.get(photo.path, card.picture.width())
            card.show_photo(drawn.toImage() if drawn is not None else QImage(), dimmed=True)
            return
        remarks = [text.removeprefix(f"{name}:").strip() for text in outcome.warnings if text.startswith(f"{name}:")]
        like = "" if photo.likeness is None else self.tr("likeness {score}").format(score=f"{photo.likeness:.2f}")
        if remarks:
            card.say(". ".join(text[:1].upper() + text[1:] for text in [like, *remarks] if text), "warn")
        elif outcome.problem is not None and name in outcome.problem:
            card.say(like, "warn")
        else:
            card.say(like or self.tr("good"), "good")
        if photo.path in self._views:
            card.show_face(self._views[photo.path])
        else:
            self._session.start(self._decode(photo))

    async def _decode(self, photo: InspectedPhoto) -> None:
        assert photo.crop is not None
        view = await asyncio.to_thread(decode_face, photo.crop, photo.masks)
        card = self.board.card(photo.path)
        if card is not None:
            self._views[photo.path] = view
            card.show_face(view)

    # Masks

    @Slot(object)
    def _correct(self, path: Path) -> None:
        from facea_desktop.ui.people.mask_editor import MaskEditor  # the canvas is not needed to open the window

        view = self._views.get(path)
        if view is None:
            return
        editor = MaskEditor(path.name, view)
        editor.done.connect(lambda masks: self._session.start(self._take_masks(path, masks)))
        editor.finished.connect(self._leave_editor)
        self._stack.addWidget(editor)
        self._stack.setCurrentWidget(editor)
        editor.setFocus()

    async def _take_masks(self, path: Path, masks: dict[str, QImage]) -> None:
        view = self._views.get(path)
        if view is None or not masks:
            return
        self._drawn.setdefault(path, {}).update(masks)
        self._views[path] = fresh = await asyncio.to_thread(face_view, view.crop, {**view.masks, **masks})
        card = self.board.card(path)
        if card is not None:
            card.show_face(fresh)
            card.say(self.tr("masks corrected"), "good")

    @Slot()
    def _leave_editor(self) -> None:
        editor = self._stack.widget(1)
        self._stack.setCurrentIndex(0)
        if editor is not None:
            self._stack.removeWidget(editor)
            editor.deleteLater()

    # Adding

    def _obstacle(self) -> str:
        """What stands between this and a new person; empty where nothing does."""
        paths = self.board.paths()
        missing = ([] if paths else [self.tr("photos")]) + self.form.missing()
        sentences = []
        if any(path in self._inspected and self._inspected[path].problem is not None for path in paths):
            sentences.append(self.tr("Take the photos away that cannot be used."))
        if self._blocked:
            sentences.append(self.tr("Mend what is said about the photos."))
        if missing:
            sentences.append(self.tr("Still needed: {things}.").format(things=", ".join(missing)))
        if self.inspection.busy:
            sentences.append(self.tr("The photos are being checked."))
        return " ".join(sentences)

    def _ready(self) -> bool:
        checked = all(path in self._inspected for path in self.board.paths())
        return checked and not self._working and not self._obstacle()

    @Slot()
    def _offer(self) -> None:
        ready, obstacle = self._ready(), self._obstacle()
        self.add_and_tune.setEnabled(ready)
        self.only_add.setEnabled(ready)
        self.add_and_tune.setText(self.tr("Adding …") if self._working else self.tr("Add and tune"))
        self._wanted.setText(obstacle)
        self._wanted.setVisible(bool(obstacle))

    def _add(self, *, tune: bool) -> None:
        answers = self.form.answers()
        if answers is not None and self._ready():
            self._working = True
            self.refusal.say("")
            self._offer()
            self._session.start(self._enrol(answers, tune=tune))

    async def _enrol(self, answers: Answers, *, tune: bool) -> None:
        try:
            made = await self._ask(answers)
        except UserError as error:
            self.refusal.say(str(error))
            return
        finally:
            self._working = False
            self._offer()
        session, family = self._session, self._session.family
        session.people_changed()
        session.select(made.person)
        if tune:
            request = TuneRequest(person=made.person, recipe=family.recipe(answers.preset))
            session.submit(request, self.tr("Tuning {name}").format(name=answers.name))
        self.board.clear()
        self.form.clear()
        if tune:
            session.go("canvas")
        else:
            session.go("person", made.person)

    async def _ask(self, answers: Answers) -> PersonMade:
        photos = self.board.paths()
        drawn = [(photos.index(path), part, mask) for path, of in self._drawn.items() for part, mask in of.items()]
        request = EnrolRequest(
            name=checked_name(answers.name),
            subject=answers.subject,
            consent=answers.consent,
            photos=tuple(photos),
            appearance=answers.appearance,
        )
        with MaskFolder() as folder:
            files = await asyncio.to_thread(_write_masks, folder, drawn)
            made = await self._session.ask(request.model_copy(update={"masks": files}))
        assert isinstance(made, PersonMade)
        return made

    def _free_name(self, name: str) -> str:
        taken = {person.name for person in self._session.people()}
        free = self.tr("{name} (sample)").format(name=name)
        number = 2
        while free in taken:
            free = self.tr("{name} (sample {number})").format(name=name, number=number)
            number += 1
        return free


def _write_masks(folder: MaskFolder, drawn: Sequence[tuple[int, str, QImage]]) -> tuple[DrawnMask, ...]:
    return tuple(
        DrawnMask.model_validate({"photo": photo, "part": part, "file": folder.write(f"{photo}-{part}", mask)})
        for photo, part, mask in drawn
    )


def _sample_of(photos: Sequence[Path]) -> str | None:
    """Whose photos these are, if they are those of a person who comes with the program."""
    return next((name for name in SAMPLES if all(photo.parent == resource("people", name) for photo in photos)), None)
