"""Which portraits the gallery shows: words, person, style, stars, time and order."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QWidget

from facea_desktop.library.summaries import PersonSummary, PortraitQuery
from facea_desktop.ui.icons import set_icon
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import column, label, row, tool

_PAUSE_MS = 200
"""Typing that pauses for so long is looked up."""


class Filters(QWidget):
    """A slim row, and a second one for the rare wishes."""

    changed = Signal(object)
    """The PortraitQuery that is wanted now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setObjectName("gallerySearch")
        self.search.setPlaceholderText(self.tr("Search prompts, people and styles"))
        self.search.setAccessibleName(self.tr("Search the portraits"))
        self.search.setToolTip(self.tr("Every word has to occur; its beginning is enough (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(200)
        set_icon(self.search.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition), "search", "muted")
        self.person = self._choice("galleryPerson", self.tr("Only portraits of this person"), 132)
        self.style_ = self._choice("galleryStyle", self.tr("Only portraits in this style"), 132)
        self.stars = self._choice("galleryStars", self.tr("Only portraits with so many stars"), 116)
        self.order = self._choice("galleryOrder", self.tr("What comes first"), 116)
        self.more = tool("filter", self.tr("More filters: seed and time"), name="galleryMore", checkable=True)
        self.more.toggled.connect(self._show_more)
        self._rare = self._make_rare()
        first = row(self.search, self.person, self.style_, self.stars, self.more, self.order)
        first.setStretch(0, 1)
        self.setLayout(column(first, self._rare))
        self._fill_fixed()
        self.set_people([])
        self.set_styles([])
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        for field in (self.search, self.seed):
            field.textEdited.connect(self._pause.start)
            field.returnPressed.connect(self._tell)
            field.textChanged.connect(self._cleared)
        for box in (self.person, self.style_, self.stars, self.order):
            box.activated.connect(self._tell)
        self.time.activated.connect(self._choose_time)
        for edit in (self.since, self.until):
            edit.dateChanged.connect(self._pause.start)
        self._show_more(False)

    def query(self) -> PortraitQuery:
        """What is wanted now."""
        since, until = self._days()
        digits = re.sub(r"\D", "", self.seed.text())
        return PortraitQuery(
            text=self.search.text().strip(),
            person=self.person.currentData(),
            style=self.style_.currentData(),
            seed=int(digits) if digits else None,
            since=since,
            until=until,
            least_rating=self.stars.currentData(),
            order=self.order.currentData(),
        )

    def search_for(self, text: str) -> None:
        """Show everything that these words find."""
        self._reset(text)
        self._tell()

    def show_person(self, person: str) -> None:
        """Show every portrait of the person with this id, who is one of those whom ``set_people`` named."""
        self._reset("")
        self.person.setCurrentIndex(max(self.person.findData(person), 0))
        self._tell()

    def clear(self) -> None:
        """Show everything; the order stays."""
        self.search_for("")

    def set_people(self, people: list[PersonSummary]) -> None:
        """Whom one may choose; the choice stays where it can."""
        ordered = sorted(people, key=lambda person: person.name.casefold())
        self._fill(self.person, self.tr("Everyone"), [(person.name, person.id) for person in ordered])

    def set_styles(self, styles: list[str]) -> None:
        """What one may choose; the choice stays where it can."""
        self._fill(self.style_, self.tr("Any style"), [(style, style) for style in styles])

    def _choice(self, name: str, tip: str, width: int) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setToolTip(tip)
        box.setAccessibleName(tip)
        box.setMaxVisibleItems(20)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setFixedWidth(width)
        return box

    def _make_rare(self) -> QWidget:
        self.time = self._choice("galleryTime", self.tr("Only portraits made in this time"), 132)
        self.since, self.until = self._day("gallerySince", self.tr("From")), self._day("galleryUntil", self.tr("To"))
        self._between = QWidget()
        self._between.setLayout(row(self.since, label(self.tr("to"), "hint"), self.until))
        self.seed = QLineEdit()
        self.seed.setObjectName("gallerySeed")
        self.seed.setPlaceholderText(self.tr("Any seed"))
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.setToolTip(self.tr("Only portraits made with this seed"))
        self.seed.setMaxLength(10)
        self.seed.setFixedWidth(132)
        rare = QWidget()
        layout = row(
            label(self.tr("Made"), "hint"), self.time, self._between, label(self.tr("Seed"), "hint"), self.seed
        )
        layout.insertSpacing(3, SPACE)
        layout.addStretch()
        rare.setLayout(layout)
        return rare

    def _day(self, name: str, said: str) -> QDateEdit:
        edit = QDateEdit(QDate.currentDate())
        edit.setObjectName(name)
        edit.setAccessibleName(said)
        edit.setCalendarPopup(True)
        edit.setMinimumDate(QDate(2000, 1, 1))
        edit.setMaximumDate(QDate(2100, 1, 1))
        edit.setDisplayFormat("yyyy-MM-dd")
        return edit

    def _fill_fixed(self) -> None:
        self.stars.addItem(self.tr("Any rating"), 0)
        for number in range(1, 6):
            self.stars.addItem("★" * number + ("" if number == 5 else "+"), number)
        for text, order in (
            (self.tr("Newest first"), "newest"),
            (self.tr("Oldest first"), "oldest"),
            (self.tr("Most alike"), "likeness"),
            (self.tr("Best rated"), "rating"),
        ):
            self.order.addItem(text, order)
        for text, days in (
            (self.tr("At any time"), None),
            (self.tr("Today"), 1),
            (self.tr("In the last week"), 7),
            (self.tr("In the last month"), 30),
            (self.tr("Between…"), 0),
        ):
            self.time.addItem(text, days)

    def _fill(self, box: QComboBox, every: str, choices: list[tuple[str, Any]]) -> None:
        chosen = box.currentData()
        with QSignalBlocker(box):
            box.clear()
            box.addItem(every, None)
            for text, value in choices:
                box.addItem(text, value)
            box.setCurrentIndex(max(box.findData(chosen), 0) if chosen is not None else 0)

    def _days(self) -> tuple[date | None, date | None]:
        days = self.time.currentData()
        if days is None:
            return None, None
        if days == 0:
            since, until = (date(day.year(), day.month(), day.day()) for day in (self.since.date(), self.until.date()))
            return min(since, until), max(since, until)
        return date.today() - timedelta(days=days - 1), None

    def _reset(self, text: str) -> None:
        self.search.setText(text)
        self.seed.clear()
        for box in (self.person, self.style_, self.stars, self.time):
            box.setCurrentIndex(0)
        self._between.hide()

    @Slot(bool)
    def _show_more(self, shown: bool) -> None:
        self._rare.setVisible(shown)
        self._between.setVisible(self.time.currentData() == 0)
        if not shown and (self.time.currentData() is not None or self.seed.text()):
            self.time.setCurrentIndex(0)
            self.seed.clear()
            self._tell()

    @Slot()
    def _choose_time(self) -> None:
        self._between.setVisible(self.time.currentData() == 0)
        self._tell()

    @Slot(str)
    def _cleared(self, text: str) -> None:
        if not text:
            self._pause.start()

    @Slot()
    def _tell(self) -> None:
        self._pause.stop()
        self.changed.emit(self.query())
