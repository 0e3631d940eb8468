"""Which portraits the gallery shows: words, person, style, stars, time and order."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QWidget

from facea_desktop.library.portrait_notes import REJECTED
from facea_desktop.library.summaries import PersonSummary, PortraitQuery
from facea_desktop.ui.icons import icon
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.throttling import Debounce
from facea_desktop.ui.widgets import Flow, column, label, row, tool

_PAUSE_MS = 200
"""Typing that pauses for so long is looked up."""


class GalleryFilters(QWidget):
    """A slim row, and a second one for the rare wishes."""

    changed = Signal(object)
    """The PortraitQuery that is wanted now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit()
        self.search.setObjectName("gallerySearch")
        self.search.setPlaceholderText(self.tr("Search prompts, people, styles and keywords"))
        self.search.setAccessibleName(self.tr("Search portraits"))
        self.search.setToolTip(self.tr("Finds portraits with all these words or word beginnings (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(200)
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.person = self._choice("galleryPerson", self.tr("Only portraits of this person"), 132)
        self.style_ = self._choice("galleryStyle", self.tr("Only portraits in this style"), 132)
        self.stars = self._choice("galleryStars", self.tr("Only portraits with at least this many stars"), 116)
        self.order = self._choice("galleryOrder", self.tr("Sort order"), 116)
        self.more = tool(
            "filter", self.tr("More filters: albums, keywords, time and seed"), name="galleryMore", checkable=True
        )
        self.more.toggled.connect(self._show_more)
        self._rare = self._make_rare()
        first = row(self.search, self.person, self.style_, self.stars, self.more, self.order)
        first.setStretch(0, 1)
        self.setLayout(column(first, self._rare))
        self._fill_fixed()
        self.set_people([])
        self.set_styles([])
        self.set_labels([], [])
        self._pause = Debounce(_PAUSE_MS, self._tell, self)
        for field in (self.search, self.seed):
            field.textEdited.connect(self._pause.schedule)
            field.returnPressed.connect(self._tell)
            field.textChanged.connect(self._cleared)
        for box in (self.person, self.style_, self.stars, self.order, self.album, self.keyword):
            box.activated.connect(self._tell)
        self.time.activated.connect(self._choose_time)
        for edit in (self.since, self.until):
            edit.dateChanged.connect(self._pause.schedule)
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
            album=self.album.currentData(),
            keyword=self.keyword.currentData(),
            order=self.order.currentData(),
        )

    def show_person(self, person: str) -> None:
        """Show every portrait of the person with this id, who is one of those whom ``set_people`` named."""
        self._reset()
        self.person.setCurrentIndex(max(self.person.findData(person), 0))
        self._tell()

    def clear(self) -> None:
        """Show everything; the order stays."""
        self._reset()
        self._tell()

    def set_people(self, people: list[PersonSummary]) -> None:
        """Whom one may choose; the choice stays where it can."""
        ordered = sorted(people, key=lambda person: person.name.casefold())
        self._fill(self.person, self.tr("Everyone"), [(person.name, person.id) for person in ordered])

    def set_styles(self, styles: list[str]) -> None:
        """What one may choose; the choice stays where it can."""
        self._fill(self.style_, self.tr("Any style"), [(style, style) for style in styles])

    def set_labels(self, albums: list[str], keywords: list[str]) -> None:
        """Which albums and keywords one may choose; the choice stays where it can."""
        self._fill(self.album, self.tr("Any album"), [(name, name) for name in albums])
        self._fill(self.keyword, self.tr("Any keyword"), [(name, name) for name in keywords])

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
        self.time = self._choice("galleryTime", self.tr("Only portraits made in this period"), 132)
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
        self.album = self._choice("galleryAlbum", self.tr("Only portraits in this album"), 132)
        self.keyword = self._choice("galleryKeyword", self.tr("Only portraits with this keyword"), 152)
        rare = QWidget()
        layout = Flow(SPACE)
        for one in (self.album, self.keyword, self.time, self._between, self.seed):
            layout.addWidget(one)
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
        self.stars.addItem(self.tr("Any rating"), None)
        self.stars.addItem(self.tr("Not rejected"), 0)
        for number in range(1, 6):
            self.stars.addItem("★" * number + ("" if number == 5 else "+"), number)
        self.stars.addItem(self.tr("Rejected"), REJECTED)
        for text, order in (
            (self.tr("Newest first"), "newest"),
            (self.tr("Oldest first"), "oldest"),
            (self.tr("Highest likeness"), "likeness"),
            (self.tr("Highest rated"), "rating"),
        ):
            self.order.addItem(text, order)
        for text, days in (
            (self.tr("Any time"), None),
            (self.tr("Today"), 1),
            (self.tr("Last week"), 7),
            (self.tr("Last month"), 30),
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

    def _reset(self) -> None:
        self.search.clear()
        self.seed.clear()
        for box in (self.person, self.style_, self.stars, self.time, self.album, self.keyword):
            box.setCurrentIndex(0)
        self._between.hide()

    @Slot(bool)
    def _show_more(self, shown: bool) -> None:
        self._rare.setVisible(shown)
        self._between.setVisible(self.time.currentData() == 0)
        boxes = (self.time, self.album, self.keyword)
        if not shown and (any(box.currentData() is not None for box in boxes) or self.seed.text()):
            for box in boxes:
                box.setCurrentIndex(0)
            self.seed.clear()
            self._tell()

    @Slot()
    def _choose_time(self) -> None:
        self._between.setVisible(self.time.currentData() == 0)
        self._tell()

    @Slot(str)
    def _cleared(self, text: str) -> None:
        if not text:
            self._pause.schedule()

    @Slot()
    def _tell(self) -> None:
        self._pause.stop()
        self.changed.emit(self.query())
