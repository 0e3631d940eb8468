"""The page of one person: photos and masks, tuning, consent, and actions."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QStackedLayout, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Appearance, Consent, Profile
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.library.person_names import checked_name
from facea_desktop.library.summaries import PersonSummary
from facea_desktop.ui.destinations import ShowCanvas, ShowGallery
from facea_desktop.ui.formatting import counted
from facea_desktop.ui.people.likeness_section import LikenessSection
from facea_desktop.ui.people.person_actions import PeopleActions
from facea_desktop.ui.people.person_details import PersonDetails
from facea_desktop.ui.people.person_disk_work import (
    change_appearance,
    change_checkpoint,
    change_consent,
    change_masks,
    confirm_tuning,
    read_appearance,
    rename_person,
    return_to_tuning_before,
)
from facea_desktop.ui.people.person_header import PersonHeader
from facea_desktop.ui.people.reference_cards import ReferenceCards
from facea_desktop.ui.person_text import consent_ended_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import EmptyState, Notice, button, column, row
from facea_desktop.workers.job import Job, JobState

if TYPE_CHECKING:
    from facea_desktop.ui.people.add_photos_form import AddPhotosForm
    from facea_desktop.ui.people.mask_editor import MaskEditor

_SIDE_WIDTH = 300
_EDITOR = 2
"""Place in the stack of what masks are corrected or photos added with, while it is open."""


class PersonPage(QWidget):
    """The page of the person that was shown last; it follows the library and the queue."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._profile: Profile | None = None
        self._summary: PersonSummary | None = None
        self._behind = False  # the library changed while the page was out of sight
        self._repainted: set[str] = set()  # people whose masks were changed since they were tuned
        self.setObjectName("personPage")
        self.people_actions = PeopleActions(session, self, self._chosen, lambda: self.header.name.edit())
        self.addActions([self.people_actions.rename, self.people_actions.duplicate])
        self.notice, self.trouble = Notice(), Notice()  # what holds now, and what went wrong
        self.header = PersonHeader(session, self.people_actions)
        self.details = PersonDetails(session)
        self.photos = ReferenceCards(session)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._make_gone())
        self._stack.addWidget(self._make_page())
        self._selected = session.selected.id if session.selected is not None else None
        self._to_follow: str | None = None  # was chosen while masks were being painted
        self._connect()

    def show_person(self, person: str) -> None:
        """Show the person with this id."""
        self._to_follow = None
        self._close_editor()
        self.trouble.set_message("")
        self._load(person)

    def _make_gone(self) -> QWidget:
        back = button(self.tr("Back to the canvas"), lambda: self._session.go(ShowCanvas()))
        text = self.tr("Choose someone on the left.")
        return EmptyState("person", self.tr("This person is no longer in the library"), text, back)

    def _make_page(self) -> QWidget:
        self._curve = LikenessSection(self._session.likeness)
        left = column(self.photos, self._curve, space=SPACE * 3)
        left.addStretch()
        self.details.setFixedWidth(_SIDE_WIDTH)
        self._columns: QBoxLayout = row(space=SPACE * 3)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self.details)
        whole = column(self.header, self.notice, self.trouble, margin=SPACE * 2, space=SPACE * 2)
        whole.addLayout(self._columns, 1)
        inner = QWidget()
        inner.setLayout(whole)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        return scroll

    def _connect(self) -> None:
        self.header.name.renamed.connect(self._rename)
        self.photos.masksWanted.connect(self._correct)
        self.photos.addWanted.connect(self._add_photos)
        self.details.consentChanged.connect(self._change_consent)
        self.details.appearanceChanged.connect(self._change_appearance)
        self.details.appearanceWanted.connect(self._read_appearance)
        self.details.checkpointWanted.connect(self._change_checkpoint)
        self.details.portraitsWanted.connect(self._show_portraits)
        self.details.tuningConfirmed.connect(partial(self._change_tuning, confirm_tuning))
        self.details.goBackWanted.connect(partial(self._change_tuning, return_to_tuning_before))
        self._session.people_status.changed.connect(self._status_changed)
        self._session.peopleChanged.connect(self._reload)
        self._session.personSelected.connect(self._follow)
        self._session.portraitsChanged.connect(self.details.count_portraits)
        self._session.jobs.jobEnded.connect(self._job_ended)

    # Showing

    @Slot(object)
    def _follow(self, chosen: Profile | None) -> None:
        """Show who was chosen in the library; the choice is told again whenever anything changes there."""
        person = chosen.id if chosen is not None else None
        before, self._selected = self._selected, person
        if person is None or person == before or not self.isVisible():
            return
        if self._stack.count() > _EDITOR:  # what is painted is not dropped
            self._to_follow = person
        else:
            self.show_person(person)

    @Slot()
    def _reload(self) -> None:
        if not self.isVisible():
            self._behind = True
        elif self._profile is not None:
            self._load(self._profile.id)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the library."""
        super().showEvent(event)
        if self._behind:
            self._reload()

    def _load(self, person: str | None) -> None:
        self._behind = False
        if self._profile is None or self._profile.id != person:
            self.details.finish()  # while the page still knows whose consent that is
            self.header.name.leave()
        self._summary = next((one for one in self._session.people() if one.id == person), None)
        try:
            self._profile = self._session.library.get(self._summary.id) if self._summary is not None else None
        except UserError as error:
            self._profile = None
            self._session.failed.emit(str(error))
        profile, summary = self._profile, self._summary
        if profile is None or summary is None:
            self._close_editor()
            self._stack.setCurrentIndex(0)
            return
        self.photos.show_person(profile)
        self.photos.first_face(self.header.face)
        self.details.show_person(profile)
        self._curve.show_person(profile)
        self._say_what_matters()
        self.header.show_person(profile, summary)
        if self._stack.currentIndex() == 0:
            self._stack.setCurrentIndex(1)

    def _say_what_matters(self) -> None:
        profile = self._profile
        assert profile is not None
        if profile.consent_ended:
            self.notice.set_message(consent_ended_words(profile.consent), "bad")
        elif profile.id in self._repainted and profile.state == "ready":
            self.notice.set_message(self.tr("The masks have changed. Tune again to use them in portraits."), "warn")
        elif profile.new_photos:
            text = counted(
                profile.new_photos,
                self.tr("1 photo was added after the tuning. Tune again to learn from it."),
                self.tr("{} photos were added after the tuning. Tune again to learn from them."),
            )
            self.notice.set_message(text, "warn")
        else:
            self.notice.set_message("")

    def _chosen(self) -> list[PersonSummary]:
        return [self._summary] if self._summary is not None else []

    # Doing

    def _say_of(self, profile: Profile, text: str, kind: Literal["warn", "bad"] = "bad") -> None:
        """Say what went wrong with a person; with the name where somebody else is shown by now."""
        self.trouble.set_message(text if self._shows(profile.id) else f"{profile.name}: {text}", kind)

    def _shows(self, person: str) -> bool:
        return self._profile is not None and self._profile.id == person

    @Slot()
    def _show_portraits(self) -> None:
        if self._profile is not None:
            self._session.go(ShowGallery(self._profile.id))

    @Slot(str)
    def _rename(self, name: str) -> None:
        if self._profile is None:
            return
        profile = self._profile
        try:
            checked_name(name)
        except UserError as error:
            self.trouble.set_message(str(error))
            return
        self.header.name.show_name(name)

        async def rename() -> None:
            try:
                await rename_person(self._session, profile.id, name)
            except UserError as error:
                self._say_of(profile, str(error))
                if self._shows(profile.id):
                    self.header.name.show_name(profile.name)

        self._session.start(rename())

    @Slot(object)
    def _change_consent(self, consent: Consent) -> None:
        if self._profile is not None:
            self._session.start(change_consent(self._session, self._profile.id, consent))

    @Slot(object)
    def _change_appearance(self, appearance: Appearance) -> None:
        if self._profile is not None:
            self._session.start(change_appearance(self._session, self._profile.id, appearance))

    @Slot()
    def _read_appearance(self) -> None:
        if self._profile is None:
            return
        profile = self._profile

        async def read() -> None:
            self.details.looks.setEnabled(False)
            try:
                if await read_appearance(self._session, profile.id) == Appearance():
                    self._say_of(profile, self.tr("The photos do not show it clearly. Set it under Correct."), "warn")
            except UserError as error:
                self._say_of(profile, str(error))
            finally:
                self.details.looks.setEnabled(True)

        self._session.start(read())

    @Slot(str)
    def _change_checkpoint(self, which: str) -> None:
        self._change_tuning(partial(change_checkpoint, which=which))

    def _change_tuning(self, change: Callable[[Session, str], Coroutine[Any, Any, None]]) -> None:
        if self._profile is None:
            return
        profile = self._profile

        async def carry_out() -> None:
            self.details.setEnabled(False)
            try:
                await change(self._session, profile.id)
            except UserError as error:
                self._say_of(profile, str(error))
            finally:
                self.details.setEnabled(True)

        self._session.start(carry_out())

    @Slot(int)
    def _correct(self, index: int) -> None:
        from facea_desktop.ui.people.mask_editor import MaskEditor  # the canvas is not needed to open the window

        view = self.photos.view(index)
        if view is None or self._profile is None:
            return
        profile = self._profile
        editor = MaskEditor(self.photos.title(index), view)
        editor.done.connect(lambda masks: self._session.start(self._save_masks(profile, index, masks)))
        self._open(editor)

    @Slot()
    def _add_photos(self) -> None:
        from facea_desktop.ui.people.add_photos_form import AddPhotosForm

        if self._profile is not None and self._stack.count() == _EDITOR:
            form = AddPhotosForm(self._session, self._profile)
            form.added.connect(lambda tune: self.people_actions.tune.trigger() if tune else None)
            self._open(form)

    def _open(self, editor: MaskEditor | AddPhotosForm) -> None:
        editor.finished.connect(self._close_editor)
        self._stack.addWidget(editor)
        self._stack.setCurrentWidget(editor)
        editor.setFocus()

    async def _save_masks(self, profile: Profile, index: int, masks: dict[str, QImage]) -> None:
        if not masks:
            return
        try:
            await change_masks(self._session, profile.id, index, masks)
        except UserError as error:
            self._say_of(profile, str(error))
            return
        self._repainted.add(profile.id)
        if self._profile is not None:
            self._say_what_matters()

    @Slot()
    def _close_editor(self) -> None:
        editor = self._stack.widget(_EDITOR)
        if editor is not None:
            self._stack.setCurrentIndex(1)
            self._stack.removeWidget(editor)
            editor.deleteLater()
        if self._to_follow is not None:
            self.show_person(self._to_follow)

    @Slot(str)
    def _status_changed(self, person: str) -> None:
        if self._shows(person):
            self.header.refresh()

    @Slot(object)
    def _job_ended(self, job: Job) -> None:
        if isinstance(job.request, TuneRequest) and job.state is JobState.DONE:
            self._repainted.discard(job.request.person)
            self._reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the buttons stand below the name, and the details below the photos."""
        super().resizeEvent(event)
        width = event.size().width()
        self.header.fit_into(width)
        narrow = width < 2 * _SIDE_WIDTH
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
