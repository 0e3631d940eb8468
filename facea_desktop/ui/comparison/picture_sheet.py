"""The pictures of a comparison: the best and the worst of each method, or everything of one person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QScrollArea, QWidget

from facea_desktop.comparison.comparison_store import Comparison
from facea_desktop.comparison.score_table import Row, best_and_worst
from facea_desktop.ui.comparison.comparison_text import method_name
from facea_desktop.ui.formatting import decimal
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.thumbnails import Thumbnails
from facea_desktop.ui.widgets import column, label, plain_tip
from facea_desktop.ui.widgets import row as line_of

_SIDE_PX = 88
_HEADING_PX = 120
_EXTREMES = 4
_MOST = 24
"""Pictures in a line; of more, every so many-th is shown. The report has a sheet of its own."""


class PictureSheet(QWidget):
    """Lines of thumbnails, with what each scored."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparisonSheet")
        self._thumbnails = thumbnails
        self._comparison: Comparison | None = None
        self._rows: Sequence[Row] = ()
        self._waiting: dict[Path, list[QLabel]] = {}
        self.which = QComboBox()
        self.which.setObjectName("comparisonWhich")
        self.which.setToolTip(self.tr("Person to show"))
        self.which.setAccessibleName(self.tr("Person to show"))
        self.which.activated.connect(self._draw)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        head = line_of(label(self.tr("Show"), "hint"), self.which)
        head.addStretch()
        whole = column(head, self._scroll)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        thumbnails.ready.connect(self._came)

    def show_rows(self, comparison: Comparison, rows: Sequence[Row]) -> None:
        """Show the pictures of a comparison."""
        before = self.which.currentText() if self._comparison == comparison else ""
        self._comparison, self._rows = comparison, rows
        self.which.clear()
        self.which.addItem(self.tr("Best and worst"), None)
        for person in dict.fromkeys(row.person for row in rows):
            self.which.addItem(person, person)
        self.which.setCurrentIndex(max(self.which.findText(before), 0))
        self._draw()

    @Slot()
    def _draw(self) -> None:
        self._waiting.clear()
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, SPACE, 0)
        grid.setSpacing(SPACE)
        person = self.which.currentData()
        lines = self._extremes() if person is None else self._everything(person)
        for line, (words, pictures) in enumerate(lines):
            heading = label(words, "heading" if words else "", wrap=True)
            heading.setFixedWidth(_HEADING_PX)
            grid.addWidget(heading, line, 0)
            for place, picture in enumerate(pictures, 1):
                grid.addWidget(picture, line, place)
        grid.setRowStretch(len(lines), 1)
        grid.setColumnStretch(grid.columnCount(), 1)
        self._scroll.setWidget(inner)

    def _extremes(self) -> list[tuple[str, list[QWidget]]]:
        heads = [label(words, "hint") for words in (self.tr("most alike"), self.tr("least alike"))]
        lines: list[tuple[str, list[QWidget]]] = [("", [heads[0], *(QWidget() for _ in range(_EXTREMES)), heads[1]])]
        for method in dict.fromkeys(row.method for row in self._rows):
            best, worst = best_and_worst([row for row in self._rows if row.method == method], _EXTREMES)
            gap = QWidget()
            gap.setFixedWidth(SPACE * 2)
            lines.append(
                (method_name(method), [*_filled(map(self._picture, best)), gap, *map(self._picture, worst[::-1])])
            )
        return lines

    def _everything(self, person: str) -> list[tuple[str, list[QWidget]]]:
        assert self._comparison is not None
        photos = self._comparison.photos(person)
        count = self._comparison.plan.references
        lines = [
            (self.tr("Reference photos"), [self._photo(path) for path in photos[:count]]),
            (self.tr("Held out"), [self._photo(path) for path in photos[count:][:_MOST]]),
        ]
        for method in dict.fromkeys(row.method for row in self._rows):
            made = [row for row in self._rows if (row.person, row.method) == (person, method)]
            step = -(-len(made) // _MOST) or 1
            lines.append((method_name(method), [self._picture(row) for row in made[::step]]))
        return lines

    def _picture(self, one: Row) -> QWidget:
        assert self._comparison is not None
        score = one.scores.face_sim
        words = self.tr("no picture") if not one.path else self.tr("no face") if score is None else decimal(score)
        picture = self._thumbnail(self._comparison.folder / one.path if one.path else None)
        picture.setToolTip(
            plain_tip(
                self.tr("{person}: {prompt}, seed {seed}").format(person=one.person, prompt=one.prompt, seed=one.seed)
            )
        )
        picture.setAccessibleName(f"{method_name(one.method)}, {one.prompt}, {words}")
        below = label(words, "hint")
        below.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made = QWidget()
        made.setLayout(column(picture, below, space=2))
        return made

    def _photo(self, path: Path) -> QWidget:
        made = self._thumbnail(path)
        made.setAccessibleName(path.name)
        return made

    def _thumbnail(self, path: Path | None) -> QLabel:
        made = QLabel()
        made.setFixedSize(_SIDE_PX, _SIDE_PX)
        if path is not None:
            drawn = self._thumbnails.get(path, _SIDE_PX)
            if drawn is not None:
                made.setPixmap(drawn)
            else:
                self._waiting.setdefault(path, []).append(made)
        return made

    @Slot(object)
    def _came(self, path: Path) -> None:
        if path not in self._waiting:
            return
        drawn = self._thumbnails.get(path, _SIDE_PX)  # None where it came in the size of another panel
        if drawn is not None:
            for shown in self._waiting.pop(path):
                shown.setPixmap(drawn)


def _filled(pictures: Iterable[QWidget]) -> list[QWidget]:
    """As many as there may be, so that what follows stands below each other."""
    found = list(pictures)
    return found + [QWidget() for _ in range(_EXTREMES - len(found))]
