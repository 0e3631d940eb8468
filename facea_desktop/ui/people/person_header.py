"""The head of a person's page: face and name, how far the person is, and what to do next."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QWidget

from facea_desktop.domain.people import Profile
from facea_desktop.library.summaries import PersonSummary
from facea_desktop.ui.destinations import ShowCanvas
from facea_desktop.ui.early_stop import EarlyStop
from facea_desktop.ui.formatting import sentence_case
from facea_desktop.ui.likeness_scale import LikenessLabel
from facea_desktop.ui.people.face_picture import FacePicture
from facea_desktop.ui.people.name_edit import NameEdit
from facea_desktop.ui.people.person_actions import PeopleActions
from facea_desktop.ui.person_text import consent_words, state_line
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, row, tool

_FACE_SIDE = 72
_BAR_HEIGHT = 6
_LEAST_WIDTH = 720
"""Narrower than this, the buttons stand below the name, which needs the room."""


class PersonHeader(QWidget):
    """The face, the name, a line on the person's status, and buttons that paint, tune, and open the menu."""

    def __init__(self, session: Session, people_actions: PeopleActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = people_actions
        self._profile: Profile | None = None
        self._summary: PersonSummary | None = None
        self.face = FacePicture(_FACE_SIDE)
        self.name = NameEdit()
        self._state = label("", "hint", wrap=True)
        self.likeness = LikenessLabel(session.likeness)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setMaximumWidth(240)
        self._progress.setFixedHeight(_BAR_HEIGHT)
        self.make = button(
            self.tr("Make portraits"),
            self._make_portraits,
            name="makePortraitsButton",
            kind="primary",
            icon_name="sparkle",
        )
        self.tune = button(self.tr("Tune…"), people_actions.tune.trigger, name="tuneAgainButton", icon_name="tune")
        self.more = tool("more", self.tr("More"), self._show_more, name="personMore")
        self.early_stop = EarlyStop(session)
        who = column(self.name, self._state, self.likeness, self._progress, self.early_stop, space=2)
        who.addStretch()
        face = row(space=SPACE * 2)
        face.addWidget(self.face, 0, Qt.AlignmentFlag.AlignTop)
        face.addLayout(who, 1)
        buttons = QWidget()
        buttons.setLayout(row(self.tune, self.make, self.more))
        self._whole: QBoxLayout = row(space=SPACE * 2)
        self._whole.addLayout(face, 1)
        self._whole.addWidget(buttons, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setLayout(self._whole)

    def show_person(self, profile: Profile, summary: PersonSummary) -> None:
        """Show a person's name and status; the face is the photos' to show."""
        self._profile, self._summary = profile, summary
        self.name.show_name(profile.name)
        self.refresh()

    def refresh(self) -> None:
        """Show the status as it is now, and what can be done."""
        summary, profile = self._summary, self._profile
        if summary is None or profile is None:
            return
        status = self._session.people_status.of(profile)
        state = state_line(summary, status, date.today())
        words = sentence_case(state.text)
        if status.job is None and not status.consent_ended:
            words += f" · {consent_words(profile.consent, date.today())}"
        self._state.setText(words)
        self.likeness.show_likeness(profile.id, state.likeness)
        self._progress.setVisible(state.part is not None)
        self._progress.setRange(0, 1000)
        self._progress.setValue(round((state.part or 0) * 1000))
        self.early_stop.show_job(status.job)
        self._actions.refresh()
        self.tune.setEnabled(self._actions.tune.isEnabled())
        self.tune.setText(self.tr("Tune again…") if status.tuned else self.tr("Tune…"))
        tip = self.tr("Tune this person again") if profile.references else self.tr("There are no photos to tune on")
        self.tune.setToolTip(tip)
        self.make.setEnabled(self._session.portrait_refusal(profile) is None)
        self.make.setToolTip(
            self.tr("Select this person and go to the canvas")
            if self.make.isEnabled()
            else self.tr("Needs a tuned person and valid consent")
        )

    def fit_into(self, width: int) -> None:
        """Stand in a page this many pixels wide."""
        narrow = width < _LEAST_WIDTH
        self._whole.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _make_portraits(self) -> None:
        if self._profile is not None:
            self._session.select(self._profile.id)
            self._session.go(ShowCanvas())

    def _show_more(self) -> None:
        self._actions.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
