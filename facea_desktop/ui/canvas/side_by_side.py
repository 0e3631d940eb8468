"""Portraits compared: side by side, zoomed and moved as one, and beside photos of the person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.canvas.picture_grid import GridPicture, PictureGrid
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.times_badge import times_sign, times_words
from facea_desktop.ui.widgets import button, column, label, row

MOST_COMPARED = 8
_MOST_PHOTOS = _MOST_IN_A_ROW = 3
_SHARE = 0.92
"""Of the window's width and height."""


class SideBySide(QDialog):
    """A window above the one that it came from; Escape closes it.

    Args:
        portraits: at most ``MOST_COMPARED``; a single one stands beside photos of the person.
    """

    def __init__(self, session: Session, portraits: Sequence[Path], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sideBySide")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Compare"))
        self._session = session
        self._portraits = list(portraits)[:MOST_COMPARED]
        self._people: list[str] = []
        in_a_row = len(self._portraits) <= _MOST_IN_A_ROW
        self.pictures = PictureGrid(columns=_MOST_IN_A_ROW if in_a_row else None)
        self.photos = PictureGrid(columns=1)
        self.photos_button = button(
            self.tr("Photos of the person"),
            self._show_photos,
            name="photosBeside",
            kind="chip",
            tip=self.tr("Show the person's own photos beside the pictures"),
        )
        self.photos_button.setCheckable(True)
        self.photos_button.setChecked(len(self._portraits) == 1)
        fit = button(self.tr("Fit"), self.pictures.fit, name="fitCompared", tip=self.tr("Show every picture whole (F)"))
        close = button(self.tr("Close"), self.close, name="closeCompared", tip=self.tr("Back to the window (Esc)"))
        for one in (self.photos_button, fit, close):
            one.setAutoDefault(False)
        hint = label(self.tr("Scroll to zoom and drag to move; all pictures follow."), "hint", wrap=True)
        head = row(hint, self.photos_button, fit, close)
        head.setStretch(0, 1)
        body = row(self.pictures, self.photos)
        body.setStretch(0, 3)
        body.setStretch(1, 1)
        layout = column(head, body, margin=SPACE)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.finished.connect(self._stop)
        session.portraitsChanged.connect(self._refresh)
        session.peopleChanged.connect(self._refresh)
        self.resize(parent.window().size() * _SHARE)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """Show what there is; what is deleted meanwhile leaves."""
        found = [one for path in self._portraits if path.exists() and (one := self._session.index.portrait(path))]
        if not found:
            self.close()
            return
        several = len({one.person for one in found}) > 1
        self.pictures.show_pictures([self._shown(one, named=several) for one in found])
        self._people = list(dict.fromkeys(one.person for one in found if one.person_name))
        self.photos_button.setVisible(bool(self._people))
        self._show_photos()

    def _show_photos(self) -> None:
        shown = self._photos() if self.photos_button.isChecked() else []
        self.photos.show_pictures(shown)
        self.photos.setVisible(bool(shown))

    def _photos(self) -> list[GridPicture]:
        """A few photos of everybody, by turns, as many as there is room for."""
        of_each: list[list[GridPicture]] = []
        for person in self._people:
            try:
                profile = self._session.library.get(person)
            except UserError:
                continue
            folder = self._session.library.folder(person) / "references"
            of_each.append([GridPicture(folder / f"{one.index}.png", profile.name) for one in profile.references])
        turns = range(max(map(len, of_each), default=0))
        return [photos[turn] for turn in turns for photos in of_each if turn < len(photos)][:_MOST_PHOTOS]

    def _shown(self, portrait: PortraitSummary, *, named: bool) -> GridPicture:
        name, likeness = portrait.person_name, self._session.likeness
        about, place = [": ".join(part for part in (name, portrait.prompt) if part), times_words(portrait.times)], None
        about.append(likeness.words(portrait.person, portrait.likeness, portrait.first_sight))
        if portrait.likeness is not None:
            place = likeness.place(portrait.person, portrait.likeness)
        title = name if named else "" if portrait.seed is None else str(portrait.seed)
        title = " · ".join(part for part in (title, times_sign(portrait.times)) if part)
        return GridPicture(portrait.path, title, "\n".join(filter(None, about)), place)

    @Slot()
    def _stop(self) -> None:
        self.pictures.stop()
        self.photos.stop()
