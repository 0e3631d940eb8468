"""Whose portrait it is, and what stands against it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.ui.icons import pixmap
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.widgets import button, column, label, plain_tip, row
from facea_desktop.workers.jobs import Job

PICTURE_SIDE = 44
_NAME_WIDTH = 230


class WhoBox(QWidget):
    """The chosen person: picture, name, state, and what to do where no portrait can be made of them."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._picture = QLabel()
        self._picture.setFixedSize(PICTURE_SIDE, PICTURE_SIDE)
        self._name = label("", "heading")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._state = label("", "hint", wrap=True)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._tune = button(self.tr("Tune"), self._start_tuning, name="tunePersonButton")
        self._new = button(
            self.tr("New person"),
            lambda: session.go("new-person"),
            name="portraitNewPersonButton",
            tip=self.tr("Make a person from photos"),
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
        session.pool.jobAdded.connect(self._job_changed)
        session.pool.jobChanged.connect(self._job_changed)
        session.pool.jobRemoved.connect(self._job_removed)
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
        if person.tuning is None:
            if self._is_tuning(person):
                return self.tr("Wait until {0} is tuned.").format(person.name)
            if self._stopped(person) is not None:
                return self.tr("Go on tuning {0} first.").format(person.name)
            return self.tr("Tune {0} first.").format(person.name)
        if person.consent.ended:
            return self.tr("The leave to portray {0} has ended.").format(person.name)
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
            self._name.setText(self.tr("Nobody chosen"))
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
        if person.consent.ended:
            self._state.setText(
                self.tr("The leave to portray ended on {0}. Ask again, then renew it on the person's page.").format(
                    person.consent.until
                )
            )
            self._state.setProperty("state", "bad")
        elif person.tuning is not None:
            self._state.setText(self.tr("Ready"))
        elif self._is_tuning(person):
            self._state.setText(self.tr("Being tuned\u2026"))
        else:
            self._offer_tuning(self._stopped(person) is not None)

    def _offer_tuning(self, go_on: bool) -> None:
        if go_on:
            self._state.setText(self.tr("The tuning stopped before its end."))
            self._tune.setText(self.tr("Go on tuning"))
            tip = self.tr("Go on from where the tuning stopped")
        else:
            self._state.setText(self.tr("Not tuned yet: the model does not know this face."))
            self._tune.setText(self.tr("Tune"))
            tip = self.tr("Teach the model this face")
        self._tune.setToolTip(tip)
        self._tune.setAccessibleDescription(tip)
        self._state.setProperty("state", "warn")
        self._tune.show()

    def _stopped(self, person: Profile) -> Job | None:
        """The person's last tuning, if it can go on."""
        last = next((job for job in self._session.pool.jobs() if job.subject == person.id), None)
        return last if last is not None and last.can_resume else None

    def _is_tuning(self, person: Profile) -> bool:
        jobs = self._session.pool.jobs()
        return any(job.subject == person.id and not job.state.ended for job in jobs)

    def _start_tuning(self) -> None:
        person = self.person
        if person is None:
            return
        stopped = self._stopped(person)
        if stopped is not None:  # to begin again would write over what it has learned
            self._session.pool.retry(stopped.id)
        else:
            recipe = self._session.models.catalogue.family(person.family).recipe()
            request = TuneRequest(person=person.id, recipe=recipe)
            self._session.submit(request, self.tr("Tune {0}").format(person.name))

    @Slot(object)
    def _job_changed(self, job: Job) -> None:
        if self.person is not None and job.subject == self.person.id:
            self._show(self.person)

    @Slot(str)
    def _job_removed(self, _job: str) -> None:
        if self.person is not None and self.person.tuning is None:
            self._show(self.person)

    @Slot(object)
    def _thumbnail_ready(self, path: Path) -> None:
        if path == self._thumbnail:
            self._draw()

    def _draw(self) -> None:
        path = self._thumbnail
        if path is None:
            self._picture.setPixmap(pixmap("person", 32, colours().muted))
            self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            return
        square = self._session.thumbnails.get(path, PICTURE_SIDE)
        self._picture.setPixmap(rounded(square) if square is not None else QPixmap())

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has another colour for the icon."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()


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
