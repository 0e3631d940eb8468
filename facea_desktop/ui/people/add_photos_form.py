"""Adding photos to a person of the library, in place of the person's page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Profile
from facea_desktop.domain.photo_requests import AddPhotosRequest
from facea_desktop.ui.people.person_disk_work import MaskFolder
from facea_desktop.ui.people.photo_intake import PhotoIntake
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Notice, button, column, label, row


class AddPhotosForm(QWidget):
    """More photos of one person, checked against those that are there."""

    added = Signal(bool)
    """The photos were added; whether the person is to be tuned on them now."""
    finished = Signal()
    """Added or cancelled."""

    def __init__(self, session: Session, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._person = session, profile.id
        self._working = False
        self.setObjectName("addPhotosForm")
        self._stack = QStackedLayout(self)
        self.photos = PhotoIntake(session, self._stack, profile.id)
        self.refusal = Notice()
        self._wanted = label("", "hint", wrap=True)
        cancel = button(self.tr("Cancel"), self.finished.emit, name="cancelAddPhotosButton")
        self.only_add = button(self.tr("Add, tune later"), lambda: self._add(tune=False), name="onlyAddPhotosButton")
        self.add_and_tune = button(
            self.tr("Add and tune…"), lambda: self._add(tune=True), name="addPhotosAndTuneButton", kind="primary"
        )
        tuned = profile.state == "ready"
        hint = (
            self.tr("The present tuning stays in use until the person is tuned on the new photos, too.")
            if tuned
            else self.tr("The more sides of the face the photos show, the better the likeness.")
        )
        head = row(label(self.tr("Add photos of {name}").format(name=profile.name), "title"), space=SPACE)
        head.addStretch()
        for one in (cancel, self.only_add, self.add_and_tune):
            head.addWidget(one)
        texts = column(label(hint, "hint", wrap=True), self._wanted, self.refusal, space=4)
        whole = column(head, texts, space=SPACE, margin=SPACE * 2)
        whole.addWidget(self.photos, 1)
        page = QWidget()
        page.setLayout(whole)
        self._stack.addWidget(page)
        self.setFocusProxy(self.photos)
        self.photos.changed.connect(self._update)
        self._update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves while nothing was added yet."""
        if event.key() == Qt.Key.Key_Escape and not self.photos.board.paths():
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _update(self) -> None:
        ready = self.photos.ready() and not self._working
        self.only_add.setEnabled(ready)
        self.add_and_tune.setEnabled(ready)
        sentences = self.photos.obstacles() if self.photos.board.paths() else []
        self._wanted.setText(" ".join(sentences))
        self._wanted.setVisible(bool(sentences))

    def _add(self, *, tune: bool) -> None:
        if self.photos.ready() and not self._working:
            self._working = True
            self._update()
            self._session.start(self._ask(tune=tune))

    async def _ask(self, *, tune: bool) -> None:
        request = AddPhotosRequest(
            person=self._person, photos=tuple(self.photos.board.paths()), crops=self.photos.crops()
        )
        try:
            with MaskFolder() as folder:
                masks = await self.photos.write_masks(folder)
                await self._session.ask(request.model_copy(update={"masks": masks}))
        except UserError as error:
            self.refusal.set_message(str(error))
            return
        finally:
            self._working = False
            self._update()
        self._session.people_changed()
        self.finished.emit()
        self.added.emit(tune)
