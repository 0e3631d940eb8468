"""The list of comparisons: what each is called, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from facea_desktop.comparison.comparison_store import Comparison
from facea_desktop.ui.theme import RADIUS, SPACE, colours
from facea_desktop.ui.widgets import steady

_ROW_PX = 50
_COMPARISON, _STANDING = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class ComparisonList(QListWidget):
    """The comparisons, the newest first (objectName comparisonList)."""

    chosen = Signal(object)
    """The Comparison that is to be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparisonList")
        self.setAccessibleName(self.tr("Comparisons"))
        self.setItemDelegate(_Rows(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._changed)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """A click beside the rows leaves the comparison that is shown chosen."""
        return steady(index, super().selectionCommand(index, event))

    def show_comparisons(self, comparisons: Sequence[Comparison], standings: Sequence[str]) -> None:
        """Show these; the one that was chosen stays so."""
        before = self.current()
        self.blockSignals(True)
        self.clear()
        for comparison, standing in zip(comparisons, standings, strict=True):
            item = QListWidgetItem(comparison.plan.title, self)
            item.setData(_COMPARISON, comparison)
            self._say(item, standing)
            if before is not None and before.name == comparison.name:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def set_message(self, comparison: Comparison, standing: str) -> None:
        """Tell how far one is."""
        for place in range(self.count()):
            if self.item(place).data(_COMPARISON).name == comparison.name:
                self._say(self.item(place), standing)

    def comparisons(self) -> list[Comparison]:
        """What is listed."""
        return [self.item(place).data(_COMPARISON) for place in range(self.count())]

    def current(self) -> Comparison | None:
        """The one that is chosen."""
        item = self.currentItem()
        return item.data(_COMPARISON) if item is not None else None

    def choose(self, name: str | None) -> None:
        """Choose one by the name of its folder; None chooses nothing."""
        self.setCurrentRow(-1)
        for place, comparison in enumerate(self.comparisons()):
            if comparison.name == name:
                self.setCurrentRow(place)

    @staticmethod
    def _say(item: QListWidgetItem, standing: str) -> None:
        item.setData(_STANDING, standing)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {standing}")

    @Slot(QListWidgetItem)
    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_COMPARISON))


class _Rows(QStyledItemDelegate):
    """Paints a title with a line below it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(180, _ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shades, area = colours(), QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            fill = QColor(shades.hover)
            fill.setAlpha(255 if chosen else 110)
            focused = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setBrush(fill)
            painter.setPen(QPen(QColor(shades.accent), 1) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -2.5), RADIUS, RADIUS)
        words = area.adjusted(SPACE, 7, -SPACE, 0)
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        for text, font, shade, top in (
            (index.data(), strong, shades.text, 0),
            (index.data(_STANDING), option.font, shades.muted, 18),
        ):
            painter.setFont(font)
            painter.setPen(QColor(shade))
            short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(words.width()))
            painter.drawText(words.adjusted(0, top, 0, 0), Qt.AlignmentFlag.AlignTop, short)
        painter.restore()
