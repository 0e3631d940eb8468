"""Where everything of the mixer lies: the face and its places, the line above and the form below."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from facea_desktop.ui.mixer.mix_face import MixFace
from facea_desktop.ui.mixer.person_chooser import PersonChooser
from facea_desktop.ui.mixer.save_form import MixSettings, SaveForm
from facea_desktop.ui.mixer.slot_table import SlotTable
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.thumbnails import Thumbnails
from facea_desktop.ui.widgets import EmptyState, Notice, Section, button, column, label, row, tool

NOBODY, FEW, UNTUNED, MIXING = range(4)
_WIDE_PX = 560
_FACE_PX = 420


class MixerLayout(QFrame):
    """The widgets of the mixer; ``MixerPanel`` says what they do.

    ``pages`` shows UNTUNED where too few people are tuned, FEW where there are too few of them, NOBODY where nobody is
    chosen, else MIXING.
    """

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chooser = PersonChooser(thumbnails, self)
        self.face = MixFace()
        self.table = SlotTable()
        self.more = MixSettings()
        self.stay = SaveForm()
        self.pages = QStackedWidget()
        for page in (self._nobody(), self._few(), self._untuned(), self._mixing()):
            self.pages.addWidget(page)
        self.setLayout(column(self.pages))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Face and places side by side where there is room."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE_PX
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        self._face_half.setMaximumWidth(_FACE_PX if wide else 16_777_215)

    def _mixing(self) -> QWidget:
        content = QWidget()
        self._halves = QVBoxLayout()
        self._halves.setSpacing(SPACE * 3 // 2)
        self._face_half = QWidget()
        left = column(self.face, self._preview_line())
        left.addStretch(1)
        self._face_half.setLayout(left)
        places = column(self.table, Section(self.tr("More"), self.more, name="mixMore"))
        places.addStretch(1)
        self._halves.addWidget(self._face_half)
        self._halves.addLayout(places)
        self.trouble = Notice()
        self.remedy_button = button("", name="mixRemedyButton", tip=self.tr("Show this person"))
        self.remedy_button.hide()
        remedy = row(self.remedy_button)
        remedy.addStretch(1)
        head = column(self._head(), self.trouble, remedy, margin=SPACE * 3 // 2)
        whole = column(self._halves)
        whole.setContentsMargins(SPACE * 3 // 2, 0, SPACE * 3 // 2, 0)
        whole.addStretch(1)
        content.setLayout(whole)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        foot = QFrame()
        foot.setLayout(column(self.stay, margin=SPACE * 3 // 2))
        made = QWidget()
        made.setLayout(column(head, scroll, foot, space=0))
        return made

    def _head(self) -> QBoxLayout:
        self.base_button = button("", name="mixBaseButton", tip=self.tr("Choose another base person"))
        self.instead_button = button(
            "", name="mixInsteadButton", kind="chip", tip=self.tr("Use the person selected on the left as the base")
        )
        self.reset_button = tool("reset", self.tr("Reset all attributes"), name="mixResetButton")
        first = row(label(self.tr("Base person"), "hint"), self.base_button)
        first.addWidget(self.instead_button)
        first.addStretch(1)
        first.addWidget(self.reset_button)
        return first

    def _preview_line(self) -> QBoxLayout:
        self.preview_button = button(
            self.tr("&Preview"),
            name="mixPreviewButton",
            icon_name="eye",
            tip=self.tr("Preview the mix in seconds, without tuning"),
        )
        self.live_box = QCheckBox(self.tr("&Live"))
        self.live_box.setObjectName("mixLive")
        self.live_box.setToolTip(self.tr("Update the preview after every change"))
        self.status = label("", "hint")
        line = row(self.preview_button, self.live_box, self.status)
        line.addStretch(1)
        return line

    def _nobody(self) -> QWidget:
        self.nobody_button = button(
            self.tr("&Choose a person"), name="mixChooseBase", tip=self.tr("Choose the base person")
        )
        text = self.tr("Choose someone in the library, then give them someone else's eyes, nose or mouth.")
        return EmptyState("mixer", self.tr("No person selected"), text, self.nobody_button)

    def _few(self) -> QWidget:
        self.new_person_button = button(
            self.tr("&New person"), icon_name="person-add", tip=self.tr("Create a person from photos")
        )
        text = self.tr("Create a second person to take eyes, nose or mouth from.")
        return EmptyState("mixer", self.tr("A mix needs two people"), text, self.new_person_button)

    def _untuned(self) -> QWidget:
        self.tune_button = button("", icon_name="tune", name="mixTuneButton", tip=self.tr("Show this person"))
        text = self.tr("Only tuned people can be mixed: a base person, and one to take attributes from.")
        return EmptyState("mixer", self.tr("A mix needs two tuned people"), text, self.tune_button)
