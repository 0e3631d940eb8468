"""The photos that a person was tuned on, with their masks."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from facea_desktop.domain.people import Profile, Reference
from facea_desktop.ui.people.face_picture import FacePicture, FaceView, load_face
from facea_desktop.ui.people.photo_board import legend
from facea_desktop.ui.people.photo_card import PhotoCard
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Flow, button, column, label


class ReferenceCards(QWidget):
    """A card for each reference of a person, read from the disk in the background."""

    masksWanted = Signal(int)
    """Index of the reference whose masks are to be corrected."""
    addWanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[object, ...] = ()
        self._cards: dict[int, PhotoCard] = {}
        self._views: dict[int, FaceView] = {}
        self._small: FacePicture | None = None
        self._outlines = QCheckBox(self.tr("Show masks"))
        self._outlines.setToolTip(self.tr("Outline the face and its four parts"))
        self._outlines.toggled.connect(self._outline)
        self._legend = legend()
        self._legend.hide()
        self._none = label("", "hint", wrap=True)
        self._flow = Flow(SPACE)
        cards = QWidget()
        cards.setLayout(self._flow)
        add = button(
            self.tr("Add photos…"),
            self.addWanted.emit,
            name="addToPersonButton",
            kind="flat",
            icon_name="add",
            tip=self.tr("Add more photos of this person, and tune further with them"),
        )
        head = Flow(SPACE * 2)  # wraps where the details beside it leave little room
        for part in (label(self.tr("Photos"), "heading"), self._outlines, add):
            head.addWidget(part)
        self.setLayout(column(head, self._legend, self._none, cards))

    def show_person(self, profile: Profile) -> None:
        """Show this person's photos; those on show are read again only where a file changed."""
        pictures = {
            name: digest for name, digest in profile.files.items() if name.startswith(("references/", "masks/"))
        }
        shown = (profile.id, profile.references, tuple(sorted(pictures.items())))
        if shown == self._shown:
            return
        if self._shown[:1] != shown[:1]:
            self._views.clear()
        self._shown = shown
        for card in self._cards.values():
            self._flow.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {reference.index: self._card(profile, reference) for reference in profile.references}
        self._outlines.setVisible(bool(self._cards))
        self._none.setText(self.tr("No photos: the person was imported from a LoRA file. Add some to tune here."))
        self._none.setVisible(not self._cards)
        if self._small is not None and not self._cards:
            self._small.show_face(FaceView())
        self._session.start(self._read(profile, shown))

    def first_face(self, small: FacePicture) -> None:
        """Show the first photo there too."""
        self._small = small
        small.show_masks(False)
        if self._cards and (view := self._views.get(min(self._cards))) is not None:
            small.show_face(view)

    def view(self, index: int) -> FaceView | None:
        """The crop and masks of a reference, None until they are read."""
        return self._views.get(index)

    def card(self, index: int) -> PhotoCard:
        """The card of a reference."""
        return self._cards[index]

    def title(self, index: int) -> str:
        """What a reference is called."""
        return self.tr("Photo {number}").format(number=index + 1)

    def _card(self, profile: Profile, reference: Reference) -> PhotoCard:
        card = PhotoCard(self.title(reference.index), loose=False)
        card.picture.show_masks(self._outlines.isChecked())
        card.set_message(self.tr("masks corrected") if reference.masks_edited else "")
        card.masksWanted.connect(lambda: self.masksWanted.emit(reference.index))
        if reference.index in self._views:
            card.show_face(self._views[reference.index])
        self._flow.addWidget(card)
        return card

    async def _read(self, profile: Profile, shown: tuple[object, ...]) -> None:
        folder = self._session.library.folder(profile.id)
        for reference in profile.references:
            view = await asyncio.to_thread(load_face, folder, reference.index, reference.parts)
            if shown != self._shown:  # another person, or newer masks
                return
            self._views[reference.index] = view
            self._cards[reference.index].show_face(view)
            if self._small is not None and reference.index == min(self._cards):
                self._small.show_face(view)

    @Slot(bool)
    def _outline(self, shown: bool) -> None:
        self._legend.setVisible(shown)
        for card in self._cards.values():
            card.picture.show_masks(shown)
