"""Likeness as a place between strangers and the person's own photos: its colour, its word, and how it is drawn.

A FaceNet cosine alone says little, as what strangers and photos of one person score differs from person to person.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from facea_desktop.domain.events import Painted
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.ui.formatting import decimal
from facea_desktop.ui.job_monitor import JobMonitor
from facea_desktop.ui.theme import SPACE, colours
from facea_desktop.workers.job import Job

tr = QCoreApplication.translate

OWN_PHOTOS, STRANGERS = 0.8, 0.25
"""What photos of one person, and of two, usually score: the ends of the scale where those of a person are not known."""
BADGE_HEIGHT = 17
_JOBS_READ = 20
BADGE_WIDTH = 46
_BAR_WIDTH, _BAR_HEIGHT = 34, 5
_GROUND = QColor(16, 16, 18, 205)  # upon pictures, so the same in both themes
_TRACK = QColor(255, 255, 255, 70)
_RAMP = ((0.0, "#5b8def"), (0.5, "#b9b4a4"), (1.0, "#ffd84d"))
"""From blue to yellow, ever lighter: told apart with every kind of colour vision, and in grey."""


def place_on_scale(score: float, own_photos: float | None = None, strangers: float | None = None) -> float:
    """Where a score lies between strangers, 0, and the person's own photos, 1.

    Args:
        own_photos, strangers: what they score for this person; what is usual where that is not known.
    """
    if own_photos is None or strangers is None or own_photos <= strangers:
        own_photos, strangers = OWN_PHOTOS, STRANGERS
    return min(max((score - strangers) / (own_photos - strangers), 0.0), 1.0)


def likeness_word(place: float) -> str:
    """What a place on the scale means."""
    if place >= 0.85:
        return tr("likeness", "excellent likeness")
    if place >= 0.6:
        return tr("likeness", "good likeness")
    return tr("likeness", "fair likeness") if place >= 0.3 else tr("likeness", "little likeness")


def likeness_words(score: float, own_photos: float | None = None, strangers: float | None = None) -> str:
    """A likeness with its number and what gives that a meaning, as sentences."""
    word = likeness_word(place_on_scale(score, own_photos, strangers))
    first = tr("likeness", "{word}: {score}.").format(word=word[:1].upper() + word[1:], score=decimal(score))
    if own_photos is None or strangers is None:
        own_photos, strangers = OWN_PHOTOS, STRANGERS
        meaning = tr("likeness", "A person's own photos score about {own}, strangers about {strangers}.")
    else:
        meaning = tr("likeness", "The person's own photos score {own}, strangers {strangers}.")
    return f"{first} {meaning.format(own=decimal(own_photos), strangers=decimal(strangers))}"


def first_sight_words(person: str, first_sight: Sequence[str]) -> str:
    """A line about a portrait with faces that were painted without tuning; empty where there are none.

    Args:
        person: id of who it is of; the likeness is theirs.
        first_sight: ids, as ``Painted.first_sight``.
    """
    if person in first_sight:
        return tr("likeness", "Made at first sight, from the photos alone; tuning makes it more alike.")
    if first_sight:
        return tr("likeness", "Another face in it was made at first sight; tuning makes it more alike.")
    return ""


def likeness_colour(place: float) -> QColor:
    """The colour of a place on the scale."""
    (low, left), (high, right) = _RAMP[:2] if place < _RAMP[1][0] else _RAMP[1:]
    part = (place - low) / (high - low)
    first, last = ((colour.red(), colour.green(), colour.blue()) for colour in (QColor(left), QColor(right)))
    return QColor(*(round(x + part * (y - x)) for x, y in zip(first, last, strict=True)))


def draw_badge(painter: QPainter, corner: QPointF, place: float) -> QRectF:
    """The scale as a small bar on dark ground, filled up to ``place``; returns where it was drawn.

    Args:
        corner: upper left.
    """
    badge = QRectF(corner.x(), corner.y(), BADGE_WIDTH, BADGE_HEIGHT)
    track = QRectF(0, 0, _BAR_WIDTH, _BAR_HEIGHT)
    track.moveCenter(badge.center())
    filled = QRectF(track)
    filled.setWidth(max(_BAR_WIDTH * place, _BAR_HEIGHT))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for area, colour in ((badge, _GROUND), (track, _TRACK), (filled, likeness_colour(place))):
        painter.setBrush(colour)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
    painter.restore()
    return badge


class LikenessScales(QObject):
    """What strangers and their own photos score for each person, as the jobs that painted them have told."""

    learned = Signal(str)
    """Id of a person whose scale is known now, or is another."""

    def __init__(self, jobs: JobMonitor, parent: QObject) -> None:
        super().__init__(parent)
        self._scales: dict[str, tuple[float | None, float]] = {}
        for job in [job for job in jobs.of_kind(PortraitRequest) if job.pictures][:_JOBS_READ]:
            painted = [event for event in jobs.history(job.id) if isinstance(event, Painted)]
            for event in painted[-1:]:
                self._learn(job, event, newest=False)
        jobs.eventReceived.connect(self._on_event)

    def of(self, person: str) -> tuple[float | None, float | None]:
        """What the person's own photos, and strangers, score; None where that is not known."""
        return self._scales.get(person, (None, None))

    def place(self, person: str, score: float) -> float:
        """``place_on_scale`` for a person."""
        return place_on_scale(score, *self.of(person))

    def words(self, person: str, score: float | None, first_sight: Sequence[str] = ()) -> str:
        """``likeness_words`` for a person and ``first_sight_words``, as far as there are any, a line each."""
        known = "" if score is None else likeness_words(score, *self.of(person))
        return "\n".join(filter(None, (known, first_sight_words(person, first_sight))))

    @Slot(object, object)
    def _on_event(self, job: Job, event: object) -> None:
        if isinstance(event, Painted):
            self._learn(job, event, newest=True)

    def _learn(self, job: Job, painted: Painted, *, newest: bool) -> None:
        request = job.request
        if not isinstance(request, PortraitRequest) or painted.strangers is None:
            return
        scale = painted.own_photos, painted.strangers
        if self._scales.get(request.person) == scale or (request.person in self._scales and not newest):
            return
        self._scales[request.person] = scale
        self.learned.emit(request.person)


class LikenessLabel(QWidget):
    """The scale with its word; the number and what it means stand in the tooltip. Hidden while there is no score."""

    def __init__(self, scales: LikenessScales) -> None:
        super().__init__()
        self._scales = scales
        self._shown: tuple[str, float, Sequence[str]] | None = None
        self.setObjectName("likenessLabel")
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        scales.learned.connect(self._learned)
        self.hide()

    def show_likeness(self, person: str, score: float | None, first_sight: Sequence[str] = ()) -> None:
        """Show a score; None hides it. ``first_sight`` is as in ``first_sight_words``."""
        self._shown = None if score is None else (person, score, first_sight)
        words = "" if score is None else self._scales.words(person, score, first_sight)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setVisible(score is not None)
        self.updateGeometry()
        self.update()

    @property
    def word(self) -> str:
        """What stands beside the scale."""
        word = "" if self._shown is None else likeness_word(self._scales.place(*self._shown[:2]))
        return word[:1].upper() + word[1:]

    def sizeHint(self) -> QSize:
        """Scale and word beside each other."""
        metrics = self.fontMetrics()
        width = BADGE_WIDTH + SPACE + metrics.horizontalAdvance(self.word)
        return QSize(width, max(BADGE_HEIGHT, metrics.height()))

    def minimumSizeHint(self) -> QSize:
        """All of it."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both."""
        if self._shown is None:
            return
        painter = QPainter(self)
        draw_badge(painter, QPointF(0, (self.height() - BADGE_HEIGHT) / 2), self._scales.place(*self._shown[:2]))
        painter.setPen(QColor(colours().muted))
        words = QRectF(self.rect()).adjusted(BADGE_WIDTH + SPACE, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.word)

    @Slot(str)
    def _learned(self, person: str) -> None:
        if self._shown is not None and self._shown[0] == person:
            self.show_likeness(*self._shown)
