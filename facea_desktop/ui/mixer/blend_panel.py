"""Between two whole people: a slider, a strip of in-betweens, and a new person of what one likes."""

from __future__ import annotations

import asyncio
from typing import Any

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSlider, QToolButton, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.mix_requests import BlendPreviewRequest, BlendRequest
from facea_desktop.domain.outcomes import BlendPreviewed, PersonMade
from facea_desktop.domain.people import NAME_CHARACTERS, Profile
from facea_desktop.domain.permissions import (
    ConsentEnded,
    NotTuned,
    OtherFamily,
    Person,
    SamePerson,
    blend_refusal,
    portrait_refusal,
)
from facea_desktop.library.summaries import PersonSummary
from facea_desktop.ui.mixer.blend_picture import BlendPicture
from facea_desktop.ui.mixer.person_chooser import PersonChooser
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE, colours
from facea_desktop.ui.throttling import Debounce
from facea_desktop.ui.widgets import Notice, button, column, label, row, scrolling, set_words

STRIP = (0, 25, 50, 75, 100)
"""Percent of the second person in the pictures of the strip."""
_FIRST = (50, 0, 100, 25, 75)
"""The same in the order in which they are drawn."""
_FADED = 25
"""Percent between two pictures up to which they are faded into one another; others are two faces at once."""
_THUMB, _STEP = 52, 5
_PAUSE_MS = 400
"""The slider rests so long before the picture at its place is drawn."""
_NAME_PX = 110


class BlendPanel(QFrame):
    """Two people, and what lies between them; it draws only while it is seen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("blendPanel")
        self._session = session
        self._pair: list[Profile | None] = [session.selected, None]
        self._pictures: dict[int, QImage] = {}  # by percent
        self._wanted: list[int] = []
        self._turn = 0  # answers about another pair are passed over
        self._task: asyncio.Task[Any] | None = None
        self._saving = False
        self._choosing = 0
        self.chooser = PersonChooser(session.thumbnails, self)
        self.people = [
            button("", lambda: self._choose(0), name="blendFirst", tip=self.tr("Choose the first person")),
            button("", lambda: self._choose(1), name="blendSecond", tip=self.tr("Choose the second person")),
        ]
        self.picture = BlendPicture()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("blendSlider")
        self.slider.setRange(0, 100 // _STEP)
        self.slider.setValue(50 // _STEP)
        self.slider.setAccessibleName(self.tr("How much of the second person"))
        self.strip = [self._thumb(percent) for percent in STRIP]
        self.status = label("", "hint", wrap=True)
        self.trouble = Notice()
        self.name = QLineEdit()
        self.name.setObjectName("blendName")
        self.name.setMaxLength(NAME_CHARACTERS)
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name of the new person"))
        self.save = button(
            self.tr("Save as a new person"),
            self._save,
            name="blendSaveButton",
            kind="primary",
            tip=self.tr("The two people do not change"),
        )
        self._lay_out()
        self._pause = Debounce(_PAUSE_MS, self._want_here, self)
        self.slider.valueChanged.connect(self._moved)
        self.chooser.chosen.connect(self._chosen)
        session.peopleChanged.connect(self._people_changed)
        session.personSelected.connect(self._selected)
        self._show()

    @property
    def percent(self) -> int:
        """How much of the second person."""
        return self.slider.value() * _STEP

    def blend(self, first: str, second: str) -> None:
        """Put these people, by id, on both sides."""
        self._set(0, first)
        self._set(1, second)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on drawing."""
        super().showEvent(event)
        self._go_on()

    # What is drawn

    def _want_strip(self) -> None:
        self._wanted = [percent for percent in _FIRST if percent not in self._pictures]
        self._go_on()

    @Slot()
    def _want_here(self) -> None:
        if self.percent not in self._pictures and self._possible():
            self._wanted = [self.percent, *(one for one in self._wanted if one != self.percent)]
            self._go_on()

    def _go_on(self) -> None:
        if self._task is None and self._wanted and self.isVisible() and self._possible():
            self._task = self._session.start(self._draw(self._turn))
        self._show_status()

    async def _draw(self, turn: int) -> None:
        """One picture after the other, as long as this pair is wanted."""
        try:
            while turn == self._turn and self._wanted and self.isVisible():
                percent = self._wanted.pop(0)
                first, second = self._pair
                if first is None or second is None:
                    return
                request = BlendPreviewRequest(person=first.id, other=second.id, part=percent / 100)
                answer = await self._session.ask(request)
                if turn == self._turn and isinstance(answer, BlendPreviewed):
                    self._pictures[percent] = QImage.fromData(answer.picture)
                    self._show()
        except UserError as error:
            if turn == self._turn:
                self._wanted.clear()
                self.trouble.set_message(str(error))
        finally:
            self._task = None
            if turn != self._turn:
                self._go_on()
            self._show_status()

    # What the user does

    def _choose(self, side: int) -> None:
        self._choosing = side
        self.chooser.open_at(self.people[side], self._session.people(), self._short_reason)

    @Slot(str)
    def _chosen(self, person: str) -> None:
        self._set(self._choosing, person)

    def _set(self, side: int, person: str | None) -> None:
        try:
            profile = self._session.library.get(person) if person is not None else None
        except UserError as error:
            self.trouble.set_message(str(error))
            return
        self._pair[side] = profile
        self._begin()

    def _begin(self) -> None:
        """Another pair, or the same after a change: nothing that was drawn counts."""
        self._turn += 1
        self._pictures.clear()
        self._wanted.clear()
        self.trouble.set_message(self._why_not() or "")
        self._show()
        if self._possible():
            self._want_strip()

    @Slot()
    def _moved(self) -> None:
        self._show()
        self._pause.schedule()

    def _save(self) -> None:
        first, second = self._pair
        name = self.name.text().strip() or self.name.placeholderText()
        if first is None or second is None or self._saving or not self._possible():
            return
        request = BlendRequest(person=first.id, other=second.id, part=self.percent / 100, name=name[:NAME_CHARACTERS])

        async def make() -> None:
            try:
                made = await self._session.ask(request)
                assert isinstance(made, PersonMade)
                self.name.clear()
                self._session.people_changed()
                self._session.noticed.emit(self.tr("{name} was added to your people.").format(name=request.name))
            except UserError as error:
                self.trouble.set_message(str(error))
            finally:
                self._saving = False
                self._show()

        self._saving = True
        self._show()
        self._session.start(make())

    # What follows

    @Slot(object)
    def _selected(self, profile: Profile | None) -> None:
        """Until two people were chosen, the first is who is chosen in the library."""
        if self._pair[1] is None and profile is not None and self._pair[0] != profile:
            self._pair[0] = profile
            self._begin()

    @Slot()
    def _people_changed(self) -> None:
        known = {person.id for person in self._session.people()}
        before = list(self._pair)
        for side, profile in enumerate(before):
            if profile is not None:
                self._pair[side] = self._session.library.get(profile.id) if profile.id in known else None
        if self._pair != before:
            self._begin()

    # What is shown

    def _show(self) -> None:
        for side, profile in enumerate(self._pair):
            text = profile.name if profile is not None else self.tr("Choose…")
            set_words(self.people[side], text, _NAME_PX)
        for thumb, percent in zip(self.strip, STRIP, strict=True):
            picture = self._pictures.get(percent)
            thumb.setIcon(QIcon(QPixmap.fromImage(picture) if picture is not None else _not_drawn()))
            thumb.setChecked(percent == self.percent)
            thumb.setEnabled(self._possible())
        self._show_picture()
        first, second = self._pair
        if first is not None and second is not None:
            name = self.tr("Between {first} and {second}").format(first=first.name, second=second.name)
            self.name.setPlaceholderText(name[:NAME_CHARACTERS])
        possible = self._possible() and not self._saving
        self.slider.setEnabled(self._possible())
        self.name.setEnabled(possible)
        self.save.setEnabled(possible)
        self._show_status()

    def _show_picture(self) -> None:
        """The picture at the slider's place; until it is drawn, what is nearest, or near neighbours faded together."""
        at = self.percent
        below = max((one for one in self._pictures if one <= at), default=None)
        above = min((one for one in self._pictures if one >= at), default=None)
        near = below is not None and above is not None and 0 < above - below <= _FADED
        if below is None or above is None or not near:
            only = min(self._pictures, key=lambda percent: abs(percent - at), default=None)
            self.picture.show_pictures(self._pictures[only] if only is not None else QImage())
            return
        share = (at - below) / (above - below)
        self.picture.show_pictures(self._pictures[below], self._pictures[above], share)

    def _show_status(self) -> None:
        first, second = self._pair
        if first is None or second is None:
            text = self.tr("Choose two people to see who is between them.")
        elif self._saving:
            text = self.tr("Saving…")
        elif self._task is not None or self._wanted:
            text = self.tr("Drawing…")
        else:
            shares = (100 - self.percent, first.name, self.percent, second.name)
            text = self.tr("{0} % {1}, {2} % {3}").format(*shares)
        self.status.setText(text)

    def _possible(self) -> bool:
        return None not in self._pair and self._why_not() is None

    def _why_not(self) -> str | None:
        """Why there is nobody between the two, and what to do; None where there is, or two are still to be chosen."""
        first, second = self._pair
        if first is None or second is None:
            return None
        match blend_refusal(first, second):
            case SamePerson():
                return self.tr("Choose two different people.")
            case ConsentEnded(person):
                text = self.tr("Consent to portray {name} has ended. Ask again, then renew it on the person's page.")
                return text.format(name=person.name)
            case NotTuned(person):
                return self.tr("{name} is not tuned yet. Tune first, then blend.").format(name=person.name)
            case OtherFamily():
                text = self.tr("{first} and {second} use different models. Choose people with the same models.")
                return text.format(first=first.name, second=second.name)
            case None:
                return None

    def _short_reason(self, person: PersonSummary) -> str | None:
        other: Person | None = self._pair[1 - self._choosing]
        match blend_refusal(other, person) if other is not None else portrait_refusal(person):
            case SamePerson():
                return self.tr("on the other side")
            case OtherFamily():
                return self.tr("uses other models")
            case NotTuned():
                return self.tr("not tuned")
            case ConsentEnded():
                return self.tr("consent ended")
            case None:
                return None

    # How it is put together

    def _thumb(self, percent: int) -> QToolButton:
        made = QToolButton()
        made.setObjectName(f"blend-{percent}")
        made.setCheckable(True)
        made.setText(self.tr("{percent} %").format(percent=percent))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(_THUMB, _THUMB))
        made.setProperty("flat", True)
        made.setToolTip(self.tr("{percent} % of the second person").format(percent=percent))
        made.clicked.connect(lambda: self._jump(percent))
        return made

    def _jump(self, percent: int) -> None:
        self.slider.setValue(percent // _STEP)
        self._show()

    def _lay_out(self) -> None:
        sides = row(self.people[0])
        sides.addStretch()
        sides.addWidget(self.people[1])
        strip = row(*self.strip, space=2)
        strip.addStretch()
        content = QWidget()
        whole = column(sides, self.trouble, self.picture, self.slider, strip, self.status, margin=SPACE * 3 // 2)
        whole.addStretch()
        content.setLayout(whole)
        scroll = scrolling(content)
        foot = QFrame()
        foot.setLayout(column(self.name, self.save, margin=SPACE * 3 // 2))
        self.setLayout(column(scroll, foot, space=0))


def _not_drawn() -> QPixmap:
    """What stands in the strip until its picture is there, so that nothing moves under the pointer."""
    made = QPixmap(_THUMB, _THUMB)
    made.fill(QColor(colours().raised))
    return made
