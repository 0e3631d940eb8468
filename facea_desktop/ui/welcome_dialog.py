"""What somebody who starts the program for the first time should know, on one page."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from facea_desktop.acceleration.situation import read_situation
from facea_desktop.resources import resource
from facea_desktop.ui.acceleration_text import situation_words
from facea_desktop.ui.destinations import Destination, ShowNewPerson, ShowSettings
from facea_desktop.ui.icons import IconLabel
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, row, screen_room

WIDTH = 620
_SAMPLE = tuple(resource("people", "adam", f"{index}.jpg") for index in range(3))


class WelcomeDialog(QDialog):
    """What the program does, where things lie, whose face may be portrayed, and two ways to begin.

    However it is closed, it is not shown again.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("welcomeDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(self.tr("Welcome"))
        self._card = label(self.tr("Looking for a graphics card …"), wrap=True)
        self._card.setObjectName("welcomeCard")
        self._use_card = button(
            self.tr("Use my &graphics card…"),
            lambda: self._leave_for(ShowSettings("device")),
            name="welcomeUseCard",
            kind="flat",
            tip=self.tr("Open the settings of the device"),
        )
        self._use_card.hide()
        facts = QWidget()
        facts.setLayout(column(*self._facts(), space=SPACE * 2))
        scroll = QScrollArea()  # of a small screen
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(facts)
        title = row(IconLabel(40, "app"), label(self.tr("Welcome to FaceA Desktop"), "title", wrap=True))
        title.setStretch(1, 1)
        layout = column(title, scroll, self._ends(), margin=SPACE * 3, space=SPACE * 2)
        layout.setStretchFactor(scroll, 1)
        self.setLayout(layout)
        # Qt's own guess is too low for wrapped lines; the card takes up to three.
        inner = facts.heightForWidth(WIDTH - SPACE * 6) + 3 * self.fontMetrics().lineSpacing()
        wanted = layout.totalHeightForWidth(WIDTH) - scroll.sizeHint().height() + inner
        room = screen_room(self)
        self.resize(min(WIDTH, room.width()), min(wanted, room.height()))
        self.finished.connect(self._seen)
        self._looking = session.start(self._look_for_card())

    def _facts(self) -> list[QHBoxLayout]:
        use = self.tr(
            "Add a person with three photos, let the program learn the face for a few minutes, and describe a portrait "
            "in a sentence: one model paints the scene, another one redraws the face."
        )
        place = self.tr(
            "Everything happens on this computer; photos and portraits are sent nowhere. They are kept in {}. What you "
            "delete goes to the bin first, and is gone once that is emptied."
        ).format(self._session.root)
        consent = self.tr(
            "Portray yourself, or people who have given you permission. Exported portraits are marked as made with AI."
        )
        return [
            _fact("picture", label(use, wrap=True)),
            _fact("lock", label(place, wrap=True)),
            _fact("person", label(consent, wrap=True)),
            _fact("device", self._card, self._use_card),
        ]

    def _ends(self) -> QHBoxLayout:
        skip = button(self.tr("&Look around"), self.reject, name="welcomeSkip", tip=self.tr("Close this page (Esc)"))
        own = button(
            self.tr("My &own photos"),
            lambda: self._leave_for(ShowNewPerson()),
            name="welcomeOwn",
            tip=self.tr("Begin with photos of yours"),
        )
        sample = button(
            self.tr("The &sample person"),
            lambda: self._leave_for(ShowNewPerson(_SAMPLE)),
            name="welcomeSample",
            kind="primary",
            tip=self.tr("Begin with photos of an invented person"),
        )
        for one in (skip, own):
            one.setAutoDefault(False)
        sample.setDefault(True)
        ends = row(skip)
        ends.addStretch()
        ends.addWidget(own)
        ends.addWidget(sample)
        return ends

    async def _look_for_card(self) -> None:
        situation = await asyncio.to_thread(read_situation, self._session.root)
        self._card.setText(situation_words(situation))
        self._use_card.setVisible(situation.to_install is not None)

    def _leave_for(self, destination: Destination) -> None:
        self.accept()
        self._session.go(destination)

    @Slot()
    def _seen(self) -> None:
        self._looking.cancel()
        self._session.change_settings(welcomed=True)


def _fact(icon_name: str, text: QLabel, *below: QWidget) -> QHBoxLayout:
    made = row(space=SPACE * 2)
    made.addWidget(IconLabel(24, icon_name, "accent"), 0, Qt.AlignmentFlag.AlignTop)
    words = column(text, space=SPACE // 2)
    for one in below:
        words.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
    made.addLayout(words, 1)
    return made
