"""Photos of one person, checked as they come: who is meant in each, its crop and masks, and what cannot be used."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedLayout, QWidget

from facea_desktop.domain.outcomes import InspectedPhoto, PhotosInspected
from facea_desktop.domain.photo_requests import DrawnMask, Frame, PhotoCrop
from facea_desktop.ui.formatting import counted
from facea_desktop.ui.likeness_scale import likeness_word, likeness_words, place_on_scale
from facea_desktop.ui.people.face_picture import FaceView, decode_face, face_view
from facea_desktop.ui.people.person_disk_work import MaskFolder
from facea_desktop.ui.people.photo_board import PhotoBoard
from facea_desktop.ui.people.photo_card import PICTURE_SIDE
from facea_desktop.ui.people.photo_inspection import Inspection
from facea_desktop.ui.qimages import read_picture
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Notice, button, column, row

if TYPE_CHECKING:
    from facea_desktop.ui.people.crop_editor import CropEditor
    from facea_desktop.ui.people.mask_editor import MaskEditor


class PhotoIntake(QWidget):
    """The photos, and what was found out and said about each.

    Args:
        stack: where editors of masks and crops take the place of the first page while they are open.
        person: whom the photos are to be added to; None for somebody new.
    """

    changed = Signal()
    """What stands in the way may be something else than before."""
    appearanceRead = Signal(object)
    """The Appearance that the photos show together, or None."""

    def __init__(
        self, session: Session, stack: QStackedLayout, person: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._editors, self._person = session, stack, person
        self._views: dict[Path, FaceView] = {}
        self._groups: dict[Path, QImage] = {}  # whole photos of several people, small
        self._drawn: dict[Path, dict[str, QImage]] = {}
        self._crops: dict[Path, tuple[int, Frame | None]] = {}  # who is meant, and what is cut out
        self._inspected: dict[Path, InspectedPhoto] = {}
        self._editor: CropEditor | MaskEditor | None = None  # that is open
        self._page = 0  # what it takes the place of
        self._blocked = False  # the photos cannot be used together, and none of them is the wrong one
        self.board = PhotoBoard(session)
        self.inspection = Inspection(session, self)
        self.trouble, self.remark = Notice(), Notice()
        self.check_again = button(self.tr("Check again"), self._check, name="checkAgainButton", icon_name="retry")
        self.check_again.hide()
        self.remove_unusable = button("", self._remove_unusable, name="removeUnusableButton", icon_name="delete")
        self.remove_unusable.hide()
        remedies = row(self.remove_unusable, self.check_again)
        remedies.addStretch()
        whole = column(self.trouble, remedies, self.remark, space=SPACE * 3 // 2)
        whole.addWidget(self.board, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.board)
        self.board.changed.connect(self._check)
        self.board.masksWanted.connect(self._correct)
        self.board.cropWanted.connect(lambda path: session.start(self._adjust(path)))
        self.board.faceChosen.connect(self._choose_face)
        self.inspection.began.connect(self._update)
        self.inspection.answered.connect(self._answered)
        self.inspection.failed.connect(self._failed)

    def take_over(self, before: PhotoIntake) -> None:
        """Take over the photos of another one of the session, with all that was said of them."""
        self._drawn, self._crops = dict(before._drawn), dict(before._crops)
        self.board.add(before.board.paths())

    def obstacles(self) -> list[str]:
        """What is to be done about the photos that are there before they can be used, a sentence each."""
        sentences = []
        if self._undecided():
            sentences.append(self.tr("In each photo of several people, click the one who is meant."))
        if self._unusable():
            sentences.append(self.tr("Remove or replace the unusable photos."))
        elif self._blocked:
            sentences.append(self.tr("Fix the photo problems above."))
        if self.inspection.busy:
            sentences.append(self.tr("The photos are being checked."))
        return sentences

    def ready(self) -> bool:
        """Whether there are photos and all can be used."""
        paths = self.board.paths()
        return bool(paths) and all(path in self._inspected for path in paths) and not self.obstacles()

    def crops(self) -> tuple[PhotoCrop, ...]:
        """What was said of who is meant and what is cut out."""
        paths = self.board.paths()
        return tuple(
            PhotoCrop(photo=paths.index(path), face=face, frame=frame)
            for path, (face, frame) in self._crops.items()
            if path in paths
        )

    def faces(self) -> tuple[bytes, ...]:
        """PNG of every face that was cut out."""
        found = (self._inspected.get(path) for path in self.board.paths())
        return tuple(photo.crop for photo in found if photo is not None and photo.crop is not None)

    async def write_masks(self, folder: MaskFolder) -> tuple[DrawnMask, ...]:
        """The masks that were drawn, as files in ``folder``.

        Raises:
            UserError: the disk is full.
        """
        paths = self.board.paths()
        drawn = [(paths.index(path), part, mask) for path, of in self._drawn.items() for part, mask in of.items()]
        return await asyncio.to_thread(_write_masks, folder, drawn)

    # Checking

    @Slot()
    def _check(self) -> None:
        paths = self.board.paths()
        everything: list[dict[Path, Any]] = [self._views, self._groups, self._drawn, self._crops, self._inspected]
        for path in {path for kept in everything for path in kept}.difference(paths):
            for kept in everything:
                kept.pop(path, None)
        self._blocked = False
        self.check_again.hide()
        self.trouble.set_message("")
        self.remark.set_message("")
        for path in paths:
            card = self.board.card(path)
            if card is not None and path not in self._inspected:
                card.set_message(self.tr("checking …"))
        if not paths:
            self.appearanceRead.emit(None)
        self.inspection.check(paths, self.crops(), self._person)
        self._update()

    @Slot(object)
    def _answered(self, outcome: PhotosInspected) -> None:
        self._inspected = {photo.path: photo for photo in outcome.photos}
        self._blocked = outcome.problem is not None
        marked = any(photo.problem is not None and photo.crop is not None for photo in outcome.photos)
        self.trouble.set_message("" if marked else outcome.problem or "")  # the card says it
        names = [photo.path.name for photo in outcome.photos]
        general = [text for text in outcome.warnings if not any(text.startswith(f"{name}:") for name in names)]
        self.remark.set_message(" ".join(general), "warn")
        self.appearanceRead.emit(outcome.appearance)
        for photo in outcome.photos:
            self._show(photo, outcome)
        self._update()

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self.trouble.set_message(sentence)
        self.check_again.show()
        for path in self.board.paths():
            card = self.board.card(path)
            if card is not None and path not in self._inspected:
                card.set_message(self.tr("not checked yet"))
        self._update()

    def _show(self, photo: InspectedPhoto, outcome: PhotosInspected) -> None:
        card = self.board.card(photo.path)
        if card is None:
            return
        name = photo.path.name
        text = (photo.problem or "").removeprefix(name).removeprefix(":").strip()
        bad = text[:1].upper() + text[1:]
        if photo.crop is None and len(photo.faces) > 1:
            words = self.tr("Several people: click the one who is meant.")
            card.set_message(words if photo.undecided else bad, "warn" if photo.undecided else "bad")
            self._session.start(self._show_group(photo))
            return
        if photo.crop is None:
            card.set_message(bad, "bad")
            drawn = self._session.thumbnails.get(photo.path, card.picture.width())
            card.show_photo(drawn.toImage() if drawn is not None else QImage(), dimmed=True)
            return
        remarks = [text.removeprefix(f"{name}:").strip() for text in outcome.warnings if text.startswith(f"{name}:")]
        like = tip = ""
        if photo.likeness is not None:  # to the other photos
            like, tip = likeness_word(place_on_scale(photo.likeness)), likeness_words(photo.likeness)
        if photo.problem is not None:
            card.set_message(bad, "bad")
        elif remarks:
            card.set_message(". ".join(text[:1].upper() + text[1:] for text in [like, *remarks] if text), "warn", tip)
        elif outcome.problem is not None and name in outcome.problem:
            card.set_message(like, "warn", tip)
        else:
            card.set_message(like or self.tr("good"), "good", tip)
        if photo.path in self._views:
            card.show_face(self._views[photo.path])
        else:
            self._session.start(self._decode(photo))

    async def _decode(self, photo: InspectedPhoto) -> None:
        assert photo.crop is not None
        view = await asyncio.to_thread(decode_face, photo.crop, photo.masks)
        card = self.board.card(photo.path)
        if card is not None and self._inspected.get(photo.path) is photo:  # not of a crop that was changed meanwhile
            self._views[photo.path] = view
            card.show_face(view)

    def _unusable(self) -> list[Path]:
        """The photos whose inspection found a problem."""
        inspected = ((path, self._inspected.get(path)) for path in self.board.paths())
        return [
            path for path, photo in inspected if photo is not None and photo.problem is not None and not photo.undecided
        ]

    def _undecided(self) -> list[Path]:
        """The photos of several people of whom nobody said yet who is meant."""
        return [path for path in self.board.paths() if path in self._inspected and self._inspected[path].undecided]

    @Slot()
    def _update(self) -> None:
        unusable = len(self._unusable())
        self.remove_unusable.setText(
            counted(unusable, self.tr("Remove 1 unusable photo"), self.tr("Remove {} unusable photos"))
        )
        self.remove_unusable.setVisible(unusable > 0)
        self.changed.emit()

    @Slot()
    def _remove_unusable(self) -> None:
        for path in self._unusable():
            self.board.remove(path)

    async def _show_group(self, photo: InspectedPhoto) -> None:
        if photo.path not in self._groups:
            whole = await asyncio.to_thread(read_picture, photo.path)
            if whole is None:
                return
            side = 2 * PICTURE_SIDE
            smooth = Qt.TransformationMode.SmoothTransformation
            self._groups[photo.path] = whole.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        card = self.board.card(photo.path)
        if card is not None and self._inspected.get(photo.path) is photo:
            boxes = [
                QRectF(
                    face.box.x0 / photo.width,
                    face.box.y0 / photo.height,
                    face.box.width / photo.width,
                    face.box.height / photo.height,
                )
                for face in photo.faces
            ]
            card.show_group(self._groups[photo.path], boxes, photo.face)

    # Faces, crops and masks

    @Slot(object, int)
    def _choose_face(self, path: Path, face: int, frame: Frame | None = None) -> None:
        """The photo is checked again; masks that were drawn on another crop do not fit this one."""
        self._crops[path] = face, frame
        for kept in (self._views, self._drawn, self._inspected):
            kept.pop(path, None)
        self._check()

    async def _adjust(self, path: Path) -> None:
        from facea_desktop.ui.people.crop_editor import CropEditor

        photo = self._inspected.get(path)
        whole = await asyncio.to_thread(read_picture, path)
        if photo is None or whole is None or not photo.faces or self._editor is not None:
            return
        size = QSize(photo.width, photo.height)
        editor = CropEditor(path.name, whole, size, photo.faces, photo.face, photo.frame)
        editor.done.connect(lambda face, frame: self._choose_face(path, face, frame))
        self._open(editor)

    @Slot(object)
    def _correct(self, path: Path) -> None:
        from facea_desktop.ui.people.mask_editor import MaskEditor  # the canvas is not needed to open the window

        view = self._views.get(path)
        if view is None:
            return
        editor = MaskEditor(path.name, view)
        editor.done.connect(lambda masks: self._session.start(self._take_masks(path, masks)))
        self._open(editor)

    def _open(self, editor: CropEditor | MaskEditor) -> None:
        editor.finished.connect(self._leave_editor)
        self._page, self._editor = self._editors.currentIndex(), editor
        self._editors.addWidget(editor)
        self._editors.setCurrentWidget(editor)
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
            card.set_message(self.tr("masks corrected"), "good")

    @Slot()
    def _leave_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            self._editors.setCurrentIndex(self._page)
            self._editors.removeWidget(editor)
            editor.deleteLater()
            self.setFocus()


def _write_masks(folder: MaskFolder, drawn: Sequence[tuple[int, str, QImage]]) -> tuple[DrawnMask, ...]:
    return tuple(
        DrawnMask.model_validate({"photo": photo, "part": part, "file": folder.write(f"{photo}-{part}", mask)})
        for photo, part, mask in drawn
    )
