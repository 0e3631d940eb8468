"""The person to portray, and why no portrait can be made of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QWidget

from facea_desktop.domain.people import Profile
from facea_desktop.domain.permissions import ConsentEnded, NotTuned
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.ui.destinations import ShowNewPerson
from facea_desktop.ui.formatting import sentence_case
from facea_desktop.ui.icons import IconLabel
from facea_desktop.ui.job_text import job_title
from facea_desktop.ui.people_status import PersonState, PersonStatus
from facea_desktop.ui.person_text import consent_ended_words, state_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import RADIUS, SPACE
from facea_desktop.ui.widgets import button, column, label, plain_tip, row

PICTURE_SIDE = 44
_NAME_WIDTH = 230


class PersonBox(QWidget):
    """The chosen person: picture, name, state, and what to do where no portrait can be made of them."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: PersonState | None = None
        self._picture = IconLabel(32)
        self._picture.setFixedSize(PICTURE_SIDE, PICTURE_SIDE)
        self._name = label("", "heading")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._state = label("", "hint", wrap=True)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._tune = button(self.tr("Tune"), self._start_tuning, name="tunePersonButton")
        self._new = button(
            self.tr("New person"),
            lambda: session.go(ShowNewPerson()),
            name="portraitNewPersonButton",
            tip=self.tr("Create a person from photos"),
        )
        texts = column(self._name, self._state, space=0)
        for offered in (
            self._tune,
            self._new,
        ):  # below the words: beside them they would push the panel's edge out of sight
            texts.addWidget(offered, 0, Qt.AlignmentFlag.AlignLeft)
        layout = row(self._picture, texts)
        layout.setAlignment(self._picture, Qt.AlignmentFlag.AlignTop)
        layout.setStretch(1, 1)
        layout.setSpacing(SPACE * 3 // 2)
        self.setLayout(layout)
        session.personSelected.connect(self._show)
        session.thumbnails.ready.connect(self._thumbnail_ready)
        session.people_status.changed.connect(self._status_changed)
        self._show(session.selected)

    @property
    def person(self) -> Profile | None:
        """Who is chosen."""
        return self._session.selected

    @property
    def trouble(self) -> str:
        """Why no portrait can be made of them, and what to do; empty where it can."""
        person = self.person
        if person is None:
            return self.tr("Choose a person on the left first.")
        status = self._session.people_status.of(person)
        match self._session.portrait_refusal(person):
            case ConsentEnded():
                return self.tr("Consent to portray {0} has ended.").format(person.name)
            case NotTuned() if status.job is not None:
                return self.tr("Wait until {0} is tuned.").format(person.name)
            case NotTuned() if status.stopped is not None:
                return self.tr("{0}'s tuning is unfinished. Resume it to make portraits.").format(person.name)
            case NotTuned():
                return self.tr("Tune {0} first.").format(person.name)
            case _:
                return ""

    @property
    def _thumbnail(self) -> Path | None:
        person = self.person
        if person is None or not person.references:
            return None
        return self._session.library.folder(person.id) / "references" / f"{person.references[0].index}.png"

    @Slot(object)
    def _show(self, person: Profile | None) -> None:
        self._draw()
        self._new.setVisible(person is None)
        self._tune.setVisible(False)
        self._state.setProperty("state", "")
        if person is None:
            self._name.setText(self.tr("No person selected"))
            self._state.setText(self.tr("Choose a person on the left."))
        else:
            self._show_state(person)
            short = self._name.fontMetrics().elidedText(person.name, Qt.TextElideMode.ElideRight, _NAME_WIDTH)
            self._name.setText(short)
            self._name.setToolTip(plain_tip(person.name))
        self._state.style().unpolish(self._state)
        self._state.style().polish(self._state)
        self.changed.emit()

    def _show_state(self, person: Profile) -> None:
        status = self._session.people_status.of(person)
        self._shown = status.state
        if status.consent_ended:
            self._state.setText(consent_ended_words(person.consent))
            self._state.setProperty("state", "bad")
        elif status.tuned:
            self._state.setText(self.tr("Ready"))
        else:
            self._state.setText(sentence_case(state_words(status)))
            if status.job is None:
                self._offer_tuning(status)

    def _offer_tuning(self, status: PersonStatus) -> None:
        if status.stopped is not None:
            self._tune.setText(self.tr("Resume tuning"))
            tip = self.tr("Continue where tuning stopped")
        else:
            self._tune.setText(self.tr("Tune"))
            tip = self.tr("Tune the model on this face")
        self._tune.setToolTip(tip)
        self._tune.setAccessibleDescription(tip)
        self._state.setProperty("state", "warn")
        self._tune.show()

    def _start_tuning(self) -> None:
        person = self.person
        if person is None:
            return
        stopped = self._session.people_status.of(person).stopped
        if stopped is not None:  # to begin again would write over what it has learned
            self._session.pool.retry(stopped.id)
        else:
            recipe = self._session.models.catalogue.family(person.family).recipe()
            request = TuneRequest(person=person.id, recipe=recipe)
            self._session.submit(request, job_title(request, person.name))

    @Slot(str)
    def _status_changed(self, person: str) -> None:
        if self.person is None or self.person.id != person:
            return
        if self._session.people_status.of(self.person).state is self._shown:
            self._show_state(self.person)  # it is further, no more
        else:
            self._show(self.person)

    @Slot(object)
    def _thumbnail_ready(self, path: Path) -> None:
        if path == self._thumbnail:
            self._draw()

    def _draw(self) -> None:
        path = self._thumbnail
        self._picture.show_icon("person" if path is None else "", "muted")
        square = self._session.thumbnails.get(path, PICTURE_SIDE) if path is not None else None
        self._picture.setPixmap(rounded(square) if square is not None else QPixmap())


def rounded(square: QPixmap) -> QPixmap:
    """The same with the theme's round corners."""
    made = QPixmap(square.size())
    made.setDevicePixelRatio(square.devicePixelRatio())
    made.fill(Qt.GlobalColor.transparent)
    size = square.deviceIndependentSize()
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, size.width(), size.height()), RADIUS, RADIUS)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path)
    painter.drawPixmap(0, 0, square)
    painter.end()
    return made
