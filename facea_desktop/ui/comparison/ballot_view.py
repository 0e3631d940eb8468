"""One ballot: pictures side by side without names, a photo of the person, and a question."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressBar, QSizePolicy, QWidget

from facea_desktop.comparison.votes import Ballot, Question
from facea_desktop.ui.comparison.comparison_text import question_words
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.thumbnails import Thumbnails
from facea_desktop.ui.widgets import button, column, label, row

_DECODED_PX = 384
_PHOTO_PX = 168
_LEAST_PX, _MOST_PX = 96, 420
_KEYS = 9


class BallotChoice(QAbstractButton):
    """A picture that can be chosen; it bears a number and nothing else."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self._picture: QPixmap | None = None
        self.setCheckable(True)
        self.setObjectName(f"choice-{number}")
        self.setAccessibleName(self.tr("Picture {}").format(number))
        if number <= _KEYS:
            self.setToolTip(self.tr("Choose this picture (key {})").format(number))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_picture(self, picture: QPixmap | None) -> None:
        """Show this."""
        self._picture = picture
        self.update()

    @property
    def shown(self) -> QPixmap | None:
        """The picture that is on view."""
        return self._picture

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(_LEAST_PX, _LEAST_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in a frame that shows where one points, and what was chosen."""
        shades = colours()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.fillRect(area, QColor(shades.stage))
        if self._picture is not None:
            painter.drawPixmap(area, self._picture, QRectF(self._picture.rect()))
        badge = QRectF(area.left() + 8, area.top() + 8, 24, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawEllipse(badge)
        painter.setPen(QColor("white"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(self.number))
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(shades.accent if self.isChecked() or self.hasFocus() else shades.text), 3))
            painter.drawRoundedRect(area, RADIUS, RADIUS)


class BallotChoices(QWidget):
    """Pictures to choose among, as large as there is room; a layout would let them claim more."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices: list[BallotChoice] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(2 * _LEAST_PX, 2 * _LEAST_PX)

    def show_many(self, count: int) -> None:
        """Offer so many."""
        for choice in self.choices:
            choice.hide()
            choice.deleteLater()
        self.choices = [BallotChoice(number, self) for number in range(1, count + 1)]
        for index, choice in enumerate(self.choices):
            choice.clicked.connect(partial(self.chosen.emit, index))
            choice.show()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the pictures as large as they can be."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Put the pictures into the rows that let them be largest."""
        count = len(self.choices)
        if not count:
            return

        def side(columns: int) -> int:
            rows = -(-count // columns)
            return min((self.width() + SPACE) // columns, (self.height() + SPACE) // rows) - SPACE

        columns = max(range(1, count + 1), key=side)
        large = min(side(columns), _MOST_PX)
        for index, choice in enumerate(self.choices):
            row_, column_ = divmod(index, columns)
            choice.setGeometry(column_ * (large + SPACE), row_ * (large + SPACE), large, large)


class BallotView(QWidget):
    """Shows a question on a ballot and tells what is answered (objectName ballotView)."""

    answered = Signal(object)
    """Index of the picture chosen, or None where the question is passed over."""
    backWanted = Signal()
    left = Signal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ballotView")
        self._thumbnails = thumbnails
        self._ballot: Ballot | None = None
        self._photo_path: Path | None = None
        self._room = BallotChoices()
        self._room.chosen.connect(self._choose)
        self._make_parts()
        self._lay_out()
        thumbnails.ready.connect(self._came)
        for number in range(_KEYS):
            self._key(QKeySequence(str(number + 1)), partial(self._choose, number))
        self._key(QKeySequence("S"), lambda: self.answered.emit(None))
        self._key(QKeySequence("Backspace"), self.back.click)
        self._key(QKeySequence("Escape"), self.left.emit)

    @property
    def choices(self) -> list[BallotChoice]:
        """The pictures in their places."""
        return self._room.choices

    def show_ballot(
        self, ballot: Ballot, question: Question, photo: Path | None, chosen: int | None, place: int, total: int
    ) -> None:
        """Ask a question.

        Args:
            photo: of the person.
            chosen: what was answered before.
            place: of the question among all ``total``, from 0.
        """
        number = list(Question).index(question) + 1
        self.question.setText(question_words(question, ballot.person))
        self._step.setText(self.tr("Question {0} of {1}").format(number, len(Question)))
        self.prompt.setText(f"“{ballot.prompt}”")
        self._name.setText(ballot.person)
        self.bar.setRange(0, total)
        self.bar.setValue(place)
        self._count.setText(self.tr("{0} of {1} answered").format(place, total))
        self.back.setEnabled(place > 0)
        if ballot != self._ballot:
            self._ballot = ballot
            self._show_pictures(ballot)
        self._photo_path = photo
        self._photo.setPixmap(QPixmap())
        if photo is not None:
            self._show_photo(photo)
        for index, choice in enumerate(self.choices):
            choice.setChecked(index == chosen)

    def fetch(self, ballot: Ballot) -> None:
        """Have the pictures of a ballot ready that will be shown next."""
        for picture in ballot.pictures:
            self._thumbnails.get(picture.path, _DECODED_PX)

    def _show_pictures(self, ballot: Ballot) -> None:
        self._room.show_many(len(ballot.pictures))
        for choice, picture in zip(self.choices, ballot.pictures, strict=True):
            choice.show_picture(self._thumbnails.get(picture.path, _DECODED_PX))

    @Slot(int)
    def _choose(self, index: int) -> None:
        if index < len(self.choices):
            self.answered.emit(index)

    @Slot(object)
    def _came(self, path: Path) -> None:
        if self._ballot is not None:
            for choice, picture in zip(self.choices, self._ballot.pictures, strict=True):
                if picture.path == path:
                    choice.show_picture(self._thumbnails.get(path, _DECODED_PX))
        if path == self._photo_path:
            self._show_photo(path)

    def _show_photo(self, path: Path) -> None:
        drawn = self._thumbnails.get(path, _PHOTO_PX)
        if drawn is not None:
            self._photo.setPixmap(drawn)

    def _key(self, keys: QKeySequence, act: Callable[[], object]) -> None:
        shortcut = QShortcut(keys, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _make_parts(self) -> None:
        self.question = label("", "title", wrap=True)
        self.question.setObjectName("ballotQuestion")
        self._step = label("", "hint")
        self.prompt = label("", wrap=True)
        self.prompt.setObjectName("ballotPrompt")
        self._photo, self._name = QLabel(), label("", "hint")
        self._photo.setFixedSize(_PHOTO_PX, _PHOTO_PX)
        self._photo.setAccessibleName(self.tr("A photo of the person"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(self.tr("Questions answered"))
        self._count = label("", "hint")
        self.back = button(
            self.tr("&Back"),
            self.backWanted.emit,
            name="ballotBack",
            icon_name="left",
            tip=self.tr("Previous question (Backspace)"),
        )
        self.skip = button(
            self.tr("&Skip"), lambda: self.answered.emit(None), name="ballotSkip", tip=self.tr("I cannot tell (S)")
        )
        self.stop = button(self.tr("&Pause"), self.left.emit, kind="flat", tip=self.tr("Continue later (Esc)"))

    def _lay_out(self) -> None:
        person = column(label(self.tr("The person"), "hint"), self._photo, self._name, space=4)
        person.addStretch()
        side = QWidget()
        side.setFixedWidth(_PHOTO_PX)
        side.setLayout(person)
        middle = row(side, self._room, space=SPACE * 3)
        middle.setStretch(1, 1)
        buttons = row(self.back, self.skip)
        buttons.addStretch()
        buttons.addWidget(self._count)
        buttons.addWidget(self.stop)
        head = column(self._step, self.question, self.prompt, space=4)
        whole = column(head, space=SPACE * 2)
        whole.addLayout(middle, 1)
        whole.addLayout(column(self.bar, buttons, space=SPACE * 3 // 2))
        self.setLayout(whole)
