"""The New person page: photos, checked as they are added, and a short form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.outcomes import PersonMade
from facea_desktop.domain.people import Appearance, Consent
from facea_desktop.domain.photo_requests import EnrolRequest, FirstSightRequest
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.library.person_names import checked_name
from facea_desktop.resources import resource
from facea_desktop.ui.destinations import ShowCanvas, ShowPerson
from facea_desktop.ui.job_text import job_title
from facea_desktop.ui.people.first_sight_preview import FirstSightPreview
from facea_desktop.ui.people.new_person_form import NewPersonAnswers, NewPersonForm
from facea_desktop.ui.people.person_disk_work import MaskFolder
from facea_desktop.ui.people.photo_intake import PhotoIntake
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
        self._working = False
        self.setObjectName("newPersonPage")
        self._stack = QStackedLayout(self)
        self.photos = PhotoIntake(session, self._stack)
        self.form = NewPersonForm(session)
        self.first_sight = FirstSightPreview(session)
        self.refusal = Notice()
        self.add_and_tune = button(
            self.tr("Add and tune"),
            lambda: self._add(tune=True),
            name="addAndTuneButton",
            kind="primary",
            tip=self.tr("Add the person and start tuning (Ctrl+Enter)"),
        )
        self.only_add = button(
            self.tr("Add, tune later"),
            lambda: self._add(tune=False),
            name="onlyAddButton",
            tip=self.tr("Add the person now and tune later"),
        )
        self._wanted = label("", "hint", wrap=True)
        self._stack.addWidget(self._make_page())
        QShortcut(QKeySequence("Ctrl+Return"), self, lambda: self._add(tune=True))
        self.form.changed.connect(self._update_actions)
        self.photos.changed.connect(self._update_actions)
        self.photos.appearanceRead.connect(self.form.looks.show_reading)
        self.form.looks.changed.connect(self._update_actions)
        self._update_actions()

    def begin_with(self, photos: Sequence[Path] = ()) -> None:
        """Return to what was entered before, and add these photos to it."""
        fresh = not self.photos.board.paths() and not self.form.name.text()
        self.photos.board.add(photos)
        self.form.preset.refresh()
        if fresh and photos and (sample := _sample_of(photos)) is not None:
            name, subject = SAMPLES[sample]
            self.form.fill(self._free_name(name), subject, Consent(kind="invented person"))
        (self.form.name if photos else self.photos).setFocus()

    def take_over(self, before: NewPersonPage) -> None:
        """Take over the photos and answers of another page of the session, unless it is adding them."""
        if before._working:
            return
        self.photos.take_over(before.photos)
        self.form.take_over(before.form)

    def showEvent(self, event: QShowEvent) -> None:
        """Paint the portrait at first sight that leaving the page gave up."""
        super().showEvent(event)
        self._update_actions()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes on does not need it."""
        super().hideEvent(event)
        self.first_sight.want(None)

    def _make_page(self) -> QWidget:
        head = column(
            label(self.tr("New person"), "title"),
            label(self.tr("A few photos of one person are enough."), "hint", wrap=True),
            space=4,
        )
        photos = column(head, space=SPACE * 3 // 2, margin=SPACE * 2)
        photos.addWidget(self.photos, 1)
        buttons = column(self.add_and_tune, self.only_add)  # beside each other, they are too wide in some languages
        side: QFrame = panel(self.form, self.first_sight, self._wanted, self.refusal, buttons)
        side.setFixedWidth(_SIDE_WIDTH)
        whole = row(space=0)
        whole.addLayout(photos, 1)
        whole.addWidget(side)
        page = QWidget()
        page.setLayout(whole)
        return page

    # Adding

    def _obstacle(self) -> str:
        """What stands between this and a new person; empty where nothing does."""
        missing = ([] if self.photos.board.paths() else [self.tr("photos")]) + self.form.missing()
        sentences = self.photos.obstacles()
        if missing:
            sentences.append(self.tr("Still needed: {things}.").format(things=", ".join(missing)))
        return " ".join(sentences)

    def _ready(self) -> bool:
        return self.photos.ready() and not self._working and not self._obstacle()

    def _at_first_sight(self) -> FirstSightRequest | None:
        """The portrait to paint before tuning, once the photos are good and the person may be portrayed."""
        subject, consent = self.form.subject.subject, self.form.consent.consent
        if self._working or not self.photos.ready() or not self._session.family.photo_detail or not self.isVisible():
            return None
        if subject is None or consent is None or consent.ended:
            return None
        looks = self.form.looks.said or Appearance()
        return FirstSightRequest(subject=subject, crops=self.photos.faces(), appearance=looks)

    @Slot()
    def _update_actions(self) -> None:
        ready, obstacle = self._ready(), self._obstacle()
        self.first_sight.want(self._at_first_sight())
        self.add_and_tune.setEnabled(ready)
        self.only_add.setEnabled(ready)
        self.add_and_tune.setText(self.tr("Adding …") if self._working else self.tr("Add and tune"))
        self._wanted.setText(obstacle)
        self._wanted.setVisible(bool(obstacle))

    def _add(self, *, tune: bool) -> None:
        answers = self.form.answers()
        if answers is not None and self._ready():
            self._working = True
            self.refusal.set_message("")
            self._update_actions()
            self._session.start(self._enrol(answers, tune=tune))

    async def _enrol(self, answers: NewPersonAnswers, *, tune: bool) -> None:
        try:
            made = await self._ask(answers)
        except UserError as error:
            self.refusal.set_message(str(error))
            return
        finally:
            self._working = False
            self._update_actions()
        session, family = self._session, self._session.family
        session.people_changed()
        session.select(made.person)
        if tune:
            request = TuneRequest(person=made.person, recipe=family.recipe(answers.preset))
            session.submit(request, job_title(request, answers.name))
        self.photos.board.clear()
        self.form.clear()
        if tune:
            session.go(ShowCanvas())
        else:
            session.go(ShowPerson(made.person))

    async def _ask(self, answers: NewPersonAnswers) -> PersonMade:
        request = EnrolRequest(
            name=checked_name(answers.name),
            subject=answers.subject,
            consent=answers.consent,
            photos=tuple(self.photos.board.paths()),
            crops=self.photos.crops(),
            appearance=answers.appearance,
        )
        with MaskFolder() as folder:
            files = await self.photos.write_masks(folder)
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


def _sample_of(photos: Sequence[Path]) -> str | None:
    """Whose photos these are, if they are those of a person who comes with the program."""
    return next((name for name in SAMPLES if all(photo.parent == resource("people", name) for photo in photos)), None)
